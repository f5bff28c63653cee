/**
 * The shape of credentials as compiled code: the same answer as the schema's, several times as fast. Apart from the verifier because a
 * page may not compile code, and need not carry what compiles it.
 */

import { z } from 'zod'
import { type Credential, credentialShape, isConsistent } from './schema.ts'

/**
 * Made when it is first asked for: compiling takes as long as a thousand checks save, and no cold start should wait for it. A Worker may
 * compile nothing by then, and goes on with the schema itself.
 */
let compiled: typeof credentialShape | undefined

/** Whether a payload has the shape of a credential, and keeps the rules between its members. */
export function hasCredentialShape(payload: unknown): boolean {
  compiled ??= z.compile(credentialShape)
  return compiled.validate(payload) && isConsistent(payload as Credential)
}
