/** Documents on other hosts, by HTTP: only of hosts on the list, in bounded time and size, and never by way of a redirect. */

import { isAskable } from '../credential/did-web.ts'
import { collectBytes } from '../json/collect-bytes.ts'
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
      if (!isAskable(url)) throw unavailable(url, 'it is not asked for in the open')
      const answer = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(secondsMax * 1000),
      }).catch((thrown: Error) => {
        throw unavailable(url, thrown.message)
      })
      if (answer.status !== 200 || answer.body === null) throw unavailable(url, `it answers ${answer.status}`)
      const bytes = await collectBytes(answer.body as unknown as AsyncIterable<Uint8Array>, bytesMax)
      if (bytes === null) throw unavailable(url, `it answers more than ${bytesMax} bytes`)
      return bytes
    },
  }
}

function unavailable(url: string, why: string): Problem {
  return new Problem('unavailable', `The document at ${url} cannot be had: ${why}.`, { url })
}
