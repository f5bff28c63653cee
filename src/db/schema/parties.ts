/** Organizations, persons, members and API clients. */

import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { organizationKinds } from '../../ports/request.ts'
import { instant, listed } from './columns.ts'

const createdAt = instant('created_at').notNull()

/** A party: enterprise, certification body, or operator. */
export const organizations = pgTable(
  'organizations',
  {
    id: uuid().primaryKey(),
    kind: text({ enum: organizationKinds }).notNull(),
    slug: text().notNull().unique('organizations_slug_key'),
    nameEn: text('name_en').notNull(),
    nameZh: text('name_zh'),
    country: text().notNull(),
    unifiedSocialCreditCode: text('unified_social_credit_code').unique('organizations_uscc_key'),
    /** A body's own did:web on its own domain; null: its DID is hosted here. */
    did: text().unique('organizations_did_key'),
    requestDigest: text('request_digest').notNull(),
    createdAt,
  },
  (t) => [
    check('organizations_did_check', sql`${t.did} is null or ${t.kind} = 'certification-body'`),
    check('organizations_kind_check', sql`${t.kind} in (${listed(organizationKinds)})`),
    check(
      'organizations_chinese_code_check',
      sql`${t.country} <> 'CN' or ${t.unifiedSocialCreditCode} is not null`,
    ),
  ],
)

/** A natural person, one across all organizations: found again by a keyed hash of the identity document. */
export const persons = pgTable('persons', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  identityHash: text('identity_hash').notNull().unique('persons_identity_key'),
  requestDigest: text('request_digest').notNull(),
  createdAt,
  /** When name and identity were erased; the hash is then one of the hash, by which the same person is found again. */
  erasedAt: instant('erased_at'),
})

/** A person in an organization, with roles. */
export const members = pgTable(
  'members',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    personId: uuid('person_id').notNull(),
    roles: text().array().notNull(),
    requestDigest: text('request_digest').notNull(),
    createdAt,
  },
  (t) => [
    unique('members_person_key').on(t.organizationId, t.personId),
    unique('members_home_key').on(t.id, t.organizationId),
    foreignKey({ name: 'members_person_fkey', columns: [t.personId], foreignColumns: [persons.id] }),
  ],
)

/** A machine's account in an organization; the secret is kept only as a hash. */
export const apiClients = pgTable(
  'api_clients',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    memberId: uuid('member_id'),
    name: text().notNull(),
    scopes: text().array().notNull(),
    secretHash: text('secret_hash').notNull(),
    requestDigest: text('request_digest').notNull(),
    createdAt,
    /** From when it gets tokens; null: its organization has not confirmed what the operator made. */
    confirmedAt: instant('confirmed_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    index('api_clients_organization_idx').on(t.organizationId),
    foreignKey({
      name: 'api_clients_member_fkey',
      columns: [t.memberId, t.organizationId],
      foreignColumns: [members.id, members.organizationId],
    }),
  ],
)
