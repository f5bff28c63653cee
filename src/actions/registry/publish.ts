/** Publishes a frozen document: its canonical bytes under their digest first, then the row that makes it findable. */

import type { EmissionFactor } from '../../engine/types.ts'
import { type Digest, digestOfBytes } from '../../json/digest.ts'
import { factorTableArea, factorTableKey, frozenCache, gwpSetKey, schemeKey } from '../../ports/objects.ts'
import type { FactorTableVersion, GwpSetVersion, Publication, SchemeVersion } from '../../ports/registry.ts'
import type { Ports, StorageArea } from '../../ports.ts'
import { Problem } from '../../problem.ts'

/** A version to be published, with its canonical bytes. */
export interface Publishable<Version> {
  readonly version: Omit<Version, 'publishedAt'>
  readonly canonical: Uint8Array
}

type Publisher = Pick<Ports, 'objects' | 'registry' | 'world'>

/**
 * Publishes a factor-table version; in the private bucket where its licence does not let us pass it on.
 *
 * @throws Problem `published-version-changed` when the name stands with another digest.
 */
export async function publishTable(
  ports: Publisher,
  table: Publishable<FactorTableVersion>,
  factors: readonly EmissionFactor[],
): Promise<Publication> {
  const area = factorTableArea(table.version.redistributable)
  await putFrozen(ports, area, factorTableKey, table)
  return ports.registry.publishTable({ ...table.version, publishedAt: ports.world.now() }, factors)
}

/** Publishes a GWP set. @throws Problem `published-version-changed`. */
export async function publishGwpSet(ports: Publisher, set: Publishable<GwpSetVersion>): Promise<Publication> {
  await putFrozen(ports, 'public', gwpSetKey, set)
  return ports.registry.publishGwpSet({ ...set.version, publishedAt: ports.world.now() })
}

/** Publishes a scheme version. @throws Problem `published-version-changed`. */
export async function publishScheme(
  ports: Publisher,
  scheme: Publishable<SchemeVersion>,
): Promise<Publication> {
  await putFrozen(ports, 'public', schemeKey, scheme)
  return ports.registry.publishScheme({ ...scheme.version, publishedAt: ports.world.now() })
}

async function putFrozen(
  ports: Publisher,
  area: StorageArea,
  keyOf: (digest: Digest) => string,
  document: Publishable<{ readonly digest: string; readonly version: string }>,
): Promise<void> {
  const digest = digestOfBytes(document.canonical)
  if (digest !== document.version.digest) {
    throw new Problem(
      'stored-object-corrupt',
      'The canonical bytes do not have the digest that is to be published.',
      {
        expected: document.version.digest,
        found: digest,
      },
    )
  }
  const key = keyOf(digest)
  if (await ports.objects.exists(area, key)) return
  await ports.objects.put(area, key, document.canonical, {
    contentType: 'application/json',
    cacheControl: frozenCache(area),
  })
}
