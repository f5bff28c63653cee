/**
 * Asks witnesses over HTTP (C2SP tlog-witness): only those that are configured, in bounded time and size, never by way of a
 * redirect. Whatever a witness answers, nothing but its own good word on the very checkpoint gets through.
 */

import { collectBytes } from '../json/collect-bytes.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import type { WitnessAnswer, Witnesses } from '../ports/log.ts'
import { readCheckpoint, readCount } from '../transparency/checkpoint.ts'
import { cosignaturesOf } from '../transparency/cosignature.ts'
import {
  parseVerifierKey,
  readNote,
  signatureLine,
  type VerifierKey,
  webCryptoEd25519,
} from '../transparency/note.ts'
import {
  formatWitnessRequest,
  sizeContentType,
  type WitnessRequest,
} from '../transparency/witness-request.ts'

/** A witness as the environment names it. */
export interface ConfiguredWitness {
  /** Submission prefix, without a slash at its end. */
  readonly url: string
  readonly key: string
}

const secondsMax = 5
const bytesMax = 16_384

/** @throws RangeError for a key that is no witness's. */
export function witnessesOverHttp(configured: readonly ConfiguredWitness[]): Witnesses {
  const known = new Map(
    configured.map(({ url, key: text }) => {
      const key = parseVerifierKey(text)
      if (key?.type !== 'cosignature') throw new RangeError(`"${text}" is no verifier key of a witness`)
      return [key.name, { url, key }]
    }),
  )
  return {
    witnesses: configured.map(({ key }) => ({ name: parseVerifierKey(key)?.name ?? '', verifierKey: key })),
    ask: async (name, request) => {
      const witness = known.get(name)
      if (witness === undefined) return { refused: `there is no witness ${name}` }
      return ask(witness, request).catch((thrown: Error) => ({ refused: thrown.message }))
    },
  }
}

async function ask(
  { url, key }: { readonly url: string; readonly key: VerifierKey },
  request: WitnessRequest,
): Promise<WitnessAnswer> {
  const answer = await fetch(`${url}/add-checkpoint`, {
    method: 'POST',
    body: formatWitnessRequest(request),
    redirect: 'manual',
    signal: AbortSignal.timeout(secondsMax * 1000),
  })
  const text = await readBounded(answer)
  if (answer.status === 200) return wordOf(key, request.checkpoint, text)
  const size = answer.status === 409 ? sizeIn(answer, text) : undefined
  // One that repeats the size it was given is asked no further.
  return size === undefined || size === request.old ? { refused: `it answers ${answer.status}` } : { size }
}

/** The last good cosignature under the witness's key, as its own line; what else it answers is left out. */
async function wordOf(key: VerifierKey, checkpoint: string, lines: string): Promise<WitnessAnswer> {
  const note = readNote(checkpoint + lines)
  const own = note?.signatures.filter(({ name, id }) => name === key.name && id === key.id) ?? []
  const signature = own.at(-1)?.signature
  const body = readCheckpoint(checkpoint)?.note.text
  if (signature === undefined || body === undefined)
    return { refused: 'it answers no cosignature of its own' }
  const word = { name: key.name, id: key.id, signature }
  const [good] = await cosignaturesOf(
    { text: body, signatures: [word] },
    [key],
    webCryptoEd25519(crypto.subtle),
  )
  if (good === undefined || good.time === 0) return { refused: 'its cosignature does not fit' }
  return { cosignatures: [signatureLine(key, signature)] }
}

function sizeIn(answer: Response, text: string): number | undefined {
  const type = answer.headers.get('content-type')?.split(';')[0]?.trim()
  return type === sizeContentType && text.endsWith('\n') ? readCount(text.slice(0, -1)) : undefined
}

async function readBounded({ body }: Response): Promise<string> {
  const bytes = await collectBytes((body ?? []) as unknown as AsyncIterable<Uint8Array>, bytesMax)
  if (bytes === null) throw new Error(`it answers more than ${bytesMax} bytes`)
  return decodeUtf8(bytes)
}
