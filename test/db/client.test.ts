import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'

// Neon's driver needs a global WebSocket: workerd's here, Node's own where the whole suite runs in Node.
describe('openDatabase', () => {
  const opened: OpenDatabase[] = []
  let roundTrips = 0

  function open(): OpenDatabase['db'] {
    const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
    const database = openDatabase({
      url,
      webSocketProxy,
      onRoundTrip: () => {
        roundTrips += 1
      },
    })
    opened.push(database)
    return database.db
  }

  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close()
    roundTrips = 0
  })

  test('opens no connection before the first statement, and closes without one', async () => {
    open()
    await opened[0]?.close()
    opened.splice(0)
    expect(roundTrips).toBe(0)
  })

  test('counts one round trip for a statement, with its parameters', async () => {
    const found = await open().execute(sql`select ${40}::int + ${2}::int as answer`)
    expect(found).toMatchObject({ rows: [{ answer: 42 }] })
    expect(roundTrips).toBe(1)
  })

  test('keeps all statements of a request on one connection, so that a transaction never waits for another', async () => {
    const db = open()
    const backend = () => db.execute(sql`select pg_backend_pid() as pid`)
    const before = await backend()
    await db.transaction(async (tx) => {
      await tx.execute(sql`select 1`)
    })
    expect(await backend()).toMatchObject({ rows: (before as unknown as { rows: unknown[] }).rows })
    // Two for the process ids; begin, select, commit for the transaction.
    expect(roundTrips).toBe(5)
  })

  test('undoes a transaction that throws', async () => {
    const db = open()
    await db.execute(sql`create temporary table undone (n int)`)
    await expect(
      db.transaction(async (tx) => {
        await tx.execute(sql`insert into undone values (1)`)
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await db.execute(sql`select count(*)::int as n from undone`)).toMatchObject({ rows: [{ n: 0 }] })
    await db.execute(sql`drop table undone`)
  })

  test('lets more requests through than the database has slots, one after the other', async () => {
    // PGlite is given 64 slots; a slot that is not freed would make the 65th request fail.
    for (let request = 0; request < 80; request += 1) {
      const db = open()
      await db.execute(sql`select 1`)
      await opened.pop()?.close()
    }
    expect(roundTrips).toBe(80)
  })

  test.skipIf(inject('databaseKind') === 'pglite')(
    'lets two requests hold transactions at once (skipped: PGlite is one session)',
    async () => {
      const [left, right] = [open(), open()]
      await left.transaction(async (tx) => {
        await tx.execute(sql`select 1`)
        await right.transaction(async (other) => {
          await other.execute(sql`select 1`)
        })
      })
      expect(roundTrips).toBe(6)
    },
  )
})
