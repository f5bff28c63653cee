/** The search page's query as a filter of the registry. What cannot be read is named and nothing is searched: no condition is dropped unseen. */

import { z } from '@hono/zod-openapi'
import { families } from '../../../engine/types.ts'
import type { FactorFilter, FoundFactor } from '../../../ports/registry.ts'
import { type Asked, type FieldName, fieldNames } from '../../../web/factors/search-fields.ts'
import { regionCode } from '../../../web/factors/words.ts'
import { words } from '../../schemas.ts'
import { TableName, VersionName } from '../factor-tables/schema.ts'

/** Factors a page shows. */
export const resultsPerPage = 25

const readers = {
  q: words(100),
  table: TableName,
  version: VersionName,
  family: z.enum(families),
  category: words(80),
  region: words(40).transform(regionCode),
  year: z.coerce.number().int().min(1990).max(2100),
} as const satisfies Record<FieldName | 'q', z.ZodType>

export interface ReadSearch {
  /** By field, as written; blank fields of the form are not asked. */
  readonly asked: Asked
  readonly filter: FactorFilter
  readonly unreadable: readonly (FieldName | 'q')[]
  readonly after: string | null
}

/** Reads a query; a cursor that cannot be one begins at the beginning. */
export function readSearch(query: Readonly<Record<string, string>>): ReadSearch {
  const names = (['q', ...fieldNames] as const).filter((name) => (query[name] ?? '').trim() !== '')
  const read = names.map((name) => ({ name, result: readers[name].safeParse(query[name]?.trim()) }))
  const values = Object.fromEntries(
    read.flatMap(({ name, result }) => (result.success ? [[name, result.data]] : [])),
  )
  const { q, ...filter } = values as { q?: string } & FactorFilter
  const after = words(200).safeParse(query.after)
  return {
    asked: Object.fromEntries(names.map((name) => [name, query[name]?.trim()])),
    filter: { ...filter, text: q },
    unreadable: read.filter(({ result }) => !result.success).map(({ name }) => name),
    after: after.success && after.data !== '' ? after.data : null,
  }
}

/** The cursor behind a row. */
export function cursorOf(row: FoundFactor | undefined): string | null {
  return row === undefined ? null : `${row.table}/${row.version}/${row.factor.id}`
}
