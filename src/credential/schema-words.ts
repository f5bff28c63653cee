/**
 * The small shapes of which a credential is made: texts, names, amounts, digests, places. What a pattern can say is said as a
 * pattern, so that the published JSON Schema says it too.
 */

import { z } from 'zod'
import { isPrivateTable } from '../tables/names.ts'
import { parseDidWeb } from './did-web.ts'

/** A text that a person reads. */
export const text = z.string().min(1).max(4000)

/** One text in English, in Chinese, or in both. */
export const label = z
  .strictObject({ en: text.optional(), zh: text.optional() })
  .refine(({ en, zh }) => en !== undefined || zh !== undefined, 'has neither an English nor a Chinese text')
  .meta({ minProperties: 1 })
export const bilingual = z.strictObject({ en: text, zh: text })

/** A word of some list that may grow: an older reader shows one that it does not know as it stands. */
export const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,79}$/)

export const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'is sha256: and 64 lower-case hex digits')
/** Subresource integrity, as W3C credentials write a digest. */
export const integrity = z.string().regex(/^sha256-[A-Za-z0-9+/]{43}=$/)
export const merkleRoot = z.string().regex(/^[0-9a-f]{64}$/)
export const decimal = z
  .string()
  .regex(/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/)
  .max(64)
export const instant = z.iso.datetime()
export const date = z.iso.date()
/**
 * A URL as it is to be written (RFC 3986 has no spaces and controls). Not zod's own: it puts such text right, so that a verifier
 * that reads its copy would make another leaf of the same document than one that reads the document.
 */
export const address = z
  .string()
  .max(300)
  .refine((written) => !/[\s\p{Cc}\ufeff]/u.test(written) && URL.canParse(written), 'is a URL')
  .meta({ format: 'uri' })
export const did = z
  .string()
  .regex(/^did:web:[a-z0-9][A-Za-z0-9._%:-]*$/, 'is a did:web')
  .max(512)
  .refine((value) => parseDidWeb(value) !== undefined, 'is a did:web')

export const quantity = z.strictObject({ amount: z.string().min(1).max(64), unit: z.string().min(1).max(40) })
export const mass = z.strictObject({ amount: decimal, unit: z.enum(['kgCO2e', 'tCO2e']) })
export const period = z.strictObject({ start: date, end: date })

/** A version of something published. Not `id`: that is a node's IRI in JSON-LD. */
export const pin = z.strictObject({ identifier: text, version: text, digest })

/** The name of a factor table of the public registry; a dot makes a private one. */
export const publicTableName = z
  .string()
  .regex(/^[^.]+$/, 'is the name of a private table, which stays private')
  .min(1)
  .max(120)
  .refine((name) => !isPrivateTable(name), 'is the name of a private table, which stays private')

/** A code under some system of codes: LEI, GTIN, HS, CPC, a register's number. */
export const code = z.strictObject({ system: text, code: text })
const codes = z.array(code).min(1).max(100)

/** A party or a place. */
export const face = z.strictObject({ label, address: label.optional(), identifiers: codes.optional() })

export const holder = z.strictObject({
  ...face.shape,
  country: z.string().regex(/^[A-Z]{2}$/),
  unifiedSocialCreditCode: z
    .string()
    .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/)
    .optional(),
})

export const product = z.strictObject({
  label,
  model: text.optional(),
  models: z.array(text).min(1).max(1000).optional().describe('Where one document covers several.'),
  specification: text.optional(),
  trademark: text.optional(),
  identifiers: codes.optional(),
  classifications: codes.optional(),
})
