/**
 * The shape of credentials as compiled code: the same answer as the schema's, several times as fast. Apart from the verifier because a
 * page may not compile code, and need not carry what compiles it.
 */

import { z } from 'zod'
import { type Credential, credentialShape, isConsistent } from './schema.ts'

/** Made while the module is loaded: later, Workers would not let it. Where nothing may be compiled at all it is the schema itself. */
const compiled = z.compile(credentialShape)

/** Whether a payload has the shape of a credential, and keeps the rules between its members. */
export function hasCredentialShape(payload: unknown): boolean {
  return compiled.validate(payload) && isConsistent(payload as Credential)
}
