/** What happens to a document while it lives, as actions ask for it: surveillance, and engagements that are to replace it. */

import type { CredentialStatus, SuccessionPurpose } from '../certification/credential-status.ts'
import type { EngagementState } from '../certification/engagement.ts'
import type { DocumentKind } from '../certification/scheme.ts'
import type { RecordedSurveillance } from '../certification/surveillance.ts'
import type { CredentialFace } from '../credential/face.ts'
import type { Authorship, Created } from './parties.ts'
import type { Actor } from './request.ts'

/** A surveillance as it stands; the public is told number, dates and outcome. */
export interface SurveillanceRow extends RecordedSurveillance {
  readonly id: string
  readonly credentialId: string
  readonly dueAt: Date
  /** What was looked at and found; for body and holder. */
  readonly basis: string
  readonly personId: string
}

/** An engagement that is to replace a document. */
export interface SuccessionRow {
  readonly id: string
  readonly engagementId: string
  readonly credentialId: string
  readonly purpose: SuccessionPurpose
  readonly personId: string
  readonly createdAt: Date
}

/** A document while it lives, for its body and its holder. */
export interface LivingDocument {
  readonly id: string
  readonly state: 'pending' | 'public'
  readonly status: CredentialStatus
  readonly documentKind: DocumentKind
  readonly face: CredentialFace
  readonly bodyOrganizationId: string
  readonly callerRoles: readonly string[]
  readonly surveillances: readonly SurveillanceRow[]
  readonly successions: readonly (SuccessionRow & {
    readonly engagementState: EngagementState
    /** The document that came of it; null as long as there is none. */
    readonly successorId: string | null
  })[]
  /** Documents whose place it took. */
  readonly predecessorIds: readonly string[]
}

export interface SurveillanceRepository {
  /** For the issuing body and the holder; null for everyone else. */
  find(actor: Actor, credentialId: string): Promise<LivingDocument | null>
  /** `stale-state` where another recorded this number first. */
  record(by: Authorship, row: SurveillanceRow): Promise<Created<SurveillanceRow>>
  /** Whether the engagement is another of the same body and client, still to be decided or issued. */
  couldReplace(actor: Actor, credentialId: string, engagementId: string): Promise<boolean>
  /** `already-exists` where the engagement is declared to replace a document already. */
  declare(by: Authorship, row: SuccessionRow): Promise<Created<SuccessionRow>>
  /** Of a public document: what anyone may know. */
  recorded(credentialIds: readonly string[]): Promise<ReadonlyMap<string, readonly RecordedSurveillance[]>>
}
