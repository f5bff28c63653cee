/** A declared estimate says how it was made, on what it rests and who approved it; without these it is a guess. */

import { missing, outOfRange } from '../line-properties.ts'
import type { ActivityLine } from '../types.ts'
import { estimateMethods } from './types.ts'

/** @throws Problem `property-missing` for an empty text, `property-out-of-range` for a method nobody knows. */
export function checkEstimate({ estimate }: Pick<ActivityLine, 'estimate'>): void {
  if (estimate === undefined) return
  if (!estimateMethods.includes(estimate.method)) {
    throw outOfRange('/estimate/method', `An estimate is made by one of ${estimateMethods.join(', ')}.`)
  }
  if (estimate.basis.trim() === '') {
    throw missing('/estimate/basis', 'Say what the estimate rests on, for the verifier.')
  }
  if (estimate.approvedBy.trim() === '') {
    throw missing('/estimate/approvedBy', 'Say who approved the estimate, by role or name.')
  }
}
