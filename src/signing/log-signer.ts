/**
 * The log's own word: checkpoints as signed notes (C2SP), under the installation's `log` key, which is Ed25519 always. After a
 * rotation the key before signs along for a while, so that readers have time to learn of the new one.
 */

import { decodeBase64url, encodeUtf8 } from '../json/encoding.ts'
import type { LogSigner } from '../ports/log.ts'
import type { PublicKey, StoredKey } from '../ports/signing.ts'
import { Problem } from '../problem.ts'
import { type Checkpoint, checkpointText, verifyCheckpoint } from '../transparency/checkpoint.ts'
import {
  formatVerifierKey,
  signatureLine,
  type VerifierKey,
  verifierKey,
  webCryptoEd25519,
} from '../transparency/note.ts'
import { activeKey, installationId, type KeyParts, openKey, readKeys } from './keys.ts'

/** @param publicUrl origin under which the installation is reached: its host, and `/log`, are the log's name. */
export function logSigner(parts: KeyParts, publicUrl: string): LogSigner {
  const origin = `${new URL(publicUrl).host}/log`
  return {
    origin,
    verifierKey: async () => {
      const { stored } = await activeKey(parts, installationId, 'log')
      return formatVerifierKey(verifierKeyOf(origin, stored))
    },
    verifierKeys: async () => {
      const keys = (await readKeys(parts, installationId, 'log', 0)).filter(isBelieved)
      return keys.map((key) => formatVerifierKey(verifierKeyOf(origin, key))).toReversed()
    },
    sign: (size, root, activeKid) => sign(parts, { origin, size, root }, activeKid),
    read: async (checkpoint) => {
      const keys = await readKeys(parts, installationId, 'log')
      return read(origin, keys, checkpoint)
    },
    isBelieved: async (checkpoint) => {
      const keys = (await readKeys(parts, installationId, 'log', 0)).filter(isBelieved)
      return (await read(origin, keys, checkpoint)) !== null
    },
  }
}

/** For how long a rotated key signs along, days. */
const alongDays = 30

/** @throws Problem `unavailable` before `egret set-up` has made the key. */
async function sign(parts: KeyParts, checkpoint: Checkpoint, activeKid: string | null): Promise<string> {
  const text = checkpointText(checkpoint)
  const lines: string[] = []
  for (const stored of await signers(parts, activeKid)) {
    const key = await openKey(parts, stored)
    const signature = await crypto.subtle.sign({ name: 'Ed25519' }, key as never, encodeUtf8(text))
    lines.push(signatureLine(verifierKeyOf(checkpoint.origin, stored), new Uint8Array(signature)))
  }
  return `${text}\n${lines.join('')}`
}

/** The active key as it stands now, and those before it that sign along. */
async function signers(parts: KeyParts, activeKid: string | null): Promise<readonly StoredKey[]> {
  const keys = await keysWhere(parts, activeKid)
  if (keys.every(({ retiredAt }) => retiredAt !== null)) {
    throw new Problem('unavailable', 'There is no active log key.')
  }
  const since = parts.world.now().getTime() - alongDays * 86_400_000
  const along = keys.filter(({ retiredAt }) => retiredAt === null || retiredAt.getTime() > since)
  return along.filter(isBelieved).toReversed()
}

/** As remembered where that agrees with what was read lately, and else as they are. */
async function keysWhere(parts: KeyParts, activeKid: string | null): Promise<readonly StoredKey[]> {
  const remembered = await readKeys(parts, installationId, 'log')
  const active = remembered.find(({ retiredAt }) => retiredAt === null)
  return active?.kid === activeKid ? remembered : readKeys(parts, installationId, 'log', 0)
}

/** A compromised key's word on the log is worth nothing: whoever has it can sign another log. */
function isBelieved({ compromise }: StoredKey): boolean {
  return compromise === null
}

async function read(
  origin: string,
  keys: readonly StoredKey[],
  checkpoint: string | Uint8Array,
): Promise<Checkpoint | null> {
  const verifierKeys = keys.map((key) => verifierKeyOf(origin, key))
  const verified = await verifyCheckpoint(checkpoint, verifierKeys, webCryptoEd25519(crypto.subtle))
  return 'fault' in verified ? null : verified.checkpoint
}

function verifierKeyOf(origin: string, { kid, jwk }: PublicKey): VerifierKey {
  const bytes = typeof jwk.x === 'string' ? decodeBase64url(jwk.x) : undefined
  if (bytes?.length !== 32)
    throw new Problem('stored-object-corrupt', `The log key ${kid} is no Ed25519 key.`)
  return verifierKey(origin, 'ed25519', bytes)
}
