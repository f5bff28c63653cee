/** What actions ask of the world. Adapters in `db`, `storage`, `signing` and `factors` implement these; entries wire them. */

import type { CredentialRepository } from './ports/credentials.ts'
import type { EngagementRepository } from './ports/engagements.ts'
import type { FootprintRepository } from './ports/footprints.ts'
import type { PartyRepository } from './ports/parties.ts'
import type { Registry } from './ports/registry.ts'
import type { Secrets, SigningKeys, TokenIssuer } from './ports/signing.ts'

/** The two buckets: anyone may read `public`; `private` is read through the API only. */
export type StorageArea = 'public' | 'private'

/** Object storage (S3, R2, OSS…). Keys are content-addressed or written once with the same bytes, so a retry is harmless. */
export interface ObjectStore {
  put(area: StorageArea, key: string, body: Uint8Array, meta: ObjectMeta): Promise<void>
  get(area: StorageArea, key: string): Promise<Uint8Array | null>
  exists(area: StorageArea, key: string): Promise<boolean>
}

export interface ObjectMeta {
  readonly contentType: string
  readonly cacheControl?: string
}

/** Time, ids and chance, given as arguments to everything that must be reproducible. */
export interface World {
  now(): Date
  newId(): string
  randomBytes(length: number): Uint8Array
}

/** Who asks: an API client of an organization, bound to a member where it acts for a person. */
export interface Actor {
  readonly clientId: string
  readonly organizationId: string
  readonly organizationKind: 'enterprise' | 'certification-body' | 'operator'
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

/** The engine that computes here: its version, and the digest of the module it was built into. */
export interface EngineRelease {
  readonly version: string
  readonly digest: string
}

/** What an installation is told by its environment. */
export interface Settings {
  /** Origin under which the world reaches this installation, without a trailing slash. */
  readonly publicUrl: string
  readonly engine: EngineRelease
  /** Life of an access token, seconds. */
  readonly tokenSeconds: number
}

/** Everything an action may use. */
export interface Ports {
  readonly settings: Settings
  readonly world: World
  readonly objects: ObjectStore
  readonly parties: PartyRepository
  readonly registry: Registry
  readonly footprints: FootprintRepository
  readonly engagements: EngagementRepository
  readonly credentials: CredentialRepository
  readonly keys: SigningKeys
  readonly tokens: TokenIssuer
  readonly secrets: Secrets
}
