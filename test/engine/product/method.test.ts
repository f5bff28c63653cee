/** What a product's calculation says of its method: what is left out, machines, fuels, and the rules of its category. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type {
  ActivityLine,
  Excluded,
  Finding,
  LifeCycleStage,
  ProductCategoryRules,
  ProductInput,
  RulesBinding,
} from '../../../src/engine/types.ts'
import { bottle, byFormula, everyTerm, glassFactors, termLine, termTable } from '../end-of-life/glass.ts'
import { context, diesel, factor, naturalGas, product, refusalOf, table } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const steel = factor({ id: 'steel', family: 'cradle-to-gate', unit: 'kg' })
const tables = [
  table(
    'main',
    [
      steel,
      factor({ id: 'diesel-supply', family: 'upstream', unit: 't' }),
      factor({ id: 'gas-supply', family: 'upstream', unit: 'm3' }),
      factor({ id: 'gas-energy', family: 'upstream', unit: 'GJ' }),
      factor({ id: 'gas-burnt', family: 'combustion', unit: 'm3' }),
    ],
    [diesel, naturalGas],
  ),
  termTable(glassFactors),
]
const line = (id: string, more: Partial<ActivityLine>): ActivityLine => ({
  ...{
    id,
    category: 'material',
    process: 'press',
    quantity: kg('1'),
    factor: { table: 'main', id: 'steel' },
  },
  ...more,
})
const made = line('made', {})
const press = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}) =>
  product([{ id: 'press', output: kg('1') }], lines, {
    factorTables: [{ table: 'main', version: '1' }],
    ...given,
  })
const unmade = { stage: 'raw-material-acquisition', reason: 'It sells pressing only' } as const
const resultOf = (input: ProductInput) => calculate(input, context(tables)).product
const findings = (input: ProductInput): readonly Finding[] => resultOf(input)?.findings ?? []
const refused = (input: ProductInput) => {
  const { code, facts } = refusalOf(() => calculate(input, context(tables)))
  return { code, pointer: facts.pointer }
}

describe('a fuel', () => {
  const burnt = (id: string, amount: string, unit = 't', more: Partial<ActivityLine> = {}) =>
    line(id, {
      category: 'fuel-combustion',
      quantity: { amount, unit },
      factor: { id: 'gas-burnt' },
      ...more,
    })
  const oil = (amount: string, unit = 't') =>
    burnt('oil', amount, unit, { factor: undefined, fuel: { table: 'main', id: 'diesel' } })
  const supply = (id: string, of: string, amount: string, unit: string) =>
    line(id, { category: 'fuel-supply', quantity: { amount, unit }, factor: { id: of } })
  const missing = (...lines: readonly ActivityLine[]) =>
    findings(press(lines, { emptyStages: [unmade] })).map(({ code, lines: about }) => [code, about])

  test('that is burnt was supplied, and one that is supplied is burnt', () => {
    expect(missing(oil('2'))).toEqual([['fuel-supply-missing', ['oil']]])
    expect(missing(supply('wells', 'diesel-supply', '2', 't'))).toEqual([
      ['fuel-combustion-missing', ['wells']],
    ])
    expect(missing(oil('2'), supply('wells', 'diesel-supply', '2000', 'kg'))).toEqual([])
  })

  test('is known by its amount: two tonnes are not supplied by one', () => {
    expect(missing(oil('2'), supply('wells', 'diesel-supply', '1', 't'))).toEqual([
      ['fuel-supply-missing', ['oil']],
    ])
    expect(missing(oil('1'), supply('wells', 'diesel-supply', '2', 't'))).toEqual([
      ['fuel-combustion-missing', ['wells']],
    ])
    // A hundredth is how densities and heating values are rounded.
    expect(missing(oil('1'), supply('wells', 'diesel-supply', '1.009', 't'))).toEqual([])
  })

  test('of two, the one that lacks its supply is named, also where the other has it', () => {
    const gas = burnt('gas', '100', 'm3')
    expect(missing(oil('2'), gas, supply('wells', 'diesel-supply', '2', 't'))).toEqual([
      ['fuel-supply-missing', ['gas']],
    ])
    expect(missing(oil('2'), gas, supply('field', 'gas-supply', '100', 'm3'))).toEqual([
      ['fuel-supply-missing', ['oil']],
    ])
  })

  test('supplied by energy is taken for the one that is burnt by volume', () => {
    expect(missing(burnt('gas', '100', 'm3'), supply('field', 'gas-energy', '3.9', 'GJ'))).toEqual([])
  })

  test('made by a process of the system has its supply there', () => {
    const input = press([
      oil('0.002'),
      line('own', { quantity: kg('2'), factor: undefined, from: 'refinery' }),
    ])
    const refinery = {
      id: 'refinery',
      name: { en: 'Refinery', zh: null },
      output: kg('1'),
      stage: 'production',
    } as const
    const system = { ...input, processes: [...input.processes, refinery] }
    expect(findings({ ...system, lines: [...input.lines, line('crude', { process: 'refinery' })] })).toEqual(
      [],
    )
  })

  test('of another process is no supply', () => {
    const input = press([oil('0.002'), line('part', { quantity: kg('1'), factor: undefined, from: 'forge' })])
    const forge = {
      id: 'forge',
      name: { en: 'Forge', zh: null },
      output: kg('1'),
      stage: 'production',
    } as const
    const wells = { ...supply('wells', 'diesel-supply', '0.002', 't'), process: 'forge' }
    const codes = findings({
      ...input,
      processes: [...input.processes, forge],
      lines: [...input.lines, wells],
    }).map(({ code }) => code)
    expect(codes).toEqual(['fuel-supply-missing', 'fuel-combustion-missing'])
  })
})

describe('capital goods', () => {
  const mould = line('mould', { category: 'capital-goods' })
  const included = { choice: 'included', reason: 'Moulds wear out' } as const

  test('count where the calculation says so, and say so', () => {
    expect(resultOf(press([made, mould], { capitalGoods: included }))).toMatchObject({
      ...{ capitalGoods: included, findings: [] },
    })
  })

  test('said to be included, and none there, are a finding', () => {
    expect(findings(press([made], { capitalGoods: included }))).toEqual([
      { code: 'capital-goods-missing', lines: [], processes: [], share: null },
    ])
    expect(resultOf(press([made]))).toMatchObject({ capitalGoods: null, findings: [] })
  })

  test('are refused where they are excluded, or nobody chose; so is a choice without a reason', () => {
    const excluded = { choice: 'excluded', reason: 'Below a thousandth' } as const
    const at = { code: 'capital-goods-excluded', pointer: '/lines/1/category' }
    expect(refused(press([made, mould], { capitalGoods: excluded }))).toEqual(at)
    expect(refused(press([made, mould]))).toEqual(at)
    expect(refused(press([made], { capitalGoods: { ...excluded, reason: ' ' } }))).toEqual({
      ...{ code: 'property-missing', pointer: '/capitalGoods/reason' },
    })
  })
})

describe('what is left out', () => {
  const excluded = (estimatedShare: string, more: Partial<Excluded> = {}): Excluded => ({
    ...{ what: 'Screws', reason: 'Below a thousandth of the mass', estimatedShare },
    ...more,
  })

  test('stands in the result with its reason, and the exact sum: 0.1 + 0.2 is 0.3', () => {
    const exclusions = [excluded('0.1'), excluded('0.2', { stage: 'production' })]
    expect(resultOf(press([made], { exclusions }))?.exclusions).toEqual({
      items: exclusions,
      totalShare: '0.3',
    })
    expect(resultOf(press([made]))?.exclusions).toEqual({ items: [], totalShare: '0' })
  })

  test.each([
    ['/exclusions/0/what', excluded('0.1', { what: ' ' }), 'property-missing'],
    ['/exclusions/0/reason', excluded('0.1', { reason: ' ' }), 'property-missing'],
    ['/exclusions/0/estimatedShare', excluded('1.1'), 'property-out-of-range'],
    ['/exclusions/0/estimatedShare', excluded('-0.1'), 'property-out-of-range'],
    ['/exclusions/0/estimatedShare', excluded('1e-3'), 'property-out-of-range'],
    ['/exclusions/0/stage', excluded('0.1', { stage: 'use' }), 'line-ambiguous'],
  ] as const)('is refused at %s', (pointer, given, code) => {
    expect(refused(press([made], { exclusions: [given] }))).toEqual({ code, pointer })
  })

  test('is never more than the whole', () => {
    expect(refused(press([made], { exclusions: [excluded('0.6'), excluded('0.5')] }))).toEqual({
      ...{ code: 'property-out-of-range', pointer: '/exclusions' },
    })
  })
})

describe('rules of a product’s category', () => {
  const rules = (binds: RulesBinding, more: Partial<ProductCategoryRules> = {}): ProductCategoryRules => ({
    ...{ id: 'PCR-1', edition: '2', operator: 'Example' },
    validity: { start: '2020-01-01', end: '2024-01-01' },
    ...{ binds, ...more },
  })
  const held = (binds: RulesBinding, input = press([made])) => {
    const productCategoryRules = rules(binds)
    const { checks = [] } = resultOf({ ...input, productCategoryRules })?.productCategoryRules ?? {}
    return checks.map(({ rule, holds, asked, given, pointer }) => [rule, holds, asked, given, pointer])
  }

  test('bind unit and boundary, each at its place', () => {
    expect(held({ unit: '千克', boundary: 'cradle-to-gate' })).toEqual([
      ['unit', true, 'kg', 'kg', '/declaredUnit/unit'],
      ['boundary', true, 'cradle-to-gate', 'cradle-to-gate', '/boundary'],
    ])
    const lines = everyTerm.map((term) => termLine(term))
    expect(
      held({ unit: 't', boundary: 'cradle-to-gate', endOfLife: 'cut-off' }, bottle(byFormula(), lines)),
    ).toEqual([
      ['unit', false, 't', 'kg', '/functionalUnit/referenceFlow/unit'],
      ['boundary', false, 'cradle-to-gate', 'cradle-to-grave', '/boundary'],
      ['endOfLife', false, 'cut-off', 'circular-footprint-formula', '/endOfLife/method'],
    ])
  })

  test('bind the end of life only where there is one', () => {
    expect(held({ endOfLife: 'cut-off' })).toEqual([])
  })

  test('bind the choice of capital goods, also where nobody chose', () => {
    expect(held({ capitalGoods: 'excluded' })).toEqual([
      ['capitalGoods', false, 'excluded', 'none', '/capitalGoods/choice'],
    ])
  })

  test('bind the cut-off, of each exclusion and of all: 0.01 + 0.02 are not more than 0.03', () => {
    const exclusions = ['0.01', '0.02'].map((estimatedShare) => ({ what: 'a', reason: 'b', estimatedShare }))
    expect(held({ cutOffSingle: '0.01', cutOffTotal: '0.03' }, press([made], { exclusions }))).toEqual([
      ['cutOffSingle', true, '0.01', '0.01', '/exclusions/0/estimatedShare'],
      ['cutOffSingle', false, '0.01', '0.02', '/exclusions/1/estimatedShare'],
      ['cutOffTotal', true, '0.03', '0.03', '/exclusions'],
    ])
    expect(held({ cutOffTotal: '0.02' }, press([made], { exclusions }))).toEqual([
      ['cutOffTotal', false, '0.02', '0.03', '/exclusions'],
    ])
  })

  test('bind the way of allocation, of a subdivided process that of what its products share', () => {
    const shared = (by: 'mass' | 'subdivision'): ProductInput => {
      const { processes, ...input } = press([made, line('for one', { forProduct: 'press' })])
      const allocation = by === 'mass' ? { by } : { by, common: { by: 'mass' as const } }
      const coProducts = [{ id: 'scrap', output: kg('1') }]
      const lines = by === 'mass' ? [made] : input.lines
      return {
        ...input,
        lines,
        processes: processes.map((one) => ({ ...one, product: 'press', coProducts, allocation })),
        referenceProduct: 'press',
      }
    }
    expect(held({ allocation: ['mass', 'energy'] }, shared('mass'))).toEqual([
      ['allocation', true, 'mass, energy', 'mass', '/processes/0/allocation/by'],
    ])
    expect(held({ allocation: ['energy'] }, shared('subdivision'))).toEqual([
      ['allocation', false, 'energy', 'mass', '/processes/0/allocation/common/by'],
    ])
    const productCategoryRules = rules({ allocation: ['energy'] })
    const rule = { rule: 'allocation', asked: 'energy', given: 'mass', pointer: '/processes/0/allocation/by' }
    expect(findings({ ...shared('mass'), productCategoryRules })).toEqual([
      { code: 'pcr-violated', lines: [], processes: ['press'], rule, share: null },
    ])
  })

  test('a departure is a finding with the rule and the place, and no refusal', () => {
    const productCategoryRules = rules({ boundary: 'gate-to-gate' })
    const rule = { rule: 'boundary', asked: 'gate-to-gate', given: 'cradle-to-gate', pointer: '/boundary' }
    expect(findings(press([made], { productCategoryRules }))).toEqual([
      { code: 'pcr-violated', lines: [], processes: [], rule, share: null },
    ])
  })

  test.each([
    // The reporting period ends before 2024-01-01, so its last day is the 31st of December 2023.
    ['2020-01-01', '2024-01-01', true],
    ['2023-12-31', '2024-01-01', true],
    ['2020-01-01', '2023-12-31', false],
    ['2024-01-01', '2026-01-01', false],
  ])('are in force on the last day of the period from %s to before %s: %s', (start, end, inForce) => {
    const productCategoryRules = rules({}, { validity: { start, end } })
    const result = resultOf(press([made], { productCategoryRules }))
    expect(result?.productCategoryRules?.inForce).toBe(inForce)
    expect(result?.findings.map(({ code }) => code)).toEqual(inForce ? [] : ['pcr-not-in-force'])
  })

  test.each([
    ['id', { id: ' ' }, 'property-missing'],
    ['operator', { operator: ' ' }, 'property-missing'],
    ['validity', { validity: { start: '2024-01-01', end: '2023-01-01' } }, 'period-invalid'],
    ['binds/unit', { binds: { unit: 'parsec' } }, 'unknown-unit'],
    ['binds/cutOffTotal', { binds: { cutOffTotal: '5' } }, 'property-out-of-range'],
  ] as const)('that say nothing are refused by their place: %s', (place, more, code) => {
    const productCategoryRules = rules({}, more)
    expect(refused(press([made], { productCategoryRules }))).toEqual({
      ...{ code, pointer: `/productCategoryRules/${place}` },
    })
  })

  test('move no figure', () => {
    const total = calculate(press([made]), context(tables)).total
    const boundary = fc.constantFrom('cradle-to-gate' as const, 'gate-to-gate' as const)
    fc.assert(
      fc.property(boundary, fc.constantFrom('kg', 't'), (bound, unit) => {
        const productCategoryRules = rules({ boundary: bound, unit })
        expect(calculate(press([made], { productCategoryRules }), context(tables)).total).toBe(total)
      }),
    )
  })
})

describe('a stage of which nothing is said', () => {
  const codes = (input: ProductInput) => findings(input).map(({ code }) => code)
  const own = line('own', { category: 'process-emissions', factor: undefined, gas: 'CO2' })

  test('is a finding where the boundary holds it: raw materials from the cradle on', () => {
    expect(findings(press([own]))).toEqual([
      { code: 'raw-materials-not-stated', lines: [], processes: [], share: null },
    ])
    expect(codes(press([own], { boundary: 'gate-to-gate' }))).toEqual([])
  })

  test('is none where a material is bought with its own past, or somebody says why there is nothing', () => {
    expect(codes(press([own, made]))).toEqual([])
    expect(codes(press([own], { emptyStages: [unmade] }))).toEqual([])
  })

  test('is a finding of distribution to the grave only', () => {
    const sold = (emptyStages: NonNullable<ProductInput['emptyStages']>) =>
      codes(press([made], { boundary: 'cradle-to-grave', emptyStages }))
    const nothing = (stage: LifeCycleStage) => ({ stage, reason: 'Nothing happens there' })
    const ended = [nothing('use'), nothing('end-of-life')]
    expect(sold(ended)).toEqual(['distribution-not-stated'])
    expect(sold([...ended, nothing('distribution')])).toEqual([])
  })
})

test('more of a material at the end of life than went in is a finding', () => {
  const heavy = everyTerm.map((term) =>
    termLine(term, ['Ev', 'Erecycled'].includes(term) ? { quantity: kg('0.9') } : {}),
  )
  const finding = findings(bottle(byFormula(), heavy)).find(({ lines }) => lines.length > 0)
  expect(finding).toMatchObject({ code: 'more-waste-than-material', processes: ['bottle', 'treatment'] })
  expect(finding?.share).toBeGreaterThan(0)
})
