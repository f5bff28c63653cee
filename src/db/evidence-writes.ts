/** Writes of evidence: each in one statement with its audit row. */

import { and, eq, isNull, sql } from 'drizzle-orm'
import { evidenceLimits } from '../certification/evidence.ts'
import type { Evidence, EvidenceRefusal, LinkTarget, NewEvidence } from '../ports/evidence.ts'
import type { Authorship, Created } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { audit } from './schema/audit.ts'
import { evidenceFiles, evidenceLinks } from './schema/evidence.ts'
import {
  type AuditNote,
  actOnce,
  auditColumns,
  brokenConstraint,
  changeWithAudit,
  wasDone,
} from './write-once.ts'

type FileRow = typeof evidenceFiles.$inferSelect

/** Evidence as actions know it. */
export function toEvidence({ requestDigest: _, ...row }: FileRow): Evidence {
  return row
}

type Named = Pick<Evidence, 'id' | 'footprintId' | 'engagementId' | 'sha256'>

/**
 * What a client does to its evidence it does to its footprint: whoever did it prepared it. What a body does stands on the evidence, since
 * the client reads the engagement's acts.
 */
function noteOn(evidence: Named, id: string, action: string, facts: object = {}): AuditNote {
  const isClients = evidence.engagementId === null
  return {
    id,
    action,
    resource: isClients ? 'footprint' : 'evidence',
    resourceId: isClients ? evidence.footprintId : evidence.id,
    facts: {
      evidence: evidence.id,
      sha256: evidence.sha256,
      ...(isClients ? {} : { engagement: evidence.engagementId }),
      ...facts,
    },
  }
}

/** One statement: the owner's count, the file under that number, and the audit row. */
export async function announce(db: Db, by: Authorship, evidence: NewEvidence): Promise<Created<Evidence>> {
  const owner = evidence.engagementId ?? evidence.footprintId
  const counted = db.$with('counted', { files: sql<number>`files`.as('files') }).as(sql`
    insert into evidence_counts (owner_id, files) values (${owner}::uuid, 1)
    on conflict (owner_id) do update set files = evidence_counts.files + 1
    returning files`)
  const made = db.$with('made').as(
    db
      .insert(evidenceFiles)
      .select((query) => query.select(fileColumns(evidence, by)).from(counted))
      .returning(),
  )
  const note = noteOn(evidence, evidence.id, 'announce-evidence', { kind: evidence.kind })
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(made))
      .returning({ id: audit.id }),
  )
  try {
    const [row] = await db.with(counted, made, logged).select().from(made)
    return { row: toEvidence(row as FileRow), replayed: false }
  } catch (thrown) {
    return { row: await announcedBefore(db, by, evidence, thrown), replayed: true }
  }
}

async function announcedBefore(
  db: Db,
  by: Authorship,
  { id, organizationId }: NewEvidence,
  thrown: unknown,
): Promise<Evidence> {
  const constraint = brokenConstraint(thrown) ?? ''
  const isFull = constraint === 'evidence_counts_files_check'
  if (!isFull && !['evidence_files_pkey', 'audit_pkey'].includes(constraint)) throw thrown
  const [row] = await db
    .select()
    .from(evidenceFiles)
    .where(and(eq(evidenceFiles.id, id), eq(evidenceFiles.organizationId, organizationId)))
  if (row === undefined && isFull) throw tooManyFiles()
  requireSameRequest(row?.requestDigest, by.mark)
  return toEvidence(row as FileRow)
}

function tooManyFiles(): Problem {
  const { filesMax } = evidenceLimits
  return new Problem(
    'too-many-items',
    `There may be ${filesMax} files, refused and erased ones among them.`,
    {
      itemsMax: filesMax,
    },
  )
}

/** The columns of a file as SQL, in the table's order. */
function fileColumns(evidence: NewEvidence, by: Authorship) {
  const text = (value: string | null, name: string) => sql<string>`${value}::text`.as(name)
  const uuid = (value: string | null, name: string) => sql<string>`${value}::uuid`.as(name)
  const day = (value: string | null, name: string) => sql<string>`${value}::date`.as(name)
  const none = (name: string) => sql<null>`null::timestamptz`.as(name)
  return {
    id: uuid(evidence.id, 'id'),
    footprintId: uuid(evidence.footprintId, 'footprint_id'),
    engagementId: uuid(evidence.engagementId, 'engagement_id'),
    organizationId: uuid(evidence.organizationId, 'organization_id'),
    number: sql<number>`files`.as('number'),
    revision: sql<number>`${evidence.revision}::integer`.as('revision'),
    kind: text(evidence.kind, 'kind'),
    name: text(evidence.name, 'name'),
    mediaType: text(evidence.mediaType, 'media_type'),
    size: sql<number>`${evidence.size}::bigint`.as('size'),
    sha256: text(evidence.sha256, 'sha256'),
    description: text(evidence.description, 'description'),
    takenOn: day(evidence.takenOn, 'taken_on'),
    validUntil: day(evidence.validUntil, 'valid_until'),
    state: text('announced', 'state'),
    refusal: sql<null>`null::jsonb`.as('refusal'),
    linkCount: sql<number>`0::integer`.as('link_count'),
    requestDigest: text(by.mark.digest, 'request_digest'),
    announcedAt: sql<Date>`${evidence.announcedAt.toISOString()}::timestamptz`.as('announced_at'),
    settledAt: none('settled_at'),
    erasedAt: none('erased_at'),
    bytesRemovedAt: none('bytes_removed_at'),
  } as never
}

const own = (by: Authorship, id: string) =>
  and(eq(evidenceFiles.id, id), eq(evidenceFiles.organizationId, by.actor.organizationId))

/** Bytes that are just being erased cannot be kept by finding them there: whoever asks comes again when they are gone. */
const notBeingErased = sql`(
  not exists (
    select from evidence_files gone where gone.organization_id = ${evidenceFiles.organizationId}
      and gone.sha256 = ${evidenceFiles.sha256} and gone.state = 'erased' and gone.bytes_removed_at is null
  ) or exists (
    select from evidence_files other where other.organization_id = ${evidenceFiles.organizationId}
      and other.sha256 = ${evidenceFiles.sha256} and other.state = 'kept'
  )
)`

export async function settle(
  db: Db,
  by: Authorship,
  evidence: Evidence,
  refusal: EvidenceRefusal | null,
  auditId: string,
): Promise<Evidence | null> {
  const state = refusal === null ? 'kept' : 'refused'
  const change = db
    .update(evidenceFiles)
    .set({ state, refusal, settledAt: by.at })
    .where(
      and(
        own(by, evidence.id),
        eq(evidenceFiles.state, 'announced'),
        refusal === null ? notBeingErased : undefined,
      ),
    )
    .returning()
  const facts = refusal === null ? {} : { reason: refusal.reason }
  const note = noteOn(evidence, auditId, refusal === null ? 'keep-evidence' : 'refuse-evidence', facts)
  const rows = await actOnce(db, by, auditId, () => changeWithAudit<FileRow>(db, change, by, note))
  return rows?.[0] ? toEvidence(rows[0]) : null
}

/**
 * One statement: the links that do not stand yet, in one order, so that two requests never wait for each other in a circle; their
 * count; the audit row.
 */
export async function link(
  db: Db,
  by: Authorship,
  evidence: Evidence,
  links: readonly (LinkTarget & { readonly id: string })[],
  revision: number,
  auditId: string,
): Promise<void> {
  const { organizationId } = by.actor
  const asId = { id: sql<string>`id`.as('id') }
  const linked = db.$with('linked', asId).as(sql`
    insert into evidence_links (id, evidence_id, kind, target, engagement_id, finding_number, revision, linked_at)
    select asked.id, file.id, asked.kind, asked.target, asked."engagementId", asked."findingNumber",
      ${revision}::integer, ${by.at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
      as asked(id uuid, kind text, target text, "engagementId" uuid, "findingNumber" integer)
    join evidence_files file on file.id = ${evidence.id}::uuid
      and file.organization_id = ${organizationId}::uuid and file.state = 'kept'
    order by asked.kind, asked.target
    on conflict (evidence_id, kind, target) where unlinked_at is null do nothing
    returning id`)
  const counted = db.$with('counted', asId).as(sql`
    update evidence_files set link_count = link_count + (select count(*) from linked)
    where evidence_files.id = ${evidence.id}::uuid and evidence_files.organization_id = ${organizationId}::uuid
    returning evidence_files.id as id`)
  const facts = { links: links.map(({ kind, target }) => `${kind} ${target}`) }
  const note = noteOn(evidence, auditId, 'link-evidence', facts)
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(counted))
      .returning({ id: audit.id }),
  )
  try {
    await actOnce(db, by, auditId, () => db.with(linked, counted, logged).select().from(counted))
  } catch (thrown) {
    if (brokenConstraint(thrown) !== 'evidence_files_links_check') throw thrown
    const { linksMax } = evidenceLimits
    throw new Problem('too-many-items', `A file may have ${linksMax} links, taken away ones among them.`, {
      itemsMax: linksMax,
    })
  }
}

export async function unlink(
  db: Db,
  by: Authorship,
  evidence: Evidence,
  { linkId, from, reason }: { readonly linkId: string; readonly from: number; readonly reason: string },
  auditId: string,
): Promise<boolean> {
  const isOwn = sql`exists (
    select from evidence_files file where file.id = ${evidence.id}::uuid and file.organization_id = ${by.actor.organizationId}::uuid
  )`
  const change = db
    .update(evidenceLinks)
    .set({ unlinkedAt: by.at, unlinkedFrom: from, unlinkReason: reason })
    .where(
      and(
        eq(evidenceLinks.id, linkId),
        eq(evidenceLinks.evidenceId, evidence.id),
        isNull(evidenceLinks.unlinkedAt),
        isOwn,
      ),
    )
    .returning()
  const note = noteOn(evidence, auditId, 'unlink-evidence', { link: linkId, reason })
  const rows = await actOnce(db, by, auditId, () => changeWithAudit(db, change, by, note))
  return rows === null || rows.length > 0 || (await wasDone(db, by, auditId))
}

/** Reading is nobody's part in a footprint: it stands on the evidence, whoever reads. */
export async function noteReading(
  db: Db,
  by: Authorship,
  evidence: Evidence,
  auditId: string,
): Promise<void> {
  const facts = {
    sha256: evidence.sha256,
    footprint: evidence.footprintId,
    ...(evidence.engagementId === null ? {} : { engagement: evidence.engagementId }),
  }
  const note = { id: auditId, action: 'read-evidence', resource: 'evidence', resourceId: evidence.id, facts }
  await db
    .insert(audit)
    .select((query) =>
      query.select(auditColumns(by, note)).from(evidenceFiles).where(eq(evidenceFiles.id, evidence.id)),
    )
}
