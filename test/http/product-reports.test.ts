/** Reports of products over HTTP: of a draft and of a frozen revision, in every form, and for whom. */

import { beforeAll, describe, expect, test } from 'vitest'
import { ProductReportView } from '../../src/http/routes/footprints/product-report-view.ts'
import { call } from './api.ts'
import { code, draft, type Enterprise, enterprise, productBody, productLines, submit } from './cast.ts'

let client: Enterprise
let other: Enterprise
let draftId: string
let frozenId: string

beforeAll(async () => {
  client = await enterprise()
  other = await enterprise()
  draftId = (await draft(client, productBody(), productLines)).id
  frozenId = (await draft(client, productBody(), productLines)).id
  const answer = await submit(client.responsible.token, frozenId)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
}, 60_000)

const get = (path: string, token = client.preparer.token, headers: Record<string, string> = {}) =>
  call('GET', `/v1/footprints/${path}`, { token, headers })

describe('the report of a product', () => {
  test('is JSON that its schema describes, with the hand-derived total', async () => {
    const answer = await get(`${draftId}/report`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { totals, head, stages, processes, tree, flows } = ProductReportView.parse(answer.body)
    // productLines (cast.ts): 3 kg of CO2 in welding, 2 × 0.5 kg in casting.
    expect(totals.total).toEqual({ kgCo2e: '4', printed: '4.0000' })
    expect(head.print).toEqual({ unit: 'kgCO2e', decimals: 4 })
    expect(head.standing).toEqual({ state: 'draft', version: 2 })
    expect(stages.map(({ state }) => state)).toEqual([
      'reported',
      'reported',
      'outside-boundary',
      'outside-boundary',
      'outside-boundary',
    ])
    expect(processes.map(({ process, runs }) => [process, runs[0]?.runs])).toEqual([
      ['fan', '1'],
      ['casting', '2'],
    ])
    expect(tree?.branches).toHaveLength(2)
    expect(flows?.nodes[0]).toMatchObject({ of: 'product', amount: { kgCo2e: '4' } })
  })

  test('is CSV with a row a line', async () => {
    const answer = await get(`${draftId}/report?format=csv`)
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(answer.headers.get('content-disposition')).toContain('"product-2024-01-01-draft.csv"')
    const [header = '', ...rows] = answer.body.trim().split('\r\n')
    expect(header.split(',').slice(0, 4)).toEqual(['line', 'description', 'stage', 'process'])
    expect(rows).toHaveLength(3)
    expect(rows[0]).toContain('welding-gas')
  })

  test('is a page that stands alone, under a policy of its own', async () => {
    const answer = await get(`${draftId}/report?format=html&lang=en`)
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; /,
    )
    expect(answer.body).toContain('<html lang="en" data-language="en">')
    expect(answer.body).toContain('Product carbon footprint report')
    expect(answer.body).not.toMatch(/<script|src="|href="\//)
  })

  test('comes out of the frozen record, and is the same as the draft’s but for how it stands', async () => {
    const frozen = await get(`${frozenId}/revisions/1/report`)
    expect(frozen.status, JSON.stringify(frozen.body)).toBe(200)
    const asItStands = await get(`${frozenId}/report`)
    const without = (report: { head: object }) => ({ ...report, head: { ...report.head, standing: null } })
    expect(without(frozen.body)).toEqual(without(asItStands.body))
    expect(frozen.body.head.standing).toMatchObject({ state: 'frozen', revision: 1 })
  })

  test('is refused by name: without activity data, to others, and in structures of inventories', async () => {
    const empty = await call('POST', '/v1/footprints', { token: client.preparer.token, body: productBody() })
    expect(code(await get(`${empty.body.id}/report`))).toBe('footprint-incomplete')
    expect(code(await get(`${draftId}/report`, other.preparer.token))).toBe('not-found')
    const structured = await get(`${draftId}/report?structure=ghg-protocol`)
    expect([code(structured), structured.body.parameter]).toEqual(['invalid-request', 'structure'])
    expect(code(await get(`${draftId}/report?with=${frozenId}`))).toBe('invalid-request')
  })
})

describe('the working paper of a product', () => {
  const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

  test('is an XLSX workbook, of a draft and of a revision, and nobody else’s', async () => {
    for (const [path, state] of [
      [`${draftId}/working-paper?lang=zh`, 'draft'],
      [`${frozenId}/revisions/1/working-paper`, 'revision-1'],
    ] as const) {
      const answer = await get(path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, workbook])
      expect(answer.headers.get('content-disposition')).toContain(`working-paper-2024-01-01-${state}.xlsx`)
      expect(String(answer.body)).toMatch(/^PK/)
      expect(code(await get(path, other.preparer.token))).toBe('not-found')
    }
  })
})
