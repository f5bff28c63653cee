/** What a product's calculation leaves out on purpose: each with its reason and estimated share, because a gap is never a zero. */

import { Problem } from '../../problem.ts'
import { missing, outOfRange } from '../line-properties.ts'
import { listed } from '../names.ts'
import type { Refusals } from '../refusals.ts'
import { checkEstimatedShare, exceeds, sumOfShares } from '../shares.ts'
import type { Decimal, Excluded, ExclusionsResult, ProductInput } from '../types.ts'
import { stagesWithin } from './stages.ts'

/**
 * Refuses an exclusion without reason, one of a stage that the boundary does not reach, and shares that are none or more than the
 * whole.
 */
export function checkExclusions({ exclusions = [], boundary }: ProductInput, refusals: Refusals): void {
  const shares = exclusions.flatMap(
    (excluded, place) =>
      refusals.attempt(() => checkExclusion(excluded, boundary, `/exclusions/${place}`)) ?? [],
  )
  refusals.attempt(() => {
    if (exceeds(shares, '1'))
      throw outOfRange(
        '/exclusions',
        'More is left out than there is: the estimated shares come to more than 1.',
      )
  })
}

function checkExclusion(
  { what, stage, reason, estimatedShare }: Excluded,
  boundary: ProductInput['boundary'],
  pointer: string,
): Decimal {
  if (what.trim() === '') throw missing(`${pointer}/what`, 'Say what is left out.')
  if (reason.trim() === '') throw missing(`${pointer}/reason`, 'Say why it is left out.')
  checkEstimatedShare(estimatedShare, `${pointer}/estimatedShare`)
  const within = stagesWithin[boundary]
  if (stage === undefined || within.includes(stage)) return estimatedShare
  const detail = `The boundary ${boundary} holds ${listed(within)}: of ${stage} nothing is left out. Leave the exclusion out, or widen the boundary.`
  throw new Problem('line-ambiguous', detail, { pointer: `${pointer}/stage`, stage })
}

export function exclusionsResult({ exclusions = [] }: ProductInput): ExclusionsResult {
  return {
    items: exclusions,
    totalShare: sumOfShares(exclusions.map(({ estimatedShare }) => estimatedShare)),
  }
}
