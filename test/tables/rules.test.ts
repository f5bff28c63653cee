/** A deliberately broken copy of a real table for every rule at the door; all faults are listed, by file, row and column. */

import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { readGwpSet } from '../../src/factors/files.ts'
import { isProblem } from '../../src/problem.ts'
import type { Fault, TableFiles } from '../../src/tables/format.ts'
import { describeFault, inspectGwpSet, inspectTable, parseTable } from '../../src/tables/parse.ts'
import { filesOf, gwpSets, root } from '../factors/bundled.ts'

type CsvName = 'factors.csv' | 'fuels.csv'

/** A copy of a CSV with one cell of one row changed; the row's line comes back with it. */
function withCell(csv: string, id: string, column: string, value: string): { csv: string; line: number } {
  const rows = parse(csv) as string[][]
  const at = rows.findIndex((row) => row[0] === id)
  const cell = rows[0]!.indexOf(column)
  if (at === -1 || cell === -1) throw new Error(`no ${id} or ${column} to break`)
  rows[at]![cell] = value
  return { csv: rows.map((row) => row.map(quoted).join(',')).join('\n'), line: at + 1 }
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}

function withFacts(files: TableFiles, change: Record<string, unknown>): TableFiles {
  const facts = JSON.parse(files['table.json']) as Record<string, unknown>
  return { ...files, 'table.json': JSON.stringify({ ...facts, digest: undefined, ...change }) }
}

/** Faults of a table with one cell broken, without that of the digest, which moves with every cell. */
function faultsOf(name: string, version: string, file: CsvName, id: string, column: string, value: string) {
  const files = withFacts(filesOf(name, version), {})
  const broken = withCell(files[file] ?? '', id, column, value)
  const { faults } = inspectTable({ ...files, [file]: broken.csv }, gwpSets)
  return { faults, line: broken.line }
}

const electricity = ['cn-electricity-co2', '2023', 'factors.csv', 'cn-grid-co2-2023-fj'] as const
const uk = ['uk-desnz', '2025', 'factors.csv'] as const
const fuel = ['cn-fuel', '2015', 'fuels.csv', 'set-a-diesel'] as const
const wood = ['ipcc-2006-stationary', '2006', 'factors.csv', 'ipcc2006-stationary-wood-t'] as const

describe('one broken cell is one fault at its place', () => {
  test.each([
    ['a unit nobody knows', ...electricity, 'unit', 'kilowatts', 'unit', 'unit'],
    ['a unit in another spelling', ...electricity, 'unit', '度', 'unit', 'unit'],
    ['a unit of another dimension', ...electricity, 'unit', 't', 'unit', 'unit'],
    ['an id that stands twice', ...electricity, 'id', 'cn-grid-co2-2023-ah', 'duplicate-id', 'id'],
    ['a missing family', ...electricity, 'family', '', 'family', 'family'],
    ['a family that the category does not hold', ...electricity, 'family', 'heat', 'family', 'family'],
    ['a category nobody knows', ...electricity, 'category', 'power', 'category', 'category'],
    ['a year that is none', ...electricity, 'year', '23', 'year', 'year'],
    ['a province that does not exist', ...electricity, 'region', 'CN-FU', 'region', 'region'],
    ['a country that does not exist', ...electricity, 'region', 'UK', 'region', 'region'],
    ['a number with a comma', ...electricity, 'co2_kg', '0,4211', 'form', 'co2_kg'],
    ['a basis nobody knows', ...electricity, 'gwp_basis', 'AR7', 'basis', 'gwp_basis'],
    ['a stated CO2e without a basis', ...electricity, 'stated_co2e_kg', '0.43', 'basis', 'gwp_basis'],
    ['a flag left open', ...electricity, 'includes_transmission', '', 'form', 'includes_transmission'],
    ['a source nobody named', ...electricity, 'source_id', 'HEARSAY', 'source', 'source_id'],
    ['a gas nobody knows', ...electricity, 'gases_not_covered', 'CH4 N20', 'gas', 'gases_not_covered'],
    [
      'a gas said to be missing that is there',
      ...electricity,
      'gases_not_covered',
      'CO2',
      'gas',
      'gases_not_covered',
    ],
    ['a stray space', ...electricity, 'name_en', ' Fujian', 'form', 'name_en'],
    ['an invisible character', ...electricity, 'name_en', 'Fu\u200bjian', 'form', 'name_en'],
    ['an oxidation in percent', ...fuel, 'oxidation', '98', 'form', 'oxidation'],
    [
      'a heating value in the wrong unit',
      ...fuel,
      'net_calorific_value_unit',
      'GJ',
      'unit',
      'net_calorific_value_unit',
    ],
    [
      'a factor that the properties do not lead to',
      ...fuel,
      'net_calorific_value',
      '42.652',
      'fuel-derivation',
      'factor_id',
    ],
    [
      'a derived factor that is not there',
      ...fuel,
      'factor_id',
      'cn-fuel-gone',
      'fuel-derivation',
      'factor_id',
    ],
    ['biogenic CO2 in the fossil column', ...wood, 'co2_kg', '1747.2', 'biogenic-in-fossil', 'co2_kg'],
    [
      'biomass known by its name',
      'cn-fuel',
      '2015',
      'factors.csv',
      'cn-fuel-set-a-coke',
      'name_en',
      'Wood chips combustion',
      'biogenic-in-fossil',
      'co2_kg',
    ],
    [
      'CO2 ten times too large',
      ...uk,
      'desnz-2025-1_101_1011_8',
      'co2_kg',
      '25.3763',
      'gas-sum',
      'stated_co2e_kg',
    ],
    [
      'a CH4 mass still in CO2e',
      ...uk,
      'desnz-2025-1_102_1025_15',
      'ch4_kg',
      '7.6384',
      'gas-sum',
      'stated_co2e_kg',
    ],
    [
      'an AR4 value under AR5',
      ...uk,
      'desnz-2025-3_200_2024_3',
      'stated_co2e_kg',
      '1430',
      'gas-sum',
      'stated_co2e_kg',
    ],
    [
      'an acknowledgement of nothing',
      ...uk,
      'desnz-2025-7_400_4000_5',
      'acknowledged',
      '{"gas-sum":"The parts are rounded."}',
      'form',
      'acknowledged',
    ],
    [
      'an acknowledgement of a unit',
      ...uk,
      'desnz-2025-7_400_4000_5',
      'acknowledged',
      '{"unit":"We like it so."}',
      'form',
      'acknowledged',
    ],
    [
      'a negative mass',
      ...uk,
      'desnz-2025-8_300_3004_4',
      'other_flows',
      '{"land-use-change":{"CO2":"-1"}}',
      'gas',
      'other_flows',
    ],
  ] as const)('%s', (_what, name, version, file, id, column, value, rule, faultColumn) => {
    const { faults, line } = faultsOf(name, version, file, id, column, value)
    const there = faults.filter((fault) => fault.row === line && fault.column === faultColumn)
    expect(
      there.map((fault) => fault.rule),
      faults.map(describeFault).join('\n'),
    ).toContain(rule)
    expect(there[0]?.file).toBe(file)
    expect(there[0]?.message.length).toBeGreaterThan(15)
  })

  test('a blank is no zero: a row that states nothing is refused', () => {
    const { faults } = faultsOf(...electricity, 'co2_kg', '')
    expect(faults.map((fault) => fault.rule)).toContain('basis')
  })

  test('a row cannot be surer than the copy it was read from', () => {
    const { faults } = faultsOf(
      'cn-fuel',
      '2015',
      'factors.csv',
      'cn-heat-default',
      'confirmation',
      'primary',
    )
    expect(faults.map((fault) => fault.rule)).toEqual(['source'])
  })
})

describe('a broken file', () => {
  const files = withFacts(filesOf('cn-fuel', '2015'), {})
  const rulesOf = (changed: Partial<TableFiles>): readonly Fault[] =>
    inspectTable({ ...files, ...changed }, gwpSets).faults

  test('that lacks a column says which', () => {
    const [fault] = rulesOf({ 'factors.csv': files['factors.csv'].replace('region,', '') })
    expect(fault).toMatchObject({ file: 'factors.csv', row: 1, column: 'region', rule: 'form' })
  })

  test('with an unclosed quote says where', () => {
    const [fault] = rulesOf({ 'factors.csv': `${files['factors.csv']}"open,` })
    expect(fault).toMatchObject({ file: 'factors.csv', rule: 'form' })
    expect(fault?.row).toBeGreaterThan(40)
  })

  test('with a row too short says which line', () => {
    const lines = files['factors.csv'].split('\n')
    lines[4] = 'cn-fuel-short,Short'
    const faults = rulesOf({ 'factors.csv': lines.join('\n') })
    expect(faults[0]).toMatchObject({ file: 'factors.csv', row: 5, rule: 'form' })
  })

  test('with broken JSON, or a member given twice, says on which line', () => {
    const faults = rulesOf({ 'table.json': '{\n "table": "cn-fuel",\n "table": "cn-fuel"\n}' })
    expect(faults).toContainEqual(expect.objectContaining({ file: 'table.json', row: 3, rule: 'form' }))
  })

  test('whose licence says nothing is refused by the member that is missing', () => {
    const faults = inspectTable(withFacts(files, { licence: { name: 'CC BY 4.0' } }), gwpSets).faults
    expect(faults.map((fault) => fault.column)).toEqual([
      '/licence/redistributable',
      '/licence/attribution',
      '/licence/note',
    ])
  })

  test('that promises other years than its rows have is refused', () => {
    const faults = inspectTable(withFacts(files, { years: { from: 2010, to: 2015 } }), gwpSets).faults
    expect(faults).toEqual([expect.objectContaining({ column: '/years', rule: 'year' })])
  })

  test('that was released with another digest is refused', () => {
    const faults = inspectTable(withFacts(files, { digest: `sha256:${'0'.repeat(64)}` }), gwpSets).faults
    expect(faults).toEqual([expect.objectContaining({ column: '/digest', rule: 'digest' })])
  })

  test('is refused whole, with every fault in the problem', () => {
    const once = withCell(files['factors.csv'], 'cn-heat-default', 'unit', 'stone')
    const twice = withCell(once.csv, 'cn-fuel-set-a-coke', 'region', 'XX')
    const fuels = withCell(files['fuels.csv'] ?? '', 'set-b-lpg', 'oxidation', '1.02')
    const broken = { ...files, 'factors.csv': twice.csv, 'fuels.csv': fuels.csv }
    try {
      parseTable(broken, gwpSets)
      expect.unreachable('a broken table was accepted')
    } catch (problem) {
      if (!isProblem(problem)) throw problem
      expect(problem.code).toBe('factor-table-invalid')
      const faults = problem.facts.faults as readonly Fault[]
      expect(new Set(faults.map((fault) => fault.rule))).toEqual(
        new Set(['unit', 'region', 'form', 'fuel-derivation']),
      )
    }
  })
})

describe('a broken GWP set', () => {
  const files = readGwpSet(join(root, 'gwp-sets', 'ipcc-ar6', '2021'))
  const unreleased = { ...files, 'set.json': files['set.json'].replace(/,\s*"digest": "[^"]*"/, '') }

  test('whose blend does not add up is refused', () => {
    const blends = files['blends.csv'].replace(
      '""HFC-32"":""0.5"",""HFC-125"":""0.5""',
      '""HFC-32"":""0.5"",""HFC-125"":""0.6""',
    )
    const { faults } = inspectGwpSet({ ...unreleased, 'blends.csv': blends })
    expect(faults).toEqual([
      expect.objectContaining({ file: 'blends.csv', column: 'composition', rule: 'blend' }),
    ])
  })

  test('whose alias leads nowhere is refused', () => {
    const set = unreleased['set.json'].replace('"R-290": "propane"', '"R-290": "propan"')
    const { faults } = inspectGwpSet({ ...unreleased, 'set.json': set })
    expect(faults).toEqual([
      expect.objectContaining({ file: 'set.json', column: '/aliases/R-290', rule: 'gas' }),
    ])
  })

  test('that names a gas twice is refused', () => {
    const [header, first, ...rest] = files['values.csv'].split('\n')
    const values = [header, first, first, ...rest].join('\n')
    const { faults } = inspectGwpSet({ ...unreleased, 'values.csv': values })
    expect(faults).toEqual([expect.objectContaining({ file: 'values.csv', row: 3, rule: 'duplicate-id' })])
  })

  test('whose values moved after release is refused', () => {
    const values = files['values.csv'].replace(',24300,', ',25200,')
    const digest = `sha256:${'1'.repeat(64)}`
    const set = JSON.stringify({ ...JSON.parse(unreleased['set.json']), digest })
    const { faults } = inspectGwpSet({ ...files, 'values.csv': values, 'set.json': set })
    expect(faults).toEqual([expect.objectContaining({ column: '/digest', rule: 'digest' })])
  })
})
