/** Inventory reports over HTTP: of a draft and of a frozen revision, in every form, and for whom. */

import { beforeAll, describe, expect, test } from 'vitest'
import { InventoryReportView } from '../../src/http/routes/footprints/report-view.ts'
import { type Answer, call } from './api.ts'
import {
  apply,
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  enterprise,
  footprintBody,
  inventoryLines,
  submitted,
} from './cast.ts'

let client: Enterprise
let other: Enterprise
let verifier: Body
let draftId: string
let frozenId: string

const formula = '=HYPERLINK("http://example.org")'
const lines = [{ ...inventoryLines[0], description: formula }, inventoryLines[1]]

beforeAll(async () => {
  client = await enterprise()
  other = await enterprise()
  verifier = await body()
  draftId = (await draft(client, footprintBody(), lines)).id
  frozenId = await submitted(client)
}, 60_000)

const get = (path: string, token = client.preparer.token, headers: Record<string, string> = {}) =>
  call('GET', `/v1/footprints/${path}`, { token, headers })
const structuresOf = ({ body: report }: Answer) =>
  report.structures.map(({ structure }: { structure: string }) => structure)

describe('a working paper', () => {
  const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  /** A ZIP archive begins so. */
  const archive = /^PK/

  test('is an XLSX workbook, of a draft and of a revision, to be saved under its period', async () => {
    for (const [path, state] of [
      [`${draftId}/working-paper?lang=zh`, 'draft'],
      [`${frozenId}/revisions/1/working-paper`, 'revision-1'],
    ] as const) {
      const answer = await get(path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, workbook])
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="working-paper-2024-01-01-${state}.xlsx"`,
      )
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      expect(String(answer.body)).toMatch(archive)
    }
  })

  test('is nobody else’s, and none of a draft without activity data', async () => {
    const paths = [`${draftId}/working-paper`, `${frozenId}/revisions/1/working-paper`]
    for (const path of paths) {
      expect((await get(path, other.preparer.token)).status).toBe(404)
      expect((await get(path, verifier.lead.token)).status).toBe(404)
    }
    const empty = await call('POST', '/v1/footprints', {
      token: client.preparer.token,
      body: footprintBody(),
    })
    expect(code(await get(`${empty.body.id}/working-paper`))).toBe('footprint-incomplete')
  })
})

describe('a report beside another year', () => {
  test('says what moved the total, and of which footprint', async () => {
    const answer = await get(`${draftId}/report?with=${frozenId}&withRevision=1`)
    // The same lines in both: nothing moved.
    expect(answer.body.comparison).toMatchObject({
      ...{
        activityChange: '0',
        factorChange: '0',
        methodChange: '0',
        structural: '0',
        added: '0',
        ceased: '0',
      },
      previousPeriod: { start: '2024-01-01', end: '2025-01-01' },
    })
    expect((await get(`${draftId}/report`)).body.comparison).toBeNull()
  })

  test('is refused for another’s footprint, and for a revision of nothing', async () => {
    const foreign = await submitted(other)
    expect(code(await get(`${draftId}/report?with=${foreign}&withRevision=1`))).toBe('not-found')
    expect(code(await get(`${draftId}/report?withRevision=1`))).toBe('invalid-request')
  })
})

describe('the report of a draft', () => {
  test('is JSON in all three structures, with the hand-derived total, and says that it is a draft', async () => {
    const answer = await get(`${draftId}/report`)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    expect(structuresOf(answer)).toEqual(['ghg-protocol', 'iso-14064-1', 'gb-t-32150'])
    const { totals, head, structures } = InventoryReportView.parse(answer.body)
    // 49 858.24 kg in scope 2 and 6 290.244986 kg in scope 1 (cast.ts); printed in tonnes with the scheme's decimals.
    expect(Number(totals.total.kgCo2e)).toBeCloseTo(56_148.484986, 6)
    expect(totals.scopes[3]).toBeNull()
    expect(head.standing).toEqual({ state: 'draft', version: 2 })
    const [ghg, , gbt] = structures as unknown as [
      { scope3: { categories: { state: string }[] } },
      unknown,
      { total: { kgCo2e: string }; items: { activities: Record<string, unknown>[] }[] },
    ]
    expect(ghg.scope3.categories.map(({ state }) => state)).toEqual(Array(15).fill('without-lines'))
    // Without scope 3 and exports the sum of this structure is the total.
    expect(Number(gbt.total.kgCo2e)).toBeCloseTo(56_148.484986, 6)
  })

  test('narrows to one structure', async () => {
    expect(structuresOf(await get(`${draftId}/report?structure=gb-t-32150`))).toEqual(['gb-t-32150'])
    expect(code(await get(`${draftId}/report?structure=pas-2050`))).toBe('invalid-request')
  })

  test('is CSV with a row a line, where no text becomes a formula', async () => {
    const answer = await get(`${draftId}/report?format=csv`)
    expect(answer.headers.get('content-type')).toContain('text/csv')
    const [header = '', ...rows] = answer.body.trim().split('\r\n')
    expect(header.split(',').slice(0, 5)).toEqual([
      'line',
      'description',
      'scope',
      'iso_category',
      'category',
    ])
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain(`"'=HYPERLINK(""http://example.org"")"`)
    expect(rows[0]).toContain('49858.24')
    expect(rows[1]).toContain('cn-fuel-set-a-diesel')
  })

  test('is a page that stands alone, in the language asked for, under a policy of its own', async () => {
    const answer = await get(`${draftId}/report?format=html&lang=en`)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; /,
    )
    expect(answer.headers.get('content-disposition')).toBe(
      'inline; filename="inventory-2024-01-01-draft.html"',
    )
    expect(answer.body).toContain('<html lang="en" data-language="en">')
    expect(answer.body).toContain('Draft: not submitted')
    expect(answer.body).not.toMatch(/<script|src="|href="\//)
  })

  test('follows the Accept headers where the query says nothing', async () => {
    const html = await get(`${draftId}/report`, undefined, {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'accept-language': 'en-GB,en;q=0.9',
    })
    expect(html.body).toContain('data-language="en"')
    const csv = await get(`${draftId}/report`, undefined, { accept: 'text/csv' })
    expect(csv.headers.get('content-type')).toContain('text/csv')
  })

  test('is refused by name without activity data, to others, and without a token', async () => {
    const empty = await call('POST', '/v1/footprints', {
      token: client.preparer.token,
      body: footprintBody(),
    })
    expect(code(await get(`${empty.body.id}/report`))).toBe('footprint-incomplete')
    expect(code(await get(`${draftId}/report`, other.preparer.token))).toBe('not-found')
    expect(code(await get(`${draftId}/report`, verifier.lead.token))).toBe('not-found')
    expect((await call('GET', `/v1/footprints/${draftId}/report`)).status).toBe(401)
  })
})

describe('the report of a revision', () => {
  test('comes out of the frozen record, with its digests and who declared it', async () => {
    const [answer, revision] = await Promise.all([
      get(`${frozenId}/revisions/1/report`),
      get(`${frozenId}/revisions/1`),
    ])
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { totals, head } = InventoryReportView.parse(answer.body)
    expect(totals.total.kgCo2e).toBe(revision.body.result.totalKgCo2e)
    expect(head.standing).toEqual({
      state: 'frozen',
      revision: 1,
      digest: revision.body.digest,
      recordDigest: revision.body.recordDigest,
      declarationDigest: revision.body.declaration.digest,
      declaredBy: revision.body.declaration.personName,
      declaredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    })
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
  })

  test('is the same as the draft’s but for how it stands', async () => {
    const frozen = (await get(`${frozenId}/revisions/1/report`)).body
    const asItStands = (await get(`${frozenId}/report`)).body
    const without = (report: { head: object }) => ({ ...report, head: { ...report.head, standing: null } })
    expect(without(frozen)).toEqual(without(asItStands))
  })

  test('is seen by a body once it was put before it, and by nobody else', async () => {
    const id = await submitted(client)
    const path = `${id}/revisions/1/report?format=html`
    expect(code(await get(path, verifier.lead.token))).toBe('not-found')
    const applied = await apply(client.preparer.token, id, verifier.slug)
    expect(applied.status, JSON.stringify(applied.body)).toBe(201)
    const answer = await get(path, verifier.lead.token)
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('data-state="frozen"')
    expect(code(await get(path, other.preparer.token))).toBe('not-found')
    expect(code(await get(`${id}/revisions/2/report`))).toBe('not-found')
  })
})
