/** Migrating a database that is in use: what stood before the trail is chained by the upgrade, in its order, and verifies. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../scripts/build.ts'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { digestOfEntry, verifyTrail, zeroHash } from '../../src/transparency/trail.ts'
import { type FreshDatabase, startFreshDatabase } from './fresh-database.ts'

const migrations = join(root, 'migrations')
let folder: string
let database: FreshDatabase

/** The migrations as they were before one of them. */
function migrationsBefore(tag: string): string {
  const before = join(folder, 'before')
  cpSync(migrations, before, { recursive: true })
  const path = join(before, 'meta', '_journal.json')
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { tag: string }[] }
  const place = journal.entries.findIndex((entry) => entry.tag === tag)
  expect(place, tag).toBeGreaterThan(0)
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, place) }))
  return before
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'egret-upgrade-'))
  database = await startFreshDatabase(migrationsBefore('0012_trail'))
}, 240_000)
afterAll(async () => {
  await database?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function rows<Row>(query: ReturnType<typeof sql>): Promise<Row[]> {
  return ((await database.db.execute(query)) as unknown as { rows: Row[] }).rows
}

const facts = [
  null,
  { to: 'applied', revision: 3 },
  { share: 0.05 },
  { from: 'decided', to: 'issued', 中: '值"' },
]

test('acts from before are chained in the order in which they were done, each in the chain of its subject', async () => {
  const organization = '00000000-0000-4000-8000-0000000000aa'
  const subjects = ['engagement', 'footprint', 'credential', 'job'].map((resource, index) => {
    return { resource, id: `00000000-0000-4000-8000-00000000000${index}` }
  })
  for (let number = 0; number < 400; number += 1) {
    const { resource, id } = subjects[number % 4] ?? { resource: 'job', id: organization }
    // Out of order, and several in one millisecond.
    const at = new Date(Date.UTC(2026, 0, 1) + ((number * 7919) % 100) * 1000)
    await database.db.execute(sql`insert into audit
      (id, at, organization_id, client_id, action, resource, resource_id, request_digest, facts) values
      (gen_random_uuid(), ${at.toISOString()}, ${organization}, ${organization}, ${`act-${number}`}, ${resource}, ${id}, 'd',
        ${JSON.stringify(facts[(number >> 2) % 4])}::jsonb)`)
  }
  await migrateDatabase(database.url, migrations)
  // Again: nothing changes.
  await migrateDatabase(database.url, migrations)

  const chains = await rows<{ chain: string; length: number; hash: string }>(
    sql`select * from trail_chains order by chain`,
  )
  expect(chains.map(({ chain, length }) => [chain, length])).toEqual([
    [`credential:${subjects[2]?.id}`, 100],
    [`engagement:${subjects[0]?.id}`, 100],
    [`footprint:${subjects[1]?.id}`, 100],
    [`organization:${organization}`, 100],
  ])
  for (const { chain, length, hash } of chains) {
    const entries = await rows<{ sequence: number; entry: string; hash: string; at: string; id: string }>(
      sql`select e.sequence, e.entry, e.hash, a.at::text as at, a.id from trail_entries e join audit a on a.id = e.audit_id
        where e.chain = ${chain} order by e.sequence`,
    )
    const links = entries.map((link) => ({ ...link, entryDigest: digestOfEntry(link.entry) }))
    expect(verifyTrail({ chain, previous: zeroHash, links })).toMatchObject({ intact: true, length, hash })
    const order = entries.map(({ at, id }) => `${at} ${id}`)
    expect(order).toEqual(order.toSorted())
  }
  // Nobody is told of what was done before there was anybody to tell.
  expect(await rows(sql`select id from messages`)).toEqual([])
})

test('what comes after goes on in the same chains', async () => {
  const id = '00000000-0000-4000-8000-000000000000'
  await database.db.execute(sql`insert into audit
    (id, at, organization_id, client_id, action, resource, resource_id, request_digest) values
    (gen_random_uuid(), now(), ${id}, ${id}, 'after', 'engagement', ${id}, 'd')`)
  expect(await rows(sql`select length from trail_chains where chain = ${`engagement:${id}`}`)).toEqual([
    { length: 101 },
  ])
})
