/** Published factor tables, GWP sets and schemes. What is published is inserted once; afterwards only its standing moves. */

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Confirmation, EmissionFactor, Names } from '../../engine/types.ts'
import type { FactorTableVersion } from '../../ports/registry.ts'
import { instant } from './columns.ts'
import { organizations } from './parties.ts'

/** What stands in columns of its own, because the database judges by it. */
type TableColumn =
  | 'table'
  | 'version'
  | 'digest'
  | 'state'
  | 'ownerOrganizationId'
  | 'redistributable'
  | 'supersedes'
  | 'supersededBy'
  | 'withdrawal'
  | 'publishedAt'

export const factorTableVersions = pgTable(
  'factor_table_versions',
  {
    table: text('table_id').notNull(),
    version: text().notNull(),
    digest: text().notNull(),
    /** `superseded` is not stored: it follows from `superseded_by`. */
    state: text({ enum: ['draft', 'published', 'withdrawn'] }).notNull(),
    ownerOrganizationId: uuid('owner_organization_id').references(() => organizations.id),
    redistributable: boolean().notNull(),
    supersedes: text(),
    supersededBy: text('superseded_by'),
    facts: jsonb().$type<Omit<FactorTableVersion, TableColumn>>().notNull(),
    publishedAt: instant('published_at'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
  },
  (t) => [
    primaryKey({ columns: [t.table, t.version] }),
    check('factor_table_versions_state_check', sql`${t.state} in ('draft', 'published', 'withdrawn')`),
    check('factor_table_versions_published_check', sql`(${t.state} = 'draft') = (${t.publishedAt} is null)`),
    check(
      'factor_table_versions_withdrawn_check',
      sql`(${t.state} = 'withdrawn') = (${t.withdrawnAt} is not null and ${t.withdrawnReason} is not null)`,
    ),
    /** A dot in the name is what tells a private table. */
    check(
      'factor_table_versions_name_check',
      sql`(position('.' in ${t.table}) > 0) = (${t.ownerOrganizationId} is not null)`,
    ),
    /** The editions of a table stand in one line: one before and one after each. */
    uniqueIndex('factor_table_versions_successor_key')
      .on(t.table, t.supersedes)
      .where(sql`${t.state} <> 'draft' and ${t.supersedes} is not null`),
    uniqueIndex('factor_table_versions_predecessor_key')
      .on(t.table, t.supersededBy)
      .where(sql`${t.state} <> 'draft' and ${t.supersededBy} is not null`),
    /** What belongs to an enterprise never lies in the public bucket. */
    check(
      'factor_table_versions_private_check',
      sql`${t.ownerOrganizationId} is null or not ${t.redistributable}`,
    ),
  ],
)

/** Lexemes that the application made (`tables/search-lexemes.ts`), as Postgres reads them. */
const lexemes = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * The rows of published versions, for finding them; calculations read the documents. `search` and the remoteness are made of
 * the row, and may be made anew.
 */
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
    confirmation: text().$type<Confirmation>().notNull(),
    /** How far the row is from what few words mean, asked in English or Chinese. */
    remotenessEn: smallint('remoteness_en').notNull(),
    remotenessZh: smallint('remoteness_zh').notNull(),
    search: lexemes().notNull(),
    body: jsonb().$type<EmissionFactor>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.table, t.version, t.id] }),
    foreignKey({
      name: 'factors_version_fkey',
      columns: [t.table, t.version],
      foreignColumns: [factorTableVersions.table, factorTableVersions.version],
    }),
    /** Without a list of pending entries, which every search would go through until the next vacuum. */
    index('factors_search_idx').using('gin', t.search),
    index('factors_list_idx').on(t.table, t.version, t.year.desc().nullsFirst(), t.id),
  ],
)

export const gwpSets = pgTable(
  'gwp_sets',
  {
    id: text().notNull(),
    version: text().notNull(),
    digest: text().notNull(),
    title: jsonb().$type<Names>().notNull(),
    publishedAt: instant('published_at').notNull(),
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
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.version] })],
)
