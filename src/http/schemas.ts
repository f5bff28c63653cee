/** Pieces of schema that many routes share. */

import { z } from '@hono/zod-openapi'

/** Controls, line ends, half surrogate pairs, and the marks that turn the direction of what follows: `50` would read `05`. */
const unfitForLine = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u
const unfitForText = /[^\P{Cc}\n\r\t]|[\p{Cs}\u202A-\u202E\u2066-\u2069]/u
const unfitForAddress = /[\s\p{C}\p{Z}]/u
/** Something to be seen: not only spaces, joiners and byte order marks. */
const visible = /[^\p{Z}\p{C}]/u

const without = (unfit: RegExp) => (text: string) => !unfit.test(text)
const unfitMessage =
  'contains a control character, a mark that turns the direction of writing, or half a surrogate pair'
const visibleMessage = 'has no visible character'

/** Words to look for: one line, bounded, perhaps empty. */
export const words = (lengthMax: number) =>
  z.string().max(lengthMax).refine(without(unfitForLine), unfitMessage)

/** A line of text a person wrote, bounded, with something to be seen in it. */
export const line = (lengthMax: number) =>
  words(lengthMax)
    .min(1, { error: 'is empty', abort: true })
    .refine((text) => visible.test(text), visibleMessage)

/** A text of more than one line: line breaks and tabs, no other control characters. */
export const text = (lengthMax: number) =>
  z
    .string()
    .min(1)
    .max(lengthMax)
    .refine(without(unfitForText), unfitMessage)
    .refine((written) => visible.test(written), visibleMessage)

/** A list nobody changes on its way out. */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly()

export const Id = z.uuid().describe('UUID')

export const Names = z.strictObject({ en: line(200), zh: line(200).nullable() }).openapi('Names')

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is lower-case letters, digits and single hyphens')
  .max(60)

export const Country = z.string().regex(/^[A-Z]{2}$/, 'is an ISO 3166-1 alpha-2 code such as CN')

/** From the year 1 on: the database has no year 0. */
export const Instant = z.iso
  .datetime()
  .refine((written) => !written.startsWith('0000'), 'is in no year')
  .describe('RFC 3339, UTC')

/** An address on the web, as it is to be written: a reader that put it right would read another text than was sent. */
export const WebAddress = (lengthMax: number) =>
  z
    .string()
    .max(lengthMax)
    .refine(
      (written) => /^https?:\/\//i.test(written) && !unfitForAddress.test(written) && URL.canParse(written),
      'is a URL that begins with https:// or http://, without spaces',
    )
    .openapi({ format: 'uri' })

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
  after: words(200).optional().describe('Cursor from the Link header'),
})

/** An instant on the wire. */
export function instant(date: Date): string {
  return date.toISOString()
}

/** A rule of a scheme that a footprint breaks: which, where, and what the scheme would accept. */
export const ViolationView = z.object({
  rule: z.string(),
  detail: z.string(),
  lines: list(z.string()).optional(),
  instruments: list(z.string()).optional(),
  accepted: list(z.string()).optional(),
})
