/** How long evidence is kept, in Postgres: what starts its clock, and what is left of it when its term is over. */

import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Evidence, EvidenceOwner, VerificationRow } from '../ports/evidence.ts'
import type { Authorship } from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { related } from './engagement-rows.ts'
import { toEvidence } from './evidence-writes.ts'
import { credentials } from './schema/credentials.ts'
import { engagements } from './schema/engagements.ts'
import { evidenceFiles } from './schema/evidence.ts'
import { changeWithAudit } from './write-once.ts'

/** The verifications that evidence rests on: of a footprint all that the caller takes part in, of an engagement itself. */
export async function verifications(
  db: Db,
  actor: Actor | null,
  owner: EvidenceOwner,
): Promise<VerificationRow[]> {
  const rows = await db
    .select({
      scheme: sql<{
        id: string
        version: string
      }>`jsonb_build_object('id', ${engagements.schemeId}, 'version', ${engagements.schemeVersion})`,
      state: engagements.state,
      closing: engagements.closing,
      decision: engagements.decision,
      issuedAt: credentials.issuedAt,
      face: credentials.face,
    })
    .from(engagements)
    .leftJoin(credentials, eq(credentials.engagementId, engagements.id))
    .where(
      and(
        eq(owner.of === 'footprint' ? engagements.footprintId : engagements.id, owner.id),
        actor === null ? undefined : related(actor),
      ),
    )
  return rows.map(({ scheme, state, closing, decision, issuedAt, face }) => ({
    scheme,
    state,
    closedAt: closing && new Date(closing.at),
    refusedAt: decision?.outcome === 'refused' ? new Date(decision.at) : null,
    document: issuedAt && {
      issuedAt,
      validUntil: face?.validUntil == null ? null : new Date(face.validUntil),
    },
  }))
}

export async function ownersOfKept(db: Db, after: string | null, limit: number): Promise<EvidenceOwner[]> {
  const id = sql<string>`coalesce(${evidenceFiles.engagementId}, ${evidenceFiles.footprintId})`
  const rows = await db
    .selectDistinct({
      id: id.as('owner_id'),
      isOfEngagement: sql<boolean>`${evidenceFiles.engagementId} is not null`,
    })
    .from(evidenceFiles)
    .where(and(eq(evidenceFiles.state, 'kept'), after === null ? undefined : gt(id, sql`${after}::uuid`)))
    .orderBy(asc(id))
    .limit(limit)
  return rows.map((row) => ({ of: row.isOfEngagement ? 'engagement' : 'footprint', id: row.id }))
}

export async function keptOf(db: Db, { of, id }: EvidenceOwner): Promise<Evidence[]> {
  const isOwners =
    of === 'engagement'
      ? eq(evidenceFiles.engagementId, id)
      : and(eq(evidenceFiles.footprintId, id), isNull(evidenceFiles.engagementId))
  const rows = await db
    .select()
    .from(evidenceFiles)
    .where(and(isOwners, eq(evidenceFiles.state, 'kept')))
    .orderBy(asc(evidenceFiles.number))
  return rows.map(toEvidence)
}

export async function erase(
  db: Db,
  by: Authorship,
  { id, sha256, footprintId }: Evidence,
  auditId: string,
): Promise<boolean> {
  const change = db
    .update(evidenceFiles)
    .set({ state: 'erased', erasedAt: by.at })
    .where(and(eq(evidenceFiles.id, id), eq(evidenceFiles.state, 'kept')))
    .returning()
  const facts = { sha256, footprint: footprintId }
  const note = { id: auditId, action: 'erase-evidence', resource: 'evidence', resourceId: id, facts }
  return (await changeWithAudit(db, change, by, note)).length > 0
}

export async function bytesToRemove(db: Db, awaitedSince: Date, limit: number): Promise<Evidence[]> {
  const isShared = sql`exists (
    select from evidence_files other where other.organization_id = ${evidenceFiles.organizationId}
      and other.sha256 = ${evidenceFiles.sha256} and (
        other.state = 'kept' or other.state = 'announced' and other.announced_at > ${awaitedSince.toISOString()}::timestamptz
      )
  )`
  const rows = await db
    .select()
    .from(evidenceFiles)
    .where(and(eq(evidenceFiles.state, 'erased'), isNull(evidenceFiles.bytesRemovedAt), sql`not ${isShared}`))
    .orderBy(asc(evidenceFiles.erasedAt), asc(evidenceFiles.id))
    .limit(limit)
  return rows.map(toEvidence)
}

export async function noteRemoved(db: Db, { id }: Evidence, at: Date): Promise<void> {
  await db
    .update(evidenceFiles)
    .set({ bytesRemovedAt: at })
    .where(
      and(eq(evidenceFiles.id, id), eq(evidenceFiles.state, 'erased'), isNull(evidenceFiles.bytesRemovedAt)),
    )
}
