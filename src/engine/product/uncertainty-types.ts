/** How far a product's total may be off, and what that comes from. */

import type { UncertaintySource } from '../types.ts'

/**
 * What amounts rest on together, so that they are off together: a parameter, the mass of a material, a total of a site, or a count of what
 * a site made.
 */
export type SharedAmount =
  | { readonly kind: 'parameter' | 'material'; readonly id: string }
  | { readonly kind: 'site-total'; readonly site: string; readonly id: string }
  | { readonly kind: 'site-flow'; readonly site: string; readonly product: string; readonly id: string }

/** What can be off; `lines` is how many lines state an uncertainty and rest on it. */
export type ProductUncertaintySource<N = number> =
  | UncertaintySource<N>
  | (SharedAmount & { readonly lines: N })

/** Error propagation through the network (IPCC approach 1): half of the 95 % interval of the total, as the lines state theirs. */
export interface ProductUncertainty<N = number> {
  readonly method: 'error-propagation'
  readonly confidence: '0.95'
  /** Part of Σ|line| whose lines state an uncertainty; null where that sum is zero. What states none is taken as certain. */
  readonly statedShare: N | null
  /** Null where no line states one. */
  readonly halfWidthKgCo2e: N | null
  /** Of |total|; null where there is none, or the total is zero. */
  readonly percent: N | null
  /** What the variance comes from, largest first, a hundred at most. */
  readonly contributions: readonly {
    readonly source: ProductUncertaintySource<N>
    /** Part of the variance, 0 to 1. */
    readonly varianceShare: N
  }[]
}
