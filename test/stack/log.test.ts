/**
 * Publishing the log against real rows: batches, witnesses, crashes at every write, a store that loses, delays and hides, and states
 * that no crash leaves.
 */

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { publishAtOnce, publishLog, publishThrough, wantedTurn } from '../../src/actions/log/publish-log.ts'
import { sweepLog } from '../../src/actions/log/sweep-log.ts'
import { tellWhatStands } from '../../src/actions/registry/tell-what-stands.ts'
import { registryRows } from '../../src/db/registry.ts'
import { decodeUtf8, encodeUtf8 } from '../../src/json/encoding.ts'
import { batchMax, type LogTurn } from '../../src/ports/log.ts'
import type { Registry } from '../../src/ports/registry.ts'
import { readCheckpoint } from '../../src/transparency/checkpoint.ts'
import { leafHash, merkleRoot, verifyConsistency } from '../../src/transparency/merkle.ts'
import { parseVerifierKey, verifierKey, webCryptoEd25519 } from '../../src/transparency/note.ts'
import { verifyReceipt } from '../../src/transparency/receipt.ts'
import { tilePath, tilesOf } from '../../src/transparency/tiles.ts'
import { everyKill, type Kill, Process } from '../harness/faults.ts'
import {
  appendCredential,
  appendInBulk,
  appendMany,
  entry,
  type LogSystem,
  startLogSystem,
} from './log-system.ts'

let system: LogSystem
beforeAll(async () => {
  system = await startLogSystem()
}, 120_000)
afterAll(() => system.stop())
beforeEach(() => system.reset())

const ids = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b']
const checkpointKey = 'public/log/checkpoint'
const shown = async () => {
  const bytes = await system.ports.objects.get('public', 'log/checkpoint')
  return bytes === null ? undefined : readCheckpoint(bytes)
}

/** Everything that the log says of itself is there and right: the checkpoint, every tile and bundle, nothing waiting. */
async function expectWhole(): Promise<void> {
  const head = await system.ports.log.head()
  expect(head.publishedSize).toBe(head.size)
  const kept = system.store.snapshot()
  expect(text(kept[checkpointKey])).toBe(head.checkpoint)
  const leaves = await system.ports.log.leaves(0, head.size)
  expect(leaves.map(({ leafIndex }) => leafIndex)).toEqual(Array.from({ length: head.size }, (_, at) => at))
  const root = merkleRoot(leaves.map(({ body }) => leafHash(encodeUtf8(body))))
  expect(Buffer.from((await shown())?.root ?? []).toString('hex')).toBe(Buffer.from(root).toString('hex'))
  const missing = [...tilesOf(head.size)]
    .map(tilePath)
    .filter((path) => kept[`public/log/${path}`] === undefined)
  expect(missing).toEqual([])
}

const text = (hex: string | undefined) => decodeUtf8(Buffer.from(hex ?? '', 'hex'))

describe('publishing', () => {
  test('shows what was appended, and the credentials with receipts that hold', async () => {
    await appendMany(system, 3)
    const leafIndex = await appendCredential(system, ids[0] as string)
    const { receipts, head } = await publishLog(system.ports)
    expect(head).toMatchObject({ size: 4, publishedSize: 4 })
    await expectWhole()
    const kept = system.store.snapshot()
    expect(text(kept[`public/credentials/${ids[0]}.jwt`])).toBe(`jwt.of.${ids[0]}`)
    const receipt = receipts.get(ids[0] as string) as string
    expect(text(kept[`public/credentials/${ids[0]}.tlog-proof`])).toBe(receipt)
    const key = parseVerifierKey(await system.ports.logSigner.verifierKey())
    const { body } = entry(`credential:${ids[0]}`)
    const question = { receipt, entry: body, logs: key ? [key] : [], verify: webCryptoEd25519(crypto.subtle) }
    expect(await verifyReceipt(question)).toMatchObject({ index: leafIndex, checkpoint: { size: 4 } })
    expect((await system.ports.log.unconfirmedCredentials(10)).map(({ id }) => id)).toEqual([ids[0]])
  })

  test('goes on batch by batch, over the borders of tiles', async () => {
    for (const count of [255, 1, 1, batchMax + 300, 0, 700]) {
      await appendInBulk(system, count)
      await publishLog(system.ports)
    }
    await expectWhole()
    await sweepLog(system.ports)
    expect((await system.ports.log.head()).confirmedSize).toBe(255 + 2 + batchMax + 300 + 700)
    expect(system.notices).toEqual([])
  })

  test('of nothing does nothing', async () => {
    expect(await publishLog(system.ports)).toMatchObject({ head: null, batches: 0 })
    await sweepLog(system.ports)
    expect(system.store.snapshot()).toEqual({})
  })

  test('never fails an act: a store that is down is told, and the sweep ends it', async () => {
    await appendMany(system, 2)
    system.store.isDown = true
    expect(await publishAtOnce(system.ports)).toMatchObject({ head: null, isGoingOn: false })
    expect(system.notices).toMatchObject([
      { level: 'error', message: 'log-publish', error: { message: 'the store is down' } },
    ])
    system.store.isDown = false
    await sweepLog(system.ports)
    await expectWhole()
  })

  test('waits for who has the turn, and takes over when its time is up', async () => {
    await appendMany(system, 2)
    const held = (await system.ports.log.takeTurn(wantedTurn(system.ports))) as LogTurn
    expect(await publishLog(system.ports)).toMatchObject({ batches: 0 })
    const waiting = publishThrough(system.ports, 1, null)
    await system.ports.log.giveBack(held)
    expect((await waiting).head?.publishedSize).toBe(2)
    await appendMany(system, 1)
    await system.ports.log.takeTurn(wantedTurn(system.ports))
    system.wait(31)
    await publishLog(system.ports)
    await expectWhole()
  })

  test('writes nothing more for a turn whose time is over', async () => {
    await appendMany(system, 2)
    const turn = (await system.ports.log.takeTurn(wantedTurn(system.ports))) as LogTurn
    system.wait(31)
    expect(await publishLog(system.ports, { turn })).toMatchObject({ batches: 0 })
    expect(system.store.snapshot()[checkpointKey]).toBeUndefined()
  })
})

describe('what an older installation published', () => {
  const rows = () => ({ log: system.ports.log, registry: registryRows(system.db) as unknown as Registry })

  test('is told once, in the order in which it was done, private tables by digest alone', async () => {
    const hex = (digit: string) => `sha256:${digit.repeat(64)}`
    const owner = '00000000-0000-4000-8000-0000000000aa'
    await system.db.execute(sql`insert into gwp_sets (id, version, digest, title, published_at)
      values ('old-set', '1', ${hex('a')}, '{}', '2026-01-02T00:00:00Z')`)
    await system.db.execute(sql`insert into organizations (id, slug, kind, name_en, country, created_at, request_digest)
      values (${owner}::uuid, 'old', 'enterprise', 'Old', 'DE', now(), 'd')`)
    await system.db.execute(sql`insert into factor_table_versions (table_id, version, digest, state, owner_organization_id,
        redistributable, facts, published_at, withdrawn_at, withdrawn_reason)
      values ('old.own', '1', ${hex('b')}, 'withdrawn', ${owner}::uuid, false, '{}', '2026-01-01T00:00:00Z',
        '2026-01-03T00:00:00Z', 'r')`)
    expect(await tellWhatStands(rows())).toBe(3)
    expect(await tellWhatStands(rows())).toBe(0)
    const told = (await system.ports.log.leaves(0, 10)).map(({ body }) => JSON.parse(body))
    const [digest, schemaVersion] = [hex('b'), '1']
    expect(told).toMatchObject([
      { act: 'published', at: '2026-01-01T00:00:00Z' },
      { type: 'gwp-set', identifier: 'old-set', version: '1', digest: hex('a'), at: '2026-01-02T00:00:00Z' },
      { act: 'withdrawn', at: '2026-01-03T00:00:00Z' },
    ])
    const { at: _at, ...withdrawn } = told[2]
    expect(withdrawn).toEqual({ type: 'factor-table', act: 'withdrawn', digest, schemaVersion })
  })
})

describe('a crash', () => {
  /** Two publications, the second across a border of tiles; each step may be run again by whoever comes after. */
  const steps = [
    async () => {
      await appendMany(system, 3)
      await appendCredential(system, ids[0] as string)
    },
    async () => {
      await appendInBulk(system, 255)
      await appendCredential(system, ids[1] as string)
    },
  ]

  /** Runs the steps, each published by a process that may be killed; a new one sweeps after it. */
  async function run(kill: Kill | null): Promise<number> {
    const process = new Process(kill)
    for (const append of steps) {
      await append()
      await publishLog(process.isDead ? system.ports : process.ports(system.ports)).catch(() => {})
      if (!process.isDead) continue
      system.wait(31)
      await sweepLog(system.ports)
    }
    system.wait(180)
    for (let sweeps = 0; sweeps < 3; sweeps += 1) await sweepLog(system.ports)
    expect(process.isDead).toBe(kill !== null)
    return process.writes
  }

  test('before or after any write ends as if nothing had happened, byte for byte', async () => {
    const writes = await run(null)
    await expectWhole()
    const uninterrupted = system.store.snapshot()
    expect(writes).toBeGreaterThan(15)
    for (const kill of everyKill(writes)) {
      await system.reset()
      await run(kill)
      await expectWhole()
      expect(system.store.snapshot(), JSON.stringify(kill)).toEqual(uninterrupted)
      const { size, confirmedSize } = await system.ports.log.head()
      expect(confirmedSize).toBe(size)
      expect(await system.ports.log.unconfirmedCredentials(10)).toEqual([])
    }
  }, 120_000)
})

describe('a store', () => {
  async function published(): Promise<Readonly<Record<string, string>>> {
    await appendMany(system, 3)
    await appendCredential(system, ids[0] as string)
    await publishLog(system.ports)
    return system.store.snapshot()
  }

  test('that loses a write after it confirmed it is found out, whichever write it was', async () => {
    const whole = await published()
    for (const lost of Object.keys(whole)) {
      await system.reset()
      system.store.losesWrites = (name) => name === lost
      await published()
      expect(system.store.snapshot()[lost]).toBeUndefined()
      system.store.losesWrites = () => false
      expect((await sweepLog(system.ports)).rewritten, lost).toBe(1)
      expect(system.store.snapshot()).toEqual(whole)
      expect((await sweepLog(system.ports)).rewritten).toBe(0)
    }
  })

  test('that keeps a write which it had failed puts nothing back for good', async () => {
    await appendMany(system, 3)
    await appendCredential(system, ids[0] as string)
    system.store.delaysWrites = (name) => name === checkpointKey || name.endsWith('.tlog-proof')
    await publishAtOnce(system.ports)
    system.store.delaysWrites = () => false
    await appendMany(system, 2)
    await publishLog(system.ports)
    const whole = system.store.snapshot()
    system.store.land()
    expect((await shown())?.size).toBe(4)
    expect((await sweepLog(system.ports)).rewritten).toBe(1)
    expect(system.store.snapshot()).toEqual(whole)
  })

  test('that keeps a late receipt is put right until everyone is done with it', async () => {
    await appendMany(system, 3)
    await appendCredential(system, ids[0] as string)
    system.store.delaysWrites = (name) => name.endsWith('.tlog-proof')
    await publishAtOnce(system.ports)
    system.store.delaysWrites = () => false
    await appendMany(system, 2)
    await publishLog(system.ports)
    const whole = system.store.snapshot()
    await sweepLog(system.ports)
    expect(await system.ports.log.unconfirmedCredentials(10)).toHaveLength(1)
    system.store.land()
    expect((await sweepLog(system.ports)).rewritten).toBe(1)
    expect(system.store.snapshot()).toEqual(whole)
    system.wait(121)
    await sweepLog(system.ports)
    expect(await system.ports.log.unconfirmedCredentials(10)).toEqual([])
  })

  test('that shows what was there before stops nothing and spoils nothing', async () => {
    await published()
    system.store.readsStale = () => true
    await appendMany(system, 2)
    await publishLog(system.ports)
    await sweepLog(system.ports)
    system.store.readsStale = () => false
    await sweepLog(system.ports)
    await expectWhole()
  })
})

describe('what no crash leaves', () => {
  const refused = (act: () => Promise<unknown>) => expect(act()).rejects.toThrow('log-inconsistent')

  /** The rows as they were before the last publication, as a restored copy has them. */
  async function restoredTo(size: number): Promise<void> {
    await system.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql`delete from log_entries where leaf_index >= ${size}`)
      await tx.execute(
        sql`update log set size = ${size}, published_size = 0, confirmed_size = 0, checkpoint = null`,
      )
    })
  }

  test('a bucket that is ahead of Postgres is refused, and nothing is signed or overwritten', async () => {
    await appendMany(system, 5)
    await publishLog(system.ports)
    const before = system.store.snapshot()
    await restoredTo(3)
    await refused(() => publishLog(system.ports))
    await refused(() => sweepLog(system.ports))
    await system.ports.log.append(entry('other'), system.ports.world.now())
    await refused(() => publishLog(system.ports))
    await system.ports.log.append(entry('another'), system.ports.world.now())
    await refused(() => publishLog(system.ports))
    await system.ports.log.append(entry('a third'), system.ports.world.now())
    await refused(() => publishLog(system.ports))
    expect(system.store.snapshot()).toEqual(before)
  })

  test('an idle log whose bucket is ahead, or has another root, is refused by the sweep', async () => {
    await appendMany(system, 2)
    await publishLog(system.ports)
    const ahead = await system.ports.logSigner.sign(7, new Uint8Array(32), null)
    await system.store.put('public', 'log/checkpoint', encodeUtf8(ahead))
    await refused(() => sweepLog(system.ports))
    const other = await system.ports.logSigner.sign(2, new Uint8Array(32), null)
    await system.store.put('public', 'log/checkpoint', encodeUtf8(other))
    await refused(() => sweepLog(system.ports))
    await appendMany(system, 1)
    await refused(() => publishLog(system.ports))
  })

  test('a checkpoint that is not ours is none: it is written over', async () => {
    await appendMany(system, 2)
    await publishLog(system.ports)
    for (const foreign of ['nonsense', 'egret.test/log\n99\nAAAA\n\n— egret.test/log AAAA\n']) {
      await system.store.put('public', 'log/checkpoint', encodeUtf8(foreign))
      expect((await sweepLog(system.ports)).rewritten).toBe(1)
      await expectWhole()
    }
  })

  test('leaves that are gone, and a stored root that the rows do not lead to, are refused', async () => {
    await appendMany(system, 4)
    await publishLog(system.ports)
    await appendMany(system, 2)
    await withoutTriggers(sql`update log_entries set body = '{"subject":"forged"}' where leaf_index = 1`)
    await refused(() => publishLog(system.ports))
    await withoutTriggers(sql`delete from log_entries where leaf_index = 1`)
    system.wait(31)
    await refused(() => publishLog(system.ports))
    expect((await shown())?.size).toBe(4)
  })

  async function withoutTriggers(statement: ReturnType<typeof sql>): Promise<void> {
    await system.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(statement)
    })
  }
})

describe('witnesses', () => {
  /** One that keeps what it has seen, checks proofs, and signs nothing real. */
  function witness(name: string) {
    let seen = { size: 0, root: new Uint8Array(0) as Uint8Array }
    const asked: number[] = []
    const key = verifierKey(name, 'cosignature', new Uint8Array(32))
    const ask: LogSystem['ports']['witnesses']['ask'] = async (_name, { old, proof, checkpoint }) => {
      asked.push(old)
      const note = readCheckpoint(checkpoint)
      if (note === undefined) return { refused: 'no checkpoint' }
      if (old !== seen.size) return { size: seen.size }
      const claim = { oldSize: old, newSize: note.size, oldRoot: seen.root, newRoot: note.root }
      if (old > 0 && !verifyConsistency(claim, proof)) return { refused: 'no proof' }
      seen = { size: note.size, root: note.root }
      return { cosignatures: [`— ${name} ${Buffer.from(new Uint8Array(76)).toString('base64')}\n`] }
    }
    return { name, verifierKey: key.name, ask, asked, seen: () => seen.size }
  }

  function use(...all: ReturnType<typeof witness>[]): void {
    system.witness({
      witnesses: all,
      ask: (name, request) =>
        all.find((one) => one.name === name)?.ask(name, request) ?? Promise.resolve({ refused: 'unknown' }),
    })
  }

  test('cosign what they have proof of, and are asked from what they have seen', async () => {
    const one = witness('one.example/w')
    use(one)
    for (const count of [3, 300, 1]) {
      await appendInBulk(system, count)
      await publishLog(system.ports)
      expect((await shown())?.note.signatures.map(({ name }) => name)).toEqual(['egret.test/log', one.name])
    }
    expect(one.asked).toEqual([0, 3, 303])
    expect(one.seen()).toBe(304)
    expect(system.notices).toEqual([])
  })

  test('that have seen something else are asked again from there', async () => {
    const one = witness('one.example/w')
    use(one)
    await appendMany(system, 2)
    await publishLog(system.ports)
    await withoutMemory()
    await appendMany(system, 2)
    await publishLog(system.ports)
    expect(one.asked).toEqual([0, 0, 2])
    expect(one.seen()).toBe(4)
  })

  test('that were away for tiles are shown a proof out of the bucket', async () => {
    const one = witness('one.example/w')
    use(one)
    await appendInBulk(system, 300)
    await publishLog(system.ports)
    use({ ...one, ask: async () => ({ refused: 'no answer' }) })
    for (const count of [5000, 1]) {
      await appendInBulk(system, count)
      await publishLog(system.ports)
    }
    use(one)
    await appendInBulk(system, 66_000)
    await publishLog(system.ports, { batchesMax: 100 })
    expect(one.asked.slice(0, 2)).toEqual([0, 300])
    expect(one.seen()).toBe(71_301)
    await expectWhole()
  }, 60_000)

  const withoutMemory = () => system.db.execute(sql`delete from log_witnesses`)

  test('that were away are asked again by the sweep, though the log does not grow', async () => {
    const [here, away] = [witness('here.example/w'), witness('away.example/w')]
    const down = { ...away, ask: async () => ({ refused: 'no answer' }) }
    use(here, down)
    await appendMany(system, 3)
    await publishLog(system.ports)
    const before = await system.ports.log.head()
    await sweepLog(system.ports)
    expect((await shown())?.note.signatures.map(({ name }) => name)).toEqual(['egret.test/log', here.name])
    use(here, away)
    await sweepLog(system.ports)
    const names = ['egret.test/log', here.name, away.name]
    expect((await shown())?.note.signatures.map(({ name }) => name)).toEqual(names)
    const after = await system.ports.log.head()
    expect(after.checkpoint?.startsWith(before.checkpoint ?? '')).toBe(true)
    expect({ ...after, checkpoint: null, confirmedSize: 0 }).toEqual({
      ...before,
      checkpoint: null,
      confirmedSize: 0,
    })
    // Nobody is asked twice for what is there, and the next leaf finds both where they are.
    expect([here.asked, away.asked]).toEqual([[0], [0]])
    await sweepLog(system.ports)
    await appendMany(system, 1)
    await publishLog(system.ports)
    expect([here.asked, away.asked]).toEqual([
      [0, 3],
      [0, 3],
    ])
    await expectWhole()
  })

  test('that are down, slow or talk nonsense stop nothing', async () => {
    const good = witness('good.example/w')
    const down = { ...witness('down.example/w'), ask: async () => ({ refused: 'no answer' }) }
    const odd = { ...witness('odd.example/w'), ask: async () => ({ cosignatures: ['nonsense'] }) }
    const slow = { ...witness('slow.example/w'), ask: () => new Promise<never>(() => {}) }
    use(down, odd, slow, good)
    await appendMany(system, 2)
    await publishLog(system.ports)
    await expectWhole()
    expect((await shown())?.note.signatures.map(({ name }) => name)).toEqual(['egret.test/log', good.name])
    const told = system.notices.map(({ witness: name }) => name)
    expect(new Set(told)).toEqual(new Set([down.name, odd.name, slow.name]))
  })
})

describe('twenty at once', () => {
  test('append and publish, and the log is whole', async () => {
    const publishers = Array.from({ length: 20 }, (_, at) => at)
    await Promise.all(
      publishers.map(async (at) => {
        for (let round = 0; round < 10; round += 1) {
          const { leafIndex } = await system.ports.log.append(entry(`${at}/${round}`), new Date())
          await publishThrough(system.ports, leafIndex, null)
        }
      }),
    )
    await publishLog(system.ports)
    await expectWhole()
    expect((await system.ports.log.head()).size).toBe(200)
    expect(system.notices).toEqual([])
  }, 60_000)
})
