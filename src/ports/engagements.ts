/** Engagements, as actions ask for them: one verification of one footprint by one body. */

import type { Breakdown } from '../certification/breakdowns.ts'
import type {
  Closure,
  Competence,
  ContractReview,
  EngagementState,
  ExaminationOutcome,
  Finding,
  NewFinding,
  PersonSide,
  Proposal,
  TableVersionRef,
} from '../certification/engagement.ts'
import type { PaperContent, PaperMark } from '../certification/papers.ts'
import type { QueuedFacts } from '../certification/queues.ts'
import type { DocumentKind } from '../certification/scheme.ts'
import type { Move } from '../certification/transitions.ts'
import type { TrailKind } from '../transparency/trail.ts'
import type { Accreditation } from './accreditations.ts'
import type { IssuedCredential } from './credentials.ts'
import type { Evidence } from './evidence.ts'
import type { Revision } from './footprints.ts'
import type { Authorship, Created, Organization, Page } from './parties.ts'
import type { VersionState } from './registry.ts'
import type { Actor } from './request.ts'

/** An act with the person who answers for it. */
export interface Signed {
  readonly personId: string
  readonly personName: string
  readonly at: Date
}

/** The engagement's own row. */
export interface Engagement {
  readonly id: string
  readonly footprintId: string
  readonly clientOrganizationId: string
  readonly bodyOrganizationId: string
  readonly scheme: { readonly id: string; readonly version: string; readonly digest: string }
  readonly documentKind: DocumentKind
  readonly state: EngagementState
  /** Counts every act; the ETag. */
  readonly version: number
  /** The first and the present revision put before the body. */
  readonly firstRevision: number
  readonly revisionNumber: number
  readonly findingCount: number
  readonly note: string | null
  /** Breakdowns of the result that the holder makes public beyond the scheme's minimum. */
  readonly disclosure: readonly Breakdown[]
  readonly contractReview: (ContractReview & Signed) | null
  readonly proposal: (Proposal & Signed) | null
  readonly review: ({ readonly notes: string } & Signed) | null
  /** What the reviewer last sent back to the team, and why. */
  readonly returned: ({ readonly notes: string } & Signed) | null
  readonly decision: ({ readonly outcome: 'granted' | 'refused'; readonly reason: string } & Signed) | null
  /** Why it was declined or withdrawn. */
  readonly closing: ({ readonly reason: string } & Signed) | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Roles a person can have in an engagement; each belongs to one side. */
export const engagementRoles = {
  preparer: 'client',
  responsible: 'client',
  'lead-verifier': 'team',
  verifier: 'team',
  'technical-expert': 'team',
  reviewer: 'decision',
  'decision-maker': 'decision',
} as const satisfies Record<string, PersonSide>
export type EngagementRole = keyof typeof engagementRoles

/** A person's part in an engagement. */
export interface Participant {
  readonly personId: string
  readonly personName: string
  readonly role: EngagementRole
  readonly side: PersonSide
  readonly since: Date
  /** When this role ended; the person stays on its side. */
  readonly endedAt: Date | null
  /** What the body recorded of this person as its member. */
  readonly competences: readonly Competence[]
}

/** What the client says to a finding. */
export interface AnswerGiven {
  readonly text: string
  /** What is done so that it does not come again, and until when (local date). */
  readonly correctiveAction?: { readonly text: string; readonly doneBy: string } | null
}

/** A finding with its story. */
export interface FindingRow extends Finding {
  readonly id: string
  readonly text: string
  /** Lines of the activity data it speaks of. */
  readonly lines: readonly string[]
  readonly raised: Signed
  readonly answer: (Signed & AnswerGiven) | null
  readonly closed: (Signed & { readonly note: string }) | null
}

/** A working paper in one version. */
export type PaperRow = PaperContent &
  PaperMark &
  Signed & {
    readonly id: string
    /** Its version among those of its kind and subject, from 1. */
    readonly number: number
  }

/** A paper about to be recorded. */
export interface NewPaper {
  readonly id: string
  readonly content: PaperContent
  readonly subject: string
  /** Side whose person answers for it, where the database holds them to it. */
  readonly side: 'team' | 'decision' | null
  readonly personId: string
  readonly at: Date
}

/** What the team says of a private table, by whom and when, and what was looked at. */
export interface Examination extends Signed {
  readonly outcome: ExaminationOutcome
  readonly note: string
}

/** A factor table that the revision under verification pins, as it stands in the registry today. */
export interface PinnedTable {
  readonly table: string
  readonly version: string
  /** Null, like the state, where the registry knows no such version. */
  readonly digest: string | null
  readonly state: VersionState | null
  readonly supersededBy: string | null
  /** Why it was withdrawn. */
  readonly withdrawnReason: string | null
  /** Of a private table, once the team examined this very version. */
  readonly examination: Examination | null
}

/** One act as history tells it. */
export interface Act {
  readonly id: string
  readonly action: string
  readonly at: Date
  readonly organizationId: string
  readonly personName: string | null
  readonly from: EngagementState | null
  readonly to: EngagementState | null
  /** Of an examination: the private table version it spoke of. */
  readonly factorTable: TableVersionRef | null
}

/** A member of the acting body, looked up by id. */
export interface BodyMember {
  readonly memberId: string
  readonly personId: string
  readonly personName: string
  readonly roles: readonly string[]
  readonly competences: readonly Competence[]
}

/** One engagement with everything on it, in one read. */
export interface EngagementFile {
  readonly engagement: Engagement
  readonly client: Pick<Organization, 'id' | 'slug' | 'name' | 'did'>
  readonly body: Pick<Organization, 'id' | 'slug' | 'name' | 'did'>
  readonly revision: Revision
  /** Number of the footprint's newest submitted revision. */
  readonly latestRevision: number
  /** Digest of the scheme that revision was made under. */
  readonly latestSchemeDigest: string
  readonly participants: readonly Participant[]
  readonly findings: readonly FindingRow[]
  /** The newest version of each. */
  readonly papers: readonly PaperRow[]
  /** In the order of the pins. */
  readonly factorTables: readonly PinnedTable[]
  readonly history: readonly Act[]
  readonly callerRoles: readonly string[]
  readonly callerName: string | null
  readonly callerCompetences: readonly Competence[]
  /** Of the members asked about: those of the caller's organization. */
  readonly members: readonly BodyMember[]
  /** Of the caller, those members and everyone of the body who took part: who is a member of the client's organization too. */
  readonly tiedPersons: readonly string[]
  /** Persons of the body who acted on the engagement, in or outside the team. */
  readonly bodyPersons: readonly string[]
  /** Digest of the request that this very audit id stands for already, if it was made before. */
  readonly madeBefore: string | null
  /** The body's accreditations and approvals that are not withdrawn. */
  readonly accreditations: readonly BodyAccreditation[]
}

/** A fact as issuing looks at it. */
export type BodyAccreditation = Omit<
  Accreditation,
  'bodyOrganizationId' | 'jwt' | 'source' | 'recordedAt' | 'withdrawal'
>

/** A revision that was put before the body. */
export interface RevisionSeen
  extends Pick<
    Revision,
    'number' | 'digest' | 'recordDigest' | 'declarationDigest' | 'lineCount' | 'result' | 'submittedAt'
  > {
  readonly declaredByPersonId: string
}

/** A kept file and what it stood behind when the decision was made, or stands behind now where none was. */
export interface EvidenceResting
  extends Pick<Evidence, 'number' | 'kind' | 'name' | 'mediaType' | 'size' | 'sha256'> {
  readonly of: 'footprint' | 'engagement'
  readonly lineCount: number
  /** The first twenty. */
  readonly lines: readonly string[]
  readonly meters: readonly string[]
  readonly findings: readonly number[]
}

/** Everything a verification report is made of, in one reading. */
export interface ReportFile {
  readonly file: EngagementFile
  /** Every version, oldest first. */
  readonly papers: readonly PaperRow[]
  readonly revisions: readonly RevisionSeen[]
  /** The body's own only for the body. */
  readonly evidence: readonly EvidenceResting[]
  /** Lines that the client's files stand behind. */
  readonly backedLines: readonly string[]
  readonly document: ReportedDocument | null
  /** The public document that the engagement is declared to replace; null for none. */
  readonly replaces: Pick<IssuedCredential, 'id' | 'digest' | 'jwt'> | null
}

/** The document that an engagement led to, as far as its report tells it. */
export interface ReportedDocument
  extends Pick<
    IssuedCredential,
    'id' | 'number' | 'digest' | 'status' | 'statusAt' | 'issuedAt' | 'pseudonymSalt'
  > {
  /** RFC 3339; null: it has no term. */
  readonly validUntil: string | null
}

/** What an application stands on, in one read. */
export interface ApplicationBasis {
  /** The engagement that this very request made before, if any. */
  readonly madeBefore: { readonly engagement: Engagement; readonly requestDigest: string } | null
  readonly revision: Revision | null
  readonly body: Pick<Organization, 'id' | 'slug' | 'name' | 'kind'> | null
  readonly callerRoles: readonly string[]
  readonly callerName: string | null
}

/** What a move changes, all in one statement with its audit row. */
export interface EngagementChange {
  readonly move: Move
  /** The audit row's id, from the request's mark. */
  readonly auditId: string
  /** How the trail shows it: `ordinary` unless it says otherwise. */
  readonly kind?: TrailKind
  readonly state: EngagementState
  readonly revisionNumber?: number
  readonly disclosure?: readonly Breakdown[]
  readonly contractReview?: Engagement['contractReview']
  readonly proposal?: Engagement['proposal']
  readonly review?: Engagement['review']
  readonly returned?: Engagement['returned']
  readonly decision?: Engagement['decision']
  readonly closing?: Engagement['closing']
  /** Persons who take part from now on; the database refuses one on two sides (`person-on-both-sides`). */
  readonly joining?: readonly { readonly personId: string; readonly role: EngagementRole }[]
  /** Everyone who acted on the footprint joins the client's side, as in an application. */
  /** Persons whose role in the team ends now; they stay on its side. */
  readonly leaving?: readonly { readonly personId: string; readonly role: EngagementRole }[]
  readonly paper?: NewPaper
  readonly preparersJoin?: boolean
  readonly raise?: NewFinding & Pick<FindingRow, 'id' | 'text' | 'lines' | 'raised'>
  readonly answer?: { readonly number: number; readonly answer: NonNullable<FindingRow['answer']> }
  readonly close?: {
    readonly number: number
    readonly closure: Closure
    readonly closed: NonNullable<FindingRow['closed']>
  }
  /** Said of a private table version, in place of what was said of it before. */
  readonly examine?: { readonly examined: TableVersionRef; readonly examination: Examination }
  /** The footprint becomes a draft again, for the correction. */
  readonly reopensFootprint?: boolean
}

export interface EngagementFilter {
  readonly state?: EngagementState | undefined
}

/**
 * Every query carries the caller's relation: client or body of the engagement; nobody else sees anything. Every write is one
 * statement with its audit row.
 */
export interface EngagementRepository {
  /** Owner only; `engagementId` is the id this request would give the engagement. */
  findApplicationBasis(
    actor: Actor,
    application: { readonly footprintId: string; readonly bodySlug: string; readonly engagementId: string },
  ): Promise<ApplicationBasis | null>
  /**
   * Everyone who acted on the footprint joins the client's side. `already-exists` when the footprint has a live
   * engagement.
   */
  apply(by: Authorship, engagement: Engagement): Promise<Created<Engagement>>
  /** `memberIds`: members of the caller's organization to look up; `auditId`: see `madeBefore`. */
  load(
    actor: Actor,
    id: string,
    concerning: { readonly memberIds: readonly string[]; readonly auditId: string | null },
  ): Promise<EngagementFile | null>
  /** Compare-and-swap on state and version (a new finding: on the state); null when another act came first. */
  move(by: Authorship, standing: Engagement, change: EngagementChange): Promise<Engagement | null>
  /** Every version of the papers of one engagement, oldest first; null where the caller has no relation to it. */
  papers(actor: Actor, id: string): Promise<readonly PaperRow[] | null>
  /** Null where the caller has no relation to it. */
  reportFile(actor: Actor, id: string): Promise<ReportFile | null>
  /** Live engagements and those decided, of the caller's side, the ones that waited longest first. */
  queued(actor: Actor, limit: number): Promise<readonly QueuedEngagement[]>
  list(actor: Actor, filter: EngagementFilter, page: Page): Promise<readonly EngagementListed[]>
}

/** An engagement in which something may await the caller. */
export interface QueuedEngagement {
  readonly id: string
  readonly footprintId: string
  readonly title: string
  readonly version: number
  readonly documentKind: DocumentKind
  readonly updatedAt: Date
  readonly client: Pick<Organization, 'id' | 'slug' | 'name' | 'did'>
  readonly body: Pick<Organization, 'id' | 'slug' | 'name' | 'did'>
  /** The first day by which an open finding is to be answered; null for none. */
  readonly answerBy: string | null
  readonly facts: QueuedFacts
}

/** An engagement in a list. */
export interface EngagementListed {
  readonly engagement: Engagement
  readonly title: string
  readonly client: Pick<Organization, 'id' | 'slug' | 'name' | 'did'>
  readonly body: Pick<Organization, 'id' | 'slug' | 'name' | 'did'>
  readonly openFindings: number
}
