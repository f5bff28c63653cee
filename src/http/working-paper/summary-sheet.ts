/** The sheet of sums: the total and its breakdowns as recorded, beside the same by formula. */

import { lastDay } from '../../web/quantity.ts'
import type { PaperSource } from './source.ts'
import type { SumRow } from './summary-rows.ts'
import type { PaperWords } from './words.ts'
import { formulaNumber, reference, type Sheet, type SheetCell } from './workbook.ts'

export const summaryColumn = {
  group: 0,
  name: 1,
  recorded: 2,
  formula: 3,
  difference: 4,
  check: 5,
  key: 6,
} as const

/** What stands above the sums. */
type Headed = Pick<PaperSource, 'title' | 'period'>

/** @param size what differences are held against where a sum is smaller, such as a kilogram. */
export function summarySheet(source: Headed, sums: readonly SumRow[], words: PaperWords, size = 1): Sheet {
  const { start, end } = source.period
  const format = '#,##0.00'
  return {
    name: words.sheets.summary,
    note: `${source.title} · ${start} – ${lastDay(end)} · ${words.notes.summary}`,
    columns: words.columns.summary.map((title, at) => ({
      title,
      ...(at === summaryColumn.recorded || at === summaryColumn.formula ? { format } : {}),
    })),
    rows: sums.map((row, at) => sumCells(row, at, words, size)),
  }
}

function sumCells(
  { group, name, key, recorded, formula }: SumRow,
  at: number,
  words: PaperWords,
  size: number,
): SheetCell[] {
  const cell = (column: keyof typeof summaryColumn) =>
    reference(words.sheets.summary, summaryColumn[column], at)
  const [again, before] = [cell('formula'), cell('recorded')]
  const isNear = `ABS(${again}-${before})<=1E-9*MAX(${formulaNumber(size)},ABS(${before}))`
  return [
    ...[group, name, Number(recorded)],
    { formula: formula(cell('key')), value: Number(recorded) },
    { formula: `${again}-${before}`, value: 0 },
    { formula: `IF(${isNear},"${words.agrees}","${words.differs}")`, value: words.agrees },
    key,
  ]
}
