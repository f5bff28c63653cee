/** Everything public as Postgres knows it, for writing the public bucket anew. */

import { and, asc, eq, gt, isNotNull } from 'drizzle-orm'
import type { PublicCredential, PublicRows } from '../ports/public-rows.ts'
import type { Db } from './database.ts'
import { accreditations } from './schema/accreditations.ts'
import { credentials } from './schema/credentials.ts'
import { organizations } from './schema/parties.ts'
import { statusLists } from './schema/status.ts'

/** The public rows of one database session. */
export function publicRows(db: Db): PublicRows {
  const { id, slug, did, kind } = organizations
  return {
    bodies: () =>
      db
        .select({ id, slug, did })
        .from(organizations)
        .where(eq(kind, 'certification-body'))
        .orderBy(asc(slug)),
    credentials: (after, limit) => credentialsAfter(db, after, limit),
    accreditations: () =>
      db
        .select({ id: accreditations.id, jwt: accreditations.jwt })
        .from(accreditations)
        .orderBy(asc(accreditations.id)),
    statusListIds: async () => {
      const rows = await db.select({ id: statusLists.id }).from(statusLists).orderBy(asc(statusLists.id))
      return rows.map((row) => row.id)
    },
  }
}

async function credentialsAfter(db: Db, after: string | null, limit: number): Promise<PublicCredential[]> {
  const { id, jwt, receipt, leafIndex } = credentials
  const rows = await db
    .select({ id, jwt, receipt, leafIndex })
    .from(credentials)
    .where(and(isNotNull(receipt), after === null ? undefined : gt(id, after)))
    .orderBy(asc(id))
    .limit(limit)
  return rows as PublicCredential[]
}
