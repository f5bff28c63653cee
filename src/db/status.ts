/** Status lists, the places in them and the moves of credentials in Postgres: every move is one statement. */

import { and, asc, count, eq, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { StatusPurpose } from '../credential/status-purposes.ts'
import type { Authorship } from '../ports/parties.ts'
import type {
  CredentialMoveRow,
  NewCredentialMove,
  NewStatusList,
  StandingCredential,
  StatusList,
  StatusRepository,
} from '../ports/status.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { appendAfter } from './log-append.ts'
import { audit } from './schema/audit.ts'
import { credentials } from './schema/credentials.ts'
import { members, organizations } from './schema/parties.ts'
import { credentialMoves, statusEntries, statusLists } from './schema/status.ts'
import { auditColumns, brokenConstraint } from './write-once.ts'

/** The status lists of one database session. */
export function statusRepository(db: Db): StatusRepository {
  return {
    newestLists: (bodyId) => newestLists(db, bodyId),
    addLists: (lists, at) => addLists(db, lists, at),
    findStanding: (actor, credentialId, concerning) => findStanding(db, actor, credentialId, concerning),
    move: (by, standing, move) => moveCredential(db, by, standing, move),
    moves: (actor, credentialId) => moves(db, actor, credentialId),
    due: (expiringBefore, limit) => due(db, expiringBefore, limit),
    listsOf: (credentialId) => listsOf(db, credentialId),
    bits: (listId) => bits(db, listId),
    published: (listId, version, signedAt, expiresAt) =>
      published(db, listId, { version, signedAt, expiresAt }),
    unconfirmed: (limit) =>
      selectLists(db, and(isNull(statusLists.confirmedAt), sql`${statusLists.publishedVersion} >= 0`), limit),
    confirmed: (listId, version, at) => confirmed(db, listId, version, at),
  }
}

const listColumns = {
  id: statusLists.id,
  bodyOrganizationId: statusLists.bodyOrganizationId,
  body: { slug: organizations.slug, did: organizations.did },
  purpose: statusLists.purpose,
  number: statusLists.number,
  length: statusLists.length,
  version: statusLists.version,
  publishedVersion: statusLists.publishedVersion,
  signedAt: statusLists.signedAt,
  expiresAt: statusLists.expiresAt,
  confirmedAt: statusLists.confirmedAt,
}

/** Lists that meet a condition: those that show too little first, then those that expire first. */
function selectLists(db: Db, condition: SQL | undefined, limit: number): Promise<StatusList[]> {
  return db
    .select(listColumns)
    .from(statusLists)
    .innerJoin(organizations, eq(organizations.id, statusLists.bodyOrganizationId))
    .where(condition)
    .orderBy(
      sql`${statusLists.publishedVersion} >= ${statusLists.version}`,
      sql`${statusLists.expiresAt} asc nulls first`,
      asc(statusLists.id),
    )
    .limit(limit)
}

async function newestLists(db: Db, bodyId: string) {
  const newest = await db
    .selectDistinctOn([statusLists.purpose], listColumns)
    .from(statusLists)
    .innerJoin(organizations, eq(organizations.id, statusLists.bodyOrganizationId))
    .where(eq(statusLists.bodyOrganizationId, bodyId))
    .orderBy(statusLists.purpose, sql`${statusLists.number} desc`)
  const taken = await db
    .select({ listId: statusEntries.listId, taken: count() })
    .from(statusEntries)
    .where(
      inArray(statusEntries.listId, ['00000000-0000-0000-0000-000000000000', ...newest.map(({ id }) => id)]),
    )
    .groupBy(statusEntries.listId)
  const takenOf = new Map(taken.map((row) => [row.listId, row.taken]))
  return newest.map((list) => ({ list, taken: takenOf.get(list.id) ?? 0 }))
}

/** Two first issues at once make one list each; the unique number lets one of each purpose stand. */
async function addLists(db: Db, lists: readonly NewStatusList[], at: Date): Promise<void> {
  const fresh = { version: 0, publishedVersion: -1, createdAt: at }
  await db
    .insert(statusLists)
    .values(lists.map((list) => ({ ...list, ...fresh })))
    .onConflictDoNothing()
}

async function findStanding(
  db: Db,
  actor: Actor,
  credentialId: string,
  {
    moveId,
    caseId,
    successorId,
  }: { readonly moveId: string; readonly caseId: string | null; readonly successorId: string | null },
): Promise<StandingCredential | null> {
  const [row] = await db
    .select({
      id: credentials.id,
      number: credentials.number,
      digest: credentials.digest,
      documentKind: credentials.documentKind,
      bodyOrganizationId: credentials.bodyOrganizationId,
      face: credentials.face,
      state: credentials.state,
      status: credentials.status,
      moveCount: credentials.moveCount,
      callerRoles: members.roles,
      madeBefore: credentialMoves.requestDigest,
      case: sql<StandingCredential['case']>`(
        select jsonb_build_object('id', heard.id, 'kind', heard.kind, 'state', heard.state,
          'consequence', heard.decision ->> 'consequence')
        from cases heard where heard.id = ${caseId}::uuid and heard.credential_id = ${credentials.id}
          and heard.body_organization_id = ${credentials.bodyOrganizationId})`,
      successor: sql<StandingCredential['successor']>`(
        select jsonb_build_object('id', next.id, 'state', next.state, 'status', next.status, 'documentKind', next.document_kind,
          'purpose', (select declared.purpose from credential_successions declared
            where declared.engagement_id = next.engagement_id and declared.credential_id = ${credentials.id}))
        from credentials next where next.id = ${successorId}::uuid and next.id <> ${credentials.id}
          and next.body_organization_id = ${credentials.bodyOrganizationId}
          and next.client_organization_id = ${credentials.clientOrganizationId})`,
    })
    .from(credentials)
    .leftJoin(
      members,
      and(eq(members.id, sql`${actor.memberId}::uuid`), eq(members.organizationId, actor.organizationId)),
    )
    // Of whatever credential: the id tells client and key, and a key that went with another credential is taken.
    .leftJoin(credentialMoves, eq(credentialMoves.id, moveId))
    .where(and(eq(credentials.id, credentialId), eq(credentials.bodyOrganizationId, actor.organizationId)))
  if (!row) return null
  const { face, callerRoles, ...rest } = row
  return {
    ...rest,
    issuer: face.issuer.did,
    validUntil: face.validUntil === null ? null : new Date(face.validUntil),
    callerRoles: callerRoles ?? [],
  }
}

/** Which bit a move sets or clears. What was suspended and is then withdrawn keeps both: no two lists together say "valid". */
export const bitOf: Readonly<
  Record<NewCredentialMove['move'], { readonly purpose: StatusPurpose; readonly isSet: boolean }>
> = {
  suspend: { purpose: 'suspension', isSet: true },
  reinstate: { purpose: 'suspension', isSet: false },
  withdraw: { purpose: 'revocation', isSet: true },
  cancel: { purpose: 'revocation', isSet: true },
  supersede: { purpose: 'revocation', isSet: true },
}

/** What takes a place stands itself, in the very statement that gives it the place. */
const stillInForce = (successorId: string) =>
  sql`exists (select from credentials next where next.id = ${successorId}::uuid and next.state = 'public' and next.status = 'active')`

/** Compare-and-swap on the credential; with it the bit, the list's version, the leaf, the move and the audit row. */
async function moveCredential(
  db: Db,
  by: Authorship,
  standing: StandingCredential,
  move: NewCredentialMove,
): Promise<CredentialMoveRow | null> {
  const moved = db.$with('moved').as(
    db
      .update(credentials)
      .set({ status: move.to, moveCount: sql`${credentials.moveCount} + 1`, statusAt: move.effectiveAt })
      .where(
        and(
          eq(credentials.id, standing.id),
          eq(credentials.bodyOrganizationId, by.actor.organizationId),
          eq(credentials.state, 'public'),
          eq(credentials.status, standing.status),
          eq(credentials.moveCount, standing.moveCount),
          move.successorId === null ? undefined : stillInForce(move.successorId),
        ),
      )
      .returning({ id: credentials.id, moveCount: credentials.moveCount }),
  )
  const appended = appendAfter(db, 'moved', move.entry, by.at)
  const { purpose, isSet } = bitOf[move.move]
  const bit = db.$with('bit').as(
    db
      .update(statusEntries)
      .set({ isSet })
      .from(moved)
      .where(and(eq(statusEntries.credentialId, moved.id), eq(statusEntries.purpose, purpose)))
      .returning({ listId: statusEntries.listId }),
  )
  const list = db.$with('list').as(
    db
      .update(statusLists)
      .set({ version: sql`${statusLists.version} + 1` })
      .from(bit)
      .where(eq(statusLists.id, bit.listId))
      .returning({ id: statusLists.id }),
  )
  const made = db.$with('made').as(
    db
      .insert(credentialMoves)
      .select(sql`select ${move.id}::uuid, moved.id, moved.move_count, ${move.move}::text, ${move.reasonClass}::text,
        ${move.note}::text, ${move.effectiveAt.toISOString()}::timestamptz, ${by.actor.personId}::uuid,
        ${by.at.toISOString()}::timestamptz, log_head.leaf_index, ${by.mark.digest}::text, ${move.caseId}::uuid,
        ${move.successorId}::uuid from moved, log_head`)
      .returning(),
  )
  const note = {
    id: move.id,
    action: `${move.move}-credential`,
    resource: 'credential',
    resourceId: standing.id,
    facts: {
      from: standing.status,
      to: move.to,
      reason: move.reasonClass,
      case: move.caseId,
      successor: move.successorId,
    },
  }
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(made))
      .returning({ id: audit.id }),
  )
  try {
    const [row] = await db
      .with(moved, appended.head, appended.entry, bit, list, made, logged)
      .select()
      .from(made)
    return row ?? null
  } catch (thrown) {
    // The same request at the same moment: the other one made the rows; the caller reads what it did.
    if (['audit_pkey', 'credential_moves_pkey'].includes(brokenConstraint(thrown) ?? '')) return null
    throw thrown
  }
}

async function moves(db: Db, { organizationId }: Actor, credentialId: string): Promise<CredentialMoveRow[]> {
  const rows = await db
    .select({ move: credentialMoves })
    .from(credentialMoves)
    .innerJoin(credentials, eq(credentials.id, credentialMoves.credentialId))
    .where(
      and(
        eq(credentials.id, credentialId),
        or(
          eq(credentials.bodyOrganizationId, organizationId),
          eq(credentials.clientOrganizationId, organizationId),
        ),
      ),
    )
    .orderBy(asc(credentialMoves.number))
  return rows.map(({ move }) => move)
}

function due(db: Db, expiringBefore: Date, limit: number): Promise<StatusList[]> {
  const isBehind = lt(statusLists.publishedVersion, statusLists.version)
  return selectLists(
    db,
    or(isBehind, isNull(statusLists.expiresAt), lt(statusLists.expiresAt, expiringBefore)),
    limit,
  )
}

async function listsOf(db: Db, credentialId: string): Promise<StatusList[]> {
  const itsLists = db
    .select({ id: statusEntries.listId })
    .from(statusEntries)
    .where(eq(statusEntries.credentialId, credentialId))
  return selectLists(db, inArray(statusLists.id, itsLists), 2)
}

/** One statement, so that the version and the bits belong together. */
async function bits(db: Db, listId: string) {
  const set = sql<number[]>`(
    select coalesce(json_agg(place.index order by place.index), '[]')
    from ${statusEntries} place where place.list_id = ${statusLists.id} and place.is_set)`
  const [row] = await db
    .select({ ...listColumns, set })
    .from(statusLists)
    .innerJoin(organizations, eq(organizations.id, statusLists.bodyOrganizationId))
    .where(eq(statusLists.id, listId))
  if (!row) throw new Error(`there is no status list ${listId}`)
  const { set: places, ...list } = row
  return { list, set: places }
}

/** A signature that was made later, or shows more, is not undone by one that comes in late. */
async function published(
  db: Db,
  listId: string,
  { version, signedAt, expiresAt }: { version: number; signedAt: Date; expiresAt: Date },
): Promise<void> {
  await db
    .update(statusLists)
    .set({ publishedVersion: version, signedAt, expiresAt, confirmedAt: null })
    .where(
      and(
        eq(statusLists.id, listId),
        sql`(${statusLists.publishedVersion}, coalesce(${statusLists.signedAt}, '-infinity'))
          <= (${version}::integer, ${signedAt.toISOString()}::timestamptz)`,
      ),
    )
}

async function confirmed(db: Db, listId: string, version: number, at: Date): Promise<void> {
  await db
    .update(statusLists)
    .set({ confirmedAt: at })
    .where(
      and(
        eq(statusLists.id, listId),
        eq(statusLists.publishedVersion, version),
        eq(statusLists.version, version),
      ),
    )
}
