/**
 * What the schedule does for keys: every document that tells keys is what the rows say. Documents of keys that changed within the
 * hour are looked at each minute, and those of every other body once an hour; a body whose registration was cut short gets its
 * first key. Harmless at any time, on any number of servers.
 */

import type { Ports } from '../../ports.ts'
import {
  bodyDocument,
  installationDocument,
  issuerDid,
  type KeyDocument,
  type KeyedBody,
  logKeysDocument,
  tokenKeysDocument,
  write,
} from './publish-keys.ts'

type KeySweeper = Pick<Ports, 'keys' | 'logSigner' | 'notices' | 'objects' | 'parties' | 'settings' | 'world'>

const hourMs = 3_600_000

/** @returns how many documents were missing or other than they should be. */
export async function sweepKeys(ports: KeySweeper): Promise<number> {
  // Migrated and not set up: there is nothing to tell yet.
  if ((await ports.keys.ownKeys('token')).length === 0) return 0
  const now = ports.world.now()
  const slot = { number: now.getUTCMinutes(), of: 60 }
  const bodies = await ports.parties.bodiesToPublish(new Date(now.getTime() - hourMs), slot)
  let rewritten = 0
  for (const document of [installationDocument, logKeysDocument, tokenKeysDocument]) {
    rewritten += await tried(ports, async () => rewrite(ports, await document(ports)))
  }
  for (const body of bodies) rewritten += await tried(ports, () => lookAt(ports, body))
  return rewritten
}

async function lookAt(ports: KeySweeper, body: KeyedBody): Promise<number> {
  await ports.keys.ensureBodyKey(body.id, issuerDid(ports.settings, body))
  return rewrite(ports, await bodyDocument(ports, body))
}

async function rewrite(ports: KeySweeper, document: KeyDocument): Promise<number> {
  const shown = await ports.objects.get('public', document.key)
  if (shown !== null && isSame(shown, document.bytes)) return 0
  await write(ports, document)
  return 1
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

/** One document that fails does not hold up the others. */
async function tried({ notices }: KeySweeper, act: () => Promise<number>): Promise<number> {
  try {
    return await act()
  } catch (thrown) {
    notices.tell('error', 'keys-publish', { error: thrown })
    return 0
  }
}
