/**
 * Which factor weighs a line: the one it names, or the one a selector finds by written rules. The way taken is part of the
 * result, and nothing is ever chosen quietly: none left is a refusal that says what was searched, two left a refusal that
 * lists them. The order of a table's rows plays no part.
 *
 * A selector looks through the pinned tables in their order. In a table it keeps the rows
 *
 * 1. of the family it names, else of those the category accepts;
 * 2. of the factor category it names, else of the one that the category selects, where it selects one, else of any but the one
 *    that only instruments convey;
 * 3. whose unit the line's amount can be brought to;
 * 4. that state a greenhouse gas, or, beside another factor, every gas that is to be taken;
 * 5. in the nearest region that has any (`CN-FJ`, then `CN`, then `GLOBAL`) with a year not after the activity and not
 *    further back than the table allows;
 *
 * and of those takes the latest year. These rules stand here and nowhere else; examples: docs/factor-tables.md.
 */

import { Problem } from '../problem.ts'
import { categoryRule, conveyedOnly, type FootprintKind, requireFamily } from './categories.ts'
import { inOrder, listed, nearest } from './names.ts'
import { statesPollutantsOnly } from './pollutants.ts'
import { statesEach } from './releases.ts'
import { indexOf } from './table-index.ts'
import type {
  EmissionFactor,
  FactorChoice,
  FactorTable,
  FactorUsed,
  Family,
  FuelChoice,
  FuelProperties,
  Gas,
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
  /** For a factor beside another: the gases that are to be taken of it. */
  readonly gases?: readonly Gas[] | undefined
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
 * @throws Problem `unknown-factor-table`, `unknown-factor`, `ambiguous-factor`, `wrong-family` for a family that the category
 * does not accept, or `line-ambiguous` for an id beside a selector.
 */
export function chooseFactor(choice: FactorChoice, wanted: Wanted, library: Library): Chosen<EmissionFactor> {
  const before = choicesOf(library)
  const key = JSON.stringify([choice, wanted])
  const known = before.get(key)
  if (known) return known
  const chosen = findFactor(choice, wanted, library)
  if (before.size < rememberedChoices) before.set(key, chosen)
  return chosen
}

/** Lines that ask alike share one answer: a hundred thousand lines rest on some dozens of factors. */
const rememberedChoices = 10_000
const choices = new WeakMap<Library, Map<string, Chosen<EmissionFactor>>>()

function choicesOf(library: Library): Map<string, Chosen<EmissionFactor>> {
  const known = choices.get(library)
  if (known) return known
  const fresh = new Map<string, Chosen<EmissionFactor>>()
  choices.set(library, fresh)
  return fresh
}

function findFactor(choice: FactorChoice, wanted: Wanted, library: Library): Chosen<EmissionFactor> {
  if (choice.id === undefined) return selectFactor(choice, wanted, library)
  const idle = selectorMembers.filter((member) => choice[member] !== undefined)
  if (idle.length > 0) {
    const detail = `An id names one factor: leave out ${listed(idle)}, or leave out the id.`
    throw new Problem('line-ambiguous', detail, { given: ['id', ...idle] })
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
    ...idsNear(choice.id as string, tables, (table) => indexOf(table).factorIds),
  ]
  return soleChosen(found, choice.id, 'unknown-factor', ids)
}

/** What a selector may state beside the table. */
const selectorMembers = [
  'family',
  'factorCategory',
  'region',
  'year',
] as const satisfies readonly (keyof FactorChoice)[]

/** Ids that a refusal compares with the one nobody knows: so many in all, those next to it in the order of ids. */
const comparedIds = 400

/** The ids of some tables around a place: a refusal costs the same whether they hold a hundred rows or a hundred thousand. */
function idsNear(
  id: string,
  tables: readonly FactorTable[],
  idsOf: (table: FactorTable) => readonly string[],
): readonly string[] {
  const each = Math.floor(comparedIds / Math.max(tables.length, 1))
  return tables.flatMap((table) => around(idsOf(table), id, each))
}

/** At most `most` of some sorted names: those around the place where `name` would stand. */
function around(names: readonly string[], name: string, most: number): readonly string[] {
  let [low, high] = [0, names.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (inOrder(names[middle] as string, name) < 0) low = middle + 1
    else high = middle
  }
  const start = Math.max(0, Math.min(low - (most >> 1), names.length - most))
  return names.slice(start, start + most)
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
    idsNear(choice.id, tables, (table) => indexOf(table).fuelIds),
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
  if (others.length > 0) throw ambiguous(found)
  return first
}

const namedOnce = new WeakMap<Chosen<EmissionFactor>, FactorUsed>()

/** A factor as the result names it. */
export function factorUsed(chosen: Chosen<EmissionFactor>): FactorUsed {
  const known = namedOnce.get(chosen)
  if (known) return known
  const { row, table, version, path } = chosen
  const { id, name, family, region, year, unit, gwpBasis, confirmation } = row
  const used = { table, version, id, name, family, region, year, unit, gwpBasis, confirmation, path }
  namedOnce.set(chosen, used)
  return used
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

/** A selector with every rule it looks by. */
interface Search extends Wanted {
  readonly families: readonly Family[]
  readonly factorCategory: string | undefined
}

function selectFactor(choice: FactorChoice, wanted: Wanted, library: Library): Chosen<EmissionFactor> {
  const search = searchOf(choice, wanted)
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

function searchOf(choice: FactorChoice, wanted: Wanted): Search {
  const { kind, category } = wanted
  const rule = categoryRule(kind, category)
  const year = choice.year ?? wanted.year
  if (!Number.isInteger(year))
    throw new Problem('invalid-number', 'The year of a selector is a whole number.')
  if (choice.family !== undefined) requireFamily(kind, category, choice.family, 'What the selector asks for')
  return {
    ...wanted,
    year,
    region: choice.region ?? wanted.region,
    families: choice.family === undefined ? rule.families : [choice.family],
    factorCategory: choice.factorCategory ?? rule.selects,
  }
}

/** The rows of one table that a selector leaves; undefined where it leaves none. */
function selectIn(table: FactorTable, search: Search): Chosen<EmissionFactor> | undefined {
  for (const region of regionChain(search.region)) {
    const rows = fittingRows(table, region, search)
    const year = rows.reduce((latest, row) => Math.max(latest, row.year), Number.NEGATIVE_INFINITY)
    const [first, ...others] = rows.filter((row) => row.year === year)
    if (!first) continue
    const chosen = {
      row: first,
      table: table.table,
      version: table.version,
      path: fallbackSteps(search, region, year),
    }
    if (others.length > 0) throw ambiguous([first, ...others].map((row) => ({ ...chosen, row })))
    return chosen
  }
  return undefined
}

function fittingRows(table: FactorTable, region: string, search: Search): readonly EmissionFactor[] {
  const { year } = search
  const earliest = year - table.yearFallbackLimit
  return rowsOfPlace(table, region, search, (row) => row.year <= year && row.year >= earliest)
}

/** The rows of one region that fit by everything but their year, and of these the ones of a time. */
function rowsOfPlace(
  table: FactorTable,
  region: string,
  { families, factorCategory, dimensions, gases }: Search,
  isOfTime: (row: EmissionFactor) => boolean,
): readonly EmissionFactor[] {
  const isFit = (row: EmissionFactor) => (gases ? statesEach(row, gases) : !statesPollutantsOnly(row))
  return families.flatMap((family) =>
    indexOf(table)
      .place(family, region)
      .filter(({ row }) =>
        factorCategory === undefined ? row.category !== conveyedOnly : row.category === factorCategory,
      )
      .filter(({ row }) => isOfTime(row))
      .filter(({ dimension }) => dimension !== null && dimensions.includes(dimension))
      .map(({ row }) => row)
      .filter(isFit),
  )
}

function fallbackSteps(search: Search, region: string, year: number): readonly ResolutionStep[] {
  return [
    { step: 'region', asked: search.region, took: region },
    { step: 'year', asked: String(search.year), took: String(year) },
  ]
}

/** What a place lies in is found in the first parts of its code: a long one costs no more than another. */
const mostParts = 3

/** `CN-FJ` → `CN` → `GLOBAL`: each place, then what it lies in. */
export function regionChain(region: string): readonly string[] {
  const parts = region.split('-', mostParts)
  const wider = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
  return [...new Set([region, ...wider, 'GLOBAL'])]
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

/** Rows that have an id and a name: of factors or fuels. */
type Named = Omit<Chosen<{ id: string; name: EmissionFactor['name'] }>, 'path'>

function candidateOf({ table, version, row }: Named): Candidate {
  return { table, version, id: row.id, name: row.name.en }
}

function ambiguous(candidates: readonly Named[]): Problem {
  const sorted = [...candidates].sort(
    (a, b) => inOrder(a.table, b.table) || inOrder(a.version, b.version) || inOrder(a.row.id, b.row.id),
  )
  const shown = sorted.slice(0, 20).map(candidateOf)
  const detail = `${candidates.length} match: ${listed(shown.slice(0, 5).map((c) => `${pinText(c)}#${c.id}`))}${shown.length > 5 ? ' …' : ''}; name one by table, version and id.`
  return new Problem('ambiguous-factor', detail, { count: candidates.length, candidates: shown })
}

function nothingSelected(search: Search, tables: readonly FactorTable[]): Problem {
  const { category, families, factorCategory, year, dimensions, gases } = search
  const regions = regionChain(search.region)
  const searched = tables.map(
    (table) => `${pinText(table)} (years ${year - table.yearFallbackLimit} to ${year})`,
  )
  const where = searched.length > 0 ? listed(searched) : 'no table, since none is pinned'
  const under = factorCategory === undefined ? '' : ` under "${factorCategory.slice(0, 80)}"`
  const stating = gases === undefined ? '' : ` that states ${listed(gases).slice(0, 200)}`
  const what = `${families.join(' or ')}${under} per ${dimensions.join(' or ')}${stating}`
  const near = ofNearestYear(search, tables, regions)
  const detail = `No factor of family ${what} in ${regions.join(', ')}; searched ${where}.${yearHint(search, near)} Pin a table that has one or name a factor by id.`
  return new Problem('unknown-factor', detail, {
    category,
    families,
    selects: factorCategory ?? null,
    regions,
    year,
    dimensions,
    tables: tables.map(pinText),
    candidates: (near.length > 0 ? near : tables.flatMap((table) => sameKind(table, families))).slice(0, 10),
  })
}

/** A row beside those that a selector may take. */
interface Near {
  readonly table: string
  readonly version: string
  readonly id: string
  readonly region: string
  readonly year: number
  readonly unit: string
}

/** A refusal looks for the nearest year among at most so many rows: with more of a kind, factors are chosen by id. */
const comparedRows = 1000

/**
 * Of what fits by everything but its year the rows of the year that is nearest, the earlier of two; none where there are too
 * many rows to look at.
 */
function ofNearestYear(
  search: Search,
  tables: readonly FactorTable[],
  regions: readonly string[],
): readonly Near[] {
  const places = tables.flatMap((table) => regions.map((region) => ({ table, region })))
  const sizes = places.flatMap(({ table, region }) =>
    search.families.map((family) => indexOf(table).place(family, region).length),
  )
  if (sizes.reduce((sum, size) => sum + size, 0) > comparedRows) return []
  const found = places.flatMap(({ table, region }) =>
    rowsOfPlace(table, region, search, () => true).map((row) => nearOf(table, row)),
  )
  const away = (year: number) => Math.abs(year - search.year)
  const [nearestYear] = found.map(({ year }) => year).sort((a, b) => away(a) - away(b) || a - b)
  return found.filter(({ year }) => year === nearestYear)
}

/** Why the nearest year was not taken; empty where nothing fits in any year. */
function yearHint({ year }: Search, [near]: readonly Near[]): string {
  if (!near) return ''
  const why = near.year > year ? 'a later year is never taken' : 'further back than its table allows'
  return ` The nearest is of ${near.year}: ${why}.`
}

/** Rows of the families in question, whatever their region, year and unit; the first ten by id. */
function sameKind(table: FactorTable, families: readonly Family[]): readonly Near[] {
  const rows = families.flatMap((family) => indexOf(table).ofFamily(family).slice(0, 10))
  const first = rows.sort((a, b) => inOrder(a.id, b.id)).slice(0, 10)
  return first.map((row) => nearOf(table, row))
}

function nearOf({ table, version }: FactorTable, { id, region, year, unit }: EmissionFactor): Near {
  return { table, version, id, region, year, unit }
}
