/**
 * Engagements, who takes part in them, and what was found. One person on two sides of an engagement cannot be stored, by
 * whatever way it is tried: a person has one row with one side, and each role refers to that row with its own side.
 */

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Breakdown } from '../../certification/breakdowns.ts'
import {
  engagementStates,
  examinationOutcomes,
  findingKinds,
  liveStates,
  personSides,
  processRoles,
} from '../../certification/engagement.ts'
import { type PaperContent, recordedKinds, teamPapers } from '../../certification/papers.ts'
import { documentKinds } from '../../certification/scheme.ts'
import type { Engagement, FindingRow } from '../../ports/engagements.ts'
import { instant, listed } from './columns.ts'
import { footprints } from './footprints.ts'
import { members, organizations, persons } from './parties.ts'
import { factorTableVersions } from './registry.ts'

/** A signed act as JSON has it: its instant is text. */
type Stored<Act> = Act extends { readonly at: Date } ? Omit<Act, 'at'> & { readonly at: string } : Act

export const engagements = pgTable(
  'engagements',
  {
    id: uuid().primaryKey(),
    footprintId: uuid('footprint_id')
      .notNull()
      .references(() => footprints.id),
    clientOrganizationId: uuid('client_organization_id')
      .notNull()
      .references(() => organizations.id),
    bodyOrganizationId: uuid('body_organization_id')
      .notNull()
      .references(() => organizations.id),
    schemeId: text('scheme_id').notNull(),
    schemeVersion: text('scheme_version').notNull(),
    schemeDigest: text('scheme_digest').notNull(),
    documentKind: text('document_kind', { enum: documentKinds }).notNull(),
    state: text({ enum: engagementStates }).notNull(),
    version: integer().notNull(),
    firstRevision: integer('first_revision').notNull(),
    revisionNumber: integer('revision_number').notNull(),
    findingCount: integer('finding_count').notNull(),
    note: text(),
    /** Breakdowns of the result that the holder makes public beyond the scheme's minimum. */
    disclosure: text().array().$type<Breakdown[]>().notNull().default(sql`'{}'::text[]`),
    contractReview: jsonb('contract_review').$type<Stored<NonNullable<Engagement['contractReview']>>>(),
    proposal: jsonb().$type<Stored<NonNullable<Engagement['proposal']>>>(),
    review: jsonb().$type<Stored<NonNullable<Engagement['review']>>>(),
    returned: jsonb().$type<Stored<NonNullable<Engagement['returned']>>>(),
    decision: jsonb().$type<Stored<NonNullable<Engagement['decision']>>>(),
    closing: jsonb().$type<Stored<NonNullable<Engagement['closing']>>>(),
    requestDigest: text('request_digest').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    check('engagements_state_check', sql`${t.state} in (${listed(engagementStates)})`),
    check('engagements_document_check', sql`${t.documentKind} in (${listed(documentKinds)})`),
    check('engagements_two_organizations_check', sql`${t.clientOrganizationId} <> ${t.bodyOrganizationId}`),
    /** What is decided was reviewed, what was reviewed was proposed: also for a hand that writes SQL. */
    check('engagements_review_check', sql`${t.review} is null or ${t.proposal} is not null`),
    check('engagements_decision_check', sql`${t.decision} is null or ${t.review} is not null`),
    check(
      'engagements_decided_check',
      sql`${t.state} not in ('decided', 'issued') or ${t.decision} is not null`,
    ),
    uniqueIndex('engagements_live_footprint_key')
      .on(t.footprintId)
      .where(sql`${t.state} in (${listed(liveStates)})`),
    index('engagements_client_idx').on(t.clientOrganizationId, t.createdAt, t.id),
    index('engagements_body_idx').on(t.bodyOrganizationId, t.createdAt, t.id),
  ],
)

/** The sides of a row: who hears a case about the engagement is of none of the others (`case_persons`). */
const rowSides = [...personSides, 'hearing'] as const

/** One row a person: on one side of this engagement, and no other. */
export const engagementPersons = pgTable(
  'engagement_persons',
  {
    engagementId: uuid('engagement_id')
      .notNull()
      .references(() => engagements.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    side: text({ enum: rowSides }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.engagementId, t.personId] }),
    unique('engagement_persons_side_key').on(t.engagementId, t.personId, t.side),
    check('engagement_persons_side_check', sql`${t.side} in (${listed(rowSides)})`),
  ],
)

/** A person's roles, each on its side: the reference fails for a person who stands on another. */
export const engagementRoles = pgTable(
  'engagement_roles',
  {
    engagementId: uuid('engagement_id').notNull(),
    personId: uuid('person_id').notNull(),
    side: text({ enum: personSides }).notNull(),
    role: text({
      enum: [
        'preparer',
        'responsible',
        'lead-verifier',
        'verifier',
        'technical-expert',
        'reviewer',
        'decision-maker',
      ],
    }).notNull(),
    since: instant('since').notNull(),
    /** When this role ended here; the person stays on its side for good. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.engagementId, t.personId, t.role] }),
    foreignKey({
      name: 'engagement_roles_one_side_fkey',
      columns: [t.engagementId, t.personId, t.side],
      foreignColumns: [engagementPersons.engagementId, engagementPersons.personId, engagementPersons.side],
    }),
    check(
      'engagement_roles_side_check',
      sql`(${t.side}, ${t.role}) in (('client', 'preparer'), ('client', 'responsible'), ('team', 'lead-verifier'), ('team', 'verifier'), ('team', 'technical-expert'), ('decision', 'reviewer'), ('decision', 'decision-maker'))`,
    ),
  ],
)

export const findings = pgTable(
  'findings',
  {
    id: uuid().primaryKey(),
    engagementId: uuid('engagement_id')
      .notNull()
      .references(() => engagements.id),
    number: integer().notNull(),
    kind: text({ enum: findingKinds }).notNull(),
    severity: text({ enum: ['major', 'minor'] }),
    part: text().$type<NonNullable<FindingRow['part']>>(),
    quantityKgCo2e: text('quantity_kg_co2e'),
    intentional: boolean().notNull(),
    disclosed: boolean().notNull(),
    projected: boolean().notNull().default(false),
    answerBy: date('answer_by', { mode: 'string' }),
    text: text().notNull(),
    lines: text().array().notNull(),
    state: text({ enum: ['open', 'answered', 'closed'] }).notNull(),
    closure: text({ enum: ['resolved', 'stands', 'withdrawn'] }),
    raised: jsonb().$type<Stored<FindingRow['raised']>>().notNull(),
    answer: jsonb().$type<Stored<NonNullable<FindingRow['answer']>>>(),
    closed: jsonb().$type<Stored<NonNullable<FindingRow['closed']>>>(),
  },
  (t) => [
    unique('findings_number_key').on(t.engagementId, t.number),
    check('findings_kind_check', sql`${t.kind} in (${listed(findingKinds)})`),
    check('findings_closed_check', sql`(${t.state} = 'closed') = (${t.closure} is not null)`),
  ],
)

/**
 * What a team says of a private factor table: one row for each version that was examined, the last outcome in it. Whoever
 * says it stands on the team's side; the reference fails for anyone else.
 */
export const factorTableExaminations = pgTable(
  'factor_table_examinations',
  {
    engagementId: uuid('engagement_id').notNull(),
    table: text('table_id').notNull(),
    version: text().notNull(),
    digest: text().notNull(),
    outcome: text({ enum: examinationOutcomes }).notNull(),
    note: text().notNull(),
    personId: uuid('person_id').notNull(),
    side: text({ enum: ['team'] }).notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'factor_table_examinations_pkey',
      columns: [t.engagementId, t.table, t.version, t.digest],
    }),
    foreignKey({
      name: 'factor_table_examinations_team_fkey',
      columns: [t.engagementId, t.personId, t.side],
      foreignColumns: [engagementPersons.engagementId, engagementPersons.personId, engagementPersons.side],
    }),
    foreignKey({
      name: 'factor_table_examinations_version_fkey',
      columns: [t.table, t.version],
      foreignColumns: [factorTableVersions.table, factorTableVersions.version],
    }),
    check('factor_table_examinations_side_check', sql`${t.side} = 'team'`),
    check('factor_table_examinations_outcome_check', sql`${t.outcome} in (${listed(examinationOutcomes)})`),
    /** Tables of the public registry need no acceptance: their names have no dot. */
    check('factor_table_examinations_private_check', sql`position('.' in ${t.table}) > 0`),
  ],
)

/**
 * Working papers, every version: rows are added and never changed. A paper of the team is by someone who stands on the team's side, a
 * reviewer's by one on the side that decides; the reference fails for anyone else.
 */
export const engagementPapers = pgTable(
  'engagement_papers',
  {
    id: uuid().primaryKey(),
    engagementId: uuid('engagement_id')
      .notNull()
      .references(() => engagements.id),
    kind: text({ enum: recordedKinds }).notNull(),
    subject: text().notNull(),
    /** 1 for the first version of this kind and subject. */
    number: integer().notNull(),
    body: jsonb().$type<PaperContent['body']>().notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    side: text({ enum: ['team', 'decision'] }),
    at: instant('at').notNull(),
  },
  (t) => [
    unique('engagement_papers_version_key').on(t.engagementId, t.kind, t.subject, t.number),
    foreignKey({
      name: 'engagement_papers_team_fkey',
      columns: [t.engagementId, t.personId, t.side],
      foreignColumns: [engagementPersons.engagementId, engagementPersons.personId, engagementPersons.side],
    }),
    check('engagement_papers_kind_check', sql`${t.kind} in (${listed(recordedKinds)})`),
    check(
      'engagement_papers_side_check',
      sql`${t.side} is not distinct from case when ${t.kind} in (${listed(teamPapers)}) then 'team'
        when ${t.kind} = 'review-notes' then 'decision' end`,
    ),
    check('engagement_papers_number_check', sql`${t.number} > 0`),
  ],
)

/** What a body recorded of its members' competence; withdrawn by an end, never deleted. */
export const competences = pgTable(
  'competences',
  {
    id: uuid().primaryKey(),
    memberId: uuid('member_id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    role: text({ enum: processRoles }).notNull(),
    sector: text().notNull(),
    evidence: text().notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validUntil: date('valid_until', { mode: 'string' }),
    recordedByPersonId: uuid('recorded_by_person_id')
      .notNull()
      .references(() => persons.id),
    requestDigest: text('request_digest').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'competences_member_fkey',
      columns: [t.memberId, t.organizationId],
      foreignColumns: [members.id, members.organizationId],
    }),
    index('competences_member_idx').on(t.memberId),
    check('competences_term_check', sql`${t.validUntil} is null or ${t.validUntil} >= ${t.validFrom}`),
  ],
)
