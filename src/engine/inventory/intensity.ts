/** TO DO by the helper. */

import type { IntensityBase, IntensityResult } from '../types.ts'

export function intensitiesOf(_total: number, _bases: readonly IntensityBase[]): readonly IntensityResult[] {
  return []
}
