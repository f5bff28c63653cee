/** Certification bodies as those who hold keys: which of them the sweep looks at, and a DID of their own. */

import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { NewLogEntry } from '../ports/log.ts'
import type { Authorship, Organization } from '../ports/parties.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { appendAfter } from './log-append.ts'
import { toOrganization } from './organization-rows.ts'
import { audit } from './schema/audit.ts'
import { credentials } from './schema/credentials.ts'
import { signingKeys } from './schema/keys.ts'
import { organizations } from './schema/parties.ts'
import { statusLists } from './schema/status.ts'
import { actOnce, auditColumns, brokenConstraint } from './write-once.ts'

export async function bodiesWhere(db: Db, condition: SQL | undefined): Promise<Organization[]> {
  const rows = await db
    .select()
    .from(organizations)
    .where(and(eq(organizations.kind, 'certification-body'), condition))
    .orderBy(asc(organizations.slug))
  return rows.map(toOrganization)
}

export function bodiesToPublish(
  db: Db,
  changedSince: Date,
  { number, of }: { readonly number: number; readonly of: number },
): Promise<Organization[]> {
  const since = sql`${changedSince.toISOString()}::timestamptz`
  const keys = sql`select from ${signingKeys} held where held.owner_id = ${organizations.id} and held.purpose = 'credential'`
  const changed = sql`greatest(held.created_at, held.retired_at, held.compromised_at) >= ${since}`
  // The first hex digits of an id are as good as drawn.
  const slot = sql`('x' || left(${organizations.id}::text, 7))::bit(28)::int % ${of}::int = ${number}::int`
  return bodiesWhere(db, sql`(not exists (${keys}) or exists (${keys} and ${changed}) or ${slot})`)
}

/** Compare-and-swap on having none; entry and audit row in the same statement. */
export async function nameOwnDid(
  db: Db,
  by: Authorship,
  { id, did, auditId }: { readonly id: string; readonly did: string; readonly auditId: string },
  entry: NewLogEntry,
): Promise<Organization | null> {
  const named = db.$with('named').as(
    db
      .update(organizations)
      .set({ did })
      .where(
        and(
          eq(organizations.id, id),
          eq(organizations.kind, 'certification-body'),
          isNull(organizations.did),
          sql`not exists (select from ${credentials} where ${credentials.bodyOrganizationId} = ${id}::uuid)`,
          sql`not exists (select from ${statusLists} where ${statusLists.bodyOrganizationId} = ${id}::uuid)`,
        ),
      )
      .returning(),
  )
  const appended = appendAfter(db, 'named', entry, by.at)
  const note = {
    id: auditId,
    action: 'name-own-did',
    resource: 'organization',
    resourceId: id,
    facts: { did },
  }
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(named))
      .returning({ id: audit.id }),
  )
  const act = () => db.with(named, appended.head, appended.entry, logged).select().from(named)
  try {
    const rows = await actOnce(db, by, auditId, act)
    const [row] = rows ?? (await db.select().from(organizations).where(eq(organizations.id, id)))
    return row ? toOrganization(row) : null
  } catch (thrown) {
    if (brokenConstraint(thrown) !== 'organizations_did_key') throw thrown
    throw new Problem('already-exists', 'Another body has this DID.', { pointer: '/did' })
  }
}
