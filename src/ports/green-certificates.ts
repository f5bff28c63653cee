/** The ledger of green electricity certificates 绿证, as actions ask for it. */

import type {
  AllocatedCertificates,
  CertificateRange,
  NumberRange,
  RetirementDates,
  Technology,
} from '../certification/green-certificate.ts'
import type { SubjectKind } from '../certification/scheme.ts'
import type { Authorship, Created, Page } from './parties.ts'
import type { Actor } from './request.ts'

/** Certificates retired 核销 for one consumer: the organization that claims them. */
export interface Retirement extends RetirementDates {
  readonly id: string
  readonly organizationId: string
  readonly ranges: readonly CertificateRange[]
  readonly certificates: number
  readonly allocated: AllocatedCertificates
  readonly technology: Technology
  /** 可交易绿证; those of power that its producer used itself are not. */
  readonly isTradable: boolean
  /** What the register calls the retirement, e.g. the number of its certificate of consumption. */
  readonly reference: string
  readonly note: string | null
  readonly createdAt: Date
  /** Null while it stands. */
  readonly released: { readonly at: Date; readonly reason: string } | null
}

export type NewRetirement = Omit<Retirement, 'allocated' | 'released'>

/** Certificates of a retirement that are given to a footprint of the same organization. */
export interface Allocation {
  readonly id: string
  readonly organizationId: string
  readonly retirementId: string
  readonly footprintId: string
  /** Says which count of the retirement the allocation is of. */
  readonly footprintKind: SubjectKind
  readonly certificates: number
  /** The first submitted revision that rests on it; from then on it stays. */
  readonly usedByRevisionId: string | null
  readonly createdAt: Date
  /** Null while it stands. */
  readonly releasedAt: Date | null
}

export type NewAllocation = Pick<
  Allocation,
  'id' | 'organizationId' | 'retirementId' | 'footprintId' | 'certificates' | 'createdAt'
>

/** A standing retirement that a range lies inside of, and what of it the footprint was given. */
export interface Standing {
  readonly retirement: Omit<Retirement, 'ranges' | 'released' | 'reference' | 'note' | 'createdAt'>
  /** Allocations of it that stand for the footprint: those that a revision rests on first, then the oldest. */
  readonly given: readonly Pick<Allocation, 'id' | 'certificates'>[]
}

/**
 * Everything carries the caller's organization, but for the look at whose numbers a claim meets, of which only the numbers of
 * the claim itself come back. Every write is one statement with its audit row.
 */
export interface GreenCertificateRepository {
  /** All or nothing. `certificate-already-claimed` with the numbers, `idempotency-key-reused`, `stale-state`. */
  claim(by: Authorship, retirement: NewRetirement): Promise<Created<Retirement>>
  find(actor: Actor, id: string): Promise<Retirement | null>
  /** Newest first; released ones too. */
  list(actor: Actor, page: Page): Promise<readonly Retirement[]>
  /** Frees the numbers. Null where none stands under the id; `certificate-in-use` while allocations stand. */
  release(
    by: Authorship,
    released: { readonly id: string; readonly reason: string; readonly auditId: string },
  ): Promise<Retirement | null>
  /**
   * Null where the retirement or the footprint is not the caller's. `certificate-overallocated` beyond what the retirement holds for
   * footprints of that kind, `invalid-transition` where it was released, `idempotency-key-reused`.
   */
  allocate(by: Authorship, allocation: NewAllocation): Promise<Created<Allocation> | null>
  findAllocation(actor: Actor, retirementId: string, id: string): Promise<Allocation | null>
  /** Newest first; released ones too. */
  listAllocations(actor: Actor, retirementId: string, page: Page): Promise<readonly Allocation[]>
  /** Null where none stands under the ids, or a revision rests on it. */
  releaseAllocation(
    by: Authorship,
    released: { readonly retirementId: string; readonly id: string; readonly auditId: string },
  ): Promise<Allocation | null>
  /** For each range, in order, the caller's standing retirement that it lies inside of; null where it lies in none. One query. */
  standing(
    actor: Pick<Actor, 'organizationId'>,
    ranges: readonly NumberRange[],
    footprintId: string,
  ): Promise<readonly (Standing | null)[]>
}
