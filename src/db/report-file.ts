/** Reads what a verification report is made of, in one statement: the engagement's file with every paper, revision and piece of evidence behind it. */

import { type SQL, sql } from 'drizzle-orm'
import type {
  EvidenceResting,
  PaperRow,
  ReportedDocument,
  ReportFile,
  RevisionSeen,
} from '../ports/engagements.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { loadFileWith, type PaperJson, toPaper } from './engagement-file.ts'
import { engagements } from './schema/engagements.ts'

/** As JSON has them: instants are text. */
interface Behind {
  readonly papers: readonly PaperJson[]
  readonly revisions: readonly (Omit<RevisionSeen, 'submittedAt'> & { readonly submittedAt: string })[]
  readonly evidence: readonly EvidenceResting[]
  readonly backedLines: readonly string[]
  readonly document:
    | (Omit<ReportedDocument, 'issuedAt' | 'statusAt'> & {
        readonly issuedAt: string
        readonly statusAt: string
      })
    | null
  readonly replaces: ReportFile['replaces']
}

/** Null where the caller has no relation to the engagement. */
export async function loadReportFile(db: Db, actor: Actor, id: string): Promise<ReportFile | null> {
  const loaded = await loadFileWith(db, actor, id, { memberIds: [], auditId: null }, behind(actor))
  if (loaded === null) return null
  const { papers, revisions, document, ...rest } = loaded.more
  return {
    ...rest,
    file: loaded.file,
    papers: papers.map(toPaper),
    revisions: revisions.map((one) => ({ ...one, submittedAt: new Date(one.submittedAt) })),
    document: document && {
      ...document,
      issuedAt: new Date(document.issuedAt),
      statusAt: new Date(document.statusAt),
    },
  }
}

function behind(actor: Actor): SQL<Behind> {
  return sql<Behind>`jsonb_build_object('papers', ${papers}, 'revisions', ${revisions}, 'evidence', ${evidence(actor)},
    'backedLines', ${backedLines}, 'document', ${document},
    'replaces', ${replaces})`
}

const papers = sql<PaperRow[]>`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', paper.id, 'kind', paper.kind, 'subject', paper.subject, 'number', paper.number, 'body', paper.body,
    'personId', paper.person_id, 'personName', who.name, 'at', paper.at
  ) order by paper.at, paper.id), '[]')
  from engagement_papers paper join persons who on who.id = paper.person_id
  where paper.engagement_id = ${engagements.id}
)`

/** From the first put before the body to the one verified. */
const revisions = sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'number', put.number, 'digest', put.digest, 'recordDigest', put.record_digest,
    'declarationDigest', put.declaration_digest, 'lineCount', put.line_count, 'result', put.result,
    'submittedAt', put.submitted_at, 'declaredByPersonId', put.declared_by_person_id
  ) order by put.number), '[]')
  from revisions put where put.footprint_id = ${engagements.footprintId}
    and put.number between ${engagements.firstRevision} and ${engagements.revisionNumber}
)`

/**
 * Files and links as they stood when the decision was made, so that what is linked, taken away or erased later changes no report of it; before
 * one they stand as they do now.
 */
const decidedAt = sql`coalesce((${engagements.decision} ->> 'at')::timestamptz, now())`
const resting = sql`from evidence_files file join evidence_links tie on tie.evidence_id = file.id
  where file.footprint_id = ${engagements.footprintId}
    and file.state in ('kept', 'erased') and file.settled_at <= ${decidedAt}
    and tie.linked_at <= ${decidedAt} and (tie.unlinked_at is null or tie.unlinked_at > ${decidedAt})
    and (tie.engagement_id = ${engagements.id}
      or tie.engagement_id is null and tie.revision <= ${engagements.revisionNumber})`

/** Names are in the order of their bytes, on every database; the first twenty. */
function linkedTo(kind: 'line' | 'meter'): SQL {
  return sql`coalesce(to_jsonb((array_agg(tie.target order by tie.target collate "C")
    filter (where tie.kind = ${sql.raw(`'${kind}'`)}))[1:20]), '[]')`
}

function evidence({ organizationId }: Actor): SQL {
  return sql`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'number', one.number, 'kind', one.kind, 'name', one.name, 'mediaType', one.media_type, 'size', one.size,
      'sha256', one.sha256, 'of', one.owner, 'lineCount', one.line_count, 'lines', one.lines, 'meters', one.meters,
      'findings', one.findings
    ) order by one.owner, one.number), '[]')
    from (
      select file.number, file.kind, file.name, file.media_type, file.size, file.sha256,
        case when file.engagement_id is null then 'footprint' else 'engagement' end as owner,
        count(*) filter (where tie.kind = 'line') as line_count,
        ${linkedTo('line')} as lines, ${linkedTo('meter')} as meters,
        coalesce(jsonb_agg(tie.finding_number order by tie.finding_number)
          filter (where tie.kind = 'finding'), '[]') as findings
      ${resting} and (file.engagement_id is null
        or file.engagement_id = ${engagements.id} and ${engagements.bodyOrganizationId} = ${organizationId}::uuid)
      group by file.id
    ) one
  )`
}

const backedLines = sql`(
  select coalesce(jsonb_agg(distinct tie.target), '[]')
  ${resting} and file.engagement_id is null and tie.kind = 'line'
)`

const document = sql`(
  select jsonb_build_object(
    'id', made.id, 'number', made.number, 'digest', made.digest, 'status', made.status, 'statusAt', made.status_at,
    'issuedAt', made.issued_at, 'pseudonymSalt', made.pseudonym_salt, 'validUntil', made.face ->> 'validUntil'
  ) from credentials made where made.engagement_id = ${engagements.id}
)`

/** It has the same body and client as the engagement: nothing else can be declared. */
const replaces = sql`(
  select jsonb_build_object('id', old.id, 'digest', old.digest, 'jwt', old.jwt)
  from credential_successions named join credentials old on old.id = named.credential_id
  where named.engagement_id = ${engagements.id} and old.state = 'public'
)`
