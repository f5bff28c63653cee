/**
 * Which factor weighs a line: the one it names, or the one a selector finds by written rules. The way taken is part of the
 * result, and nothing is ever chosen quietly: none left is a refusal that says what was searched, two left a refusal that
 * lists them. The order of a table's rows plays no part.
 *
 * A selector looks through the pinned tables in their order. In a table it keeps the rows of a family the category accepts
 * (and of the one factor category it selects, where it names one) whose unit the line's amount can be brought to; takes the
 * nearest region that has any (`CN-FJ`, then `CN`, then `GLOBAL`) with a year not after the activity and not further back
 * than the table allows; and of those the latest year.
 */

import { Problem } from '../problem.ts'
import { categoryRule, type FootprintKind } from './categories.ts'
import { inOrder, listed, nearest } from './names.ts'
import { type IndexedFactor, indexOf } from './table-index.ts'
import type {
  EmissionFactor,
  FactorChoice,
  FactorTable,
  FuelChoice,
  FuelProperties,
  ResolutionStep,
} from './types.ts'

/** The table name under which a client's own factors are known. */
export const ownTable = 'own'

/** Where factors are looked for: the pinned tables in their order, and the client's own. */
export interface Library {
  readonly tables: readonly FactorTable[]
  readonly own: readonly EmissionFactor[]
}

/** What a line needs of its factor. */
export interface Wanted {
  readonly kind: FootprintKind
  readonly category: string
  readonly region: string
  readonly year: number
  /** The dimensions the line's amount can be brought to. */
  readonly dimensions: readonly string[]
}

/** A row of some table, with the way that led to it. */
export interface Chosen<Row> {
  readonly row: Row
  readonly table: string
  readonly version: string
  readonly path: readonly ResolutionStep[]
}

/**
 * The factor of a line.
 * @throws Problem `unknown-factor-table`, `unknown-factor`, `ambiguous-factor`, or `line-ambiguous` for an id beside a selector.
 */
export function chooseFactor(choice: FactorChoice, wanted: Wanted, library: Library): Chosen<EmissionFactor> {
  if (choice.id === undefined) return selectFactor(choice, wanted, library)
  if (choice.region !== undefined || choice.year !== undefined) {
    throw new Problem(
      'line-ambiguous',
      'An id names one factor: leave out region and year, or leave out the id.',
    )
  }
  const own = mayBeOwn(choice) ? library.own : []
  const tables = choice.table === ownTable ? [] : tablesNamed(choice, library.tables)
  const found = [
    ...own
      .filter((row) => row.id === choice.id)
      .map((row) => explicit('own', { table: ownTable, version: ownTable }, row)),
    ...tables.flatMap((table) => rowOf(table, indexOf(table).factors.get(choice.id as string))),
  ]
  const ids = () => [
    ...own.map((row) => row.id),
    ...tables.flatMap((table) => [...indexOf(table).factors.keys()]),
  ]
  return soleChosen(found, choice.id, 'unknown-factor', ids)
}

/** Own factors have no versions, and answer where no table or their own is named. */
function mayBeOwn({ table, version }: FactorChoice): boolean {
  return table === ownTable || (table === undefined && version === undefined)
}

/**
 * The fuel whose default properties a line takes; by id only.
 * @throws Problem `unknown-factor-table`, `unknown-fuel`, `ambiguous-factor`.
 */
export function chooseFuel(choice: FuelChoice & { id: string }, library: Library): Chosen<FuelProperties> {
  const tables = tablesNamed(choice, library.tables)
  const found = tables.flatMap((table) => rowOf(table, indexOf(table).fuels.get(choice.id)))
  return soleChosen(found, choice.id, 'unknown-fuel', () =>
    tables.flatMap((table) => [...indexOf(table).fuels.keys()]),
  )
}

function rowOf<Row extends { id: string }>(table: FactorTable, row: Row | undefined): Chosen<Row>[] {
  return row ? [explicit('explicit', table, row)] : []
}

function explicit<Row extends { id: string }>(
  step: 'explicit' | 'own',
  { table, version }: Pick<FactorTable, 'table' | 'version'>,
  row: Row,
): Chosen<Row> {
  return { row, table, version, path: [{ step, asked: row.id, took: `${table}@${version}#${row.id}` }] }
}

function soleChosen<Row extends { id: string; name: EmissionFactor['name'] }>(
  found: readonly Chosen<Row>[],
  id: string,
  unknown: 'unknown-factor' | 'unknown-fuel',
  ids: () => readonly string[],
): Chosen<Row> {
  const [first, ...others] = found
  if (!first) throw unknownId(id, unknown, ids())
  if (others.length > 0) throw ambiguous(found.map((chosen) => candidateOf(chosen)))
  return first
}

function unknownId(id: string, code: 'unknown-factor' | 'unknown-fuel', ids: readonly string[]): Problem {
  const candidates = nearest(id, ids)
  const hint = candidates.length > 0 ? ` Near it: ${candidates.join(', ')}.` : ''
  const detail = `No ${code === 'unknown-fuel' ? 'fuel' : 'factor'} of the pinned tables has the id "${id.slice(0, 128)}".${hint}`
  return new Problem(code, detail, { id: id.slice(0, 128), candidates })
}

/** The pinned tables that a choice allows. */
function tablesNamed(
  choice: FactorChoice | FuelChoice,
  tables: readonly FactorTable[],
): readonly FactorTable[] {
  const named = tables.filter(
    ({ table, version }) =>
      (choice.table === undefined || table === choice.table) &&
      (choice.version === undefined || version === choice.version),
  )
  if (named.length > 0 || (choice.table === undefined && choice.version === undefined)) return named
  const pinned = tables.map(({ table, version }) => `${table}@${version}`)
  const asked = `${choice.table ?? 'any table'}@${choice.version ?? 'any version'}`.slice(0, 128)
  const detail = `The line asks for ${asked}, which this calculation does not pin; pin it under factorTables or name a pinned one.`
  throw new Problem('unknown-factor-table', detail, { asked, pinned })
}

function selectFactor(choice: FactorChoice, wanted: Wanted, library: Library): Chosen<EmissionFactor> {
  const search = { ...wanted, region: choice.region ?? wanted.region, year: choice.year ?? wanted.year }
  if (!Number.isInteger(search.year))
    throw new Problem('invalid-number', 'The year of a selector is a whole number.')
  const tables = tablesNamed(choice, library.tables)
  for (const table of tables) {
    const found = selectIn(table, search)
    if (!found) continue
    const tableStep: ResolutionStep = {
      step: 'table',
      asked: tables.map(pinText).join(', '),
      took: pinText(table),
    }
    return { ...found, path: [tableStep, ...found.path] }
  }
  throw nothingSelected(search, tables)
}

/** The rows of one table that a selector leaves; undefined where it leaves none. */
function selectIn(table: FactorTable, search: Wanted): Chosen<EmissionFactor> | undefined {
  for (const region of regionChain(search.region)) {
    const rows = fittingRows(table, region, search)
    const year = rows.reduce((latest, { row }) => Math.max(latest, row.year), Number.NEGATIVE_INFINITY)
    const [first, ...others] = rows.filter(({ row }) => row.year === year).map(({ row }) => row)
    if (!first) continue
    const chosen = {
      row: first,
      table: table.table,
      version: table.version,
      path: fallbackSteps(search, region, year),
    }
    if (others.length > 0) throw ambiguous([first, ...others].map((row) => candidateOf({ ...chosen, row })))
    return chosen
  }
  return undefined
}

function fittingRows(table: FactorTable, region: string, search: Wanted): readonly IndexedFactor[] {
  const { families, selects } = categoryRule(search.kind, search.category)
  const earliest = search.year - table.yearFallbackLimit
  return families.flatMap((family) =>
    indexOf(table)
      .place(family, region)
      .filter(({ row }) => selects === undefined || row.category === selects)
      .filter(({ row }) => row.year <= search.year && row.year >= earliest)
      .filter(({ dimension }) => dimension !== null && search.dimensions.includes(dimension)),
  )
}

function fallbackSteps(search: Wanted, region: string, year: number): readonly ResolutionStep[] {
  return [
    { step: 'region', asked: search.region, took: region },
    { step: 'year', asked: String(search.year), took: String(year) },
  ]
}

/** No region code has more parts: `US-x-AKGD` has three. */
const mostParts = 4

/** `CN-FJ` → `CN` → `GLOBAL`: each place, then what it lies in. */
export function regionChain(region: string): readonly string[] {
  const parts = region.split('-', mostParts)
  const chain = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
  return chain.at(-1) === 'GLOBAL' ? chain : [...chain, 'GLOBAL']
}

function pinText({ table, version }: Pick<FactorTable, 'table' | 'version'>): string {
  return `${table}@${version}`
}

interface Candidate {
  readonly table: string
  readonly version: string
  readonly id: string
  readonly name: string
}

function candidateOf({
  table,
  version,
  row,
}: Chosen<{ id: string; name: EmissionFactor['name'] }>): Candidate {
  return { table, version, id: row.id, name: row.name.en }
}

function ambiguous(candidates: readonly Candidate[]): Problem {
  const sorted = [...candidates].sort(
    (a, b) => inOrder(a.table, b.table) || inOrder(a.version, b.version) || inOrder(a.id, b.id),
  )
  const shown = sorted.slice(0, 20)
  const detail = `${candidates.length} match: ${listed(shown.slice(0, 5).map((c) => `${pinText(c)}#${c.id}`))}${shown.length > 5 ? ' …' : ''}; name one by table, version and id.`
  return new Problem('ambiguous-factor', detail, { count: candidates.length, candidates: shown })
}

function nothingSelected(search: Wanted, tables: readonly FactorTable[]): Problem {
  const { category, year, dimensions } = search
  const { families, selects } = categoryRule(search.kind, category)
  const regions = regionChain(search.region)
  const searched = tables.map(
    (table) => `${pinText(table)} (years ${year - table.yearFallbackLimit} to ${year})`,
  )
  const where = searched.length > 0 ? listed(searched) : 'no table, since none is pinned'
  const what = `${families.join(' or ')}${selects ? ` under "${selects}"` : ''} per ${dimensions.join(' or ')}`
  const detail = `No factor of family ${what} in ${regions.join(', ')}; searched ${where}. Pin a table that has one or name a factor by id.`
  return new Problem('unknown-factor', detail, {
    category,
    families,
    selects: selects ?? null,
    regions,
    year,
    dimensions,
    tables: tables.map(pinText),
    candidates: tables.flatMap((table) => sameKind(table, families)).slice(0, 10),
  })
}

/** Rows of the families in question, whatever their region, year and unit. */
function sameKind(table: FactorTable, families: readonly string[]): readonly object[] {
  const rows = [...indexOf(table).factors.values()].filter((row) => families.includes(row.family))
  return rows.slice(0, 10).map(({ id, region, year, unit }) => ({
    table: table.table,
    version: table.version,
    id,
    region,
    year,
    unit,
  }))
}
