/**
 * Sends what is due to webhooks (Standard Webhooks 1.0): signed, tried again with growing pauses, stopped where nobody is there. Any
 * number of servers may send at once; a delivery is with one of them at a time, and a receiver that hears a message twice knows it by
 * its id.
 */

import { dayMilliseconds } from '../../json/instant.ts'
import type { Message } from '../../ports/messages.ts'
import type { ClaimedDelivery, DeliveryAttempt, DeliveryOutcome, StopReason } from '../../ports/webhooks.ts'
import type { Ports } from '../../ports.ts'

type SendPorts = Pick<Ports, 'settings' | 'webhooks' | 'webhookSecrets' | 'webhookSender' | 'world'>

const minute = 60
const hour = 60 * minute

/** Seconds from one failed try to the next; after the last, the delivery has failed. */
export const pausesSeconds = [
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const

/** A webhook that has failed for so long, and at nothing else, is stopped. */
export const failingDaysMax = 5

/** As many connections as a Worker has open at once. */
const atOnce = 6
/** Longer than a try can take. */
const leaseSeconds = 60
const sendSecondsMax = 40

/** Sends until nothing is due, or the time of one run is over. @returns how many tries that made. */
export async function sendDeliveries(ports: SendPorts): Promise<number> {
  const until = ports.world.now().getTime() + sendSecondsMax * 1000
  let tries = 0
  while (ports.world.now().getTime() < until) {
    const at = ports.world.now()
    const token = ports.world.newId()
    const lease = { token, at, until: new Date(at.getTime() + leaseSeconds * 1000), limit: atOnce }
    const claimed = await ports.webhooks.claim(lease)
    if (claimed.length === 0) break
    await Promise.all(claimed.map((delivery) => sendOne(ports, delivery, token)))
    tries += claimed.length
  }
  return tries
}

async function sendOne(ports: SendPorts, delivery: ClaimedDelivery, token: string): Promise<void> {
  const { webhook, message, secret, previousSecret } = delivery
  const at = ports.world.now()
  const body = bodyOf(ports.settings.publicUrl, message)
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const secrets = previousSecret === null ? [secret] : [secret, previousSecret]
  const signature = await ports.webhookSecrets.sign(webhook.id, secrets, `${message.id}.${timestamp}.${body}`)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Egret',
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  }
  const answer = await ports.webhookSender.send(webhook.url, headers, body)
  const outcome = outcomeOf(delivery, { ...answer, at: ports.world.now() })
  await ports.webhooks.settle(delivery.id, token, outcome)
}

/** What is sent: the same bytes at every try. */
export function bodyOf(
  publicUrl: string,
  { type, at, organizationId, subject, subjectId, facts }: Message,
): string {
  const path = pathOf(subject, subjectId)
  const href = path === null ? {} : { href: `${publicUrl}${path}` }
  return JSON.stringify({
    type,
    timestamp: at.toISOString(),
    data: { organizationId, subject, subjectId, ...href, ...facts },
  })
}

/** Where more is to be read of a subject; null where it has no address of its own. */
export function pathOf(subject: Message['subject'], subjectId: string): string | null {
  const paths: Partial<Record<Message['subject'], string>> = {
    engagement: '/v1/engagements/',
    credential: '/v1/public/credentials/',
    case: '/v1/cases/',
    webhook: '/v1/webhooks/',
  }
  const path = paths[subject]
  return path === undefined ? null : path + subjectId
}

/** What a try came to (Standard Webhooks: only 2xx is success, 410 says that nobody wants it any more). */
export function outcomeOf(
  {
    tries,
    webhook,
  }: Pick<ClaimedDelivery, 'tries'> & { webhook: Pick<ClaimedDelivery['webhook'], 'failingSince'> },
  attempt: DeliveryAttempt,
): DeliveryOutcome {
  const { status, at } = attempt
  if (status !== null && status >= 200 && status < 300) {
    return { ...attempt, state: 'delivered', dueAt: null, pausedUntil: null, stop: null }
  }
  const pause = pausesSeconds[tries - 1]
  const stop = stopAfter(attempt, webhook.failingSince)
  // While it fails, its other messages wait too: one receiver that is down is asked once a minute, not once for each.
  const pausedUntil = new Date(at.getTime() + minute * 1000)
  if (pause === undefined) return { ...attempt, state: 'failed', dueAt: null, pausedUntil, stop }
  return { ...attempt, state: 'pending', dueAt: new Date(at.getTime() + pause * 1000), pausedUntil, stop }
}

function stopAfter({ status, at }: DeliveryAttempt, failingSince: Date | null): StopReason | null {
  if (status === 410) return 'gone'
  const failingMs = failingSince === null ? 0 : at.getTime() - failingSince.getTime()
  return failingMs > failingDaysMax * dayMilliseconds ? 'failing' : null
}
