/** Published factor tables, GWP sets and schemes. Rows are inserted once and never updated. */

import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { EmissionFactor, Names } from '../../engine/types.ts'
import type { FactorTableVersion } from '../../ports/registry.ts'

const publishedAt = timestamp('published_at', { withTimezone: true, mode: 'date' }).notNull()

export const factorTableVersions = pgTable(
  'factor_table_versions',
  {
    table: text('table_id').notNull(),
    version: text().notNull(),
    digest: text().notNull(),
    facts: jsonb()
      .$type<Omit<FactorTableVersion, 'table' | 'version' | 'digest' | 'publishedAt'>>()
      .notNull(),
    publishedAt,
  },
  (t) => [primaryKey({ columns: [t.table, t.version] })],
)

export const factors = pgTable(
  'factors',
  {
    table: text('table_id').notNull(),
    version: text().notNull(),
    id: text().notNull(),
    category: text().notNull(),
    family: text().notNull(),
    region: text().notNull(),
    year: integer().notNull(),
    /** Names in both languages and the id, lower case, for the simple search. */
    searchText: text('search_text').notNull(),
    body: jsonb().$type<EmissionFactor>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.table, t.version, t.id] }),
    index('factors_selector_idx').on(t.family, t.region, t.year),
  ],
)

export const gwpSets = pgTable(
  'gwp_sets',
  {
    id: text().notNull(),
    version: text().notNull(),
    digest: text().notNull(),
    title: jsonb().$type<Names>().notNull(),
    publishedAt,
  },
  (t) => [primaryKey({ columns: [t.id, t.version] })],
)

export const schemes = pgTable(
  'schemes',
  {
    id: text().notNull(),
    version: text().notNull(),
    digest: text().notNull(),
    body: jsonb().notNull(),
    publishedAt,
  },
  (t) => [primaryKey({ columns: [t.id, t.version] })],
)
