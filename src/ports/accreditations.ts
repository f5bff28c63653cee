/** What authorities say of bodies, as actions ask for it. */

import type { AccreditationKind } from '../certification/accreditation-kinds.ts'
import type { DocumentKind, SubjectKind } from '../certification/scheme.ts'
import type { Names } from '../engine/types.ts'
import type { NewLogEntry } from './log.ts'
import type { Authorship, Created } from './parties.ts'

/** A fact as it stands. Public: anyone may read it. */
export interface Accreditation {
  readonly id: string
  readonly bodyOrganizationId: string
  readonly kind: AccreditationKind
  readonly authority: Names
  readonly number: string
  readonly documentKinds: readonly DocumentKind[]
  readonly subjectKinds: readonly SubjectKind[]
  readonly standards: readonly string[]
  readonly sectors: readonly string[]
  readonly validFrom: Date
  readonly validUntil: Date | null
  readonly source: string
  readonly jwt: string
  readonly digest: string
  readonly recordedAt: Date
  readonly withdrawal: { readonly at: Date; readonly reason: string } | null
}

export interface AccreditationRepository {
  /** Fact, log entry and audit row in one statement. */
  record(
    by: Authorship,
    fact: Omit<Accreditation, 'withdrawal'>,
    entry: NewLogEntry,
  ): Promise<Created<Accreditation>>
  /** Once. Null where there is none, or it is withdrawn. */
  withdraw(
    by: Authorship,
    withdrawn: { readonly id: string; readonly reason: string; readonly auditId: string },
    entry: NewLogEntry,
  ): Promise<Accreditation | null>
  find(id: string): Promise<Accreditation | null>
  /** All that was ever recorded of a body, newest first. */
  ofBody(bodyOrganizationId: string): Promise<readonly Accreditation[]>
  unconfirmed(limit: number): Promise<readonly Accreditation[]>
  confirmed(id: string, at: Date): Promise<void>
}
