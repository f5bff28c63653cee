/** A body as anyone may know it, the forms to complain with, and what it reports of its documents. */

import { beforeAll, expect, test } from 'vitest'
import { call } from './api.ts'
import { type Body, body, code, type Enterprise, engagementIn, enterprise, move } from './cast.ts'

let client: Enterprise
let certifier: Body
let number: string

beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  const engagementId = await engagementIn('decided', client, certifier, { documentKind: 'certificate' })
  const { body: issued } = await move(certifier.decider.token, engagementId, 'credential')
  number = issued.number
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
})
