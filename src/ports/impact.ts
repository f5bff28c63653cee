/** What rests on a factor-table version, as far as an organization may see it, and what another version would change of it. */

import type { Decimal, Names, Quantity, TablePin } from '../engine/types.ts'
import type { KeptProblem } from './jobs.ts'
import type { Page } from './parties.ts'
import type { Actor } from './request.ts'

/**
 * What may rest on a version: an enterprise's drafts; the revision in a living engagement, for its client and its body; a
 * credential, for its holder and its issuer.
 */
export const dependentSubjects = ['draft', 'engagement', 'credential'] as const
export type DependentSubject = (typeof dependentSubjects)[number]

/** Something whose calculation pins the version. */
export interface Dependent {
  readonly subject: DependentSubject
  /** Of the footprint, the engagement, the credential: unique among its subject. */
  readonly id: string
  readonly footprintId: string
  readonly title: string
  /** The organization whose footprint it is. */
  readonly client: Names
  /** Number of the revision; null for a draft. */
  readonly revision: number | null
  readonly engagementId: string | null
  readonly credentialNumber: string | null
}

/** One line of an impact run: by how much a total would move, or why that cannot be said. */
export interface ImpactItem extends Dependent {
  /** What a product's totals are per; null for an organization. */
  readonly declaredUnit: Quantity | null
  /** kg CO2e: as certified, of a draft as it stands. Null where not even that can be computed. */
  readonly before: Decimal | null
  /** kg CO2e with the newer version; null beside a problem. */
  readonly after: Decimal | null
  readonly change: Decimal | null
  /** change ÷ |before|; null beside a problem, and where `before` is zero and something changes. */
  readonly relativeChange: Decimal | null
  /** Lines that rest on the table: how many, and the first of their ids. Null where not even `before` can be computed. */
  readonly lines: { readonly count: number; readonly ids: readonly string[] } | null
  readonly problem: KeptProblem | null
}

/** What an impact run comes to as a whole. */
export interface ImpactSummary {
  readonly drafts: number
  readonly engagements: number
  readonly credentials: number
  /** Of them: total moves, total stays, cannot be computed. */
  readonly moved: number
  readonly unmoved: number
  readonly refused: number
}

export interface DependentRepository {
  /** By id; the cursor is the last id. */
  listDependents(
    actor: Pick<Actor, 'organizationId'>,
    subject: DependentSubject,
    pin: TablePin,
    page: Page,
  ): Promise<readonly Dependent[]>
}
