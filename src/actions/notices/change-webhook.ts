/** What is done with a webhook after it was made: a new secret, stopping and starting, trying it out, sending again. */

import { dayMilliseconds } from '../../json/instant.ts'
import type { Replay, Webhook } from '../../ports/webhooks.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { requireRoom } from './create-webhook.ts'
import { requireReachable } from './webhook-url.ts'

/** One request about one webhook. */
export interface WebhookRequest {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly webhookId: string
}

/** For how long the old secret signs beside a new one. */
export const secretOverlapDays = 1

/** Messages that one request sends again. */
export const replayMax = 1000

const invisible = () => new Problem('not-found', 'Your organization has no webhook of this id.')

/** @throws Problem `not-found`. */
export async function readWebhook(
  { webhooks }: Pick<Ports, 'webhooks'>,
  actor: Actor,
  webhookId: string,
): Promise<Webhook> {
  const webhook = await webhooks.find(actor, webhookId)
  if (webhook === null) throw invisible()
  return webhook
}

/** The secret is told in this answer and never again. @throws Problem `not-found`, `idempotency-key-reused`. */
export async function changeSecret(
  ports: Pick<Ports, 'webhooks' | 'webhookSecrets' | 'world'>,
  { actor, mark, webhookId }: WebhookRequest,
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  const { secret, wrapped } = await ports.webhookSecrets.make(webhookId.toLowerCase())
  const at = ports.world.now()
  const webhook = await ports.webhooks.changeSecret(
    { actor, mark, at },
    {
      id: webhookId,
      auditId: ports.world.newId(),
      secret: wrapped,
      previousUntil: new Date(at.getTime() + secretOverlapDays * dayMilliseconds),
    },
  )
  if (webhook === null) throw invisible()
  return { webhook, secret }
}

/** @throws Problem `not-found`, `idempotency-key-reused`. */
export async function stopWebhook(
  ports: Pick<Ports, 'webhooks' | 'world'>,
  { actor, mark, webhookId }: WebhookRequest,
): Promise<Webhook> {
  const auditId = idFor(ports.world, actor, mark, 'webhook-stop')
  const by = { actor, mark, at: ports.world.now() }
  const webhook = await ports.webhooks.setStopped(by, webhookId, auditId, true)
  if (webhook === null) throw invisible()
  return webhook
}

/** Sends on, also what waited. @throws Problem `not-found`, `invalid-request` (host), `limit-reached`, `idempotency-key-reused`. */
export async function startWebhook(
  ports: Pick<Ports, 'webhooks' | 'webhookSender' | 'world'>,
  { actor, mark, webhookId }: WebhookRequest,
): Promise<Webhook> {
  const standing = await readWebhook(ports, actor, webhookId)
  requireReachable(ports, standing.url)
  await requireRoom(ports, actor, standing.id)
  const auditId = idFor(ports.world, actor, mark, 'webhook-start')
  const by = { actor, mark, at: ports.world.now() }
  const webhook = await ports.webhooks.setStopped(by, webhookId, auditId, false)
  if (webhook === null) throw invisible()
  return webhook
}

/** Sends a message of type `webhook.tried` to it. @throws Problem `not-found`, `invalid-transition`, `idempotency-key-reused`. */
export async function tryWebhook(
  ports: Pick<Ports, 'webhooks' | 'world'>,
  { actor, mark, webhookId }: WebhookRequest,
): Promise<Webhook> {
  const standing = await readWebhook(ports, actor, webhookId)
  if (standing.stoppedAt !== null) {
    throw new Problem('invalid-transition', 'The webhook is stopped; start it first.', {
      reason: standing.stopReason,
    })
  }
  const auditId = idFor(ports.world, actor, mark, 'webhook-try')
  const webhook = await ports.webhooks.tryOut({ actor, mark, at: ports.world.now() }, webhookId, auditId)
  if (webhook === null) throw invisible()
  return webhook
}

/** @returns how many go out. @throws Problem `not-found` (webhook, or a delivery of it), `idempotency-key-reused`. */
export async function replayDeliveries(
  ports: Pick<Ports, 'webhooks' | 'world'>,
  { actor, mark, webhookId, asked }: WebhookRequest & { readonly asked: Replay },
): Promise<number> {
  const auditId = idFor(ports.world, actor, mark, 'webhook-replay')
  const by = { actor, mark, at: ports.world.now() }
  const sent = await ports.webhooks.replay(by, webhookId, auditId, asked)
  if (sent === null) {
    throw new Problem('not-found', 'Your organization has no webhook, or no delivery of it, of this id.')
  }
  return sent
}
