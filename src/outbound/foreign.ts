/** Documents on other hosts, by HTTP: only of hosts on the list, in bounded time and size, and never by way of a redirect. */

import type { Foreign } from '../ports/foreign.ts'
import { Problem } from '../problem.ts'

const secondsMax = 5
const bytesMax = 131_072

/** @param hosts that may be asked, with port where there is one. */
export function foreignDocuments(hosts: readonly string[]): Foreign {
  return {
    hosts,
    get: async (url) => {
      if (!hosts.includes(new URL(url).host)) throw unavailable(url, 'its host is not on the list')
      const answer = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(secondsMax * 1000),
      }).catch((thrown: Error) => {
        throw unavailable(url, thrown.message)
      })
      if (answer.status !== 200 || answer.body === null) throw unavailable(url, `it answers ${answer.status}`)
      return readBounded(url, answer.body)
    },
  }
}

async function readBounded(url: string, body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > bytesMax) throw unavailable(url, `it answers more than ${bytesMax} bytes`)
    parts.push(part)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function unavailable(url: string, why: string): Problem {
  return new Problem('unavailable', `The document at ${url} cannot be had: ${why}.`, { url })
}
