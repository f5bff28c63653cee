/** What a body records of its members' competence, as actions ask for it (ISO 14066, second hand). */

import type { Competence } from '../certification/engagement.ts'
import type { Authorship, Created } from './parties.ts'
import type { Actor } from './request.ts'

export interface CompetenceRow extends Competence {
  readonly id: string
  readonly memberId: string
  readonly organizationId: string
  /** What it rests on: training, examinations, engagements. */
  readonly evidence: string
  readonly recordedByPersonId: string
  readonly createdAt: Date
}

/** A member and who asks, in one read. */
export interface CompetenceBasis {
  readonly member: { readonly id: string; readonly personId: string } | null
  readonly callerRoles: readonly string[]
}

/** Every query keeps to the caller's own organization. */
export interface CompetenceRepository {
  findBasis(actor: Actor, memberId: string): Promise<CompetenceBasis>
  record(by: Authorship, competence: CompetenceRow): Promise<Created<CompetenceRow>>
  /** Ends it on a day, never later than it would end; null where there is none, or it ended before. */
  end(by: Authorship, id: string, on: string, auditId: string): Promise<CompetenceRow | null>
  /** Of one member of the caller's organization, oldest first. */
  list(actor: Actor, memberId: string): Promise<readonly CompetenceRow[]>
}
