/** What the log tells of keys: each is added once, retired once, told to be compromised once, under its owner's name. */

import { canonicalBytes } from '../json/canonical.ts'
import { sha256 } from '../json/digest.ts'
import { encodeBase64url } from '../json/encoding.ts'
import { wholeSeconds } from '../json/instant.ts'
import { entryText, type LogEntryBodies } from '../transparency/entries.ts'

/** A key as the log names it. */
export interface ToldKey {
  /** DID of the owner, or the installation's origin. */
  readonly owner: string
  readonly purpose: LogEntryBodies['key']['purpose']
  readonly kid: string
  readonly jwk: Readonly<Record<string, unknown>>
}

/** What is told of it. */
export type KeyAct =
  | { readonly act: 'added' | 'retired' }
  | { readonly act: 'compromised'; readonly since: Date; readonly fromLeaf: number }

/** The entry, and the one thing it tells. */
export function keyEntry({ owner, purpose, kid, jwk }: ToldKey, told: KeyAct, at: Date) {
  const compromise =
    told.act === 'compromised' ? { since: wholeSeconds(told.since), fromLeaf: told.fromLeaf } : {}
  const body = { act: told.act, purpose, owner, kid, thumbprint: jwkThumbprint(jwk), ...compromise }
  return {
    subject: `key:${owner}:${purpose}:${kid}:${told.act}`,
    type: 'key',
    body: entryText('key', wholeSeconds(at), body),
  } as const
}

/** SHA-256 thumbprint of a public key (RFC 7638): the members that make the key, in order of their names. */
export function jwkThumbprint({ kty, crv, x, y }: Readonly<Record<string, unknown>>): string {
  const members = y === undefined ? { crv, kty, x } : { crv, kty, x, y }
  return encodeBase64url(sha256(canonicalBytes(members as never)))
}
