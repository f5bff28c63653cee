/** Numbers in cells: each that is none is refused, where lines of activity data would have it said by their one form. */

import { parseDecimal } from '../../engine/decimal.ts'
import type { Refusals } from '../../engine/refusals.ts'
import { pointerOf } from '../../json/pointer.ts'
import { isProblem } from '../../problem.ts'
import type { PlacedRow } from '../table-rows.ts'

/** @param isRead the columns whose cells are read; all where not told. */
export function refuseWrongDecimals<Name extends string>(
  { header, row, pointer }: PlacedRow<Name>,
  refusals: Refusals,
  isRead: (column: Name) => boolean = () => true,
): void {
  const { dictionary } = header
  for (const [at, column] of header.columns.entries()) {
    const cell = row.cells[at] ?? ''
    if (cell === '' || dictionary.of(column).kind !== 'decimal' || !isRead(column)) continue
    refusals.attempt(() => {
      try {
        parseDecimal(cell)
      } catch (thrown) {
        if (!isProblem(thrown)) throw thrown
        throw thrown.with({ pointer: `${pointer}${pointerOf(dictionary.path(column))}`, ...row.place(at) })
      }
    })
  }
}
