/** Issued credentials in Postgres. The signed bytes are fixed with the engagement's last move, or not at all. */

import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type {
  CredentialRepository,
  ExportedCredential,
  Fixed,
  Fixing,
  IssuedCredential,
  NewCredential,
} from '../ports/credentials.ts'
import type { Authorship, Page } from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { appendTakingTurn, type TurnState, turnAfterAppend } from './log-turn.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { audit } from './schema/audit.ts'
import { credentials } from './schema/credentials.ts'
import { engagements } from './schema/engagements.ts'
import { signingKeys } from './schema/keys.ts'
import { credentialMoves, statusEntries } from './schema/status.ts'
import { auditColumns, brokenConstraint } from './write-once.ts'

/** The credentials of one database session. */
export function credentialRepository(db: Db): CredentialRepository {
  return {
    fix: (by, credential, fixing) => fix(db, by, credential, fixing),
    find: (actor, id) => findOne(db, actor, eq(credentials.id, id)),
    findForEngagement: (actor, engagementId) =>
      findOne(db, actor, eq(credentials.engagementId, engagementId)),
    list: (actor, page) => list(db, actor, page),
    exported: (actor, page) => exported(db, actor, page),
  }
}

/** Credentials an actor stands behind: its body issued them, or they speak of its footprints. */
function relatedTo({ organizationId }: Actor) {
  return or(
    eq(credentials.bodyOrganizationId, organizationId),
    eq(credentials.clientOrganizationId, organizationId),
  )
}

async function exported(db: Db, { organizationId }: Actor, page: Page): Promise<ExportedCredential[]> {
  const { id, number, jwt, status, statusAt, issuedAt } = credentials
  return db
    .select({
      ...{ id, number, jwt, status, statusAt, issuedAt },
      reason: credentialMoves.reasonClass,
      successorNumber: sql<string | null>`(select next.number from credentials next
        where next.id = ${credentialMoves.successorId})`,
    })
    .from(credentials)
    .leftJoin(
      credentialMoves,
      and(eq(credentialMoves.credentialId, id), eq(credentialMoves.number, credentials.moveCount)),
    )
    .where(
      and(
        eq(credentials.bodyOrganizationId, organizationId),
        eq(credentials.state, 'public'),
        afterCursor(issuedAt, id, page.after),
      ),
    )
    .orderBy(...newestFirst(issuedAt, id))
    .limit(page.limit)
}

/** Compare-and-swap on the engagement; credential, places, leaf, turn and audit row in the same statement. */
async function fix(db: Db, by: Authorship, credential: NewCredential, fixing: Fixing): Promise<Fixed> {
  const signer = db.$with('signer').as(activeSigner(db, credential))
  const moved = db.$with('moved').as(issuedEngagement(db, by, credential, fixing))
  const { head, entry, turn } = appendTakingTurn(db, 'moved', fixing.entry, fixing.turn)
  const made = db.$with('made').as(
    db
      .insert(credentials)
      .select((query) => query.select(literals(credential, head.leafIndex)).from(head))
      .returning(),
  )
  const placed = db.$with('placed').as(
    db
      .insert(statusEntries)
      .select(sql`select place.list_id, place.index, made.id, place.purpose, false from made,
        jsonb_to_recordset(${placesJson(fixing.places)}::jsonb) as place (list_id uuid, index integer, purpose text)`)
      .returning({ index: statusEntries.index }),
  )
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, noteOf(by, credential, fixing))).from(made))
      .returning({ id: audit.id }),
  )
  try {
    const [row] = await db
      .with(signer, moved, head, entry, made, placed, logged, turn)
      .select()
      .from(made)
      .leftJoin(turn, sql`true`)
    if (row) return fixedNow(row.made, row.log_turn?.state ?? null, fixing)
  } catch (thrown) {
    const constraint = brokenConstraint(thrown) ?? ''
    if (drawnConstraints.includes(constraint)) return 'draw-again'
    if (!madeConstraints.includes(constraint)) throw thrown
  }
  const standing = await findOne(db, by.actor, eq(credentials.engagementId, credential.engagementId))
  // Someone issued it first: then that credential stands, and this one's bytes were never seen by anyone.
  if (standing) return { credential: standing, turn: null }
  if ((await activeSigner(db, credential)).length === 0) return 'draw-again'
  throw movedMeanwhile(credential)
}

/** What was drawn at random, and another had first. */
const drawnConstraints = ['status_entries_pkey', 'credentials_number_key']
/** The same request at the same moment made it. */
const madeConstraints = [
  'audit_pkey',
  'credentials_engagement_key',
  'log_entries_subject_key',
  'credentials_pkey',
]

function issuedEngagement(db: Db, by: Authorship, { engagementId }: NewCredential, { version }: Fixing) {
  return db
    .update(engagements)
    .set({ state: 'issued', version: sql`${engagements.version} + 1`, updatedAt: by.at })
    .where(
      and(
        eq(engagements.id, engagementId),
        eq(engagements.bodyOrganizationId, by.actor.organizationId),
        eq(engagements.state, 'decided'),
        eq(engagements.version, version),
        sql`exists (select from signer)`,
      ),
    )
    .returning({ id: engagements.id })
}

/** The key that signed, while it is active: held until the statement ends, so that none is told to be compromised meanwhile. */
function activeSigner(db: Db, { bodyOrganizationId, kid }: NewCredential) {
  const { ownerId, purpose, retiredAt } = signingKeys
  return db
    .select({ kid: signingKeys.kid })
    .from(signingKeys)
    .where(
      and(
        eq(ownerId, bodyOrganizationId),
        eq(purpose, 'credential'),
        eq(signingKeys.kid, kid),
        isNull(retiredAt),
      ),
    )
    .for('share')
}

function placesJson(places: Fixing['places']): string {
  return JSON.stringify(places.map(({ listId, index, purpose }) => ({ list_id: listId, index, purpose })))
}

function noteOf(by: Authorship, { id, number, engagementId }: NewCredential, { verificationReport }: Fixing) {
  return {
    id: by.mark.idempotencyKey === null ? crypto.randomUUID() : id,
    action: 'issue',
    resource: 'engagement',
    resourceId: engagementId,
    facts: { credential: id, number, verificationReport, from: 'decided', to: 'issued' },
  }
}

function fixedNow(credential: IssuedCredential, state: TurnState | null, fixing: Fixing): Fixed {
  const { id, jwt, leafIndex } = credential
  const leaf = { leafIndex, type: fixing.entry.type, body: fixing.entry.body }
  return {
    credential,
    turn: turnAfterAppend(fixing.turn, state, { leaf, credential: { id, jwt, leafIndex } }),
  }
}

function movedMeanwhile({ engagementId: id }: NewCredential): Problem {
  return new Problem('stale-state', 'The engagement was moved meanwhile; read it again.', { id })
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

async function findOne(db: Db, actor: Actor, condition: SQL): Promise<IssuedCredential | null> {
  const [row] = await db
    .select()
    .from(credentials)
    .where(and(condition, relatedTo(actor)))
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
