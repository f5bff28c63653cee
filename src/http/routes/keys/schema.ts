/** Keys on the wire: public parts only. */

import { z } from '@hono/zod-openapi'
import type { CompromisedKey, PublicKey } from '../../../ports/signing.ts'
import { signingAlgorithms } from '../../../ports/signing.ts'
import { Id, Instant, instant, WebAddress } from '../../schemas.ts'

export const Kid = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,100}$/, 'is letters, digits, dots, hyphens and underscores')
  .describe('The key’s name: the fragment of its DID URL')

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is 32 bytes in base64url')

export const PublicJwkBody = z
  .union([
    z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate }),
    z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
  ])
  .describe('The public key (RFC 7517), with no other members')

export const SignerKeyBody = z
  .strictObject({
    kid: Kid,
    jwk: PublicJwkBody,
    signer: z
      .strictObject({ url: WebAddress(300) })
      .describe('Where the body’s signer answers; its host must be in SIGNER_HOSTS'),
    retiring: Kid.nullable().describe('The key that is active now, which it takes the place of'),
  })
  .openapi('NewSignerKey')

export const CompromiseBody = z
  .strictObject({ since: Instant.describe('From when on nothing that the key signed is to be believed') })
  .openapi('KeyCompromise')

export const OwnDidBody = z
  .strictObject({ did: z.string().max(512).describe('did:web on a host in DID_HOSTS') })
  .openapi('OwnDid')

export const KeyView = z
  .object({
    kid: Kid,
    algorithm: z.enum(signingAlgorithms),
    jwk: z.record(z.string(), z.unknown()),
    signer: z.object({ url: z.string() }).nullable().describe('Where the body’s own signer answers'),
    createdAt: Instant,
    retiredAt: Instant.nullable().describe('Null for the key that signs now'),
    compromise: z
      .object({
        at: Instant,
        since: Instant,
        fromLeaf: z.int().describe('What it signed is believed below this leaf of the log only'),
      })
      .nullable(),
  })
  .openapi('Key')

/** A key, its private part left where it is. */
export function viewKey({ kid, algorithm, jwk, signer, createdAt, retiredAt, compromise }: PublicKey) {
  return {
    kid,
    algorithm,
    jwk: { ...jwk },
    signer,
    createdAt: instant(createdAt),
    retiredAt: retiredAt === null ? null : instant(retiredAt),
    compromise: compromise && {
      at: instant(compromise.at),
      since: instant(compromise.since),
      fromLeaf: compromise.fromLeaf,
    },
  }
}

export const CompromisedView = z
  .object({
    key: KeyView,
    successor: KeyView.nullable().describe('Null where the body must register its next key itself'),
    disbelieved: z
      .array(
        z.object({
          kind: z.enum(['credential', 'accreditation']),
          id: Id,
          number: z.string(),
          leafIndex: z.int(),
          at: Instant,
        }),
      )
      .describe('What it signed that no verifier believes any more'),
  })
  .openapi('CompromisedKey')

/** What a compromise came to. */
export function viewCompromised({ key, successor, disbelieved }: CompromisedKey) {
  return {
    key: viewKey(key),
    successor: successor && viewKey(successor),
    disbelieved: disbelieved.map(({ at, ...thing }) => ({ ...thing, at: instant(at) })),
  }
}
