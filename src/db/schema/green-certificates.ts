/**
 * The ledger of green electricity certificates 绿证. That no number stands twice is an exclusion constraint, and that no retirement
 * gives out more than it holds, to inventories or to products, are checks on its own row; these, and what never changes, are in the migration
 * `green_certificates_permanence`: drizzle knows neither exclusion constraints nor triggers.
 */

import { type SQL, sql } from 'drizzle-orm'
import {
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { certificatesMax, technologies } from '../../certification/green-certificate.ts'
import { instant, listed } from './columns.ts'
import { footprints, revisions } from './footprints.ts'
import { organizations } from './parties.ts'

/** Text that is compared byte by byte, whatever the database's collation. */
const code = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })
/** Ranges over such text: a type of ours, so that its exclusion needs no extension. */
const codes = customType<{ data: string }>({ dataType: () => 'certificate_codes' })

/** The numbers of a range without their class of two digits. */
export function serialsOf(from: SQL, to: SQL): SQL {
  return sql`certificate_codes(left(${from}, 30), left(${to}, 30), '[]')`
}

/** The classes of a range: one, or all where its ends name two. */
export function classesOf(from: SQL, to: SQL): SQL {
  const one = sql`right(${from}, 2) = right(${to}, 2)`
  return sql`certificate_codes(case when ${one} then right(${from}, 2) else '00' end, case when ${one} then right(${to}, 2) else '99' end, '[]')`
}

/** One consumer's: inserted once, released once. */
export const greenCertificateRetirements = pgTable(
  'green_certificate_retirements',
  {
    id: uuid().primaryKey(),
    /** The consumer. */
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    certificates: integer().notNull(),
    /** Of allocations that stand, to inventories and to products, each counted apart; kept by their triggers. */
    allocatedToInventories: integer('allocated_to_inventories').notNull(),
    allocatedToProducts: integer('allocated_to_products').notNull(),
    /** The first day of the month. */
    generationMonth: date('generation_month', { mode: 'string' }).notNull(),
    technology: text({ enum: technologies }).notNull(),
    isTradable: boolean('is_tradable').notNull(),
    retiredOn: date('retired_on', { mode: 'string' }).notNull(),
    /** `[start, end)`. */
    consumptionStart: date('consumption_start', { mode: 'string' }).notNull(),
    consumptionEnd: date('consumption_end', { mode: 'string' }).notNull(),
    reference: text().notNull(),
    note: text(),
    createdAt: instant('created_at').notNull(),
    releasedAt: instant('released_at'),
    releasedReason: text('released_reason'),
    requestDigest: text('request_digest').notNull(),
  },
  (t) => [
    unique('green_certificate_retirements_consumer_key').on(t.id, t.organizationId),
    check(
      'green_certificate_retirements_count_check',
      sql`${t.certificates} > 0 and ${t.certificates} <= ${sql.raw(String(certificatesMax))}`,
    ),
    check(
      'green_certificate_retirements_inventories_check',
      sql`${t.allocatedToInventories} >= 0 and ${t.allocatedToInventories} <= ${t.certificates}`,
    ),
    check(
      'green_certificate_retirements_products_check',
      sql`${t.allocatedToProducts} >= 0 and ${t.allocatedToProducts} <= ${t.certificates}`,
    ),
    check(
      'green_certificate_retirements_technology_check',
      sql`${t.technology} in (${listed(technologies)})`,
    ),
    check(
      'green_certificate_retirements_dates_check',
      sql`extract(day from ${t.generationMonth}) = 1 and ${t.retiredOn} >= ${t.generationMonth} and ${t.consumptionStart} < ${t.consumptionEnd} and ${t.consumptionEnd} > ${t.generationMonth}`,
    ),
    check(
      'green_certificate_retirements_released_check',
      sql`(${t.releasedAt} is null) = (${t.releasedReason} is null) and (${t.releasedAt} is null or ${t.allocatedToInventories} = 0 and ${t.allocatedToProducts} = 0)`,
    ),
    index('green_certificate_retirements_organization_idx').on(t.organizationId, t.createdAt, t.id),
  ],
)

/** The numbers of a retirement, inserted with it. */
export const greenCertificateRanges = pgTable(
  'green_certificate_ranges',
  {
    retirementId: uuid('retirement_id').notNull(),
    fromCode: code('from_code').notNull(),
    toCode: code('to_code').notNull(),
    certificates: integer().notNull(),
    /** Falls with the release of the retirement: then the numbers are free. */
    isStanding: boolean('is_standing').notNull(),
    serials: codes()
      .notNull()
      .generatedAlwaysAs(serialsOf(sql.raw('from_code'), sql.raw('to_code'))),
    classes: codes()
      .notNull()
      .generatedAlwaysAs(classesOf(sql.raw('from_code'), sql.raw('to_code'))),
  },
  (t) => [
    primaryKey({ name: 'green_certificate_ranges_pkey', columns: [t.retirementId, t.fromCode] }),
    foreignKey({
      name: 'green_certificate_ranges_retirement_fkey',
      columns: [t.retirementId],
      foreignColumns: [greenCertificateRetirements.id],
    }),
    check(
      'green_certificate_ranges_form_check',
      sql`${t.fromCode} ~ '^[0-9A-Z]{17}[0-9]{15}$' and ${t.toCode} ~ '^[0-9A-Z]{17}[0-9]{15}$' and left(${t.fromCode}, 17) = left(${t.toCode}, 17)`,
    ),
    check(
      'green_certificate_ranges_count_check',
      sql`${t.certificates} = (right(${t.toCode}, 15)::bigint - right(${t.fromCode}, 15)::bigint) / (case when right(${t.fromCode}, 2) = right(${t.toCode}, 2) then 100 else 1 end) + 1`,
    ),
  ],
)

/** What of a retirement is given to which footprint of the same organization. Released once, unless a revision rests on it. */
export const greenCertificateAllocations = pgTable(
  'green_certificate_allocations',
  {
    id: uuid().primaryKey(),
    retirementId: uuid('retirement_id').notNull(),
    /** Of the retirement and of the footprint: the two keys below make them one. */
    organizationId: uuid('organization_id').notNull(),
    footprintId: uuid('footprint_id').notNull(),
    /** Of the footprint: it says which count the allocation is of. */
    footprintKind: text('footprint_kind', { enum: ['organization', 'product'] }).notNull(),
    certificates: integer().notNull(),
    /** The first submitted revision that rests on it. */
    usedByRevisionId: uuid('used_by_revision_id'),
    createdAt: instant('created_at').notNull(),
    releasedAt: instant('released_at'),
    requestDigest: text('request_digest').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'green_certificate_allocations_retirement_fkey',
      columns: [t.retirementId, t.organizationId],
      foreignColumns: [greenCertificateRetirements.id, greenCertificateRetirements.organizationId],
    }),
    foreignKey({
      name: 'green_certificate_allocations_footprint_fkey',
      columns: [t.footprintId, t.organizationId, t.footprintKind],
      foreignColumns: [footprints.id, footprints.organizationId, footprints.kind],
    }),
    foreignKey({
      name: 'green_certificate_allocations_revision_fkey',
      columns: [t.usedByRevisionId],
      foreignColumns: [revisions.id],
    }),
    check('green_certificate_allocations_count_check', sql`${t.certificates} > 0`),
    check(
      'green_certificate_allocations_used_check',
      sql`${t.usedByRevisionId} is null or ${t.releasedAt} is null`,
    ),
    index('green_certificate_allocations_retirement_idx').on(t.retirementId, t.createdAt, t.id),
    index('green_certificate_allocations_footprint_idx')
      .on(t.footprintId)
      .where(sql`${t.releasedAt} is null`),
  ],
)
