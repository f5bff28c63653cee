/** The diff of two versions over HTTP: JSON and CSV, kept for ever, and no further than both licences allow. */

import { describe, expect, test } from 'vitest'
import { call, operatorToken } from './api.ts'

const path = (table: string, a: string, b: string) => `/v1/factor-tables/${table}/versions/${a}/diff/${b}`

describe('GET /v1/factor-tables/{table}/versions/{a}/diff/{b}', () => {
  test('of a version with itself holds nothing, names both digests, and may be kept for ever', async () => {
    const { body, headers, status } = await call('GET', path('cn-fuel', '2015', '2015'))
    expect(status).toBe(200)
    expect(body.counts).toEqual({ added: 0, removed: 0, changed: 0, unchanged: 40 })
    expect(body.entries).toEqual([])
    expect(body.from).toEqual(body.to)
    expect(body.from.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(body.gwpSet).toEqual({ id: 'ipcc-ar6', version: '2021' })
    expect(headers.get('cache-control')).toBe('public, max-age=3600')
    expect(headers.get('vary')).toContain('authorization')
  })

  test('is CSV where the query or the Accept header asks for it; the query decides', async () => {
    const address = path('cn-fuel', '2015', '2015')
    const asked = await call('GET', `${address}?format=csv`)
    const accepted = await call('GET', address, { headers: { accept: 'text/csv' } })
    const both = await call('GET', `${address}?format=json`, { headers: { accept: 'text/csv' } })
    expect(asked.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(asked.body).toMatch(/^kind,from_id,to_id,.*,relative_change,changes\r\n$/)
    expect(accepted.body).toBe(asked.body)
    expect(both.headers.get('content-type')).toContain('application/json')
    expect(asked.headers.get('vary')).toContain('accept')
  })

  test('of two editions tells the largest mover first, in JSON as in CSV', async () => {
    const address = path('uk-desnz', '2025', '2026')
    const { body } = await call('GET', address)
    expect(body.counts).toEqual({ added: 5, removed: 0, changed: 1261, unchanged: 1411 })
    // DESNZ 2025 and 2026, international rail: (0.01135 − 0.00446) ÷ 0.00446.
    expect(body.entries[0]).toMatchObject({
      from: 'desnz-2025-25_315_3148_11',
      to: 'desnz-2026-25_315_3148_11',
      value: { from: '0.00446', to: '0.01135', of: 'stated-co2e', basis: 'AR5', unit: 'passenger.km' },
      relativeChange: expect.closeTo(1.5448, 4),
    })
    const csv: string = (await call('GET', `${address}?format=csv`)).body
    const lines = csv.split('\r\n')
    expect(lines).toHaveLength(1 + 1266 + 1)
    expect(lines[1]).toMatch(/^changed,desnz-2025-25_315_3148_11,desnz-2026-25_315_3148_11,/)
    expect(lines[1]).toContain(',0.00446,0.01135,stated-co2e,AR5,1.544')
  })

  test('of a table whose rows may not be passed on is for callers with a token, and theirs alone', async () => {
    const address = path('ipcc-2006-mobile', '2006', '2006')
    expect((await call('GET', address)).status).toBe(404)
    const known = await call('GET', address, { token: await operatorToken() })
    expect(known.body.counts.unchanged).toBe(11)
    expect(known.headers.get('cache-control')).toBe('private, max-age=3600')
  })

  test('refuses what is not published by name', async () => {
    const unknown = await call('GET', path('cn-fuel', '2015', '1999'))
    expect([unknown.status, unknown.body.type]).toEqual([404, expect.stringMatching(/not-found$/)])
    expect((await call('GET', path('another-owner.table', '1', '2'))).status).toBe(404)
    const set = await call('GET', `${path('cn-fuel', '2015', '2015')}?gwpSet=ipcc-ar9`)
    expect([set.status, set.body.type]).toEqual([422, expect.stringMatching(/unknown-gwp-set$/)])
    expect((await call('GET', path('CN', '2015', '2015'))).status).toBe(400)
    expect((await call('GET', `${path('cn-fuel', '2015', '2015')}?format=xlsx`)).status).toBe(400)
  })
})
