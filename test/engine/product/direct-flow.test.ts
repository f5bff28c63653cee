/** What a process lets go or takes up itself: kinds, signs, methane, changes of land use. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine, CalculationResult, FactorTable, ProductInput } from '../../../src/engine/types.ts'
import { context, factor, inventory, product, refusalOf, table } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })

/** A gas of the process that makes 1 kg. */
const flow = (id: string, amount: string, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id, category: 'process-emissions', process: 'wood', gas: 'CO2', quantity: kg(amount) },
  ...given,
})

const system = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}): ProductInput =>
  product([{ id: 'wood', output: kg('1') }], lines, given)

const of = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}, tables: FactorTable[] = []) =>
  calculate(system(lines, given), context(tables))

const refused = (line: ActivityLine) => {
  const { code, facts } = refusalOf(() => of([line]))
  return [code, facts.pointer]
}

describe('the kind of a gas', () => {
  test('is fossil unless the line says otherwise', () => {
    expect(of([flow('a', '2')])).toEqual(of([{ ...flow('a', '2'), flowKind: 'fossil' }]))
  })

  test('decides what counts: fossil, aircraft, land use and biogenic methane do, the others are shown apart', () => {
    const result = of([
      flow('burnt', '1', { flowKind: 'fossil' }),
      flow('flown', '2', { flowKind: 'aircraft' }),
      flow('cleared', '4', { flowKind: 'land-use-change', landUseChange: { kind: 'direct' } }),
      flow('rotten', '0.1', { flowKind: 'biogenic', gas: 'CH4' }),
      flow('wood burnt', '8', { flowKind: 'biogenic' }),
      flow('grown', '-16', { flowKind: 'biogenic-uptake' }),
      flow('stored', '-32', { flowKind: 'removal', flowOrigin: 'technological-removal' }),
    ])
    // 1 + 2 + 4 + 0.1 × 27.
    expect(result.total).toBeCloseTo(9.7, 14)
    expect(result.byKind.map(({ kind, inTotal }) => [kind, inTotal])).toEqual([
      ['fossil', true],
      ['biogenic', true],
      ['biogenic', false],
      ['biogenic-uptake', false],
      ['land-use-change', true],
      ['aircraft', true],
      ['removal', false],
    ])
    const apart = result.byKind.filter(({ inTotal }) => !inTotal).map(({ kgCo2e }) => kgCo2e)
    expect(apart).toEqual([8, -16, -32])
  })

  test('is said of a line’s own gas only, and by no inventory', () => {
    const bought: ActivityLine = {
      ...{ id: 'a', category: 'material', process: 'wood', factor: { id: 'x' }, quantity: kg('1') },
      flowKind: 'biogenic',
    }
    expect(refused(bought)).toEqual(['line-ambiguous', '/lines/0/flowKind'])
    const line: ActivityLine = { ...flow('a', '1'), process: undefined, flowKind: 'biogenic' }
    const { code, facts } = refusalOf(() => calculate(inventory([line]), context()))
    expect([code, facts.pointer]).toEqual(['line-ambiguous', '/lines/0/flowKind'])
    expect(refused(flow('a', '1', { flowKind: 'pollutant' as 'fossil' }))).toEqual([
      'property-out-of-range',
      '/lines/0/flowKind',
    ])
  })
})

describe('the sign', () => {
  test.each([
    ['biogenic-uptake', undefined],
    ['removal', 'land-management'],
  ] as const)('of %s is negative; the other is refused by name', (flowKind, flowOrigin) => {
    expect(refused(flow('a', '1.61', { flowKind, flowOrigin }))).toEqual([
      'positive-uptake',
      '/lines/0/quantity/amount',
    ])
  })

  test.each(['fossil', 'biogenic', 'aircraft', 'land-use-change'] as const)(
    'of %s is positive; the other is refused by name',
    (flowKind) => {
      const landUseChange = flowKind === 'land-use-change' ? ({ kind: 'direct' } as const) : undefined
      expect(refused(flow('a', '-1', { flowKind, landUseChange }))).toEqual([
        'negative-amount',
        '/lines/0/quantity/amount',
      ])
    },
  )

  test('a zero uptake is a statement and stays in the result, where no uptake is none', () => {
    const grown = (lines: readonly ActivityLine[]) =>
      of(lines).byKind.find(({ kind }) => kind === 'biogenic-uptake')
    expect(grown([flow('a', '1'), flow('b', '0', { flowKind: 'biogenic-uptake' })])?.kgCo2e).toBe(0)
    expect(grown([flow('a', '1')])).toBeUndefined()
  })

  test('only CO2 is taken up or removed', () => {
    expect(refused(flow('a', '-1', { flowKind: 'biogenic-uptake', gas: 'N2O' }))).toEqual([
      'property-out-of-range',
      '/lines/0/gas',
    ])
  })
})

describe('methane', () => {
  const gases = ({ lines }: CalculationResult) => lines[0]?.gases.map(({ gas, kgCo2e }) => [gas, kgCo2e])

  test('of another kind than fossil is never what escapes from fossil sources: 27, not 29.8', () => {
    expect(gases(of([flow('a', '1', { gas: 'CH4', flowKind: 'biogenic' })]))).toEqual([['CH4', 27]])
    expect(refused(flow('a', '1', { gas: 'CH4-fossil-fugitive', flowKind: 'biogenic' }))).toEqual([
      'line-ambiguous',
      '/lines/0/gas',
    ])
  })

  test('of a factor that lets fossil methane escape is fossil in its fossil flow only: 29.8 and 27', () => {
    const flows = [
      { kind: 'fossil', gas: 'CH4', kg: '1' } as const,
      { kind: 'biogenic', gas: 'CH4', kg: '1' } as const,
    ]
    const leak = factor({ id: 'leak', family: 'process', unit: 'kg', flows, fossilFugitiveMethane: true })
    const line = flow('a', '1', { gas: undefined, factor: { id: 'leak' } })
    expect(gases(of([line], { ownFactors: [leak] }))).toEqual([
      ['CH4-fossil-fugitive', 29.8],
      ['CH4', 27],
    ])
  })

  test('that is fossil says which of the two it is', () => {
    expect(refused(flow('a', '1', { gas: 'CH4' }))).toEqual(['line-ambiguous', '/lines/0/gas'])
    expect(gases(of([flow('a', '1', { gas: 'CH4-fossil-fugitive' })]))).toEqual([
      ['CH4-fossil-fugitive', 29.8],
    ])
  })
})

describe('a change of land use', () => {
  const cleared = (amount: string, landUseChange: ActivityLine['landUseChange']) =>
    flow('a', amount, { flowKind: 'land-use-change', landUseChange })

  test('counts one twentieth of the conversion in each of twenty years: 300 kg ÷ 20 = 15', () => {
    const in2023 = (convertedIn: number, years = 20) =>
      of([cleared('300', { kind: 'direct', convertedIn, years })]).total
    // The year of the conversion is the first of them: 2004 is the last that reaches 2023.
    expect([2023, 2010, 2004, 2003, 1990].map((year) => in2023(year))).toEqual([15, 15, 15, 0, 0])
    expect(in2023(1999, 25)).toBe(12)
    const [line] = of([cleared('300', { kind: 'direct', convertedIn: 2010, years: 20 })]).lines
    expect(line?.working).toEqual([
      { name: 'wholeConversion', value: 300, unit: 'kg' },
      { name: 'yearsSinceConversion', value: 13, unit: '1' },
      { name: 'amortisationYears', value: 20, unit: '1' },
    ])
  })

  test('counts whole where its source has spread it', () => {
    expect(of([cleared('15', { kind: 'direct' })]).total).toBe(15)
  })

  test('elsewhere is shown apart: outside the total, with its mass', () => {
    const { total, byKind, flags } = of([flow('b', '1'), cleared('15', { kind: 'indirect' })])
    expect(total).toBe(1)
    expect(byKind).toContainEqual({ kind: 'land-use-change', inTotal: false, kgCo2e: 15 })
    expect(flags).toContainEqual({ code: 'outside-total', lines: ['a'], share: 0, gases: ['CO2'] })
  })

  test('of a factor is told apart by the line', () => {
    const tables = [
      table('t', [
        factor({
          ...{ id: 'soy', family: 'cradle-to-gate', unit: 'kg' },
          flows: [
            { kind: 'fossil', gas: 'CO2', kg: '1' },
            { kind: 'land-use-change', gas: 'CO2', kg: '3' },
          ],
        }),
      ]),
    ]
    const soy: ActivityLine = {
      ...{ id: 'soy', category: 'material', process: 'wood', factor: { id: 'soy' }, quantity: kg('1') },
    }
    const pins = { factorTables: [{ table: 't', version: '1' }] }
    expect(of([soy], pins, tables).total).toBe(4)
    expect(of([{ ...soy, landUseChange: { kind: 'direct' } }], pins, tables).total).toBe(4)
    expect(of([{ ...soy, landUseChange: { kind: 'indirect' } }], pins, tables).total).toBe(1)
    const spread: ActivityLine = {
      ...soy,
      landUseChange: { kind: 'direct', convertedIn: 2010, years: 20 },
    }
    const { code, facts } = refusalOf(() => of([spread], pins, tables))
    expect([code, facts.pointer]).toEqual(['line-ambiguous', '/lines/0/landUseChange/convertedIn'])
  })

  test.each([
    ['nothing said of it', undefined, 'property-missing', ''],
    ['a year alone', { kind: 'direct', convertedIn: 2010 }, 'property-missing', '/years'],
    ['years alone', { kind: 'direct', years: 20 }, 'property-missing', '/convertedIn'],
    ['nineteen years', { kind: 'direct', convertedIn: 2010, years: 19 }, 'property-out-of-range', '/years'],
    [
      'a conversion ahead',
      { kind: 'direct', convertedIn: 2024, years: 20 },
      'property-out-of-range',
      '/convertedIn',
    ],
    ['a kind that is none', { kind: 'some' as 'direct' }, 'property-out-of-range', '/kind'],
  ] as const)('refuses %s', (_, landUseChange, code, inside) => {
    expect(refused(cleared('300', landUseChange))).toEqual([code, `/lines/0/landUseChange${inside}`])
  })

  test('is no matter of other kinds', () => {
    expect(refused(flow('a', '1', { landUseChange: { kind: 'direct' } }))).toEqual([
      'line-ambiguous',
      '/lines/0/landUseChange',
    ])
  })
})

describe('the origin of a flow', () => {
  test('is needed of a removal, whatever states it', () => {
    expect(refused(flow('a', '-1', { flowKind: 'removal' }))).toEqual([
      'property-missing',
      '/lines/0/flowOrigin',
    ])
  })

  test.each([
    ['a technology of what is only let go', { flowOrigin: 'technological-removal' }],
    ['land management of a flight', { flowOrigin: 'land-management', flowKind: 'aircraft' }],
  ] as const)('refuses %s', (_, given) => {
    expect(refused(flow('a', '1', given))).toEqual(['line-ambiguous', '/lines/0/flowOrigin'])
  })

  test('stands on the line', () => {
    const [line] = of([flow('a', '1', { flowKind: 'biogenic', flowOrigin: 'land-management' })]).lines
    expect(line).toMatchObject({ flowOrigin: 'land-management', gases: [{ kind: 'biogenic' }] })
  })
})
