/** Which mark a document may show, asked by anyone. */

import { beforeAll, describe, expect, test } from 'vitest'
import { call } from './api.ts'
import { body, code, development, engagementIn, enterprise, move } from './cast.ts'

let issued: { id: string; number: string }
let token: string
beforeAll(async () => {
  const certifier = await body()
  token = certifier.decider.token
  const wanted = { documentKind: 'certificate' }
  const engagementId = await engagementIn('decided', await enterprise(), certifier, wanted)
  const answer = await move(token, engagementId, 'credential')
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  issued = answer.body
}, 120_000)

const mark = (id: string) => call('GET', `/v1/public/credentials/${id}/mark`)

describe('the mark of a document', () => {
  test('is none where its scheme gives none, and that is an answer', async () => {
    const answer = await mark(issued.id)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=15'])
    expect(answer.body).toMatchObject({
      ...{ mayShow: false, mark: null, number: issued.number, status: 'active' },
      scheme: { ...development, filing: null },
    })
    expect(answer.body.because).toEqual([
      { obstacle: 'no-mark', en: expect.stringContaining('no mark'), zh: expect.stringContaining('标识') },
    ])
  })

  test('follows what the body decides of the document', async () => {
    const sent = { move: 'suspend', reason: 'misuse-of-document' }
    const moved = await call('POST', `/v1/credentials/${issued.id}/moves`, { token, body: sent })
    expect(moved.status, JSON.stringify(moved.body)).toBe(201)
    expect((await mark(issued.id)).body).toMatchObject({ mayShow: false, status: 'suspended' })
  })

  test('of a document that is none is not found', async () => {
    expect(code(await mark(crypto.randomUUID()))).toBe('not-found')
    expect(code(await mark('none'))).toBe('invalid-request')
  })
})
