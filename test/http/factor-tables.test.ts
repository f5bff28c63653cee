/** Published factors over HTTP: found in both languages, in pages that lose nothing, and no further than licences allow. */

import { describe, expect, test } from 'vitest'
import { call, isMadeByTest, operatorToken } from './api.ts'

const ids = (answer: { body: { factors: { id: string }[] } }) => answer.body.factors.map(({ id }) => id)

describe('GET /v1/factor-tables', () => {
  test('lists versions whose canonical bytes lie under their digest, where the licence lets them', async () => {
    const { body } = await call('GET', '/v1/factor-tables')
    const bundled = body.factorTables.filter(
      ({ table, version }: { table: string; version: string }) =>
        !isMadeByTest(table) && !isMadeByTest(version),
    )
    expect(bundled).toHaveLength(23)
    expect(
      bundled.find(({ table }: { table: string }) => table === 'world-electricity-ember').licenceTerms,
    ).toBe('share-alike')
    for (const { digest, redistributable, table } of bundled) {
      const answer = await call('GET', `/factor-tables/${digest.slice('sha256:'.length)}.json`)
      expect(answer.status, table).toBe(redistributable ? 200 : 404)
      if (redistributable) expect(answer.headers.get('cache-control')).toContain('immutable')
    }
  })

  test('reads one version, and refuses one that is not published', async () => {
    const found = await call('GET', '/v1/factor-tables/cn-electricity-co2/versions/2023')
    expect(found.body.factorCount).toBe(129)
    // The document states no terms; its licence is known by name.
    expect(found.body.licenceTerms).toBe('public-domain')
    expect((await call('GET', '/v1/factor-tables/cn-electricity-co2/versions/1999')).status).toBe(404)
  })
})

describe('GET /v1/factors', () => {
  test('finds a row by two Chinese characters and a year, with gas masses and source', async () => {
    const answer = await call('GET', `/v1/factors?q=${encodeURIComponent('福建')}&year=2023`)
    expect(ids(answer)).toEqual(['cn-grid-co2-2023-fj'])
    // Announcement 2025 No. 47, annex: Fujian 2023, 0.4211 kg CO2 per kWh; CO2 only.
    expect(answer.body.factors[0]).toMatchObject({
      flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.4211' }],
      gasesNotCovered: ['CH4', 'N2O'],
      family: 'electricity-generation',
    })
  })

  test('treats wildcards of the database as the characters they are', async () => {
    expect(ids(await call('GET', '/v1/factors?q=%25'))).not.toContain('cn-grid-co2-2023-fj')
  })

  test('pages through a table without losing or repeating a row', async () => {
    const seen: string[] = []
    let path: string | undefined = '/v1/factors?table=cn-electricity-co2&limit=50'
    while (path !== undefined) {
      const answer = await call('GET', path)
      seen.push(...ids(answer))
      const next: string | undefined = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
      path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search
    }
    expect([seen.length, new Set(seen).size]).toEqual([129, 129])
  })

  test('shows rows that may not be passed on to callers with a token only', async () => {
    const path = '/v1/factors?table=ipcc-2006-mobile'
    expect(ids(await call('GET', path))).toEqual([])
    const known = await call('GET', path, { token: await operatorToken() })
    expect(ids(known)).toHaveLength(11)
    expect(known.headers.get('cache-control')).toContain('private')
  })
})
