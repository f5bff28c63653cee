/**
 * Evidence and what it is linked to. A row never goes, and never says anything else than it did: its state moves on, its bytes are
 * erased after their term, a link is taken away with a reason and stays to be seen. Triggers keep it so for any hand.
 */

import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  evidenceKinds,
  evidenceLimits,
  evidenceStates,
  evidenceTargets,
} from '../../certification/evidence.ts'
import {
  type EvidenceMediaType,
  evidenceMediaTypes,
  type RefusalReason,
} from '../../certification/evidence-content/media-types.ts'
import { instant, listed } from './columns.ts'
import { engagements, findings } from './engagements.ts'
import { footprints } from './footprints.ts'
import { organizations } from './parties.ts'

/** How many files a footprint's client, or an engagement's body, ever announced: two at once count one after the other. */
export const evidenceCounts = pgTable(
  'evidence_counts',
  {
    /** A footprint or an engagement. */
    ownerId: uuid('owner_id').primaryKey(),
    files: integer().notNull(),
  },
  (t) => [
    check(
      'evidence_counts_files_check',
      sql`${t.files} between 1 and ${sql.raw(String(evidenceLimits.filesMax))}`,
    ),
  ],
)

export const evidenceFiles = pgTable(
  'evidence_files',
  {
    id: uuid().primaryKey(),
    footprintId: uuid('footprint_id')
      .notNull()
      .references(() => footprints.id),
    /** Null for what the client brings to its footprint; else the body's own. */
    engagementId: uuid('engagement_id').references(() => engagements.id),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    /** From 1, within the footprint or the engagement. */
    number: integer().notNull(),
    /** The revision that it was brought for: the next one while the footprint is a draft. */
    revision: integer().notNull(),
    kind: text({ enum: evidenceKinds }).notNull(),
    name: text().notNull(),
    mediaType: text('media_type').$type<EvidenceMediaType>().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    sha256: text().notNull(),
    description: text(),
    takenOn: date('taken_on'),
    validUntil: date('valid_until'),
    state: text({ enum: evidenceStates }).notNull(),
    /** Why it does not count, and what it is instead. */
    refusal: jsonb().$type<{
      readonly reason: RefusalReason
      readonly found: readonly EvidenceMediaType[]
    }>(),
    /** Links ever made of it. */
    linkCount: integer('link_count').notNull(),
    requestDigest: text('request_digest').notNull(),
    announcedAt: instant('announced_at').notNull(),
    settledAt: instant('settled_at'),
    erasedAt: instant('erased_at'),
    /** When its bytes were seen to be gone. */
    bytesRemovedAt: instant('bytes_removed_at'),
  },
  (t) => [
    check('evidence_files_kind_check', sql`${t.kind} in (${listed(evidenceKinds)})`),
    check('evidence_files_type_check', sql`${t.mediaType} in (${listed(evidenceMediaTypes)})`),
    check('evidence_files_state_check', sql`${t.state} in (${listed(evidenceStates)})`),
    check(
      'evidence_files_size_check',
      sql`${t.size} between 1 and ${sql.raw(String(evidenceLimits.bytesMax))}`,
    ),
    check('evidence_files_sha256_check', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    check('evidence_files_refusal_check', sql`(${t.state} = 'refused') = (${t.refusal} is not null)`),
    check('evidence_files_settled_check', sql`(${t.state} = 'announced') = (${t.settledAt} is null)`),
    check('evidence_files_erased_check', sql`(${t.state} = 'erased') = (${t.erasedAt} is not null)`),
    check('evidence_files_removed_check', sql`${t.bytesRemovedAt} is null or ${t.state} = 'erased'`),
    check(
      'evidence_files_links_check',
      sql`${t.linkCount} between 0 and ${sql.raw(String(evidenceLimits.linksMax))}`,
    ),
    uniqueIndex('evidence_files_number_key').on(sql`coalesce(${t.engagementId}, ${t.footprintId})`, t.number),
    index('evidence_files_footprint_idx').on(t.footprintId, t.announcedAt, t.id),
    index('evidence_files_engagement_idx').on(t.engagementId, t.announcedAt, t.id),
    index('evidence_files_bytes_idx').on(t.organizationId, t.sha256),
  ],
)

export const evidenceLinks = pgTable(
  'evidence_links',
  {
    id: uuid().primaryKey(),
    evidenceId: uuid('evidence_id')
      .notNull()
      .references(() => evidenceFiles.id),
    kind: text({ enum: evidenceTargets }).notNull(),
    /** Id of a line or a meter; `<engagement>/<number>` of a finding. */
    target: text().notNull(),
    engagementId: uuid('engagement_id'),
    findingNumber: integer('finding_number'),
    /** The revision that it was made for, and the next one when it was taken away: it stood in those between. */
    revision: integer().notNull(),
    linkedAt: instant('linked_at').notNull(),
    unlinkedAt: instant('unlinked_at'),
    unlinkedFrom: integer('unlinked_from'),
    unlinkReason: text('unlink_reason'),
  },
  (t) => [
    check('evidence_links_kind_check', sql`${t.kind} in (${listed(evidenceTargets)})`),
    check(
      'evidence_links_finding_check',
      sql`(${t.kind} = 'finding') = (${t.engagementId} is not null) and (${t.engagementId} is null) = (${t.findingNumber} is null)`,
    ),
    check(
      'evidence_links_unlinked_check',
      sql`(${t.unlinkedAt} is null) = (${t.unlinkReason} is null) and (${t.unlinkedAt} is null) = (${t.unlinkedFrom} is null)`,
    ),
    foreignKey({
      name: 'evidence_links_finding_fkey',
      columns: [t.engagementId, t.findingNumber],
      foreignColumns: [findings.engagementId, findings.number],
    }),
    uniqueIndex('evidence_links_standing_key')
      .on(t.evidenceId, t.kind, t.target)
      .where(sql`${t.unlinkedAt} is null`),
    index('evidence_links_target_idx').on(t.kind, t.target),
    index('evidence_links_finding_idx').on(t.engagementId, t.findingNumber),
  ],
)
