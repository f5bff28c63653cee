/** What is written in the cells of a table, and how they take what is typed. */

import type { CellStyle } from 'hucre/xlsx'
import type { TableColumn } from '../../table-columns.ts'
import { cellStyle, framed } from '../../template-page.ts'

/** Numbers stay numbers, so that formulas may give them; everything else is text as it is typed. */
export function styleOf({ kind }: TableColumn): CellStyle {
  return kind === 'decimal'
    ? { alignment: { vertical: 'center', horizontal: 'right' }, border: framed }
    : cellStyle
}

/** A number as one where a spreadsheet keeps every digit of it, and as text where it would not. */
export function cellOf({ kind }: TableColumn, written: string | undefined): string | number | null {
  if (written === undefined) return null
  if (kind !== 'decimal') return written
  const digits = written
    .replace(/[eE].*$/, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+/, '')
  return digits.length <= 15 ? Number(written) : written
}
