/** What is bundled: whole, by the rules at the door, and with the values that the publishers print. */

import { describe, expect, test } from 'vitest'
import type { PublishedFactor } from '../../src/tables/format.ts'
import { factor, table, tables } from './bundled.ts'

/** The one value of a row that people quote: CO2 where it stands alone, else the stated CO2e. */
function quoted(row: PublishedFactor): string {
  const [first] = row.flows
  return row.statedCo2eKg ?? (row.flows.length === 1 && first ? first.kg : '')
}

function kg(row: PublishedFactor, kind: string, gas: string): string | undefined {
  return row.flows.find((flow) => flow.kind === kind && flow.gas === gas)?.kg
}

describe('the bundled tables', () => {
  test('hold the rows that their sources hold', () => {
    const counts = tables.map(({ table }) => [
      table.table,
      table.version,
      table.factors.length,
      table.fuels.length,
    ])
    expect(counts).toEqual([
      ['air-pollutants-boilers', '2021', 6, 0],
      ['air-pollutants-emep', '2023', 11, 0],
      ['au-food-processing-example', '2026', 24, 0],
      ['au-nga', '2025', 20, 0],
      ['cn-cpcd-core', '2025', 311, 0],
      ['cn-electricity-co2', '2023', 129, 0],
      ['cn-electricity-life-cycle', '2024', 22, 0],
      ['cn-fuel', '2015', 40, 39],
      ['cn-fuel-ncsc', '2026', 2, 2],
      ['fr-agribalyse', '3.1', 2500, 0],
      ['ipcc-2006-industrial-processes', '2006', 69, 0],
      ['ipcc-2006-mobile', '2006', 11, 0],
      ['ipcc-2006-stationary', '2006', 102, 0],
      ['renewable-electricity', '2026', 2, 0],
      ['uk-desnz', '2024', 2672, 0],
      ['uk-desnz', '2025', 2672, 0],
      ['uk-desnz', '2026', 2677, 0],
      ['us-egrid', '2023r2', 28, 0],
      ['us-epa-hub', '2025', 579, 0],
      ['us-import-factors-cn', '2019', 295, 0],
      ['us-supply-chain', '1.3', 2032, 0],
      ['world-electricity-ember', '2024', 221, 0],
      ['world-electricity-ifi', '2021', 466, 0],
    ])
  })

  test('say how far each row can be trusted', () => {
    const unverified = tables.map(({ table: { table, factors } }) => {
      return [table, factors.filter((row) => row.confirmation === 'unverified').length]
    })
    expect(Object.fromEntries(unverified.filter(([, count]) => count !== 0))).toEqual({
      'air-pollutants-boilers': 4,
      'air-pollutants-emep': 7,
      'cn-electricity-co2': 5,
      'ipcc-2006-stationary': 20,
      'ipcc-2006-mobile': 9,
    })
  })

  test('go to the public bucket only where the licence is known to allow it', () => {
    const kept = tables.filter(({ facts }) => !facts.licence.redistributable).map(({ facts }) => facts.table)
    expect(kept).toEqual([
      'air-pollutants-emep',
      'au-nga',
      'cn-cpcd-core',
      'cn-fuel-ncsc',
      'ipcc-2006-industrial-processes',
      'ipcc-2006-mobile',
      'ipcc-2006-stationary',
      'us-import-factors-cn',
      'world-electricity-ember',
      'world-electricity-ifi',
    ])
  })

  test('name the copy each source was read from, or say that it was recalled', () => {
    const sources = tables.flatMap(({ facts }) => facts.sources)
    for (const { id, confirmation, obtained } of sources) {
      const expected = confirmation === 'unverified' ? /recalled/ : /repository|copy|excerpt|report/
      expect(obtained, id).toMatch(expected)
    }
  })
})

describe('the values that publishers print', () => {
  test.each([
    // MEE and NBS, Announcement 2025 No. 47 (2023), 2024 No. 33 (2022), 2024 No. 12 (2021): kg CO2/kWh.
    ['cn-electricity-co2', 'cn-grid-co2-2021-national', '0.5568'],
    ['cn-electricity-co2', 'cn-grid-co2-2022-national', '0.5366'],
    ['cn-electricity-co2', 'cn-grid-co2-2023-national', '0.5306'],
    ['cn-electricity-co2', 'cn-grid-co2-2023-national-excl-market-nonfossil', '0.6096'],
    ['cn-electricity-co2', 'cn-grid-co2-2023-national-fossil', '0.8273'],
    ['cn-electricity-co2', 'cn-grid-co2-2021-fj', '0.4711'],
    ['cn-electricity-co2', 'cn-grid-co2-2022-fj', '0.4092'],
    ['cn-electricity-co2', 'cn-grid-co2-2023-fj', '0.4211'],
    ['cn-electricity-co2', 'cn-grid-co2-2023-region-east', '0.55'],
    ['cn-electricity-co2', 'cn-grid-co2-2023-region-southwest', '0.2472'],
    ['cn-electricity-co2', 'cn-grid-co2-ets-2022', '0.5703'],
    // The life-cycle announcements: kg CO2e/kWh.
    ['cn-electricity-life-cycle', 'cn-elec-footprint-2023-national', '0.6205'],
    ['cn-electricity-life-cycle', 'cn-elec-footprint-2024-national', '0.5777'],
    ['cn-electricity-life-cycle', 'cn-elec-footprint-2024-pv', '0.052'],
    ['cn-electricity-life-cycle', 'cn-elec-footprint-2024-td-incl-losses', '0.0327'],
    // Purchased heat: 0.11 t CO2/GJ.
    ['cn-fuel', 'cn-heat-default', '110'],
    // DESNZ 2025: kg CO2e.
    ['uk-desnz', 'desnz-2025-7_400_4000_5', '0.177'],
    ['uk-desnz', 'desnz-2025-13_402_4000_5', '0.01853'],
    ['uk-desnz', 'desnz-2025-1_101_1011_8', '2.57082'],
    ['uk-desnz', 'desnz-2025-19_504_5104_15', '9115.90131'],
  ])('%s %s is %s', (name, id, value) => {
    expect(quoted(factor(name, id))).toBe(value)
  })
})

describe('families and categories', () => {
  test('keep the three Chinese electricity series apart', () => {
    const families = table('cn-electricity-co2').table.factors.map((row) => row.family)
    expect(new Set(families)).toEqual(new Set(['electricity-generation', 'electricity-carbon-market']))
    const lifeCycle = table('cn-electricity-life-cycle').table.factors
    expect(new Set(lifeCycle.map((row) => row.family))).toEqual(
      new Set(['electricity-life-cycle', 'transmission-and-distribution']),
    )
  })

  test('leave a selector one grid average for each place and year', () => {
    const averages = table('cn-electricity-co2').table.factors.filter((row) => row.category === 'electricity')
    const places = averages.map((row) => `${row.family} ${row.region} ${row.year}`)
    expect(new Set(places).size).toBe(places.length)
  })

  test('declare CH4 and N2O as not covered wherever a Chinese factor is of CO2 only', () => {
    for (const name of ['cn-electricity-co2', 'cn-fuel', 'cn-fuel-ncsc']) {
      for (const row of table(name).table.factors) expect(row.gasesNotCovered, row.id).toEqual(['CH4', 'N2O'])
    }
  })

  test('know which Chinese life-cycle factors hold transmission already', () => {
    const holding = table('cn-electricity-life-cycle').table.factors.filter((row) => row.includesTransmission)
    expect(holding.map((row) => row.id)).toEqual([
      'cn-elec-footprint-2023-national',
      'cn-elec-footprint-2024-national',
    ])
  })

  test('never offer a UK waste row as the end of life of a product', () => {
    const waste = table('uk-desnz', '2025').table.factors.filter((row) => row.category.startsWith('waste-'))
    expect(waste).toHaveLength(134)
    expect(new Set(waste.map((row) => row.family))).toEqual(new Set(['waste-collection']))
  })

  test('show UK "outside of scopes" rows as biogenic CO2 and nothing else', () => {
    const outside = table('uk-desnz', '2025').table.factors.filter((row) =>
      row.name.en.startsWith('Outside of scopes'),
    )
    expect(outside).toHaveLength(56)
    for (const row of outside) {
      expect(row.flows, row.id).toEqual([{ kind: 'biogenic', gas: 'CO2', kg: expect.any(String) }])
    }
  })

  test('count CH4 and N2O of biomass, with its CO2 apart', () => {
    // IPCC 2006 Vol. 2 Table 2.3, wood: 112000 kg CO2, 30 kg CH4, 4 kg N2O per TJ.
    const wood = factor('ipcc-2006-stationary', 'ipcc2006-stationary-wood-tj')
    expect(wood.flows).toEqual([
      { kind: 'biogenic', gas: 'CO2', kg: '112000' },
      { kind: 'biogenic', gas: 'CH4', kg: '30' },
      { kind: 'biogenic', gas: 'N2O', kg: '4' },
    ])
  })

  test('give no gas masses where the source multiplied CO2 for radiative forcing', () => {
    const withForcing = factor('uk-desnz', 'desnz-2025-21_316_3160_11')
    expect(withForcing.flows).toEqual([{ kind: 'aircraft', gas: 'CO2e', kg: '0.22928' }])
    const without = factor('uk-desnz', 'desnz-2025-21_316_3161_11')
    expect(kg(without, 'aircraft', 'CO2')).toBe('0.13395')
  })

  test('keep constituents outside the seven groups out of the CO2e that counts', () => {
    // R-401A: 18 counts (HFC-152a), 1112 does not (HCFC-22, HCFC-124), 1130 together.
    const rows = table('uk-desnz', '2025').table.factors.filter((row) => row.name.en.includes('/ R401A /'))
    const flows = rows.map((row) => row.flows.map(({ gas, kg }) => `${gas} ${kg}`).join(', ')).sort()
    expect(flows).toEqual(['CO2e 18', 'CO2e 18, CO2e-outside-total 1112', 'CO2e-outside-total 1112'])
  })

  test('hold transmission in the UK rows of electric vehicles that others run', () => {
    const whole = factor('uk-desnz', 'desnz-2025-27_303_3087_4')
    const parts = ['desnz-2025-8_303_3087_4', 'desnz-2025-14_303_3087_4'].map((id) => factor('uk-desnz', id))
    // A class I electric van, per km: 0.03438 from power stations + 0.0036 in the grid = 0.03798.
    expect(parts.reduce((sum, row) => sum + Number(row.statedCo2eKg), 0)).toBeCloseTo(0.03798, 10)
    expect(whole.statedCo2eKg).toBe('0.03798')
    expect([whole, ...parts].map((row) => row.includesTransmission)).toEqual([true, false, false])
  })
})

describe('fuel properties', () => {
  test('lead to the CO2 factors of both sets of defaults', () => {
    const fuels = table('cn-fuel').table.fuels
    expect(fuels.filter((fuel) => fuel.factorId !== null)).toHaveLength(39)
    const diesel = fuels.find((fuel) => fuel.id === 'set-a-diesel')
    // By hand: 43.33 GJ/t × 20.2 kg C/GJ × 0.98 × 44/12 = 3145.1225 kg CO2/t.
    expect(diesel).toMatchObject({
      netCalorificValue: { amount: '43.33', unit: 'GJ/t' },
      carbonContent: { amount: '20.2', unit: 'tC/TJ' },
      oxidation: '0.98',
    })
    expect(kg(factor('cn-fuel', 'cn-fuel-set-a-diesel'), 'fossil', 'CO2')).toBe('3145.122493')
  })
})
