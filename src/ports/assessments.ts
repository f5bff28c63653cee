/** Assessments by an accreditor, as actions ask for them: who may read which engagements of a body, and until when. */

import type { Authorship, Created, Page } from './parties.ts'
import type { Actor } from './request.ts'

export interface Assessment {
  readonly id: string
  readonly bodyOrganizationId: string
  readonly assessorMemberId: string
  /** Null: all of the body's. */
  readonly engagementIds: readonly string[] | null
  readonly validFrom: Date
  readonly validUntil: Date
  readonly reason: string
  readonly grantedByPersonId: string
  readonly grantedAt: Date
  readonly revokedAt: Date | null
}

/** What the rules of granting look at, in one read. */
export interface AssessmentBasis {
  readonly callerRoles: readonly string[]
  /** A member with the role `assessor` in an accreditation body. */
  readonly isAssessor: boolean
  /** The assessor's person is a member of the caller's organization too. */
  readonly isOfTheBody: boolean
  /** Those of the engagements asked about that are the caller's as a body. */
  readonly engagementIds: readonly string[]
  readonly madeBefore: { readonly assessment: Assessment; readonly requestDigest: string } | null
}

/** A body sees what it granted, an accreditation body what its members were granted; nobody else sees anything. */
export interface AssessmentRepository {
  findBasis(
    actor: Actor,
    asked: {
      readonly id: string
      readonly assessorMemberId: string
      readonly engagementIds: readonly string[]
    },
  ): Promise<AssessmentBasis>
  grant(by: Authorship, assessment: Assessment): Promise<Created<Assessment>>
  /** For good, since the first time; null where the caller's body granted none of this id. */
  revoke(by: Authorship, id: string, auditId: string): Promise<Assessment | null>
  list(actor: Actor, page: Page): Promise<readonly Assessment[]>
}
