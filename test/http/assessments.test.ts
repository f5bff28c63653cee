/** An accreditor's assessor: reads what the body reads, for a while, makes no move, and leaves a trace with every reading. */

import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { hexDigest, pdf } from '../certification/made-evidence.ts'
import { type Answer, call, operatorToken, organization } from './api.ts'
import {
  apply,
  type Body,
  body,
  code,
  type Enterprise,
  engagementIn,
  enterprise,
  footprintBody,
  inventory,
  move,
  read,
  type Someone,
  someone,
  submitted,
} from './cast.ts'
import { announce, brought, ofEngagement, ofFootprint } from './evidence-files.ts'
import { publishSteam, steamPath, steamPin } from './private-table.ts'

const readerScopes = ['footprints:read', 'engagements:read']
const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString()

let database: OpenDatabase
let client: Enterprise
let certifier: Body
let assessor: Someone
let colleague: Someone
let engagement: string
let other: string
beforeAll(async () => {
  const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
  client = await enterprise()
  certifier = await body()
  const accreditor = await organization(await operatorToken(), 'accreditation-body')
  assessor = await someone(accreditor.id, ['assessor'], readerScopes)
  colleague = await someone(accreditor.id, ['assessor'], readerScopes)
  engagement = await engagementIn('decided', client, certifier)
  other = await engagementIn('applied', client, certifier)
}, 60_000)
afterAll(() => database.close())

const asked = (changes: Record<string, unknown> = {}) => ({
  assessorMemberId: assessor.memberId,
  engagementIds: [engagement],
  until: inDays(30),
  reason: 'Yearly assessment of the accreditation.',
  ...changes,
})

function grant(
  changes: Record<string, unknown> = {},
  token = certifier.manager.token,
  headers = {},
): Promise<Answer> {
  return call('POST', '/v1/assessments', { token, body: asked(changes), headers })
}

async function readings(id: string): Promise<Record<string, unknown>[]> {
  const query: SQL = sql`select action, role, person_id, facts from audit
    where kind = 'reading' and resource = 'engagement' and resource_id = ${id} order by at, id`
  return ((await database.db.execute(query)) as unknown as { rows: Record<string, unknown>[] }).rows
}

/** Grants for the time of an act. */
async function during(changes: Record<string, unknown>, act: () => Promise<void>): Promise<void> {
  const granted = await grant(changes)
  expect(granted.status, JSON.stringify(granted.body)).toBe(201)
  try {
    await act()
  } finally {
    const path = `/v1/assessments/${granted.body.id}/revoke`
    expect((await call('POST', path, { token: certifier.manager.token })).status).toBe(200)
  }
}

describe('an assessor', () => {
  test('sees of an engagement what the body sees, but for what it could do', async () => {
    await during({}, async () => {
      const [seen, bodys] = [
        await read(assessor.token, engagement),
        await read(certifier.verifier.token, engagement),
      ]
      expect(seen.status).toBe(200)
      const { moves, ...file } = seen.body
      expect(file).toEqual({ ...bodys.body, moves: undefined })
      expect(file.review).not.toBeNull()
      expect(moves.map(({ move: name }: { move: string }) => name)).toEqual(
        bodys.body.moves.map(({ move: name }: { move: string }) => name),
      )
      for (const { possible, because } of moves)
        expect([possible, because.code]).toEqual([false, expect.anything()])
    })
  })

  test('reads papers, revisions and their documents', async () => {
    const { footprintId } = (await read(certifier.manager.token, engagement)).body
    const paths = [
      `/v1/engagements/${engagement}/papers`,
      `/v1/footprints/${footprintId}/revisions`,
      `/v1/footprints/${footprintId}/revisions/1`,
      `/v1/footprints/${footprintId}/revisions/1/record`,
    ]
    const statuses = async () =>
      Promise.all(paths.map(async (path) => (await call('GET', path, { token: assessor.token })).status))
    await during({}, async () => expect(await statuses()).toEqual([200, 200, 200, 200]))
    const after = await Promise.all(paths.map((path) => call('GET', path, { token: assessor.token })))
    expect(after.map(({ status }) => status)).toEqual([404, 200, 404, 404])
    expect(after[1]?.body.revisions).toEqual([])
  })

  test('lists what it may read, and nothing else', async () => {
    const listed = async () =>
      (await call('GET', '/v1/engagements', { token: assessor.token })).body.engagements.map(
        ({ id }: { id: string }) => id,
      )
    await during({}, async () => expect(await listed()).toEqual([engagement]))
    await during({ engagementIds: null }, async () =>
      expect((await listed()).sort()).toEqual([engagement, other].sort()),
    )
    expect(await listed()).toEqual([])
  })

  test('leaves an entry in the trail of the engagement with each reading, and none elsewhere', async () => {
    const before = [(await readings(engagement)).length, (await readings(other)).length]
    await during({}, async () => {
      await read(assessor.token, engagement)
      await call('GET', '/v1/engagements', { token: assessor.token })
      expect((await read(assessor.token, other)).status).toBe(404)
    })
    expect((await readings(engagement)).slice(before[0])).toEqual([
      { action: 'read-engagement', role: 'assessor', person_id: assessor.personId, facts: null },
      { action: 'list-engagement', role: 'assessor', person_id: assessor.personId, facts: null },
    ])
    expect(await readings(other)).toHaveLength(before[1] ?? 0)
    const { history } = (await read(client.preparer.token, engagement)).body
    expect(history.map(({ action }: { action: string }) => action)).not.toContain('read-engagement')
  })

  test('reads the evidence behind the figures, down to its bytes, each reading with its trace', async () => {
    const { footprintId } = (await read(certifier.manager.token, engagement)).body
    const file = pdf('An invoice that the assessor opens.')
    const { id } = await brought(client.machine, ofFootprint(footprintId), file)
    const path = `${ofFootprint(footprintId)}/${id}`
    const coverage = `/v1/footprints/${footprintId}/evidence-coverage`
    const before = (await readings(engagement)).length
    await during({}, async () => {
      const { evidence } = (await call('GET', ofFootprint(footprintId), { token: assessor.token })).body
      expect(evidence.map((one: { id: string }) => one.id)).toContain(id)
      expect((await call('GET', path, { token: assessor.token })).body.sha256).toBe(hexDigest(file))
      const content = await call('GET', `${path}/content`, { token: assessor.token })
      expect(content.status, JSON.stringify(content.body)).toBe(200)
      expect(hexDigest(new Uint8Array(await (await fetch(content.body.url)).arrayBuffer()))).toBe(
        hexDigest(file),
      )
      expect((await call('GET', coverage, { token: assessor.token })).status).toBe(200)
      expect((await call('GET', ofEngagement(engagement), { token: assessor.token })).status).toBe(200)
      // What a body brings, the assessor brings nowhere.
      const sent = await announce(assessor.token, ofEngagement(engagement), file)
      expect(code(sent)).toBe('insufficient-scope')
      expect(code(await call('GET', `${ofEngagement(other)}`, { token: assessor.token }))).toBe('not-found')
    })
    expect((await readings(engagement)).slice(before).map(({ action }) => action)).toEqual([
      'list-evidence',
      'read-evidence',
      'read-evidence',
      'read-revision',
      'read-evidence-coverage',
      'list-evidence',
    ])
    for (const one of [ofFootprint(footprintId), path, `${path}/content`, coverage]) {
      expect(code(await call('GET', one, { token: assessor.token })), one).toBe('not-found')
    }
  })

  test('reads a private table that the footprint rests on, as long as it may read the engagement', async () => {
    await publishSteam(client, '2024', '95')
    const pin = steamPin(client, '2024')
    const scheme = { id: 'egret-development', version: '1.1' }
    const calculation = inventory({ factorTables: [...inventory().factorTables, pin] })
    const footprintId = await submitted(client, footprintBody({ scheme, calculation }))
    const { id } = (await apply(client.preparer.token, footprintId, certifier.slug)).body
    const path = `${steamPath(client, '2024')}/document`
    const status = async (token: string) => (await call('GET', path, { token })).status
    expect([await status(client.preparer.token), await status(assessor.token)]).toEqual([200, 404])
    await during({ engagementIds: [id] }, async () => expect(await status(assessor.token)).toBe(200))
    await during({ engagementIds: [other] }, async () => expect(await status(assessor.token)).toBe(404))
    expect(await status(assessor.token)).toBe(404)
  })

  test('makes no move, with whatever scope a token claims', async () => {
    const refused = await call('POST', `/v1/organizations/${certifier.id}/clients`, {
      token: await operatorToken(),
      body: { name: 'x', memberId: assessor.memberId, scopes: ['engagements:write'] },
    })
    expect(refused.status).toBe(404)
    await during({ engagementIds: null }, async () => {
      for (const path of ['accept', 'decline', 'findings', 'propose', 'review', 'decide', 'credential']) {
        const answer = await move(assessor.token, engagement, path, {})
        expect([path, answer.status, code(answer)]).toEqual([path, 403, 'insufficient-scope'])
      }
    })
  })

  test('is that member alone, as long as it has the role', async () => {
    await during({}, async () => {
      expect((await read(colleague.token, engagement)).status).toBe(404)
      const roles = (held: string) =>
        database.db.execute(sql`update members set roles = array[${held}] where id = ${assessor.memberId}`)
      await roles('admin')
      expect((await read(assessor.token, engagement)).status).toBe(404)
      await roles('assessor')
      expect((await read(assessor.token, engagement)).status).toBe(200)
    })
  })

  test('reads nothing before the term, after it, and once it is revoked', async () => {
    await during({ from: inDays(1) }, async () =>
      expect((await read(assessor.token, engagement)).status).toBe(404),
    )
    const granted = await grant()
    expect((await read(assessor.token, engagement)).status).toBe(200)
    const past = sql`update assessments set granted_at = now() - interval '2 days', valid_from = now() - interval '2 days',
      valid_until = now() - interval '1 second' where id = ${granted.body.id}`
    await database.db.execute(past)
    expect(code(await read(assessor.token, engagement))).toBe('not-found')
  })
})

describe('granting', () => {
  test.each([
    [
      'in the past',
      { from: '2020-01-01T00:00:00Z', until: '2020-02-01T00:00:00Z' },
      'invalid-request',
      '/from',
    ],
    ['for longer than 90 days', { until: inDays(91) }, 'invalid-request', '/until'],
    ['until before it begins', { until: '2020-01-01T00:00:00Z' }, 'invalid-request', '/until'],
    ['for none', { engagementIds: [] }, 'invalid-request', '/engagementIds'],
    [
      'of an engagement that is not there',
      { engagementIds: [crypto.randomUUID()] },
      'not-found',
      '/engagementIds/0',
    ],
    ['to nobody', { assessorMemberId: crypto.randomUUID() }, 'not-found', '/assessorMemberId'],
  ])('%s is refused', async (_, changes, problem, pointer) => {
    const answer = await grant(changes)
    expect([code(answer), answer.body.pointer]).toEqual([problem, pointer])
  })

  test('of another body’s engagement, to a member of another kind, or to someone of the body is refused', async () => {
    const rival = await body()
    expect(code(await grant({}, rival.manager.token))).toBe('not-found')
    expect(code(await grant({ assessorMemberId: rival.lead.memberId }))).toBe('not-found')
    const accreditor = await organization(await operatorToken(), 'accreditation-body')
    const both = await someone(accreditor.id, ['assessor'], readerScopes, certifier.verifier.personId)
    expect(code(await grant({ assessorMemberId: both.memberId }))).toBe('person-on-both-sides')
  })

  test('is for a manager of the body, who is a person', async () => {
    expect(code(await grant({}, certifier.lead.token))).toBe('role-required')
    expect(code(await grant({}, client.responsible.token))).toBe('role-required')
    expect(code(await grant({}, client.machine))).toBe('member-required')
    expect(code(await grant({}, assessor.token))).toBe('insufficient-scope')
  })

  test('happens once under one key, and is listed for both and for nobody else', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const until = inDays(3)
    const [first, again] = [await grant({ until }, undefined, key), await grant({ until }, undefined, key)]
    expect(again.body).toEqual(first.body)
    expect(code(await grant({ until, reason: 'Another.' }, undefined, key))).toBe('idempotency-key-reused')
    const listed = async (token: string) =>
      (await call('GET', '/v1/assessments', { token })).body.assessments.map(({ id }: { id: string }) => id)
    expect(await listed(certifier.lead.token)).toContain(first.body.id)
    expect(await listed(colleague.token)).toContain(first.body.id)
    expect(await listed(client.responsible.token)).toEqual([])
    const path = `/v1/assessments/${first.body.id}/revoke`
    expect(code(await call('POST', path, { token: (await body()).manager.token }))).toBe('not-found')
    expect(code(await call('POST', path, { token: certifier.lead.token }))).toBe('role-required')
    const revoked = await call('POST', path, { token: certifier.manager.token })
    expect((await call('POST', path, { token: certifier.manager.token })).body).toEqual(revoked.body)
    expect(code(await read(assessor.token, engagement))).toBe('not-found')
  })
})
