/** Keys that a reader names on the command line, of logs and of witnesses. */

import {
  type NoteKeyType,
  parseVerifierKey,
  type VerifierKey,
  type WitnessPolicy,
} from '../transparency/note.ts'
import { UsageRefused } from './usage.ts'

/** A log's verifier key. @throws UsageRefused for any other text. */
export function logKey(text: string): VerifierKey {
  return keyNamed(text, 'ed25519', 'a log')
}

/** How witnesses are asked for. */
export const witnessOptions = {
  witness: { type: 'string', multiple: true, default: [] as string[] },
  quorum: { type: 'string' },
} as const

/** Whose word is asked for: all of those that are named, unless a smaller number is enough. @throws UsageRefused. */
export function witnessPolicy({
  witness,
  quorum,
}: {
  readonly witness: readonly string[]
  readonly quorum?: string | undefined
}): { readonly witnesses?: WitnessPolicy } {
  const keys = witness.map((text) => keyNamed(text, 'cosignature', 'a witness'))
  const enough = quorum ?? String(keys.length)
  const isPossible = /^[1-9][0-9]{0,2}$/.test(enough) && Number(enough) <= keys.length
  if (quorum !== undefined && !isPossible) {
    throw new UsageRefused('--quorum is a number from 1 to that of the witnesses named with --witness')
  }
  return keys.length === 0 ? {} : { witnesses: { keys, quorum: Number(enough) } }
}

function keyNamed(text: string, type: NoteKeyType, whose: string): VerifierKey {
  const key = parseVerifierKey(text)
  if (key?.type === type) return key
  throw new UsageRefused(`"${text}" is no verifier key of ${whose}: <name>+<hash>+<base64>`)
}
