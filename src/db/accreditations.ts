/** What authorities say of bodies, in Postgres: recorded once, withdrawn once, each with its leaf in the log. */

import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Accreditation, AccreditationRepository } from '../ports/accreditations.ts'
import type { NewLogEntry } from '../ports/log.ts'
import type { Authorship, Created } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { appendAfter } from './log-append.ts'
import { accreditations } from './schema/accreditations.ts'
import { audit } from './schema/audit.ts'
import { actOnce, auditColumns, brokenConstraint } from './write-once.ts'

/** The facts of one database session. */
export function accreditationRepository(db: Db): AccreditationRepository {
  return {
    record: (by, fact, entry) => record(db, by, fact, entry),
    withdraw: (by, withdrawn, entry) => withdraw(db, by, withdrawn, entry),
    find: (id) => findRow(db, id).then((row) => row && toFact(row)),
    ofBody: (bodyOrganizationId) => ofBody(db, bodyOrganizationId),
    unconfirmed: (limit) => unconfirmed(db, limit),
    confirmed: (id, at) => confirmed(db, id, at),
  }
}

type Row = typeof accreditations.$inferSelect

function toFact(row: Row): Accreditation {
  const { authorityEn, authorityZh, withdrawnAt, withdrawnReason, ...rest } = row
  const { leafIndex: _leaf, confirmedAt: _confirmed, requestDigest: _request, ...fact } = rest
  const isWithdrawn = withdrawnAt !== null && withdrawnReason !== null
  return {
    ...(fact as unknown as Accreditation),
    authority: { en: authorityEn, zh: authorityZh },
    withdrawal: isWithdrawn ? { at: withdrawnAt, reason: withdrawnReason } : null,
  }
}

async function findRow(db: Db, id: string): Promise<Row | null> {
  const [row] = await db.select().from(accreditations).where(eq(accreditations.id, id))
  return row ?? null
}

/** The insert carries the leaf, and the leaf hangs on the audit row: of two of the same request, one does all three. */
async function record(
  db: Db,
  by: Authorship,
  fact: Parameters<AccreditationRepository['record']>[1],
  entry: NewLogEntry,
): Promise<Created<Accreditation>> {
  const note = {
    id: fact.id,
    action: 'record-accreditation',
    resource: 'organization',
    resourceId: fact.bodyOrganizationId,
    facts: { accreditation: fact.id, digest: fact.digest },
  }
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(sql`(select 1) as once`))
      .returning({ id: audit.id }),
  )
  const { head, entry: leaf } = appendAfter(db, 'logged', entry, by.at)
  const made = db.$with('made').as(
    db
      .insert(accreditations)
      .select(sql`select ${columns(fact, by)} from log_head`)
      .returning(),
  )
  try {
    const rows = await actOnce(db, by, fact.id, () => db.with(logged, head, leaf, made).select().from(made))
    const row = rows?.[0] ?? (await findRow(db, fact.id))
    if (!row) throw new Error(`the fact ${fact.id} is neither made nor found`)
    requireSameRequest(row.requestDigest, by.mark)
    return { row: toFact(row), replayed: rows === null }
  } catch (thrown) {
    if (brokenConstraint(thrown) !== 'accreditations_digest_key') throw thrown
    throw new Problem('already-exists', 'This very fact is recorded already.')
  }
}

/** In the table's order. */
function columns(fact: Parameters<AccreditationRepository['record']>[1], { at, mark }: Authorship) {
  const instant = (date: Date | null) => sql`${date?.toISOString() ?? null}::timestamptz`
  const list = (items: readonly string[]) =>
    sql`array(select jsonb_array_elements_text(${JSON.stringify(items)}::jsonb))`
  return sql`${fact.id}::uuid, ${fact.bodyOrganizationId}::uuid, ${fact.kind}::text, ${fact.authority.en}::text,
    ${fact.authority.zh}::text, ${fact.number}::text, ${list(fact.documentKinds)}, ${list(fact.subjectKinds)},
    ${list(fact.standards)}, ${list(fact.sectors)}, ${instant(fact.validFrom)}, ${instant(fact.validUntil)},
    ${fact.source}::text, ${fact.jwt}::text, ${fact.digest}::text, log_head.leaf_index, null::timestamptz,
    ${instant(at)}, null::timestamptz, null::text, ${mark.digest}::text`
}

async function withdraw(
  db: Db,
  by: Authorship,
  { id, reason, auditId }: Parameters<AccreditationRepository['withdraw']>[1],
  entry: NewLogEntry,
): Promise<Accreditation | null> {
  const withdrawn = db.$with('withdrawn').as(
    db
      .update(accreditations)
      .set({ withdrawnAt: by.at, withdrawnReason: reason })
      .where(and(eq(accreditations.id, id), isNull(accreditations.withdrawnAt)))
      .returning(),
  )
  const { head, entry: leaf } = appendAfter(db, 'withdrawn', entry, by.at)
  const note = {
    id: auditId,
    action: 'withdraw-accreditation',
    resource: 'accreditation',
    resourceId: id,
    facts: { reason },
  }
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(withdrawn))
      .returning({ id: audit.id }),
  )
  const rows = await actOnce(db, by, auditId, () =>
    db.with(withdrawn, head, leaf, logged).select().from(withdrawn),
  )
  const row = rows === null ? await findRow(db, id) : rows[0]
  return row ? toFact(row) : null
}

async function ofBody(db: Db, bodyOrganizationId: string): Promise<Accreditation[]> {
  const rows = await db
    .select()
    .from(accreditations)
    .where(eq(accreditations.bodyOrganizationId, bodyOrganizationId))
    .orderBy(desc(accreditations.recordedAt), asc(accreditations.id))
  return rows.map(toFact)
}

async function unconfirmed(db: Db, limit: number): Promise<Accreditation[]> {
  const rows = await db
    .select()
    .from(accreditations)
    .where(isNull(accreditations.confirmedAt))
    .orderBy(asc(accreditations.recordedAt))
    .limit(limit)
  return rows.map(toFact)
}

async function confirmed(db: Db, id: string, at: Date): Promise<void> {
  await db
    .update(accreditations)
    .set({ confirmedAt: at })
    .where(and(eq(accreditations.id, id), isNull(accreditations.confirmedAt)))
}
