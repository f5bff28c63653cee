/** Whom a certification body lets read its engagements for an accreditor's assessment, which of them, and until when. */

import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { members, organizations, persons } from './parties.ts'

export const assessments = pgTable(
  'assessments',
  {
    id: uuid().primaryKey(),
    bodyOrganizationId: uuid('body_organization_id')
      .notNull()
      .references(() => organizations.id),
    /** The member of an accreditation body who reads; nobody else of it does. */
    assessorMemberId: uuid('assessor_member_id')
      .notNull()
      .references(() => members.id),
    /** Null: all of the body's engagements. */
    engagementIds: uuid('engagement_ids').array(),
    validFrom: instant('valid_from').notNull(),
    validUntil: instant('valid_until').notNull(),
    reason: text().notNull(),
    grantedByPersonId: uuid('granted_by_person_id')
      .notNull()
      .references(() => persons.id),
    grantedAt: instant('granted_at').notNull(),
    revokedAt: instant('revoked_at'),
    requestDigest: text('request_digest').notNull(),
  },
  (t) => [
    index('assessments_body_idx').on(t.bodyOrganizationId, t.grantedAt, t.id),
    index('assessments_assessor_idx').on(t.assessorMemberId),
    check(
      'assessments_term_check',
      sql`${t.grantedAt} <= ${t.validFrom} and ${t.validFrom} < ${t.validUntil} and ${t.validUntil} <= ${t.validFrom} + interval '90 days'`,
    ),
    check(
      'assessments_engagements_check',
      sql`${t.engagementIds} is null or cardinality(${t.engagementIds}) between 1 and 100`,
    ),
  ],
)
