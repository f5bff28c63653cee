/** Wraps webhooks' secrets under the active wrapping key, so that an older one can go. */

import type { Ports } from '../../ports.ts'

/** @returns how many webhooks there are, and of how many something was wrapped anew. */
export async function rewrapWebhooks({
  webhooks,
  webhookSecrets,
}: Pick<Ports, 'webhooks' | 'webhookSecrets'>): Promise<{
  readonly webhooks: number
  readonly rewrapped: number
}> {
  const standing = await webhooks.wrappedSecrets()
  let rewrapped = 0
  for (const one of standing) {
    const secret = await webhookSecrets.rewrap(one.id, one.secret)
    const previousSecret = one.previousSecret && (await webhookSecrets.rewrap(one.id, one.previousSecret))
    if (secret === one.secret && previousSecret === one.previousSecret) continue
    if (await webhooks.rewrap(one, { id: one.id, secret, previousSecret })) rewrapped += 1
  }
  return { webhooks: standing.length, rewrapped }
}
