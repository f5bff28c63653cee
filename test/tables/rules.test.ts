/** A deliberately broken copy of a real table for every rule at the door: exactly the expected faults, by file, row and column. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { checkFactors } from '../../scripts/factors-check.ts'
import { readGwpSet } from '../../src/factors/files.ts'
import { isProblem } from '../../src/problem.ts'
import { type Fault, type GwpSetFiles, type Rule, rules, type TableFiles } from '../../src/tables/format.ts'
import {
  describeFault,
  faultsListed,
  inspectGwpSet,
  inspectTable,
  parseTable,
} from '../../src/tables/parse.ts'
import { chainFaults } from '../../src/tables/succession.ts'
import { filesOf, gwpSets, root } from '../factors/bundled.ts'

type CsvName = 'factors.csv' | 'fuels.csv'

/** A cell to change: of the row with this id, in this column. */
type Cell = readonly [id: string, column: string, value: string]

/** A copy of a CSV with some cells changed; the lines of their rows come back with it. */
function withCells(csv: string, cells: readonly Cell[]): { csv: string; lines: readonly number[] } {
  const rows = parse(csv) as string[][]
  const lines = cells.map(([id, column, value]) => {
    const at = rows.findIndex((row) => row[0] === id)
    const cell = rows[0]!.indexOf(column)
    if (at === -1 || cell === -1) throw new Error(`no ${id} or ${column} to break`)
    rows[at]![cell] = value
    return at + 1
  })
  return { csv: rows.map((row) => row.map(quoted).join(',')).join('\n'), lines }
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}

/** A table's files with members of `table.json` changed, and without the digest, which moves with every change. */
function withFacts(files: TableFiles, change: Record<string, unknown>): TableFiles {
  const facts = JSON.parse(files['table.json']) as Record<string, unknown>
  return { ...files, 'table.json': JSON.stringify({ ...facts, digest: undefined, ...change }) }
}

function unreleased(name: string, version: string): TableFiles {
  return withFacts(filesOf(name, version), {})
}

function unreleasedGwpSet(): GwpSetFiles {
  const files = readGwpSet(join(root, 'gwp-sets', 'ipcc-ar6', '2021'))
  return { ...files, 'set.json': files['set.json'].replace(/,\s*"digest": "[^"]*"/, '') }
}

/** A fault's line without its words: `file:row column [rule]`. */
function placeOf(line: string): string {
  return line.slice(0, line.indexOf(']') + 1)
}

/** A broken copy: what is wrong with it, the rule that must stop it, what is found and what should be. */
interface BrokenCopy {
  readonly what: string
  readonly rule: Rule
  readonly found: () => { readonly lines: readonly string[]; readonly expected: readonly string[] }
}

const electricity = ['cn-electricity-co2', '2023', 'factors.csv', 'cn-grid-co2-2023-fj'] as const
const uk = ['uk-desnz', '2025', 'factors.csv'] as const
const fuel = ['cn-fuel', '2015', 'fuels.csv', 'set-a-diesel'] as const
const wood = ['ipcc-2006-stationary', '2006', 'factors.csv', 'ipcc2006-stationary-wood-t'] as const

/** One cell of a bundled table is wrong, and exactly one fault is found, in the column given or that of the cell. */
function cell(
  what: string,
  [name, version, file, id]: readonly [string, string, CsvName, string],
  column: string,
  value: string,
  rule: Rule,
  faultColumn: string = column,
): BrokenCopy {
  return cells(what, [name, version, file], [[id, column, value]], rule, faultColumn)
}

/** Several cells are wrong together; one fault is found, in the row of the first. */
function cells(
  what: string,
  [name, version, file]: readonly [string, string, CsvName],
  changed: readonly Cell[],
  rule: Rule,
  faultColumn: string,
): BrokenCopy {
  return {
    what,
    rule,
    found: () => {
      const files = unreleased(name, version)
      const broken = withCells(files[file] ?? '', changed)
      const { faults } = inspectTable({ ...files, [file]: broken.csv }, gwpSets)
      return {
        lines: faults.map(describeFault),
        expected: [`${file}:${broken.lines[0]} ${faultColumn} [${rule}]`],
      }
    },
  }
}

/** A member of `table.json` is wrong. */
function member(
  what: string,
  change: Record<string, unknown>,
  rule: Rule,
  pointer: string,
  name: readonly [string, string] = ['cn-fuel', '2015'],
): BrokenCopy {
  return {
    what,
    rule,
    found: () => {
      const { faults } = inspectTable(withFacts(filesOf(...name), change), gwpSets)
      return { lines: faults.map(describeFault), expected: [`table.json ${pointer} [${rule}]`] }
    },
  }
}

const { licence: fuelLicence, sources: fuelSources } = JSON.parse(
  filesOf('cn-fuel', '2015')['table.json'],
) as {
  licence: Record<string, unknown>
  sources: readonly Record<string, unknown>[]
}

function licence(what: string, change: Record<string, unknown>, pointer: string): BrokenCopy {
  return member(what, { licence: { ...fuelLicence, ...change } }, 'licence', pointer)
}

const flight = 'desnz-2025-21_316_3160_11'
const landfill = 'desnz-2025-20_500_5173_15'

const brokenCopies: readonly BrokenCopy[] = [
  cell('a number with a comma', electricity, 'co2_kg', '0,4211', 'form'),
  cell('a number that a double would read as zero', electricity, 'co2_kg', '1e-400', 'form'),
  cell(
    'a number longer than any calculation reads',
    electricity,
    'co2_kg',
    `0.4211${'0'.repeat(60)}`,
    'form',
  ),
  cell('a number that overflows when it is weighed', electricity, 'ch4_kg', '1e308', 'form'),
  cell(
    'a mass of another gas that overflows when it is weighed',
    electricity,
    'other_flows',
    '{"fossil":{"SF6":"1e308"}}',
    'form',
  ),
  cell('a flag left open', electricity, 'includes_transmission', '', 'form'),
  cell('a stray space', electricity, 'name_en', ' Fujian', 'form'),
  cell('an invisible character', electricity, 'name_en', 'Fu\u200bjian', 'form'),
  cell('a mark that turns the direction of writing', electricity, 'name_en', 'Fu\u202eijan', 'form'),
  cell('a character that no font shows', electricity, 'name_en', 'Fujian\u{e0041}', 'form'),
  cell('a break between lines of another kind', electricity, 'name_en', 'Fu\u2028jian', 'form'),
  cell('a heating value below zero', fuel, 'net_calorific_value', '-42.652', 'form'),
  cell('a carbon content of nothing', fuel, 'carbon_content', '0', 'form'),
  member('a rounding so wide that any sum passes', { rounding: '1000' }, 'form', '/rounding'),
  member('a rounding of nothing', { rounding: '0' }, 'form', '/rounding'),
  cell('a letter under a pile of marks', electricity, 'name_en', `Fujian x${'\u0315'.repeat(31)}`, 'form'),
  cell('an oxidation in percent', fuel, 'oxidation', '98', 'form'),
  cell(
    'an acknowledgement of nothing',
    [...uk, 'desnz-2025-7_400_4000_5'],
    'acknowledged',
    '{"gas-sum":"The parts are rounded."}',
    'form',
  ),
  cell(
    'an acknowledgement of a unit',
    [...uk, 'desnz-2025-7_400_4000_5'],
    'acknowledged',
    '{"unit":"We like it so."}',
    'form',
  ),
  cell(
    'an uncertainty whose bounds do not enclose the value',
    wood,
    'uncertainty',
    '{"of":"CH4","lowPercent":"10","highPercent":"20","confidencePercent":"95","confirmation":"secondary"}',
    'form',
  ),
  member(
    'a licence without attribution',
    { licence: { ...fuelLicence, attribution: '' } },
    'form',
    '/licence/attribution',
  ),

  cell('an id that stands twice', electricity, 'id', 'cn-grid-co2-2023-ah', 'duplicate-id'),

  cell('a unit nobody knows', electricity, 'unit', 'kilowatts', 'unit'),
  cell('a unit in another spelling', electricity, 'unit', '度', 'unit'),
  cell('a unit of another dimension', electricity, 'unit', 't', 'unit'),
  cell('a heating value in the wrong unit', fuel, 'net_calorific_value_unit', 'GJ', 'unit'),

  cell('a missing family', electricity, 'family', '', 'family'),
  cell('a family that the category does not hold', electricity, 'family', 'heat', 'family'),
  cell('a category nobody knows', electricity, 'category', 'power', 'category'),

  cell('a province that does not exist', electricity, 'region', 'CN-FU', 'region'),
  cell('a country that does not exist', electricity, 'region', 'UK', 'region'),

  cell('a year that is none', electricity, 'year', '23', 'year'),
  member('other years than its rows have', { years: { from: 2010, to: 2015 } }, 'year', '/years'),

  cell('a gas nobody knows', electricity, 'gases_not_covered', 'CH4 N20', 'gas'),
  cell('a gas said to be missing that is there', electricity, 'gases_not_covered', 'CO2', 'gas'),
  cells(
    'methane said to be missing that is there under its other name',
    ['cn-electricity-co2', '2023', 'factors.csv'],
    [['cn-grid-co2-2023-fj', 'other_flows', '{"fossil":{"CH4-fossil-fugitive":"0.0001"}}']],
    'gas',
    'gases_not_covered',
  ),
  cell('a negative mass', electricity, 'other_flows', '{"land-use-change":{"CO2":"-1"}}', 'gas'),
  cell('an air pollutant nobody knows', electricity, 'other_flows', '{"pollutant":{"NOX":"0.0002"}}', 'gas'),
  cell(
    'a greenhouse gas among the pollutants',
    electricity,
    'other_flows',
    '{"pollutant":{"CH4":"0.0002"}}',
    'gas',
  ),
  cell('a CO2e among the pollutants', electricity, 'other_flows', '{"pollutant":{"CO2e":"0.0002"}}', 'gas'),
  cell('a pollutant among the gases', electricity, 'other_flows', '{"fossil":{"NOx":"0.0002"}}', 'gas'),
  cells(
    'a row of pollutants that names some gases as missing, as if it covered the others',
    ['cn-electricity-co2', '2023', 'factors.csv'],
    [
      ['cn-grid-co2-2023-fj', 'co2_kg', ''],
      ['cn-grid-co2-2023-fj', 'other_flows', '{"pollutant":{"NOx":"0.0002"}}'],
    ],
    'gas',
    'gases_not_covered',
  ),
  cell(
    'an uncertainty of a gas that the row does not state',
    electricity,
    'uncertainty',
    '{"of":"SF6","lowPercent":"-10","highPercent":"20","confidencePercent":"95","confirmation":"secondary"}',
    'gas',
  ),

  cell('a basis nobody knows', electricity, 'gwp_basis', 'AR7', 'basis'),
  cell('a stated CO2e without a basis', electricity, 'stated_co2e_kg', '0.43', 'basis', 'gwp_basis'),
  cell('a row that states nothing: a blank is no zero', electricity, 'co2_kg', '', 'basis', 'stated_co2e_kg'),
  cell('gas masses on a basis that is not stated', electricity, 'gwp_basis', 'not-stated', 'basis'),
  cells(
    'a total on a basis nobody stated, beside gas masses',
    ['cn-electricity-co2', '2023', 'factors.csv'],
    [
      ['cn-grid-co2-2023-fj', 'gwp_basis', 'not-stated'],
      ['cn-grid-co2-2023-fj', 'stated_co2e_kg', '0.43'],
      ['cn-grid-co2-2023-fj', 'other_flows', '{"fossil":{"CO2e":"0.0089"}}'],
    ],
    'basis',
    'gwp_basis',
  ),
  cells(
    'a CO2e of the rest under gas masses',
    ['cn-electricity-co2', '2023', 'factors.csv'],
    [['cn-grid-co2-2023-fj', 'other_flows', '{"fossil":{"CO2e":"0.0089"}}']],
    'basis',
    'gwp_basis',
  ),
  cells(
    'a row of pollutants only that claims a GWP basis',
    ['cn-electricity-co2', '2023', 'factors.csv'],
    [
      ['cn-grid-co2-2023-fj', 'co2_kg', ''],
      ['cn-grid-co2-2023-fj', 'gases_not_covered', ''],
      ['cn-grid-co2-2023-fj', 'gwp_basis', 'AR5'],
      ['cn-grid-co2-2023-fj', 'other_flows', '{"pollutant":{"NOx":"0.0002"}}'],
    ],
    'basis',
    'gwp_basis',
  ),

  cell('a source nobody named', electricity, 'source_id', 'HEARSAY', 'source'),
  cell(
    'a row surer than the copy it was read from',
    ['cn-fuel', '2015', 'factors.csv', 'cn-heat-default'],
    'confirmation',
    'primary',
    'source',
  ),

  licence('no terms that anyone knows', { name: 'House licence' }, '/licence/terms'),
  licence('terms against what the licence is known to be', { terms: 'attribution' }, '/licence/terms'),
  licence('share-alike called attribution', { name: 'CC BY-SA 4.0', terms: 'attribution' }, '/licence/terms'),
  licence(
    'passing on what asks for share-alike',
    { name: 'CC BY-SA 4.0', terms: 'share-alike' },
    '/licence/redistributable',
  ),
  licence('passing on what is unclear', { name: 'Not told', terms: 'unclear' }, '/licence/redistributable'),
  licence('passing on what is private', { name: 'Own data', terms: 'private' }, '/licence/redistributable'),
  member(
    'a source that asks for share-alike in a table that is passed on',
    { sources: [{ ...fuelSources[0], licence: 'CC BY-SA 4.0' }, ...fuelSources.slice(1)] },
    'licence',
    '/sources/0/licence',
  ),

  cell(
    'CO2 a tenth too large',
    [...uk, 'desnz-2025-1_101_1011_8'],
    'co2_kg',
    '2.791393',
    'gas-sum',
    'stated_co2e_kg',
  ),
  cell(
    'a CH4 mass still in CO2e',
    [...uk, 'desnz-2025-1_102_1025_15'],
    'ch4_kg',
    '7.6384',
    'gas-sum',
    'stated_co2e_kg',
  ),
  cell('an AR4 value under AR5', [...uk, 'desnz-2025-3_200_2024_3'], 'stated_co2e_kg', '1430', 'gas-sum'),
  cell('a CO2e flow that is not the stated one', [...uk, flight], 'stated_co2e_kg', '0.23928', 'gas-sum'),

  cell(
    'a factor that the properties do not lead to',
    fuel,
    'net_calorific_value',
    '42.652',
    'fuel-derivation',
    'factor_id',
  ),
  cell('a derived factor that is not there', fuel, 'factor_id', 'cn-fuel-gone', 'fuel-derivation'),

  cell('biogenic CO2 in the fossil column', wood, 'co2_kg', '174.72', 'biogenic-in-fossil'),
  cell(
    'biomass known by its name',
    ['cn-fuel', '2015', 'factors.csv', 'cn-fuel-set-a-coke'],
    'name_en',
    'Wood chips combustion',
    'biogenic-in-fossil',
    'co2_kg',
  ),
  cell(
    'biomass known by its Chinese name',
    ['cn-fuel', '2015', 'factors.csv', 'cn-fuel-set-a-coke'],
    'name_zh',
    '生物质成型燃料',
    'biogenic-in-fossil',
    'co2_kg',
  ),

  cell('grams for kilograms', electricity, 'co2_kg', '421.1', 'plausibility'),
  cell('tonnes for kilograms', electricity, 'co2_kg', '0.0004211', 'plausibility'),
  cell(
    'biogenic CO2 in grams',
    [...uk, 'desnz-2025-99_604_1011_8'],
    'co2_biogenic_kg',
    '140',
    'plausibility',
  ),
  // A cubic metre of gas among litres of liquefied gas: inside the band, 5,000 × below the median.
  cell(
    'a row far off its neighbours in a category of many things',
    [...uk, 'desnz-2025-11_100_1004_1'],
    'stated_co2e_kg',
    '0.03366',
    'plausibility',
  ),
  cell('a landfill row in grams', [...uk, landfill], 'stated_co2e_kg', '12633.8', 'plausibility'),
  cells(
    'a pollutant far off its neighbours',
    ['cn-electricity-co2', '2023', 'factors.csv'],
    [
      ['cn-grid-co2-2023-fj', 'other_flows', '{"pollutant":{"NOx":"0.2"}}'],
      ['cn-grid-co2-2023-ah', 'other_flows', '{"pollutant":{"NOx":"0.0002"}}'],
      ['cn-grid-co2-2023-zj', 'other_flows', '{"pollutant":{"NOx":"0.00015"}}'],
    ],
    'plausibility',
    'other_flows',
  ),

  {
    what: 'a blend that does not add up',
    rule: 'blend',
    found: () => {
      const files = unreleasedGwpSet()
      const whole = '""HFC-32"":""0.5"",""HFC-125"":""0.5""'
      const row = files['blends.csv'].split('\n').findIndex((line) => line.includes(whole)) + 1
      const blends = files['blends.csv'].replace(whole, '""HFC-32"":""0.5"",""HFC-125"":""0.6""')
      const { faults } = inspectGwpSet({ ...files, 'blends.csv': blends })
      return { lines: faults.map(describeFault), expected: [`blends.csv:${row} composition [blend]`] }
    },
  },
  member(
    'content that is not what was released',
    { digest: `sha256:${'0'.repeat(64)}` },
    'digest',
    '/digest',
  ),
  {
    what: 'a version that supersedes one which is not there',
    rule: 'succession',
    found: () => {
      const version = { table: 'cn-fuel', version: '2016', supersedes: '2014', supersededBy: null }
      const stands = { table: 'cn-fuel', version: '2015', supersedes: null, supersededBy: null }
      const faults = [...chainFaults([version, stands]).values()].flat()
      return { lines: faults.map(describeFault), expected: ['table.json /supersedes [succession]'] }
    },
  },
  {
    what: 'a version that the list of releases does not know',
    rule: 'released',
    found: () => {
      const copy = mkdtempSync(join(tmpdir(), 'egret-rules-'))
      for (const name of ['gwp-sets', 'cn-fuel'])
        cpSync(join(root, name), join(copy, name), { recursive: true })
      const lines = JSON.parse(readFileSync(join(root, 'released.json'), 'utf8')) as readonly {
        kind: string
      }[]
      writeFileSync(
        join(copy, 'released.json'),
        JSON.stringify(lines.filter(({ kind }) => kind === 'gwp-set')),
      )
      const found = checkFactors(copy).lines
      rmSync(copy, { recursive: true })
      return { lines: found, expected: ['cn-fuel/2015: [released]'] }
    },
  },
]

describe('a hostile file costs no more than it says', () => {
  const files = unreleased('cn-electricity-co2', '2023')
  const faultCountOf = (csv: string) => inspectTable({ ...files, 'factors.csv': csv }, gwpSets).faultCount

  test('lone carriage returns end no records, of which millions would fill the memory', () => {
    const [header = ''] = files['factors.csv'].split(/\r?\n/)
    // The last column is missing, and another is there that nobody knows.
    expect(faultCountOf(`${header}${'\r'.repeat(1000)}`)).toBe(2)
  })

  test('of a cell that is too long only the beginning is read on', () => {
    const gases = Array(15_000).fill('a').join(' ')
    const { csv } = withCells(files['factors.csv'], [['cn-grid-co2-2023-fj', 'gases_not_covered', gases]])
    // One for its length; 4,000 characters hold 2,000 words, of which none is a gas, and perhaps what a cut leaves.
    expect(faultCountOf(csv)).toBeLessThanOrEqual(2002)
  })
})

describe('a broken copy of a real table is stopped by exactly one fault at its place', () => {
  test.each(brokenCopies.map((copy) => [copy.rule, copy.what, copy] as const))(
    '%s: %s',
    (_rule, _what, { found }) => {
      const { lines, expected } = found()
      expect(lines.map(placeOf), lines.join('\n')).toEqual(expected)
      for (const line of lines) expect(line.slice(placeOf(line).length).length).toBeGreaterThan(15)
    },
  )

  test.each(Object.keys(rules))('the rule %s has such a copy', (rule) => {
    expect(brokenCopies.filter((copy) => copy.rule === rule)).not.toEqual([])
  })
})

describe('what looks wrong and is right', () => {
  const files = unreleased('cn-electricity-co2', '2023')
  const faultsWith = (changed: readonly (readonly [column: string, value: string])[]) => {
    const id = 'cn-grid-co2-2023-fj'
    const { csv } = withCells(
      files['factors.csv'],
      changed.map(([column, value]) => [id, column, value]),
    )
    return inspectTable({ ...files, 'factors.csv': csv }, gwpSets).faults
  }

  test('a row 1000 × off stands when the file says why', () => {
    const reason = '{"plausibility":"A diesel set in a hut without a grid, as the source describes it."}'
    expect(
      faultsWith([
        ['co2_kg', '421.1'],
        ['acknowledged', reason],
      ]),
    ).toEqual([])
  })

  test('a zero is a true zero, and no neighbour of anything', () => {
    expect(faultsWith([['co2_kg', '0']])).toEqual([])
  })

  test('pollutants stand beside gases, and are part of no sum', () => {
    const pollutants = '{"pollutant":{"NOx":"0.0002","SO2":"0.0001","PM2.5":"0.00001"}}'
    expect(faultsWith([['other_flows', pollutants]])).toEqual([])
    expect(
      faultsWith([
        ['other_flows', pollutants],
        ['stated_co2e_kg', '0.4211'],
        ['gwp_basis', 'AR5'],
      ]),
    ).toEqual([])
  })

  test.each([[''], ['CO2 CH4 N2O']])(
    'a row of pollutants only covers no gas, said ("%s") or not',
    (notCovered) => {
      expect(
        faultsWith([
          ['co2_kg', ''],
          ['other_flows', '{"pollutant":{"NOx":"0.0002"}}'],
          ['gases_not_covered', notCovered],
        ]),
      ).toEqual([])
    },
  )

  test('a stated CO2e without gases is a flow, with pollutants beside it', () => {
    const { csv } = withCells(files['factors.csv'], [
      ['cn-grid-co2-2023-fj', 'co2_kg', ''],
      ['cn-grid-co2-2023-fj', 'stated_co2e_kg', '0.43'],
      ['cn-grid-co2-2023-fj', 'gwp_basis', 'AR5'],
      ['cn-grid-co2-2023-fj', 'gases_not_covered', ''],
      ['cn-grid-co2-2023-fj', 'other_flows', '{"pollutant":{"NOx":"0.0002"}}'],
    ])
    const { published, faults } = inspectTable({ ...files, 'factors.csv': csv }, gwpSets)
    expect(faults).toEqual([])
    expect(published?.table.factors.find(({ id }) => id === 'cn-grid-co2-2023-fj')?.flows).toEqual([
      { kind: 'fossil', gas: 'CO2e', kg: '0.43' },
      { kind: 'pollutant', gas: 'NOx', kg: '0.0002' },
    ])
  })

  // As the US import factors: CO2, CH4, N2O and SF6 as masses, "unspecified HFC and PFC" as a CO2e on a basis nobody states.
  test('gas masses beside a CO2e of the rest, on a basis nobody stated', () => {
    expect(
      faultsWith([
        ['ch4_kg', '0.0043'],
        ['n2o_kg', '0.0013'],
        ['other_flows', '{"fossil":{"SF6":"0.00000017","CO2e":"0.011"}}'],
        ['gwp_basis', 'not-stated'],
        ['gases_not_covered', ''],
      ]),
    ).toEqual([])
  })

  test('terms that a new version states and its licence bears out', () => {
    const stated = withFacts(filesOf('cn-fuel', '2015'), {
      licence: { ...fuelLicence, name: 'CC BY 4.0', terms: 'attribution' },
    })
    expect(inspectTable(stated, gwpSets).faults).toEqual([])
    const kept = withFacts(filesOf('cn-fuel', '2015'), {
      licence: { ...fuelLicence, name: 'CC BY-SA 4.0', terms: 'share-alike', redistributable: false },
    })
    expect(inspectTable(kept, gwpSets).faults).toEqual([])
  })
})

describe('a broken file', () => {
  const files = unreleased('cn-fuel', '2015')
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

  test('whose facts cannot be read still names the faults of its rows, and no acknowledgement as stale', () => {
    const uk = filesOf('uk-desnz', '2025')
    const { csv, lines } = withCells(uk['factors.csv'], [['desnz-2025-7_400_4000_5', 'unit', 'stone']])
    const { faults, published } = inspectTable({ 'table.json': '{', 'factors.csv': csv }, gwpSets)
    expect(published).toBeNull()
    expect(faults.map(({ file, row, rule }) => [file, row, rule])).toEqual([
      ['table.json', 1, 'form'],
      ['factors.csv', lines[0], 'unit'],
    ])
  })

  test('in the wrong unit as a whole falls out row by row, however small it is', () => {
    const table = unreleased('cn-electricity-life-cycle', '2024')
    const [header, ...rows] = parse(table['factors.csv']) as string[][]
    const value = header!.indexOf('stated_co2e_kg')
    const inGrams = rows.map((row) => row.with(value, String(Number(row[value]) * 1000)))
    const csv = [header!, ...inGrams].map((row) => row.map(quoted).join(',')).join('\n')
    const { faults } = inspectTable({ ...table, 'factors.csv': csv }, gwpSets)
    expect(faults.map(({ row, rule }) => [row, rule])).toEqual(rows.map((_, at) => [at + 2, 'plausibility']))
  })

  test('with a fault in every row is refused with their count and the first of them', () => {
    const uk = unreleased('uk-desnz', '2025')
    const csv = uk['factors.csv'].replaceAll(',GB,2025,', ',UK,2025,')
    const wrong = uk['factors.csv'].split(',GB,2025,').length - 1
    const { faults } = inspectTable({ ...uk, 'factors.csv': csv }, gwpSets)
    expect(faults).toHaveLength(wrong)
    expect(wrong).toBeGreaterThan(2000)
    try {
      parseTable({ ...uk, 'factors.csv': csv }, gwpSets)
      expect.unreachable('a broken table was accepted')
    } catch (problem) {
      if (!isProblem(problem)) throw problem
      expect(problem.facts).toMatchObject({ faultCount: wrong, faults: faults.slice(0, faultsListed) })
    }
  })

  test('is refused whole, with every fault in the problem', () => {
    const factors = withCells(files['factors.csv'], [
      ['cn-heat-default', 'unit', 'stone'],
      ['cn-fuel-set-a-coke', 'region', 'XX'],
    ])
    const fuels = withCells(files['fuels.csv'] ?? '', [['set-b-lpg', 'oxidation', '1.02']])
    const broken = { ...files, 'factors.csv': factors.csv, 'fuels.csv': fuels.csv }
    try {
      parseTable(broken, gwpSets)
      expect.unreachable('a broken table was accepted')
    } catch (problem) {
      if (!isProblem(problem)) throw problem
      expect(problem.code).toBe('factor-table-invalid')
      const faults = problem.facts.faults as readonly Fault[]
      expect(new Set(faults.map((fault) => fault.rule))).toEqual(new Set(['unit', 'region', 'form']))
    }
  })
})

describe('a broken GWP set', () => {
  const files = unreleasedGwpSet()

  test('whose alias leads nowhere is refused', () => {
    const set = files['set.json'].replace('"R-290": "propane"', '"R-290": "propan"')
    const { faults } = inspectGwpSet({ ...files, 'set.json': set })
    expect(faults).toEqual([
      expect.objectContaining({ file: 'set.json', column: '/aliases/R-290', rule: 'gas' }),
    ])
  })

  test('that names a gas twice is refused', () => {
    const [header, first, ...rest] = files['values.csv'].split('\n')
    const values = [header, first, first, ...rest].join('\n')
    const { faults } = inspectGwpSet({ ...files, 'values.csv': values })
    expect(faults).toEqual([expect.objectContaining({ file: 'values.csv', row: 3, rule: 'duplicate-id' })])
  })

  test('whose values moved after release is refused', () => {
    const values = files['values.csv'].replace(',24300,', ',25200,')
    const digest = `sha256:${'1'.repeat(64)}`
    const set = JSON.stringify({ ...JSON.parse(files['set.json']), digest })
    const { faults } = inspectGwpSet({ ...files, 'values.csv': values, 'set.json': set })
    expect(faults).toEqual([expect.objectContaining({ column: '/digest', rule: 'digest' })])
  })
})
