/** Finding factors by words and facets, over the rows of published versions. */

import { and, asc, eq, gt, like, or } from 'drizzle-orm'
import type { EmissionFactor } from '../engine/types.ts'
import type { Page } from '../ports/parties.ts'
import type { FactorFilter, FoundFactor, Reader } from '../ports/registry.ts'
import type { Db } from './database.ts'
import { factors, factorTableVersions } from './schema/registry.ts'
import { rowsVisibleTo } from './table-visibility.ts'

/** A factor as a row to be searched. */
export function factorRow(
  table: string,
  version: string,
  factor: EmissionFactor,
): typeof factors.$inferInsert {
  const { id, category, family, region, year } = factor
  const searchText = [id, factor.name.en, factor.name.zh ?? ''].join(' ').toLowerCase()
  return { table, version, id, category, family, region, year, searchText, body: factor }
}

/** Factors that match a filter, of versions that the reader may see; by table, version and id. */
export async function findFactors(
  db: Db,
  reader: Reader,
  filter: FactorFilter,
  page: Page,
): Promise<FoundFactor[]> {
  const rows = await db
    .select({ table: factors.table, version: factors.version, factor: factors.body })
    .from(factors)
    .innerJoin(
      factorTableVersions,
      and(eq(factorTableVersions.table, factors.table), eq(factorTableVersions.version, factors.version)),
    )
    .where(and(...matching(filter), after(page.after), rowsVisibleTo(db, reader)))
    .orderBy(asc(factors.table), asc(factors.version), asc(factors.id))
    .limit(page.limit)
  return rows
}

function matching(filter: FactorFilter) {
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const given = (column: Parameters<typeof eq>[0], value: unknown) =>
    value === undefined ? [] : [eq(column, value)]
  return [
    ...given(factors.table, filter.table),
    ...given(factors.version, filter.version),
    ...given(factors.category, filter.category),
    ...given(factors.family, filter.family),
    ...given(factors.region, filter.region),
    ...given(factors.year, filter.year),
    ...words.map((word) => like(factors.searchText, `%${word.replace(/[\\%_]/g, '\\$&')}%`)),
  ]
}

/** Rows behind a cursor: `table/version/id` of the last row that was shown. An id may hold slashes itself. */
function after(cursor: string | null) {
  if (cursor === null) return undefined
  const [table = '', version = '', ...id] = cursor.split('/')
  return or(
    gt(factors.table, table),
    and(eq(factors.table, table), gt(factors.version, version)),
    and(eq(factors.table, table), eq(factors.version, version), gt(factors.id, id.join('/'))),
  )
}
