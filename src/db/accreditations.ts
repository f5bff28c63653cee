/** What authorities say of bodies, in Postgres: each fact with its leaf and its audit row in one statement. */

import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Accreditation, AccreditationRepository } from '../ports/accreditations.ts'
import type { NewLogEntry } from '../ports/log.ts'
import type { Authorship, Created } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import { Problem } from '../problem.ts'
import { chainOf } from '../transparency/trail.ts'
import type { Db } from './database.ts'
import { appendAfter } from './log-append.ts'
import { accreditations } from './schema/accreditations.ts'
import { audit } from './schema/audit.ts'
import { organizations } from './schema/parties.ts'
import { actOnce, auditColumns, brokenConstraint, changeWithAudit } from './write-once.ts'

/** The facts of one database session. */
export function accreditationRepository(db: Db): AccreditationRepository {
  return {
    record: (by, fact, entry) => record(db, by, fact, entry),
    withdraw: (by, withdrawn, entry) => withdraw(db, by, withdrawn, entry),
    find: (id) => find(db, id),
    ofBody: async (bodyId) => {
      const newest = desc(accreditations.recordedAt)
      const ofBody = eq(accreditations.bodyOrganizationId, bodyId)
      return (await db.select().from(accreditations).where(ofBody).orderBy(newest)).map(toFact)
    },
    unconfirmed: async (limit) => {
      const waiting = isNull(accreditations.confirmedAt)
      const oldest = asc(accreditations.recordedAt)
      return (await db.select().from(accreditations).where(waiting).orderBy(oldest).limit(limit)).map(toFact)
    },
    confirmed: async (id, at) => {
      await db.update(accreditations).set({ confirmedAt: at }).where(eq(accreditations.id, id))
    },
  }
}

const resource = 'accreditation'

type Row = typeof accreditations.$inferSelect

function toFact(row: Row): Accreditation {
  const { authorityEn, authorityZh, withdrawnAt, withdrawnReason, ...rest } = row
  const { leafIndex: _leaf, confirmedAt: _confirmed, requestDigest: _digest, ...fact } = rest
  const isWithdrawn = withdrawnAt !== null && withdrawnReason !== null
  return {
    ...fact,
    authority: { en: authorityEn, zh: authorityZh },
    withdrawal: isWithdrawn ? { at: withdrawnAt, reason: withdrawnReason } : null,
  }
}

async function record(
  db: Db,
  by: Authorship,
  fact: Omit<Accreditation, 'withdrawal'>,
  entry: NewLogEntry,
): Promise<Created<Accreditation>> {
  const body = db.$with('body').as(
    db
      .select({ id: organizations.id })
      .from(organizations)
      .where(
        and(
          eq(organizations.id, fact.bodyOrganizationId),
          eq(organizations.kind, 'certification-body'),
          sql`not exists (select from accreditations standing where standing.id = ${fact.id}::uuid)`,
        ),
      ),
  )
  const { head, entry: appended } = appendAfter(db, 'body', entry, by.at)
  const made = db.$with('made').as(
    db
      .insert(accreditations)
      .select((query) => query.select(columnsOf(fact, by) as never).from(head))
      .returning(),
  )
  const chain = chainOf('organization', fact.bodyOrganizationId)
  const note = { id: fact.id, action: 'record-accreditation', resource, resourceId: fact.id, chain }
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(made as never))
      .returning({ id: audit.id }),
  )
  try {
    const [row] = await db.with(body, head, appended, made, logged).select().from(made)
    if (row !== undefined) return { row: toFact(row as Row), replayed: false }
  } catch (thrown) {
    if (!['accreditations_pkey', 'audit_pkey'].includes(brokenConstraint(thrown) ?? '')) throw thrown
  }
  return { row: await recordedBefore(db, by, fact.id), replayed: true }
}

async function recordedBefore(db: Db, by: Authorship, id: string): Promise<Accreditation> {
  const [row] = await db.select().from(accreditations).where(eq(accreditations.id, id))
  if (row === undefined) throw new Problem('not-found', 'No certification body has this id.')
  requireSameRequest(row.requestDigest, by.mark)
  return toFact(row)
}

/** The columns of a fact as SQL, in the table's order; its leaf is the one that the append gives. */
function columnsOf(fact: Omit<Accreditation, 'withdrawal'>, by: Authorship) {
  const text = (value: string | null, name: string) => sql`${value}::text`.as(name)
  const texts = (values: readonly string[], name: string) =>
    sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`.as(name)
  const at = (value: Date | null, name: string) =>
    sql`${value === null ? null : value.toISOString()}::timestamptz`.as(name)
  return {
    id: sql`${fact.id}::uuid`.as('id'),
    bodyOrganizationId: sql`${fact.bodyOrganizationId}::uuid`.as('body_organization_id'),
    kind: text(fact.kind, 'kind'),
    authorityEn: text(fact.authority.en, 'authority_en'),
    authorityZh: text(fact.authority.zh, 'authority_zh'),
    number: text(fact.number, 'number'),
    documentKinds: texts(fact.documentKinds, 'document_kinds'),
    subjectKinds: texts(fact.subjectKinds, 'subject_kinds'),
    standards: texts(fact.standards, 'standards'),
    sectors: texts(fact.sectors, 'sectors'),
    validFrom: at(fact.validFrom, 'valid_from'),
    validUntil: at(fact.validUntil, 'valid_until'),
    source: text(fact.source, 'source'),
    jwt: text(fact.jwt, 'jwt'),
    digest: text(fact.digest, 'digest'),
    leafIndex: sql`log_head.leaf_index`.as('leaf_index'),
    confirmedAt: at(null, 'confirmed_at'),
    recordedAt: at(fact.recordedAt, 'recorded_at'),
    withdrawnAt: at(null, 'withdrawn_at'),
    withdrawnReason: text(null, 'withdrawn_reason'),
    requestDigest: text(by.mark.digest, 'request_digest'),
  }
}

async function withdraw(
  db: Db,
  by: Authorship,
  { id, reason, auditId }: { readonly id: string; readonly reason: string; readonly auditId: string },
  entry: NewLogEntry,
): Promise<Accreditation | null> {
  const change = db
    .update(accreditations)
    .set({ withdrawnAt: by.at, withdrawnReason: reason })
    .where(and(eq(accreditations.id, id), isNull(accreditations.withdrawnAt)))
    .returning()
  const chain = sql`'organization:' || changed.body_organization_id`
  const note = { id: auditId, action: 'withdraw-accreditation', resource, resourceId: id, chain }
  const rows = await actOnce(db, by, auditId, () => changeWithAudit<Row>(db, change, by, note, entry))
  const [row] = rows ?? []
  return row === undefined ? null : toFact(row)
}

async function find(db: Db, id: string): Promise<Accreditation | null> {
  const [row] = await db.select().from(accreditations).where(eq(accreditations.id, id))
  return row === undefined ? null : toFact(row)
}
