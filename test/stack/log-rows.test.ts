/** The log's rows: who has which place, whose turn it is, and what a lost turn changes. Races need PostgreSQL. */

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/database.ts'
import { logRepository } from '../../src/db/log.ts'
import { appendTakingTurn, turnAfterAppend } from '../../src/db/log-turn.ts'
import type { LogRepository, LogTurn, PublishedBatch, WantedTurn } from '../../src/ports/log.ts'
import { entry, type LogSystem, startLogSystem } from './log-system.ts'

const isOneSession = process.env.EGRET_DB !== 'postgres'
const note = isOneSession ? ' (skipped: PGlite is one session)' : ''

let system: LogSystem
let db: Db
let repository: LogRepository
beforeAll(async () => {
  system = await startLogSystem()
  db = system.db
  repository = logRepository(db)
}, 120_000)
afterAll(() => system.stop())
beforeEach(() => system.reset())

const now = () => new Date()
const wanted = (seconds = 60): WantedTurn => ({
  token: crypto.randomUUID(),
  at: now(),
  until: new Date(now().getTime() + seconds * 1000),
})
const some = () => entry(crypto.randomUUID())
const appendOne = () => repository.append(some(), now())

/** What a publisher would say of a turn; its checkpoint is only a text here. */
const batchOf = ({ leaves }: LogTurn): PublishedBatch => {
  const size = (leaves.at(-1)?.leafIndex ?? -1) + 1
  return { size, checkpoint: `checkpoint of ${size}`, subtrees: [], credentials: [], witnesses: [] }
}

/** An append that takes the turn in its own statement, as issuing does. */
async function appendAndTake(turn: WantedTurn, told = some()) {
  const guard = db.$with('deed').as(db.select({ id: sql<string>`'log'`.as('id') }).from(sql`log`))
  const appended = appendTakingTurn(db, 'deed', told, turn)
  const [row] = await db
    .with(guard, appended.head, appended.entry, appended.turn)
    .select({ leafIndex: appended.entry.leafIndex, state: appended.turn.state })
    .from(appended.entry)
    .leftJoin(appended.turn, sql`true`)
  if (row === undefined) throw new Error('nothing was appended')
  const leaf = { leafIndex: row.leafIndex, type: told.type, body: told.body }
  return { leaf, turn: turnAfterAppend(turn, row.state, { leaf }) }
}

describe('an append', () => {
  test('gets the next place, and its subject never another', async () => {
    const told = some()
    const before = await repository.head()
    const first = await repository.append(told, now())
    expect(first).toEqual({ leafIndex: before.size, isNew: true })
    expect(await repository.append(told, now())).toEqual({ leafIndex: before.size, isNew: false })
    expect((await repository.head()).size).toBe(before.size + 1)
    expect(await repository.leaves(before.size, 10)).toEqual([
      { leafIndex: before.size, type: 'engine', body: told.body },
    ])
  })

  test('takes the turn with it, and is the last of its leaves', async () => {
    const { leaf, turn } = await appendAndTake(wanted())
    expect(turn?.leaves.at(-1)).toEqual(leaf)
    expect(turn?.head.size).toBe(leaf.leafIndex + 1)
    expect(await repository.takeTurn(wanted())).toBeNull()
    expect((await appendAndTake(wanted())).turn).toBeNull()
    const head = await repository.endTurn(turn as LogTurn, batchOf(turn as LogTurn), now())
    expect(head).toMatchObject({ publishedSize: leaf.leafIndex + 1, size: leaf.leafIndex + 2 })
  })
})

describe('the turn', () => {
  test('is one holder’s until it is given back, or its time is over', async () => {
    await appendOne()
    const first = await repository.takeTurn(wanted())
    expect(await repository.takeTurn(wanted())).toBeNull()
    await repository.giveBack(first as LogTurn)
    const late = await repository.takeTurn(wanted(-1))
    const second = await repository.takeTurn(wanted())
    expect(late).not.toBeNull()
    expect(second?.leaves).toEqual(late?.leaves)
    await repository.giveBack(late as LogTurn)
    expect(await repository.takeTurn(wanted()), 'giving back what was lost').toBeNull()
    await repository.giveBack(second as LogTurn)
  })

  test('once lost changes nothing when it ends', async () => {
    await appendOne()
    const lost = (await repository.takeTurn(wanted(-1))) as LogTurn
    const held = (await repository.takeTurn(wanted())) as LogTurn
    const before = await repository.head()
    const witnessed = {
      ...batchOf(lost),
      witnesses: ['lost'],
      subtrees: [{ level: 6, index: 0, hash: '0'.repeat(64) }],
    }
    expect(await repository.endTurn(lost, witnessed, now())).toBeNull()
    expect(await repository.head()).toEqual(before)
    expect(await repository.subtrees(6, 0, 1)).toEqual([])
    expect(await repository.endTurn(held, batchOf(held), now())).toMatchObject({ publishedSize: before.size })
    expect(await repository.endTurn(held, batchOf(held), now()), 'ended twice').toBeNull()
  })

  test('is nobody’s where nothing waits, unless someone asks for it so', async () => {
    const { size } = await repository.head()
    expect(await repository.takeTurn(wanted())).toBeNull()
    const idle = (await repository.takeTurn(wanted(), 'idle')) as LogTurn
    expect(idle.head.publishedSize).toBe(size)
    await repository.giveBack(idle)
  })

  test('remembers what witnesses cosigned', async () => {
    await appendOne()
    const turn = (await repository.takeTurn(wanted())) as LogTurn
    await repository.endTurn(turn, { ...batchOf(turn), witnesses: ['w.example/a'] }, now())
    await appendOne()
    const next = (await repository.takeTurn(wanted())) as LogTurn
    expect(next.witnessed['w.example/a']).toBe(turn.head.size)
    await repository.endTurn(next, batchOf(next), now())
  })
})

describe.skipIf(isOneSession)(`of twenty at once${note}`, () => {
  const sessions = Array.from({ length: 20 }, (_, at) => at)

  test('appends have places without a gap, each its own', async () => {
    const before = await repository.head()
    const places = await Promise.all(sessions.flatMap(() => Array.from({ length: 5 }, () => appendOne())))
    const indices = places.map(({ leafIndex }) => leafIndex).sort((a, b) => a - b)
    expect(indices).toEqual(Array.from({ length: 100 }, (_, at) => before.size + at))
    expect((await repository.head()).size).toBe(before.size + 100)
  })

  test('appends of one subject, one is made and all have its place', async () => {
    const told = some()
    const places = await Promise.all(sessions.map(() => repository.append(told, now())))
    expect(places.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(places.map(({ leafIndex }) => leafIndex)).size).toBe(1)
  })

  test('publishers, at most one has the turn, and none of its leaves is missing', async () => {
    for (let round = 0; round < 10; round += 1) {
      await appendOne()
      const turns = await Promise.all(
        sessions.map((index) =>
          index % 2 === 0 ? repository.takeTurn(wanted()) : appendAndTake(wanted()).then(({ turn }) => turn),
        ),
      )
      const [turn, ...others] = turns.filter((taken) => taken !== null)
      expect(others).toEqual([])
      await repository.endTurn(turn as LogTurn, batchOf(turn as LogTurn), now())
    }
  })

  test('appends that take the turn and publish at once end with everything published', async () => {
    let published = 0
    await Promise.all(
      sessions.map(async () => {
        for (let round = 0; round < 20; round += 1) {
          const { turn } = await appendAndTake(wanted())
          const taken = turn ?? (await repository.takeTurn(wanted()))
          if (taken === null) continue
          const head = await repository.endTurn(taken, batchOf(taken), now())
          expect(head, 'a turn in hand is not lost').not.toBeNull()
          published += 1
        }
      }),
    )
    expect(published).toBeGreaterThan(0)
    const rest = await repository.takeTurn(wanted())
    if (rest !== null) await repository.endTurn(rest, batchOf(rest), now())
    const { size, publishedSize } = await repository.head()
    expect(publishedSize).toBe(size)
  })
})
