/** What a verification on the command line asks for: of hosts, or of what was saved of an earlier one. */

import type { Evidence } from '../credential/evidence.ts'
import { collectBytes } from '../json/collect-bytes.ts'
import { decodeUtf8, encodeUtf8 } from '../json/encoding.ts'

/** No document, list or fact is larger. */
export const documentBytesMax = 65_536
const fetchSeconds = 10

/** The bytes at a URL; throws where they cannot be had. */
export type Get = (url: string, accept: string) => Promise<Uint8Array>

/** Where answers come from, and what the report tells of that. */
export interface Sources {
  readonly get: Get
  readonly answers: Readonly<Record<string, string>>
  told(): string
}

/** Asks hosts. */
export function fromTheWorld(): Sources {
  const asked: string[] = []
  const answers: Record<string, string> = {}
  return {
    answers,
    get: async (url, accept) => {
      asked.push(url)
      const bytes = await fetchBytes(url, accept)
      answers[url] = decodeUtf8(bytes)
      return bytes
    },
    told: () => (asked.length === 0 ? 'nothing was asked of anyone' : `asked for: ${asked.join(', ')}`),
  }
}

/** Asks nobody. */
export function fromEvidence({ answers, savedAt }: Pick<Evidence, 'answers' | 'savedAt'>): Sources {
  return {
    answers,
    get: async (url) => {
      const text = Object.hasOwn(answers, url) ? answers[url] : undefined
      if (text === undefined) throw new Error(`${url} was not saved`)
      return encodeUtf8(text)
    },
    told: () => `nothing was asked of anyone: as saved at ${savedAt}`,
  }
}

/** @throws Error that names the URL and what is wrong with its answer. */
export async function fetchBytes(url: string, accept: string): Promise<Uint8Array> {
  const answer = await fetch(url, {
    headers: { accept },
    redirect: 'error',
    signal: AbortSignal.timeout(fetchSeconds * 1000),
  }).catch((error: Error) => {
    throw new Error(`${url} does not answer: ${causeOf(error)}`)
  })
  if (!answer.ok || answer.body === null) throw new Error(`${url} answers ${answer.status}`)
  const bytes = await collectBytes(answer.body, documentBytesMax)
  if (bytes === null) throw new Error(`${url} answers more than ${documentBytesMax} bytes`)
  return bytes
}

/** What `fetch failed` leaves unsaid. */
function causeOf({ message, cause }: Error): string {
  if (!(cause instanceof Error)) return message
  return cause.message || ('code' in cause ? String(cause.code) : cause.name)
}
