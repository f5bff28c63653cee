/** What draws say of a system, and of two. */

/** Bars of equal width from `from` to `to`. */
export interface Histogram<N = number> {
  readonly from: N
  readonly to: N
  readonly counts: readonly number[]
}

export interface Statistics<N = number> {
  readonly mean: N
  /** Of a sample: n − 1. */
  readonly standardDeviation: N
  readonly median: N
  /** The 2.5 % and the 97.5 % quantile. */
  readonly low: N
  readonly high: N
  readonly histogram: Histogram<N>
}

/** What had no answer in some draws: a process, or the formula of a parameter. */
export interface DrawFault {
  readonly kind: 'process' | 'parameter'
  readonly id: string
  readonly draws: number
}

/** How draws are made: all that someone needs to make them again. */
export interface DrawSetting {
  readonly generator: 'philox4x32-10'
  readonly seed: number
  readonly draws: number
}

/** What the draws of one system say. */
export interface DrawnTotals<N = number> {
  /** Independent things that were drawn: nothing varies where it is 0. */
  readonly sources: number
  /** Part of Σ|line| whose lines state an uncertainty or follow from an uncertain parameter; null where that sum is zero. */
  readonly statedShare: N | null
  readonly point: N
  /** Draws without an answer, in no figure below. */
  readonly refused: { readonly draws: number; readonly share: N; readonly faults: readonly DrawFault[] }
  /** Draws in which an amount or a factor came out on the other side of zero. */
  readonly signChanged: number
  /** Null where fewer than two draws have an answer. */
  readonly statistics: Statistics<N> | null
}

/** Two systems on the same draws: what both hold is off alike in both. */
export interface SystemComparison<N = number> {
  readonly drawn: DrawSetting
  readonly a: DrawnTotals<N>
  readonly b: DrawnTotals<N>
  /** Things that both hold, and that were drawn once for both. */
  readonly shared: number
  /** B − A as stated, and of all draws that have an answer in both. */
  readonly difference: N
  readonly statistics: Statistics<N> | null
  /** The part of those draws in which A is below B; null where there is none. */
  readonly belowShare: N | null
}
