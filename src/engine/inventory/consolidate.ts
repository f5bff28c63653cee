/** TO DO by the helper: whose activities count, and how far. */

import type { Refusals } from '../refusals.ts'
import type { ConsolidationResult, InventoryInput } from '../types.ts'
import type { Frame, WeighedLine } from '../weigh-line.ts'

/** What a line counts for. */
export interface Held {
  readonly share: number
  readonly entity?: string | undefined
}

export interface Consolidated {
  /** For each weighed line, in order. */
  readonly held: readonly Held[]
  readonly result: ConsolidationResult | null
}

export function consolidate(
  _input: InventoryInput,
  lines: readonly WeighedLine[],
  _frame: Frame,
  _refusals: Refusals,
): Consolidated {
  return { held: lines.map(() => ({ share: 1 })), result: null }
}
