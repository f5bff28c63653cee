/** Ends what a crash left: credentials that were fixed but not made public. Run by the schedule; harmless at any time. */

import type { Ports } from '../../ports.ts'
import { publishCredential } from './publish-credential.ts'

const batch = 50

/** @returns how many credentials were made public. */
export async function sweepPending(ports: Pick<Ports, 'credentials' | 'objects' | 'world'>): Promise<number> {
  const pending = await ports.credentials.listPending(batch)
  for (const credential of pending) await publishCredential(ports, credential)
  return pending.length
}
