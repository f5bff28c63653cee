/**
 * Every row and every value against the collected source files, where they are at hand: they lie beside the folder of the published
 * cases. The files carry the decimals as text, so equal means equal in every digit.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { PublishedFactor, PublishedFuel } from '../../src/tables/format.ts'
import { gwpSets, table } from './bundled.ts'

const folder = join(process.env.EGRET_CASES ?? '../shared/cases', '../factors')
const present = existsSync(folder)
const note = present ? '' : ` (skipped: no ${folder})`

type Cells = Readonly<Record<string, string>>

/** Rows of a source file; none where the folder is not there. */
const read = (file: string): readonly Cells[] =>
  present ? parse(readFileSync(join(folder, file)), { columns: true }) : []

/** Rows that the source has and we left out; each table says why in its notes. */
const leftOut = ['useeio-import-cn-2019-331313', 'useeio-import-cn-2019-331410', 'ember-caf-2022']
/** The one row whose region we narrowed: its name says North China, the file CN. */
const narrowed: Cells = { 'cpcd-17100h3092023c': 'CN-x-north' }

const sources: readonly (readonly [file: string, ...tables: string[]])[] = [
  ['air-pollutants.csv', 'air-pollutants-emep', 'air-pollutants-boilers'],
  ['au-nga-2025-extract.csv', 'au-nga'],
  ['cn-cpcd-core.csv', 'cn-cpcd-core'],
  ['cn-electricity-co2.csv', 'cn-electricity-co2'],
  ['cn-electricity-footprint.csv', 'cn-electricity-life-cycle'],
  ['cn-fuel-combustion.csv', 'cn-fuel', 'cn-fuel-ncsc'],
  ['fr-agribalyse-3.1.csv', 'fr-agribalyse'],
  ['ipcc2006-ippu.csv', 'ipcc-2006-industrial-processes'],
  ['ipcc2006-mobile.csv', 'ipcc-2006-mobile'],
  ['ipcc2006-stationary.csv', 'ipcc-2006-stationary'],
  ['us-egrid-2023-rev2.csv', 'us-egrid'],
  ['us-epa-hub-2025.csv', 'us-epa-hub'],
  ['us-import-factors-china-exiobase-2019.csv', 'us-import-factors-cn'],
  ['us-useeio-supply-chain-1.3.csv', 'us-supply-chain'],
  ['world-electricity-ember.csv', 'world-electricity-ember'],
  ['world-electricity-ifi-2021.csv', 'world-electricity-ifi'],
]

/** How the source spells what we call by another name. */
const gasNames: Cells = {
  unspecified_HFC_PFC_co2e: 'CO2e',
  PM2_5: 'PM2.5',
  PM_total: 'PM-total',
  PM_filterable: 'PM-filterable',
  SO2_per_pctS: 'SO2-per-percent-sulphur',
}

/** Masses of a JSON cell as the text has them, e.g. `4.57e-09`. */
function masses(json = ''): readonly (readonly [string, string])[] {
  const pairs = [...json.matchAll(/"([^"]+)"\s*:\s*([^,}\s]+)/g)]
  return pairs.map(([, gas = '', kg = '']) => [gasNames[gas] ?? gas, kg] as const)
}

/** What the source says of a row, in our words; the sum it prints is a flow only where it prints nothing else. */
function expected(row: Cells) {
  const gases = [
    ['CO2', row.co2_kg],
    ['CH4', row.ch4_kg],
    ['N2O', row.n2o_kg],
    ['biogenic CO2', row.co2_biogenic_kg],
    ...masses(row.other_gas_json),
  ].filter(([, kg]) => kg !== '')
  const flows = gases.length > 0 ? gases : [['CO2e', row.co2e_kg]]
  const [low = '', high = ''] = [row.uncertainty_low_pct, row.uncertainty_high_pct]
  return {
    region: narrowed[row.factor_id ?? ''] ?? row.region,
    year: row.year,
    unit: row.activity_unit,
    name: row.name_en,
    source: [row.source_id, row.source_locator],
    stated: row.co2e_kg === '' ? null : row.co2e_kg,
    uncertainty: low === '' ? null : [low, high],
    flows: flows.map(([gas, kg]) => `${gas} ${kg}`).sort(),
  }
}

function actual(row: PublishedFactor): ReturnType<typeof expected> {
  const { source, uncertainty, flows } = row
  const named = flows.map(({ kind, gas, kg }) => {
    return kind === 'biogenic' && gas === 'CO2' ? `biogenic CO2 ${kg}` : `${gas} ${kg}`
  })
  return {
    region: row.region,
    year: String(row.year),
    unit: row.unit,
    name: row.name.en,
    source: [source.id, source.locator],
    stated: row.statedCo2eKg ?? null,
    uncertainty: uncertainty === null ? null : [uncertainty.lowPercent, uncertainty.highPercent],
    flows: named.sort(),
  }
}

describe.skipIf(!present)(`the bundled tables hold what the source files hold${note}`, () => {
  test.each(sources)('%s', (file, ...names) => {
    const rows = new Map(names.flatMap((name) => table(name).table.factors.map((row) => [row.id, row])))
    const source = read(file).filter(({ factor_id: id = '' }) => !leftOut.includes(id))
    expect(new Set(source.map((row) => row.factor_id))).toEqual(new Set(rows.keys()))
    for (const row of source) {
      const published = rows.get(row.factor_id ?? '') as PublishedFactor
      expect(actual(published), row.factor_id).toEqual(expected(row))
      if (row.name_zh !== '') expect(published.name.zh, row.factor_id).toBe(row.name_zh)
    }
  })

  test('fuel-properties-cn.csv', () => {
    const fuels = ['cn-fuel', 'cn-fuel-ncsc'].flatMap((name) => table(name).table.fuels)
    const inOurWords = (row: Cells) => {
      const oxidation = Number(row.oxidation_rate_pct) / 100
      return [
        row.fuel_id,
        row.ncv_value,
        row.ncv_unit?.replace('1e4 m3', '1e4m3'),
        row.carbon_content_tC_per_TJ,
        oxidation,
      ]
    }
    const ours = (fuel: PublishedFuel) => {
      const { id, netCalorificValue, carbonContent, oxidation } = fuel
      return [id, netCalorificValue.amount, netCalorificValue.unit, carbonContent.amount, Number(oxidation)]
    }
    const byId = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1)
    expect(fuels.map(ours).sort(byId)).toEqual(read('fuel-properties-cn.csv').map(inOurWords).sort(byId))
  })
})

/** Names that the sets write otherwise, and the values decided in decisions/0011 instead of the printed ones. */
const gwpNames: Cells = {
  'CH4-fossil': 'CH4-fossil-fugitive',
  'CH4-nonfossil': 'CH4',
  Halon1201: 'Halon-1201',
  Halon1202: 'Halon-1202',
  cC3F6: 'c-C3F6',
  'SF6-alt': 'SF6',
  'HFC-134a-alt': 'HFC-134a',
}
const decided: Readonly<Record<string, Cells>> = {
  'ipcc-ar5': { 'CH4-fossil': '28' },
  'ipcc-ar6': { CH4: '27.0', 'CH4-nonfossil': '27.0', SF6: '24300', 'HFC-134a-alt': '1530' },
}

describe.skipIf(!present)(`the GWP sets hold what the source files hold${note}`, () => {
  test.each([
    ['ipcc-ar4', 'gwp100_ar4'],
    ['ipcc-ar5', 'gwp100_ar5'],
    ['ipcc-ar6', 'gwp100_ar6'],
  ])('gwp.csv, %s', (id, column) => {
    const set = gwpSets.find(({ facts }) => facts.id === id)
    const values = new Map(set?.gases.map(({ gas, gwp100 }) => [gas, gwp100]))
    for (const row of read('gwp.csv')) {
      const { gas = '' } = row
      const name = gwpNames[gas] ?? set?.facts.aliases[gas] ?? gas
      const printed = row[column] === '' ? null : row[column]
      // A second reading of a gas stands in the file without a value for the other sets.
      if (gas.endsWith('-alt') && printed === null) continue
      expect(values.get(name), `${id} ${gas}`).toBe(decided[id]?.[gas] ?? printed)
    }
  })

  test.each(gwpSets)('refrigerant-blends.csv, $facts.id', ({ facts, blends }) => {
    const compositions = new Map(blends.map(({ blend, composition }) => [blend, composition]))
    const canonical = (gas: string) => facts.aliases[gas] ?? gas
    for (const row of read('refrigerant-blends.csv')) {
      const { blend = '' } = row
      const constituents = masses(row.composition_json).map(([gas, part]) => [canonical(gas), part] as const)
      const composition = compositions.get(blend)
      if (composition === undefined)
        expect(constituents, blend).toEqual([[canonical(blend), expect.anything()]])
      else expect(composition, blend).toEqual(Object.fromEntries(constituents))
    }
  })
})
