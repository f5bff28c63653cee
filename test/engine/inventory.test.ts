/** An organization's inventory, each method by hand. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, Quantity } from '../../src/engine/types.ts'
import {
  ar4,
  calculated,
  co2eFactor,
  context,
  diesel,
  factor,
  gridFactor,
  inventory,
  naturalGas,
  refusalOf,
  table,
} from './fixtures.ts'

const quantity = (amount: string, unit: string): Quantity => ({ amount, unit })

const fuels = table('fuels', [], [diesel, naturalGas])

const stationary = (given: Partial<ActivityLine>): ActivityLine => ({
  ...{ id: 'l', category: 'stationary-combustion', quantity: quantity('100', 't') },
  ...given,
})

const heatFactor = factor({
  id: 'heat',
  family: 'heat',
  category: 'heat',
  unit: 'GJ',
  flows: [{ kind: 'fossil', gas: 'CO2', kg: '110' }],
})

describe('by factor', () => {
  const grid = table('grid', [gridFactor('fj', 'CN-FJ', 2023, '0.4211')])

  test('250 kWh × 0.4211 kg/kWh = 105.275 kg, scope 2, CH4 and N2O declared as not covered', () => {
    const result = calculated(
      [{ id: 'e', category: 'purchased-electricity', quantity: quantity('250', 'kWh'), factor: {} }],
      [grid],
    )
    expect(result.total).toBe(250 * 0.4211)
    expect(result.byScope).toEqual([{ key: '2', kgCo2e: result.total }])
    expect(result.byIsoCategory).toEqual([{ key: '2', kgCo2e: result.total }])
    expect(result.gasesNotCovered).toEqual([
      { gas: 'CH4', lines: ['e'] },
      { gas: 'N2O', lines: ['e'] },
    ])
    expect(result.lines[0]).toMatchObject({
      activity: { amount: 250, unit: 'kWh' },
      scaling: 1,
      from: null,
      factor: { id: 'fj' },
    })
  })

  test('converts once: 0.9 GJ are 250 kWh', () => {
    const line = { id: 'e', category: 'purchased-electricity', quantity: quantity('0.9', 'GJ'), factor: {} }
    expect(calculated([line], [grid]).total).toBe(250 * 0.4211)
  })

  test('a true zero is a zero', () => {
    const line = { id: 'e', category: 'purchased-electricity', quantity: quantity('0', 'kWh'), factor: {} }
    const result = calculated([line], [grid])
    expect(result.total).toBe(0)
    expect(result.flags).toEqual([
      { code: 'gases-not-covered', lines: ['e'], share: null, gases: ['CH4', 'N2O'] },
    ])
  })

  test('a source in gases can be weighed by any set, and the set changes the result', () => {
    const coal = table('coal', [
      factor({
        id: 'coal',
        flows: [
          { kind: 'fossil', gas: 'CO2', kg: '2000' },
          { kind: 'fossil', gas: 'CH4', kg: '1' },
          { kind: 'fossil', gas: 'N2O', kg: '0.1' },
        ],
      }),
    ])
    const line = stationary({ quantity: quantity('10', 't'), factor: { id: 'coal' } })
    // AR6: 10 × (2000 + 27 + 27.3) = 20543; AR4: 10 × (2000 + 25 + 29.8) = 20548.
    expect(calculated([line], [coal]).total).toBe(20543)
    const onAr4 = calculate(
      inventory([line], [coal], { gwpSet: { id: 'ipcc-ar4', version: '1' } }),
      context([coal], ar4),
    )
    expect(onAr4.total).toBe(20548)
    expect(onAr4.gwpSet).toEqual({ id: 'ipcc-ar4', version: '1', digest: 'sha256:ar4' })
  })

  test('methane that escapes unburnt from a fossil source weighs 29.8', () => {
    const leak = factor({
      id: 'leak',
      family: 'fugitive',
      fossilFugitiveMethane: true,
      flows: [{ kind: 'fossil', gas: 'CH4', kg: '1' }],
    })
    const line = {
      ...stationary({ category: 'fugitive-emissions' }),
      quantity: quantity('10', 't'),
      factor: { id: 'leak' },
    }
    expect(calculated([line], [table('t', [leak])])).toMatchObject({
      total: 298,
      byGas: [{ gas: 'CH4-fossil-fugitive', kg: 10 }],
    })
  })

  test('transport: 12 t over 350 km at 0.1 kg/t.km = 420 kg', () => {
    const truck = co2eFactor({ id: 'truck', family: 'transport', unit: 't.km' }, '0.1')
    const line = {
      id: 'l',
      category: 'upstream-transportation-and-distribution',
      quantity: quantity('12', 't'),
      distance: quantity('350', 'km'),
      factor: { id: 'truck' },
    }
    const result = calculated([line], [table('t', [truck])])
    expect(result.total).toBe(420)
    expect(result.lines[0]?.working).toEqual([{ name: 'distance', value: 350, unit: 'km' }])
    // Selected, not named: only a factor per t.km fits.
    expect(calculated([{ ...line, factor: {} }], [table('t', [truck])]).total).toBe(420)
  })

  test('steam: 100 t of 2763.74 kJ/kg bring (2763.74 − 83.74) × 100 t = 268 GJ, at 110 kg/GJ 29480 kg', () => {
    const line = {
      id: 's',
      category: 'purchased-heat',
      quantity: quantity('100', 't'),
      enthalpy: quantity('2763.74', 'kJ/kg'),
      factor: {},
    }
    const result = calculated([line], [table('t', [heatFactor])])
    expect(result.total).toBeCloseTo(29480, 8)
    expect(result.lines[0]?.activity.unit).toBe('GJ')
    expect(result.lines[0]?.working.map(({ name }) => name)).toEqual([
      'enthalpy',
      'feedWaterEnthalpy',
      'heat',
    ])
  })
})

describe('by carbon content', () => {
  test('100 t diesel: 4265.2 GJ × 20.2 kgC/GJ × 0.98 × 44/12 = 309590.96 kg CO2', () => {
    // 4265.2 × 20.2 = 86157.04 kgC; × 0.98 = 84433.8992; × 44 ÷ 12 = 309590.9637….
    const result = calculated([stationary({ fuel: { id: 'diesel' } })], [fuels])
    expect(result.total).toBeCloseTo(309590.963733, 5)
    expect(result.lines[0]).toMatchObject({
      activity: { amount: 100, unit: 't' },
      factor: null,
      fuel: { table: 'fuels', id: 'diesel', measured: [] },
      gasesNotCovered: ['CH4', 'N2O'],
    })
    expect(result.lines[0]?.working.map(({ name, unit }) => `${name} ${unit}`)).toEqual([
      'netCalorificValue GJ/t',
      'energy GJ{NCV}',
      'carbonContent tC/TJ',
      'oxidation 1',
      'carbon kgC',
    ])
  })

  test('natural gas by volume: 3 万m³ × 389.31 GJ × 15.3 × 0.99 × 44/12 = 64 865.66 kg CO2', () => {
    // 3 × 389.31 = 1167.93 GJ; × 15.3 = 17869.329 kgC; × 0.99 = 17690.63571; × 44 ÷ 12 = 64865.66427.
    const line = stationary({ quantity: quantity('3', '万m³'), fuel: { id: 'natural-gas' } })
    expect(calculated([line], [fuels]).total).toBeCloseTo(64865.66427, 6)
  })

  test('a measured value replaces the default, and the result says which', () => {
    const line = stationary({
      fuel: { id: 'diesel', netCalorificValue: quantity('43000', 'kJ/kg'), oxidation: '1' },
    })
    // 100 × 43 = 4300 GJ × 20.2 = 86860 kgC × 44 ÷ 12 = 318486.67.
    const result = calculated([line], [fuels])
    expect(result.total).toBeCloseTo(318486.666667, 5)
    expect(result.lines[0]?.fuel?.measured).toEqual(['netCalorificValue', 'oxidation'])
  })

  test('all measured needs no table at all', () => {
    const fuel = {
      netCalorificValue: quantity('20', 'GJ/t'),
      carbonContent: quantity('25', 'tC/TJ'),
      oxidation: '0.9',
    }
    // 100 × 20 × 25 × 0.9 × 44 ÷ 12 = 165000.
    expect(calculated([stationary({ fuel })])).toMatchObject({
      total: 165000,
      lines: [{ fuel: null, factor: null }],
    })
  })

  test('carbon measured by mass needs no calorific value: 100 t × 0.6 tC/t × 0.9 × 44/12 = 198 t', () => {
    const fuel = { carbonContent: quantity('0.6', 'tC/t'), oxidation: '0.9' }
    expect(calculated([stationary({ fuel })]).total).toBeCloseTo(198000, 6)
    const both = { ...fuel, netCalorificValue: quantity('20', 'GJ/t') }
    expect(() => calculated([stationary({ fuel: both })])).toThrow('line-ambiguous')
  })

  test('net energy needs none either: 1 TJ × 20.2 tC/TJ × 0.98 × 44/12', () => {
    const line = stationary({ quantity: quantity('1', 'TJ{NCV}'), fuel: { id: 'diesel' } })
    // 20200 × 0.98 × 44 ÷ 12 = 72585.33.
    expect(calculated([line], [fuels]).total).toBeCloseTo(72585.333333, 5)
  })

  test('energy that is not said to be net is refused', () => {
    const line = stationary({ quantity: quantity('1', 'TJ'), fuel: { id: 'diesel' } })
    const refusal = refusalOf(() => calculated([line], [fuels]))
    expect(refusal.code).toBe('incompatible-dimension')
    expect(refusal.message).toContain('GJ{NCV}')
  })

  test('a volume becomes a mass only with a density', () => {
    const litres = stationary({ quantity: quantity('1000', 'L'), fuel: { id: 'diesel' } })
    const refusal = refusalOf(() => calculated([litres], [fuels]))
    expect(refusal.code).toBe('density-missing')
    expect(refusal.facts.pointer).toBe('/lines/0/density')
    // 1000 L × 0.84 kg/L = 0.84 t; 0.84 × 42.652 × 20.2 × 0.98 × 44 ÷ 12 = 2600.5641.
    const result = calculated([{ ...litres, density: quantity('0.84', 'kg/L') }], [fuels])
    expect(result.total).toBeCloseTo(2600.564095, 5)
    expect(result.lines[0]?.activity).toEqual({ amount: 0.84, unit: 't' })
  })

  test.each([
    [{ id: 'disel' }, 'unknown-fuel', '/lines/0/fuel/id'],
    [{ id: 'diesel', table: 'other' }, 'unknown-factor-table', '/lines/0/fuel/id'],
    [{}, 'property-missing', '/lines/0/fuel/carbonContent'],
    [
      { carbonContent: quantity('20', 'tC/TJ'), netCalorificValue: quantity('40', 'GJ/t') },
      'property-missing',
      '/lines/0/fuel/oxidation',
    ],
    [{ id: 'diesel', oxidation: '98' }, 'property-out-of-range', '/lines/0/fuel/oxidation'],
    [{ id: 'diesel', oxidation: '0' }, 'property-out-of-range', '/lines/0/fuel/oxidation'],
    [
      { id: 'diesel', carbonContent: quantity('-1', 'tC/TJ') },
      'property-out-of-range',
      '/lines/0/fuel/carbonContent/amount',
    ],
    [
      { id: 'diesel', carbonContent: quantity('20', 't') },
      'incompatible-dimension',
      '/lines/0/fuel/carbonContent/unit',
    ],
    [
      { id: 'diesel', netCalorificValue: quantity('40', 'GJ') },
      'incompatible-dimension',
      '/lines/0/fuel/netCalorificValue/unit',
    ],
    [
      { id: 'diesel', netCalorificValue: quantity('40', 'GJ/furlong') },
      'unknown-unit',
      '/lines/0/fuel/netCalorificValue/unit',
    ],
  ])('refuses %j with %s at %s', (fuel, code, pointer) => {
    const refusal = refusalOf(() => calculated([stationary({ fuel })], [fuels]))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })
})

describe('by mass of gas', () => {
  const fugitive = (gas: string, kg: string): ActivityLine => ({
    id: gas,
    category: 'fugitive-emissions',
    quantity: quantity(kg, 'kg'),
    gas,
  })

  test('R-410A counts, R-22 is shown apart', () => {
    const result = calculated([fugitive('R-410A', '4'), fugitive('R-22', '10')])
    // 2 × 771 + 2 × 3740 = 9022; 10 × 1960 = 19600 outside the total.
    expect(result.total).toBe(9022)
    expect(result.byKind).toEqual([
      { kind: 'fossil', inTotal: true, kgCo2e: 9022 },
      { kind: 'fossil', inTotal: false, kgCo2e: 19600 },
    ])
    expect(result.flags).toEqual([{ code: 'outside-total', lines: ['R-22'], share: 0, gases: ['HCFC-22'] }])
  })

  test('a gas without a value is refused at its line', () => {
    const refusal = refusalOf(() => calculated([fugitive('R-410A', '4'), fugitive('HFC-41', '1')]))
    expect([refusal.code, refusal.facts.pointer, refusal.facts.lineId]).toEqual([
      'gwp-missing',
      '/lines/1/gas',
      'HFC-41',
    ])
  })

  test('belongs under fugitive or process emissions', () => {
    const line = { ...fugitive('SF6', '1'), category: 'stationary-combustion' }
    expect(refusalOf(() => calculated([line])).code).toBe('wrong-family')
  })
})

describe('what is shown apart', () => {
  const wood = factor({
    id: 'wood',
    flows: [
      { kind: 'biogenic', gas: 'CO2', kg: '1700' },
      { kind: 'biogenic', gas: 'CH4', kg: '1' },
      { kind: 'biogenic', gas: 'N2O', kg: '0.1' },
    ],
  })

  test('biogenic CO2 stands outside the total, biogenic CH4 and N2O inside', () => {
    const result = calculated(
      [stationary({ quantity: quantity('10', 't'), factor: { id: 'wood' } })],
      [table('t', [wood])],
    )
    // 10 × (27 + 27.3) = 543 in the total; 17000 apart.
    expect(result.total).toBe(543)
    expect(result.byKind).toEqual([
      { kind: 'biogenic', inTotal: true, kgCo2e: 543 },
      { kind: 'biogenic', inTotal: false, kgCo2e: 17000 },
    ])
    expect(result.totalIncludes).toEqual(['fossil', 'biogenic-without-co2', 'land-use-change', 'aircraft'])
  })
})

describe('flags', () => {
  test('say what a reader must know, with its share', () => {
    const rows = [
      co2eFactor({ id: 'unsaid', gwpBasis: 'not-stated', confirmation: 'unverified' }, '30'),
      co2eFactor({ id: 'said' }, '10'),
    ]
    const own = co2eFactor({ id: 'mine' }, '60')
    const lines = ['unsaid', 'said', 'mine'].map((id) =>
      stationary({ id, quantity: quantity('1', 't'), factor: { id } }),
    )
    const result = calculated(lines, [table('t', rows)], { ownFactors: [own] })
    expect(result.flags).toEqual([
      { code: 'gwp-basis-not-stated', lines: ['unsaid'], share: 0.3 },
      { code: 'unverified-factor', lines: ['unsaid'], share: 0.3 },
      { code: 'own-factor', lines: ['mine'], share: 0.6 },
    ])
    expect(result.lines[2]?.factor?.path).toEqual([{ step: 'own', asked: 'mine', took: 'own@own#mine' }])
  })
})

describe('refusals of lines', () => {
  const grid = table('grid', [
    gridFactor('fj', 'CN-FJ', 2023, '0.4211'),
    heatFactor,
    co2eFactor({ id: 'truck', family: 'transport', unit: 't.km' }, '0.1'),
  ])
  const good: ActivityLine = {
    id: 'e',
    category: 'purchased-electricity',
    quantity: quantity('250', 'kWh'),
    factor: {},
  }
  const steam: ActivityLine = {
    ...good,
    category: 'purchased-heat',
    quantity: quantity('1', 't'),
    factor: { id: 'heat' },
  }
  const freight: ActivityLine = {
    ...good,
    category: 'upstream-transportation-and-distribution',
    quantity: quantity('1', 't'),
    factor: { id: 'truck' },
  }

  test.each<[string, ActivityLine, string, string]>([
    [
      'an amount that is no number',
      { ...good, quantity: quantity('1,000', 'kWh') },
      'invalid-number',
      '/quantity/amount',
    ],
    [
      'an amount beyond doubles',
      { ...good, quantity: quantity('1e999', 'kWh') },
      'invalid-number',
      '/quantity/amount',
    ],
    [
      'a product beyond doubles',
      { ...good, quantity: quantity('1e308', 'MWh') },
      'invalid-number',
      '/quantity/unit',
    ],
    [
      'a negative amount',
      { ...good, quantity: quantity('-1', 'kWh') },
      'negative-amount',
      '/quantity/amount',
    ],
    ['an unknown unit', { ...good, quantity: quantity('1', 'kwh') }, 'unknown-unit', '/quantity/unit'],
    [
      'a unit of something else',
      { ...good, quantity: quantity('1', 'kWh{NCV}'), factor: { id: 'fj' } },
      'incompatible-dimension',
      '/quantity/unit',
    ],
    ['an unknown category', { ...good, category: 'electricity' }, 'unknown-category', '/category'],
    ['an unknown factor', { ...good, factor: { id: 'fjj' } }, 'unknown-factor', '/factor'],
    ['a wrong family', { ...good, factor: { id: 'heat' } }, 'wrong-family', '/factor'],
    ['no way to weigh it', { ...good, factor: undefined }, 'line-ambiguous', ''],
    ['two ways to weigh it', { ...good, gas: 'CO2' }, 'line-ambiguous', ''],
    ['a process', { ...good, process: 'p' }, 'line-ambiguous', '/process'],
    ['an input from a process', { ...good, factor: undefined, from: 'p' }, 'line-ambiguous', '/from'],
    [
      'a period outside',
      { ...good, period: { start: '2022-12-01', end: '2023-02-01' } },
      'period-outside',
      '/period',
    ],
    [
      'a period that ends first',
      { ...good, period: { start: '2023-02-01', end: '2023-01-01' } },
      'period-invalid',
      '/period',
    ],
    [
      'no such day',
      { ...good, period: { start: '2023-02-30', end: '2023-03-01' } },
      'period-invalid',
      '/period',
    ],
    ['steam without enthalpy', steam, 'property-missing', '/enthalpy'],
    [
      'steam below its feed water',
      { ...steam, enthalpy: quantity('83.74', 'kJ/kg') },
      'property-out-of-range',
      '/enthalpy/amount',
    ],
    [
      'steam by volume',
      { ...steam, quantity: quantity('1', 'm3'), enthalpy: quantity('2700', 'kJ/kg') },
      'incompatible-dimension',
      '/quantity/unit',
    ],
    ['freight without distance', freight, 'property-missing', '/distance'],
    [
      'a negative distance',
      { ...freight, distance: quantity('-1', 'km') },
      'property-out-of-range',
      '/distance/amount',
    ],
    [
      'a distance in hours',
      { ...freight, distance: quantity('1', 'h') },
      'incompatible-dimension',
      '/distance/unit',
    ],
    [
      'a distance without use',
      { ...good, distance: quantity('1', 'km'), factor: { id: 'fj' } },
      'line-ambiguous',
      '/distance',
    ],
    [
      'a density without use',
      { ...good, density: quantity('1', 'kg/L'), factor: { id: 'fj' } },
      'line-ambiguous',
      '/density',
    ],
    [
      'no density at all',
      { ...steam, density: quantity('0', 'kg/L') },
      'property-out-of-range',
      '/density/amount',
    ],
    [
      'two bridges',
      { ...steam, density: quantity('1', 'kg/L'), enthalpy: quantity('2700', 'kJ/kg') },
      'line-ambiguous',
      '',
    ],
  ])('%s', (_, line, code, pointer) => {
    const refusal = refusalOf(() => calculated([line], [grid]))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, `/lines/0${pointer}`])
    expect(refusal.facts.lineId).toBe('e')
  })

  test('come together: the first, and the others beside it', () => {
    const bad = ['a', 'b', 'c'].map((id) => ({ ...good, id, quantity: quantity(id, 'kWh') }))
    const refusal = refusalOf(() => calculated([good, ...bad], [grid]))
    expect(refusal.facts.pointer).toBe('/lines/1/quantity/amount')
    expect(refusal.facts.others).toMatchObject([
      { code: 'invalid-number', pointer: '/lines/2/quantity/amount', lineId: 'b' },
      { code: 'invalid-number', pointer: '/lines/3/quantity/amount', lineId: 'c' },
    ])
  })

  test('are at most fifty-one', () => {
    const bad = Array.from({ length: 200 }, (_, index) => ({ ...good, id: String(index), category: 'x' }))
    expect(refusalOf(() => calculated(bad, [grid])).facts.others).toHaveLength(50)
  })

  test('two lines with one id', () => {
    const refusal = refusalOf(() => calculated([good, good], [grid]))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['duplicate-id', '/lines/1/id'])
  })
})

describe('refusals of what a calculation stands on', () => {
  const line = stationary({ fuel: { id: 'diesel' } })

  test.each<[string, Parameters<typeof inventory>[2], string, string]>([
    ['no lines', { lines: [] }, 'no-lines', '/lines'],
    [
      'a reporting period that ends first',
      { period: { start: '2024-01-01', end: '2023-01-01' } },
      'period-invalid',
      '/period',
    ],
    [
      'another version of the GWP set',
      { gwpSet: { id: 'ipcc-ar6', version: '2' } },
      'unknown-gwp-set',
      '/gwpSet',
    ],
    [
      'a table nobody published',
      { factorTables: [{ table: 'fuels', version: '9' }] },
      'unknown-factor-table',
      '/factorTables/0',
    ],
    [
      'a table pinned twice',
      {
        factorTables: [
          { table: 'fuels', version: '1' },
          { table: 'fuels', version: '1' },
        ],
      },
      'duplicate-id',
      '/factorTables/1',
    ],
    [
      'an own factor in no unit',
      { ownFactors: [factor({ id: 'a', unit: 'foo' })] },
      'unknown-unit',
      '/ownFactors/0/unit',
    ],
    [
      'an own factor without number',
      { ownFactors: [factor({ id: 'a', flows: [{ kind: 'fossil', gas: 'CO2', kg: 'x' }] })] },
      'invalid-number',
      '/ownFactors/0/flows/0/kg',
    ],
    [
      'an own factor that is a negative emission',
      { ownFactors: [factor({ id: 'a', flows: [{ kind: 'fossil', gas: 'CO2', kg: '-1' }] })] },
      'negative-amount',
      '/ownFactors/0/flows/0/kg',
    ],
    [
      'an own uptake that gives',
      { ownFactors: [factor({ id: 'a', flows: [{ kind: 'biogenic-uptake', gas: 'CO2', kg: '1' }] })] },
      'positive-uptake',
      '/ownFactors/0/flows/0/kg',
    ],
    [
      'an own factor without gases',
      { ownFactors: [factor({ id: 'a', flows: [] })] },
      'factor-table-invalid',
      '/ownFactors/0/flows',
    ],
    [
      'an own CO2e without basis',
      { ownFactors: [co2eFactor({ id: 'a', gwpBasis: 'gas-masses' }, '1')] },
      'factor-table-invalid',
      '/ownFactors/0/gwpBasis',
    ],
    [
      'two own factors with one id',
      { ownFactors: [factor({ id: 'a' }), factor({ id: 'a' })] },
      'duplicate-id',
      '/ownFactors/1/id',
    ],
  ])('%s', (_, given, code, pointer) => {
    const refusal = refusalOf(() => calculated([line], [fuels], given))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })
})
