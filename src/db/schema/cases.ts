/**
 * Cases: complaints, appeals, misuse, facts discovered later. Who hears one took no part in what it is about: `case_persons` refers
 * to the person's one row in the engagement, on a side of its own (`hearing`), and a trigger looks at the rest
 * (`docs/decisions/0076-after-the-document.md`). Contact data stand apart, so that they can be erased.
 */

import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { caseKinds, caseSides, caseStates } from '../../certification/cases.ts'
import type { CaseRow } from '../../ports/cases.ts'
import { instant, listed } from './columns.ts'
import { credentials } from './credentials.ts'
import { engagementPersons, engagements } from './engagements.ts'
import { organizations, persons } from './parties.ts'

/** An act as JSON has it: its instant is text. */
type Stored<Act> = Act extends { readonly at: Date } ? Omit<Act, 'at'> & { readonly at: string } : Act

export const cases = pgTable(
  'cases',
  {
    id: uuid().primaryKey(),
    number: text().notNull().unique('cases_number_key'),
    kind: text({ enum: caseKinds }).notNull(),
    bodyOrganizationId: uuid('body_organization_id')
      .notNull()
      .references(() => organizations.id),
    /** Whose document or engagement it is about; null where it is about the body alone. */
    clientOrganizationId: uuid('client_organization_id').references(() => organizations.id),
    engagementId: uuid('engagement_id').references(() => engagements.id),
    credentialId: uuid('credential_id').references(() => credentials.id),
    openedBy: text('opened_by', { enum: caseSides }).notNull(),
    state: text({ enum: caseStates }).notNull(),
    /** Counts every act. */
    version: integer().notNull(),
    statementCount: integer('statement_count').notNull(),
    /** Each refers to its row in `case_persons`, so that nobody examines or decides who may not (`migrations/0015_case_permanence.sql`). */
    examinerPersonId: uuid('examiner_person_id'),
    examinerRole: text('examiner_role', { enum: ['examiner'] })
      .notNull()
      .default('examiner'),
    deciderPersonId: uuid('decider_person_id'),
    deciderRole: text('decider_role', { enum: ['decider'] })
      .notNull()
      .default('decider'),
    report: jsonb().$type<Stored<NonNullable<CaseRow['report']>>>(),
    decision: jsonb().$type<Stored<NonNullable<CaseRow['decision']>>>(),
    dismissal: jsonb().$type<Stored<NonNullable<CaseRow['dismissal']>>>(),
    extension: jsonb().$type<Stored<NonNullable<CaseRow['extension']>>>(),
    acknowledgeBy: instant('acknowledge_by').notNull(),
    dueAt: instant('due_at').notNull(),
    /** Names the contact data of whoever complained without an account; null of others. */
    complainant: uuid().unique('cases_complainant_key'),
    receiptHash: text('receipt_hash'),
    requestDigest: text('request_digest').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    unique('cases_credential_key').on(t.id, t.credentialId),
    check('cases_kind_check', sql`${t.kind} in (${listed(caseKinds)})`),
    check('cases_state_check', sql`${t.state} in (${listed(caseStates)})`),
    check('cases_opener_check', sql`${t.openedBy} in (${listed(caseSides)})`),
    check('cases_appeal_check', sql`${t.kind} <> 'appeal' or ${t.openedBy} = 'client'`),
    check(
      'cases_receipt_check',
      sql`(${t.openedBy} = 'complainant') = (${t.complainant} is not null and ${t.receiptHash} is not null)`,
    ),
    check('cases_about_check', sql`(${t.clientOrganizationId} is null) = (${t.engagementId} is null)`),
    check('cases_document_check', sql`${t.credentialId} is null or ${t.engagementId} is not null`),
    check('cases_examined_check', sql`${t.report} is null or ${t.examinerPersonId} is not null`),
    check(
      'cases_decided_check',
      sql`(${t.state} in ('decided', 'closed')) = (${t.decision} is not null) and (${t.decision} is null or ${t.report} is not null)`,
    ),
    check(
      'cases_decider_check',
      sql`coalesce(${t.decision}, ${t.dismissal}) ->> 'personId' is not distinct from ${t.deciderPersonId}::text`,
    ),
    check('cases_roles_check', sql`${t.examinerRole} = 'examiner' and ${t.deciderRole} = 'decider'`),
    check('cases_dismissed_check', sql`(${t.state} = 'dismissed') = (${t.dismissal} is not null)`),
    index('cases_body_idx').on(t.bodyOrganizationId, t.createdAt, t.id),
    index('cases_client_idx').on(t.clientOrganizationId, t.createdAt, t.id),
    index('cases_credential_idx').on(t.credentialId),
  ],
)

/** Who examines and who decides. `engagementId` is the case's own: a trigger writes it, and what it refers to. */
export const casePersons = pgTable(
  'case_persons',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    role: text({ enum: ['examiner', 'decider'] }).notNull(),
    engagementId: uuid('engagement_id'),
    side: text({ enum: ['hearing'] })
      .notNull()
      .default('hearing'),
    since: instant('since').notNull(),
  },
  (t) => [
    primaryKey({ name: 'case_persons_pkey', columns: [t.caseId, t.personId, t.role] }),
    foreignKey({
      name: 'case_persons_apart_fkey',
      columns: [t.engagementId, t.personId, t.side],
      foreignColumns: [engagementPersons.engagementId, engagementPersons.personId, engagementPersons.side],
    }),
    check('case_persons_role_check', sql`${t.role} in ('examiner', 'decider')`),
    check('case_persons_side_check', sql`${t.side} = 'hearing'`),
  ],
)

/** What is said in a case, by whom of the three sides; the first is what opened it. Never public. */
export const caseStatements = pgTable(
  'case_statements',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    number: integer().notNull(),
    side: text({ enum: caseSides }).notNull(),
    personId: uuid('person_id').references(() => persons.id),
    text: text().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'case_statements_pkey', columns: [t.caseId, t.number] }),
    check('case_statements_side_check', sql`${t.side} in (${listed(caseSides)})`),
  ],
)

/** How to reach whoever complained without an account, under a pseudonym; erased, the row remains and says when. */
export const caseContacts = pgTable(
  'case_contacts',
  {
    id: uuid().primaryKey(),
    name: text(),
    address: text(),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    check(
      'case_contacts_erased_check',
      sql`${t.erasedAt} is null or (${t.name} is null and ${t.address} is null)`,
    ),
  ],
)
