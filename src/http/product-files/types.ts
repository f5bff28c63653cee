/** What a table of a product system is: a sheet of a workbook, or a part of a form as CSV. */

import type { Bilingual } from '../../web/language.ts'
import type { Columns } from '../table-columns.ts'
import type { Header, Members, SentRow } from '../table-rows.ts'

/** A column that names the item of another table to which a row belongs. */
export interface ParentColumn {
  readonly column: string
  /** The table whose item it names by its id. */
  readonly table: string
  /** Where the cell is empty, the row belongs to what the columns before it name. */
  readonly isOptional?: true
}

/** A table, its rows the items of one list of the calculation input. */
export interface SystemTable {
  /** Name of the part as CSV; also accepted as the name of the sheet. */
  readonly key: string
  /** Name of the sheet. */
  readonly title: Bilingual
  /** What it holds, in a sentence above its header. */
  readonly about: Bilingual
  readonly dictionary: Columns
  /** Where the list stands in what it belongs to. */
  readonly list: readonly string[]
  /**
   * The columns that say what it belongs to, the outermost first; none for a list of the input itself. A cell may be empty where there is
   * only one that it could name.
   */
  readonly parents: readonly ParentColumn[]
  /** Items have ids of their own, unlike each other in one list. */
  readonly hasIds: boolean
  /** Puts in what a row leaves unsaid: a Chinese name that is not there is null. */
  readonly complete?: (item: Members, filled: readonly string[]) => void
  /** Lists with nothing in them that `complete` puts in again, so that an empty cell says them. */
  readonly putBack?: readonly string[]
}

/** A table as it was sent. */
export interface SentSystemTable {
  readonly table: SystemTable
  /** What the file calls it: its sheet, or its part. */
  readonly called: string
  readonly header: Header
  readonly rows: readonly SentRow[]
  /** Row of the header: of the sheet, or of the text. */
  readonly headerRow: number
}
