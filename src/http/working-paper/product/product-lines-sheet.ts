/** The sheet of a product's lines: what each comes to per declared unit, by the formulas and in the record. */

import type { PlacedChain } from '../chains.ts'
import type { GasRow } from '../gases-sheet.ts'
import { gasRowsOf, sumCells, sumOfGases, weighedBy } from '../lines-sheet.ts'
import type { Sheet, SheetCell } from '../workbook.ts'
import { outcome } from '../working-sheet.ts'
import { type NetworkSetting, timesOf } from './network-sheets.ts'

interface Given {
  readonly placed: ReadonlyMap<string, PlacedChain>
  readonly gases: readonly GasRow[]
  readonly network: NetworkSetting
}

/** Its columns from the amount on are those of every paper's lines, which other sheets refer to. */
export function productLinesSheet({ placed, gases, network }: Given): Sheet {
  const { source, words } = network
  const descriptions = new Map(source.lines.map(({ id, description }) => [id, description]))
  const rowsOf = gasRowsOf(gases)
  return {
    name: words.base.sheets.lines,
    note: words.base.notes.lines,
    columns: words.base.columns.lines.map((title) => ({ title })),
    rows: source.result.lines.map((line, at): SheetCell[] => [
      ...[line.id, descriptions.get(line.id) ?? null, source.categoryName(line.category)],
      ...[line.process, line.forProduct ?? null, line.stage && words.stageName(line.stage)],
      ...[line.from ?? line.to ?? null, line.fromProduct ?? line.toProduct ?? null, null],
      ...[outcome(placed, line.id, 'activity', words.base), line.activity.unit, timesOf(line, network)],
      weighedBy(line),
      ...sumCells(line, at, sumOfGases(rowsOf.get(line.id), words.base), words.base),
    ]),
  }
}
