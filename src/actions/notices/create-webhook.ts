/** Makes a webhook of the caller's organization; its secret is told this once. */

import type { MessageType } from '../../certification/message-types.ts'
import type { Webhook } from '../../ports/webhooks.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { requireReachable } from './webhook-url.ts'

/** Webhooks that an organization has running at once. */
export const webhooksMax = 10

type WebhookPorts = Pick<Ports, 'webhooks' | 'webhookSecrets' | 'webhookSender' | 'world'>

/** Null on a retry: the first answer told it. */
export interface MadeWebhook {
  readonly webhook: Webhook
  readonly secret: string | null
}

/** @throws Problem `invalid-request` (an address that is not sent to), `limit-reached`, `idempotency-key-reused`. */
export async function createWebhook(
  ports: WebhookPorts,
  {
    actor,
    mark,
    url,
    types,
  }: { actor: Actor; mark: RequestMark; url: string; types: readonly MessageType[] },
): Promise<MadeWebhook> {
  requireReachable(ports, url)
  const id = idFor(ports.world, actor, mark, 'webhook')
  await requireRoom(ports, actor, id)
  const { secret, wrapped } = await ports.webhookSecrets.make(id)
  const at = ports.world.now()
  const { row, replayed } = await ports.webhooks.create(
    { actor, mark, at },
    {
      ...{ id, organizationId: actor.organizationId, url, types: [...new Set(types)] },
      ...{ secret: wrapped, createdAt: at },
    },
  )
  return { webhook: row, secret: replayed ? null : secret }
}

/** @throws Problem `limit-reached`. */
export async function requireRoom(
  { webhooks }: Pick<Ports, 'webhooks'>,
  actor: Actor,
  id: string,
): Promise<void> {
  if ((await webhooks.countOthers(actor, id)) < webhooksMax) return
  const detail = `Your organization has ${webhooksMax} webhooks running; stop one first.`
  throw new Problem('limit-reached', detail, { webhooksMax })
}
