/** What a filled cell says, by the kind of its column. */

import { readPedigree } from '../engine/inventory/data-quality.ts'
import { categoryNamed } from './activity-categories.ts'
import { dateOf, readReadings } from './activity-cells.ts'
import { choiceNamed, flagNames } from './activity-choices.ts'
import { readCodes, readIds, readOutside } from './listed-cells.ts'
import type { TableColumn } from './table-columns.ts'

/** @throws Problem `invalid-request` for a cell of several values that cannot be taken apart. */
export function cellValue({ kind, choices }: TableColumn, cell: string): unknown {
  if (kind === 'year') return /^\d{4}$/.test(cell) ? Number(cell) : cell
  if (kind === 'count') return /^\d{1,4}$/.test(cell) ? Number(cell) : cell
  if (kind === 'gases') return cell.split(' ')
  if (kind === 'category') return categoryNamed(cell)
  if (kind === 'flag') return flagNamed(cell)
  if (kind === 'choices') return readIds(cell).map((one) => choiceNamed(choices ?? {}, one))
  if (kind === 'choice') return choiceNamed(choices ?? {}, cell)
  if (kind === 'readings') return readReadings(cell)
  if (kind === 'pedigree') return readPedigree(cell)
  if (kind === 'ids') return readIds(cell)
  if (kind === 'codes') return readCodes(cell)
  if (kind === 'outside') return readOutside(cell)
  return kind === 'date' ? dateOf(cell) : cell
}

/** Anything but yes and no stays, for the schema to judge. */
function flagNamed(cell: string): unknown {
  const named = choiceNamed(flagNames, cell)
  return named === 'true' ? true : named === 'false' ? false : cell
}
