/** The registry's pages over the real database and object store: what they show, and what they cost once an isolate is warm. */

import { describe, expect, test } from 'vitest'
import { costOf, request } from '../harness/http.ts'

const look = (path: string) => request(path, { headers: { accept: 'text/html', 'accept-language': 'en' } })
const fujian = '/factors/cn-electricity-co2/2023/cn-grid-co2-2023-fj'
const search = `/factors?q=${encodeURIComponent('福建')}&year=2023`

describe('pages of the registry', () => {
  test('find a factor by two Chinese characters, and lead to it', async () => {
    const found = await look(search)
    expect(found.status).toBe(200)
    expect(await found.text()).toContain(`href="${fujian}"`)
    expect(await (await look(fujian)).text()).toContain('0.4211')
  })

  test('list a table that may not be passed on, and show no row of it', async () => {
    expect(await (await look('/factors')).text()).toContain('href="/factors/ipcc-2006-mobile"')
    const row = await look('/factors/ipcc-2006-mobile/2006/ipcc2006-mobile-road-diesel')
    expect(row.status).toBe(404)
    expect(await row.text()).toContain('No such factor is here')
  })

  test('cost no round trip but the search’s one, once an isolate has seen the registry', async () => {
    for (const path of [fujian, '/factors/uk-desnz', '/factors/uk-desnz/diff/2025/2026']) {
      await look(path)
      expect([path, costOf(await look(path))]).toEqual([path, { database: 0, reads: 0, writes: 0 }])
    }
    await look(search)
    expect(costOf(await look(search))).toEqual({ database: 1, reads: 0, writes: 0 })
  })
})
