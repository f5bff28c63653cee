/** Evidence, as actions ask for it. */

import type { EngagementState } from '../certification/engagement.ts'
import type { EvidenceKind, EvidenceState, EvidenceTarget } from '../certification/evidence.ts'
import type { EvidenceMediaType, RefusalReason } from '../certification/evidence-content/media-types.ts'
import type { Authorship, Created, Page } from './parties.ts'
import type { Actor } from './request.ts'

/** What evidence belongs to: the client's to its footprint, a body's own to its engagement. */
export interface EvidenceOwner {
  readonly of: 'footprint' | 'engagement'
  readonly id: string
}

interface HomeParts {
  readonly footprintId: string
  /** Under which the document is sought. */
  readonly scheme: { readonly id: string; readonly version: string }
}

/** Where evidence of a footprint belongs, as the caller stands to it. */
export interface FootprintHome extends HomeParts {
  readonly of: 'footprint'
  readonly organizationId: string
  readonly state: 'draft' | 'submitted'
  readonly latestRevision: number
  /** The newest revision that was put before the caller's organization; null where it is the owner's own. */
  readonly putBefore: number | null
}

/** Where a body's own evidence belongs; seen by the body alone. */
export interface EngagementHome extends HomeParts {
  readonly of: 'engagement'
  readonly organizationId: string
  readonly engagementId: string
  readonly state: EngagementState
  readonly revision: number
  /** Whether the caller acts for a person of the team, now. */
  readonly isOfTeam: boolean
}

export type EvidenceHome = FootprintHome | EngagementHome

export interface EvidenceRefusal {
  readonly reason: RefusalReason
  readonly found: readonly EvidenceMediaType[]
}

export interface Evidence {
  readonly id: string
  readonly footprintId: string
  readonly engagementId: string | null
  readonly organizationId: string
  readonly number: number
  /** The revision that it was brought for. */
  readonly revision: number
  readonly kind: EvidenceKind
  readonly name: string
  readonly mediaType: EvidenceMediaType
  readonly size: number
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly description: string | null
  /** Local dates. */
  readonly takenOn: string | null
  readonly validUntil: string | null
  readonly state: EvidenceState
  readonly refusal: EvidenceRefusal | null
  readonly linkCount: number
  readonly announcedAt: Date
  readonly settledAt: Date | null
  readonly erasedAt: Date | null
  readonly bytesRemovedAt: Date | null
}

export type NewEvidence = Omit<
  Evidence,
  'number' | 'state' | 'refusal' | 'linkCount' | 'settledAt' | 'erasedAt' | 'bytesRemovedAt'
>

/** What a link points at; `target` is a line's id, a meter's, or `<engagement>/<number>` of a finding. */
export interface LinkTarget {
  readonly kind: EvidenceTarget
  readonly target: string
  readonly engagementId: string | null
  readonly findingNumber: number | null
}

export interface EvidenceLink extends LinkTarget {
  readonly id: string
  readonly revision: number
  readonly linkedAt: Date
  readonly unlinked: { readonly at: Date; readonly from: number; readonly reason: string } | null
}

/** Evidence with what the caller may see of its links, newest first. */
export interface EvidenceSeen {
  readonly evidence: Evidence
  readonly links: readonly EvidenceLink[]
}

export interface EvidenceFilter {
  readonly kind?: EvidenceKind | undefined
  readonly state?: EvidenceState | undefined
  /** Standing links to it. */
  readonly target?: { readonly kind: EvidenceTarget; readonly target: string } | undefined
}

/** A kept file that stands behind a line. */
export interface LineBackingRow {
  readonly line: string
  readonly id: string
  readonly number: number
  readonly of: 'footprint' | 'engagement'
  readonly kind: EvidenceKind
  readonly name: string
}

/** A verification of a footprint, as far as retention asks. */
export interface VerificationRow {
  readonly scheme: { readonly id: string; readonly version: string }
  readonly state: EngagementState
  readonly closedAt: Date | null
  readonly refusedAt: Date | null
  readonly document: { readonly issuedAt: Date; readonly validUntil: Date | null } | null
}

/** What an act writes beside what it does. */
export interface EvidenceNote {
  readonly auditId: string
  readonly action: string
}

/**
 * Every query carries the caller's relation: the owner, or for a footprint's evidence that counts a body that its revision was put before.
 * Every write is one statement with its audit row; what a client does to its evidence is an act on its footprint.
 */
export interface EvidenceRepository {
  findHome(actor: Actor, owner: EvidenceOwner): Promise<EvidenceHome | null>
  /** @throws Problem `too-many-items` where there are as many files as may be. */
  announce(by: Authorship, evidence: NewEvidence): Promise<Created<Evidence>>
  find(actor: Actor, owner: EvidenceOwner, id: string): Promise<EvidenceSeen | null>
  list(
    actor: Actor,
    owner: EvidenceOwner,
    filter: EvidenceFilter,
    page: Page,
  ): Promise<readonly EvidenceSeen[]>
  /** What became of an upload, once; null where that was said before, or its bytes are being erased just now. */
  settle(
    by: Authorship,
    evidence: Evidence,
    refusal: EvidenceRefusal | null,
    auditId: string,
  ): Promise<Evidence | null>
  /** Those of the findings that exist in engagements of the footprint which the caller takes part in. */
  knownFindings(
    actor: Actor,
    footprintId: string,
    targets: readonly LinkTarget[],
  ): Promise<readonly LinkTarget[]>
  /** Links that stand already stay as they are. @throws Problem `too-many-items`. */
  link(
    by: Authorship,
    evidence: Evidence,
    links: readonly (LinkTarget & { readonly id: string })[],
    revision: number,
    auditId: string,
  ): Promise<void>
  /** False where no such link stands. */
  unlink(
    by: Authorship,
    evidence: Evidence,
    unlinked: { readonly linkId: string; readonly from: number; readonly reason: string },
    auditId: string,
  ): Promise<boolean>
  /** That the caller was given the bytes. */
  noteReading(by: Authorship, evidence: Evidence, auditId: string): Promise<void>
  /** The kept files behind lines of a footprint that the caller may see, its body's own included; of the lines named, or of all. */
  backings(
    actor: Actor,
    footprintId: string,
    lines: readonly string[] | null,
  ): Promise<readonly LineBackingRow[]>
  /** Those that the caller takes part in; all for null, which is the installation itself. */
  verifications(actor: Actor | null, owner: EvidenceOwner): Promise<readonly VerificationRow[]>
  /** Owners of kept evidence, by id. For the installation itself. */
  ownersOfKept(after: string | null, limit: number): Promise<readonly EvidenceOwner[]>
  keptOf(owner: EvidenceOwner): Promise<readonly Evidence[]>
  /** Kept to the end of its term: false where it was erased meanwhile. */
  erase(by: Authorship, evidence: Evidence, auditId: string): Promise<boolean>
  /** Erased, with bytes that nobody has seen gone and that nothing else kept or awaited shares. */
  bytesToRemove(awaitedSince: Date, limit: number): Promise<readonly Evidence[]>
  noteRemoved(evidence: Evidence, at: Date): Promise<void>
}
