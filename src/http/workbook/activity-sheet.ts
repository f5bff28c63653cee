/** The sheet of activity data in a workbook. */

import { type CsvColumn, lineColumns } from '../activity-columns.ts'
import { refuseTooManyLines } from '../calculation.ts'
import { openWorkbook, type SheetEntry } from './parts.ts'
import { unfit } from './refusal.ts'
import { readSheet } from './sheet.ts'
import { readTable, type SentTable, type TableAsked } from './table-sheet.ts'

/** What the sheet of activity data is called, in the templates and as people call it. */
export const dataSheetNames = ['活动数据', 'Activity data', '数据', 'Data'] as const

/** What a table of lines has to be. */
export const linesAsked: TableAsked<CsvColumn> = {
  dictionary: lineColumns,
  needs:
    '编号 (id), 活动类别 (category), 数量 (quantity.amount) and 单位 (quantity.unit), or instead of the last two the columns of a meter, a stock, a gas balance or a leak rate',
  refuseTooMany: (rows) => refuseTooManyLines(rows),
}

/** The header and rows of the data sheet. @throws Problem `malformed-workbook`, `body-too-large`, `too-many-items`. */
export function readActivitySheet(
  bytes: Uint8Array,
  names: readonly string[] = dataSheetNames,
): SentTable<CsvColumn> {
  const workbook = openWorkbook(bytes)
  const entry = dataSheet(workbook.sheets, names)
  const sheet = readSheet(workbook.read(entry))
  return readTable(workbook, { name: entry.name, sheet }, linesAsked)
}

/** Names of sheets are compared as people write them. */
export const nameKey = (name: string) => name.normalize('NFKC').trim().toLowerCase()

/** The sheet with one of the names, or the only one that can be seen. */
function dataSheet(sheets: readonly SheetEntry[], names: readonly string[]): SheetEntry {
  const known = new Set(names.map(nameKey))
  const visible = sheets.filter(({ isHidden }) => !isHidden)
  const named = visible.filter(({ name }) => known.has(nameKey(name)))
  const [only, other] = named.length > 0 ? named : visible
  if (only !== undefined && other === undefined) return only
  const listed = visible.slice(0, 20).map(({ name }) => name)
  const fault =
    named.length > 1
      ? `More than one sheet may be the activity data: ${named.map(({ name }) => `"${name}"`).join(', ')}; keep one of them`
      : `No sheet is called ${names.map((name) => `"${name}"`).join(' or ')}; rename the one with the activity data`
  throw unfit(fault, { sheets: listed })
}
