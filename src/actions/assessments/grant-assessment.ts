/** Lets an accreditor's assessor read a body's engagements for a while, and takes it back: personal acts of the body's manager. */

import { dayMilliseconds } from '../../json/instant.ts'
import type { Assessment, AssessmentBasis } from '../../ports/assessments.ts'
import type { Created } from '../../ports/parties.ts'
import { requireSameRequest } from '../../ports/request.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { managerRole, requireManager } from '../parties/permission.ts'

/** The longest term of an assessment. */
export const assessmentDaysMax = 90

type AssessmentPorts = Pick<Ports, 'assessments' | 'parties' | 'world'>

export interface AssessmentAsked {
  readonly assessorMemberId: string
  /** Null: all of the body's. */
  readonly engagementIds: readonly string[] | null
  /** Null: from now on. */
  readonly from: Date | null
  readonly until: Date
  readonly reason: string
}

/**
 * @throws Problem `member-required`, `role-required`, `not-found` (assessor, engagement), `person-on-both-sides` (the assessor is of
 *   the body), `invalid-request` (term), `idempotency-key-reused`.
 */
export async function grantAssessment(
  ports: AssessmentPorts,
  { actor, mark, asked }: { actor: Actor; mark: RequestMark; asked: AssessmentAsked },
): Promise<Created<Assessment>> {
  const id = idFor(ports.world, actor, mark, 'assessment')
  const { assessorMemberId, engagementIds, reason, until: validUntil } = asked
  const basis = await ports.assessments.findBasis(actor, {
    id,
    assessorMemberId,
    engagementIds: engagementIds ?? [],
  })
  if (basis.madeBefore) {
    requireSameRequest(basis.madeBefore.requestDigest, mark)
    return { row: basis.madeBefore.assessment, replayed: true }
  }
  const grantedByPersonId = requireManager(actor, basis.callerRoles)
  requireGrantable(basis, asked)
  const at = ports.world.now()
  const validFrom = asked.from ?? at
  requireTerm(at, validFrom, validUntil)
  return ports.assessments.grant(
    { actor, mark, at, role: managerRole },
    {
      ...{ id, bodyOrganizationId: actor.organizationId, assessorMemberId, engagementIds, reason },
      ...{ validFrom, validUntil, grantedByPersonId, grantedAt: at, revokedAt: null },
    },
  )
}

/** @throws Problem `member-required`, `role-required`, `not-found`. */
export async function revokeAssessment(
  ports: AssessmentPorts,
  { actor, mark, assessmentId }: { actor: Actor; mark: RequestMark; assessmentId: string },
): Promise<Assessment> {
  requireManager(actor, await ports.parties.rolesOf(actor))
  const auditId = idFor(ports.world, actor, mark, 'assessment-revocation')
  const by = { actor, mark, at: ports.world.now(), role: managerRole }
  const revoked = await ports.assessments.revoke(by, assessmentId, auditId)
  if (revoked === null) throw new Problem('not-found', 'Your organization granted no assessment of this id.')
  return revoked
}

function requireGrantable(basis: AssessmentBasis, { engagementIds }: AssessmentAsked): void {
  if (!basis.isAssessor) {
    const detail = 'No accreditation body has a member of this id with the role "assessor".'
    throw new Problem('not-found', detail, { pointer: '/assessorMemberId' })
  }
  if (basis.isOfTheBody) {
    const detail = 'The assessor is a member of your organization too.'
    throw new Problem('person-on-both-sides', detail, { pointer: '/assessorMemberId' })
  }
  const unknown = (engagementIds ?? []).findIndex((id) => !basis.engagementIds.includes(id.toLowerCase()))
  if (unknown >= 0) {
    const detail = 'No engagement with this id is visible to you.'
    throw new Problem('not-found', detail, { pointer: `/engagementIds/${unknown}` })
  }
}

function requireTerm(now: Date, from: Date, until: Date): void {
  if (from < now) throw termRefused('/from', 'An assessment begins now or later.')
  if (until <= from) throw termRefused('/until', 'An assessment ends after it begins.')
  if (until.getTime() - from.getTime() > assessmentDaysMax * dayMilliseconds) {
    throw termRefused(
      '/until',
      `An assessment lasts at most ${assessmentDaysMax} days; grant another after it.`,
    )
  }
}

function termRefused(pointer: string, detail: string): Problem {
  return new Problem('invalid-request', detail, { pointer })
}
