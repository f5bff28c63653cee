/** TO DO by the helper: sub-meters. */

import type { Refusals } from '../refusals.ts'
import type { PreparedLine } from '../weigh-line.ts'

export function deductParts(lines: readonly PreparedLine[], _refusals: Refusals): readonly PreparedLine[] {
  return lines
}
