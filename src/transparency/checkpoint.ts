/** Checkpoints (C2SP tlog-checkpoint): a log's size and root, as a signed note. */

import { decodeBase64, encodeBase64 } from '../json/encoding.ts'
import type { Hash } from './merkle.ts'
import { type Note, readNote, signersOf, type VerifierKey, type VerifyEd25519 } from './note.ts'

/** What a checkpoint says. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Hash
}

/** A checkpoint with the note that carries it. */
export interface CheckpointNote extends Checkpoint {
  readonly note: Note
}

/** The text that is signed: three lines. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${encodeBase64(root)}\n`
}

/** Reads a checkpoint's form; undefined where it is none. Lines after the third are none of ours and are passed over. */
export function readCheckpoint(source: string | Uint8Array): CheckpointNote | undefined {
  const note = readNote(source)
  if (note === undefined) return undefined
  const [origin = '', sizeText = '', rootText = '', ...extensions] = note.text.slice(0, -1).split('\n')
  const size = readCount(sizeText)
  const root = decodeBase64(rootText)
  if (origin === '' || size === undefined || root?.length !== 32 || extensions.includes('')) return undefined
  return { origin, size, root, note }
}

/** A decimal count as these formats write it: no sign, no leading zero, exact as a double. */
export function readCount(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined
  const count = Number(text)
  return Number.isSafeInteger(count) ? count : undefined
}

/** Why a checkpoint is not believed. */
export type CheckpointFault = 'malformed' | 'wrong-origin' | 'bad-signature' | 'unknown-key'

/** A checkpoint that one of the log's keys signed: keys of other names than its origin do not count. */
export async function verifyCheckpoint(
  source: string | Uint8Array,
  keys: readonly VerifierKey[],
  verify: VerifyEd25519,
): Promise<{ readonly checkpoint: CheckpointNote } | { readonly fault: CheckpointFault }> {
  const checkpoint = readCheckpoint(source)
  if (checkpoint === undefined) return { fault: 'malformed' }
  const own = keys.filter(({ name }) => name === checkpoint.origin)
  if (own.length === 0) return { fault: 'wrong-origin' }
  const signers = await signersOf(checkpoint.note, own, verify)
  if (signers === null) return { fault: 'bad-signature' }
  return signers.length === 0 ? { fault: 'unknown-key' } : { checkpoint }
}
