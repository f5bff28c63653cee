/** Evidence in Postgres. Every query carries the caller's relation: owner, or a body that the footprint was put before. */

import { and, desc, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type {
  EvidenceFilter,
  EvidenceHome,
  EvidenceLink,
  EvidenceOwner,
  EvidenceRepository,
  EvidenceSeen,
  LineBackingRow,
  LinkTarget,
} from '../ports/evidence.ts'
import type { Page } from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import { readAs } from './assessor-reading.ts'
import type { Db } from './database.ts'
import { related } from './engagement-rows.ts'
import { bytesToRemove, erase, keptOf, noteRemoved, ownersOfKept, verifications } from './evidence-terms.ts'
import { announce, link, noteReading, settle, toEvidence, unlink } from './evidence-writes.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { isPutBefore } from './put-before.ts'
import { engagementRoles, engagements, findings } from './schema/engagements.ts'
import { evidenceFiles, evidenceLinks } from './schema/evidence.ts'
import { footprints, revisions } from './schema/footprints.ts'

/** Links that a list shows of each file; the file itself shows all. */
const linksListedMax = 200

/** The evidence of one database session. */
export function evidenceRepository(db: Db): EvidenceRepository {
  return {
    findHome: (actor, owner) =>
      readAs(db, actor, engagementsOf(owner), null, (tx, reader) =>
        owner.of === 'footprint' ? footprintHome(tx, reader, owner.id) : engagementHome(tx, reader, owner.id),
      ),
    announce: (by, evidence) => announce(db, by, evidence),
    find: (actor, owner, id) =>
      readAs(
        db,
        actor,
        engagementsOf(owner),
        { action: 'read-evidence', facts: { evidence: id } },
        (tx, reader) => find(tx, reader, owner, id),
      ),
    list: async (actor, owner, filter, page) =>
      (await readAs(db, actor, engagementsOf(owner), { action: 'list-evidence' }, (tx, reader) =>
        list(tx, reader, owner, filter, page),
      )) ?? [],
    settle: (by, evidence, refusal, auditId) => settle(db, by, evidence, refusal, auditId),
    knownFindings: (actor, footprintId, targets) => knownFindings(db, actor, footprintId, targets),
    link: (by, evidence, links, revision, auditId) => link(db, by, evidence, links, revision, auditId),
    unlink: (by, evidence, unlinked, auditId) => unlink(db, by, evidence, unlinked, auditId),
    noteReading: (by, evidence, auditId) => noteReading(db, by, evidence, auditId),
    backings: async (actor, footprintId, lines) => {
      const reading = { action: 'read-evidence-coverage' }
      const which = eq(engagements.footprintId, footprintId)
      const read = (tx: Db, reader: Actor) => backings(tx, reader, footprintId, lines)
      return (await readAs(db, actor, which, reading, read)) ?? []
    },
    verifications: async (actor, owner) => {
      if (actor === null) return verifications(db, null, owner)
      const read = (tx: Db, reader: Actor) => verifications(tx, reader, owner)
      return (await readAs(db, actor, engagementsOf(owner), null, read)) ?? []
    },
    ownersOfKept: (after, limit) => ownersOfKept(db, after, limit),
    keptOf: (owner) => keptOf(db, owner),
    erase: (by, evidence, auditId) => erase(db, by, evidence, auditId),
    bytesToRemove: (awaitedSince, limit) => bytesToRemove(db, awaitedSince, limit),
    noteRemoved: (evidence, at) => noteRemoved(db, evidence, at),
  }
}

/** In which an assessor may read what an owner holds. */
function engagementsOf({ of, id }: EvidenceOwner): SQL {
  return eq(of === 'footprint' ? engagements.footprintId : engagements.id, id)
}

/**
 * SQL of a query's own as a field of another: within a field of one table Drizzle leaves the table's name away, and a name without it
 * would be looked up in the inner query.
 */
const asField = <Value>(query: SQL) => sql<Value>`(${query})`

/** The newest revision of a footprint that was put before the caller's organization; null where none was. */
function putBefore(actor: Actor, footprintId: typeof footprints.id | typeof evidenceFiles.footprintId) {
  return asField<number | null>(sql`
    select max(${revisions.number}) from ${revisions}, ${engagements}
    where ${revisions.footprintId} = ${footprintId} and ${isPutBefore(eq(engagements.bodyOrganizationId, actor.organizationId))}
  `)
}

async function footprintHome(db: Db, actor: Actor, id: string): Promise<EvidenceHome | null> {
  const isOwn = eq(footprints.organizationId, actor.organizationId)
  const before = putBefore(actor, footprints.id)
  const [row] = await db
    .select({
      footprintId: footprints.id,
      organizationId: footprints.organizationId,
      state: footprints.state,
      latestRevision: footprints.latestRevision,
      scheme: sql<{ id: string; version: string }>`${footprints.definition} -> 'scheme'`,
      putBefore: before,
    })
    .from(footprints)
    .where(and(eq(footprints.id, id), or(isOwn, sql`${before} is not null`)))
  return row ? { of: 'footprint', ...row } : null
}

async function engagementHome(db: Db, actor: Actor, id: string): Promise<EvidenceHome | null> {
  const isOfTeam = asField<boolean>(sql`
    select count(*) > 0 from ${engagementRoles}
    where ${engagementRoles.engagementId} = ${engagements.id} and ${engagementRoles.side} = 'team'
      and ${engagementRoles.personId} = ${actor.personId}::uuid and ${engagementRoles.endedAt} is null
  `)
  const [row] = await db
    .select({
      footprintId: engagements.footprintId,
      organizationId: engagements.bodyOrganizationId,
      engagementId: engagements.id,
      state: engagements.state,
      revision: engagements.revisionNumber,
      scheme: sql<{
        id: string
        version: string
      }>`jsonb_build_object('id', ${engagements.schemeId}, 'version', ${engagements.schemeVersion})`,
      isOfTeam,
    })
    .from(engagements)
    .where(and(eq(engagements.id, id), eq(engagements.bodyOrganizationId, actor.organizationId)))
  return row ? { of: 'engagement', ...row } : null
}

/** Its owner's always; of a footprint, what counts, to a body that its revision was put before, or that it answers a finding of. */
function visibleTo(actor: Actor): SQL | undefined {
  const counts = and(
    isNull(evidenceFiles.engagementId),
    inArray(evidenceFiles.state, ['kept', 'erased']),
    or(
      sql`${evidenceFiles.revision} <= ${putBefore(actor, evidenceFiles.footprintId)}`,
      sql`exists (
        select from ${evidenceLinks} join ${engagements} on ${engagements.id} = ${evidenceLinks.engagementId}
        where ${evidenceLinks.evidenceId} = ${evidenceFiles.id} and ${engagements.bodyOrganizationId} = ${actor.organizationId}
      )`,
    ),
  )
  return or(eq(evidenceFiles.organizationId, actor.organizationId), counts)
}

function ofOwner(owner: EvidenceOwner): SQL | undefined {
  return owner.of === 'engagement'
    ? eq(evidenceFiles.engagementId, owner.id)
    : and(eq(evidenceFiles.footprintId, owner.id), isNull(evidenceFiles.engagementId))
}

type LinkJson = Omit<EvidenceLink, 'linkedAt' | 'unlinked'> & {
  readonly linkedAt: string
  readonly unlinked: { readonly at: string; readonly from: number; readonly reason: string } | null
}

/** The owner sees all links; a body those of revisions put before it and those to its own findings. */
function linksOf(actor: Actor, limit: number | null) {
  const most = limit === null ? sql`` : sql`limit ${limit}`
  return asField<LinkJson[]>(sql`
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', tie.id, 'kind', tie.kind, 'target', tie.target, 'engagementId', tie.engagement_id, 'findingNumber', tie.finding_number,
      'revision', tie.revision, 'linkedAt', tie.linked_at, 'unlinked', case when tie.unlinked_at is not null then
        jsonb_build_object('at', tie.unlinked_at, 'from', tie.unlinked_from, 'reason', tie.unlink_reason) end
    ) order by tie.linked_at desc, tie.id), '[]')
    from (
      select tied.* from evidence_links tied
      where tied.evidence_id = ${evidenceFiles.id} and (
        ${evidenceFiles.organizationId} = ${actor.organizationId}
        or tied.kind <> 'finding' and tied.revision <= ${putBefore(actor, evidenceFiles.footprintId)}
        or exists (
          select from engagements asked
          where asked.id = tied.engagement_id and asked.body_organization_id = ${actor.organizationId}
        )
      )
      order by tied.linked_at desc, tied.id ${most}
    ) tie
  `)
}

function toSeen({
  file,
  links,
}: {
  file: typeof evidenceFiles.$inferSelect
  links: LinkJson[]
}): EvidenceSeen {
  return {
    evidence: toEvidence(file),
    links: links.map((tie) => ({
      ...tie,
      linkedAt: new Date(tie.linkedAt),
      unlinked: tie.unlinked && { ...tie.unlinked, at: new Date(tie.unlinked.at) },
    })),
  }
}

async function find(db: Db, actor: Actor, owner: EvidenceOwner, id: string): Promise<EvidenceSeen | null> {
  const [row] = await db
    .select({ file: evidenceFiles, links: linksOf(actor, null) })
    .from(evidenceFiles)
    .where(and(eq(evidenceFiles.id, id), ofOwner(owner), visibleTo(actor)))
  return row ? toSeen(row) : null
}

async function list(
  db: Db,
  actor: Actor,
  owner: EvidenceOwner,
  { kind, state, target }: EvidenceFilter,
  page: Page,
): Promise<EvidenceSeen[]> {
  const { announcedAt, id } = evidenceFiles
  const isLinked =
    target &&
    sql`exists (
      select from ${evidenceLinks} where ${evidenceLinks.evidenceId} = ${evidenceFiles.id} and ${evidenceLinks.unlinkedAt} is null
        and ${evidenceLinks.kind} = ${target.kind} and ${evidenceLinks.target} = ${target.target}
    )`
  const rows = await db
    .select({ file: evidenceFiles, links: linksOf(actor, linksListedMax) })
    .from(evidenceFiles)
    .where(
      and(
        ofOwner(owner),
        visibleTo(actor),
        kind && eq(evidenceFiles.kind, kind),
        state && eq(evidenceFiles.state, state),
        isLinked,
        afterCursor(announcedAt, id, page.after),
      ),
    )
    .orderBy(...newestFirst(announcedAt, id))
    .limit(page.limit)
  return rows.map(toSeen)
}

async function knownFindings(
  db: Db,
  actor: Actor,
  footprintId: string,
  targets: readonly LinkTarget[],
): Promise<LinkTarget[]> {
  if (targets.length === 0) return []
  const asked = sql`(select asked."engagementId", asked."findingNumber" from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb)
    as asked("engagementId" uuid, "findingNumber" integer))`
  const rows = await db
    .select({ engagementId: findings.engagementId, findingNumber: findings.number })
    .from(findings)
    .innerJoin(engagements, eq(engagements.id, findings.engagementId))
    .where(
      and(
        eq(engagements.footprintId, footprintId),
        related(actor),
        sql`(${findings.engagementId}, ${findings.number}) in ${asked}`,
      ),
    )
  const known = new Set(rows.map((row) => `${row.engagementId}/${row.findingNumber}`))
  return targets.filter(({ target }) => known.has(target))
}

/** A hundred thousand lines may each have some; kinds and names, not the files. */
async function backings(
  db: Db,
  actor: Actor,
  footprintId: string,
  lines: readonly string[] | null,
): Promise<LineBackingRow[]> {
  const named =
    lines === null
      ? undefined
      : sql`${evidenceLinks.target} in (select jsonb_array_elements_text(${JSON.stringify(lines)}::jsonb))`
  const before = putBefore(actor, evidenceFiles.footprintId)
  const isSeen = or(
    eq(evidenceFiles.organizationId, actor.organizationId),
    lte(evidenceLinks.revision, sql`${before}`),
  )
  const rows = await db
    .select({
      line: evidenceLinks.target,
      id: evidenceFiles.id,
      number: evidenceFiles.number,
      engagementId: evidenceFiles.engagementId,
      kind: evidenceFiles.kind,
      name: evidenceFiles.name,
    })
    .from(evidenceLinks)
    .innerJoin(evidenceFiles, eq(evidenceFiles.id, evidenceLinks.evidenceId))
    .where(
      and(
        eq(evidenceFiles.footprintId, footprintId),
        eq(evidenceFiles.state, 'kept'),
        visibleTo(actor),
        isSeen,
        eq(evidenceLinks.kind, 'line'),
        isNull(evidenceLinks.unlinkedAt),
        named,
      ),
    )
    .orderBy(desc(evidenceFiles.announcedAt), evidenceFiles.id)
  return rows.map(({ engagementId, ...row }) => ({
    ...row,
    of: engagementId === null ? 'footprint' : 'engagement',
  }))
}
