/** The sheet of lines: what each comes to, by the formulas and in the record. */

import type { PlacedChain } from './chains.ts'
import { type GasRow, gasColumn } from './gases-sheet.ts'
import { factorKey, type Line, type PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import { reference, type Sheet, type SheetCell } from './workbook.ts'
import { outcome } from './working-sheet.ts'

export const lineColumn = {
  id: 0,
  description: 1,
  category: 2,
  activityKind: 3,
  scope: 4,
  isoCategory: 5,
  facility: 6,
  entity: 7,
  month: 8,
  amount: 9,
  unit: 10,
  share: 11,
  factor: 12,
  kgCo2e: 13,
  recorded: 14,
  difference: 15,
  sameByBoth: 16,
} as const

export function linesSheet(
  source: PaperSource,
  placed: ReadonlyMap<string, PlacedChain>,
  gases: readonly GasRow[],
  words: PaperWords,
): Sheet {
  const descriptions = new Map(source.lines.map(({ id, description }) => [id, description]))
  const rowsOf = gasRowsOf(gases)
  return {
    name: words.sheets.lines,
    note: words.notes.lines,
    columns: words.columns.lines.map((title) => ({ title })),
    rows: source.result.lines.map((line, at): SheetCell[] => [
      ...[line.id, descriptions.get(line.id) ?? null, source.categoryName(line.category)],
      line.activityKind === null ? null : words.activityKindName(line.activityKind),
      ...[
        textOf(line.scope),
        textOf(line.isoCategory),
        line.facility ?? null,
        line.entity ?? null,
        line.month ?? null,
      ],
      ...[outcome(placed, line.id, 'activity', words), line.activity.unit, Number(line.scaling)],
      weighedBy(line),
      ...sumCells(line, at, sumOfGases(rowsOf.get(line.id), words), words),
      line.marketBased?.kWh === null ? 1 : null,
    ]),
  }
}

/** What sums are made by is text: LibreOffice, unlike Excel, finds no number exactly like a text. */
function textOf(value: number | null): string | null {
  return value === null ? null : String(value)
}

export function weighedBy({ factor, fuel }: Line): string | null {
  const used = factor ?? fuel
  return used ? factorKey(used.table, used.version, used.id) : null
}

/** What a line comes to by formula and in the record, and the difference. */
export function sumCells(line: Line, at: number, formula: string, words: PaperWords): SheetCell[] {
  const recorded = Number(line.kgCo2e)
  const cell = (column: keyof typeof lineColumn) => reference(words.sheets.lines, lineColumn[column], at)
  return [
    { formula, value: recorded },
    recorded,
    { formula: `${cell('kgCo2e')}-${cell('recorded')}`, value: 0 },
  ]
}

/** The first and the last of each line's gases, which stand together. */
export function gasRowsOf(gases: readonly GasRow[]): ReadonlyMap<string, readonly [number, number]> {
  const rows = new Map<string, readonly [number, number]>()
  for (const [at, { line }] of gases.entries()) rows.set(line.id, [rows.get(line.id)?.[0] ?? at, at])
  return rows
}

export function sumOfGases(rows: readonly [number, number] | undefined, words: PaperWords): string {
  if (rows === undefined) return '0'
  const [first, last] = rows.map((row) => reference(words.sheets.gases, gasColumn.counted, row))
  return `SUM(${first}:${last?.split('!')[1]})`
}
