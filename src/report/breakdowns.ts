/**
 * The total by facility, entity and month. What of it lies under no key is a row of its own, so that the parts always make up the
 * whole; a month of the period without lines stands in the course as a gap.
 */

import { exactSum } from '../engine/exact-sum.ts'
import { inOrder } from '../engine/names.ts'
import type { Decimal, Names, Period, Subtotal } from '../engine/types.ts'
import { countedTerms, heldLines, type Measure } from './amounts.ts'
import type { Breakdown, BreakdownRow, ReportedLine, ReportSource } from './types.ts'

/** Months that a course shows at most: ten years. */
const monthsMax = 120

export function breakdownsOf(
  { result, names, period }: Pick<ReportSource, 'result' | 'names' | 'period'>,
  measure: Measure,
): { readonly facility: Breakdown; readonly entity: Breakdown; readonly month: Breakdown } {
  const lines = heldLines(result.lines)
  const by = (
    sums: readonly Subtotal<Decimal>[],
    keyOf: (line: ReportedLine) => string | undefined,
    named: ReadonlyMap<string, Names> = new Map(),
  ) =>
    breakdown(
      sums,
      lines.filter((line) => keyOf(line) === undefined),
      named,
      measure,
    )
  const month = by(result.byMonth, (line) => line.month)
  return {
    facility: largestFirst(by(result.byFacility, (line) => line.facility, names.facility)),
    entity: largestFirst(by(result.byEntity, (line) => line.entity, names.entity)),
    month: result.byMonth.length === 0 ? month : { ...month, rows: wholeCourse(month.rows, period) },
  }
}

function breakdown(
  sums: readonly Subtotal<Decimal>[],
  rest: readonly ReportedLine[],
  names: ReadonlyMap<string, Names>,
  measure: Measure,
): Breakdown {
  const remainder = exactSum(rest.flatMap(countedTerms))
  return {
    rows: sums.map(({ key, kgCo2e }) => ({
      key,
      name: names.get(key) ?? null,
      amount: measure.amount(kgCo2e),
      share: measure.share(kgCo2e),
    })),
    remainder:
      rest.length === 0
        ? null
        : { amount: measure.amount(remainder), share: measure.share(remainder), lines: rest.length },
  }
}

function largestFirst({ rows, remainder }: Breakdown): Breakdown {
  const size = ({ amount }: BreakdownRow) => Number(amount?.kgCo2e ?? 0)
  return { rows: rows.toSorted((a, b) => size(b) - size(a) || inOrder(a.key, b.key)), remainder }
}

function wholeCourse(rows: readonly BreakdownRow[], period: Period): readonly BreakdownRow[] {
  const known = new Map(rows.map((row) => [row.key, row]))
  const months = new Set([...monthsOf(period), ...known.keys()])
  return [...months]
    .sort(inOrder)
    .map((key) => known.get(key) ?? { key, name: null, amount: null, share: null })
}

/** The calendar months that lie in a period, whole or in part: `2024-01`, … */
export function monthsOf({ start, end }: Period): readonly string[] {
  const months: string[] = []
  let [year = 0, month = 1] = start.split('-').map(Number)
  for (;;) {
    const key = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
    if (`${key}-01` >= end || months.length === monthsMax) return months
    months.push(key)
    if (month === 12) [year, month] = [year + 1, 1]
    else month += 1
  }
}
