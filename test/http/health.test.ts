import { describe, expect, test } from 'vitest'
import { costOf, request, token } from '../harness/http.ts'

describe('GET /health', () => {
  test('answers without asking Postgres or object storage', async () => {
    const answer = await request('/health')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ status: 'ok' })
    expect(costOf(answer)).toEqual({ database: 0, reads: 0, writes: 0 })
  })
})

describe('the harness', () => {
  test('holds an operator who gets a token from the running parts', async () => {
    expect((await token()).split('.')).toHaveLength(3)
  })
})
