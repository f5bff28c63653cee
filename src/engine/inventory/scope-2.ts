/** TO DO by the helper: scope 2 by location and by market. */

import type { InventoryInput, LineResult, Scope2Result } from '../types.ts'
import type { Frame, WeighedLine } from '../weigh-line.ts'

export function scope2Of(
  _input: InventoryInput,
  _frame: Frame,
  _weighed: readonly WeighedLine[],
  _lines: readonly LineResult[],
): Scope2Result | null {
  return null
}
