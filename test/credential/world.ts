/**
 * What lies around a credential where it is public: signed status lists, a log with its key and receipts, witnesses, and facts of
 * accreditation. Made here with keys made here, for tests that need no server.
 */

import type { webcrypto } from 'node:crypto'
import { readCompact } from '../../src/credential/compact.ts'
import { leafOf } from '../../src/credential/leaf.ts'
import { credentialSchema } from '../../src/credential/schema.ts'
import { statusBits, statusListDocument, statusListLength } from '../../src/credential/status-list.ts'
import type { StatusPurpose } from '../../src/credential/status-purposes.ts'
import { digestOfBytes } from '../../src/json/digest.ts'
import { encodeUtf8 } from '../../src/json/encoding.ts'
import { checkpointText } from '../../src/transparency/checkpoint.ts'
import { cosignedMessage, encodeCosignature } from '../../src/transparency/cosignature.ts'
import { growTree } from '../../src/transparency/grow.ts'
import {
  type NoteKeyType,
  readNote,
  signatureLine,
  type VerifierKey,
  verifierKey,
} from '../../src/transparency/note.ts'
import { formatReceipt } from '../../src/transparency/receipt.ts'

/** A key that signs notes, or cosigns them. */
export interface NoteSigner {
  readonly key: VerifierKey
  sign(message: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
}

/** A new key of that name. */
export async function noteSigner(name: string, type: NoteKeyType = 'ed25519'): Promise<NoteSigner> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return {
    key: verifierKey(name, type, raw),
    sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, message)),
  }
}

/** A log's signed checkpoint over entries, cosigned by the witnesses at a time in seconds since 1970. */
export async function signedCheckpoint(
  log: NoteSigner,
  entries: readonly string[],
  witnesses: readonly NoteSigner[] = [],
  time = 1_764_000_000,
): Promise<string> {
  const { root } = growTree(growing(entries))
  const text = checkpointText({ origin: log.key.name, size: entries.length, root })
  const own = `${text}\n${signatureLine(log.key, await log.sign(encodeUtf8(text)))}`
  const lines = await Promise.all(
    witnesses.map(async ({ key, sign }) =>
      signatureLine(key, encodeCosignature(time, await sign(cosignedMessage(time, text)))),
    ),
  )
  return `${own}${lines.join('')}`
}

function growing(entries: readonly string[]) {
  return { publishedSize: 0, edge: [], leaves: entries.map((body, leafIndex) => ({ leafIndex, body })) }
}

/** The entry that tells of a credential; null for a text that is none. */
export function entryOf(jwt: string): string | null {
  const read = readCompact(jwt)
  const credential = 'fault' in read ? undefined : credentialSchema.safeParse(read.compact.payload).data
  return credential === undefined ? null : leafOf(credential, digestOfBytes(encodeUtf8(jwt)))
}

/** The receipt of a credential in a log where others stand around it; null for a text that is none. */
export async function receiptOf(
  log: NoteSigner,
  jwt: string,
  { before = 3, after = 2, witnesses = [] as readonly NoteSigner[] } = {},
): Promise<string | null> {
  const entry = entryOf(jwt)
  if (entry === null) return null
  const others = (count: number, name: string) =>
    Array.from({ length: count }, (_, at) => `{"${name}":${at}}`)
  const entries = [...others(before, 'before'), entry, ...others(after, 'after')]
  const checkpoint = await signedCheckpoint(log, entries, witnesses)
  if (readNote(checkpoint) === undefined) throw new Error('the checkpoint is no note')
  return formatReceipt({ index: before, proof: growTree(growing(entries)).proofOf(before), checkpoint })
}

/** The payload of a status list with those places set. */
export function listPayload(
  url: string,
  issuer: string,
  purpose: StatusPurpose,
  set: readonly number[] = [],
  term: { readonly validFrom: string; readonly validUntil: string },
): Readonly<Record<string, unknown>> {
  return statusListDocument({ url, issuer, purpose, ...term }, statusBits(statusListLength, set))
}
