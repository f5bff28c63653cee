/** What a log asks of a witness (C2SP tlog-witness `add-checkpoint`): the size that the witness knows, a proof from there, a checkpoint. */

import { decodeBase64, encodeBase64 } from '../json/encoding.ts'
import { readCount } from './checkpoint.ts'
import type { Hash } from './merkle.ts'

/** The body of a request. */
export interface WitnessRequest {
  /** The size that the witness has seen last; 0 where it has seen none. */
  readonly old: number
  readonly proof: readonly Hash[]
  /** The signed note. */
  readonly checkpoint: string
}

/** More hashes than that no proof has. */
const proofMax = 63
/** The content type of the answer 409, whose body is the size that the witness knows. */
export const sizeContentType = 'text/x.tlog.size'

/** A request's body. */
export function formatWitnessRequest({ old, proof, checkpoint }: WitnessRequest): string {
  return `${[`old ${old}`, ...proof.map(encodeBase64)].join('\n')}\n\n${checkpoint}`
}

/** Reads a body's form, not its checkpoint's; undefined where it is none. */
export function readWitnessRequest(body: string): WitnessRequest | undefined {
  const split = body.indexOf('\n\n')
  if (split < 0) return undefined
  const [first = '', ...lines] = body.slice(0, split).split('\n')
  const old = first.startsWith('old ') ? readCount(first.slice(4)) : undefined
  const proof = lines.map(decodeBase64)
  if (old === undefined || proof.length > proofMax) return undefined
  if (!proof.every((hash) => hash?.length === 32)) return undefined
  return { old, proof: proof as readonly Hash[], checkpoint: body.slice(split + 2) }
}
