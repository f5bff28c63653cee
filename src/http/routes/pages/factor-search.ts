/** The search page's query as a filter of the registry. What cannot be read is named and nothing is searched: no condition is dropped unseen. */

import { z } from '@hono/zod-openapi'
import { confirmations, families } from '../../../engine/types.ts'
import { unitCode } from '../../../engine/units.ts'
import type { FactorFilter, FactorRank } from '../../../ports/registry.ts'
import { isProblem } from '../../../problem.ts'
import { type Asked, type FieldName, fieldNames, statesAsked } from '../../../web/factors/search-fields.ts'
import { regionCode } from '../../../web/factors/words.ts'
import { words } from '../../schemas.ts'
import { TableName, VersionName } from '../factor-tables/schema.ts'
import { rankOf } from '../factors/cursor.ts'

/** Factors a page shows. */
export const resultsPerPage = 25

const readers = {
  q: words(100),
  table: TableName,
  version: VersionName,
  family: z.enum(families),
  category: words(80),
  region: words(60).transform(regionCode),
  year: z.coerce.number().int().min(1990).max(2100),
  gas: words(60).transform(plainDigits),
  unit: words(40).transform(unitAsked),
  confirmation: z.enum(confirmations),
  state: z.enum(statesAsked),
  licence: words(80),
} as const satisfies Record<FieldName | 'q', z.ZodType>

export interface ReadSearch {
  /** By field, as written; blank fields of the form are not asked. */
  readonly asked: Asked
  readonly filter: FactorFilter
  readonly unreadable: readonly (FieldName | 'q')[]
  readonly after: FactorRank | null
}

/** Reads a query. */
export function readSearch(query: Readonly<Record<string, string>>): ReadSearch {
  const names = (['q', ...fieldNames] as const).filter((name) => (query[name] ?? '').trim() !== '')
  const read = names.map((name) => ({ name, result: readers[name].safeParse(query[name]?.trim()) }))
  const values = Object.fromEntries(
    read.flatMap(({ name, result }) => (result.success ? [[name, result.data]] : [])),
  )
  const { q, ...filter } = values as { q?: string } & FactorFilter
  return {
    asked: Object.fromEntries(names.map((name) => [name, query[name]?.trim()])),
    filter: { ...filter, text: q },
    unreadable: read.filter(({ result }) => !result.success).map(({ name }) => name),
    after: cursorAsked(query.after),
  }
}

/** People write CO₂; tables write CO2. */
function plainDigits(text: string): string {
  return text.replace(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - 0x2080))
}

/** A unit by its code or one of its other spellings (千瓦时, m³). */
function unitAsked(text: string, context: z.RefinementCtx): string {
  try {
    return unitCode(text)
  } catch (error) {
    if (!isProblem(error)) throw error
    context.addIssue({ code: 'custom', message: 'is no unit' })
    return z.NEVER
  }
}

/** The cursor of an address; one that cannot be begins at the beginning. */
function cursorAsked(written: string | undefined): FactorRank | null {
  const text = words(600).safeParse(written)
  if (!text.success || text.data === '') return null
  try {
    return rankOf(text.data)
  } catch (error) {
    if (isProblem(error)) return null
    throw error
  }
}
