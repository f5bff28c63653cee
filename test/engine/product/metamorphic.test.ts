/**
 * No member of a product system is stored and never used: for each there is a system and a change, and the change shows in the
 * result or is refused by a name. Held to the type, as the parameters of a line are.
 */

import { describe, expect, test } from 'vitest'
import { calculate, presentResult } from '../../../src/engine/index.ts'
import type { ActivityLine, Process, ProductDetail, ProductInput } from '../../../src/engine/types.ts'
import { isProblem, type ProblemCode } from '../../../src/problem.ts'
import { canonicalInput } from '../../../src/record/canonical-input.ts'
import { bottle, byFormula, everyTerm, glassFactors, termLine, termTable } from '../end-of-life/glass.ts'
import { context, product } from '../fixtures.ts'
import { changed, type Places, valueAt } from '../places.ts'

/** Those of sites are changed in `../site/metamorphic.test.ts`. */
type Parameter = Exclude<Places<ProductDetail, ''>, `/siteData/${string}` | `/processes/0/site/${string}`>

/** A system with the parameter, the value it is changed to (undefined leaves it out), and the refusal where that is what comes. */
type Change = readonly [system: ProductInput, to: unknown, refused?: ProblemCode]

const kg = (amount: string) => ({ amount, unit: 'kg' })
const process = (id: string, more: Partial<Process> = {}) => ({ id, output: kg('1'), ...more })
const co2 = (process: string, amount: string): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg(amount) },
})
const from = (process: string, maker: string, amount: string): ActivityLine => ({
  ...{ id: `${process}<${maker}`, category: 'material', process, from: maker, quantity: kg(amount) },
})

/** 1 kg of paint takes 0.5 kg of resin; each lets go CO2 of its own. */
const paint = product(
  [process('paint'), process('resin', { stage: 'raw-material-acquisition' })],
  [from('paint', 'resin', '0.5'), co2('paint', '2'), co2('resin', '3')],
)

/** The same by parameters: what is lost of the resin decides how much the paint takes. */
const assumed: ProductInput = {
  ...paint,
  lines: [
    { ...from('paint', 'resin', '0'), quantity: undefined, parameter: { id: 'taken' } },
    { ...co2('paint', '0'), quantity: undefined, parameter: { id: 'burnt' } },
    co2('resin', '3'),
  ],
  parameters: [
    { id: 'burnt', name: { en: 'Burnt', zh: '燃烧' }, value: '2', unit: 'kg' },
    { id: 'lost', value: '0.2' },
    { id: 'taken', unit: 'kg', formula: '0.4 / (1 - lost)' },
  ],
}
const withFormula = { ...assumed, parameters: [...(assumed.parameters ?? [])].reverse() }
/** A bottle by the Circular Footprint Formula, every term of it a line. */
const glass = bottle(
  byFormula({ LHV: { amount: '10', unit: 'MJ/kg' } }),
  everyTerm.map((term) => termLine(term)),
)

/** 1 kg of paint as a piece of 1 kg, a third of it carbon. */
const held: ProductInput = {
  ...paint,
  carbonContent: {
    fossil: { amount: '0.2', unit: 'kgC' },
    biogenic: { amount: '0.1', unit: 'kgC/kg' },
    recycled: { amount: '0.05', unit: 'kgC' },
    packagingBiogenic: { amount: '0.04', unit: 'kgC' },
    productMass: { amount: '1', unit: 'kg' },
  },
}

const changes: Readonly<Record<Parameter, Change>> = {
  '/boundary': [paint, 'gate-to-gate', 'property-out-of-range'],
  '/declaredUnit/amount': [paint, '2'],
  '/declaredUnit/unit': [paint, 't'],
  '/referenceProcess': [paint, 'resin', 'unconnected-process'],
  '/processes/0/id': [paint, 'other', 'unknown-process'],
  '/processes/0/name/en': [paint, 'Lacquer'],
  '/processes/0/name/zh': [paint, '清漆'],
  '/processes/0/stage': [paint, 'raw-material-acquisition'],
  '/processes/0/output/amount': [paint, '4'],
  '/processes/0/output/unit': [paint, 't'],
  '/carbonContent/fossil/amount': [held, '0.3'],
  '/carbonContent/fossil/unit': [held, 'tC', 'carbon-exceeds-mass'],
  '/carbonContent/biogenic/amount': [held, '0.2'],
  '/carbonContent/biogenic/unit': [held, 'tC', 'carbon-exceeds-mass'],
  '/carbonContent/recycled/amount': [held, '0.06'],
  '/carbonContent/recycled/unit': [held, 'tC', 'property-out-of-range'],
  '/carbonContent/packagingBiogenic/amount': [held, '0.05'],
  '/carbonContent/packagingBiogenic/unit': [held, 'tC'],
  '/carbonContent/productMass/amount': [held, '2'],
  '/carbonContent/productMass/unit': [held, 't'],
  '/parameters/0/id': [assumed, 'other', 'parameter-unused'],
  '/parameters/0/name/en': [assumed, 'Fired'],
  '/parameters/0/name/zh': [assumed, '烧掉'],
  '/parameters/0/value': [assumed, '2.5'],
  '/parameters/0/unit': [assumed, 'g'],
  '/parameters/0/formula': [withFormula, '0.4 / (1 - 2 * lost)'],
  '/endOfLife/method': [glass, 'cut-off', 'line-ambiguous'],
  '/endOfLife/materials/0/id': [glass, 'other', 'unknown-material'],
  '/endOfLife/materials/0/name/en': [glass, 'Bottle glass'],
  '/endOfLife/materials/0/name/zh': [glass, '瓶玻璃'],
  '/endOfLife/materials/0/A': [glass, '0.5'],
  '/endOfLife/materials/0/B': [glass, '0.5'],
  '/endOfLife/materials/0/R1': [glass, '0.3'],
  '/endOfLife/materials/0/R2': [glass, '0.6'],
  '/endOfLife/materials/0/R3': [glass, '0.2'],
  '/endOfLife/materials/0/QsinQp': [glass, '0.7'],
  '/endOfLife/materials/0/QsoutQp': [glass, '0.7'],
  '/endOfLife/materials/0/LHV/amount': [glass, '11'],
  '/endOfLife/materials/0/LHV/unit': [glass, 'kWh/kg'],
  '/endOfLife/materials/0/XERheat': [glass, '0.3'],
  '/endOfLife/materials/0/XERelec': [glass, '0.2'],
}

/** What shows in the record of the input only. */
const inRecordOnly: readonly string[] = [
  '/processes/0/name/en',
  '/processes/0/name/zh',
  '/parameters/0/name/en',
  '/parameters/0/name/zh',
] satisfies readonly Parameter[]

/** What comes of a system: its presented result, or the code of its refusal. */
function outcomeOf(system: ProductInput): { readonly result: string } | { readonly refused: string } {
  try {
    const { result } = presentResult(calculate(system, context([termTable(glassFactors)])))
    return { result: JSON.stringify(result) }
  } catch (thrown) {
    if (isProblem(thrown)) return { refused: thrown.code }
    throw thrown
  }
}

describe('every parameter of a product system', () => {
  test.each(Object.entries(changes))('%s', (parameter, [system, to, refused]) => {
    const place = parameter.split('/').slice(1)
    expect(valueAt(system, place)).not.toBe(to)
    const other = changed(system, place, to) as ProductInput
    const [before, after] = [outcomeOf(system), outcomeOf(other)]
    expect(before).toHaveProperty('result')
    if (inRecordOnly.includes(parameter)) expect(canonicalInput(other)).not.toEqual(canonicalInput(system))
    else if (refused === undefined) {
      expect(after).toHaveProperty('result')
      expect(after).not.toEqual(before)
    } else expect(after).toEqual({ refused })
  })
})
