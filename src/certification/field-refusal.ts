/** The refusal of one field of what was sent. */

import { Problem } from '../problem.ts'

/** `invalid-request` that names the field by its JSON Pointer. */
export function field(pointer: string, detail: string): Problem {
  return new Problem('invalid-request', detail, { pointer })
}
