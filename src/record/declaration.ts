/**
 * The management declaration: what the responsible party signs for when it submits. It names a person, so it is stored
 * on its own and the revision holds only its digest (docs/storage.md, "Management declaration").
 */

import { z } from 'zod'
import { canonicalBytes } from '../json/canonical.ts'
import { type Digest, digestHex, digestOfBytes } from '../json/digest.ts'
import { readManifest } from './manifest.ts'
import { normalized } from './revision.ts'

const factsSchema = z.strictObject({
  footprint: z.strictObject({ id: z.uuid(), revision: z.int().min(1) }),
  /** The words declared, as the scheme has them. */
  statement: z.strictObject({ en: z.string(), zh: z.string().nullable() }),
  declaredBy: z.strictObject({ personId: z.uuid(), memberId: z.uuid(), organizationId: z.uuid() }),
  /** RFC 3339, UTC. */
  declaredAt: z.iso.datetime(),
  /** 16 random bytes, base64url: keeps who declared from being guessed out of the digest. */
  salt: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
})
export type DeclarationFacts = z.infer<typeof factsSchema>

const declarationSchema = z.strictObject({
  type: z.literal('egret/management-declaration'),
  schemaVersion: z.literal('1'),
  ...factsSchema.shape,
})
export type Declaration = z.infer<typeof declarationSchema>

/** Freezes a declaration; the same facts give the same bytes. */
export function buildDeclaration(facts: DeclarationFacts): {
  readonly declaration: Declaration
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly digest: Digest
} {
  const declaration = declarationSchema.parse({
    type: 'egret/management-declaration',
    schemaVersion: '1',
    ...normalized(facts),
  })
  const bytes = canonicalBytes(declaration)
  return { declaration, bytes, digest: digestOfBytes(bytes) }
}

/** @throws Problem `stored-object-corrupt` where the bytes are not the declaration of that digest. */
export function openDeclaration(bytes: Uint8Array, digest: Digest): Declaration {
  return readManifest('management declaration', declarationSchema, bytes, digest)
}

/** Object key of a declaration in the private bucket. */
export function declarationKey(digest: Digest): string {
  return `declarations/${digestHex(digest)}.json`
}
