/**
 * A witness (C2SP tlog-witness): says of a log's checkpoint that it grew out of the last one it has seen, and of no two that
 * contradict each other. Its word is written down before it is given.
 */

import { type CheckpointNote, readCheckpoint, verifyCheckpoint } from '../transparency/checkpoint.ts'
import { type Hash, TreeBuilder, verifyConsistency } from '../transparency/merkle.ts'
import { signatureLine, type VerifierKey, type VerifyEd25519 } from '../transparency/note.ts'
import { readWitnessRequest, sizeContentType, type WitnessRequest } from '../transparency/witness-request.ts'
import type { WitnessKey } from './key.ts'
import { originHash, type WitnessState } from './state.ts'

/** What a witness is made of. */
export interface WitnessParts {
  /** Keys of the logs that it looks at, each under the origin that it is named by. */
  readonly logs: readonly VerifierKey[]
  readonly key: WitnessKey
  readonly state: WitnessState
  readonly verify: VerifyEd25519
  /** Seconds since 1970, UTC. */
  now(): number
}

/** An answer over HTTP. */
export interface Answer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly body: string
  readonly type?: string
}

export interface Witness {
  addCheckpoint(body: string): Promise<Answer>
  /** The last cosigned checkpoint of a log, by the hash of its origin. */
  latest(hash: string): Promise<Answer>
}

/** A witness over its parts; requests about one log follow each other, however many come at once. */
export function witness(parts: WitnessParts): Witness {
  const lastOf = new Map<string, Promise<unknown>>()
  const inTurn = (origin: string, act: () => Promise<Answer>): Promise<Answer> => {
    const mine = (lastOf.get(origin) ?? Promise.resolve()).then(act, act)
    lastOf.set(
      origin,
      mine.catch(() => {}),
    )
    return mine
  }
  const hashes = new Set(parts.logs.map(({ name }) => originHash(name)))
  return {
    addCheckpoint: async (body) => {
      const request = readWitnessRequest(body)
      const shown = request && readCheckpoint(request.checkpoint)
      if (request === undefined || shown === undefined)
        return refusal(400, 'this is no add-checkpoint request')
      const verified = await verifyCheckpoint(request.checkpoint, parts.logs, parts.verify)
      if ('fault' in verified) {
        return verified.fault === 'wrong-origin'
          ? refusal(404, 'this witness does not know the log')
          : refusal(403, 'the checkpoint is not signed by the log')
      }
      const { checkpoint } = verified
      if (request.old > checkpoint.size) return refusal(400, 'the old size is beyond the checkpoint')
      return inTurn(checkpoint.origin, () => decide(parts, request, checkpoint))
    },
    latest: async (hash) => {
      const cosigned = hashes.has(hash) ? await parts.state.read(hash) : null
      return cosigned === null
        ? refusal(404, 'nothing is cosigned of that log')
        : { status: 200, body: cosigned }
    },
  }
}

function refusal(status: Answer['status'], why: string): Answer {
  return { status, body: `${why}\n` }
}

async function decide(
  { logs, key, state, now }: WitnessParts,
  { old, proof }: WitnessRequest,
  checkpoint: CheckpointNote,
): Promise<Answer> {
  const hash = originHash(checkpoint.origin)
  const seen = await lastSeen(state, hash)
  if (old !== (seen?.size ?? 0)) {
    return { status: 409, body: `${seen?.size ?? 0}\n`, type: sizeContentType }
  }
  if (!grewFrom(seen, checkpoint, proof)) {
    return refusal(422, 'the proof does not show that the log grew out of what was cosigned')
  }
  const line = key.cosign(now(), checkpoint.note.text)
  await state.write(hash, `${checkpoint.note.text}\n${logLines(checkpoint, logs)}${line}`)
  return { status: 200, body: line }
}

/** @throws Error where the state is no checkpoint: a witness that forgot what it saw says nothing more. */
async function lastSeen(state: WitnessState, hash: string): Promise<CheckpointNote | null> {
  const text = await state.read(hash)
  if (text === null) return null
  const seen = readCheckpoint(text)
  if (seen === undefined) throw new Error(`the state of log ${hash} is no checkpoint`)
  return seen
}

function grewFrom(seen: CheckpointNote | null, now: CheckpointNote, proof: readonly Hash[]): boolean {
  const empty = new TreeBuilder().root()
  if (now.size === 0 && !isSame(now.root, empty)) return false
  // Every log begins with nothing.
  if (seen === null || seen.size === 0) return proof.length === 0
  const claim = { oldSize: seen.size, newSize: now.size, oldRoot: seen.root, newRoot: now.root }
  return verifyConsistency(claim, proof)
}

function isSame(one: Hash, other: Hash): boolean {
  return one.every((byte, at) => byte === other[at])
}

/** The signature lines of the log's own keys, all of which were verified; other lines of the note are not passed on. */
function logLines({ origin, note }: CheckpointNote, logs: readonly VerifierKey[]): string {
  const own = note.signatures.filter(({ name, id }) =>
    logs.some((key) => key.name === origin && key.name === name && key.id === id),
  )
  return own.map((line) => signatureLine(line, line.signature)).join('')
}
