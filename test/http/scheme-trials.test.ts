/** A scheme tried on a footprint that was frozen before: what it would say, and that nothing comes of it. */

import { beforeAll, describe, expect, test } from 'vitest'
import { readScheme, schemeDigest } from '../../src/certification/scheme.ts'
import { call } from './api.ts'
import {
  apply,
  type Body,
  body,
  code,
  development,
  draft,
  type Enterprise,
  enterprise,
  inventoryTotalKg,
  submit,
  submitted,
} from './cast.ts'
import { brought, link, ofFootprint } from './evidence-files.ts'

let client: Enterprise
let other: Enterprise
let certifier: Body
let footprintId: string
/** The scheme under which the footprint was submitted. */
let document: Record<string, unknown>
beforeAll(async () => {
  client = await enterprise()
  other = await enterprise()
  certifier = await body()
  footprintId = await submitted(client)
  const path = `/v1/schemes/${development.id}/versions/${development.version}`
  document = (await call('GET', path)).body.document
}, 240_000)

const tried = (sent: Record<string, unknown>, token = client.machine) =>
  call('POST', '/v1/schemes/trials', { token, body: { footprintId, ...sent } })
const [inventoryRule, productRule] = [0, 1]
/** The document as an author has it on the desk: another version, published nowhere. */
const draftScheme = (changes: Record<string, unknown>) => ({ ...document, version: '9.9', ...changes })
function withInventoryRule(changes: Record<string, unknown>) {
  const subjects = document.subjects as Record<string, unknown>[]
  return draftScheme({
    subjects: [{ ...subjects[inventoryRule], ...changes }, subjects[productRule]],
  })
}

describe('a published scheme', () => {
  test('says of its own revision what it said when it was submitted', async () => {
    const answer = await tried({ scheme: development })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const revision = (
      await call('GET', `/v1/footprints/${footprintId}/revisions/1`, { token: client.machine })
    ).body
    expect(answer.body).toMatchObject({
      scheme: { ...development, digest: schemeDigest(readScheme(document)), published: true },
      footprint: {
        ...{ footprintId, revision: 1, scheme: development },
        ...{ digest: revision.digest, recordDigest: revision.recordDigest },
      },
      ...{ conforms: true, violations: [], papers: [], missingEvidence: null, issuable: true },
      documents: ['verification-statement', 'certificate'],
    })
    const parts = answer.body.parts as { part: string; kgCo2e: string }[]
    expect(parts.map(({ part }) => part)).toEqual(['scope-1', 'scope-2'])
    expect(parts.reduce((sum, { kgCo2e }) => sum + Number(kgCo2e), 0)).toBeCloseTo(inventoryTotalKg, 6)
  })

  test('of another kind of footprint refuses the kind, and has no rule for its parts', async () => {
    const { body: answer } = await tried({ scheme: { id: 'egret-product-statement', version: '1.3' } })
    expect(answer.conforms).toBe(false)
    expect(answer.violations[0]).toMatchObject({ rule: 'subject', accepted: ['product'] })
    expect(answer.parts.map(({ assurance, materialityMax }: never) => [assurance, materialityMax])).toEqual([
      [[], null],
      [[], null],
    ])
  })

  test('that nobody published is told so', async () => {
    const answer = await tried({ scheme: { id: development.id, version: '99.0' } })
    expect([code(answer), answer.body.pointer]).toEqual(['unknown-scheme', '/scheme'])
  })
})

describe('a scheme that is being written', () => {
  test('names each rule that the old footprint would break, with its lines and what it would accept', async () => {
    const scheme = withInventoryRule({ boundaries: ['equity-share'], families: ['electricity-generation'] })
    const { body: answer } = await tried({ scheme })
    expect(answer.scheme).toEqual({
      ...{ id: development.id, version: '9.9', published: false },
      digest: schemeDigest(readScheme(scheme)),
    })
    expect(answer.violations).toEqual([
      {
        rule: 'boundary',
        detail: 'The scheme does not accept the boundary "operational-control".',
        accepted: ['equity-share'],
      },
      {
        rule: 'family',
        detail: 'The scheme does not accept factors of the family "combustion" for this kind of footprint.',
        lines: ['diesel'],
        accepted: ['electricity-generation'],
      },
    ])
  })

  test('tells the working papers that it would ask for', async () => {
    const papers = [
      { kind: 'risk-assessment', before: 'propose' },
      { kind: 'verification-report', before: 'issue' },
    ]
    const { body: answer } = await tried({ scheme: draftScheme({ process: { papers } }) })
    expect([answer.conforms, answer.papers]).toEqual([true, papers])
  })

  test('names the lines whose evidence it would miss, by their share', async () => {
    const required = [
      { category: 'mobile-combustion', kinds: ['delivery-note', 'invoice'], shareFrom: '0.1' },
      { category: 'purchased-electricity', kinds: ['meter-photo'], shareFrom: '0.9' },
    ]
    const own = await submitted(client)
    const missing = async () =>
      (await tried({ footprintId: own, scheme: draftScheme({ evidence: { required } }) })).body
        .missingEvidence
    // By hand: diesel is 6,290.244986 of 56,148.484986 kg, 0.112; power 49,858.24, 0.888.
    expect(await missing()).toEqual({
      count: 1,
      lines: [
        {
          ...{ line: 'diesel', category: 'mobile-combustion', kinds: ['delivery-note', 'invoice'] },
          share: expect.closeTo(0.112, 3),
        },
      ],
    })
    const { id } = await brought(client.machine, ofFootprint(own))
    await link(client.machine, ofFootprint(own), id, { lines: ['diesel'] })
    expect(await missing()).toEqual({ count: 0, lines: [] })
  })

  test('is published by no trial, and under the name of a published one is not that one', async () => {
    await tried({ scheme: draftScheme({}) })
    expect(code(await tried({ scheme: { id: development.id, version: '9.9' } }))).toBe('unknown-scheme')
    const published = await tried({ scheme: document })
    expect(published.body.scheme.published).toBe(true)
    const changed = await tried({ scheme: { ...document, exclusionMax: '0.01' } })
    expect(changed.body.scheme).toMatchObject({ ...development, published: false })
  })

  test('that contradicts itself is refused by what does, in its place', async () => {
    const noNotice = { ...(document.wording as object), developmentNotice: null }
    const contradictory = await tried({ scheme: draftScheme({ wording: noNotice }) })
    expect([code(contradictory), contradictory.body.pointer]).toEqual(['invalid-request', '/scheme'])
    expect(contradictory.body.detail).toContain('carries a development notice')
    const unknown = await tried({ scheme: draftScheme({ exclusionMax: 'a little' }) })
    expect([code(unknown), unknown.body.pointer]).toEqual(['invalid-request', '/scheme/exclusionMax'])
    expect(code(await tried({ scheme: draftScheme({ surprise: true }) }))).toBe('invalid-request')
    expect(code(await tried({ scheme: {} }))).toBe('invalid-request')
    expect(code(await tried({ scheme: draftScheme({ id: '\ud800' }) }))).toBe('malformed-json')
  })
})

describe('who may try', () => {
  test('the owner, and a body from the application on: the revision put before it, and no other', async () => {
    const own = await submitted(client)
    const asBody = (sent: Record<string, unknown>) =>
      call('POST', '/v1/schemes/trials', {
        token: certifier.lead.token,
        body: { footprintId: own, scheme: development, ...sent },
      })
    expect(code(await asBody({}))).toBe('not-found')
    expect((await apply(client.preparer.token, own, certifier.slug)).status).toBe(201)
    const { status, body: answer } = await asBody({})
    expect([status, answer.footprint?.revision]).toEqual([200, 1])
    expect(code(await asBody({ revision: 2 }))).toBe('not-found')
  })

  test('another enterprise sees nothing, and neither does anybody without a token', async () => {
    expect(code(await tried({ scheme: development }, other.machine))).toBe('not-found')
    const bare = await call('POST', '/v1/schemes/trials', { body: { footprintId, scheme: development } })
    expect(bare.status).toBe(401)
  })

  test('a draft has nothing frozen to try on; of two revisions the newest is meant', async () => {
    const { id } = await draft(client)
    expect(code(await tried({ footprintId: id, scheme: development }))).toBe('not-found')
    expect((await submit(client.responsible.token, id)).status).toBe(201)
    const reopened = await call('POST', `/v1/footprints/${id}/reopen`, { token: client.preparer.token })
    expect(reopened.status, JSON.stringify(reopened.body)).toBe(200)
    expect((await submit(client.responsible.token, id)).status).toBe(201)
    const newest = await tried({ footprintId: id, scheme: development })
    const first = await tried({ footprintId: id, scheme: development, revision: 1 })
    expect([newest.body.footprint.revision, first.body.footprint.revision]).toEqual([2, 1])
  })
})
