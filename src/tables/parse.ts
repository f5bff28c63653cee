/**
 * From a table's files, as text, to a version that can be published: everything is checked, and a broken file is refused
 * whole with every fault named by file, row and column. No file system here, so that an upload can be judged by the same rules.
 */

import type { Digest } from '../json/digest.ts'
import { Problem } from '../problem.ts'
import { publishedGwpSet, publishedTable } from './canonical.ts'
import { type CheckContext, checkRows } from './check-rows.ts'
import { readGwpSetFacts, readTableFacts } from './facts.ts'
import { FaultList } from './fault-list.ts'
import type { Fault, GwpSetFiles, PublishedGwpSet, PublishedTable, TableFiles } from './format.ts'
import { readFactors, readFuels } from './read-factors.ts'
import { readBlends, readGases } from './read-gwp-set.ts'

/** Faults that one refusal lists beside their count; `npm run factors:check` lists all. A table in the wrong unit has one a row. */
export const faultsListed = 100

/** What came of reading files: the published thing where it could be made, its faults, and the digest it claims. */
export interface Inspection<Published> {
  /** `null` where the files could not be read far enough. */
  readonly published: Published | null
  /** The first of them, where the caller asked for no more. */
  readonly faults: readonly Fault[]
  /** All of them. */
  readonly faultCount: number
  /** The digest that `table.json` or `set.json` holds the files to; `null` before release. */
  readonly released: Digest | null
}

/**
 * Reads and checks a table's files; never throws for what is in them.
 *
 * @param faultsMax how many faults to keep; all are counted.
 */
export function inspectTable(
  files: TableFiles,
  gwpSets: readonly PublishedGwpSet[],
  faultsMax = Number.POSITIVE_INFINITY,
): Inspection<PublishedTable> {
  const faults = new FaultList(faultsMax)
  const read = readTableFacts(files['table.json'], faults)
  const factors = readFactors(files['factors.csv'], faults)
  const fuelsCsv = files['fuels.csv']
  const fuels = fuelsCsv === undefined ? [] : readFuels(fuelsCsv, faults)
  checkRows(factors, fuels, contextOf(read?.facts ?? null, gwpSets), faults)
  if (read === null) return { published: null, faults: [...faults], faultCount: faults.count, released: null }
  const rows = { factors: factors.map(({ item }) => item), fuels: fuels.map(({ item }) => item) }
  const published = publishedTable(read.facts, rows)
  faults.push(...digestFault('table.json', read.released, published.table.digest))
  return { published, faults: [...faults], faultCount: faults.count, released: read.released }
}

function contextOf(facts: CheckContext['facts'], gwpSets: readonly PublishedGwpSet[]): CheckContext {
  const gases = new Set(gwpSets.flatMap((set) => set.gases.map(({ gas }) => gas)))
  return { facts, gwpSets: gwpSets.map(({ set }) => set), gases }
}

/** Reads and checks a GWP set's files; never throws for what is in them. */
export function inspectGwpSet(files: GwpSetFiles): Inspection<PublishedGwpSet> {
  const faults: Fault[] = []
  const read = readGwpSetFacts(files['set.json'], faults)
  if (read === null) return { published: null, faults, faultCount: faults.length, released: null }
  const gases = readGases(files['values.csv'], read.facts, faults)
  const blends = readBlends(files['blends.csv'], read.facts, gases, faults)
  const published = publishedGwpSet(read.facts, { gases, blends })
  faults.push(...aliasFaults(published), ...digestFault('set.json', read.released, published.set.digest))
  return { published, faults, faultCount: faults.length, released: read.released }
}

/** An alias leads to a gas or blend of the set, and is not itself the name of one. */
function aliasFaults({ set, gases }: PublishedGwpSet): Fault[] {
  const names = new Set([...gases.map(({ gas }) => gas), ...Object.keys(set.blends)])
  return Object.entries(set.aliases).flatMap(([alias, name]): Fault[] => {
    if (names.has(name) && !names.has(alias)) return []
    const message = names.has(alias)
      ? `"${alias}" is itself a name`
      : `"${name}" is no gas or blend of the set`
    return [{ file: 'set.json', row: null, column: `/aliases/${alias}`, rule: 'gas', message }]
  })
}

function digestFault(file: string, released: Digest | null, computed: Digest): Fault[] {
  if (released === null || released === computed) return []
  const message = `the files say ${computed}, the release was ${released}: a released version is never edited; make a new version`
  return [{ file, row: null, column: '/digest', rule: 'digest', message }]
}

/**
 * A table version from its files.
 *
 * @throws Problem `factor-table-invalid`; its facts count all faults and list the first.
 */
export function parseTable(files: TableFiles, gwpSets: readonly PublishedGwpSet[]): PublishedTable {
  return accepted(inspectTable(files, gwpSets), 'factor table')
}

/**
 * A GWP set version from its files.
 *
 * @throws Problem `factor-table-invalid`; its facts count all faults and list the first.
 */
export function parseGwpSet(files: GwpSetFiles): PublishedGwpSet {
  return accepted(inspectGwpSet(files), 'GWP set')
}

/**
 * What was inspected, if it breaks no rule.
 *
 * @throws Problem `factor-table-invalid`; its facts list the first faults, with the count of all.
 */
export function accepted<Published>(
  { published, faults, faultCount }: Inspection<Published>,
  what: string,
): Published {
  if (published !== null && faultCount === 0) return published
  const listed = faults.slice(0, faultsListed)
  throw new Problem('factor-table-invalid', detailOf(listed, faultCount, what), {
    faultCount,
    faults: listed,
  })
}

function detailOf(listed: readonly Fault[], faultCount: number, what: string): string {
  const [first] = listed
  const place = first === undefined ? '' : ` The first: ${describeFault(first)}.`
  const cut = faultCount > listed.length ? `; the first ${listed.length} are listed` : ''
  return `The ${what} breaks the rules in ${faultCount} place(s)${cut}; mend every one.${place}`
}

/** A fault as one line for people: `factors.csv:12 unit: …`. */
export function describeFault({ file, row, column, rule, message }: Fault): string {
  const place = `${file}${row === null ? '' : `:${row}`}${column === null ? '' : ` ${column}`}`
  return `${place} [${rule}] ${message}`
}
