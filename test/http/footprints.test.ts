/** Footprints over HTTP: drafts, activity data, submission, and that nothing half-written stays behind a refusal. */

import { beforeAll, describe, expect, test } from 'vitest'
import { costOf } from '../harness/http.ts'
import { call } from './api.ts'
import {
  apply,
  body,
  code,
  draft,
  type Enterprise,
  enterprise,
  footprintBody,
  inventory,
  inventoryCsv,
  inventoryLines,
  inventoryTotalKg,
  putData,
  submit,
  submitted,
} from './cast.ts'

let client: Enterprise
let other: Enterprise
beforeAll(async () => {
  client = await enterprise()
  other = await enterprise()
}, 60_000)

const create = (sent: unknown, headers: Record<string, string> = {}) =>
  call('POST', '/v1/footprints', { token: client.preparer.token, body: sent, headers })
const readBack = async (id: string) =>
  (await call('GET', `/v1/footprints/${id}`, { token: client.machine })).body

describe('a draft', () => {
  test('begins without activity data, with an ETag, and is read back as it was given', async () => {
    const answer = await create(footprintBody())
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, '"1"'])
    expect(answer.body).toMatchObject({
      ...footprintBody(),
      state: 'draft',
      activityData: null,
      latestRevision: 0,
    })
    expect(await readBack(answer.body.id)).toEqual(answer.body)
  })

  test('can be made by a machine: preparing is not a personal act', async () => {
    const made = await call('POST', '/v1/footprints', { token: client.machine, body: footprintBody() })
    expect(made.status).toBe(201)
  })

  test('is made once under one idempotency key, and the key serves no other request', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await create(footprintBody(), key)
    const again = await create(footprintBody(), key)
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id])
    const another = await create(footprintBody({ title: 'Other' }), key)
    expect([another.status, code(another)]).toEqual([422, 'idempotency-key-reused'])
  })

  test('costs two statements to make and two to change', async () => {
    const made = await create(footprintBody())
    expect(costOf(new Response('', { headers: made.headers })).database).toBe(2)
    const put = await putData(client.preparer.token, made.body.id, { lines: inventoryLines }, '"1"')
    expect(costOf(new Response('', { headers: put.headers }))).toEqual({ database: 2, reads: 0, writes: 1 })
  })

  test('consolidates by the approach it names, over a tree that can be one', async () => {
    const group = { id: 'group', name: { en: 'Group', zh: null } }
    const by = { equityShare: '0.6', financialControl: 'sole', operationalControl: true }
    const consolidating = (approach: string, holders: readonly string[]) => {
      const holdings = holders.map((holder) => ({ by: holder, ...by }))
      const entities = [group, { ...group, id: 'mill', holdings }]
      const consolidation = { approach, changeOption: 'from-date', entities, facilities: [] }
      return create(footprintBody({ calculation: { ...inventory({}), consolidation } }))
    }
    expect((await consolidating('operational-control', ['group'])).status).toBe(201)
    const other = await consolidating('equity-share', ['group'])
    expect([other.status, code(other), other.body.pointer]).toEqual([
      ...[400, 'invalid-request', '/calculation/consolidation/approach'],
    ])
    const wrong = await consolidating('operational-control', ['mill', 'nobody'])
    expect([wrong.status, code(wrong), wrong.body.pointer]).toEqual([
      ...[422, 'unknown-entity', '/calculation/consolidation/entities/1/holdings/1/by'],
    ])
    expect(wrong.body.others).toMatchObject([
      { code: 'holdings-over-whole', pointer: '/calculation/consolidation/entities/1/holdings' },
    ])
  })

  test('holds to its scheme from the start: every rule broken is named', async () => {
    const calculation = inventory({
      gwpSet: { id: 'gwp-of-mine', version: '1' },
      factorTables: [{ table: 'numbers-of-mine', version: '1' }],
    })
    const exclusions = [{ what: 'Canteen', reason: 'No meter.', estimatedShare: '0.3' }]
    const answer = await create(footprintBody({ calculation, exclusions }))
    expect([answer.status, code(answer)]).toEqual([422, 'scheme-violation'])
    const rules = answer.body.violations.map(({ rule }: { rule: string }) => rule)
    expect(rules).toEqual(['factor-table', 'gwp-set', 'exclusions'])
  })

  test.each([
    ['an unknown scheme', { scheme: { id: 'no-such-scheme', version: '1.0' } }, 'unknown-scheme'],
    ['a boundary missing', { consolidationApproach: null }, 'invalid-request'],
    ['a product’s face on an inventory', { product: { name: { en: 'x', zh: null } } }, 'invalid-request'],
    ['an unknown member', { colour: 'green' }, 'invalid-request'],
    [
      'an own factor that is no number',
      { calculation: inventory({ ownFactors: [ownFactor('1,5')] }) },
      'invalid-number',
    ],
  ])('is refused with %s', async (_, changes, expected) => {
    expect(code(await create(footprintBody(changes as Record<string, unknown>)))).toBe(expected)
  })

  test('points to what is wrong with its definition', async () => {
    const pointerOf = async (changes: Record<string, unknown>) => {
      const sent = { token: client.preparer.token, body: footprintBody(changes) }
      const { status, body } = await call('POST', '/v1/footprints', sent)
      return [status, body.pointer]
    }
    const dated = (start: string, end: string) => ({ calculation: inventory({ period: { start, end } }) })
    expect(await pointerOf({ scheme: { id: '__proto__', version: '1.0' } })).toEqual([422, '/scheme'])
    expect(await pointerOf(dated('2024-02-30', '2025-01-01'))).toEqual([422, '/calculation/period'])
    expect(await pointerOf(dated('2025-01-01', '2024-01-01'))).toEqual([422, '/calculation/period'])
    // 1024 to 2024 is a thousand years; 2014 to 2024 is 3652 days.
    expect(await pointerOf(dated('1024-01-01', '2024-01-01'))).toEqual([422, '/calculation/period'])
    expect(await pointerOf(dated('2014-01-01', '2024-01-01'))).toEqual([201, undefined])
    const gwpSet = { id: 'constructor', version: '1' }
    expect(await pointerOf({ calculation: inventory({ gwpSet }) })).toEqual([422, '/calculation/gwpSet'])
    const factorTables = [{ table: 'none', version: '1' }]
    const tables = await pointerOf({ calculation: inventory({ factorTables }) })
    expect(tables).toEqual([422, '/calculation/factorTables'])
  })

  test('is changed only on what was read: If-Match is needed, and must fit', async () => {
    const made = (await create(footprintBody())).body
    const edit = (headers: Record<string, string>) =>
      call('PUT', `/v1/footprints/${made.id}`, {
        token: client.preparer.token,
        body: footprintBody({ title: 'Changed' }),
        headers,
      })
    const without = await edit({})
    expect([without.status, code(without)]).toEqual([428, 'precondition-required'])
    for (const foreign of ['"7"', '*', 'W/"1"', '"x"']) {
      const answer = await edit({ 'if-match': foreign })
      expect([answer.status, code(answer)]).toEqual([412, 'precondition-failed'])
    }
    const changed = await edit({ 'if-match': '"1"' })
    expect([changed.status, changed.headers.get('etag'), changed.body.title]).toEqual([200, '"2"', 'Changed'])
    expect(code(await edit({ 'if-match': '"1"' }))).toBe('precondition-failed')
  })

  test('stays of its kind', async () => {
    const made = (await create(footprintBody())).body
    const answer = await call('PUT', `/v1/footprints/${made.id}`, {
      token: client.preparer.token,
      body: productBody(),
      headers: { 'if-match': '"1"' },
    })
    expect([code(answer), answer.body.pointer]).toEqual(['invalid-request', '/calculation/kind'])
  })

  test('is listed newest first, page by page, none twice and none left out', async () => {
    const owner = await enterprise()
    const made: string[] = []
    for (const title of ['one', 'two', 'three', 'four', 'five']) {
      const answer = await call('POST', '/v1/footprints', {
        token: owner.machine,
        body: footprintBody({ title }),
      })
      made.unshift(answer.body.title)
    }
    const seen: string[] = []
    let next: string | null = '/v1/footprints?limit=2'
    while (next !== null) {
      const page = await call('GET', next, { token: owner.machine })
      expect(page.status).toBe(200)
      seen.push(...page.body.footprints.map(({ title }: { title: string }) => title))
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? null
    }
    expect(seen).toEqual(made)
    const forged = await call('GET', '/v1/footprints?after=now', { token: owner.machine })
    expect([forged.status, code(forged)]).toEqual([400, 'invalid-request'])
  })
})

describe('activity data', () => {
  test('as CSV and as JSON have the same digest', async () => {
    const made = (await create(footprintBody())).body
    const json = await putData(client.preparer.token, made.id, { lines: inventoryLines }, '"1"')
    const csv = await putData(client.preparer.token, made.id, inventoryCsv, '"2"', 'text/csv; charset=utf-8')
    expect([json.status, csv.status]).toEqual([200, 200])
    expect(csv.body.activityData.digest).toBe(json.body.activityData.digest)
    expect(csv.body.activityData.count).toBe(2)
    const back = await call('GET', `/v1/footprints/${made.id}/activity-data`, { token: client.machine })
    expect(back.body.lines).toEqual(inventoryLines)
  })

  test('are all taken or none: a refusal leaves what was there', async () => {
    const { id, version } = await draft(client)
    const before = await readBack(id)
    const etag = `"${version}"`
    const token = client.preparer.token
    const [power] = inventoryLines
    const wrong = await putData(token, id, { lines: [power, power] }, etag)
    expect([code(wrong), wrong.body.pointer, wrong.body.first]).toEqual([
      'duplicate-id',
      '/lines/1/id',
      '/lines/0/id',
    ])
    const number = await putData(token, id, inventoryCsv.replace('118400', '118 400'), etag, 'text/csv')
    expect([code(number), number.body.line, number.body.column]).toEqual(['invalid-number', 2, 51])
    const broken = await putData(token, id, `${inventoryCsv}x`, etag, 'text/csv')
    expect([code(broken), broken.body.line]).toEqual(['malformed-csv', 4])
    expect(code(await putData(token, id, { lines: inventoryLines }, '"99"'))).toBe('precondition-failed')
    expect(await readBack(id)).toEqual(before)
  })

  test('with é in one character or in two are the same line', async () => {
    const made = (await create(footprintBody())).body
    const [power] = inventoryLines
    const put = (description: string, etag: string) =>
      putData(client.preparer.token, made.id, { lines: [{ ...power, description }] }, etag)
    const one = await put('caf\u00e9', '"1"')
    const two = await put('cafe\u0301', '"2"')
    expect(two.body.activityData.digest).toBe(one.body.activityData.digest)
  })
})

describe('calculating a draft', () => {
  test('answers the result and that the scheme would take it, as often as one likes', async () => {
    const { id } = await draft(client)
    const calculate = () => call('POST', `/v1/footprints/${id}/calculations`, { token: client.machine })
    const answer = await calculate()
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(Number(answer.body.result.total)).toBeCloseTo(inventoryTotalKg, 8)
    expect(answer.body.scheme).toMatchObject({ conforms: true, violations: [] })
    expect((await calculate()).body).toEqual(answer.body)
  })

  test('answers what the scheme would not take: a verdict, not a refusal', async () => {
    const scheme = { id: 'egret-organization-statement', version: '1.0' }
    const calculation = inventory({ ownFactors: [ownFactor('1.5')] })
    const lines = [{ ...inventoryLines[1], factor: { table: 'own', id: 'mine' } }]
    const { id } = await draft(client, footprintBody({ scheme, calculation }), lines)
    const answer = await call('POST', `/v1/footprints/${id}/calculations`, { token: client.machine })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(answer.body.scheme).toMatchObject({ conforms: false, violations: [{ rule: 'own-factor' }] })
    const refused = await submit(client.responsible.token, id)
    expect([refused.status, code(refused), refused.body.rule]).toEqual([
      422,
      'scheme-violation',
      'own-factor',
    ])
    expect((await readBack(id)).state).toBe('draft')
  })

  test('needs activity data', async () => {
    const made = (await create(footprintBody())).body
    const answer = await call('POST', `/v1/footprints/${made.id}/calculations`, { token: client.machine })
    expect([answer.status, code(answer)]).toEqual([409, 'footprint-incomplete'])
  })
})

describe('submitting', () => {
  test('freezes the revision with its record and the declaration of a person', async () => {
    const { id } = await draft(client)
    const answer = await submit(client.responsible.token, id)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const revision = answer.body
    expect(revision).toMatchObject({ number: 1, lineCount: 2, footprintId: id })
    expect(revision.result.printed).toEqual({ amount: '56.15', unit: 'tCO2e' })
    expect(revision.result.parts.map(({ part }: { part: string }) => part)).toEqual(['scope-1', 'scope-2'])
    expect(revision.declaration.text.zh).toContain('声明')
    expect(await readBack(id)).toMatchObject({ state: 'submitted', latestRevision: 1 })
    expect(costOf(new Response('', { headers: answer.headers })).database).toBe(2)
  })

  test('of a product states its result per declared unit: 0.5 × 2 + 2 × 0.5777 = 2.1554 kg', async () => {
    const { id } = await draft(client, productBody(), productLines)
    const answer = await submit(client.responsible.token, id)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect(answer.body.result.printed).toEqual({ amount: '2.1554', unit: 'kgCO2e' })
    expect(answer.body.result.parts).toEqual([
      { part: 'product-footprint', kgCo2e: answer.body.result.totalKgCo2e },
    ])
    expect(answer.body.result.flags).toContain('own-factor')
    expect(answer.body.definition).toMatchObject({
      consolidationApproach: null,
      product: { name: { zh: '玻璃' } },
    })
  })

  test('lets anyone entitled check every digest, down to the lines', async () => {
    const id = await submitted(client)
    const at = `/v1/footprints/${id}/revisions/1`
    const get = (path: string) => call('GET', `${at}${path}`, { token: client.machine })
    const revision = (await get('')).body
    const [manifest, record, declaration] = await Promise.all(
      ['/manifest', '/record', '/declaration'].map(get),
    )
    expect(manifest?.body).toMatchObject({
      type: 'egret/revision',
      footprint: { id, revision: 1, supersedes: null },
    })
    expect(manifest?.body.managementDeclaration.digest).toBe(revision.declaration.digest)
    expect(record?.body).toMatchObject({
      type: 'egret/calculation-record',
      revision: { digest: revision.digest },
    })
    expect(declaration?.body.declaredBy.personId).toBe(client.responsible.personId)
    const chunk = manifest?.body.lines.chunks[0]
    const lines = await get(`/chunks/${chunk.digest}`)
    expect(lines.body.lines.map(({ line }: { line: { id: string } }) => line.id)).toEqual(['power', 'diesel'])
    const none = await get(`/chunks/sha256:${'0'.repeat(64)}`)
    expect([none.status, code(none)]).toEqual([404, 'not-found'])
    expect((await get('/chunks/..%2f..%2fx')).status).toBe(400)
  })

  test('is a personal act of someone responsible', async () => {
    const { id } = await draft(client)
    const machine = await submit(client.machine, id)
    expect([machine.status, code(machine)]).toEqual([403, 'member-required'])
    const preparer = await submit(client.preparer.token, id)
    expect([preparer.status, code(preparer)]).toEqual([403, 'role-required'])
    const silent = await call('POST', `/v1/footprints/${id}/revisions`, {
      token: client.responsible.token,
      body: { declaration: { accepted: false } },
    })
    expect([silent.status, code(silent)]).toEqual([400, 'invalid-request'])
    expect(await readBack(id)).toMatchObject({ state: 'draft', latestRevision: 0 })
  })

  test('happens once under one idempotency key', async () => {
    const { id } = await draft(client)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await submit(client.responsible.token, id, key)
    const again = await submit(client.responsible.token, id, key)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    const elsewhere = await submit(client.responsible.token, (await draft(client)).id, key)
    expect(code(elsewhere)).toBe('idempotency-key-reused')
  })

  test('freezes: a submitted footprint is changed only as its next revision', async () => {
    const id = await submitted(client)
    const token = client.preparer.token
    const frozen = await putData(token, id, { lines: inventoryLines }, '"3"')
    expect([frozen.status, code(frozen)]).toEqual([409, 'revision-frozen'])
    expect(code(await submit(client.responsible.token, id))).toBe('revision-frozen')
    const reopened = await call('POST', `/v1/footprints/${id}/reopen`, { token })
    expect([reopened.status, reopened.body.state]).toEqual([200, 'draft'])
    const second = await submit(client.responsible.token, id)
    expect(second.body.number).toBe(2)
    const first = await call('GET', `/v1/footprints/${id}/revisions/1`, { token })
    const manifest = await call('GET', `/v1/footprints/${id}/revisions/2/manifest`, { token })
    expect(manifest.body.footprint.supersedes).toBe(first.body.digest)
    const list = await call('GET', `/v1/footprints/${id}/revisions`, { token })
    expect(list.body.revisions.map(({ number }: { number: number }) => number)).toEqual([1, 2])
  })

  test('is opened again once under one idempotency key, and the key serves no other footprint', async () => {
    const [one, other] = [await submitted(client), await submitted(client)]
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const token = client.preparer.token
    const reopen = (id: string) => call('POST', `/v1/footprints/${id}/reopen`, { token, headers })
    expect((await reopen(one)).body.state).toBe('draft')
    expect((await submit(client.responsible.token, one)).status).toBe(201)
    const late = await reopen(one)
    expect([late.status, late.body.state]).toEqual([200, 'submitted'])
    const elsewhere = await reopen(other)
    expect([elsewhere.status, code(elsewhere)]).toEqual([422, 'idempotency-key-reused'])
  })

  test('does not salt two revisions alike: the same data have other digests', async () => {
    const [one, two] = [await submitted(client), await submitted(client)]
    const root = async (id: string) =>
      (await call('GET', `/v1/footprints/${id}/revisions/1/manifest`, { token: client.machine })).body.lines
        .merkleRoot
    expect(await root(one)).not.toBe(await root(two))
  })

  test('leaves nothing when the engine refuses', async () => {
    const lines = [{ ...inventoryLines[1], factor: { table: 'cn-fuel', id: 'no-such-row' } }]
    const { id } = await draft(client, footprintBody(), lines)
    const answer = await submit(client.responsible.token, id)
    expect([code(answer), answer.body.pointer]).toEqual(['unknown-factor', '/lines/0/factor'])
    expect(await readBack(id)).toMatchObject({ state: 'draft', latestRevision: 0 })
    const list = await call('GET', `/v1/footprints/${id}/revisions`, { token: client.machine })
    expect(list.body.revisions).toEqual([])
  })
})

describe('another tenant', () => {
  test('meets the very same answer for a footprint of someone else and for none', async () => {
    const id = await submitted(client)
    const none = crypto.randomUUID()
    const strip = ({ status, body: { instance: _, ...rest } }: Awaited<ReturnType<typeof call>>) => {
      return JSON.stringify({ status, rest }).replaceAll(id, 'ID').replaceAll(none, 'ID')
    }
    const token = other.responsible.token
    const attempts: readonly ((footprint: string) => ReturnType<typeof call>)[] = [
      (footprint) => call('GET', `/v1/footprints/${footprint}`, { token }),
      (footprint) => call('GET', `/v1/footprints/${footprint}/activity-data`, { token }),
      (footprint) => call('GET', `/v1/footprints/${footprint}/revisions`, { token }),
      (footprint) => call('GET', `/v1/footprints/${footprint}/revisions/1`, { token }),
      (footprint) => call('GET', `/v1/footprints/${footprint}/revisions/1/record`, { token }),
      (footprint) => call('POST', `/v1/footprints/${footprint}/calculations`, { token }),
      (footprint) => call('POST', `/v1/footprints/${footprint}/reopen`, { token }),
      (footprint) => submit(token, footprint),
      (footprint) => putData(token, footprint, { lines: inventoryLines }, '"1"'),
      (footprint) => apply(token, footprint, 'some-body'),
      (footprint) =>
        call('PUT', `/v1/footprints/${footprint}`, {
          token,
          body: footprintBody(),
          headers: { 'if-match': '"1"' },
        }),
    ]
    for (const attempt of attempts) expect(strip(await attempt(id))).toBe(strip(await attempt(none)))
    expect(await readBack(id)).toMatchObject({ state: 'submitted', version: 3 })
  })

  test('a body sees nothing of a footprint it is not engaged for, and prepares none', async () => {
    const id = await submitted(client)
    const certifier = await body()
    const token = certifier.lead.token
    expect((await call('GET', `/v1/footprints/${id}`, { token })).status).toBe(404)
    expect((await call('GET', `/v1/footprints/${id}/revisions/1`, { token })).status).toBe(404)
    const list = await call('GET', '/v1/footprints', { token })
    expect(list.body.footprints).toEqual([])
    const made = await call('POST', '/v1/footprints', { token, body: footprintBody() })
    expect([made.status, code(made)]).toEqual([403, 'insufficient-scope'])
  })
})

const productLines = [
  {
    id: 'sand',
    category: 'material',
    process: 'make',
    quantity: { amount: '0.5', unit: 'kg' },
    factor: { table: 'own', id: 'mine' },
  },
  {
    id: 'power',
    category: 'electricity',
    process: 'make',
    quantity: { amount: '2', unit: 'kWh' },
    factor: { table: 'cn-electricity-life-cycle', region: 'CN', year: 2024 },
  },
]

function ownFactor(kg: string, changes: Record<string, unknown> = {}) {
  return {
    id: 'mine',
    name: { en: 'My own', zh: null },
    category: 'mobile-combustion',
    family: 'combustion',
    region: 'CN-FJ',
    year: 2024,
    unit: 't',
    flows: [{ kind: 'fossil', gas: 'CO2', kg }],
    gwpBasis: 'gas-masses',
    statedCo2eKg: null,
    gasesNotCovered: ['CH4', 'N2O'],
    includesTransmission: false,
    fossilFugitiveMethane: false,
    confirmation: 'primary',
    source: { id: 'laboratory', locator: 'report 1' },
    notes: null,
    ...changes,
  }
}

function productBody() {
  const calculation = {
    ...inventory({
      factorTables: [{ table: 'cn-electricity-life-cycle', version: '2024' }],
      ownFactors: [ownFactor('2', { category: 'material-glass', family: 'cradle-to-gate', unit: 'kg' })],
    }),
    kind: 'product',
    boundary: 'cradle-to-gate',
    declaredUnit: { amount: '1', unit: 'kg' },
    referenceProcess: 'make',
    processes: [
      {
        id: 'make',
        name: { en: 'Make', zh: null },
        stage: 'production',
        output: { amount: '1', unit: 'kg' },
      },
    ],
  }
  return footprintBody({
    consolidationApproach: null,
    product: { name: { en: 'Glass', zh: '玻璃' } },
    calculation,
  })
}
