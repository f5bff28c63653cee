/** Every gap that an inventory declares, in one place: what was left out, estimated, apportioned, not covered or stood in for. */

import { sumOfShares } from '../engine/shares.ts'
import { heldLines, type Measure } from './amounts.ts'
import { scope1Categories, scope2Categories, scope3Categories } from './scope-3.ts'
import { estimatesOf } from './trail.ts'
import type { Breakdown, DeclaredGaps, ReportSource } from './types.ts'

/** @param months the breakdown by month, which knows the months of the period. */
export function gapsOf(
  { result, exclusions }: Pick<ReportSource, 'result' | 'exclusions'>,
  months: Breakdown,
  measure: Measure,
): DeclaredGaps {
  return {
    exclusions,
    excludedShare:
      exclusions.length === 0 ? null : sumOfShares(exclusions.map(({ estimatedShare }) => estimatedShare)),
    estimates: estimatesOf(result, measure),
    flags: result.flags.map(({ code, share, lines, gases }) => ({ code, share, lines, gases: gases ?? [] })),
    gasesNotCovered: result.gasesNotCovered,
    proxies: (result.inventory?.scope2?.rest ?? [])
      .filter(({ basis }) => basis === 'proxy')
      .map(({ factor, kWh, kgCo2e }) => {
        const { name, table, version, id } = factor
        return { name, table, version, id, kWh, amount: measure.amount(kgCo2e) }
      }),
    categoriesWithoutLines: categoriesWithoutLines(result),
    monthsWithoutLines: months.rows.filter(({ amount }) => amount === null).map(({ key }) => key),
  }
}

function categoriesWithoutLines({ lines }: ReportSource['result']): readonly string[] {
  const present = new Set(heldLines(lines).map(({ category }) => category))
  return [...scope1Categories, ...scope2Categories, ...scope3Categories].filter(
    (category) => !present.has(category),
  )
}
