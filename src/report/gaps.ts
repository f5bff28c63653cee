/** Every gap that an inventory declares, in one place: what was left out, estimated, apportioned, not covered or stood in for. */

import { printRounded } from '../engine/decimal.ts'
import { exactSum } from '../engine/exact-sum.ts'
import { sumOfShares } from '../engine/shares.ts'
import { heldLines, type Measure } from './amounts.ts'
import { scope1Categories, scope2Categories, scope3Categories } from './scope-3.ts'
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

/** Each estimated line with its part of Σ|line|, as the flag has it of all of them together. */
function estimatesOf({ lines, flags }: ReportSource['result'], measure: Measure): DeclaredGaps['estimates'] {
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

function categoriesWithoutLines({ lines }: ReportSource['result']): readonly string[] {
  const present = new Set(heldLines(lines).map(({ category }) => category))
  return [...scope1Categories, ...scope2Categories, ...scope3Categories].filter(
    (category) => !present.has(category),
  )
}
