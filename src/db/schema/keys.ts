/** Signing keys: public part in the clear, private part wrapped by a key-encryption key of the environment. Never deleted. */

import { sql } from 'drizzle-orm'
import { jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export const signingKeys = pgTable(
  'signing_keys',
  {
    /** The owning body's id for `credential` keys; the nil UUID for the installation's own `token` keys. */
    ownerId: uuid('owner_id').notNull(),
    kid: text().notNull(),
    purpose: text({ enum: ['credential', 'token'] }).notNull(),
    algorithm: text({ enum: ['EdDSA', 'ES256'] }).notNull(),
    publicJwk: jsonb('public_jwk').$type<Record<string, unknown>>().notNull(),
    wrapped: jsonb().$type<{ kekId: string; iv: string; ciphertext: string }>().notNull(),
    createdAt: instant('created_at').notNull(),
    retiredAt: instant('retired_at'),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.purpose, t.kid] }),
    uniqueIndex('signing_keys_one_active').on(t.ownerId, t.purpose).where(sql`${t.retiredAt} is null`),
  ],
)
