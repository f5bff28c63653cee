/** Sends messages to webhooks by HTTP: only to hosts on the list, in bounded time, and never by way of a redirect. */

import { isAskable } from '../credential/did-web.ts'
import type { WebhookSender } from '../ports/webhooks.ts'

/** Standard Webhooks asks a sender to wait 15 to 30 seconds. */
const secondsMax = 15

/** @param hosts that may be sent to, with port where there is one; `*.` before a name stands for every host under it. */
export function webhookSender(hosts: readonly string[]): WebhookSender {
  const mayReach = (url: string) => isAllowed(url, hosts)
  return {
    mayReach,
    send: async (url, headers, body) => {
      if (!mayReach(url)) return failed('its host is not in WEBHOOK_HOSTS')
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers,
          body,
          redirect: 'manual',
          signal: AbortSignal.timeout(secondsMax * 1000),
        })
        await answer.body?.cancel()
        return { status: answer.status, error: null }
      } catch (thrown) {
        return failed(thrown instanceof Error ? reasonOf(thrown) : String(thrown))
      }
    },
  }
}

function failed(error: string) {
  return { status: null, error: error.slice(0, 200) }
}

/** What lies beneath, where a platform says only that fetching failed. */
function reasonOf({ name, message, cause }: Error): string {
  if (name === 'TimeoutError') return `it did not answer within ${secondsMax} seconds`
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}

function isAllowed(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false
  const { host, username, password, hash } = new URL(url)
  if (`${username}${password}${hash}` !== '' || !isAskable(url)) return false
  return hosts.some((allowed) =>
    allowed.startsWith('*.')
      ? host.endsWith(allowed.slice(1)) && host.length >= allowed.length
      : host === allowed,
  )
}
