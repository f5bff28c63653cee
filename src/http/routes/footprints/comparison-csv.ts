/** Two products beside one another as CSV: a row for the total, each stage, kind, gas, process, category and line that differs, and for what draws say of both. */

import type { Pair, ProductComparison } from '../../../report/product/types.ts'
import { type CsvCell, csvText } from '../../csv.ts'

const columns = [
  ...['part', 'key', 'in_total', 'a_kg_co2e', 'b_kg_co2e', 'difference_kg_co2e', 'ratio'],
  ...['a_kg', 'b_kg', 'a_state', 'b_state', 'a_below_b_share', 'draws', 'seed'],
]

/** Cells by the names of their columns; a column without one is empty. */
type Row = Readonly<Record<string, CsvCell>>

export function comparisonCsv(comparison: ProductComparison): string {
  const { total, stages, kinds, gases, processes, categories, lines } = comparison
  const rows: Row[] = [
    { part: 'total', key: 'total', in_total: 'true', ...pairCells(total) },
    ...stages.map(({ stage, states, ...pair }) => {
      return { part: 'stage', key: stage, a_state: states.a, b_state: states.b, ...pairCells(pair) }
    }),
    ...kinds.map(({ kind, inTotal, ...pair }) => {
      return { part: 'kind', key: kind, in_total: String(inTotal), ...pairCells(pair) }
    }),
    ...gases.map(({ kind, gas, inTotal, kg, ...pair }) => ({
      ...{ part: 'gas', key: `${gas} ${kind}`, in_total: String(inTotal), a_kg: kg.a, b_kg: kg.b },
      ...pairCells(pair),
    })),
    ...processes.map(({ process, name: _, stage: __, ...pair }) => {
      return { part: 'process', key: process, ...pairCells(pair) }
    }),
    ...categories.map(({ category, ...pair }) => ({ part: 'category', key: category, ...pairCells(pair) })),
    ...lines.map(({ line, name: _, category: __, ...pair }) => {
      return { part: 'line', key: line, ...pairCells(pair) }
    }),
    ...drawRows(comparison),
  ]
  return csvText(
    columns,
    rows.map((row) => columns.map((column) => row[column] ?? null)),
  )
}

function pairCells({ a, b, difference, ratio }: Pair): Row {
  return {
    ...{ a_kg_co2e: a?.kgCo2e ?? null, b_kg_co2e: b?.kgCo2e ?? null },
    ...{ difference_kg_co2e: difference?.kgCo2e ?? null, ratio },
  }
}

const figures = ['mean', 'standardDeviation', 'median', 'low', 'high'] as const

/** The difference is of each draw: that of the medians is none. */
function drawRows({ draws }: ProductComparison): readonly Row[] {
  if (draws?.totals == null) return []
  const { drawn, totals } = draws
  const setting = { draws: String(drawn.draws), seed: String(drawn.seed) }
  return [
    ...figures.map((figure) => ({
      ...{ part: 'draws', key: figure, ...setting },
      a_kg_co2e: totals.a.statistics?.[figure] ?? null,
      b_kg_co2e: totals.b.statistics?.[figure] ?? null,
      difference_kg_co2e: totals.statistics?.[figure] ?? null,
    })),
    { part: 'draws', key: 'belowShare', a_below_b_share: totals.belowShare, ...setting },
  ]
}
