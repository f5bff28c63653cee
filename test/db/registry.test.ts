/**
 * Publishing against a database that fails at any statement, rivals at the same moment, and a hand that writes SQL: what is
 * published is whole, once, and stays as it is.
 */

import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { publishTable } from '../../src/actions/registry/publish.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import type { Db } from '../../src/db/database.ts'
import { registryRows } from '../../src/db/registry.ts'
import { brokenConstraint } from '../../src/db/write-once.ts'
import type { FactorTableVersion } from '../../src/ports/registry.ts'
import type { ObjectStore, Ports } from '../../src/ports.ts'
import { canonicalTable } from '../../src/tables/canonical.ts'
import type { PublishedTable, TableFiles } from '../../src/tables/format.ts'
import { inspectTable } from '../../src/tables/parse.ts'
import { operatorToken, unique } from '../http/api.ts'
import { type Enterprise, enterprise } from '../http/cast.ts'
import { free, powerRow, publish, published, putDraft, tableFiles, withdraw } from '../http/tables.ts'

const isOneSession = inject('databaseKind') === 'pglite'
const note = isOneSession ? ' (skipped: PGlite is one session)' : ''

/** A database whose nth statement fails, before it is sent; a rollback afterwards goes through. */
function open(failAt = Number.POSITIVE_INFINITY): OpenDatabase & { statements(): number } {
  const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
  let statements = 0
  const onRoundTrip = () => {
    statements += 1
    if (statements === failAt) throw new Error('connection lost')
  }
  return { ...openDatabase({ url, webSocketProxy, onRoundTrip }), statements: () => statements }
}

let database: OpenDatabase
let operator: string
let client: Enterprise
beforeAll(async () => {
  database = open()
  operator = await operatorToken()
  client = await enterprise()
}, 60_000)
afterAll(() => database.close())

const actor = {
  clientId: '00000000-0000-4000-8000-000000000001',
  organizationId: '00000000-0000-4000-8000-000000000002',
  organizationKind: 'operator',
  memberId: null,
  personId: null,
  scopes: [],
} as const

/** A version as files make it; its rules are not what these tests are about. */
function tableOf(
  table: string,
  version: string,
  facts: Record<string, unknown> = {},
  rows?: readonly string[],
) {
  const { 'table.json': json, ...csv } = tableFiles(table, version, facts, rows)
  const files = { 'table.json': JSON.stringify(json), ...csv } as TableFiles
  return inspectTable(files, []).published as PublishedTable
}

/** Objects in memory, of which one write may fail, before or after it took hold. */
function store(failing: 'before' | 'after' | null = null) {
  const kept = new Map<string, string>()
  let fails = failing
  const objects: ObjectStore = {
    put: async (area, key, body) => {
      const [fail, once] = [fails, `${area}/${key}`]
      fails = null
      if (fail === 'before') throw new Error('connection lost')
      kept.set(once, new TextDecoder().decode(body))
      if (fail === 'after') throw new Error('connection lost')
    },
    get: async () => null,
    exists: async (area, key) => kept.has(`${area}/${key}`),
  }
  return { objects, kept }
}

function publishOn(db: Db, objects: ObjectStore, document: PublishedTable) {
  const world = { now: () => new Date('2026-11-26T00:00:00Z'), newId: () => crypto.randomUUID() }
  const ports = { objects, registry: registryRows(db), world } as unknown as Ports
  return publishTable(ports, { actor, mark: { idempotencyKey: null, digest: 'd' } }, document)
}

const rowsOf = async (table: string, version: string) => {
  const { rows } = (await database.db.execute(
    sql`select count(*)::int as n from factors where table_id = ${table} and version = ${version}`,
  )) as unknown as { rows: { n: number }[] }
  return rows[0]?.n
}
const versionsOf = (table: string) => registryRows(database.db).listTables(actor, { table })
const standing = async (table: string) =>
  (await versionsOf(table)).map(({ version, state, supersededBy }: FactorTableVersion) => [
    version,
    state,
    supersededBy,
  ])
const auditOf = async (table: string) => {
  const { rows } = (await database.db.execute(
    sql`select action from audit where facts ->> 'table' = ${table} order by at, id`,
  )) as unknown as { rows: { action: string }[] }
  return rows.map(({ action }) => action)
}

describe('publishing that fails', () => {
  const many = Array.from({ length: 1001 }, (_, at) => powerRow(`r${at}`, '0.2'))

  test('at any statement leaves nothing, and done again ends as if nothing had happened', async () => {
    // Counted on one that goes through: the editions, begin, the draft, the lock, the look, two loads of rows, their index, the
    // state, the predecessor, commit. A "begin" that is not sent began nothing, and leaves a driver that cannot be closed.
    const counting = open()
    const whole = unique('whole')
    await publishOn(database.db, store().objects, tableOf(whole, '1'))
    await publishOn(counting.db, store().objects, tableOf(whole, '2', { supersedes: '1' }, many))
    const statements = counting.statements()
    await counting.close()
    expect(statements).toBe(11)
    for (const at of [1, 3, 4, 5, 6, 7, 8, 9, 10, 11]) {
      const table = unique('failing')
      await publishOn(database.db, store().objects, tableOf(table, '1'))
      const next = tableOf(table, '2', { supersedes: '1' }, many)
      const failing = open(at)
      await expect(publishOn(failing.db, store().objects, next), `statement ${at}`).rejects.toThrow()
      await failing.close()
      expect(await standing(table), `statement ${at}`).toEqual([['1', 'published', null]])
      expect(await rowsOf(table, '2')).toBe(0)
      expect(await publishOn(database.db, store().objects, next)).toBe('published')
      expect(await standing(table)).toEqual([
        ['1', 'superseded', '2'],
        ['2', 'published', null],
      ])
      expect(await rowsOf(table, '2')).toBe(1001)
      expect(await auditOf(table)).toEqual(['publish-factor-table', 'publish-factor-table'])
    }
  }, 120_000)

  test.each(['before', 'after'] as const)(
    '%s its document is stored is done again to the same bytes',
    async (when) => {
      const table = tableOf(unique('storing'), '1', free)
      const failing = store(when)
      await expect(publishOn(database.db, failing.objects, table)).rejects.toThrow('connection lost')
      expect(await versionsOf(table.table.table)).toEqual([])
      expect(await publishOn(database.db, failing.objects, table)).toBe('published')
      expect([...failing.kept.values()]).toEqual([new TextDecoder().decode(canonicalTable(table))])
      expect([...failing.kept.keys()][0]).toMatch(/^public\//)
    },
  )

  test('after its commit, unseen, is answered as done', async () => {
    const table = tableOf(unique('unseen'), '1')
    expect(await publishOn(database.db, store().objects, table)).toBe('published')
    expect(await publishOn(database.db, store().objects, table)).toBe('unchanged')
    expect(await auditOf(table.table.table)).toEqual(['publish-factor-table'])
  })

  test('by its rules writes no document', async () => {
    const { objects, kept } = store()
    const orphan = tableOf(unique('orphan'), '2', { ...free, supersedes: '1' })
    await expect(publishOn(database.db, objects, orphan)).rejects.toThrow('factor-table-invalid')
    expect(kept.size).toBe(0)
  })
})

describe('a draft under the name of what is being published', () => {
  test('with the same content becomes it; with another it is not lost', async () => {
    const [same, other] = [unique('same'), unique('other')]
    await putDraft(operator, same, '1')
    await putDraft(operator, other, '1', tableFiles(other, '1', {}, [powerRow('power', '0.3')]))
    expect(await publishOn(database.db, store().objects, tableOf(same, '1'))).toBe('published')
    await expect(publishOn(database.db, store().objects, tableOf(other, '1'))).rejects.toThrow('stale-state')
    expect(await standing(other)).toEqual([['1', 'draft', null]])
  })
})

describe('pins', () => {
  test('are answered in one query with where each version stands by now, drafts and foreign tables left out', async () => {
    const table = unique('pins')
    const own = `${client.slug}.${unique('own')}`
    await published(operator, table, '1')
    await published(operator, table, '2', tableFiles(table, '2', { supersedes: '1' }))
    await putDraft(operator, table, '3')
    await published(client.machine, own, '1')
    await withdraw(operator, table, '2')
    const pins = [
      { table, version: '1' },
      { table, version: '2' },
      { table, version: '3' },
      { table: own, version: '1' },
      { table: 'none', version: '1' },
    ]
    const counting = open()
    const seenBy = async (organizationKind: 'operator' | 'enterprise', organizationId: string) => {
      const found = await registryRows(counting.db).findStandings(
        { organizationKind, organizationId, memberId: null },
        pins,
      )
      return found.map(({ version, state }) => `${version} ${state}`).sort()
    }
    expect(await seenBy('operator', actor.organizationId)).toEqual(['1 superseded', '2 withdrawn'])
    expect(counting.statements()).toBe(1)
    expect(await seenBy('enterprise', client.id)).toEqual(['1 published', '1 superseded', '2 withdrawn'])
    await counting.close()
  })
})

describe('a hand that writes SQL', () => {
  let table: string
  beforeAll(async () => {
    table = unique('frozen')
    await published(operator, table, '1')
    await published(operator, table, '2', tableFiles(table, '2', { supersedes: '1' }))
    await withdraw(operator, table, '2')
    await putDraft(operator, table, '3', tableFiles(table, '3', { supersedes: '2' }))
  })

  /** The constraint that refuses a statement; null when it went through. */
  async function refusedBy(statement: SQL): Promise<string | null> {
    try {
      await database.db.execute(statement)
      return null
    } catch (thrown) {
      return brokenConstraint(thrown) ?? String(thrown)
    }
  }
  const version = (set: SQL, name = '1') =>
    sql`update factor_table_versions set ${set} where table_id = ${table} and version = ${name}`

  test('changes nothing that a digest covers', async () => {
    for (const set of [
      sql`digest = 'sha256:0'`,
      sql`facts = '{}'`,
      sql`supersedes = '0'`,
      sql`redistributable = true`,
      sql`published_at = now()`,
    ]) {
      expect(await refusedBy(version(set))).toBe('factor_table_versions_frozen')
    }
    expect(await refusedBy(version(sql`version = '9'`))).toBe('factor_table_versions_name')
    expect(await refusedBy(version(sql`version = '9'`, '3'))).toBe('factor_table_versions_name')
  })

  test('moves no standing backwards', async () => {
    for (const [set, name] of [
      [sql`state = 'draft', published_at = null`, '1'],
      [sql`superseded_by = null`, '1'],
      [sql`superseded_by = '3'`, '1'],
      [sql`state = 'published', withdrawn_at = null, withdrawn_reason = null`, '2'],
      [sql`withdrawn_reason = 'another'`, '2'],
      [sql`state = 'withdrawn', withdrawn_at = now(), withdrawn_reason = 'x', published_at = now()`, '3'],
    ] as const) {
      expect(await refusedBy(version(set, name))).toMatch(/factor_table_versions_(standing|frozen)/)
    }
  })

  test('deletes nothing that is published, and touches no row', async () => {
    const named = sql`table_id = ${table} and version = '1'`
    expect(await refusedBy(sql`delete from factors where ${named}`)).toBe('factors_frozen')
    expect(await refusedBy(sql`update factors set body = '{}' where ${named}`)).toBe('factors_frozen')
    expect(await refusedBy(sql`truncate factors`)).toBe('factors_frozen')
    expect(await refusedBy(sql`delete from factor_table_versions where ${named}`)).toBe(
      'factor_table_versions_permanent',
    )
    const add = sql`insert into factors
      select (jsonb_populate_record(f, '{"id":"added"}')).* from factors f where ${named}`
    expect(await refusedBy(add)).toBe('factors_frozen')
    expect(await refusedBy(sql`delete from gwp_sets`)).toBe('gwp_sets_frozen')
    expect(await refusedBy(sql`update schemes set body = '{}'`)).toBe('schemes_frozen')
    expect(await refusedBy(sql`truncate gwp_sets`)).toBe('gwp_sets_frozen')
    expect(await refusedBy(sql`truncate schemes cascade`)).toBe('schemes_frozen')
    expect(await rowsOf(table, '1')).toBe(1)
  })

  test('gives no private table to the public, and no public name to an enterprise', async () => {
    const insert = (
      name: string,
      owner: string | null,
      isFree: boolean,
    ) => sql`insert into factor_table_versions
      (table_id, version, digest, state, owner_organization_id, redistributable, facts)
      values (${name}, '1', 'd', 'draft', ${owner}::uuid, ${isFree}, '{}')`
    expect(await refusedBy(insert(`${client.slug}.x`, null, false))).toBe('factor_table_versions_name_check')
    expect(await refusedBy(insert(unique('x'), client.id, false))).toBe('factor_table_versions_name_check')
    expect(await refusedBy(insert(`${client.slug}.x`, client.id, true))).toBe(
      'factor_table_versions_private_check',
    )
  })

  test('makes no second version before or after another', async () => {
    const successor = sql`insert into factor_table_versions
      (table_id, version, digest, state, redistributable, supersedes, facts, published_at)
      values (${table}, '2-b', 'd', 'published', false, '1', '{}', now())`
    expect(await refusedBy(successor)).toBe('factor_table_versions_successor_key')
    const predecessor = sql`insert into factor_table_versions
      (table_id, version, digest, state, redistributable, superseded_by, facts, published_at)
      values (${table}, '1-b', 'd', 'published', false, '2', '{}', now())`
    expect(await refusedBy(predecessor)).toBe('factor_table_versions_predecessor_key')
  })
})

describe.skipIf(isOneSession)(`of twenty at once${note}`, () => {
  const all = <Answer>(act: (index: number) => Promise<Answer>) =>
    Promise.all(Array.from({ length: 20 }, (_, index) => act(index)))

  test('publishers of one draft, all are answered the published version, and it is published once', async () => {
    const table = unique('race')
    await putDraft(operator, table, '1')
    const answers = await all(() => publish(operator, table, '1'))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await rowsOf(table, '1')).toBe(1)
    expect(await auditOf(table)).toEqual(['draft-factor-table', 'publish-factor-table'])
  })

  test('drafts of the same files, one is kept, and all are answered it', async () => {
    const table = unique('race')
    const answers = await all(() => putDraft(operator, table, '1'))
    expect(new Set(answers.map(({ body }) => body.digest)).size).toBe(1)
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201])
    expect(await auditOf(table)).toEqual(['draft-factor-table'])
  })

  test('installations set up on one database, each table is published once', async () => {
    const document = tableOf(unique('race'), '1')
    const databases = Array.from({ length: 20 }, () => open())
    const outcomes = await all((index) => publishOn(databases[index]!.db, store().objects, document))
    await Promise.all(databases.map(({ close }) => close()))
    expect(outcomes.filter((outcome) => outcome === 'published')).toHaveLength(1)
    expect(await rowsOf(document.table.table, '1')).toBe(1)
  })

  test('successors of one version, one follows it', async () => {
    const table = unique('race')
    await published(operator, table, '1')
    await all((index) =>
      putDraft(operator, table, `2-${index}`, tableFiles(table, `2-${index}`, { supersedes: '1' })),
    )
    const answers = await all((index) => publish(operator, table, `2-${index}`))
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused).toHaveLength(19)
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([422]))
    const followers = (await versionsOf(table)).filter(({ state }) => state === 'published')
    expect(followers).toHaveLength(1)
    expect((await versionsOf(table)).find(({ version }) => version === '1')?.supersededBy).toBe(
      followers[0]?.version,
    )
  })

  test('older editions of one version, one comes before it', async () => {
    const table = unique('race')
    await published(operator, table, '9')
    await all((index) =>
      putDraft(operator, table, `8-${index}`, tableFiles(table, `8-${index}`, { supersededBy: '9' })),
    )
    const answers = await all((index) => publish(operator, table, `8-${index}`))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 422]))
  })

  test('changes and publishings of one draft, what is published is what one of them wrote, whole', async () => {
    const table = unique('race')
    const first = await putDraft(operator, table, '1')
    const etag = { 'if-match': first.headers.get('etag') ?? '' }
    const answers = await all((index) =>
      index % 2 === 0
        ? publish(operator, table, '1')
        : putDraft(operator, table, '1', tableFiles(table, '1', {}, [powerRow('power', `0.${index}`)]), etag),
    )
    for (const { status } of answers) expect([200, 409, 412, 428]).toContain(status)
    await publish(operator, table, '1')
    const { rows } = (await database.db.execute(
      sql`select v.digest, f.body from factor_table_versions v join factors f using (table_id, version) where table_id = ${table}`,
    )) as unknown as { rows: { digest: string; body: { flows: { kg: string }[] } }[] }
    expect(rows).toHaveLength(1)
    const kg = rows[0]?.body.flows[0]?.kg ?? ''
    expect(tableOf(table, '1', {}, [powerRow('power', kg)]).table.digest).toBe(rows[0]?.digest)
  })

  test('withdrawals for different reasons, one stands', async () => {
    const table = unique('race')
    await published(operator, table, '1')
    const answers = await all((index) => withdraw(operator, table, '1', `Reason ${index}.`))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await auditOf(table)).toEqual([
      'draft-factor-table',
      'publish-factor-table',
      'withdraw-factor-table',
    ])
  })

  test('the pins of revisions are found by their index', async () => {
    const plan = await database.db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`)
      const explained = await tx.execute(sql`explain select 1 from revisions
        where definition -> 'calculation' -> 'factorTables' @> jsonb_build_array(jsonb_build_object('table', ${'a'}::text, 'version', ${'b'}::text))`)
      return JSON.stringify((explained as unknown as { rows: unknown }).rows)
    })
    expect(plan).toContain('revisions_pins_idx')
  })
})
