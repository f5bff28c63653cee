/**
 * Cells that say nothing anyone could count with: a number that is none, a unit or a category of no list. Each is refused where it stands,
 * under the code that the calculation has for it.
 */

import { parseDecimal } from '../../engine/decimal.ts'
import { nearest } from '../../engine/names.ts'
import type { Refusals } from '../../engine/refusals.ts'
import { unitCode } from '../../engine/units.ts'
import { pointerOf } from '../../json/pointer.ts'
import { isProblem, Problem } from '../../problem.ts'
import { categoriesOf, categoryNamed } from '../activity-categories.ts'
import type { CellKind } from '../table-columns.ts'
import { type PlacedRow, placeInWords } from '../table-rows.ts'

type Check = (cell: string) => void

const checks: Readonly<Partial<Record<CellKind, Check>>> = {
  decimal: parseDecimal,
  unit: unitCode,
  category: checkCategory,
}

/** @throws Problem `invalid-number`, `unknown-unit`, `unknown-category`. */
export function checkCell(kind: CellKind, cell: string): void {
  checks[kind]?.(cell)
}

/** @param isRead the columns whose cells are read; all where not told. */
export function refuseWrongCells<Name extends string>(
  placed: PlacedRow<Name>,
  refusals: Refusals,
  isRead: (column: Name) => boolean = () => true,
): void {
  const { header, row, pointer } = placed
  const { dictionary } = header
  for (const [at, column] of header.columns.entries()) {
    const cell = row.cells[at] ?? ''
    const { kind } = dictionary.of(column)
    if (cell === '' || checks[kind] === undefined || !isRead(column)) continue
    refusals.attempt(() => {
      try {
        checkCell(kind, cell)
      } catch (thrown) {
        if (!isProblem(thrown)) throw thrown
        const place = row.place(at)
        const detail = `${placeInWords(place)}: ${thrown.facts.detail}`
        throw thrown.with({ detail, pointer: `${pointer}${pointerOf(dictionary.path(column))}`, ...place })
      }
    })
  }
}

const categories = categoriesOf('product')
const codes = new Set(categories.map(({ code }) => code))
const words = categories.flatMap(({ code, zh, en }) => [code, zh, en])
const inWords = categories.map(({ code, zh, en }) => `${code} (${zh}, ${en})`).join(', ')

/** @throws Problem `unknown-category` with the whole list. */
function checkCategory(cell: string): void {
  if (codes.has(categoryNamed(cell))) return
  const category = cell.slice(0, 64)
  const detail = `"${category}" is no category of a product; use one of ${inWords}.`
  const candidates = nearest(cell, words)
  throw new Problem('unknown-category', detail, { category, candidates, categories: [...codes] })
}
