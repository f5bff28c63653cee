/**
 * Signing keys: public part in the clear, private part wrapped by a key-encryption key of the environment, or kept elsewhere by
 * a signer that is asked. Never deleted.
 */

import { sql } from 'drizzle-orm'
import { bigint, check, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { keyPurposes, signingAlgorithms } from '../../ports/signing.ts'
import { instant, listed } from './columns.ts'

export const signingKeys = pgTable(
  'signing_keys',
  {
    /** The owning body's id for `credential` keys; the nil UUID for the installation's own. */
    ownerId: uuid('owner_id').notNull(),
    kid: text().notNull(),
    purpose: text({ enum: keyPurposes }).notNull(),
    algorithm: text({ enum: signingAlgorithms }).notNull(),
    publicJwk: jsonb('public_jwk').$type<Record<string, unknown>>().notNull(),
    /** Null where a signer keeps the key. */
    wrapped: jsonb().$type<{ kekId: string; iv: string; ciphertext: string }>(),
    /** Where the signer answers; null where the key is here. */
    signer: jsonb().$type<{ url: string }>(),
    createdAt: instant('created_at').notNull(),
    retiredAt: instant('retired_at'),
    /** When it was told to be compromised, since when nothing it signs is believed, and from which leaf of the log on. */
    compromisedAt: instant('compromised_at'),
    compromisedSince: instant('compromised_since'),
    compromisedFromLeaf: bigint('compromised_from_leaf', { mode: 'number' }),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.purpose, t.kid] }),
    uniqueIndex('signing_keys_one_active').on(t.ownerId, t.purpose).where(sql`${t.retiredAt} is null`),
    check('signing_keys_purpose_check', sql`${t.purpose} in (${listed(keyPurposes)})`),
    check('signing_keys_algorithm_check', sql`${t.algorithm} in (${listed(signingAlgorithms)})`),
    check('signing_keys_place_check', sql`(${t.wrapped} is null) <> (${t.signer} is null)`),
    /** Only a body may keep its key elsewhere. */
    check('signing_keys_signer_check', sql`${t.signer} is null or ${t.purpose} = 'credential'`),
    check(
      'signing_keys_compromised_check',
      sql`(${t.compromisedAt} is null) = (${t.compromisedSince} is null)
        and (${t.compromisedAt} is null) = (${t.compromisedFromLeaf} is null)
        and (${t.compromisedAt} is null or ${t.retiredAt} is not null)`,
    ),
  ],
)
