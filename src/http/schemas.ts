/** Pieces of schema that many routes share. */

import { z } from '@hono/zod-openapi'

/** A line of text a person wrote: no control characters, no lone surrogates, bounded. */
export const line = (lengthMax: number) =>
  z
    .string()
    .min(1)
    .max(lengthMax)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'contains a control character or half a surrogate pair')

export const Id = z.uuid().describe('UUID')

export const Names = z.strictObject({ en: line(200), zh: line(200).nullable() }).openapi('Names')

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is lower-case letters, digits and single hyphens')
  .max(60)

export const Country = z.string().regex(/^[A-Z]{2}$/, 'is an ISO 3166-1 alpha-2 code such as CN')

export const Instant = z.iso.datetime().describe('RFC 3339, UTC')

/** `Idempotency-Key`: a retry with the same key answers the resource that the first try made. */
export const IdempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .max(255)
    .optional()
    .describe('Makes the request safe to repeat: the same key and body answer the same resource'),
})

/** Keyset pagination: `limit` and the cursor of the `Link: <…>; rel="next"` header. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(200).optional().describe('Cursor from the Link header'),
})

/** An instant on the wire. */
export function instant(date: Date): string {
  return date.toISOString()
}
