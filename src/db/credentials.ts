/** Issued credentials in Postgres. The signed bytes are fixed with the engagement's last move, or not at all. */

import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm'
import type { CredentialRepository, IssuedCredential, NewCredential } from '../ports/credentials.ts'
import type { NewLogEntry } from '../ports/log.ts'
import type { Authorship, Page } from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { appendAfter } from './log-append.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { audit } from './schema/audit.ts'
import { credentials } from './schema/credentials.ts'
import { engagements } from './schema/engagements.ts'
import { auditColumns } from './write-once.ts'

/** The credentials of one database session. */
export function credentialRepository(db: Db): CredentialRepository {
  return {
    fix: (by, credential, entry) => fix(db, by, credential, entry),
    markPublic: (id, at) => markPublic(db, id, at),
    findForEngagement: (actor, engagementId) => findForEngagement(db, actor, engagementId),
    list: (actor, page) => list(db, actor, page),
    listPending: (limit) =>
      db
        .select()
        .from(credentials)
        .where(eq(credentials.state, 'pending'))
        .orderBy(asc(credentials.issuedAt))
        .limit(limit),
  }
}

/** Credentials an actor stands behind: its body issued them, or they speak of its footprints. */
function relatedTo({ organizationId }: Actor) {
  return or(
    eq(credentials.bodyOrganizationId, organizationId),
    eq(credentials.clientOrganizationId, organizationId),
  )
}

/** Compare-and-swap on the engagement, the credential and the audit row in one statement. */
async function fix(
  db: Db,
  by: Authorship,
  credential: NewCredential,
  entry: NewLogEntry,
): Promise<IssuedCredential> {
  const moved = db.$with('moved').as(
    db
      .update(engagements)
      .set({ state: 'issued', version: sql`${engagements.version} + 1`, updatedAt: by.at })
      .where(
        and(
          eq(engagements.id, credential.engagementId),
          eq(engagements.bodyOrganizationId, by.actor.organizationId),
          eq(engagements.state, 'decided'),
        ),
      )
      .returning({ id: engagements.id }),
  )
  const appended = appendAfter(db, 'moved', entry, credential.issuedAt)
  const made = db.$with('made').as(
    db
      .insert(credentials)
      .select((query) => query.select(literals(credential, appended.head.leafIndex)).from(appended.head))
      .returning(),
  )
  const note = {
    id: by.mark.idempotencyKey === null ? crypto.randomUUID() : credential.id,
    action: 'issue',
    resource: 'engagement',
    resourceId: credential.engagementId,
    facts: { credential: credential.id, number: credential.number, from: 'decided', to: 'issued' },
  }
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(made))
      .returning({ id: audit.id }),
  )
  const [fixed] = await db.with(moved, appended.head, appended.entry, made, logged).select().from(made)
  return fixed ?? fixedBefore(db, by.actor, credential.engagementId)
}

/** Someone issued it first: then that credential stands, and this one's bytes were never seen by anyone. */
async function fixedBefore(db: Db, actor: Actor, engagementId: string): Promise<IssuedCredential> {
  const standing = await findForEngagement(db, actor, engagementId)
  if (standing) return standing
  throw new Problem('stale-state', 'The engagement was moved meanwhile; read it again.', { id: engagementId })
}

/** The row's columns as literals, in the table's order, for `insert … select`. */
function literals(row: NewCredential, leafIndex: SQL.Aliased<number>) {
  const issuedAt = sql`${row.issuedAt.toISOString()}::timestamptz`
  return {
    id: sql<string>`${row.id}::uuid`.as('id'),
    number: sql<string>`${row.number}::text`.as('number'),
    engagementId: sql<string>`${row.engagementId}::uuid`.as('engagement_id'),
    bodyOrganizationId: sql<string>`${row.bodyOrganizationId}::uuid`.as('body_organization_id'),
    clientOrganizationId: sql<string>`${row.clientOrganizationId}::uuid`.as('client_organization_id'),
    documentKind: sql<IssuedCredential['documentKind']>`${row.documentKind}::text`.as('document_kind'),
    jwt: sql<string>`${row.jwt}::text`.as('jwt'),
    digest: sql<string>`${row.digest}::text`.as('digest'),
    kid: sql<string>`${row.kid}::text`.as('kid'),
    face: sql<IssuedCredential['face']>`${JSON.stringify(row.face)}::jsonb`.as('face'),
    holderCode: sql<string | null>`${row.holderCode}::text`.as('holder_code'),
    leafIndex: sql<number>`${leafIndex}`.as('leaf_index'),
    receipt: sql<string | null>`null::text`.as('receipt'),
    status: sql<'active'>`'active'::text`.as('status'),
    moveCount: sql<number>`0`.as('move_count'),
    statusAt: sql<Date>`${issuedAt}`.as('status_at'),
    confirmedAt: sql<Date | null>`null::timestamptz`.as('confirmed_at'),
    pseudonymSalt: sql<string>`${row.pseudonymSalt}::text`.as('pseudonym_salt'),
    state: sql<'pending'>`'pending'::text`.as('state'),
    issuedAt: sql<Date>`${issuedAt}`.as('issued_at'),
    publishedAt: sql<Date | null>`null::timestamptz`.as('published_at'),
  }
}

async function markPublic(db: Db, id: string, at: Date): Promise<IssuedCredential> {
  const [row] = await db
    .update(credentials)
    .set({
      state: 'public',
      publishedAt: sql`coalesce(${credentials.publishedAt}, ${at.toISOString()}::timestamptz)`,
    })
    .where(eq(credentials.id, id))
    .returning()
  if (!row) throw new Problem('not-found', 'There is no such credential.', { id })
  return row
}

async function findForEngagement(
  db: Db,
  actor: Actor,
  engagementId: string,
): Promise<IssuedCredential | null> {
  const [row] = await db
    .select()
    .from(credentials)
    .where(and(eq(credentials.engagementId, engagementId), relatedTo(actor)))
  return row ?? null
}

async function list(db: Db, actor: Actor, page: Page): Promise<IssuedCredential[]> {
  const { issuedAt, id } = credentials
  return db
    .select()
    .from(credentials)
    .where(and(relatedTo(actor), afterCursor(issuedAt, id, page.after)))
    .orderBy(...newestFirst(issuedAt, id))
    .limit(page.limit)
}
