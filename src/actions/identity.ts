/**
 * Ids of what a request creates. With an idempotency key the id derives from client, key and purpose, so that a retry
 * meets its own row; without one it is new (docs/decisions: idempotency by derived ids).
 */

import { sha256 } from '../json/digest.ts'
import type { Actor, RequestMark, World } from '../ports.ts'

/** The id that this request gives to what it creates; `purpose` keeps two things of one request apart. */
export function idFor(world: World, actor: Actor, mark: RequestMark, purpose: string): string {
  if (mark.idempotencyKey === null) return world.newId()
  return uuidFromDigest(
    sha256(new TextEncoder().encode(`${actor.clientId}\n${purpose}\n${mark.idempotencyKey}`)),
  )
}

/**
 * The id of what somebody without an account sends. Nobody's keys are anybody's own, so key and request together name it: two strangers
 * who choose the same key never meet.
 */
export function idForAnyone(world: World, mark: RequestMark, purpose: string): string {
  if (mark.idempotencyKey === null) return world.newId()
  return uuidFromDigest(
    sha256(new TextEncoder().encode(`anyone\n${purpose}\n${mark.digest}\n${mark.idempotencyKey}`)),
  )
}

/** The id that audit rows know a factor-table version by: of its name alone, which never changes hands. */
export function versionIdOf(table: string, version: string): string {
  return uuidFromDigest(sha256(new TextEncoder().encode(`factor-table\n${table}\n${version}`)))
}

/** UUID version 8 (RFC 9562 §5.8) from the first 16 bytes of a digest. */
function uuidFromDigest(digest: Uint8Array): string {
  const bytes = digest.slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
