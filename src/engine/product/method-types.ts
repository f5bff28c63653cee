/** How a product's footprint is drawn: what a calculation says of unit, boundary and end of life, and what its result says of them. */

import type { CircularResult, EndOfLife, Quantity } from '../types.ts'
import type { EmptyStage, FunctionalUnit, FunctionalUnitResult } from './unit-types.ts'

/** Where a product's system begins and ends (ISO 14067). */
export type ProductBoundary = 'cradle-to-gate' | 'cradle-to-grave' | 'gate-to-gate'

/** What a product's calculation says of its method. */
export interface MethodDetail {
  readonly boundary: ProductBoundary
  /** What the result is per, up to the gate. */
  readonly declaredUnit?: Quantity | undefined
  /** What the result is per, from cradle to grave. */
  readonly functionalUnit?: FunctionalUnit | undefined
  /** Stages within the boundary in which nothing happens. */
  readonly emptyStages?: readonly EmptyStage[] | undefined
  /** How recycling and recovery are shared with other products. */
  readonly endOfLife?: EndOfLife | undefined
}

/** What a product's result says of its method. */
export interface MethodResult<N = number> {
  readonly boundary: ProductBoundary
  /** Null up to the gate. */
  readonly functionalUnit: FunctionalUnitResult<N> | null
  /** Stages in which nothing happens, each with its reason. */
  readonly emptyStages: readonly EmptyStage[]
  /** End of life and recycled content; null where the calculation says nothing of either. */
  readonly circular: CircularResult<N> | null
}
