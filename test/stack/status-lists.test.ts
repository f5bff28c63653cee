/**
 * Status lists against real rows and a store that fails, loses, delays and hides: whatever happens to a written-through move, the
 * public list has it within three minutes, by the schedule that comes by each minute.
 */

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ListPublisher, publishLists } from '../../src/actions/status/publish-lists.ts'
import { sweepLists } from '../../src/actions/status/sweep-lists.ts'
import { readCompact } from '../../src/credential/compact.ts'
import { bitAt, readStatusList, statusListLength } from '../../src/credential/status-list.ts'
import { keyStore } from '../../src/db/keys.ts'
import { statusRepository } from '../../src/db/status.ts'
import { decodeUtf8 } from '../../src/json/encoding.ts'
import { statusListKey } from '../../src/ports/objects.ts'
import { newKeyCache, signingKeys } from '../../src/signing/keys.ts'
import { appendCredential, type LogSystem, startLogSystem } from './log-system.ts'

const statusSeconds = 900
const place = 94_567

let system: LogSystem
let ports: ListPublisher
let listId: string
let credentialId: string

beforeAll(async () => {
  system = await startLogSystem()
}, 120_000)
afterAll(() => system.stop())
beforeEach(async () => {
  await system.reset()
  ;[listId, credentialId] = [crypto.randomUUID(), crypto.randomUUID()]
  const bodyId = crypto.randomUUID()
  ports = await publisherFor(bodyId)
  await appendCredential(system, credentialId)
  await system.db.execute(sql`insert into status_lists
    (id, body_organization_id, purpose, number, length, version, published_version, created_at)
    values (${listId}, ${bodyId}, 'revocation', 1, ${statusListLength}, 0, -1, ${now()}::timestamptz)`)
  await system.db.execute(sql`insert into status_entries (list_id, index, credential_id, purpose, is_set)
    values (${listId}, ${place}, ${credentialId}, 'revocation', false)`)
  await sweepLists(ports)
})

const now = () => system.ports.world.now().toISOString()

/** A body with a key, and what publishing its lists asks of the world. */
async function publisherFor(bodyId: string): Promise<ListPublisher> {
  const { db, store, ports } = system
  await db.execute(sql`insert into organizations
    (id, kind, slug, name_en, country, request_digest, created_at)
    values (${bodyId}, 'certification-body', ${bodyId}, 'Body', 'SG', 'd', now())`)
  const keys = signingKeys({
    store: keyStore(db),
    ring: { activeId: 'test', keys: { test: new Uint8Array(32) } },
    world: ports.world,
    cache: newKeyCache(),
    algorithm: 'EdDSA',
    origin: 'https://egret.test',
    signerHosts: [],
  })
  await keys.ensureBodyKey(bodyId, `did:web:egret.test:bodies:${bodyId}`)
  const settings = { publicUrl: 'https://egret.test', statusSeconds } as ListPublisher['settings']
  return {
    keys,
    settings,
    objects: store,
    status: statusRepository(db),
    world: ports.world,
    notices: ports.notices,
  }
}

/** What a move leaves in the rows. */
async function revoke(): Promise<void> {
  await system.db.execute(sql`update status_entries set is_set = true where credential_id = ${credentialId}`)
  await system.db.execute(sql`update status_lists set version = version + 1 where id = ${listId}`)
}

/** Writes the move through, as its request does. */
const writeThrough = async () => publishLists(ports, await ports.status.listsOf(credentialId))

/** The public list as anyone reads it; undefined where there is none. */
async function shown() {
  const bytes = await system.store.get('public', statusListKey(listId))
  const read = readCompact(decodeUtf8(bytes ?? new Uint8Array()))
  return 'compact' in read ? readStatusList(read.compact.payload) : undefined
}

/** The bit that the public sees; undefined where it sees no list, or one that has expired. */
async function publicBit(): Promise<boolean | undefined> {
  const list = await shown()
  return list === undefined || list.validUntil <= now() ? undefined : bitAt(list.bits, place)
}

/** Seconds until the schedule, which comes by each minute, has made the revocation public. */
async function secondsUntilPublic(): Promise<number> {
  for (let seconds = 0; seconds <= 600; seconds += 60) {
    if ((await publicBit()) === true) return seconds
    system.wait(60)
    await sweepLists(ports)
  }
  throw new Error('the revocation is not public after ten minutes')
}

const itsList = () => `public/${statusListKey(listId)}`

describe('a revocation is public', () => {
  test('when its request is answered', async () => {
    expect(await publicBit()).toBe(false)
    await revoke()
    await writeThrough()
    expect(await publicBit()).toBe(true)
  })

  test('with the next sweep where its request died, or the store did not answer it', async () => {
    await revoke()
    expect(await secondsUntilPublic()).toBe(60)
  })

  test('with the first sweep after the store came back', async () => {
    await revoke()
    system.store.isDown = true
    await writeThrough()
    system.wait(60)
    await sweepLists(ports).catch(() => 0)
    system.store.isDown = false
    expect(await secondsUntilPublic()).toBe(60)
  })

  test('with the next sweep where its write was confirmed and lost', async () => {
    await revoke()
    system.store.losesWrites = (name) => name === itsList()
    await writeThrough()
    system.store.losesWrites = () => false
    expect(await publicBit()).toBe(false)
    expect(await secondsUntilPublic()).toBe(60)
  })

  test.each([0, 1])(
    'with the next sweep where an older list lands after it, %i minutes late',
    async (minutes) => {
      system.store.delaysWrites = (name) => name === itsList()
      await writeThrough()
      system.store.delaysWrites = () => false
      await revoke()
      await writeThrough()
      expect(await publicBit()).toBe(true)
      for (let minute = 0; minute < minutes; minute += 1) {
        system.wait(60)
        await sweepLists(ports)
      }
      system.store.land()
      expect(await publicBit()).toBe(false)
      expect(await secondsUntilPublic()).toBe(60)
    },
  )

  test('with the next sweep where its object was removed', async () => {
    await revoke()
    await writeThrough()
    system.store.remove(itsList())
    expect(await publicBit()).toBeUndefined()
    expect(await secondsUntilPublic()).toBe(60)
  })
})

describe('a list', () => {
  test('never expires while the schedule runs, and is not signed more often than it must be', async () => {
    const signatures = new Set<string>()
    for (let minute = 0; minute < 60; minute += 1) {
      system.wait(60)
      await sweepLists(ports)
      const list = await shown()
      expect(list && list.validUntil > now()).toBe(true)
      signatures.add(list?.validFrom ?? '')
    }
    // Less than two thirds of 15 minutes are left after more than five: every sixth minute.
    expect(signatures.size).toBe(11)
  })

  test('is made again from the rows to the same bits, whatever the bucket has lost', async () => {
    await revoke()
    await writeThrough()
    const before = await shown()
    system.store.remove(itsList())
    await sweepLists(ports)
    const again = await shown()
    expect(again?.bits).toEqual(before?.bits)
  })

  test('is not taken back by a publisher that read it before the move and remembers it after', async () => {
    const [old] = await ports.status.listsOf(credentialId)
    await revoke()
    await writeThrough()
    const { status, world } = ports
    await status.published(listId, old?.version ?? 0, world.now(), new Date(world.now().getTime() + 900_000))
    const { list } = await status.bits(listId)
    expect([list.version, list.publishedVersion]).toEqual([1, 1])
  })
})
