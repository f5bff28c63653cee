/**
 * The JSON Schema of credentials as it is published: made of `schema.ts` once (`scripts/credential-format.ts`), frozen in
 * `published/`, served at `/schemas/credential/v1.json`, and named by digest in every credential.
 */

import { canonicalBytes } from '../json/canonical.ts'
import published from './published/credential-v1.schema.json' with { type: 'json' }

/** Path under an installation's origin. */
export const jsonSchemaPath = '/schemas/credential/v1.json'

/** The schema, draft 2020-12. */
export const credentialJsonSchema: object = published

/** The bytes served at {@link jsonSchemaPath}: canonical, the same on every installation. */
export function jsonSchemaBytes(): Uint8Array<ArrayBuffer> {
  return canonicalBytes(published)
}
