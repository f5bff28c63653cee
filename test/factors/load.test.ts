/** Published documents out of object storage: verified, kept within a bound, never used when corrupt. */

import { describe, expect, test } from 'vitest'
import { publishGwpSet, publishTable } from '../../src/actions/registry/publish.ts'
import { gwpSetVersionOf, tableVersionOf } from '../../src/actions/registry/table-version.ts'
import { heldBytes } from '../../src/factors/kept-documents.ts'
import { documentLoader } from '../../src/factors/load.ts'
import { factorTableArea, factorTableKey, gwpSetKey } from '../../src/ports/objects.ts'
import type { ObjectMeta, ObjectStore, Ports, StorageArea } from '../../src/ports.ts'
import { canonicalGwpSet, canonicalTable } from '../../src/tables/canonical.ts'
import type { PublishedGwpSet, PublishedTable } from '../../src/tables/format.ts'
import { gwpSet, table, tables } from './bundled.ts'

/** An object store in memory that counts reads. */
class CountingStore implements ObjectStore {
  readonly objects = new Map<string, Uint8Array>()
  readonly cacheControls: (string | undefined)[] = []
  reads = 0

  async put(area: StorageArea, key: string, body: Uint8Array, meta: ObjectMeta): Promise<void> {
    this.objects.set(`${area}/${key}`, body)
    this.cacheControls.push(meta.cacheControl)
  }

  async get(area: StorageArea, key: string): Promise<Uint8Array | null> {
    this.reads += 1
    return this.objects.get(`${area}/${key}`) ?? null
  }

  async exists(area: StorageArea, key: string): Promise<boolean> {
    return this.objects.has(`${area}/${key}`)
  }
}

const at = new Date('2026-11-23T00:00:00Z')

/** What publishing needs; the registry's rows are not what these tests are about. */
function publisher(objects: ObjectStore): Ports {
  const registry = {
    listTables: async () => [],
    publishTable: async () => 'published',
    publishGwpSet: async () => 'published',
  }
  return { objects, registry, world: { now: () => at } } as unknown as Ports
}

const by = {
  actor: {
    clientId: 'c',
    organizationId: 'o',
    organizationKind: 'operator',
    memberId: null,
    personId: null,
    scopes: [],
  },
  mark: { idempotencyKey: 'k', digest: 'd' },
} as const

function storeTable(objects: ObjectStore, published: PublishedTable): Promise<unknown> {
  return publishTable(publisher(objects), by, published)
}

function storeGwpSet(objects: ObjectStore, published: PublishedGwpSet): Promise<unknown> {
  const document = { version: gwpSetVersionOf(published, at), canonical: () => canonicalGwpSet(published) }
  return publishGwpSet(publisher(objects), document)
}

describe('storing', () => {
  test('puts a table into the public bucket only where its licence allows', async () => {
    const store = new CountingStore()
    await storeTable(store, table('cn-fuel'))
    await storeTable(store, table('ipcc-2006-mobile'))
    expect([...store.objects.keys()]).toEqual([
      `public/${factorTableKey(table('cn-fuel').table.digest)}`,
      `private/${factorTableKey(table('ipcc-2006-mobile').table.digest)}`,
    ])
  })

  test('lets no shared cache keep a table that may not be passed on', async () => {
    const store = new CountingStore()
    await storeTable(store, table('cn-fuel'))
    await storeTable(store, table('ipcc-2006-mobile'))
    expect(store.cacheControls).toEqual([
      'public, max-age=31536000, immutable',
      'private, max-age=31536000, immutable',
    ])
  })

  test('tells the registry what it needs', () => {
    const row = tableVersionOf(table('uk-desnz', '2025'))
    expect(row).toMatchObject({ table: 'uk-desnz', version: '2025', territory: 'GB', factorCount: 2672 })
  })
})

describe('loading', () => {
  test('reads a document once and gives the same table again', async () => {
    const store = new CountingStore()
    const { digest } = table('cn-fuel').table
    await storeTable(store, table('cn-fuel'))
    const loader = documentLoader(store)
    const first = await loader.table(digest, 'public')
    const second = await loader.table(digest, 'public')
    expect(first.table).toEqual(table('cn-fuel').table)
    expect(second).toBe(first)
    expect(store.reads).toBe(1)
  })

  test('drops the least recently used when the bound is reached', async () => {
    const store = new CountingStore()
    const [larger, smaller] = [table('cn-fuel'), table('ipcc-2006-mobile')]
    for (const published of [larger, smaller]) await storeTable(store, published)
    // Room for the larger document alone: the smaller one pushes it out, and is pushed out in turn.
    const loader = documentLoader(store, {
      heldBytesMax: heldBytes(canonicalTable(larger).length, larger.table.factors.length),
    })
    const reads: number[] = []
    for (const published of [larger, larger, smaller, smaller, larger]) {
      await loader.table(published.table.digest, published === larger ? 'public' : 'private')
      reads.push(store.reads)
    }
    expect(reads).toEqual([1, 1, 2, 2, 3])
  })

  test('refuses an object that is not the one its digest names', async () => {
    const store = new CountingStore()
    const { digest } = gwpSet('ipcc-ar6').set
    await storeGwpSet(store, gwpSet('ipcc-ar6'))
    const bytes = store.objects.get(`public/${gwpSetKey(digest)}`)!
    bytes[50]! ^= 1
    const loader = documentLoader(store)
    await expect(loader.gwpSet(digest)).rejects.toThrow('stored-object-corrupt')
    bytes[50]! ^= 1
    expect((await loader.gwpSet(digest)).values.CH4).toBe('27.0')
  })

  test('says so when a published document is gone', async () => {
    const loader = documentLoader(new CountingStore())
    await expect(loader.table(table('cn-fuel').table.digest, 'public')).rejects.toThrow('unavailable')
  })
})

describe('an isolate', () => {
  test('keeps all that is bundled, and reads each document once', async () => {
    const store = new CountingStore()
    const areaOf = ({ facts }: PublishedTable) => factorTableArea(facts.licence.redistributable)
    const meta = { contentType: 'application/json' }
    for (const published of tables) {
      const key = factorTableKey(published.table.digest)
      await store.put(areaOf(published), key, canonicalTable(published), meta)
    }
    const loader = documentLoader(store)
    for (let round = 0; round < 2; round += 1) {
      for (const published of tables) {
        const loaded = await loader.table(published.table.digest, areaOf(published))
        expect(loaded.table.factors).toHaveLength(published.table.factors.length)
      }
    }
    expect(store.reads).toBe(tables.length)
  })

  test('gives back what was published, row by row, though it keeps one copy of each text', async () => {
    const store = new CountingStore()
    const published = table('ipcc-2006-stationary')
    await storeTable(store, published)
    const loaded = await documentLoader(store).table(published.table.digest, 'private')
    expect(loaded.table).toEqual(published.table)
    expect(canonicalTable(loaded)).toEqual(canonicalTable(published))
  })

  test('counts a document by the heap it takes, and keeps none that is larger than all there is room for', async () => {
    const store = new CountingStore()
    const published = table('cn-fuel')
    await storeTable(store, published)
    const held = heldBytes(canonicalTable(published).length, published.table.factors.length)
    for (const [heldBytesMax, reads] of [
      [held, 1],
      [held - 1, 2],
    ] as const) {
      const before = store.reads
      const loader = documentLoader(store, { heldBytesMax })
      await loader.table(published.table.digest, 'public')
      await loader.table(published.table.digest, 'public')
      expect(store.reads - before).toBe(reads)
    }
  })
})

/** A store whose answers come when the test lets them. */
class WaitingStore extends CountingStore {
  readonly waiting: (() => void)[] = []
  override async get(area: StorageArea, key: string): Promise<Uint8Array | null> {
    const bytes = await super.get(area, key)
    await new Promise<void>((resolve) => this.waiting.push(resolve))
    return bytes
  }
}

describe('requests that want one document at once', () => {
  const { digest } = table('cn-fuel').table
  const moment = () => new Promise<void>((resolve) => setImmediate(resolve))
  const stored = async () => {
    const store = new WaitingStore()
    await storeTable(store, table('cn-fuel'))
    return store
  }

  test('fetch it once, each waiting on a timer of its own', async () => {
    const store = await stored()
    const loader = documentLoader(store, { pause: moment })
    const loads = Array.from({ length: 20 }, () => loader.table(digest, 'public'))
    await moment()
    expect(store.reads).toBe(1)
    store.waiting[0]?.()
    const loaded = await Promise.all(loads)
    expect(new Set(loaded).size).toBe(1)
    expect(store.reads).toBe(1)
  })

  test('load it themselves when the one that was first is cut off', async () => {
    const store = await stored()
    const loader = documentLoader(store, { pause: moment })
    // Its answer never comes: the request it belonged to is gone.
    void loader.table(digest, 'public')
    await moment()
    const second = loader.table(digest, 'public')
    while (store.waiting.length < 2) await moment()
    store.waiting[1]?.()
    expect((await second).table).toEqual(table('cn-fuel').table)
    expect((await loader.table(digest, 'public')).table).toBe((await second).table)
    expect(store.reads).toBe(2)
  })

  test('are refused one by one where it is corrupted, and served once it is right', async () => {
    const store = new CountingStore()
    await storeTable(store, table('cn-fuel'))
    const bytes = store.objects.get(`public/${factorTableKey(digest)}`)!
    bytes[100]! ^= 1
    const loader = documentLoader(store, { pause: moment })
    const loads = await Promise.allSettled(Array.from({ length: 5 }, () => loader.table(digest, 'public')))
    for (const load of loads) {
      expect(load.status === 'rejected' && load.reason.facts).toMatchObject({
        object: factorTableKey(digest),
        area: 'public',
        digest,
      })
    }
    bytes[100]! ^= 1
    expect((await loader.table(digest, 'public')).table).toEqual(table('cn-fuel').table)
  })
})
