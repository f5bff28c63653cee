/**
 * An inventory in the structure of the GHG Protocol: three scopes, scope 2 by both methods, and all fifteen categories of scope 3.
 * A category of which nobody reported a line is named so; it is no zero.
 */

import type { Exclusion } from '../certification/check-against-scheme.ts'
import { heldLines, type Measure } from './amounts.ts'
import { exclusionsOf, scope1Categories, scope2Categories, scope3Categories } from './scope-3.ts'
import type { CategoryRow, GhgProtocolReport, ReportedLine, ReportTotals } from './types.ts'

interface Given {
  readonly lines: readonly ReportedLine[]
  readonly exclusions: readonly Exclusion[]
  readonly totals: ReportTotals
}

export function ghgProtocolReport({ lines, exclusions, totals }: Given, measure: Measure): GhgProtocolReport {
  const held = Map.groupBy(heldLines(lines), ({ category }) => category)
  const row = (category: string) => categoryRow(category, held.get(category) ?? [], exclusions, measure)
  return {
    structure: 'ghg-protocol',
    scope1: { amount: totals.scopes[1], categories: scope1Categories.map(row) },
    scope2: { ...totals.scopes[2], categories: scope2Categories.map(row) },
    scope3: {
      amount: totals.scopes[3],
      categories: scope3Categories.map((category, at) => ({ number: at + 1, ...row(category) })),
    },
  }
}

function categoryRow(
  category: string,
  lines: readonly ReportedLine[],
  exclusions: readonly Exclusion[],
  measure: Measure,
): CategoryRow {
  const amount = measure.sum(lines)
  return {
    category,
    state: amount === null ? 'without-lines' : 'reported',
    amount,
    share: amount && measure.share(amount.kgCo2e),
    lines: lines.length,
    exclusions: exclusionsOf(category, exclusions),
  }
}
