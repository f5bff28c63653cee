/** Secrets of webhooks and the signatures they make (Standard Webhooks 1.0: `v1`, HMAC-SHA-256). */

import { hmacSha256 } from '../json/digest.ts'
import { encodeBase64, encodeUtf8 } from '../json/encoding.ts'
import type { WebhookSecrets } from '../ports/webhooks.ts'
import type { World } from '../ports.ts'
import { type KeyRing, unwrap, wrap } from './wrap.ts'

/** Standard Webhooks asks for 24 to 64 bytes. */
const secretBytes = 32

export function webhookSecrets(ring: KeyRing, world: World): WebhookSecrets {
  return {
    make: async (webhookId) => {
      const bytes = new Uint8Array(world.randomBytes(secretBytes))
      const wrapped = await wrap(ring, boundTo(webhookId), bytes, new Uint8Array(world.randomBytes(12)))
      return { secret: `whsec_${encodeBase64(bytes)}`, wrapped }
    },
    rewrap: async (webhookId, wrapped) => {
      if (wrapped.kekId === ring.activeId) return wrapped
      const bytes = await unwrap(ring, boundTo(webhookId), wrapped)
      return wrap(ring, boundTo(webhookId), bytes, new Uint8Array(world.randomBytes(12)))
    },
    sign: async (webhookId, secrets, signed) => {
      const opened = await Promise.all(secrets.map((secret) => unwrap(ring, boundTo(webhookId), secret)))
      return opened.map((key) => `v1,${encodeBase64(hmacSha256(key, encodeUtf8(signed)))}`).join(' ')
    },
  }
}

function boundTo(webhookId: string): readonly string[] {
  return ['egret-webhook', webhookId]
}
