/** The sheet of sums: the total and its breakdowns as recorded, beside the same by formula. */

import { type Summed, type SumRow, summaryRows } from './summary-rows.ts'
import type { PaperWords } from './words.ts'
import { reference, type Sheet, type SheetCell } from './workbook.ts'

export const summaryColumn = {
  group: 0,
  name: 1,
  recorded: 2,
  formula: 3,
  difference: 4,
  check: 5,
  key: 6,
} as const

export function summarySheet(summed: Summed): Sheet {
  const { source, words } = summed
  const { start, end } = source.period
  const format = '#,##0.00'
  return {
    name: words.sheets.summary,
    note: `${source.title} · ${start} – ${end} · ${words.notes.summary}`,
    columns: words.columns.summary.map((title, at) => ({
      title,
      width: [22, 40, 22, 22, 16, 14, 28][at] ?? 14,
      ...(at >= 2 && at <= 3 ? { format } : {}),
    })),
    rows: summaryRows(summed).map((row, at) => sumCells(row, at, words)),
  }
}

function sumCells(
  { group, name, key, recorded, formula }: SumRow,
  at: number,
  words: PaperWords,
): SheetCell[] {
  const cell = (column: keyof typeof summaryColumn) =>
    reference(words.sheets.summary, summaryColumn[column], at)
  const [again, before] = [cell('formula'), cell('recorded')]
  const isNear = `ABS(${again}-${before})<=1E-9*MAX(1,ABS(${before}))`
  return [
    ...[group, name, Number(recorded)],
    { formula: formula(cell('key')), value: Number(recorded) },
    { formula: `${again}-${before}`, value: 0 },
    { formula: `IF(${isNear},"${words.agrees}","${words.differs}")`, value: words.agrees },
    key,
  ]
}
