/** The registry's rows in Postgres: inserted once, never updated. */

import { and, asc, eq, exists, gt, like, or, sql } from 'drizzle-orm'
import type { EmissionFactor } from '../engine/types.ts'
import type { Page } from '../ports/parties.ts'
import type {
  FactorFilter,
  FactorTableVersion,
  FoundFactor,
  GwpSetVersion,
  Publication,
  RegistryRows,
  SchemeVersion,
} from '../ports/registry.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { factors, factorTableVersions, gwpSets, schemes } from './schema/registry.ts'

/** The registry's rows of one database session. */
export function registryRows(db: Db): RegistryRows {
  return {
    publishTable: (version, rows) => publishTable(db, version, rows),
    publishGwpSet: (version) => publishGwpSet(db, version),
    publishScheme: (version) => publishScheme(db, version),
    listTables: async () =>
      (
        await db
          .select()
          .from(factorTableVersions)
          .orderBy(asc(factorTableVersions.table), asc(factorTableVersions.version))
      ).map(toTable),
    listGwpSets: () => db.select().from(gwpSets).orderBy(asc(gwpSets.id), asc(gwpSets.version)),
    listSchemes: () => db.select().from(schemes).orderBy(asc(schemes.id), asc(schemes.version)),
    findTable: (table, version) => findTable(db, table, version),
    findGwpSet: (id, version) => findGwpSet(db, id, version),
    findScheme: (id, version) => findScheme(db, id, version),
    findFactors: (filter, page) => findFactors(db, filter, page),
  }
}

function toTable({ facts, ...row }: typeof factorTableVersions.$inferSelect): FactorTableVersion {
  return { ...row, ...facts }
}

/** Rows a statement carries at most: Postgres binds 65,535 parameters, each factor nine. */
const factorsPerStatement = 1000

/** One transaction: all of a version's rows with its head, or nothing. */
async function publishTable(
  db: Db,
  version: FactorTableVersion,
  rows: readonly EmissionFactor[],
): Promise<Publication> {
  const { table, version: edition, digest, publishedAt, ...facts } = version
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(factorTableVersions)
      .values({ table, version: edition, digest, publishedAt, facts })
      .onConflictDoNothing()
      .returning()
    if (!made) return unchanged(await findTable(tx, table, edition), digest, `${table} ${edition}`)
    for (let at = 0; at < rows.length; at += factorsPerStatement) {
      const part = rows.slice(at, at + factorsPerStatement)
      await tx.insert(factors).values(part.map((factor) => factorRow(table, edition, factor)))
    }
    return 'published'
  })
}

function factorRow(table: string, version: string, factor: EmissionFactor): typeof factors.$inferInsert {
  const { id, category, family, region, year } = factor
  const searchText = [id, factor.name.en, factor.name.zh ?? ''].join(' ').toLowerCase()
  return { table, version, id, category, family, region, year, searchText, body: factor }
}

/** @throws Problem `published-version-changed` when the name stands with another digest. */
function unchanged(standing: { digest: string } | null, digest: string, name: string): Publication {
  if (standing?.digest === digest) return 'unchanged'
  throw new Problem(
    'published-version-changed',
    `${name} is published with another digest; publish a new version instead.`,
    {
      published: standing?.digest ?? null,
      given: digest,
    },
  )
}

async function publishGwpSet(db: Db, version: GwpSetVersion): Promise<Publication> {
  const [made] = await db.insert(gwpSets).values(version).onConflictDoNothing().returning()
  if (made) return 'published'
  return unchanged(await findGwpSet(db, version.id, version.version), version.digest, `GWP set ${version.id}`)
}

async function publishScheme(db: Db, version: SchemeVersion): Promise<Publication> {
  const [made] = await db.insert(schemes).values(version).onConflictDoNothing().returning()
  if (made) return 'published'
  return unchanged(await findScheme(db, version.id, version.version), version.digest, `Scheme ${version.id}`)
}

async function findTable(db: Db, table: string, version: string): Promise<FactorTableVersion | null> {
  const [row] = await db
    .select()
    .from(factorTableVersions)
    .where(and(eq(factorTableVersions.table, table), eq(factorTableVersions.version, version)))
  return row ? toTable(row) : null
}

async function findGwpSet(db: Db, id: string, version: string): Promise<GwpSetVersion | null> {
  const [row] = await db
    .select()
    .from(gwpSets)
    .where(and(eq(gwpSets.id, id), eq(gwpSets.version, version)))
  return row ?? null
}

async function findScheme(db: Db, id: string, version: string): Promise<SchemeVersion | null> {
  const [row] = await db
    .select()
    .from(schemes)
    .where(and(eq(schemes.id, id), eq(schemes.version, version)))
  return row ?? null
}

async function findFactors(db: Db, filter: FactorFilter, page: Page): Promise<FoundFactor[]> {
  const rows = await db
    .select({ table: factors.table, version: factors.version, factor: factors.body })
    .from(factors)
    .where(and(...matching(filter), after(page.after), licensed(db, filter)))
    .orderBy(asc(factors.table), asc(factors.version), asc(factors.id))
    .limit(page.limit)
  return rows
}

function matching(filter: FactorFilter) {
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const given = (column: Parameters<typeof eq>[0], value: unknown) =>
    value === undefined ? [] : [eq(column, value)]
  return [
    ...given(factors.table, filter.table),
    ...given(factors.version, filter.version),
    ...given(factors.category, filter.category),
    ...given(factors.family, filter.family),
    ...given(factors.region, filter.region),
    ...given(factors.year, filter.year),
    ...words.map((word) => like(factors.searchText, `%${word.replace(/[\\%_]/g, '\\$&')}%`)),
  ]
}

/** Rows of tables that may be passed on, unless the filter asks for all. */
function licensed(db: Db, { redistributableOnly }: FactorFilter) {
  if (!redistributableOnly) return undefined
  const { table, version, facts } = factorTableVersions
  const free = db
    .select({ one: sql`1` })
    .from(factorTableVersions)
    .where(
      and(
        eq(table, factors.table),
        eq(version, factors.version),
        sql`(${facts} ->> 'redistributable')::boolean`,
      ),
    )
  return exists(free)
}

/** Rows behind a cursor: `table/version/id` of the last row that was shown. An id may hold slashes itself. */
function after(cursor: string | null) {
  if (cursor === null) return undefined
  const [table = '', version = '', ...id] = cursor.split('/')
  return or(
    gt(factors.table, table),
    and(eq(factors.table, table), gt(factors.version, version)),
    and(eq(factors.table, table), eq(factors.version, version), gt(factors.id, id.join('/'))),
  )
}
