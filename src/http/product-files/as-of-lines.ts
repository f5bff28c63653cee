/** Columns that mean of something else what they mean of a line of activity data. */

import { activityColumns, type CsvColumn } from '../activity-columns.ts'
import type { TableColumn } from '../table-columns.ts'

export function asOfLines(names: readonly CsvColumn[]): Readonly<Record<string, TableColumn>> {
  return Object.fromEntries(
    names.map((name) => {
      const { title, help, kind, ...more } = activityColumns[name] as TableColumn
      const { needed: _, ...rest } = { ...more }
      return [name, { ...rest, title, help, kind }]
    }),
  )
}
