/** Footprints being prepared, and their frozen revisions. Lines, manifests and records are objects; here stands what names them. */

import { type SQL, sql } from 'drizzle-orm'
import { check, index, integer, jsonb, type PgColumn, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { ActivityDataRef, FootprintDefinition, ResultSummary } from '../../ports/footprints.ts'
import { instant } from './columns.ts'
import { members, organizations, persons } from './parties.ts'

/** The factor-table versions that a definition pins; indexed, so that what rests on a version is found by it. */
export function pinsOf(definition: PgColumn): SQL {
  return sql`(${definition} -> 'calculation' -> 'factorTables')`
}

/** A footprint as its owner works on it. Who acted on it is in the audit rows. */
export const footprints = pgTable(
  'footprints',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    kind: text({ enum: ['organization', 'product'] }).notNull(),
    state: text({ enum: ['draft', 'submitted'] }).notNull(),
    version: integer().notNull(),
    definition: jsonb().$type<FootprintDefinition>().notNull(),
    activityData: jsonb('activity_data').$type<ActivityDataRef>(),
    latestRevision: integer('latest_revision').notNull(),
    requestDigest: text('request_digest').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    /** What belongs to a footprint and to its owner points at both, and at what kind of footprint it is. */
    unique('footprints_owner_key').on(t.id, t.organizationId, t.kind),
    check('footprints_kind_check', sql`${t.kind} in ('organization', 'product')`),
    check('footprints_state_check', sql`${t.state} in ('draft', 'submitted')`),
    index('footprints_organization_idx').on(t.organizationId, t.createdAt, t.id),
    index('footprints_pins_idx').using('gin', sql`${pinsOf(t.definition)} jsonb_path_ops`),
  ],
)

/** Inserted once, never updated. */
export const revisions = pgTable(
  'revisions',
  {
    id: uuid().primaryKey(),
    footprintId: uuid('footprint_id')
      .notNull()
      .references(() => footprints.id),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    number: integer().notNull(),
    digest: text().notNull(),
    recordDigest: text('record_digest').notNull(),
    schemeDigest: text('scheme_digest').notNull(),
    lineCount: integer('line_count').notNull(),
    definition: jsonb().$type<FootprintDefinition>().notNull(),
    result: jsonb().$type<ResultSummary>().notNull(),
    /** Private as the lines: with it every salt of this revision can be made again. */
    saltKey: text('salt_key').notNull(),
    declarationDigest: text('declaration_digest').notNull(),
    declarationText: jsonb('declaration_text').$type<{ en: string; zh: string }>().notNull(),
    declaredByMemberId: uuid('declared_by_member_id')
      .notNull()
      .references(() => members.id),
    declaredByPersonId: uuid('declared_by_person_id')
      .notNull()
      .references(() => persons.id),
    requestDigest: text('request_digest').notNull(),
    submittedAt: instant('submitted_at').notNull(),
  },
  (t) => [
    unique('revisions_number_key').on(t.footprintId, t.number),
    /** Which revisions pin a factor table: `db/table-visibility.ts` asks for private ones, `db/dependents.ts` for all. */
    index('revisions_pins_idx').using('gin', sql`${pinsOf(t.definition)} jsonb_path_ops`),
  ],
)
