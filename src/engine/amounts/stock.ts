/** TO DO by the helper. */

import { Problem } from '../../problem.ts'
import type { ActivityLine } from '../types.ts'
import type { Found } from './measure.ts'

export function usedFromStock(_line: ActivityLine): Found {
  throw new Problem('internal-error', 'usedFromStock')
}
