/**
 * A registry in memory for the tests of pages: the bundled tables as they are, and one made up to hold what no real table does
 * (a withdrawn edition, a row that comes and goes, odd names). The search is the simplest that can be; the real one is Postgres's.
 */

import { fileURLToPath } from 'node:url'
import { gwpSetVersionOf, tableVersionOf } from '../../src/actions/registry/table-version.ts'
import type { EmissionFactor, GwpSet } from '../../src/engine/types.ts'
import { gwpSetFolders, readGwpSet, readTable, tableFolders } from '../../src/factors/files.ts'
import type {
  FactorFilter,
  FactorPage,
  FactorRank,
  FactorTableVersion,
  FoundFactor,
  Reader,
} from '../../src/ports/registry.ts'
import type { Ports } from '../../src/ports.ts'
import { Problem } from '../../src/problem.ts'
import type { PublishedTable } from '../../src/tables/format.ts'
import { parseGwpSet, parseTable } from '../../src/tables/parse.ts'
import { madeUpTables } from './made-up-table.ts'

const folder = fileURLToPath(new URL('../../emission-factors', import.meta.url))
const publishedAt = new Date('2026-11-20T02:00:00Z')

export interface TestRegistry {
  readonly registry: Ports['registry']
  readonly tables: readonly PublishedTable[]
  readonly gwpSets: readonly GwpSet[]
}

/** Bundled and made-up tables, read once. */
export function testRegistry(): TestRegistry {
  const sets = gwpSetFolders(folder).map(({ path }) => parseGwpSet(readGwpSet(path)))
  const bundled = tableFolders(folder).map(({ path }) => parseTable(readTable(path), sets))
  const tables = [...bundled, ...madeUpTables()]
  const standings = standingsOf(tables)
  const isReadable = (reader: Reader, version: { redistributable: boolean }) =>
    reader !== null || version.redistributable
  const registry = {
    listTables: async () => [...standings],
    listGwpSets: async () => sets.map((set) => gwpSetVersionOf(set, publishedAt)),
    loadGwpSet: async (id: string) => sets.find(({ set }) => set.id === id)?.set,
    loadPublished: async (reader: Reader, pin: { table: string; version: string }) => {
      const at = standings.findIndex(({ table, version }) => table === pin.table && version === pin.version)
      const standing = standings[at]
      if (standing !== undefined && isReadable(reader, standing)) return tables[at]
      throw new Problem('unknown-factor-table', `${pin.table} ${pin.version} is not published here.`)
    },
    findFactors: async (reader: Reader, filter: FactorFilter, { limit, after }: FactorPage) =>
      rowsOf(tables, standings)
        .filter((row) => isReadable(reader, row) && isWanted(row, filter))
        .filter(({ rank }) => after === null || keyOf(rank) > keyOf(after))
        .sort((a, b) => (keyOf(a.rank) < keyOf(b.rank) ? -1 : 1))
        .slice(0, limit),
  }
  return { registry: registry as unknown as Ports['registry'], tables, gwpSets: sets.map(({ set }) => set) }
}

/** What is replaced by a later version says so; the made-up table's first edition was withdrawn. */
function standingsOf(tables: readonly PublishedTable[]): FactorTableVersion[] {
  return tables.map((published) => {
    const version = { ...tableVersionOf(published), state: 'published' as const, publishedAt }
    const successor = tables.find(
      ({ facts }) => facts.table === version.table && facts.supersedes === version.version,
    )
    const supersededBy = version.supersededBy ?? successor?.facts.version ?? null
    const standing = {
      ...version,
      supersededBy,
      state: supersededBy === null ? 'published' : 'superseded',
    } as const
    if (version.table !== 'made-up' || version.version !== '2021') return standing
    const withdrawal = { at: publishedAt, reason: 'The publisher printed kilograms as tonnes.' }
    return { ...standing, state: 'withdrawn', withdrawal }
  })
}

function rowsOf(tables: readonly PublishedTable[], standings: readonly FactorTableVersion[]): FoundFactor[] {
  return tables.flatMap(({ table }, at) => {
    const standing = standings[at] as FactorTableVersion
    return table.factors.map((factor) => ({
      ...standing,
      tableTitle: standing.title,
      rank: rankOf(standing, factor),
      factor,
    }))
  })
}

/** Current editions first; else in no order that means anything. */
function rankOf({ table, version, state }: FactorTableVersion, { id, year }: EmissionFactor): FactorRank {
  const standing = ['published', 'superseded', 'withdrawn'].indexOf(state)
  return { way: 0, standing, remoteness: 0, year, doubt: 0, table, version, id }
}

function keyOf({ standing, table, version, id }: FactorRank): string {
  return `${standing}/${table}/${version}/${id}`
}

function isWanted(
  { table, version, state, licence, licenceTerms, factor }: FoundFactor,
  filter: FactorFilter,
): boolean {
  const text = [factor.id, factor.name.en, factor.name.zh ?? ''].join(' ').toLowerCase()
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (wanted: unknown, value: unknown) => wanted === undefined || wanted === value
  return (
    words.every((word) => text.includes(word)) &&
    fits(filter.table, table) &&
    fits(filter.version, version) &&
    fits(filter.category, factor.category) &&
    fits(filter.family, factor.family) &&
    fits(filter.region, factor.region) &&
    fits(filter.year, factor.year) &&
    fits(filter.unit, factor.unit) &&
    fits(filter.confirmation, factor.confirmation) &&
    fits(filter.state, state) &&
    (fits(filter.licence, licenceTerms) || licence.includes(filter.licence ?? '')) &&
    (filter.gas === undefined || factor.flows.some(({ gas }) => gas === filter.gas))
  )
}
