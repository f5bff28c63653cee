/**
 * What the log tells: small documents of one shape a type, in RFC 8785 bytes. They name what is public by digest and reveal
 * nothing private. An entry of a credential is a function of the signed document alone, so that whoever holds the document
 * makes the leaf again.
 */

import { z } from 'zod'
import { canonicalize } from '../json/canonical.ts'
import { type Digest, isDigest } from '../json/digest.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import type { LogEntryType } from './entry-types.ts'

/** Version of every entry's shape. */
export const entrySchemaVersion = '1'

/** Members by type. `at` is RFC 3339 in whole seconds, UTC: when the act was done. */
export interface LogEntryBodies {
  readonly credential: {
    /** Where the document is public. */
    readonly credential: string
    /** Of the compact JWT's bytes. */
    readonly digest: Digest
    readonly issuer: string
    readonly kind: 'VerificationStatement' | 'Certificate'
    readonly development: boolean
  }
  readonly 'credential-status': {
    readonly credential: string
    readonly digest: Digest
    readonly issuer: string
    readonly move: 'suspend' | 'reinstate' | 'withdraw' | 'cancel' | 'supersede'
    readonly reason: string
    readonly effectiveAt: string
    /** Of a supersession: the document that takes its place. */
    readonly successor?: string
  }
  readonly 'factor-table': {
    readonly act: 'published' | 'withdrawn'
    readonly digest: Digest
    /** Absent of a private table, whose name stays private. */
    readonly table?: string
    readonly version?: string
  }
  readonly 'gwp-set': { readonly identifier: string; readonly version: string; readonly digest: Digest }
  readonly scheme: { readonly identifier: string; readonly version: string; readonly digest: Digest }
  readonly engine: { readonly version: string; readonly digest: Digest }
  readonly key: {
    readonly act: 'added' | 'retired' | 'compromised'
    readonly purpose: 'credential' | 'token' | 'log' | 'installation'
    /** DID of the owner, or the installation's origin. */
    readonly owner: string
    readonly kid: string
    /** RFC 7638 thumbprint of the public key, SHA-256, base64url. */
    readonly thumbprint: string
    /** Of a compromise: since when, and from which leaf on, nothing it signed is believed. */
    readonly since?: string
    readonly fromLeaf?: number
  }
  readonly accreditation: {
    readonly act: 'recorded' | 'withdrawn'
    /** Of the signed fact. */
    readonly digest: Digest
    /** DID of the body. */
    readonly body: string
  }
  /** Over how chains of the trail ended (`trail-seal.ts`). */
  readonly trail: { readonly digest: Digest }
}

/** The leaf's text: RFC 8785 of the members with `schemaVersion`, `type` and `at`. */
export function entryText<Type extends LogEntryType>(
  type: Type,
  at: string,
  body: LogEntryBodies[Type],
): string {
  return canonicalize({ ...body, at, schemaVersion: entrySchemaVersion, type } as never)
}

const text = z.string().min(1)
const digest = z.custom<Digest>(isDigest)
const instant = z.iso.datetime({ precision: 0 })
const named = { identifier: text, version: text, digest }

const bodies = {
  credential: {
    credential: text,
    digest,
    issuer: text,
    kind: z.enum(['VerificationStatement', 'Certificate']),
    development: z.boolean(),
  },
  'credential-status': {
    credential: text,
    digest,
    issuer: text,
    move: z.enum(['suspend', 'reinstate', 'withdraw', 'cancel', 'supersede']),
    reason: text,
    effectiveAt: instant,
    successor: text.exactOptional(),
  },
  'factor-table': {
    act: z.enum(['published', 'withdrawn']),
    digest,
    table: text.exactOptional(),
    version: text.exactOptional(),
  },
  'gwp-set': named,
  scheme: named,
  engine: { version: text, digest },
  key: {
    act: z.enum(['added', 'retired', 'compromised']),
    purpose: z.enum(['credential', 'token', 'log', 'installation']),
    owner: text,
    kid: text,
    thumbprint: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    since: instant.exactOptional(),
    fromLeaf: z.int().min(0).exactOptional(),
  },
  accreditation: { act: z.enum(['recorded', 'withdrawn']), digest, body: text },
  trail: { digest },
} satisfies {
  readonly [Type in LogEntryType]: { readonly [Member in keyof LogEntryBodies[Type]]: z.ZodType }
}

function shapeOf<Type extends LogEntryType>(type: Type) {
  return z.strictObject({
    ...bodies[type],
    at: instant,
    schemaVersion: z.literal(entrySchemaVersion),
    type: z.literal(type),
  })
}

const entryShape = z.discriminatedUnion('type', [
  shapeOf('credential'),
  shapeOf('credential-status'),
  shapeOf('factor-table'),
  shapeOf('gwp-set'),
  shapeOf('scheme'),
  shapeOf('engine'),
  shapeOf('key'),
  shapeOf('accreditation'),
  shapeOf('trail'),
])

/** What a leaf tells. */
export type LogEntry = z.output<typeof entryShape>

/** Reads a leaf; undefined for anything but the one text that {@link entryText} writes of a known type's members. */
export function readEntry(leaf: Uint8Array): LogEntry | undefined {
  try {
    const source = decodeUtf8(leaf)
    const read = entryShape.safeParse(JSON.parse(source))
    return read.success && canonicalize(read.data) === source ? read.data : undefined
  } catch {
    return undefined
  }
}
