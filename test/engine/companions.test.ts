/** Several factors on one line: each gas of one of them, none of two; pollutants beside greenhouse gases. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, presentResult } from '../../src/engine/index.ts'
import type { ActivityLine, Companion, EmissionFactor, FactorTable } from '../../src/engine/types.ts'
import {
  calculated,
  co2eFactor,
  context,
  diesel,
  factor,
  gridFactor,
  inventory,
  product,
  refusalOf,
  table,
} from './fixtures.ts'

const quantity = (amount: string, unit: string) => ({ amount, unit })
const fossil = (masses: Record<string, string>) =>
  Object.entries(masses).map(([gas, kg]) => ({ kind: 'fossil' as const, gas, kg }))
const pollutant = (masses: Record<string, string>) =>
  Object.entries(masses).map(([gas, kg]) => ({ kind: 'pollutant' as const, gas, kg }))

/** IPCC 2006 Vol. 2 Table 2.3, gas/diesel oil: 74,100, 3 and 0.6 kg per TJ on the net calorific value. */
const perTj = factor({
  ...{ id: 'ipcc-diesel', unit: 'TJ{NCV}', region: 'GLOBAL', year: 2006 },
  flows: fossil({ CO2: '74100', CH4: '3', N2O: '0.6' }),
})

/** Chinese default per tonne, CO2 only. */
const perTonne = factor({
  id: 'cn-diesel',
  flows: fossil({ CO2: '3145' }),
  gasesNotCovered: ['CH4', 'N2O'],
})

/** kg per tonne; SO2 per tonne and percent of sulphur, as AP-42 states it. */
const air = factor({
  ...{ id: 'air', confirmation: 'unverified' },
  flows: pollutant({ NOx: '9', 'PM2.5': '0.4', 'SO2-per-percent-sulphur': '19' }),
})

const fuels = table('fuels', [perTonne], [diesel])
const ipcc = table('ipcc', [perTj])
const pollution = table('air', [air])
const all = [fuels, ipcc, pollution]

const ch4N2o: Companion = { table: 'ipcc', id: 'ipcc-diesel', gases: ['CH4', 'N2O'] }

const burnt = (given: Partial<ActivityLine>): ActivityLine => ({
  ...{ id: 'l', category: 'stationary-combustion', quantity: quantity('10', 't') },
  ...given,
})
const byFuel = (...beside: Companion[]) => burnt({ fuel: { id: 'diesel' }, beside })
const byFactor = (...beside: Companion[]) => burnt({ factor: { id: 'cn-diesel' }, beside })

const refused = (line: ActivityLine, tables: readonly FactorTable[] = all) => {
  const { code, facts } = refusalOf(() => calculated([line], tables))
  return { code, pointer: facts.pointer, detail: String(facts.detail) }
}

describe('10 t of diesel by carbon content, CH4 and N2O by IPCC', () => {
  const result = calculated([byFuel(ch4N2o)], all)
  const [line] = result.lines

  test('CO2 from the carbon, the others from the same energy: 10 t × 42.652 GJ/t = 0.42652 TJ', () => {
    // 426.52 GJ × 20.2 kgC/GJ × 0.98 × 44 ÷ 12 = 30,959.09637 kg CO2.
    // 0.42652 TJ × 3 = 1.27956 kg CH4; × 0.6 = 0.255912 kg N2O.
    expect(line?.gases.map(({ gas, kg }) => [gas, Number(kg?.toFixed(5))])).toEqual([
      ['CO2', 30959.09637],
      ['CH4', 1.27956],
      ['N2O', 0.25591],
    ])
    // 1.27956 × 27 + 0.255912 × 273 = 34.54812 + 69.863976.
    expect(result.total).toBeCloseTo(30959.096373 + 34.54812 + 69.863976, 5)
  })

  test('the CO2 of the IPCC factor is not in it, and nothing is left uncovered', () => {
    expect(result.byGas.filter(({ gas }) => gas === 'CO2')).toHaveLength(1)
    expect(line?.gasesNotCovered).toEqual([])
    expect(result.flags.map(({ code }) => code)).not.toContain('gases-not-covered')
  })

  test('the line names the factor beside it, its gases, its way and its amount', () => {
    expect(line?.beside).toEqual([
      expect.objectContaining({
        ...{ table: 'ipcc', version: '1', id: 'ipcc-diesel', family: 'combustion' },
        gases: ['CH4', 'N2O'],
        activity: { amount: expect.closeTo(0.42652, 12), unit: 'TJ{NCV}' },
        path: [{ step: 'explicit', asked: 'ipcc-diesel', took: 'ipcc@1#ipcc-diesel' }],
      }),
    ])
    const shown = presentResult(result).result.lines[0]?.beside?.[0]?.activity.amount
    expect(shown).toBe(String(line?.beside?.[0]?.activity.amount))
  })

  test('a carbon content by mass leaves the energy to the fuel’s own net calorific value', () => {
    const fuel = { id: 'diesel', carbonContent: quantity('0.86', 'tC/t') }
    const found = calculated([burnt({ fuel, beside: [ch4N2o] })], all).lines[0]
    expect(found?.beside?.[0]?.activity.amount).toBeCloseTo(0.42652, 12)
    expect(found?.beside?.[0]?.working.map(({ name }) => name)).toEqual(['netCalorificValue', 'energy'])
    const measured = { ...fuel, netCalorificValue: quantity('40', 'GJ/t') }
    const own = calculated([burnt({ fuel: measured, beside: [ch4N2o] })], all).lines[0]
    expect(own?.beside?.[0]?.activity.amount).toBe(0.4)
  })

  test('is refused where no net calorific value is known, or nothing needs the one given', () => {
    const fuel = { carbonContent: quantity('0.86', 'tC/t'), oxidation: '0.98' }
    expect(refused(burnt({ fuel, beside: [ch4N2o] }))).toMatchObject({
      ...{ code: 'property-missing', pointer: '/lines/0/fuel/netCalorificValue' },
    })
    const idle = { ...fuel, netCalorificValue: quantity('40', 'GJ/t') }
    const nox: Companion = { table: 'air', id: 'air', gases: ['NOx'] }
    expect(refused(burnt({ fuel: idle, beside: [nox] }))).toMatchObject({
      ...{ code: 'line-ambiguous', pointer: '/lines/0/fuel/netCalorificValue' },
    })
  })
})

describe('a CO2-only factor with an IPCC one beside it', () => {
  test('takes the energy from the net calorific value that the line states', () => {
    const line = { ...byFactor(ch4N2o), netCalorificValue: quantity('43', 'GJ/t') }
    const result = calculated([line], all)
    // 10 × 3145 = 31,450 kg CO2; 0.43 TJ × 3 = 1.29 kg CH4 × 27 = 34.83; 0.43 × 0.6 = 0.258 kg N2O × 273 = 70.434.
    expect(result.total).toBeCloseTo(31450 + 34.83 + 70.434, 9)
    expect(result.lines[0]?.beside?.[0]?.working).toEqual([
      { name: 'netCalorificValue', value: 43, unit: 'GJ/t' },
      { name: 'energy', value: 430, unit: 'GJ{NCV}' },
    ])
  })

  test('and through a density, where the line is in litres: 10,000 L × 0.84 kg/L × 43 GJ/t = 0.3612 TJ', () => {
    const line = {
      ...byFactor(ch4N2o),
      ...{ quantity: quantity('10000', 'L'), density: quantity('0.84', 'kg/L') },
      netCalorificValue: quantity('43', 'GJ/t'),
    }
    const [found] = calculated([line], all).lines
    expect(found?.activity).toEqual({ amount: 8.4, unit: 't' })
    expect(found?.beside?.[0]?.activity.amount).toBeCloseTo(0.3612, 12)
  })

  test('is refused without it, or with one that is none', () => {
    expect(refused(byFactor(ch4N2o))).toMatchObject({
      ...{ code: 'property-missing', pointer: '/lines/0/netCalorificValue' },
    })
    const wrong = (netCalorificValue: ActivityLine['quantity']) =>
      refused({ ...byFactor(ch4N2o), netCalorificValue })
    expect(wrong(quantity('0', 'GJ/t'))).toMatchObject({
      ...{ code: 'property-out-of-range', pointer: '/lines/0/netCalorificValue/amount' },
    })
    expect(wrong(quantity('43', 'GJ'))).toMatchObject({
      ...{ code: 'incompatible-dimension', pointer: '/lines/0/netCalorificValue/unit' },
    })
  })

  test('a property that only the factor beside needs may stand; one that none needs may not', () => {
    const perLitre = table('litre', [factor({ id: 'litre', unit: 'L', flows: fossil({ CH4: '0.1' }) })])
    const beside: Companion = { table: 'litre', id: 'litre', gases: ['CH4'] }
    const line = { ...byFactor(beside), density: quantity('0.8', 'kg/L') }
    // 10 t ÷ 0.8 kg/L = 12,500 L × 0.1 = 1,250 kg CH4.
    expect(calculated([line], [...all, perLitre]).lines[0]?.gases[1]).toMatchObject({ gas: 'CH4', kg: 1250 })
    const idle = {
      ...byFactor({ table: 'air', id: 'air', gases: ['NOx'] }),
      density: quantity('0.8', 'kg/L'),
    }
    expect(refused(idle)).toMatchObject({ code: 'line-ambiguous', pointer: '/lines/0/density' })
  })

  test('a factor per net energy weighs a line by itself, too, once the line states its calorific value', () => {
    const line = burnt({ factor: { id: 'ipcc-diesel' }, netCalorificValue: quantity('43', 'GJ/t') })
    // 0.43 TJ × 74,100 = 31,863 kg.
    expect(calculated([line], all).lines[0]?.gases[0]).toMatchObject({ gas: 'CO2', kg: 31863 })
    expect(refused(burnt({ factor: { id: 'ipcc-diesel' } }))).toMatchObject({
      ...{ code: 'property-missing', pointer: '/lines/0/netCalorificValue' },
    })
    expect(
      refused(burnt({ factor: { id: 'cn-diesel' }, netCalorificValue: quantity('43', 'GJ/t') })),
    ).toMatchObject({ code: 'line-ambiguous', pointer: '/lines/0/netCalorificValue' })
  })

  test('in electricity: the grid’s CO2, and CH4 of another source by a selector of its own', () => {
    const grid = table('grid', [gridFactor('fj', 'CN-FJ', 2023, '0.4')])
    const other = table('other', [
      factor({
        ...{ id: 'world', family: 'electricity-generation', category: 'electricity', unit: 'MWh' },
        ...{ region: 'GLOBAL', year: 2022, flows: fossil({ CO2: '480', CH4: '0.01' }) },
      }),
    ])
    const line: ActivityLine = {
      ...{ id: 'e', category: 'purchased-electricity', quantity: quantity('1000', 'kWh') },
      ...{ factor: { table: 'grid' }, beside: [{ table: 'other', gases: ['CH4'] }] },
    }
    const result = calculated([line], [grid, other])
    // 1000 × 0.4 + 1 MWh × 0.01 kg × 27.
    expect(result.total).toBeCloseTo(400.27, 12)
    expect(result.lines[0]?.beside?.[0]?.path).toEqual([
      { step: 'table', asked: 'other@1', took: 'other@1' },
      { step: 'region', asked: 'CN-FJ', took: 'GLOBAL' },
      { step: 'year', asked: '2023', took: '2022' },
    ])
    expect(result.gasesNotCovered).toEqual([{ gas: 'N2O', lines: ['e'] }])
  })

  test('in a product system it runs as often as its process', () => {
    const line = { ...byFactor(ch4N2o), category: 'fuel-combustion', process: 'p' }
    const input = product(
      [{ id: 'p', output: quantity('2', 'kg') }],
      [{ ...line, netCalorificValue: quantity('43', 'GJ/t') }],
      { factorTables: all.map(({ table, version }) => ({ table, version })) },
    )
    const [found] = calculate(input, context(all)).lines
    // Per kg the process runs 0.5 times: 0.43 TJ × 3 kg × 0.5.
    expect(found?.gases[1]).toMatchObject({ gas: 'CH4', kg: 0.645 })
    expect(found?.beside?.[0]?.activity.amount).toBe(0.43)
  })
})

describe('no gas twice', () => {
  const rows = (...factors: EmissionFactor[]) => [...all, table('more', factors)]
  const more = (id: string, ...gases: string[]): Companion => ({ table: 'more', id, gases })

  test('CO2 of the fuel and of the factor beside it is refused, naming both', () => {
    const refusal = refused(byFuel({ ...ch4N2o, gases: ['CO2', 'CH4'] }))
    expect(refusal).toMatchObject({ code: 'gas-counted-twice', pointer: '/lines/0/beside/0/gases' })
    expect(refusal.detail).toContain('the carbon-content method')
    expect(refusal.detail).toContain('factor "ipcc-diesel"')
  })

  test('CH4 of two factors beside is refused, at the second', () => {
    const tables = rows(factor({ id: 'm', flows: fossil({ CH4: '1' }) }))
    expect(refused(byFuel(ch4N2o, more('m', 'CH4')), tables)).toMatchObject({
      ...{ code: 'gas-counted-twice', pointer: '/lines/0/beside/1/gases' },
    })
  })

  test('a stated CO2e holds CH4 already, unless its source says that it does not cover it', () => {
    const stated = co2eFactor({ id: 's' }, '3200')
    const partly = co2eFactor({ id: 'partly', gasesNotCovered: ['CH4', 'N2O'] }, '3200')
    const line = (id: string) => ({
      ...burnt({ factor: { id }, beside: [ch4N2o] }),
      netCalorificValue: quantity('43', 'GJ/t'),
    })
    const refusal = refused(line('s'), rows(stated, partly))
    expect(refusal.code).toBe('gas-counted-twice')
    expect(refusal.detail).toContain('whose CO2e holds it')
    expect(calculated([line('partly')], rows(stated, partly)).total).toBeCloseTo(32000 + 34.83 + 70.434, 9)
  })

  test('but a pollutant, and biogenic CO2, are in no CO2e', () => {
    const tables = rows(
      co2eFactor({ id: 's' }, '3200'),
      factor({ id: 'bio', flows: [{ kind: 'biogenic', gas: 'CO2', kg: '150' }] }),
    )
    const line = burnt({
      factor: { id: 's' },
      beside: [more('bio', 'CO2'), { table: 'air', id: 'air', gases: ['NOx'] }],
    })
    const result = calculated([line], tables)
    expect(result.total).toBe(32000)
    expect(result.byGas).toEqual([
      { kind: 'fossil', gas: 'CO2e', kg: null, kgCo2e: 32000, inTotal: true },
      { kind: 'biogenic', gas: 'CO2', kg: 1500, kgCo2e: 1500, inTotal: false },
      { kind: 'pollutant', gas: 'NOx', kg: 90, kgCo2e: null, inTotal: false },
    ])
  })

  test('a CO2e of gases outside the seven groups holds those, and no other', () => {
    const outside = factor({
      ...{ id: 'o', gwpBasis: 'AR6', statedCo2eKg: '1' },
      flows: [{ kind: 'fossil', gas: 'CO2e-outside-total', kg: '1' }],
    })
    const tables = rows(outside, factor({ id: 'r', flows: fossil({ 'HCFC-22': '1', CH4: '1' }) }))
    const line = (gas: string) => burnt({ factor: { id: 'o' }, beside: [more('r', gas)] })
    expect(refused(line('HCFC-22'), tables).code).toBe('gas-counted-twice')
    expect(calculated([line('CH4')], tables).total).toBe(270)
  })

  test('both kinds of methane are methane, also by another name of a gas or inside a blend', () => {
    const tables = rows(
      factor({ id: 'own', flows: fossil({ CH4: '1', 'R-410A': '1' }) }),
      factor({ id: 'leak', fossilFugitiveMethane: true, flows: fossil({ CH4: '1', 'HFC-32': '1' }) }),
      factor({ id: 'alias', flows: fossil({ methane: '1' }) }),
    )
    const line = (companion: Companion) => burnt({ factor: { id: 'own' }, beside: [companion] })
    expect(refused(line(more('leak', 'CH4')), tables).code).toBe('gas-counted-twice')
    expect(refused(line(more('leak', 'HFC-32')), tables).code).toBe('gas-counted-twice')
    expect(refused(line(more('alias', 'methane')), tables).code).toBe('gas-counted-twice')
  })

  test('methane keeps the kind of its source of emission: fossil fugitive weighs 29.8', () => {
    const leak = factor({ id: 'leak', fossilFugitiveMethane: true, flows: fossil({ CH4: '1' }) })
    const result = calculated([byFuel(more('leak', 'CH4'))], rows(leak))
    expect(result.lines[0]?.gases[1]).toMatchObject({ gas: 'CH4-fossil-fugitive', kg: 10, kgCo2e: 298 })
    expect(result.gasesNotCovered).toEqual([{ gas: 'N2O', lines: ['l'] }])
  })

  test('a gas by another name is covered all the same', () => {
    const alias = factor({ id: 'alias', flows: fossil({ methane: '1' }) })
    const result = calculated([byFuel(more('alias', 'methane'))], rows(alias))
    expect(result.lines[0]?.gases[1]).toMatchObject({ gas: 'CH4', kgCo2e: 270 })
    expect(result.gasesNotCovered).toEqual([{ gas: 'N2O', lines: ['l'] }])
  })

  test.each(['removal', 'biogenic-uptake'] as const)(
    'a %s closes no gap: what is emitted stays untold',
    (kind) => {
      const sink = factor({ id: 'sink', flows: [{ kind, gas: 'CH4', kg: '-1' }] })
      const result = calculated([byFuel(more('sink', 'CH4'))], rows(sink))
      expect(result.gasesNotCovered.map(({ gas }) => gas)).toEqual(['CH4', 'N2O'])
    },
  )

  test.each([
    ['fossil', ['CO2']],
    ['biogenic', []],
  ] as const)('biogenic CO2 beside %s CH4 leaves %j untold', (kind, untold) => {
    const own = factor({ id: 'own', flows: [{ kind, gas: 'CH4', kg: '1' }], gasesNotCovered: ['CO2'] })
    const bio = factor({ id: 'bio', flows: [{ kind: 'biogenic', gas: 'CO2', kg: '5' }] })
    const line = { ...byFuel(more('bio', 'CO2')), fuel: undefined, factor: { id: 'own' } }
    const result = calculated([line], rows(own, bio))
    expect(result.gasesNotCovered.map(({ gas }) => gas)).toEqual(untold)
  })

  test('kinds are kept: biogenic CH4 of a biofuel stays biogenic', () => {
    const bio = factor({ id: 'bio', flows: [{ kind: 'biogenic', gas: 'CH4', kg: '0.3' }] })
    expect(calculated([byFuel(more('bio', 'CH4'))], rows(bio)).lines[0]?.gases[1]).toMatchObject({
      ...{ kind: 'biogenic', gas: 'CH4', kg: 3, inTotal: true },
    })
  })
})

describe('what is refused of a factor beside', () => {
  test.each<[string, ActivityLine, string, string]>([
    ['a gas it does not state', byFuel({ ...ch4N2o, gases: ['SF6'] }), 'gas-not-stated', '/beside/0/gases'],
    [
      'a name of the prototype',
      byFuel({ ...ch4N2o, gases: ['__proto__'] }),
      'gas-not-stated',
      '/beside/0/gases',
    ],
    [
      'a gas named twice',
      byFuel({ ...ch4N2o, gases: ['CH4', 'CH4'] }),
      'gas-counted-twice',
      '/beside/0/gases',
    ],
    ['no gas', byFuel({ ...ch4N2o, gases: [] }), 'property-missing', '/beside/0/gases'],
    ['an unknown id', byFuel({ id: 'ipcc-deisel', gases: ['CH4'] }), 'unknown-factor', '/beside/0'],
    ['an unpinned table', byFuel({ table: 'x', gases: ['CH4'] }), 'unknown-factor-table', '/beside/0'],
    ['six of them', byFuel(...Array(6).fill(ch4N2o)), 'too-many-items', '/beside'],
    ['an empty list', byFuel(), 'too-many-items', '/beside'],
    [
      'a line of a gas released as such',
      { ...burnt({ gas: 'SF6', category: 'fugitive-emissions', beside: [ch4N2o] }) },
      'line-ambiguous',
      '/beside',
    ],
    [
      'a unit the amount cannot reach',
      { ...byFuel(ch4N2o), quantity: quantity('10', 'km') },
      'incompatible-dimension',
      '/quantity/unit',
    ],
  ])('%s', (_, line, code, place) => {
    expect(refused(line)).toMatchObject({ code, pointer: `/lines/0${place}` })
  })

  test('a stated CO2e cannot be taken gas by gas', () => {
    const tables = [...all, table('more', [co2eFactor({ id: 's' }, '3')])]
    const line = (gas: string) => byFuel({ table: 'more', id: 's', gases: [gas] })
    expect(refused(line('CO2e'), tables)).toMatchObject({ code: 'gas-not-stated' })
    expect(refused(line('CO2e'), tables).detail).toContain('sum')
    expect(refused(line('CH4'), tables)).toMatchObject({ code: 'gas-not-stated' })
  })

  test('a family that the category does not accept', () => {
    const supply = factor({ id: 'supply', family: 'upstream', flows: fossil({ CH4: '1' }) })
    const line = byFuel({ table: 'more', id: 'supply', gases: ['CH4'] })
    expect(refused(line, [...all, table('more', [supply])])).toMatchObject({
      ...{ code: 'wrong-family', pointer: '/lines/0/beside/0' },
    })
  })
})

describe('pollutants', () => {
  const nox: Companion = { table: 'air', id: 'air', gases: ['NOx', 'PM2.5'] }
  const so2: Companion = { table: 'air', id: 'air', gases: ['SO2-per-percent-sulphur'] }

  test('one activity yields both: masses beside the gases, no CO2e, no part of the total, no flag', () => {
    const result = calculated([byFactor(nox)], all)
    expect(result.total).toBe(31450)
    // 10 t × 9 and 10 t × 0.4.
    expect(result.byGas).toEqual([
      { kind: 'fossil', gas: 'CO2', kg: 31450, kgCo2e: 31450, inTotal: true },
      { kind: 'pollutant', gas: 'NOx', kg: 90, kgCo2e: null, inTotal: false },
      { kind: 'pollutant', gas: 'PM2.5', kg: 4, kgCo2e: null, inTotal: false },
    ])
    expect(result.byKind).toEqual([{ kind: 'fossil', inTotal: true, kgCo2e: 31450 }])
    expect(result.flags.map(({ code }) => code)).toEqual(['unverified-factor', 'gases-not-covered'])
  })

  test('come along with a factor that states both, whatever the GWP set knows of them', () => {
    const both = factor({ id: 'both', flows: [...fossil({ CO2: '3000' }), ...pollutant({ SOx: '2' })] })
    const result = calculated([burnt({ factor: { id: 'both' } })], [table('both', [both])])
    expect(result.total).toBe(30000)
    expect(result.byGas[1]).toEqual({ kind: 'pollutant', gas: 'SOx', kg: 20, kgCo2e: null, inTotal: false })
  })

  test('SO2 per percent of sulphur is weighed with the fuel’s own: 10 t × 19 × 0.8 = 152 kg', () => {
    const [line] = calculated([{ ...byFactor(so2), sulphurPercent: '0.8' }], all).lines
    expect(line?.gases[1]).toMatchObject({ kind: 'pollutant', gas: 'SO2', kgCo2e: null })
    expect(line?.gases[1]?.kg).toBeCloseTo(152, 10)
    expect(line?.beside?.[0]?.working).toEqual([{ name: 'sulphur', value: 0.8, unit: '%' }])
    const none = calculated([{ ...byFactor(so2), sulphurPercent: '0' }], all).lines[0]
    expect(none?.gases[1]).toMatchObject({ gas: 'SO2', kg: 0 })
  })

  test.each<[string, ActivityLine, string]>([
    ['without it', byFactor(so2), 'property-missing'],
    ['where nothing needs it', { ...byFactor(nox), sulphurPercent: '0.8' }, 'line-ambiguous'],
    [
      'on a line without pollutants',
      { ...byFactor(), beside: undefined, sulphurPercent: '1' },
      'line-ambiguous',
    ],
    ['above 100 %', { ...byFactor(so2), sulphurPercent: '100.1' }, 'property-out-of-range'],
    ['below none', { ...byFactor(so2), sulphurPercent: '-1' }, 'property-out-of-range'],
    ['that is no number', { ...byFactor(so2), sulphurPercent: 'low' }, 'invalid-number'],
  ])('sulphur %s is refused', (_, line, code) => {
    expect(refused(line)).toMatchObject({ code, pointer: '/lines/0/sulphurPercent' })
  })

  test('a factor of pollutants alone weighs no line, by id or by selector', () => {
    expect(refused(burnt({ factor: { id: 'air' } }))).toMatchObject({
      ...{ code: 'no-greenhouse-gas', pointer: '/lines/0/factor' },
    })
    expect(refused(burnt({ factor: { table: 'air' } })).code).toBe('unknown-factor')
    const tables = [table('both', [air, perTonne])]
    expect(calculated([burnt({ factor: {} })], tables).lines[0]?.factor?.id).toBe('cn-diesel')
  })

  test('a greenhouse gas cannot hide among the pollutants of an own factor', () => {
    const hidden = factor({ id: 'mine', flows: [...fossil({ CO2: '1' }), ...pollutant({ CH4: '99' })] })
    const input = inventory([burnt({ factor: { id: 'mine' } })], [], { ownFactors: [hidden] })
    const refusal = refusalOf(() => calculate(input, context()))
    expect([refusal.code, refusal.facts.pointer]).toEqual([
      'factor-table-invalid',
      '/ownFactors/0/flows/1/gas',
    ])
  })
})

describe('what a factor beside adds to the flags of its line', () => {
  test('nobody confirmed it; it is the client’s own', () => {
    const mine = factor({ id: 'mine', flows: fossil({ CH4: '0.1' }), confirmation: 'unverified' })
    const input = inventory([byFactor({ table: 'own', id: 'mine', gases: ['CH4'] })], all, {
      ownFactors: [mine],
    })
    const { flags } = calculate(input, context(all))
    expect(flags.map(({ code, lines }) => [code, lines])).toEqual([
      ['unverified-factor', ['l']],
      ['own-factor', ['l']],
      ['gases-not-covered', ['l']],
    ])
  })
})

describe('laws', () => {
  test('taking CH4 and N2O of a factor adds exactly what that factor weighs of them by itself', () => {
    const amount = fc.integer({ min: 0, max: 2 ** 40 }).map((n) => String(n / 1024))
    fc.assert(
      fc.property(amount, (tonnes) => {
        const line = { quantity: quantity(tonnes, 't'), netCalorificValue: quantity('43', 'GJ/t') }
        const together = calculated([{ ...byFactor(ch4N2o), ...line }], all)
        const alone = calculated([{ ...burnt({ factor: { id: 'ipcc-diesel' } }), ...line }], all)
        const co2 = calculated([burnt({ factor: { id: 'cn-diesel' }, quantity: line.quantity })], all)
        expect(together.byGas.filter(({ gas }) => gas !== 'CO2')).toEqual(
          alone.byGas.filter(({ gas }) => gas !== 'CO2'),
        )
        expect(together.byGas.filter(({ gas }) => gas === 'CO2')).toEqual(co2.byGas)
      }),
    )
  })

  test('the order of the factors beside moves no sum', () => {
    const line = { netCalorificValue: quantity('43', 'GJ/t'), sulphurPercent: '1.1' }
    const companions: Companion[] = [
      { ...ch4N2o, gases: ['CH4'] },
      { ...ch4N2o, gases: ['N2O'] },
      { table: 'air', id: 'air', gases: ['NOx'] },
      { table: 'air', id: 'air', gases: ['SO2-per-percent-sulphur'] },
    ]
    const expected = calculated([{ ...byFactor(...companions), ...line }], all)
    fc.assert(
      fc.property(fc.shuffledSubarray(companions, { minLength: 4 }), (beside) => {
        const { total, byGas } = calculated([{ ...byFactor(...beside), ...line }], all)
        expect({ total, byGas }).toEqual({ total: expected.total, byGas: expected.byGas })
      }),
    )
  })
})
