/** Scope 2 by location and by market, by hand. */

import { describe, expect, test } from 'vitest'
import { frameOf, weighLines } from '../../../src/engine/frame.ts'
import { scope2Of } from '../../../src/engine/inventory/scope-2.ts'
import { lineResult } from '../../../src/engine/totals.ts'
import {
  calculated,
  co2eFactor,
  context,
  factor,
  gridFactor,
  inventory,
  refusalOf,
  table,
} from '../fixtures.ts'
import {
  bought,
  certificates,
  china,
  chinese,
  contract,
  fujian,
  green,
  residualMix,
  roof,
  scope2,
  withInstruments,
  withoutTraded,
} from './scope-2-fixtures.ts'

const flagOf = (result: ReturnType<typeof calculated>, code: string) =>
  result.flags.find((flag) => flag.code === code)

describe('a factory in Fujian', () => {
  // By location 100 000 kWh × 0.4211 = 42 110 kg.
  // By market 60 certificates × 1 000 kWh × 0 = 0 kg, and 40 000 kWh × 0.6096 = 24 384 kg.
  test('with 60 green certificates: 42 110 kg by location, 24 384 kg by market', () => {
    const result = scope2([bought(100_000)], [certificates(60)])
    expect(result).toMatchObject({
      ...{ locationBasedKgCo2e: 42_110, marketBasedKgCo2e: 24_384, totalMarketBasedKgCo2e: 24_384 },
      ...{ electricityKWh: 100_000, coveredKWh: 60_000, ownKWh: 0 },
      instruments: [{ id: 'certificates', kind: 'green-certificate', kWh: 60_000, kgCo2e: 0 }],
      rest: [{ basis: 'proxy', kWh: 40_000, kgCo2e: 24_384 }],
      lines: [{ id: 'bought', kWh: 100_000, coveredKWh: 60_000, kgCo2e: 24_384 }],
    })
    expect(result.instruments[0]?.factor.id).toBe('green')
    expect(result.rest[0]?.factor.id).toBe('cn-without-traded')
  })

  test('without any: 60 960 kg by market stand above 42 110 kg by location, and stay there', () => {
    for (const result of [
      scope2([bought(100_000)], []),
      calculated([bought(100_000)], chinese).inventory?.scope2,
    ]) {
      expect(result).toMatchObject({ locationBasedKgCo2e: 42_110, marketBasedKgCo2e: 60_960 })
    }
  })

  test('its total by market has the rest of the inventory in it, and its total stays by location', () => {
    const burnt = { id: 'coal', category: 'stationary-combustion', factor: { id: 'coal' } }
    const coal = { ...burnt, quantity: { amount: '10', unit: 't' } }
    const fed = { ...bought(500), id: 'fed in', category: 'exported-electricity', factor: { id: 'fj' } }
    const tables = [table('grid', [fujian, withoutTraded, factor({ id: 'coal' })])]
    const result = calculated([bought(100_000), coal, fed], tables)
    // 10 t × 3000 = 30 000 kg; what was fed in stands apart of both.
    expect(result.total).toBe(30_000 + 42_110)
    expect(result.inventory?.scope2?.totalMarketBasedKgCo2e).toBe(30_000 + 60_960)
    expect(result.apart).toEqual([{ key: 'exported-electricity', kgCo2e: 500 * 0.4211 }])
  })

  test('whose contract conveys a rate of its own is weighed by that', () => {
    const rated = { ...green, flows: [{ kind: 'fossil', gas: 'CO2e', kg: '0.25' }] } as const
    // 1 000 kWh × 0.25 + 1 000 kWh × 0.6096.
    expect(scope2([bought(2000)], [contract(1000)], { ownFactors: [rated] }).marketBasedKgCo2e).toBe(
      250 + 609.6,
    )
  })

  test('weighs several gases of a contract by their GWPs', () => {
    const flows = [
      { kind: 'fossil', gas: 'CO2', kg: '0.1' },
      { kind: 'fossil', gas: 'CH4', kg: '0.01' },
      { kind: 'biogenic', gas: 'CO2', kg: '5' },
      { kind: 'pollutant', gas: 'SO2', kg: '3' },
    ] as const
    const rated = { ...green, gwpBasis: 'gas-masses', statedCo2eKg: null, flows } as const
    // 1 000 kWh × (0.1 + 0.01 × 27) = 370 kg: methane that is burnt or biogenic is 27, biogenic CO2 and SO2 count for nothing.
    expect(scope2([bought(1000)], [contract(1000)], { ownFactors: [rated] }).marketBasedKgCo2e).toBeCloseTo(
      370,
      9,
    )
  })

  test('takes a factor per MWh and an amount in MWh', () => {
    const perMWh = { ...green, unit: 'MWh', flows: [{ kind: 'fossil', gas: 'CO2e', kg: '250' }] } as const
    const quantity = { amount: '1', unit: 'MWh' }
    const result = scope2([bought(1, { quantity })], [contract(1000)], { ownFactors: [perMWh] })
    expect(result).toMatchObject({ electricityKWh: 1000, coveredKWh: 1000, marketBasedKgCo2e: 250, rest: [] })
  })
})

describe('the rest', () => {
  test('is weighed by a residual mix where the tables have one, before any proxy', () => {
    const tables = [table('grid', [fujian, withoutTraded]), table('residual', [residualMix])]
    const result = withInstruments([bought(1000)], [contract(400)], {}, tables)
    expect(result.inventory?.scope2).toMatchObject({
      marketBasedKgCo2e: 600 * 0.7,
      rest: [{ basis: 'residual-mix', factor: { id: 'cn-residual' } }],
    })
    expect(flagOf(result, 'scope-2-proxy')).toBeUndefined()
  })

  test('says how it was found', () => {
    const { rest } = scope2([bought(1000)], [])
    expect(rest[0]?.factor.path).toEqual([
      {
        step: 'residual',
        asked: 'electricity-residual-mix, electricity-excluding-traded-non-fossil, by location',
        took: 'electricity-excluding-traded-non-fossil',
      },
      { step: 'table', asked: 'grid@1', took: 'grid@1' },
      { step: 'region', asked: 'CN-FJ', took: 'CN' },
      { step: 'year', asked: '2023', took: '2023' },
    ])
  })

  test('is the line’s own result by location where the tables have neither, to the bit and with what stands beside', () => {
    const world = co2eFactor({ id: 'world', family: 'electricity-generation', unit: 'kWh' }, '0.1')
    const gases = factor({
      ...{ id: 'ch4', family: 'electricity-generation', unit: 'kWh' },
      flows: [{ kind: 'fossil', gas: 'CH4', kg: '0.00007' }],
    })
    const line = bought(123_456.7, { beside: [{ id: 'ch4', gases: ['CH4'] }] })
    const tables = [table('grid', [fujian]), table('other', [world, gases])]
    const result = calculated([line], tables)
    const found = result.inventory?.scope2
    expect(found?.marketBasedKgCo2e).toBe(result.total)
    expect(found?.totalMarketBasedKgCo2e).toBe(result.total)
    expect(found?.rest).toMatchObject([{ basis: 'proxy', kWh: 123_456.7, factor: { id: 'fj' } }])
    expect(found?.rest[0]?.factor.path[0]).toMatchObject({ step: 'residual', took: 'electricity' })
    // Half of it covered: half of the result by location is left.
    const half = scope2([line], [contract(123_456.7 / 2)], {}, tables)
    expect(half.marketBasedKgCo2e).toBe(result.total / 2)
  })

  test('is by the factor that was chosen, and that is a residual mix only where its table says so', () => {
    const tables = [table('grid', [fujian, china, withoutTraded, residualMix])]
    const chosen = (id: string) =>
      scope2(
        [bought(1000)],
        [],
        { marketBased: { instruments: [], ageMonthsMax: 0, residual: { id } } },
        tables,
      )
    expect(chosen('cn-residual').rest).toMatchObject([{ basis: 'residual-mix', kgCo2e: 700 }])
    expect(chosen('cn').rest).toMatchObject([{ basis: 'proxy', kgCo2e: 1000 * 0.5306 }])
    expect(chosen('cn').rest[0]?.factor.path.map(({ step }) => step)).toEqual(['explicit'])
  })

  test('is refused where two residual mixes answer', () => {
    const tables = [table('grid', [fujian, residualMix, { ...residualMix, id: 'other' }])]
    const refusal = refusalOf(() => calculated([bought(1)], tables))
    expect(refusal.code).toBe('ambiguous-factor')
    expect(refusal.facts).toMatchObject({ pointer: '/marketBased/residual', count: 2 })
  })

  test('is refused where the chosen factor may not weigh electricity', () => {
    const heat = factor({ id: 'heat', family: 'heat', unit: 'kWh' })
    const perKm = factor({ id: 'per km', family: 'electricity-generation', unit: 'km' })
    const soot = factor({
      ...{ id: 'soot', family: 'electricity-generation', unit: 'kWh' },
      flows: [{ kind: 'pollutant', gas: 'SO2', kg: '1' }],
    })
    const old = {
      ...co2eFactor({ id: 'old', family: 'electricity-generation', unit: 'kWh' }, '1'),
      gwpBasis: 'AR4',
    } as const
    const codeOf = (id: string) => {
      const tables = [...chinese, table('other', [heat, perKm, soot, old])]
      const marketBased = { instruments: [], ageMonthsMax: 0, residual: { id } }
      const { code, facts } = refusalOf(() => calculated([bought(1)], tables, { marketBased }))
      return [code, facts.pointer]
    }
    const at = '/marketBased/residual'
    expect(codeOf('nobody knows')).toEqual(['unknown-factor', at])
    expect(codeOf('heat')).toEqual(['wrong-family', at])
    expect(codeOf('per km')).toEqual(['incompatible-dimension', at])
    expect(codeOf('soot')).toEqual(['no-greenhouse-gas', at])
    expect(codeOf('old')).toEqual(['gwp-basis-mismatch', at])
  })

  test('is of the zone and the year of each line', () => {
    const australian = { ...residualMix, id: 'au-residual', region: 'AU' }
    const sydney = gridFactor('nsw', 'AU-NSW', 2023, '0.64')
    const tables = [table('grid', [fujian, withoutTraded, australian, sydney])]
    const result = scope2([bought(1000), bought(1000, { id: 'sydney', zone: 'AU-NSW' })], [], {}, tables)
    expect(result.locationBasedKgCo2e).toBe(421.1 + 640)
    expect(result.lines.map(({ kgCo2e }) => kgCo2e)).toEqual([609.6, 700])
    expect(result.rest.map(({ basis, factor: { id } }) => [id, basis]).sort()).toEqual([
      ['au-residual', 'residual-mix'],
      ['cn-without-traded', 'proxy'],
    ])
  })

  test('stands once for lines that share a factor', () => {
    const { rest } = scope2([bought(1000), bought(500, { id: 'again' })], [])
    expect(rest).toMatchObject([{ kWh: 1500, kgCo2e: 1500 * 0.6096 }])
  })

  test('is flagged with its lines where a proxy weighs it, and the share they have by location', () => {
    const lines = [bought(3000), bought(1000, { id: 'covered', facility: 'covered' })]
    const result = withInstruments(lines, [contract(1000, { facilities: ['covered'] })])
    expect(flagOf(result, 'scope-2-proxy')).toEqual({ code: 'scope-2-proxy', lines: ['bought'], share: 0.75 })
  })
})

describe('flags', () => {
  test('tell of factors that only the market-based method uses', () => {
    const uncertain = { ...residualMix, confirmation: 'unverified', gasesNotCovered: ['SF6'] } as const
    const tables = [table('grid', [{ ...fujian, gasesNotCovered: [] }, uncertain])]
    const result = withInstruments([bought(1000)], [contract(400)], {}, tables)
    expect(flagOf(result, 'own-factor')).toMatchObject({ lines: ['bought'], share: 1 })
    expect(flagOf(result, 'unverified-factor')).toMatchObject({ lines: ['bought'] })
    expect(flagOf(result, 'gases-not-covered')).toMatchObject({ gases: ['SF6'] })
    const untold = { ...green, gwpBasis: 'not-stated' } as const
    const other = withInstruments([bought(1000)], [contract(400)], { ownFactors: [untold] }, tables)
    expect(flagOf(other, 'gwp-basis-not-stated')).toMatchObject({ lines: ['bought'] })
    expect(flagOf(result, 'gwp-basis-not-stated')).toBeUndefined()
  })
})

describe('own renewable power', () => {
  test('whose attributes were kept is nothing by either method', () => {
    expect(scope2([roof(10_000, 'kept')], [])).toMatchObject({
      ...{ locationBasedKgCo2e: 0, marketBasedKgCo2e: 0, electricityKWh: 0, ownKWh: 10_000, rest: [] },
      lines: [{ id: 'roof', kWh: null, coveredKWh: null, kgCo2e: 0 }],
    })
  })

  test('whose attributes were sold is power of the grid by market: 10 000 kWh × 0.6096, and 0 by location', () => {
    const result = withInstruments([roof(10_000, 'sold')], [])
    expect(result.total).toBe(0)
    expect(result.inventory?.scope2).toMatchObject({
      ...{ locationBasedKgCo2e: 0, marketBasedKgCo2e: 6096, electricityKWh: 10_000, ownKWh: 0 },
      rest: [{ basis: 'proxy', kWh: 10_000 }],
    })
    expect(flagOf(result, 'scope-2-proxy')).toMatchObject({ lines: ['roof'], share: null })
  })

  test('whose attributes were sold may be covered again by an instrument', () => {
    expect(scope2([roof(10_000, 'sold')], [certificates(4)]).marketBasedKgCo2e).toBe(6000 * 0.6096)
  })

  test('whose attributes were sold takes the grid’s average where there is nothing else, and is refused without any', () => {
    const { rest } = scope2([roof(1000, 'sold')], [], {}, [table('grid', [fujian])])
    expect(rest).toMatchObject([{ basis: 'proxy', kgCo2e: 1000 * 0.4211, factor: { id: 'fj' } }])
    expect(rest[0]?.factor.path[0]).toMatchObject({ step: 'residual', took: 'electricity' })
    const refusal = refusalOf(() => calculated([roof(1000, 'sold')]))
    expect(refusal).toMatchObject({ code: 'unknown-factor', facts: { pointer: '/marketBased/residual' } })
  })

  test('says whether they were kept or sold, and names nothing that weighs it', () => {
    const { attributes: _, ...untold } = roof(1, 'kept')
    const refusals = [
      [untold, 'property-missing', '/lines/0/attributes'],
      [{ ...roof(1, 'kept'), factor: {} }, 'line-ambiguous', '/lines/0/factor'],
      [{ ...roof(1, 'sold'), fuel: { id: 'diesel' } }, 'line-ambiguous', '/lines/0/fuel'],
      [{ ...roof(1, 'kept'), beside: [{ id: 'fj', gases: ['CO2'] }] }, 'line-ambiguous', '/lines/0/beside'],
      [
        { ...roof(1, 'kept'), quantity: { amount: '1', unit: 't' } },
        'incompatible-dimension',
        '/lines/0/quantity/unit',
      ],
      [bought(1, { attributes: 'kept' }), 'line-ambiguous', '/lines/0/attributes'],
    ] as const
    for (const [line, code, pointer] of refusals) {
      expect(refusalOf(() => calculated([line], chinese))).toMatchObject({ code, facts: { pointer } })
    }
  })
})

describe('what is not electricity', () => {
  const heat = factor({
    id: 'heat',
    family: 'heat',
    unit: 'GJ',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '110' }],
  })
  const tables = [table('grid', [fujian, withoutTraded, heat])]
  const steam = { id: 'steam', category: 'purchased-heat', factor: { id: 'heat' } }
  const lines = [
    { ...steam, quantity: { amount: '10', unit: 'GJ' } },
    {
      ...{ ...bought(4000), id: 'cooling', category: 'purchased-cooling', factor: { id: 'fj' } },
      coefficientOfPerformance: '4',
    },
  ]

  test('counts the same by both methods: heat, and cooling weighed by the electricity that made it', () => {
    expect(scope2(lines, [], {}, tables)).toMatchObject({
      ...{ locationBasedKgCo2e: 1521.1, marketBasedKgCo2e: 1521.1, electricityKWh: 0, rest: [] },
      lines: [
        { id: 'steam', kWh: null, coveredKWh: null, kgCo2e: 1100 },
        { id: 'cooling', kWh: null, kgCo2e: 1000 * 0.4211 },
      ],
    })
  })

  test('is covered by no instrument', () => {
    expect(refusalOf(() => scope2(lines, [contract(1)], {}, tables))).toMatchObject({
      code: 'instrument-criteria',
      facts: { criterion: 'consumption', pointer: '/marketBased/instruments/0/market' },
    })
  })

  test('has no zone and no interval', () => {
    const refused = [
      [{ ...steam, quantity: { amount: '10', unit: 'GJ' }, zone: 'CN' }, '/lines/0/zone'],
      [{ ...steam, quantity: { amount: '10', unit: 'GJ' }, interval: 'PT1H' }, '/lines/0/interval'],
    ] as const
    for (const [line, pointer] of refused) {
      expect(refusalOf(() => calculated([line], tables))).toMatchObject({
        code: 'line-ambiguous',
        facts: { pointer },
      })
    }
  })

  test('of electricity measured in a vehicle’s kilometres is a proxy by market, without kWh', () => {
    const car = factor({ id: 'car', family: 'electricity-generation', unit: 'km' })
    const line = { ...bought(1, { factor: { id: 'car' } }), quantity: { amount: '2', unit: 'km' } }
    const result = calculated([line], [table('cars', [car])])
    expect(result.inventory?.scope2).toMatchObject({ marketBasedKgCo2e: 6000, electricityKWh: 0, rest: [] })
    expect(flagOf(result, 'scope-2-proxy')).toMatchObject({ lines: ['bought'], share: 1 })
  })

  test('makes no scope 2 of an inventory that has none', () => {
    const coal = { id: 'coal', category: 'stationary-combustion', factor: { id: 'coal' } }
    const line = { ...coal, quantity: { amount: '10', unit: 't' } }
    const burnt = [table('coal', [factor({ id: 'coal' })])]
    expect(calculated([line], burnt).inventory?.scope2).toBeNull()
    expect(refusalOf(() => withInstruments([line], [contract(1)], {}, burnt)).code).toBe(
      'instrument-criteria',
    )
  })
})

describe('a line', () => {
  test('carries its zone and interval into the result, for hourly matching', () => {
    const result = calculated([bought(1, { zone: 'CN-FJ', interval: 'PT1H' })], chinese)
    expect(result.lines[0]).toMatchObject({ zone: 'CN-FJ', interval: 'PT1H' })
    expect(calculated([bought(1)], chinese).lines[0]).not.toHaveProperty('interval')
  })

  test('takes factors beside of its own zone', () => {
    const gas = (region: string, kg: string) =>
      factor({
        ...{
          id: `ch4 ${region}`,
          region,
          family: 'electricity-generation',
          category: 'electricity-ch4',
          unit: 'kWh',
        },
        flows: [{ kind: 'fossil', gas: 'CH4', kg }],
      })
    const tables = [
      table('grid', [fujian, gridFactor('nsw', 'AU-NSW', 2023, '0.64'), gas('CN', '1'), gas('AU', '2')]),
    ]
    const beside = [{ factorCategory: 'electricity-ch4', gases: ['CH4'] }]
    const [line] = calculated([bought(1, { zone: 'AU-NSW', beside })], tables).lines
    expect(line?.beside?.[0]?.id).toBe('ch4 AU')
  })

  test('counts by the share that the organization holds', () => {
    const input = inventory([bought(1000)], chinese, {
      ownFactors: [green],
      marketBased: { instruments: [contract(300)], ageMonthsMax: 12 },
    })
    const frame = frameOf(input, context(chinese))
    const weighed = weighLines(frame)
    const lines = weighed.map((line) => lineResult(line, { runs: 0.5, stage: null }))
    // Half of 1 000 kWh; 300 covered, 200 × 0.6096 left.
    expect(scope2Of(input, frame, weighed, lines)?.result).toMatchObject({
      ...{ locationBasedKgCo2e: 1000 * 0.4211 * 0.5, marketBasedKgCo2e: 200 * 0.6096 },
      ...{ electricityKWh: 500, coveredKWh: 300 },
    })
  })
})
