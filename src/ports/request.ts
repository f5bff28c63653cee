/** Who asks, and with which request: what actions and repositories are told of every call. */

import { Problem } from '../problem.ts'

export const organizationKinds = [
  'enterprise',
  'certification-body',
  'accreditation-body',
  /** A bank, a buyer, an authority: it rests on documents, and watches them. */
  'relying-party',
  'operator',
] as const

/** Who asks: an API client of an organization, bound to a member where it acts for a person. */
export interface Actor {
  readonly clientId: string
  readonly organizationId: string
  readonly organizationKind: (typeof organizationKinds)[number]
  readonly memberId: string | null
  readonly personId: string | null
  readonly scopes: readonly string[]
}

/**
 * The one request that asks: its idempotency key (or none) and the digest of its body. Ids of what it creates derive
 * from client and key, so a retry meets its own row; the digest tells a retry from another request under the same key.
 */
export interface RequestMark {
  readonly idempotencyKey: string | null
  readonly digest: string
}

/** A retry answers what the first try made. @throws Problem `idempotency-key-reused` for another request under the key. */
export function requireSameRequest(madeBy: string | null | undefined, mark: RequestMark): void {
  if (madeBy === mark.digest) return
  const detail = 'Use a new Idempotency-Key: this one went with another request.'
  throw new Problem('idempotency-key-reused', detail, { header: 'Idempotency-Key' })
}
