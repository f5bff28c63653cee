/** The sheet of sums: the total and its breakdowns as recorded, beside the same by formula. */

import type { PresentedResult } from '../../engine/present.ts'
import { gasColumn } from './gases-sheet.ts'
import { lineColumn } from './lines-sheet.ts'
import type { PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import { columnRange, reference, type Sheet, type SheetCell } from './workbook.ts'

/** A row of the summary: what is summed, as recorded, and the formula that sums it once more. */
interface SumRow {
  readonly group: string
  readonly name: string
  readonly recorded: string
  readonly formula: string
}

export function summarySheet(source: PaperSource, gasCount: number, words: PaperWords): Sheet {
  const { result } = source
  const sheet = words.sheets.summary
  const count = result.lines.length
  const sums = columnRange(words.sheets.lines, lineColumn.kgCo2e, count)
  const by = (
    group: string,
    column: keyof typeof lineColumn,
    rows: readonly { key: string; kgCo2e: string }[],
    nameOf: (key: string) => string,
    criterionOf = (key: string) => JSON.stringify(key),
  ): SumRow[] =>
    rows.map(({ key, kgCo2e }) => ({
      group,
      name: nameOf(key),
      recorded: kgCo2e,
      formula: `SUMIFS(${sums},${columnRange(words.sheets.lines, lineColumn[column], count)},${criterionOf(key)})`,
    }))
  const same = (key: string) => key
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const gasSums = columnRange(words.sheets.gases, gasColumn.counted, gasCount)
  const gasNames = columnRange(words.sheets.gases, gasColumn.gas, gasCount)
  const rows: SumRow[] = [
    { group: words.total, name: words.total, recorded: result.total, formula: `SUM(${sums})` },
    ...by(words.groups.scope, 'scope', result.byScope, (key) => words.scopeName(key), same),
    ...by(words.groups.isoCategory, 'isoCategory', result.byIsoCategory, same, same),
    ...by(
      words.groups.category,
      'category',
      result.byCategory,
      (key) => source.categoryName(key),
      (key) => quoted(source.categoryName(key)),
    ),
    ...by(words.groups.facility, 'facility', result.byFacility, same, quoted),
    ...by(words.groups.entity, 'entity', result.byEntity, same, quoted),
    ...by(words.groups.month, 'month', result.byMonth, same, quoted),
    ...gasTotals(result).map(({ gas, kgCo2e }) => ({
      group: words.groups.gas,
      name: gas,
      recorded: kgCo2e,
      formula: `SUMIFS(${gasSums},${gasNames},${quoted(gas)})`,
    })),
  ]
  const format = '#,##0.00'
  return {
    name: sheet,
    note: `${source.title} · ${source.period.start} – ${source.period.end} · ${words.notes.summary}`,
    columns: words.columns.summary.map((title, at) => ({
      title,
      width: [22, 40, 22, 22, 16, 14][at] ?? 14,
      ...(at >= 2 && at <= 3 ? { format } : {}),
    })),
    rows: rows.map(({ group, name, recorded, formula }, at): SheetCell[] => {
      const [again, before] = [reference(sheet, 3, at), reference(sheet, 2, at)]
      return [
        group,
        name,
        Number(recorded),
        { formula, value: Number(recorded) },
        { formula: `${again}-${before}`, value: 0 },
        {
          formula: `IF(ABS(${again}-${before})<=1E-9*MAX(1,ABS(${before})),"${words.agrees}","${words.differs}")`,
          value: words.agrees,
        },
      ]
    }),
  }
}

/** By gas, of what counts, whatever its kind. */
function gasTotals({ byGas }: PresentedResult): readonly { gas: string; kgCo2e: string }[] {
  const counted = Map.groupBy(
    byGas.filter(({ inTotal, kgCo2e }) => inTotal && kgCo2e !== null),
    ({ gas }) => gas,
  )
  return [...counted].map(([gas, results]) => ({
    gas,
    kgCo2e: String(results.reduce((sum, { kgCo2e }) => sum + Number(kgCo2e), 0)),
  }))
}
