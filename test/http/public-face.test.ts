/** A body as anyone may know it, the forms to complain with, and what it reports of its documents. */

import { beforeAll, expect, test } from 'vitest'
import { call, operatorToken } from './api.ts'
import { type Body, body, code, type Enterprise, engagementIn, enterprise, move } from './cast.ts'

let client: Enterprise
let certifier: Body
let number: string
let id: string

beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  const engagementId = await engagementIn('decided', client, certifier, { documentKind: 'certificate' })
  const { body: issued } = await move(certifier.decider.token, engagementId, 'credential')
  number = issued.number
  id = issued.id
  const suspend = { move: 'suspend', reason: 'nonconformity' }
  await call('POST', `/v1/credentials/${issued.id}/moves`, { token: certifier.decider.token, body: suspend })
}, 60_000)

test('a body shows its approvals, its schemes and how to complain, and an enterprise is none', async () => {
  const { status, body: shown } = await call('GET', `/v1/bodies/${certifier.slug}`)
  expect([status, shown.accreditations]).toEqual([200, []])
  expect(shown.schemes).toMatchObject([{ id: 'egret-development' }])
  expect(shown.complaints).toMatchObject({ acknowledgedWithinDays: 5, decidedWithinDays: 60 })
  const { bodies } = (await call('GET', '/v1/bodies')).body
  expect(bodies.map(({ slug }: { slug: string }) => slug)).toContain(certifier.slug)
  expect((await call('GET', `/v1/bodies/${client.slug}`)).status).toBe(404)
})

test('its documents are reported in columns, to itself alone', async () => {
  const {
    status,
    headers,
    body: text,
  } = await call('GET', '/v1/credentials/export', { token: certifier.manager.token })
  expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  const [header = '', row = ''] = String(text).replace('\uFEFF', '').split('\r\n')
  const cell = (name: string) => row.split(',')[header.split(',').indexOf(name)]
  expect([cell('证书编号'), cell('证书状态'), cell('状态原因'), cell('是否测试')]).toEqual([
    number,
    '暂停',
    '不符合要求',
    '是',
  ])
  const refused = await call('GET', '/v1/credentials/export', { token: client.preparer.token })
  expect([refused.status, code(refused)]).toEqual([403, 'role-required'])
})

test('a complaint is sent by a form, once however often, and asked after by another', async () => {
  const path = `/bodies/${certifier.slug}/complaints`
  const form = String((await call('GET', path)).body)
  const key = /name="key" value="([^"]+)"/.exec(form)?.[1] ?? ''
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const send = (fields: Record<string, string>) =>
    call('POST', path, { headers, body: new URLSearchParams({ key, kind: 'misuse', ...fields }).toString() })
  const empty = String((await send({ text: ' ', name: '"><script>' })).body)
  expect(empty).toContain('role="alert"')
  expect(empty).not.toContain('<script>')
  const sent = { text: 'One\r\ntwo', document: number }
  const told = [await send(sent), await send(sent)].map(({ body: page }) =>
    String(page).match(/class="number">[^<]+/g),
  )
  expect(told[0]).toHaveLength(2)
  expect(told[1]).toEqual(told[0])
  const [caseNumber = '', receipt = ''] = (told[0] ?? []).map((text) => text.split('>')[1] ?? '')
  const ask = (secret: string) =>
    call('POST', '/complaints', {
      headers,
      body: new URLSearchParams({ number: caseNumber, receipt: secret }).toString(),
    })
  expect(String((await ask(receipt)).body)).toContain('已收到')
  expect(String((await ask('x')).body)).toContain('没有与此编号和回执相符的投诉')

  // Further words, once however often the form is sent, and contact data taken back: each with a receipt that fits.
  const found = String((await ask(receipt)).body)
  const keyOfMore = /name="key" value="([^"]+)"/.exec(found)?.[1] ?? ''
  const further = async (where: string, fields: Record<string, string>) => {
    const body = new URLSearchParams({ number: caseNumber, receipt, key: keyOfMore, ...fields }).toString()
    return String((await call('POST', `/complaints/${where}`, { headers, body })).body)
  }
  const statements = async () => {
    const seen = await call('GET', `/v1/complaints/${caseNumber}`, { headers: { 'egret-receipt': receipt } })
    return seen.body.statements.map(({ text }: { text: string }) => text)
  }
  for (let sends = 0; sends < 2; sends += 1) {
    expect(await further('statements', { text: 'Three\r\nfour' })).toContain('已收到')
  }
  expect(await statements()).toEqual(['One\ntwo', 'Three\nfour'])
  expect(await further('statements', { text: ' ' })).toContain('role="alert"')
  expect(await further('statements', { text: 'Not mine', receipt: 'x' })).toContain('没有与此编号和回执相符')
  expect(await statements()).toHaveLength(2)
  expect(found).not.toContain('action="/complaints/erasure"')
  expect(await further('erasure', { receipt: 'x' })).toContain('没有与此编号和回执相符')
})

test('contact data given with a complaint are erased by its form, and offered for erasing no more', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const post = async (path: string, fields: Record<string, string>) =>
    String((await call('POST', path, { headers, body: new URLSearchParams(fields).toString() })).body)
  const key = crypto.randomUUID()
  const page = await post(`/bodies/${certifier.slug}/complaints`, {
    ...{ key, kind: 'complaint', text: 'One', address: 'somebody@example.org' },
  })
  const [caseNumber = '', receipt = ''] = (page.match(/class="number">[^<]+/g) ?? []).map(
    (text) => text.split('>')[1] ?? '',
  )
  const theirs = { number: caseNumber, receipt }
  expect(await post('/complaints', theirs)).toContain('action="/complaints/erasure"')
  expect(await post('/complaints/erasure', theirs)).not.toContain('action="/complaints/erasure"')
  expect(await post('/complaints', theirs)).not.toContain('action="/complaints/erasure"')
})

test('a body’s page tells its approvals with number, term and source, and its schemes', async () => {
  const fact = {
    ...{
      kind: 'approval',
      authority: { en: 'Example authority', zh: '示例主管部门' },
      number: '批准 17/2026',
    },
    ...{
      documentKinds: ['certificate'],
      subjectKinds: ['product'],
      standards: ['CN-PCF:1101'],
      sectors: ['C33'],
    },
    ...{ source: 'https://authority.example/17', validFrom: '2026-01-01T00:00:00Z' },
    validUntil: '2099-01-01T00:00:00Z',
  }
  const path = `/v1/organizations/${certifier.id}/accreditations`
  const recorded = await call('POST', path, { token: await operatorToken(), body: fact })
  expect(recorded.status, JSON.stringify(recorded.body)).toBe(201)
  const page = String((await call('GET', `/bodies/${certifier.slug}`)).body)
  for (const told of [
    fact.number,
    fact.source,
    '示例主管部门',
    '2026-01-01',
    '2099-01-01',
    'CN-PCF:1101',
    'C33',
  ]) {
    expect(page).toContain(told)
  }
  expect(page).toContain('data-authority="in-force"')
  const [scheme] = (await call('GET', `/v1/bodies/${certifier.slug}`)).body.schemes
  const { pathname } = new URL(scheme.url)
  expect(page).toContain(`href="${pathname}"`)
  const text = await call('GET', pathname)
  expect([text.status, JSON.stringify(text.body)]).toEqual([
    200,
    expect.stringContaining('egret-development'),
  ])
  expect(page).toContain(`/bodies/${certifier.slug}/complaints`)
})

test('a document’s page tells every move of it', async () => {
  const page = String((await call('GET', `/credentials/${id}`, { headers: { accept: 'text/html' } })).body)
  const moves = [...page.matchAll(/<li data-move="([a-z]+)"/g)].map(([, move]) => move)
  const told = (await call('GET', `/v1/public/credentials/${id}`)).body.moves
  expect(moves).toEqual(told.map(({ move }: { move: string }) => move))
  expect(moves).toContain('suspend')
  expect(page).toContain(`href="/bodies/${certifier.slug}/complaints"`)
})
