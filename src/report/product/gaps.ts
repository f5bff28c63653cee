/** Every gap that a product's footprint declares, in one place, and what of its lines rests on estimates. */

import { printRounded } from '../../engine/decimal.ts'
import { exactSum } from '../../engine/exact-sum.ts'
import type { PresentedResult } from '../../engine/present.ts'
import { sumOfShares } from '../../engine/shares.ts'
import type { ProductMeasure } from './measure.ts'
import type { ProductGaps, ProductSource, StageRow } from './types.ts'

export function productGaps(
  { result, exclusions }: Pick<ProductSource, 'result' | 'exclusions'>,
  stages: readonly StageRow[],
  measure: ProductMeasure,
): ProductGaps {
  return {
    exclusions,
    excludedShare:
      exclusions.length === 0 ? null : sumOfShares(exclusions.map(({ estimatedShare }) => estimatedShare)),
    flags: result.flags.map(({ code, share, lines, gases }) => ({ code, share, lines, gases: gases ?? [] })),
    gasesNotCovered: result.gasesNotCovered,
    estimates: estimatesOf(result, measure),
    stagesWithoutLines: stages.filter(({ state }) => state === 'without-lines').map(({ stage }) => stage),
  }
}

/** Each estimated line with its part of Σ|line|, as the flag has it of all of them together. */
function estimatesOf({ lines, flags }: PresentedResult, measure: ProductMeasure): ProductGaps['estimates'] {
  const estimated = new Set(flags.find(({ code }) => code === 'estimated')?.lines ?? [])
  const sizes = exactSum(lines.map(({ kgCo2e }) => Math.abs(Number(kgCo2e))))
  return lines
    .filter(({ id, estimate }) => estimated.has(id) || estimate !== undefined)
    .map(({ id, estimate, kgCo2e }) => ({
      line: id,
      estimate: estimate ?? null,
      amount: measure.amount(kgCo2e),
      share: sizes === 0 ? null : printRounded(Math.abs(Number(kgCo2e)) / sizes, 6),
    }))
}
