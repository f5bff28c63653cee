/** Object storage, as actions ask for it, and the keys and lifetimes of what is published there (docs/storage.md). */

import { type Digest, digestHex } from '../json/digest.ts'

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

/**
 * `Cache-Control` of what never changes under its name: a year, and no asking again (RFC 8246). What is private no shared
 * cache may keep.
 */
export function frozenCache(area: StorageArea): string {
  return `${area}, max-age=31536000, immutable`
}

/**
 * `Cache-Control` of heads that may change: DID documents, key sets, status lists. An isolate remembers them as long again, so that
 * nobody is shown what is older than thirty seconds.
 */
export const headCache = 'public, max-age=15'

/** A signed credential, in the public bucket. */
export function credentialKey(id: string): string {
  return `credentials/${id}.jwt`
}

/** A credential's tlog-proof, in the public bucket. */
export function receiptKey(id: string): string {
  return `credentials/${id}.tlog-proof`
}

/** A signed status list, in the public bucket. */
export function statusListKey(id: string): string {
  return `status/${id}.jwt`
}

/** A signed fact of a body's accreditation or approval, in the public bucket. */
export function accreditationKey(id: string): string {
  return `accreditations/${id}.jwt`
}

/** What lies under the log's prefix in the public bucket: `checkpoint`, `tile/…` (C2SP tlog-tiles). */
export function logKey(path: string): string {
  return `log/${path}`
}

/** The verifier keys of the log, one a line, the one that signs now first. */
export const logVerifierKeysKey = 'log/verifier-keys'

/** The installation's own DID document, in the public bucket. */
export const installationDidKey = 'did/installation.json'

/** A factor-table version's document; in which bucket its licence decides. */
export function factorTableKey(digest: Digest): string {
  return `factor-tables/${digestHex(digest)}.json`
}

/** Where a factor table's document lies: in public only where its licence lets us pass it on. */
export function factorTableArea(redistributable: boolean): StorageArea {
  return redistributable ? 'public' : 'private'
}

/** A GWP set's document, in the public bucket. */
export function gwpSetKey(digest: Digest): string {
  return `gwp-sets/${digestHex(digest)}.json`
}

/** A scheme version's document, in the public bucket. */
export function schemeKey(digest: Digest): string {
  return `schemes/${digestHex(digest)}.json`
}

/** An engine release as one ES module, in the public bucket. */
export function engineKey(digest: Digest): string {
  return `engine/${digestHex(digest)}.mjs`
}

/** A certification body's DID document, in the public bucket. */
export function bodyDidKey(slug: string): string {
  return `did/bodies/${slug}.json`
}

/** The public keys of the installation's tokens (RFC 7517), in the public bucket. */
export const tokenKeysKey = 'did/jwks.json'
