/** Finding what rests on a version must not read every footprint there is. */

import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { footprints, pinsOf, revisions } from '../../src/db/schema/footprints.ts'

const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
const database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
afterAll(() => database.close())

describe('what pins a version', () => {
  test.each([
    ['footprints_pins_idx', footprints],
    ['revisions_pins_idx', revisions],
  ])('is found by %s', async (index, table) => {
    const pin = JSON.stringify([{ table: 'cn-fuel', version: '2015' }])
    const found = sql`select 1 from ${table} where ${pinsOf(table.definition)} @> ${pin}::jsonb`
    const plan = await database.db.transaction(async (tx) => {
      // Over the few rows of a test a scan would be cheaper; local to this transaction.
      await tx.execute(sql`set local enable_seqscan = off`)
      return tx.execute(sql`explain ${found}`)
    })
    expect(JSON.stringify((plan as unknown as { rows: unknown[] }).rows)).toContain(index)
  })
})
