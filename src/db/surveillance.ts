/** Surveillance and succession of documents in Postgres: each act one statement with its audit row. */

import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { RecordedSurveillance } from '../certification/surveillance.ts'
import type { Authorship, Created } from '../ports/parties.ts'
import type {
  LivingDocument,
  SuccessionRow,
  SurveillanceRepository,
  SurveillanceRow,
} from '../ports/surveillance.ts'
import type { Actor } from '../ports.ts'
import { Problem } from '../problem.ts'
import { chainOf } from '../transparency/trail.ts'
import type { Db } from './database.ts'
import { credentials } from './schema/credentials.ts'
import { credentialSuccessions, surveillances } from './schema/surveillance.ts'
import { brokenConstraint, createOnce } from './write-once.ts'

/** The living documents of one database session. */
export function surveillanceRepository(db: Db): SurveillanceRepository {
  return {
    find: (actor, credentialId) => find(db, actor, credentialId),
    record: (by, row) => record(db, by, row),
    couldReplace: (actor, credentialId, engagementId) => couldReplace(db, actor, credentialId, engagementId),
    declare: (by, row) => declare(db, by, row),
    recorded: (credentialIds) => recorded(db, credentialIds),
  }
}

type AsJson<Row, Instants extends keyof Row> = Omit<Row, Instants> & Record<Instants, string>

/** Columns of the document are written out: alone in a query, the builder would leave their table away. */
const living = {
  surveillances: sql<AsJson<SurveillanceRow, 'dueAt' | 'doneAt'>[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('id', done.id, 'credentialId', done.credential_id, 'number', done.number,
      'dueAt', done.due_at, 'outcome', done.outcome, 'basis', done.basis, 'personId', done.person_id, 'doneAt', done.done_at)
      order by done.number), '[]')
    from surveillances done where done.credential_id = credentials.id)`,
  successions: sql<AsJson<LivingDocument['successions'][number], 'createdAt'>[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('id', named.id, 'engagementId', named.engagement_id,
      'credentialId', named.credential_id, 'purpose', named.purpose, 'personId', named.person_id, 'createdAt', named.created_at,
      'engagementState', engagement.state, 'successorId', next.id) order by named.created_at), '[]')
    from credential_successions named join engagements engagement on engagement.id = named.engagement_id
      left join credentials next on next.engagement_id = named.engagement_id
    where named.credential_id = credentials.id)`,
  predecessorIds: sql<string[]>`(
    select coalesce(jsonb_agg(made.credential_id order by made.at), '[]')
    from credential_moves made where made.successor_id = credentials.id)`,
}

async function find(db: Db, actor: Actor, credentialId: string): Promise<LivingDocument | null> {
  const { id, state, status, documentKind, face, bodyOrganizationId } = credentials
  const [row] = await db
    .select({
      ...{ id, state, status, documentKind, face, bodyOrganizationId, ...living },
      callerRoles: sql<string[]>`coalesce((select to_jsonb(me.roles) from members me
        where me.id = ${actor.memberId}::uuid and me.organization_id = ${actor.organizationId}::uuid), '[]')`,
    })
    .from(credentials)
    .where(
      and(
        eq(id, credentialId),
        or(
          eq(bodyOrganizationId, actor.organizationId),
          eq(credentials.clientOrganizationId, actor.organizationId),
        ),
      ),
    )
  if (!row) return null
  return {
    ...row,
    surveillances: row.surveillances.map(({ dueAt, doneAt, ...done }) => {
      return { ...done, dueAt: new Date(dueAt), doneAt: new Date(doneAt) }
    }),
    successions: row.successions.map((named) => ({ ...named, createdAt: new Date(named.createdAt) })),
  }
}

async function record(db: Db, by: Authorship, row: SurveillanceRow): Promise<Created<SurveillanceRow>> {
  const note = {
    action: 'record-surveillance',
    resource: 'surveillance',
    chain: chainOf('credential', row.credentialId),
    facts: { number: row.number, outcome: row.outcome },
  }
  try {
    const values = { ...row, requestDigest: by.mark.digest }
    const { row: made, replayed } = await createOnce(db, surveillances, values, by, note)
    const { requestDigest: _, ...rest } = made
    return { row: rest, replayed }
  } catch (thrown) {
    if (brokenConstraint(thrown) !== 'surveillances_number_key') throw thrown
    throw new Problem('stale-state', 'Someone else recorded this surveillance first; read it again.')
  }
}

async function couldReplace(
  db: Db,
  actor: Actor,
  credentialId: string,
  engagementId: string,
): Promise<boolean> {
  const { rows } = (await db.execute(sql`
    select 1 as found from credentials document join engagements other
      on other.body_organization_id = document.body_organization_id
        and other.client_organization_id = document.client_organization_id
    where document.id = ${credentialId}::uuid and other.id = ${engagementId}::uuid and other.id <> document.engagement_id
      and other.document_kind = document.document_kind and other.state not in ('declined', 'withdrawn')
      and ${actor.organizationId}::uuid in (document.body_organization_id, document.client_organization_id)`)) as unknown as {
    rows: unknown[]
  }
  return rows.length > 0
}

async function declare(db: Db, by: Authorship, row: SuccessionRow): Promise<Created<SuccessionRow>> {
  const note = {
    action: 'declare-succession',
    resource: 'succession',
    chain: chainOf('credential', row.credentialId),
    facts: { engagement: row.engagementId, purpose: row.purpose },
  }
  const taken = { credential_successions_engagement_key: '/engagementId' }
  const values = { ...row, requestDigest: by.mark.digest }
  const { row: made, replayed } = await createOnce(db, credentialSuccessions, values, by, note, taken)
  const { requestDigest: _, ...rest } = made
  return { row: rest, replayed }
}

async function recorded(
  db: Db,
  credentialIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RecordedSurveillance[]>> {
  if (credentialIds.length === 0) return new Map()
  const { credentialId, number, outcome, doneAt } = surveillances
  const rows = await db
    .select({ credentialId, number, outcome, doneAt })
    .from(surveillances)
    .where(inArray(credentialId, [...credentialIds]))
  return Map.groupBy(rows, (row) => row.credentialId)
}
