/** Reads what an action stored earlier in the private bucket. */

import type { Ports } from '../ports.ts'
import { Problem } from '../problem.ts'

/** The object's bytes. @throws Problem `unavailable`: a row names it, so it was written, and may only be out of reach now. */
export async function storedObject({ objects }: Pick<Ports, 'objects'>, key: string): Promise<Uint8Array> {
  const bytes = await objects.get('private', key)
  if (bytes !== null) return bytes
  throw new Problem('unavailable', 'A stored object cannot be read now; try again.', { object: key })
}
