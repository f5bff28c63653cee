/** A credential's leaf in the transparency log: made of the signed document alone. */

import type { Digest } from '../json/digest.ts'
import { entryText } from '../transparency/entries.ts'
import { type Credential, kindOf } from './schema.ts'

/** The text of the entry that tells of a credential. @param digest of the compact JWT's bytes. */
export function leafOf(credential: Credential, digest: Digest): string {
  return entryText('credential', credential.validFrom, {
    credential: credential.id,
    digest,
    issuer: credential.issuer.id,
    kind: kindOf(credential),
    development: credential.development,
  })
}
