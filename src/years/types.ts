/** The nouns of comparing two results of one organization or product: what changed, and by which of six causes. */

import type { LineResult } from '../engine/types.ts'

/**
 * Why a figure changed. `activity`: more or less was done. `factor`: the same source gives another value. `method`: it is weighed
 * another way (GWPs, family or table of the factor, a unit of another dimension). `structural`: what counts changed (a facility came
 * into the boundary or left it, a share moved). `added`, `ceased`: a line without a counterpart.
 */
export const changeCauses = ['activity', 'factor', 'method', 'structural', 'added', 'ceased'] as const
export type ChangeCause = (typeof changeCauses)[number]

/** kg CO2e of a change, by cause. */
export type ChangeParts<N = number> = Readonly<Record<ChangeCause, N>>

/** A figure before and after, and its change by cause. */
export interface Change<N = number> {
  readonly before: N
  readonly after: N
  /** after − before; the exact sum of the parts but for the rounding of each. */
  readonly difference: N
  readonly parts: ChangeParts<N>
}

export interface KeyedChange<N = number> extends Change<N> {
  readonly key: string
}

/** How lines of two results were found to be the same thing. */
export type MatchKind = 'id' | 'series'

/** One side of a comparison: the lines of one result that are the same thing. */
export interface ComparedSide<N = number> {
  readonly lines: readonly string[]
  readonly activity: { readonly amount: N; readonly unit: string }
  /** What counts of it, 0 to 1; a product has none. */
  readonly share: N
  readonly kgCo2e: N
}

/** Lines that are the same thing in both results, or a line that only one of them has. */
export interface ComparedLines<N = number> extends Change<N> {
  readonly category: string
  readonly scope: LineResult['scope']
  readonly facility: string | null
  readonly matched: MatchKind | null
  readonly sides: { readonly before: ComparedSide<N> | null; readonly after: ComparedSide<N> | null }
}

/** Two results compared. */
export interface Comparison<N = number> extends Change<N> {
  readonly byScope: readonly KeyedChange<N>[]
  readonly byCategory: readonly KeyedChange<N>[]
  readonly byFacility: readonly KeyedChange<N>[]
  /** Largest change first. */
  readonly lines: readonly ComparedLines<N>[]
}
