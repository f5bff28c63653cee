/** What a working paper is made of, and the short names of what it reads. */

import type { PresentedResult } from '../../engine/present.ts'
import type {
  ActivityLine,
  EmissionFactor,
  FactorTable,
  GasResult,
  GwpSet,
  LineResult,
  Period,
} from '../../engine/types.ts'

export type Line = LineResult<string>
export type Gas = GasResult<string>

/** What the paper is made of. */
export interface PaperSource {
  readonly title: string
  readonly period: Period
  readonly lines: readonly ActivityLine[]
  readonly result: PresentedResult
  readonly tables: readonly FactorTable[]
  readonly gwpSet: GwpSet
  readonly ownFactors: readonly EmissionFactor[]
  /** The categories' names in the language of the paper. */
  categoryName(category: string): string
}

/** How a factor is named in every sheet. */
export function factorKey(table: string, version: string, id: string): string {
  return `${table}@${version}#${id}`
}
