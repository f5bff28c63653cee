/** A database that takes nobody is no failure of ours to hide behind a bare 500: the client is told to come again. */

import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { App, AppDeps } from '../../src/http/context.ts'
import { onFailure } from '../../src/http/problems.ts'

async function answered(thrown: Error): Promise<{ status: number; type: string }> {
  const logged: unknown[] = []
  const deps = {
    settings: { publicUrl: 'https://egret.test' },
    log: (_level: string, message: string) => logged.push(message),
  }
  const app = new Hono<App>().get('/', () => {
    throw thrown
  })
  app.onError(onFailure(deps as unknown as AppDeps))
  const response = await app.request('/')
  expect(logged).toHaveLength(1)
  return { status: response.status, type: ((await response.json()) as { type: string }).type }
}

const failedQuery = (code: string) =>
  new Error('Failed query', { cause: Object.assign(new Error(), { code }) })

describe('a failure of the database', () => {
  test.each(['53300', '57P03', '08006', 'ECONNREFUSED'])('%s is unavailable, and logged', async (code) => {
    const answer = await answered(failedQuery(code))
    expect(answer).toEqual({ status: 503, type: 'https://egret.test/problems/unavailable' })
  })

  test.each(['23505', '42P01'])('%s is ours to find: a bare 500', async (code) => {
    const answer = await answered(failedQuery(code))
    expect(answer).toEqual({ status: 500, type: 'https://egret.test/problems/internal-error' })
  })
})
