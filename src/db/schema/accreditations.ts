/** What authorities say of a body: accreditations 认可 and approvals 批准, as signed, dated facts. Inserted once; withdrawn once. */

import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { accreditationKinds } from '../../certification/accreditation-kinds.ts'
import type { DocumentKind, SubjectKind } from '../../certification/scheme.ts'
import { instant, listed } from './columns.ts'
import { organizations } from './parties.ts'

export const accreditations = pgTable(
  'accreditations',
  {
    id: uuid().primaryKey(),
    bodyOrganizationId: uuid('body_organization_id')
      .notNull()
      .references(() => organizations.id),
    kind: text({ enum: accreditationKinds }).notNull(),
    /** Who accredited or approved, e.g. CNAS, CNCA. */
    authorityEn: text('authority_en').notNull(),
    authorityZh: text('authority_zh'),
    /** The authority's own number for it. */
    number: text().notNull(),
    documentKinds: text('document_kinds').array().$type<DocumentKind[]>().notNull(),
    subjectKinds: text('subject_kinds').array().$type<SubjectKind[]>().notNull(),
    /** Standards it covers, as schemes name them. */
    standards: text().array().notNull(),
    /** Sections and divisions of GB/T 4754, e.g. `C` or `C38`; a section covers its divisions. */
    sectors: text().array().notNull(),
    validFrom: instant('valid_from').notNull(),
    /** Null: until it is withdrawn. */
    validUntil: instant('valid_until'),
    /** Where the authority says so. */
    source: text().notNull(),
    /** The signed fact, compact `vc+jwt`, and its digest. */
    jwt: text().notNull(),
    digest: text().notNull(),
    leafIndex: bigint('leaf_index', { mode: 'number' }).notNull(),
    /** When the fact's object was read back; null: to be written by the sweep. */
    confirmedAt: instant('confirmed_at'),
    recordedAt: instant('recorded_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
    requestDigest: text('request_digest').notNull(),
  },
  (t) => [
    unique('accreditations_digest_key').on(t.digest),
    index('accreditations_body_idx').on(t.bodyOrganizationId, t.validFrom),
    check('accreditations_kind_check', sql`${t.kind} in (${listed(accreditationKinds)})`),
    check('accreditations_term_check', sql`${t.validUntil} is null or ${t.validFrom} < ${t.validUntil}`),
    check('accreditations_withdrawn_check', sql`(${t.withdrawnAt} is null) = (${t.withdrawnReason} is null)`),
  ],
)
