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
  /** @param name the cell that holds the name. */
  readonly formula: (name: string) => string
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
    nameOf: (key: string) => string = (key) => key,
  ): SumRow[] => {
    const names = columnRange(words.sheets.lines, lineColumn[column], count)
    return rows.map(({ key, kgCo2e }) => ({
      ...{ group, name: nameOf(key), recorded: kgCo2e },
      formula: (name) => sumWhereSame(sums, names, name),
    }))
  }
  const byNumber = (
    group: string,
    column: 'scope' | 'isoCategory',
    rows: readonly { key: string; kgCo2e: string }[],
    nameOf: (key: string) => string = (key) => key,
  ): SumRow[] => {
    const numbers = columnRange(words.sheets.lines, lineColumn[column], count)
    return rows.map(({ key, kgCo2e }) => ({
      ...{ group, name: nameOf(key), recorded: kgCo2e },
      formula: () => `SUMIFS(${sums},${numbers},${key})`,
    }))
  }
  const gasSums = columnRange(words.sheets.gases, gasColumn.counted, gasCount)
  const gasNames = columnRange(words.sheets.gases, gasColumn.gas, gasCount)
  const rows: SumRow[] = [
    { group: words.total, name: words.total, recorded: result.total, formula: () => `SUM(${sums})` },
    ...byNumber(words.groups.scope, 'scope', result.byScope, (key) => words.scopeName(key)),
    ...byNumber(words.groups.isoCategory, 'isoCategory', result.byIsoCategory),
    ...by(words.groups.category, 'category', result.byCategory, (key) => source.categoryName(key)),
    ...by(words.groups.facility, 'facility', result.byFacility),
    ...by(words.groups.entity, 'entity', result.byEntity),
    ...by(words.groups.month, 'month', result.byMonth),
    ...gasTotals(result).map(({ gas, kgCo2e }) => ({
      group: words.groups.gas,
      name: gas,
      recorded: kgCo2e,
      formula: (name: string) => sumWhereSame(gasSums, gasNames, name),
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
        { formula: formula(reference(sheet, 1, at)), value: Number(recorded) },
        { formula: `${again}-${before}`, value: 0 },
        {
          formula: `IF(ABS(${again}-${before})<=1E-9*MAX(1,ABS(${before})),"${words.agrees}","${words.differs}")`,
          value: words.agrees,
        },
      ]
    }),
  }
}

/**
 * The sum of the rows that have exactly this name. A criterion of SUMIFS is a pattern: to it `A*` is also `AB`, `a` is `A`, `01` is `1`,
 * and `<>` is everything, and what a client calls a facility may be any of them.
 */
function sumWhereSame(sums: string, names: string, name: string): string {
  return `SUMPRODUCT(EXACT(${names},${name})*${sums})`
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
