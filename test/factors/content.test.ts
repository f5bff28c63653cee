/** The tables that came after the first: what each holds, what kind its rows are, and the values that its source prints. */

import { describe, expect, test } from 'vitest'
import type { PublishedFactor } from '../../src/tables/format.ts'
import { factor, table, tables } from './bundled.ts'

const rowsOf = (name: string) => table(name).table.factors

function kg(row: PublishedFactor, kind: string, gas: string): string | undefined {
  return row.flows.find((flow) => flow.kind === kind && flow.gas === gas)?.kg
}

/** How many rows stand under each value of a member. */
function counted(name: string, member: 'family' | 'category'): Readonly<Record<string, number>> {
  const groups = Map.groupBy(rowsOf(name), (row) => row[member])
  return Object.fromEntries([...groups].map(([value, rows]) => [value, rows.length]))
}

describe('power that burns nothing', () => {
  test('is a true zero of each gas of burning, in a category of its own, and of nothing that could burn', () => {
    const rows = rowsOf('renewable-electricity')
    expect(rows.map(({ id }) => id)).toEqual([
      'renewable-electricity-photovoltaic',
      'renewable-electricity-wind',
    ])
    for (const row of rows) {
      expect(row).toMatchObject({ category: 'electricity-renewable', family: 'electricity-generation' })
      expect(row.flows).toEqual(['CO2', 'CH4', 'N2O'].map((gas) => ({ kind: 'fossil', gas, kg: '0' })))
      expect(row.gasesNotCovered).toEqual([])
    }
    const held = tables.flatMap(({ table: { table, factors } }) =>
      factors.filter(({ category }) => category === 'electricity-renewable').map(() => table),
    )
    expect(new Set(held)).toEqual(new Set(['renewable-electricity']))
  })
})

describe('every row of the source is there, or left out for a reason', () => {
  test.each([
    // Rows of the source; those left out are named in table.json.
    ['air-pollutants-boilers', 6, 0],
    ['air-pollutants-emep', 11, 0],
    ['au-nga', 20, 0],
    ['cn-cpcd-core', 311, 0],
    ['fr-agribalyse', 2500, 0],
    ['ipcc-2006-industrial-processes', 69, 0],
    ['us-egrid', 28, 0],
    ['us-epa-hub', 579, 0],
    ['us-import-factors-cn', 297, 2],
    ['us-supply-chain', 2032, 0],
    ['world-electricity-ember', 222, 1],
    ['world-electricity-ifi', 466, 0],
  ])('%s: %i rows, %i left out', (name, rows, leftOut) => {
    expect(rowsOf(name)).toHaveLength(rows - leftOut)
    const reasons = table(name).facts.notes.filter((note) => note.startsWith('Left out: '))
    expect(reasons).toHaveLength(leftOut > 0 ? 1 : 0)
  })
})

describe('the values that sources print', () => {
  test.each([
    // IPCC 2006 Guidelines, Vol. 3: kg of the gas per tonne of the product.
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-carbonate-limestone', 'fossil', 'CO2', '439.71'], // Table 2.1
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-clinker', 'fossil', 'CO2', '520'], // Eq. 2.4: 0.51 × 1.02
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-lime-high-calcium', 'fossil', 'CO2', '750'], // Table 2.4
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-ammonia-average-ng', 'fossil', 'CO2', '2104'], // Table 3.1
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-nitric-acid-high-pressure', 'fossil', 'N2O', '9'], // Table 3.3
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-adipic-acid', 'fossil', 'N2O', '300'], // Table 3.4
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-silicon-carbide', 'fossil', 'CH4', '11.6'], // Table 3.7
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-steel-bof-steel', 'fossil', 'CO2', '1460'], // Table 4.1
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-aluminium-pfc-cwpb', 'fossil', 'C2F6', '0.04'], // Table 4.15
    ['ipcc-2006-industrial-processes', 'ipcc2006-ippu-magnesium-sf6', 'fossil', 'SF6', '1.0'], // Table 4.20
    // US EPA, eGRID2023 revision 2, sheet SRL23: CAMX 429.983 lb/MWh × 0.45359237 / 1000.
    ['us-egrid', 'egrid-2023r2-camx', 'fossil', 'CO2e', '0.195037008'],
    ['us-egrid', 'egrid-2023r2-us', 'fossil', 'CO2e', '0.3496671006'],
    ['us-egrid', 'egrid-2023r2-prms', 'fossil', 'CO2e', '0.7024013927'],
    // US EPA, GHG Emission Factors Hub, January 2025, Tables 1 to 10.
    ['us-epa-hub', 'epa-hub-2025-t1-coal-and-coke-anthracite-mmbtu', 'fossil', 'CO2', '103.69'],
    ['us-epa-hub', 'epa-hub-2025-t1-coal-and-coke-anthracite-shortton', 'fossil', 'CO2', '2602'],
    ['us-epa-hub', 'epa-hub-2025-t1-natural-gas-natural-gas-mmbtu', 'fossil', 'CO2', '53.06'],
    ['us-epa-hub', 'epa-hub-2025-t1-natural-gas-natural-gas-scf', 'fossil', 'CO2', '0.05444'],
    ['us-epa-hub', 'epa-hub-2025-t2-diesel-fuel', 'fossil', 'CO2', '10.21'],
    ['us-epa-hub', 'epa-hub-2025-t2-motor-gasoline', 'fossil', 'CO2', '8.78'],
    ['us-epa-hub', 'epa-hub-2025-t2-ethanol-100', 'biogenic', 'CO2', '5.75'],
    ['us-epa-hub', 'epa-hub-2025-t2-kerosene-type-jet-fuel', 'aircraft', 'CO2', '9.75'],
    ['us-epa-hub', 'epa-hub-2025-t3-gasoline-passenger-cars-1973-1974', 'fossil', 'CH4', '0.0001696'],
    ['us-epa-hub', 'epa-hub-2025-t4-buses-cng-all', 'fossil', 'CH4', '0.002719'],
    ['us-epa-hub', 'epa-hub-2025-t5-aircraft-jet-fuel', 'aircraft', 'CH4', '0'],
    ['us-epa-hub', 'epa-hub-2025-t6-us-average-total', 'fossil', 'CO2', '0.3499569461'],
    ['us-epa-hub', 'epa-hub-2025-t7-steam-heat', 'fossil', 'CO2', '66.33'],
    ['us-epa-hub', 'epa-hub-2025-t8-rail-short-ton-mi', 'fossil', 'CO2', '0.021'],
    ['us-epa-hub', 'epa-hub-2025-t9-office-paper-landfilled', 'fossil', 'CO2e', '1410'],
    ['us-epa-hub', 'epa-hub-2025-t9-hdpe-combusted', 'fossil', 'CO2e', '2800'],
    // US EPA, Supply Chain GHG Emission Factors v1.3: kg per USD of 2022.
    ['us-supply-chain', 'useeio-sc-1.3-111110-wm', 'fossil', 'N2O', '0.0013'],
    ['us-supply-chain', 'useeio-sc-1.3-111110-wm', 'fossil', 'HFC-134a', '1.76e-07'],
    ['us-supply-chain', 'useeio-sc-1.3-111110-nm', 'fossil', 'CO2', '0.134'],
    ['us-supply-chain', 'useeio-sc-1.3-111110-nm', 'fossil', 'CO2e', '0.000358'],
    ['us-supply-chain', 'useeio-sc-1.3-327310-nm', 'fossil', 'CO2', '3.79'],
    // USEPA/USEEIO, import emission factors 2019, region CN: kg per USD of 2019.
    ['us-import-factors-cn', 'useeio-import-cn-2019-327310', 'fossil', 'CO2', '12.33168116'],
    ['us-import-factors-cn', 'useeio-import-cn-2019-1111a0', 'fossil', 'SF6', '1.6959e-07'],
    ['us-import-factors-cn', 'useeio-import-cn-2019-1111a0', 'fossil', 'CO2e', '0.011133'],
    // Ember, latest year of each country; IFI Default Grid Factors 2021 v3.1: kg per kWh.
    ['world-electricity-ember', 'ember-chn-2024', 'fossil', 'CO2e', '0.5575'],
    ['world-electricity-ember', 'ember-deu-2024', 'fossil', 'CO2e', '0.34206'],
    ['world-electricity-ember', 'ember-world-2024', 'fossil', 'CO2e', '0.47294'],
    ['world-electricity-ifi', 'ifi-grid-2021-china-prc-and-hong-kong-om', 'fossil', 'CO2', '0.899'],
    [
      'world-electricity-ifi',
      'ifi-grid-2021-china-prc-and-hong-kong-cm-consumption',
      'fossil',
      'CO2',
      '0.485',
    ],
    ['world-electricity-ifi', 'ifi-grid-2021-albania-om', 'fossil', 'CO2', '0'],
    // ADEME, AGRIBALYSE 3.1, by code: kg CO2e per kg at the plate.
    ['fr-agribalyse', 'agribalyse-3.1-11084', 'fossil', 'CO2e', '6.7458055'],
    ['fr-agribalyse', 'agribalyse-3.1-11000', 'fossil', 'CO2e', '0.3580429'],
    ['fr-agribalyse', 'agribalyse-3.1-11194', 'fossil', 'CO2e', '0.93728213'],
    // DCCEEW, National Greenhouse Accounts Factors 2025, Tables 1, 2, 5, 9.
    ['au-nga', 'nga-2025-elec-s2-nsw', 'fossil', 'CO2e', '0.64'],
    ['au-nga', 'nga-2025-elec-s3-vic', 'fossil', 'CO2e', '0.09'],
    ['au-nga', 'nga-2025-elec-residual', 'fossil', 'CO2e', '0.81'],
    ['au-nga', 'nga-2025-natural-gas-s1', 'fossil', 'CO2e', '51.53'],
    ['au-nga', 'nga-2025-diesel-s3', 'fossil', 'CO2e', '17.3'],
    // EMEP/EEA Guidebook, Tier 1: kg per GJ; AP-42, Tables 1.3-1 and 1.4-2; China, 18.71 kg per 10000 m3.
    ['air-pollutants-emep', 'pollutant-emep-res-biomass', 'pollutant', 'CO', '4.0'],
    ['air-pollutants-emep', 'pollutant-emep-power-hard-coal', 'pollutant', 'PM2.5', '0.0034'],
    [
      'air-pollutants-boilers',
      'pollutant-ap42-natgas-boiler-uncontrolled',
      'pollutant',
      'PM-total',
      '0.000121740322',
    ],
    [
      'air-pollutants-boilers',
      'pollutant-ap42-distillate-boiler',
      'pollutant',
      'SO2-per-percent-sulphur',
      '0.017015352679',
    ],
    ['air-pollutants-boilers', 'pollutant-cn-natgas-boiler-nolownox', 'pollutant', 'NOx', '0.001871'],
    // CPCD, by product identifier.
    ['cn-cpcd-core', 'cpcd-17300x0032025c', 'fossil', 'CO2e', '54.8'], // heat, Beijing, per GJ
    ['cn-cpcd-core', 'cpcd-33360x0022025c', 'fossil', 'CO2e', '74.1'], // diesel burnt, per GJ
    ['cn-cpcd-core', 'cpcd-33360x0012022c', 'fossil', 'CO2e', '0.6369'], // diesel supplied, per kg
    ['cn-cpcd-core', 'cpcd-34240b0052025c', 'fossil', 'CO2e', '0.41492'], // soda ash, per kg
    ['cn-cpcd-core', 'cpcd-39283x0012025c', 'biogenic', 'CO2', '1740'], // wood, per t
    ['cn-cpcd-core', 'cpcd-41265x0342022c', 'fossil', 'CO2e', '1990'], // converter steel, per t
    ['cn-cpcd-core', 'cpcd-64250x0012024c', 'aircraft', 'CO2e', '0.0829'], // flight, per passenger kilometre
  ])('%s %s: %s %s is %s kg', (name, id, kind, gas, value) => {
    expect(kg(factor(name, id), kind, gas)).toBe(value)
  })

  test('stand beside the sum that the source prints, where it prints one', () => {
    // EPA v1.3, CO2e file: NAICS 111110 0.532 with margins, 0.488 without; 327310 (cement) 3.846 without.
    const stated = ['111110-wm', '111110-nm', '327310-nm'].map(
      (id) => factor('us-supply-chain', `useeio-sc-1.3-${id}`).statedCo2eKg,
    )
    expect(stated).toEqual(['0.532', '0.488', '3.846'])
    expect(rowsOf('us-import-factors-cn').every((row) => row.statedCo2eKg === null)).toBe(true)
  })
})

describe('electricity', () => {
  test.each(tables.map(({ facts }) => [facts.table, facts.version] as const))(
    '%s %s leaves a selector one row for a family, place and year; likewise heat',
    (name, version) => {
      const selected = table(name, version).table.factors.filter(({ category }) =>
        ['electricity', 'heat'].includes(category),
      )
      const places = selected.map((row) => `${row.category} ${row.family} ${row.region} ${row.year}`)
      expect(new Set(places).size).toBe(places.length)
    },
  )

  test('of IFI is marginal, of Ember life-cycle, of eGRID generation', () => {
    expect(counted('world-electricity-ifi', 'family')).toEqual({ 'electricity-marginal': 466 })
    expect(counted('world-electricity-ifi', 'category')).toEqual({
      'electricity-combined-margin': 233,
      'electricity-operating-margin': 233,
    })
    expect(counted('world-electricity-ember', 'family')).toEqual({ 'electricity-life-cycle': 221 })
    expect(counted('us-egrid', 'family')).toEqual({ 'electricity-generation': 28 })
  })

  test('of the Hub, an earlier release of eGRID, is met by no selector, and its non-baseload is marginal', () => {
    const rows = rowsOf('us-epa-hub').filter(({ unit }) => unit === 'kWh')
    const kinds = new Set(rows.map(({ category, family }) => `${category} ${family}`))
    expect(rows).toHaveLength(56)
    expect(kinds).toEqual(
      new Set([
        'electricity-earlier-release electricity-generation',
        'electricity-non-baseload electricity-marginal',
      ]),
    )
  })

  test('of Australia, scope 3, holds fuel supply and transmission in one', () => {
    const rows = rowsOf('au-nga').filter(
      ({ category }) => category === 'electricity-upstream-and-transmission',
    )
    expect(rows).toHaveLength(7)
    expect(
      rows.every(({ family, includesTransmission }) => family === 'upstream' && includesTransmission),
    ).toBe(true)
    expect(factor('au-nga', 'nga-2025-elec-residual').category).toBe('electricity-residual-mix')
  })
})

describe('CPCD is read by what a figure is, not by its label', () => {
  test.each([
    // Labelled gate to grave: burning, heat.
    ['cpcd-33360x0022025c', 'combustion', 'fuel-combustion-liquid'],
    ['cpcd-12020x0162025c', 'combustion', 'fuel-combustion-gas'],
    ['cpcd-17300x0032025c', 'heat', 'heat'],
    // Labelled cradle to gate: the supply of a fuel.
    ['cpcd-33360x0012022c', 'upstream', 'fuel-upstream-liquid'],
    // Labelled gate to gate, and one cradle to grave: CO2 from carbonates.
    ['cpcd-34240b0052025c', 'process', 'process-mineral'],
    ['cpcd-15120x0082025c', 'process', 'process-mineral'],
    // Labelled cradle to grave: transport with its fuel; a whole bridge; a car's whole life.
    ['cpcd-65119x0282024c', 'transport', 'freight-road-life-cycle'],
    ['cpcd-53221x0082023c', 'cradle-to-grave', 'construction-work-life-cycle'],
    ['cpcd-49113x0232020c', 'cradle-to-grave', 'vehicle-life-cycle'],
    // Labelled gate to grave: transport without it.
    ['cpcd-65229x0052024c', 'transport', 'freight-inland-water'],
    ['cpcd-54699x0102025c', 'gate-to-gate', 'manufacturing-step'],
    ['cpcd-64210x0232024c', 'spend-based', 'spend-on-travel'],
    ['cpcd-17100h3092023c', 'electricity-marginal', 'electricity-operating-margin'],
    // Per kWh of capacity, not of electricity.
    ['cpcd-46420x0172021c', 'cradle-to-gate', 'material-battery'],
  ])('%s is %s, %s', (id, family, category) => {
    expect(factor('cn-cpcd-core', id)).toMatchObject({ family, category })
  })

  test('its four biomass fuels are biogenic CO2 and nothing else', () => {
    const rows = rowsOf('cn-cpcd-core').filter(({ category }) => category === 'biogenic-co2-biomass')
    expect(rows).toHaveLength(4)
    for (const row of rows) {
      expect(row.flows, row.id).toEqual([{ kind: 'biogenic', gas: 'CO2', kg: expect.any(String) }])
      expect(row.gasesNotCovered).toEqual(['CH4', 'N2O'])
    }
  })

  test('doubts travel with the rows', () => {
    const doubted = rowsOf('cn-cpcd-core').filter(({ notes }) => notes?.includes('DOUBT'))
    const inland = doubted.filter(({ category }) => category === 'freight-inland-water')
    const wind = doubted.filter(({ category, year }) => category === 'electricity-wind' && year === 2021)
    expect([inland.length, wind.length]).toEqual([5, 4])
    expect(factor('fr-agribalyse', 'agribalyse-3.1-11194').notes).toContain('does not sum to the total')
  })
})

describe('money', () => {
  test('with margins, without, and at basic prices are three categories of one family', () => {
    expect(counted('us-supply-chain', 'category')).toEqual({
      'spend-with-margins': 1016,
      'spend-without-margins': 1016,
    })
    expect(counted('us-import-factors-cn', 'category')).toEqual({ 'spend-at-basic-price': 295 })
    for (const name of ['us-supply-chain', 'us-import-factors-cn']) {
      expect(Object.keys(counted(name, 'family'))).toEqual(['spend-based'])
    }
  })

  test('margins are told by the id, the name and the category alike', () => {
    for (const { id, name, category } of rowsOf('us-supply-chain')) {
      const isWith = id.endsWith('-wm')
      expect(category, id).toBe(isWith ? 'spend-with-margins' : 'spend-without-margins')
      expect(name.en.includes('factor with margins'), id).toBe(isWith)
      expect(name.en.includes('factor without margins'), id).toBe(!isWith)
    }
  })

  test('what a source gives as CO2e only is a CO2e, never a mass of a gas', () => {
    const gases = new Set(rowsOf('us-supply-chain').flatMap(({ flows }) => flows.map(({ gas }) => gas)))
    expect(gases).toEqual(
      new Set(
        'CO2 CH4 N2O HFC-23 HFC-32 HFC-125 HFC-134a HFC-143a HFC-236fa CF4 C2F6 C3F8 C4F10 c-C4F8 C6F14 SF6 NF3 CO2e'.split(
          ' ',
        ),
      ),
    )
    expect(new Set(rowsOf('us-supply-chain').map(({ gwpBasis }) => gwpBasis))).toEqual(new Set(['AR5']))
    expect(new Set(rowsOf('us-import-factors-cn').map(({ gwpBasis }) => gwpBasis))).toEqual(
      new Set(['not-stated']),
    )
  })

  test('a sector whose every gas is printed as zero is a gap, and left out', () => {
    const ids = rowsOf('us-import-factors-cn').map(({ id }) => id)
    expect(ids).not.toContain('useeio-import-cn-2019-331313')
    expect(ids).not.toContain('useeio-import-cn-2019-331410')
    for (const row of rowsOf('us-import-factors-cn'))
      expect(Number(kg(row, 'fossil', 'CO2'))).toBeGreaterThan(0)
    expect(rowsOf('world-electricity-ember').every((row) => Number(row.statedCo2eKg) > 0)).toBe(true)
  })
})

describe('the US EPA Hub', () => {
  test('stands by treatment where it is of waste, as end of life', () => {
    const waste = rowsOf('us-epa-hub').filter(({ family }) => family === 'end-of-life')
    const treatments = Map.groupBy(waste, ({ category }) => category)
    expect(Object.fromEntries([...treatments].map(([category, rows]) => [category, rows.length]))).toEqual({
      'waste-recycling': 33,
      'waste-landfill': 61,
      'waste-combustion': 54,
      'waste-composting': 15,
      'waste-anaerobic-digestion': 20,
    })
  })

  test('gives the parts of one burning apart, each saying what it leaves out', () => {
    expect(factor('us-epa-hub', 'epa-hub-2025-t2-diesel-fuel').gasesNotCovered).toEqual(['CH4', 'N2O'])
    for (const row of rowsOf('us-epa-hub').filter(({ category }) => category.endsWith('-ch4-n2o'))) {
      expect(row.gasesNotCovered, row.id).toEqual(['CO2'])
      expect(row.flows.map(({ gas }) => gas)).toEqual(['CH4', 'N2O'])
    }
  })

  test('counts CH4 and N2O of biomass, with its CO2 apart', () => {
    // Table 1, wood and wood residuals, per short ton: 1640 kg CO2, 126 g CH4, 63 g N2O.
    expect(
      factor('us-epa-hub', 'epa-hub-2025-t1-biomass-fuels-solid-wood-and-wood-residuals-shortton').flows,
    ).toEqual([
      { kind: 'biogenic', gas: 'CO2', kg: '1640' },
      { kind: 'biogenic', gas: 'CH4', kg: '0.126' },
      { kind: 'biogenic', gas: 'N2O', kg: '0.063' },
    ])
    expect(factor('us-epa-hub', 'epa-hub-2025-t1-biomass-fuels-solid-peat-mmbtu').category).toBe(
      'stationary-combustion-peat',
    )
  })

  test('shows what flies as aircraft', () => {
    const flying = rowsOf('us-epa-hub').filter(({ flows }) => flows.some(({ kind }) => kind === 'aircraft'))
    // Table 2: two fuels; Table 5: two engines; Table 8: one; Table 10: three hauls.
    expect(flying).toHaveLength(8)
  })
})

describe('food and pollutants', () => {
  test('food at the plate is of a family of its own, on a basis that is not stated', () => {
    expect(counted('fr-agribalyse', 'family')).toEqual({ 'cradle-to-consumer': 2500 })
    expect(new Set(rowsOf('fr-agribalyse').map(({ gwpBasis }) => gwpBasis))).toEqual(new Set(['not-stated']))
  })

  test('pollutants are nothing else, and cover no greenhouse gas', () => {
    for (const name of ['air-pollutants-emep', 'air-pollutants-boilers']) {
      for (const row of rowsOf(name)) {
        expect(new Set(row.flows.map(({ kind }) => kind)), row.id).toEqual(new Set(['pollutant']))
        expect(row.gasesNotCovered).toEqual(['CO2', 'CH4', 'N2O'])
      }
    }
  })

  test('aluminium: anode CO2 and the PFCs of anode effects each say what they leave out', () => {
    const parts = ['aluminium-anode-prebake', 'aluminium-pfc-cwpb'].map((id) =>
      factor('ipcc-2006-industrial-processes', `ipcc2006-ippu-${id}`),
    )
    expect(parts.map(({ gasesNotCovered }) => gasesNotCovered)).toEqual([['CF4', 'C2F6'], ['CO2']])
  })
})
