/** Tells the log of keys that were made before it told of keys. What is told already keeps its place: for every set-up. */

import { keyEntry } from '../../credential/key-entry.ts'
import type { KeyPurpose } from '../../ports/signing.ts'
import type { Ports } from '../../ports.ts'
import { slotOf } from './change-keys.ts'

type Teller = Pick<Ports, 'keyActs' | 'log' | 'parties' | 'settings'>

/** @returns how many entries were new. */
export async function tellKeys(ports: Teller): Promise<number> {
  const bodies = new Map((await ports.parties.allBodies()).map((body) => [body.id, body]))
  let count = 0
  for (const key of await ports.keyActs.all()) {
    const body = bodies.get(key.ownerId)
    const keyed = body === undefined ? { own: ownPurpose(key.purpose) } : { body }
    const { owner } = slotOf(ports, keyed)
    const entry = keyEntry({ ...key, owner: owner.name }, { act: 'added' }, key.createdAt)
    if ((await ports.log.append(entry, key.createdAt)).isNew) count += 1
  }
  return count
}

function ownPurpose(purpose: KeyPurpose) {
  if (purpose === 'credential') throw new Error('a credential key belongs to a body')
  return purpose
}
