/**
 * Writes of factor-table versions. A version's rows are added while it is a draft, in the transaction that publishes it;
 * afterwards the database itself lets only its standing move, and only forwards (`migrations/0002_permanence.sql`).
 */

import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { EmissionFactor, TablePin } from '../engine/types.ts'
import type { NewLogEntry } from '../ports/log.ts'
import type { Authorship } from '../ports/parties.ts'
import type { FactorTableVersion, Publication, VersionNote } from '../ports/registry.ts'
import { Problem } from '../problem.ts'
import { checkSuccession } from '../tables/succession.ts'
import type { Db } from './database.ts'
import { factorRow } from './factor-search.ts'
import { ownedBy, toVersion, type VersionRow, versionNamed, versionRow } from './factor-tables.ts'
import { unchanged } from './publication.ts'
import { factors, factorTableVersions } from './schema/registry.ts'
import { actOnce, changeWithAudit } from './write-once.ts'

const resource = 'factor-table'

/** Keeps a draft in place of the one it replaces; null when another stands there by now. */
export async function saveDraft(
  db: Db,
  by: Authorship,
  { auditId, versionId }: VersionNote,
  draft: FactorTableVersion,
  replaces: string | null,
): Promise<FactorTableVersion | null> {
  const { table: _table, version: _version, ownerOrganizationId: _owner, ...change } = versionRow(draft)
  const { table, version, digest } = draft
  const isReplaced = and(
    versionNamed(table, version),
    ownedBy(by.actor),
    eq(factorTableVersions.state, 'draft'),
    eq(factorTableVersions.digest, replaces ?? ''),
  )
  const write =
    replaces === null
      ? db.insert(factorTableVersions).values(versionRow(draft)).onConflictDoNothing().returning()
      : db.update(factorTableVersions).set(change).where(isReplaced).returning()
  const note = { id: auditId, action: 'draft-factor-table', resource, resourceId: versionId }
  const [row] = await changeWithAudit<VersionRow>(db, write, by, {
    ...note,
    facts: { table, version, digest },
  })
  return row ? toVersion(row) : null
}

/** One transaction: all of a version's rows, its state, and its predecessor's new standing, or nothing. */
export async function publishTable(
  db: Db,
  by: Authorship,
  note: VersionNote,
  version: FactorTableVersion,
  rows: readonly EmissionFactor[],
  entry: NewLogEntry,
): Promise<Publication> {
  const published = await actOnce(db, by, note.auditId, () =>
    db.transaction((tx) => publishIn(tx, by, note, version, rows, entry)),
  )
  return published ?? 'unchanged'
}

async function publishIn(
  tx: Db,
  by: Authorship,
  note: VersionNote,
  version: FactorTableVersion,
  rows: readonly EmissionFactor[],
  entry: NewLogEntry,
): Promise<Publication> {
  const { table, version: edition, digest } = version
  // A rival that is about to publish the same name holds its row: this waits for it, and then finds what it left.
  const draft = versionRow({ ...version, state: 'draft', publishedAt: null })
  await tx.insert(factorTableVersions).values(draft).onConflictDoNothing()
  const editions = await lockEditions(tx, by, table)
  const standing = editions.find((other) => other.version === edition)
  if (standing === undefined) throw new Error(`the version ${table} ${edition} was inserted and is not there`)
  if (standing.state !== 'draft') return unchanged(standing, digest, `${table} ${edition}`)
  requireSameDraft(standing, digest)
  checkSuccession(
    version,
    editions.filter(({ state }) => state !== 'draft'),
  )
  await insertFactors(
    tx,
    rows.map((factor) => factorRow(table, edition, factor)),
  )
  if (version.supersedes !== null) await supersede(tx, by, table, version.supersedes, edition)
  // Last: it takes the log's row, which everyone who appends waits for.
  await markPublished(tx, by, note, version, entry)
  return 'published'
}

/**
 * All versions of a table, held until the transaction ends: what is published of one table is published one after the other,
 * so that no two versions find the same predecessor free.
 */
async function lockEditions(tx: Db, by: Authorship, table: string): Promise<readonly FactorTableVersion[]> {
  const ofTable = and(eq(factorTableVersions.table, table), ownedBy(by.actor))
  await tx
    .select({ version: factorTableVersions.version })
    .from(factorTableVersions)
    .where(ofTable)
    .orderBy(asc(factorTableVersions.version))
    .for('update')
  // Read anew: what was waited for may have come in after the lock's own look.
  return (await tx.select().from(factorTableVersions).where(ofTable)).map(toVersion)
}

function requireSameDraft(standing: FactorTableVersion, digest: string): void {
  if (standing.digest === digest) return
  const { table, version } = standing
  const detail = `Another draft stands under the name ${table} ${version}; read it, and publish that one or replace it.`
  throw new Problem('stale-state', detail, { draft: standing.digest, given: digest })
}

async function markPublished(
  tx: Db,
  by: Authorship,
  { auditId, versionId }: VersionNote,
  { table, version, digest, publishedAt }: FactorTableVersion,
  entry: NewLogEntry,
): Promise<void> {
  const move = tx
    .update(factorTableVersions)
    .set({ state: 'published', publishedAt })
    .where(and(versionNamed(table, version), ownedBy(by.actor)))
    .returning()
  const note = { id: auditId, action: 'publish-factor-table', resource, resourceId: versionId }
  await changeWithAudit(tx, move, by, { ...note, facts: { table, version, digest } }, entry)
}

async function supersede(tx: Db, by: Authorship, table: string, older: string, newer: string): Promise<void> {
  await tx
    .update(factorTableVersions)
    .set({ supersededBy: newer })
    .where(and(versionNamed(table, older), ownedBy(by.actor), isNull(factorTableVersions.supersededBy)))
}

/** Rows of one statement: one parameter carries them all as JSON, and its text stays within a megabyte or two. */
const factorsPerStatement = 1000

type FactorRow = typeof factors.$inferInsert

/**
 * Inserts rows a thousand at a time, each statement with one parameter instead of one for every cell. The search index takes
 * them in as they come and is put in order once at the end: twice as fast, and no search meets a pending list.
 */
async function insertFactors(tx: Db, rows: readonly FactorRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += factorsPerStatement) {
    await insertAtOnce(tx, rows.slice(at, at + factorsPerStatement))
  }
  await tx.execute(sql`select gin_clean_pending_list('factors_search_idx')`)
}

async function insertAtOnce(tx: Db, rows: readonly FactorRow[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {}) as (keyof FactorRow)[]
  const columns = names.map((name) => ({ name, stored: factors[name].name }))
  const records = rows.map((row) =>
    Object.fromEntries(columns.map(({ name, stored }) => [stored, row[name]])),
  )
  const list = sql.join(
    columns.map(({ stored }) => sql.identifier(stored)),
    sql`, `,
  )
  await tx.execute(
    sql`insert into ${factors} (${list})
      select ${list} from jsonb_populate_recordset(null::${factors}, ${JSON.stringify(records)}::jsonb)`,
  )
}

/** For good; null when no published version of the caller's has this name. */
export async function withdrawTable(
  db: Db,
  by: Authorship,
  { auditId, versionId }: VersionNote,
  { table, version, reason }: TablePin & { readonly reason: string },
  entry: NewLogEntry,
): Promise<FactorTableVersion | null> {
  const move = db
    .update(factorTableVersions)
    .set({ state: 'withdrawn', withdrawnAt: by.at, withdrawnReason: reason })
    .where(and(versionNamed(table, version), ownedBy(by.actor), eq(factorTableVersions.state, 'published')))
    .returning()
  const facts = { table, version }
  const note = { id: auditId, action: 'withdraw-factor-table', resource, resourceId: versionId, facts }
  const rows = await actOnce(db, by, auditId, () => changeWithAudit<VersionRow>(db, move, by, note, entry))
  return rows?.[0] ? toVersion(rows[0]) : null
}
