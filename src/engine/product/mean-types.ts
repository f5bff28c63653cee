/** The nouns of a mean of several plants that make the same product. */

import type { Quantity } from '../types.ts'

/** A plant of a mean: a process of the system, and what it made in the period. */
export interface Plant {
  readonly from: string
  /** Which of its products, where it makes several. */
  readonly fromProduct?: string | undefined
  /** What it made of the product in the period, greater than zero: its weight in the mean. Absent, its site's good output. */
  readonly output?: Quantity | undefined
}

/** A plant’s part of a mean. */
export interface PlantShare<N = number> {
  readonly process: string
  readonly product: string
  readonly output: { readonly amount: N; readonly unit: string }
  /** Its output ÷ that of all plants; exactly rounded, the shares come to 1. */
  readonly share: N
}

/** The plants of a process that is their mean, weighted by production. */
export interface MeanResult<N = number> {
  readonly process: string
  /** By process and product. */
  readonly plants: readonly PlantShare<N>[]
}
