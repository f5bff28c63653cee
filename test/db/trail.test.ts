/** The audit trail as the database writes it: chained, without holes, and closed to a hand that writes SQL past every rule. */

import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { sweepTrail } from '../../src/actions/trail/sweep-trail.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { brokenConstraint } from '../../src/db/write-once.ts'
import {
  digestOfEntry,
  entryText,
  saltedDigest,
  type TrailEntry,
  verifyTrail,
  zeroHash,
} from '../../src/transparency/trail.ts'
import { verifySeal } from '../../src/transparency/trail-seal.ts'
import { openTestPorts } from '../harness/ports.ts'
import { call, operatorToken, unique } from '../http/api.ts'
import { type Body, body, type Enterprise, engagementIn, enterprise, move } from '../http/cast.ts'

let database: OpenDatabase
let client: Enterprise
let certifier: Body
let engagement: string
beforeAll(async () => {
  const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
  client = await enterprise()
  certifier = await body()
  engagement = await engagementIn('reviewed', client, certifier)
}, 60_000)
afterAll(() => database.close())

interface Stored {
  readonly sequence: number
  readonly entry: string
  readonly hash: string
  readonly salt: string | null
  readonly deed: Record<string, unknown>
}

async function rows<Row>(query: SQL): Promise<Row[]> {
  return ((await database.db.execute(query)) as unknown as { rows: Row[] }).rows
}

const stored = (chain: string) =>
  rows<Stored>(sql`select e.sequence, e.entry, e.hash, e.salt, to_jsonb(a) as deed
    from trail_entries e join audit a on a.id = e.audit_id where e.chain = ${chain} order by e.sequence`)

const headOf = async (chain: string) =>
  (
    await rows<{ length: number; hash: string }>(
      sql`select length, hash from trail_chains where chain = ${chain}`,
    )
  )[0]

async function verdictOf(chain: string) {
  const links = (await stored(chain)).map(({ sequence, entry, hash }) => {
    return { sequence, entry, entryDigest: digestOfEntry(entry), hash }
  })
  return verifyTrail({ chain, previous: zeroHash, links })
}

/** The constraint that refuses a statement; null when it went through. */
async function refusedBy(statement: SQL): Promise<string | null> {
  try {
    await database.db.execute(statement)
    return null
  } catch (thrown) {
    return brokenConstraint(thrown) ?? String(thrown)
  }
}

/** An act by a hand that writes SQL; `changes` replaces what it says. */
function act(changes: Readonly<Record<string, unknown>> = {}): SQL {
  const id = crypto.randomUUID()
  const row = {
    id,
    at: '2026-01-01T00:00:00.123Z',
    organization_id: client.id,
    client_id: id,
    action: 'try',
    resource: 'job',
    resource_id: id,
    request_digest: 'sha256:0',
    kind: 'ordinary',
    ...changes,
  }
  return sql`insert into audit select * from jsonb_populate_record(null::audit, ${JSON.stringify(row)}::jsonb)`
}

/** The entry as a reader builds it from the columns. */
function rebuilt({ deed, salt, sequence }: Stored): string {
  return entryText({
    action: deed.action,
    at: new Date(String(deed.at)).toISOString(),
    chain: deed.chain,
    clientId: deed.client_id,
    digest: saltedDigest(salt ?? '', String(deed.request_digest)),
    facts: deed.facts,
    id: deed.id,
    kind: deed.kind,
    memberId: deed.member_id,
    organizationId: deed.organization_id,
    personId: deed.person_id,
    resource: deed.resource,
    resourceId: deed.resource_id,
    role: deed.role,
    sequence,
  } as TrailEntry)
}

describe('a chain', () => {
  test('holds every act of an engagement, in its order, and verifies', async () => {
    const chain = `engagement:${engagement}`
    const acts = await rows<{ count: number }>(
      sql`select count(*)::integer as count from audit where resource = 'engagement' and resource_id = ${engagement}`,
    )
    const verdict = await verdictOf(chain)
    expect(verdict).toEqual({ intact: true, ...(await headOf(chain)) })
    expect(verdict).toMatchObject({ length: acts[0]?.count })
  })

  test('holds the very bytes that a reader builds from the columns', async () => {
    for (const chain of [
      `engagement:${engagement}`,
      `organization:${client.id}`,
      `organization:${certifier.id}`,
    ]) {
      const links = await stored(chain)
      expect(links.length).toBeGreaterThan(0)
      for (const link of links) expect(rebuilt(link)).toBe(link.entry)
    }
  })

  test('writes canonical JSON of whatever facts say', async () => {
    const facts = {
      b: ['\u0001\t"\\/', '碳足迹', '\u{1f600}', '\u007f'],
      a: { z: null, y: true, x: [], w: {} },
      numbers: [0, -7, 9007199254740991, 0.5, -0.0001, 123456.789],
      ключ: 1,
      '': 'empty',
    }
    const chain = `organization:${crypto.randomUUID()}`
    await database.db.execute(act({ facts, chain }))
    const [link] = await stored(chain)
    expect(link && rebuilt(link)).toBe(link?.entry)
  })

  test('is the subject’s: of the organization that a member is made in, not of the operator who makes it', async () => {
    const actions = (await stored(`organization:${client.id}`)).map(({ deed }) => deed.action)
    expect(actions[0]).toBe('create-organization')
    expect(actions).toEqual(expect.arrayContaining(['create-member', 'create-client']))
  })

  test('tells the role that let a move pass, and the version that it led to', async () => {
    const entries = (await stored(`engagement:${engagement}`)).map(({ entry }) => JSON.parse(entry))
    const roles = Object.fromEntries(entries.map(({ action, role }) => [action, role]))
    expect(roles).toMatchObject({ accept: 'body-manager', propose: 'lead-verifier', concur: 'reviewer' })
    const versions = entries.slice(1).map(({ facts }) => facts.version)
    expect(versions).toEqual([...versions].sort((one, other) => one - other))
    expect(versions.at(-1)).toBeGreaterThan(1)
  })

  test('tells of every act in which role it was done, and what the installation did of itself', async () => {
    const nobody = '00000000-0000-0000-0000-000000000000'
    const silent = sql`select distinct action from audit where role is null and organization_id in (${client.id}, ${certifier.id}, ${nobody})`
    expect(await rows(silent)).toEqual([])
    const [ofItself] = await rows<{ kinds: string[]; roles: string[] }>(sql`
      select array_agg(distinct kind) as kinds, array_agg(distinct role) as roles from audit where organization_id = ${nobody}`)
    expect(ofItself).toEqual({ kinds: ['system'], roles: ['installation'] })
    const roles = await rows<{ role: string }>(
      sql`select distinct role from audit where organization_id = ${client.id} and resource = 'footprint' order by role`,
    )
    // Who drafts is asked for no role: what they held is kept. Who submits answers for it.
    expect(roles).toEqual([{ role: 'preparer' }, { role: 'responsible' }])
    const made = sql`select role from audit where resource = 'client' and chain = ${`organization:${client.id}`} order by at limit 1`
    expect(await rows(made)).toEqual([{ role: 'operator' }])
  })

  test('has no entry of an act whose statement failed', async () => {
    const chain = `organization:${crypto.randomUUID()}`
    const failing = sql`with made as (${act({ chain })} returning id) select 1 / (count(*)::integer - 1) from made`
    expect(await refusedBy(failing)).not.toBeNull()
    expect(await refusedBy(act({ chain, kind: 'harmless' }))).toBe('audit_kind_check')
    expect([await stored(chain), await headOf(chain)]).toEqual([[], undefined])
  })
})

describe('a seal', () => {
  /** Seals what was not sealed, whenever that was done last. */
  async function sealed(): Promise<number> {
    await database.db.execute(sql`delete from schedule_turns where name = 'trail'`)
    const { ports, close } = openTestPorts()
    const count = await sweepTrail(ports)
    await close()
    return count
  }

  test('of a chain is told with its proof, and its digest stands in the log', async () => {
    expect(await sealed()).toBeGreaterThan(0)
    const path = `/v1/engagements/${engagement}/trail`
    const page = (await call('GET', path, { token: certifier.lead.token })).body
    expect(verifySeal(page.chain, page.seal)).toBe(true)
    expect([page.seal.length, page.seal.hash]).toEqual([page.length, page.hash])
    const entry = await rows<{ type: string; body: string }>(
      sql`select type, body from log_entries where leaf_index = ${page.seal.leafIndex}`,
    )
    expect(entry.map(({ type, body: told }) => [type, JSON.parse(told).digest])).toEqual([
      ['trail', page.seal.digest],
    ])
    // The same page to a reader who sees less has the same seal.
    const clients = (await call('GET', path, { token: client.preparer.token })).body
    expect(clients.seal).toEqual(page.seal)
  })

  test('comes once a day, whoever asks, and takes what went on since, and nothing else', async () => {
    await sealed()
    expect(await sealed()).toBe(0)
    const { ports, close } = openTestPorts()
    const chain = `organization:${crypto.randomUUID()}`
    await database.db.execute(act({ chain }))
    expect(await sweepTrail(ports)).toBe(0)
    await close()
    expect(await sealed()).toBe(1)
    await database.db.execute(act({ chain }))
    expect(await sealed()).toBe(1)
    const lengths = sql`select length from trail_seal_heads where chain = ${chain} order by length`
    expect(await rows(lengths)).toEqual([{ length: 1 }, { length: 2 }])
  })

  test('stays as it was made', async () => {
    await sealed()
    for (const table of ['trail_seals', 'trail_seal_heads'].map((name) => sql.identifier(name))) {
      expect(await refusedBy(sql`delete from ${table}`)).toMatch(/_(frozen|permanent)$/)
      expect(await refusedBy(sql`truncate ${table} cascade`)).toMatch(/_(frozen|permanent)$/)
    }
    expect(await refusedBy(sql`update trail_seal_heads set hash = leaf`)).toMatch(/_frozen$/)
  })
})

describe('is refused to a hand that writes SQL:', () => {
  const here = () => sql`chain = ${`engagement:${engagement}`}`

  test.each([
    ['changing who acted', () => sql`update audit set person_id = null where ${here()}`, 'audit_frozen'],
    ['changing when', () => sql`update audit set at = now() where ${here()}`, 'audit_frozen'],
    ['changing what', () => sql`update audit set facts = '{}' where ${here()}`, 'audit_frozen'],
    [
      'another request',
      () => sql`update audit set request_digest = 'sha256:1' where ${here()}`,
      'audit_frozen',
    ],
    ['removing an act', () => sql`delete from audit where ${here()}`, 'audit_permanent'],
    ['emptying the acts', () => sql`truncate audit cascade`, 'audit_permanent'],
    [
      'another text',
      () => sql`update trail_entries set entry = '{}' where ${here()}`,
      'trail_entries_frozen',
    ],
    [
      'another hash',
      () => sql`update trail_entries set hash = ${zeroHash} where ${here()}`,
      'trail_entries_frozen',
    ],
    ['another salt', () => sql`update trail_entries set salt = 'x' where ${here()}`, 'trail_entries_frozen'],
    ['removing an entry', () => sql`delete from trail_entries where ${here()}`, 'trail_entries_permanent'],
    ['emptying the entries', () => sql`truncate trail_entries`, 'trail_entries_permanent'],
    ['cutting a chain', () => sql`update trail_chains set length = 1 where ${here()}`, 'trail_chains_grow'],
    [
      'skipping a place',
      () => sql`update trail_chains set length = length + 1 where ${here()}`,
      'trail_chains_grow',
    ],
    ['removing a chain', () => sql`delete from trail_chains where ${here()}`, 'trail_chains_permanent'],
    ['emptying the chains', () => sql`truncate trail_chains`, 'trail_chains_permanent'],
    [
      'an entry without an act',
      () =>
        sql`insert into trail_entries select chain, length + 1, ${engagement}, '{}', hash, null from trail_chains where ${here()}`,
      'trail_entries_made',
    ],
    [
      'a chain that begins in its middle',
      () => sql`insert into trail_chains values (${`organization:${crypto.randomUUID()}`}, 3, ${zeroHash})`,
      'trail_chains_new',
    ],
    ['an act in no chain', () => act({ chain: 'somewhere' }), 'audit_chain_check'],
  ] as const)('%s', async (_, statement, constraint) => {
    expect(await refusedBy(statement())).toBe(constraint)
  })
})

const isOneSession = inject('databaseKind') === 'pglite'
const at = 20

describe.skipIf(isOneSession)(
  `of ${at} acts at once${isOneSession ? ' (skipped: PGlite is one session)' : ''}`,
  () => {
    const all = <Result>(act: (index: number) => Promise<Result>) =>
      Promise.all(Array.from({ length: at }, (_, index) => act(index)))

    test('in one chain, each has a place of its own, and the chain verifies', async () => {
      const id = await engagementIn('in-verification', client, certifier)
      const before = (await headOf(`engagement:${id}`))?.length ?? 0
      const found = { kind: 'clarification', text: 'Which meter is this?' }
      const answers = await all(() => move(certifier.verifier.token, id, 'findings', found))
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
      expect(await verdictOf(`engagement:${id}`)).toMatchObject({ intact: true, length: before + at })
    })

    test('in one organization’s chain, some of them in the log too, none waits in a ring', async () => {
      const token = await operatorToken()
      const owner = certifier.id
      const answers = await all((index) =>
        call('POST', `/v1/organizations/${owner}/clients`, {
          token,
          body: { name: `c${index}`, memberId: null, scopes: ['parties:read'] },
        }),
      )
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
      expect(await verdictOf(`organization:${owner}`)).toMatchObject({ intact: true })
    })

    test('in chains of their own, and some that begin at that moment', async () => {
      const token = await operatorToken()
      const answers = await all(() => {
        const slug = unique('at-once')
        return call('POST', '/v1/organizations', {
          token,
          body: { kind: 'enterprise', slug, name: { en: slug, zh: null }, country: 'DE' },
        })
      })
      for (const { status, body: made } of answers) {
        expect(status).toBe(201)
        expect(await verdictOf(`organization:${made.id}`)).toMatchObject({ intact: true, length: 1 })
      }
      const chain = `organization:${crypto.randomUUID()}`
      await all(() => database.db.execute(act({ chain })))
      expect(await verdictOf(chain)).toMatchObject({ intact: true, length: at })
    })
  },
)
