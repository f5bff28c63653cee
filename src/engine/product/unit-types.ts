/** What a product's result is per: a declared unit up to the gate, a functional unit from cradle to grave (ISO 14067, GB/T 24067). */

import type { Quantity } from '../types.ts'
import type { LifeCycleStage } from './types.ts'

/** A text in both languages. */
export interface InBothLanguages {
  readonly en: string
  readonly zh: string
}

/** What a product does for whoever uses it, and how much product does that. */
export interface FunctionalUnit {
  /** What it does, how well and for how long: "light a desk with 500 lx, 2 000 h a year for 5 years". */
  readonly description: InBothLanguages
  /** How much of it: 10 000 h, 150 000 km, 1 piece kept cold. */
  readonly quantity: Quantity
  /** How long the product lasts; a time. */
  readonly serviceLife: Quantity
  /** How much of the reference process's product delivers it: 1 lamp, or 2 where one lasts half as long. */
  readonly referenceFlow: Quantity
}

/** A stage within the boundary in which nothing happens, and why: a brick uses nothing. */
export interface EmptyStage {
  readonly stage: LifeCycleStage
  readonly reason: string
}

/** A functional unit as it stands in a result. */
export interface FunctionalUnitResult<N = number> extends FunctionalUnit {
  /** Total ÷ quantity, per one of its unit. */
  readonly kgCo2ePerUnit: N
  /** Total ÷ service life, per year of 365.25 days. */
  readonly kgCo2ePerYear: N
}
