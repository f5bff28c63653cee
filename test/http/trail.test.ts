/** The trail as its readers get it: whoever holds the pages verifies them, and sees no more than the engagement shows. */

import { beforeAll, describe, expect, test } from 'vitest'
import { type TrailLink, verifyTrail } from '../../src/transparency/trail.ts'
import { type Answer, call, operatorOrganization, operatorToken } from './api.ts'
import { type Body, body, type Enterprise, engagementIn, enterprise, move, proposal, read } from './cast.ts'

let client: Enterprise
let certifier: Body
let engagement: string
let footprint: string
beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  engagement = await engagementIn('reviewed', client, certifier)
  footprint = (await read(certifier.manager.token, engagement)).body.footprintId
}, 60_000)

const trailOf = (token: string, path: string, query = ''): Promise<Answer> =>
  call('GET', `/v1/${path}/trail${query}`, { token })
const ofEngagement = (token: string) => trailOf(token, `engagements/${engagement}`)

const shownActions = ({ body: page }: Answer): string[] =>
  page.links.flatMap(({ entry }: TrailLink) => (entry === null ? [] : [JSON.parse(entry).action]))

describe('an engagement’s trail', () => {
  test('holds together for both sides, and ends alike', async () => {
    const [bodys, clients] = [
      await ofEngagement(certifier.lead.token),
      await ofEngagement(client.preparer.token),
    ]
    for (const { status, body: page } of [bodys, clients]) {
      expect(status).toBe(200)
      expect(verifyTrail(page)).toEqual({ intact: true, length: page.length, hash: page.hash })
    }
    expect(clients.body.hash).toBe(bodys.body.hash)
  })

  test('shows the body every act, and the client neither the review nor an opinion before the decision', async () => {
    const [first, rest] = [
      ['apply', 'accept'],
      ['propose', 'concur'],
    ]
    expect(shownActions(await ofEngagement(certifier.lead.token))).toEqual([...first, ...rest])
    const clients = await ofEngagement(client.preparer.token)
    expect(shownActions(clients)).toEqual(first)
    expect(JSON.stringify(clients.body)).not.toContain(proposal.opinion)
    const id = await engagementIn('decided', client, certifier)
    const after = await trailOf(client.preparer.token, `engagements/${id}`)
    expect(shownActions(after)).toEqual(['apply', 'accept', 'propose', 'grant'])
  })

  test('holds no name, no note and no reason', async () => {
    const text = JSON.stringify((await ofEngagement(certifier.lead.token)).body)
    const { participants } = (await read(certifier.lead.token, engagement)).body
    for (const { personName } of participants) expect(text).not.toContain(personName)
    for (const written of [proposal.rationale, 'Complete.']) expect(text).not.toContain(written)
  })

  test('comes page by page, each with the hash that it follows', async () => {
    const links: TrailLink[] = []
    let path: string | null = `/v1/engagements/${engagement}/trail?limit=1`
    let whole: Answer['body'] = null
    while (path !== null) {
      const answer: Answer = await call('GET', path, { token: certifier.lead.token })
      expect(verifyTrail(answer.body, links.length + 1)).toMatchObject({
        intact: true,
        length: links.length + 1,
      })
      links.push(...answer.body.links)
      whole = answer.body
      const next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
      path = next === undefined ? null : new URL(next).pathname + new URL(next).search
    }
    expect(links).toHaveLength(whole.length)
    expect(verifyTrail({ ...whole, previous: '0'.repeat(64), links })).toMatchObject({ hash: whole.hash })
  })

  test.each(['0', '-1', 'x', '9'.repeat(12)])('refuses the cursor %s', async (after) => {
    expect((await trailOf(certifier.lead.token, `engagements/${engagement}`, `?after=${after}`)).status).toBe(
      400,
    )
  })

  test('is not there for anyone else', async () => {
    const [rival, stranger] = [await body(), await enterprise()]
    for (const token of [rival.lead.token, stranger.preparer.token]) {
      expect((await ofEngagement(token)).status).toBe(404)
    }
    expect((await ofEngagement(await operatorToken())).status).toBe(403)
  })
})

describe('the trail of a footprint', () => {
  test('is its owner’s, and tells what stood before', async () => {
    const { status, body: page } = await trailOf(client.machine, `footprints/${footprint}`)
    expect(status).toBe(200)
    expect(verifyTrail(page)).toMatchObject({ intact: true, length: page.length })
    const entries = page.links.map(({ entry }: { entry: string }) => JSON.parse(entry))
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      'create-footprint',
      'put-activity-data',
      'submit-revision',
    ])
    expect(entries[1].facts).toMatchObject({ activityDataBefore: null, version: 2 })
    expect(entries[2].role).toBe('responsible')
    expect((await trailOf(certifier.lead.token, `footprints/${footprint}`)).status).toBe(404)
  })
})

describe('the trail of an organization', () => {
  test('is its own, also what the operator did in it', async () => {
    const admin = client.machine
    const seen = await trailOf(admin, `organizations/${client.id}`)
    expect(seen.status === 200 || seen.status === 403).toBe(true)
    const operator = await operatorToken()
    expect((await trailOf(operator, `organizations/${client.id}`)).status).toBe(404)
    const { body: page } = await trailOf(
      operator,
      `organizations/${await operatorOrganization()}`,
      '?limit=200',
    )
    expect(verifyTrail(page)).toMatchObject({ intact: true })
  })
})

test('a move that fails leaves no entry', async () => {
  const before = (await ofEngagement(certifier.lead.token)).body.length
  expect((await move(certifier.lead.token, engagement, 'propose', proposal)).status).toBe(409)
  expect((await ofEngagement(certifier.lead.token)).body.length).toBe(before)
})
