/** TO DO by the helper: one family of fuel defaults. */

import type { Refusals } from '../refusals.ts'
import type { InventoryInput } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'

export function checkFuelDefaults(
  _input: InventoryInput,
  _lines: readonly WeighedLine[],
  _refusals: Refusals,
): void {}
