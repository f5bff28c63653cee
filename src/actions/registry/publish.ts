/**
 * Publishes a frozen document: its canonical bytes under their digest first, then the row that makes it findable, with its entry
 * in the log. Whoever calls publishes the log afterwards.
 */

import { type Digest, digestOfBytes } from '../../json/digest.ts'
import { factorTableArea, factorTableKey, frozenCache, gwpSetKey, schemeKey } from '../../ports/objects.ts'
import type { GwpSetVersion, Publication, SchemeVersion } from '../../ports/registry.ts'
import type { Actor, Ports, RequestMark, StorageArea } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { canonicalTable } from '../../tables/canonical.ts'
import type { PublishedTable } from '../../tables/format.ts'
import { checkSuccession } from '../../tables/succession.ts'
import { idFor, versionIdOf } from '../identity.ts'
import { gwpSetEntry, schemeEntry, tableEntry } from './log-entries.ts'
import { tableVersionOf } from './table-version.ts'

/** A version to be published, and its canonical bytes, which are written only where they are not there. */
export interface Publishable<Version> {
  readonly version: Omit<Version, 'publishedAt'>
  canonical(): Uint8Array
}

type Publisher = Pick<Ports, 'objects' | 'registry' | 'world'>

/** Who publishes, and with which request. */
export interface PublishedBy {
  readonly actor: Actor
  readonly mark: RequestMark
}

/**
 * Publishes a factor-table version, drafted or not: its document first, in the public bucket only where the licence lets us
 * pass it on; then state, rows and its predecessor's standing in one transaction. Done again it changes nothing.
 *
 * @param ownerOrganizationId the enterprise whose private table it is; null for the public registry.
 * @throws Problem `published-version-changed` when the name stands with another digest; `factor-table-invalid` when the
 *   version does not follow the editions of its table; `stale-state` when another draft stands under its name.
 */
export async function publishTable(
  ports: Publisher,
  { actor, mark }: PublishedBy,
  document: PublishedTable,
  ownerOrganizationId: string | null = null,
): Promise<Publication> {
  const version = tableVersionOf(document, ownerOrganizationId)
  const { table, redistributable } = version
  // Asked first, though the transaction decides: what never comes to be published leaves nothing in the public bucket.
  const editions = await ports.registry.listTables(actor, { table })
  const published = editions.filter(({ state }) => state !== 'draft')
  if (!published.some((other) => other.version === version.version)) checkSuccession(version, published)
  const area = factorTableArea(redistributable)
  await putFrozen(ports, area, factorTableKey, {
    version,
    canonical: () => canonicalTable(document),
  })
  const at = ports.world.now()
  const auditId = idFor(ports.world, actor, mark, 'publish-factor-table')
  const note = { auditId, versionId: versionIdOf(table, version.version) }
  const standing = { ...version, state: 'published', publishedAt: at } as const
  const entry = tableEntry('published', standing, at)
  return ports.registry.publishTable({ actor, mark, at }, note, standing, document.table.factors, entry)
}

/** Publishes a GWP set. @throws Problem `published-version-changed`. */
export async function publishGwpSet(ports: Publisher, set: Publishable<GwpSetVersion>): Promise<Publication> {
  await putFrozen(ports, 'public', gwpSetKey, set)
  const version = { ...set.version, publishedAt: ports.world.now() }
  return ports.registry.publishGwpSet(version, gwpSetEntry(version))
}

/** Publishes a scheme version. @throws Problem `published-version-changed`. */
export async function publishScheme(
  ports: Publisher,
  scheme: Publishable<SchemeVersion>,
): Promise<Publication> {
  await putFrozen(ports, 'public', schemeKey, scheme)
  const version = { ...scheme.version, publishedAt: ports.world.now() }
  return ports.registry.publishScheme(version, schemeEntry(version))
}

async function putFrozen(
  ports: Publisher,
  area: StorageArea,
  keyOf: (digest: Digest) => string,
  document: Publishable<{ readonly digest: string; readonly version: string }>,
): Promise<void> {
  const digest = document.version.digest as Digest
  const key = keyOf(digest)
  if (await ports.objects.exists(area, key)) return
  const bytes = document.canonical()
  const found = digestOfBytes(bytes)
  if (found !== digest) {
    const detail = 'The canonical bytes do not have the digest that is to be published.'
    throw new Problem('stored-object-corrupt', detail, { expected: digest, found })
  }
  await ports.objects.put(area, key, bytes, {
    contentType: 'application/json',
    cacheControl: frozenCache(area),
  })
}
