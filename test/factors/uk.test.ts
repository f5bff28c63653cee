/**
 * The three editions of the UK conversion factors: one chain, the same rows treated alike, and every value as its source has it.
 * Where the copies that the editions were read from are on this machine, each row is compared with them.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { PublishedFactor } from '../../src/tables/format.ts'
import { factor, table } from './bundled.ts'

const editions = ['2024', '2025', '2026'] as const

function rowsOf(version: string): readonly PublishedFactor[] {
  return table('uk-desnz', version).table.factors
}

/** What a row is called in every edition: its id without the edition. */
function nameOf(row: PublishedFactor, version: string): string {
  return row.id.replace(`desnz-${version}-`, '')
}

function kgOf(row: PublishedFactor, kind: string, gas: string): string | undefined {
  return row.flows.find((flow) => flow.kind === kind && flow.gas === gas)?.kg
}

describe('the UK editions', () => {
  test('are one chain, in which 2024 was published here after its successor', () => {
    const chain = editions.map((version) => {
      const { supersedes, supersededBy, years } = table('uk-desnz', version).facts
      return { version, supersedes, supersededBy, years }
    })
    expect(chain).toEqual([
      { version: '2024', supersedes: null, supersededBy: '2025', years: { from: 2024, to: 2024 } },
      { version: '2025', supersedes: null, supersededBy: undefined, years: { from: 2025, to: 2025 } },
      { version: '2026', supersedes: '2025', supersededBy: undefined, years: { from: 2026, to: 2026 } },
    ])
  })

  test('hold the rows that their sources hold, as sure as their sources are', () => {
    const counts = editions.map((version) => [
      rowsOf(version).length,
      [...new Set(rowsOf(version).map(({ confirmation }) => confirmation))],
    ])
    // 2026 adds five waste rows; 2024 was read from a copy that its holder had saved again.
    expect(counts).toEqual([
      [2672, ['secondary']],
      [2672, ['primary']],
      [2677, ['primary']],
    ])
  })

  test.each(['2024', '2026'])(
    'treat every row of %s as 2025 does: family, category, unit, kinds and gases',
    (version) => {
      const of2025 = new Map(rowsOf('2025').map((row) => [nameOf(row, '2025'), row]))
      const added = rowsOf(version).filter((row) => !of2025.has(nameOf(row, version)))
      expect(added.map(({ id }) => id)).toEqual(
        version === '2024'
          ? []
          : ['48-10', '48-5', '48-6', '52-10', '52-6'].map((cell) => `desnz-2026-new-waste-disposal-${cell}`),
      )
      for (const row of rowsOf(version)) {
        const other = of2025.get(nameOf(row, version))
        if (other !== undefined) expect(shapeOf(row, version)).toEqual(shapeOf(other, '2025'))
      }
    },
  )

  test('state new waste rows as collection and transport only', () => {
    const added = rowsOf('2026').filter(({ id }) => id.includes('-new-'))
    expect(added.map(({ category, family }) => [category, family])).toEqual([
      ['waste-anaerobic-digestion', 'waste-collection'],
      ['waste-recycling', 'waste-collection'],
      ['waste-recycling', 'waste-collection'],
      ['waste-anaerobic-digestion', 'waste-collection'],
      ['waste-recycling', 'waste-collection'],
    ])
  })

  test('carry what is doubtful of 2026 in the rows and in the facts', () => {
    const doubted = ['3_201_2345_3', '3_201_2347_3', '25_315_3148_11'].map((id) =>
      factor('uk-desnz', `desnz-2026-${id}`),
    )
    for (const { notes } of doubted) expect(notes).toContain('compare with the revised edition before use')
    expect(table('uk-desnz', '2026').facts.notes.join(' ')).toContain('v1.2, July 2026')
  })

  test.each(editions)('have electric vehicles of %s hold their electricity with transmission', (version) => {
    const ofEdition = (id: string) => Number(factor('uk-desnz', `desnz-${version}-${id}`).statedCo2eKg)
    // A small electric van per km: generation and transmission, each printed to five decimals elsewhere.
    expect(ofEdition('27_303_3087_4')).toBeCloseTo(ofEdition('8_303_3087_4') + ofEdition('14_303_3087_4'), 4)
    expect(factor('uk-desnz', `desnz-${version}-27_303_3087_4`).includesTransmission).toBe(true)
  })
})

/** All that decides how a row is used, without its numbers. */
function shapeOf(row: PublishedFactor, version: string) {
  const { category, family, region, unit, gwpBasis, gasesNotCovered, includesTransmission, acknowledged } =
    row
  // The Kyoto part of R-511A is printed 0 in 2026, so the sum with the rest is of one part there.
  const isR511a = nameOf(row, version) === '3_201_2347_3'
  const flows = isR511a ? [] : row.flows.map(({ kind, gas }) => `${kind} ${gas}`)
  return {
    category,
    family,
    region,
    unit,
    gwpBasis,
    gasesNotCovered,
    includesTransmission,
    acknowledged,
    flows,
  }
}

describe('the values that the publisher prints', () => {
  // DESNZ, Greenhouse gas reporting: conversion factors 2024 (flat format v1.1) and 2026 (full set v1): kg CO2e per unit.
  test.each([
    // UK electricity; transmission and distribution: per kWh.
    ['desnz-2024-7_400_4000_5', '0.20705'],
    ['desnz-2024-13_402_4000_5', '0.0183'],
    ['desnz-2026-7_400_4000_5', '0.13096'],
    ['desnz-2026-13_402_4000_5', '0.01299'],
    // Fuels: natural gas per kWh (gross CV); diesel (average biofuel blend) per litre.
    ['desnz-2024-1_100_1004_6', '0.1829'],
    ['desnz-2024-1_101_1011_8', '2.51279'],
    ['desnz-2026-1_100_1004_6', '0.18231'],
    ['desnz-2026-1_101_1011_8', '2.58354'],
    // Material use: aluminium cans and foil, primary production, per tonne.
    ['desnz-2024-19_504_5104_15', '9106.91851'],
    ['desnz-2026-19_504_5104_15', '9113.58251'],
    // Business travel: long-haul economy without RF, domestic average with RF, international rail, per passenger.km.
    ['desnz-2024-21_316_3171_11', '0.11812'],
    ['desnz-2026-21_316_3171_11', '0.06926'],
    ['desnz-2024-21_316_3160_11', '0.27257'],
    ['desnz-2026-21_316_3160_11', '0.22928'],
    ['desnz-2024-25_315_3148_11', '0.00446'],
    ['desnz-2026-25_315_3148_11', '0.01135'],
    // Refrigerants: HFC-134a; the Kyoto part of R-511A, per kg.
    ['desnz-2024-3_200_2024_3', '1300'],
    ['desnz-2024-3_201_2345_3', '6.9'],
    ['desnz-2026-3_201_2345_3', '0'],
    // Water supply per m3; household residual waste to digestion per tonne, new in 2026.
    ['desnz-2024-17_404_4005_1', '0.15311'],
    ['desnz-2026-17_404_4005_1', '0.1913'],
    ['desnz-2026-new-waste-disposal-48-10', '9.00687'],
  ])('%s is %s', (id, value) => {
    expect(factor('uk-desnz', id).statedCo2eKg).toBe(value)
  })

  // Outside of scopes: diesel (average biofuel blend), kg biogenic CO2 per litre.
  test.each([
    ['desnz-2024-99_604_1011_8', '0.16'],
    ['desnz-2026-99_604_1011_8', '0.14'],
  ])('%s is %s kg of biogenic CO2', (id, value) => {
    const row = factor('uk-desnz', id)
    expect(kgOf(row, 'biogenic', 'CO2')).toBe(value)
    expect(row.statedCo2eKg).toBeNull()
  })

  test('methane and nitrous oxide are the printed CO2e over 28 and 265', () => {
    for (const version of ['2024', '2026']) {
      const butane = factor('uk-desnz', `desnz-${version}-1_100_1000_15`)
      // Butane per tonne: 3,029.26 kg CO2, 2.52 kg CO2e of CH4, 1.60067 kg CO2e of N2O; 3,033.38067 in all.
      expect(kgOf(butane, 'fossil', 'CO2')).toBe('3029.26')
      expect(Number(kgOf(butane, 'fossil', 'CH4')) * 28).toBeCloseTo(2.52, 9)
      expect(Number(kgOf(butane, 'fossil', 'N2O')) * 265).toBeCloseTo(1.60067, 6)
      expect(butane.statedCo2eKg).toBe('3033.38067')
    }
  })
})

/** Beside the published cases. */
const folder = join(process.env.EGRET_CASES ?? '../shared/cases', '../factors')
const isHere = existsSync(join(folder, 'desnz-uk-2024.csv'))
const note = isHere ? '' : ' (skipped: no factor files)'

type SourceRow = Readonly<Record<string, string>>

function sourceRows(version: string): readonly SourceRow[] {
  return parse(readFileSync(join(folder, `desnz-uk-${version}.csv`)), {
    columns: true,
    bom: true,
  }) as SourceRow[]
}

describe.skipIf(!isHere)(`each edition against the file it was read from${note}`, () => {
  test.each(editions)('%s has every row, with its names, unit, place and values, and no other', (version) => {
    const rows = new Map(rowsOf(version).map((row) => [row.id, row]))
    const sources = sourceRows(version)
    expect(rows.size).toBe(sources.length)
    for (const source of sources) {
      const row = rows.get(source.factor_id ?? '')
      expect(row, source.factor_id).toBeDefined()
      if (row !== undefined) expect(asSourced(row)).toEqual(asPrinted(source))
    }
  })
})

/** A row's members as the source has them. */
function asSourced(row: PublishedFactor) {
  const { id, name, unit, year, source } = row
  const value = Number(row.statedCo2eKg ?? kgOf(row, 'biogenic', 'CO2'))
  return { id, ...name, unit, year, locator: source.locator, value, masses: massesOf(row) }
}

function asPrinted(source: SourceRow) {
  return {
    id: source.factor_id,
    en: source.name_en,
    zh: source.name_zh === '' ? null : source.name_zh,
    unit: source.activity_unit,
    year: Number(source.year),
    locator: source.source_locator,
    value: Number(source.co2e_kg || source.co2_biogenic_kg),
    masses: printedMasses(source),
  }
}

/** Masses of the three gases where a row has all; released substances, and flights with a multiplier, have none in the source. */
function massesOf(row: PublishedFactor): readonly number[] | null {
  const kind = row.flows[0]?.kind ?? ''
  const masses = ['CO2', 'CH4', 'N2O'].map((gas) => kgOf(row, kind, gas))
  return masses.includes(undefined) ? null : masses.map(Number)
}

function printedMasses(source: SourceRow): readonly number[] | null {
  const isMultiplied = source.name_en?.endsWith('With RF') === true
  if (source.co2_kg === '' || isMultiplied) return null
  return [source.co2_kg, source.ch4_kg, source.n2o_kg].map(Number)
}
