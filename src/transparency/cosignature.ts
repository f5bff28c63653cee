/** Cosignatures of witnesses (C2SP tlog-cosignature, Ed25519): "as of this time this was the largest log I have seen, and it grew". */

import { encodeUtf8 } from '../json/encoding.ts'
import type { Note, VerifierKey, VerifyEd25519 } from './note.ts'

/** A witness's word on a checkpoint. */
export interface Cosignature {
  readonly key: VerifierKey
  /** Seconds since 1970, UTC. */
  readonly time: number
}

/** The bytes that a witness signs. @param time seconds since 1970, UTC. */
export function cosignedMessage(time: number, checkpointText: string): Uint8Array<ArrayBuffer> {
  return encodeUtf8(`cosignature/v1\ntime ${time}\n${checkpointText}`)
}

/** A cosignature as it stands in a signature line: 8 bytes of time, big-endian, and 64 of signature. */
export function encodeCosignature(time: number, signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + signature.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  bytes.set(signature, 8)
  return bytes
}

/** The good cosignatures of a note under these keys; one that does not fit is left out, for it says nothing against the log. */
export async function cosignaturesOf(
  note: Note,
  witnesses: readonly VerifierKey[],
  verify: VerifyEd25519,
): Promise<readonly Cosignature[]> {
  const found = new Map<string, Cosignature>()
  for (const { name, id, signature } of note.signatures) {
    const key = witnesses.find((one) => one.type === 'cosignature' && one.name === name && one.id === id)
    const time = key === undefined ? undefined : timeOf(signature)
    if (key === undefined || time === undefined) continue
    const isGood = await verify(key.publicKey, signature.slice(8), cosignedMessage(time, note.text))
    if (isGood) found.set(`${name}+${id}`, { key, time })
  }
  return [...found.values()]
}

function timeOf(bytes: Uint8Array): number | undefined {
  if (bytes.length !== 72) return undefined
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0))
  return Number.isSafeInteger(time) ? time : undefined
}
