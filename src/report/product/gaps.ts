/** Every gap that a product's footprint declares, in one place, and what of its lines rests on estimates. */

import { sumOfShares } from '../../engine/shares.ts'
import { estimatesOf } from '../trail.ts'
import type { ProductMeasure } from './measure.ts'
import type { ProductGaps, ProductSource, StageRow } from './types.ts'

export function productGaps(
  { result, exclusions }: Pick<ProductSource, 'result' | 'exclusions'>,
  stages: readonly StageRow[],
  measure: ProductMeasure,
): ProductGaps {
  // A definition says the same without the stages (one-statement.ts); a record may be older than exclusions are.
  const stated = result.product?.exclusions?.items ?? []
  const left = stated.length === 0 ? exclusions : stated
  return {
    exclusions: left,
    excludedShare: left.length === 0 ? null : sumOfShares(left.map(({ estimatedShare }) => estimatedShare)),
    flags: result.flags.map(({ code, share, lines, gases }) => ({ code, share, lines, gases: gases ?? [] })),
    gasesNotCovered: result.gasesNotCovered,
    estimates: estimatesOf(result, measure),
    stagesWithoutLines: stages.filter(({ state }) => state === 'without-lines').map(({ stage }) => stage),
  }
}
