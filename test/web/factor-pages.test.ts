import { describe, expect, test } from 'vitest'
import { naughty, oddId } from './made-up-table.ts'
import { testRegistry } from './registry.ts'
import { appOver, MemoryObjects } from './site.ts'

const origin = 'https://factors.test'
const app = appOver(new MemoryObjects(), origin, { registry: testRegistry().registry })
const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(`${origin}${path}`, { headers: { accept: 'text/html', ...headers } })
const page = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).text()

const fujian = '/factors/cn-electricity-co2/2023/cn-grid-co2-2023-fj'
const ukGrid = '/factors/uk-desnz/2025/desnz-2025-7_400_4000_5'
const odd = `/factors/made-up/2022/${encodeURIComponent(oddId)}`

const paths = [
  '/factors',
  '/factors?q=diesel',
  '/factors?q=nothing-like-it&region=CN-FJ',
  '/factors?year=soon',
  '/factors/uk-desnz',
  '/factors/made-up',
  '/factors/ipcc-2006-stationary',
  fujian,
  ukGrid,
  odd,
  '/factors/uk-desnz/diff/2024/2025',
  '/factors/made-up/diff/2021/2022',
  '/factors/nothing',
]

describe('every page of the registry', () => {
  test.each(paths)('%s runs nothing inline and loads nothing from elsewhere', async (path) => {
    const answer = await get(path)
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /)
    const markup = await answer.text()
    expect(markup).not.toMatch(/<style|javascript:|<script(?![^>]*\ssrc="\/assets\/)/i)
    const withoutValues = markup.replace(/"[^"]*"/g, '""')
    expect(withoutValues).not.toMatch(/<[^>]*\s(?:style|on\w+)=/i)
  })

  test.each(paths)('%s says the same in both languages', async (path) => {
    const markup = await page(path)
    const count = (language: string) => markup.split(`data-in="${language}"`).length
    expect(count('zh')).toBe(count('en'))
    expect(count('zh')).toBeGreaterThan(5)
  })

  test('keeps what is asked when the language is switched', async () => {
    const markup = await page('/factors?q=%E6%9F%B4%E6%B2%B9&region=CN&lang=zh')
    expect(markup).toContain('href="?q=%E6%9F%B4%E6%B2%B9&amp;region=CN&amp;lang=en"')
  })

  test('may be kept by shared caches, a comparison of frozen versions the longest; not one that sets a cookie', async () => {
    const kept = async (path: string) => (await get(path)).headers.get('cache-control')
    expect([
      await kept('/factors?q=diesel'),
      await kept(fujian),
      await kept('/factors/uk-desnz/diff/2024/2025'),
    ]).toEqual(['public, max-age=30', 'public, max-age=300', 'public, max-age=3600'])
    const switched = await get(`${fujian}?lang=en`)
    expect(switched.headers.get('set-cookie')).toMatch(/^lang=en/)
    expect(switched.headers.get('cache-control')).toContain('private')
  })

  test('is linked from the header of each', async () => {
    expect(await page('/')).toContain('href="/factors"')
    expect(await page('/factors')).toContain('<a href="/factors" aria-current="page">')
  })
})

describe('/factors', () => {
  test('without a question lists the tables, those whose rows are not shown apart, and never a draft', async () => {
    const markup = await page('/factors')
    expect(markup).toContain('href="/factors/uk-desnz"')
    const [open = '', closed = ''] = markup.split('id="closed"')
    expect([
      open.includes('/factors/ipcc-2006-mobile"'),
      closed.includes('/factors/ipcc-2006-mobile"'),
    ]).toEqual([false, true])
    expect(markup).toContain('href="/factors?q=%E7%A6%8F%E5%BB%BA+%E7%94%B5%E5%8A%9B"')
  })

  test('shows value, unit, coverage, region, year and edition of what was found', async () => {
    const markup = await page('/factors?q=%E7%A6%8F%E5%BB%BA&year=2023')
    expect(markup).toContain(`href="${fujian}"`)
    for (const shown of [
      '0.4211',
      'kg CO₂',
      'not covered: CH₄, N₂O',
      'Fujian · 2023',
      'cn-electricity-co2',
    ]) {
      expect(markup).toContain(shown)
    }
  })

  test('takes a region by its name', async () => {
    expect(await page('/factors?region=%E7%A6%8F%E5%BB%BA&year=2023')).toContain('0.4211')
  })

  test('narrows by gas, unit, confirmation, standing and licence, however they are written', async () => {
    const count = async (query: string) => {
      const markup = await page(`/factors?table=made-up&${query}`)
      return markup.includes('id="nothing"') ? 0 : [...markup.matchAll(/<h3><a/g)].length
    }
    // The made-up table holds 4, 3 and 4 rows; each edition has one unverified one; the first was withdrawn.
    expect(await count('gas=CO%E2%82%82')).toBe(11)
    expect(await count('gas=CH4')).toBe(0)
    expect(await count(`unit=${encodeURIComponent('千瓦时')}`)).toBe(11)
    expect(await count('confirmation=unverified')).toBe(3)
    expect([
      await count('state=published'),
      await count('state=superseded'),
      await count('state=withdrawn'),
    ]).toEqual([4, 3, 4])
    expect([await count('licence=CC0'), await count('licence=OGL')]).toEqual([11, 0])
  })

  test('does not search by what it cannot read, and says so', async () => {
    for (const query of [
      'year=soon',
      'family=magic',
      'q=%00',
      `q=${'x'.repeat(101)}`,
      'table=../..',
      'unit=furlong',
      'state=draft',
    ]) {
      const answer = await get(`/factors?${query}`)
      expect([query, answer.status]).toEqual([query, 200])
      const markup = await answer.text()
      expect(markup).toContain('Nothing was searched')
      expect(markup).not.toContain('class="results"')
    }
  })

  test('says of a search in vain what was searched, and how to be without each condition', async () => {
    const markup = await page('/factors?q=unobtainium&family=heat')
    expect(markup).toContain('<b>unobtainium</b> <a href="/factors?family=heat">')
    expect(markup).toMatch(
      /<b><span[^>]*>热力<\/span><span[^>]*>Heat<\/span><\/b> <a href="\/factors\?q=unobtainium">/,
    )
  })

  test('pages through everything by links, losing and repeating nothing', async () => {
    const seen: string[] = []
    let path: string | undefined = '/factors?table=cn-electricity-co2'
    while (path !== undefined) {
      const markup: string = await page(path)
      seen.push(...[...markup.matchAll(/<h3><a href="([^"]+)"/g)].map(([, href]) => href ?? ''))
      path = /rel="next" href="([^"]+)"/.exec(markup)?.[1]?.replaceAll('&amp;', '&')
    }
    expect([seen.length, new Set(seen).size]).toEqual([129, 129])
  })

  test('never shows rows that may not be passed on, and says that they are there', async () => {
    const markup = await page('/factors?table=ipcc-2006-mobile')
    expect(markup).not.toContain('ipcc2006-mobile-road-diesel')
    expect(markup).toContain('Rows of 1 more table are not shown')
  })
})

describe('/factors/{table}', () => {
  test('shows editions newest first, with their standing and the way to what changed', async () => {
    const markup = await page('/factors/uk-desnz')
    expect([...markup.matchAll(/<li id="v-(\d+)"/g)].map(([, version]) => version)).toEqual([
      '2026',
      '2025',
      '2024',
    ])
    expect(markup).toContain('superseded by 2026')
    expect(markup).toContain('href="/factors/uk-desnz/diff/2025/2026"')
    expect(markup).toMatch(/href="\/factor-tables\/[0-9a-f]{64}\.json"/)
  })

  test('says of a withdrawn edition when and why', async () => {
    const markup = await page('/factors/made-up')
    expect(markup).toContain('Withdrawn on 2026-11-20')
    expect(markup).toContain('The publisher printed kilograms as tonnes.')
  })

  test('of a table that may not be passed on says why, and how to read it', async () => {
    const markup = await page('/factors/ipcc-2006-stationary')
    expect(markup).toContain('The rows of this table are not shown here')
    expect(markup).toContain('GET /v1/factors')
    expect(markup).not.toMatch(/href="\/factor-tables\/[0-9a-f]{64}\.json"/)
  })
})

describe('/factors/{table}/{version}/{id}', () => {
  test('tells the number, what it holds, what is absent, and where it was read', async () => {
    const markup = await page(fujian)
    for (const shown of [
      '0.4211',
      'absent, not zero',
      'annex table 3',
      'sha256:6f1d8f5b4cbf9485f211c64e960f0ebcb3322876ce67355c75b26209510ef101',
      '&quot;id&quot;: &quot;cn-grid-co2-2023-fj&quot;',
    ]) {
      expect(markup).toContain(shown)
    }
  })

  test('shows the years of a series, with the change from year to year', async () => {
    // Fujian: 0.4711, 0.4092, 0.4211 in 2021 to 2023; (0.4211 − 0.4092) ÷ 0.4092 = 2.9 %.
    const markup = await page(fujian)
    for (const shown of ['0.4711', '0.4092', '+2.9\u202f%', 'aria-label="2022: 0.4092"'])
      expect(markup).toContain(shown)
  })

  test('shows the same row in every edition, though its id changed, each leading to its page', async () => {
    const markup = await page(ukGrid)
    for (const version of ['2024', '2026']) {
      expect(markup).toContain(`href="/factors/uk-desnz/${version}/desnz-${version}-7_400_4000_5"`)
    }
    // 0.20705 in 2024: (0.177 − 0.20705) ÷ 0.20705 = −14.5 %.
    expect(markup).toContain('\u221214.5\u202f%')
  })

  test('shows an edition without the row as a gap, and the change across it', async () => {
    const markup = await page('/factors/made-up/2023/comes-and-goes')
    expect(markup).toContain('not in this edition')
    expect(markup).toContain('+100\u202f%')
    expect(markup.match(/class="dot"/g)).toHaveLength(4)
  })

  test('tells zero from absent', async () => {
    const markup = await page('/factors/made-up/2023/zero')
    expect(markup).toContain('a true zero')
    expect(markup).toContain('CH₄, N₂O: not given by the source.')
  })

  test('says why a sum cannot be restated on other GWPs', async () => {
    const stated = await page('/factors/cn-electricity-life-cycle/2024/cn-elec-footprint-2024-national')
    expect(stated).toContain('does not say on which GWPs it summed')
    const upstream = await page('/factors/uk-desnz/2025/desnz-2025-11_100_1000_15')
    expect(upstream).toContain('AR6, AR4: it holds a sum that the source made on AR5')
  })

  test('warns above all else of a withdrawn edition', async () => {
    const markup = await page('/factors/made-up/2021/doubles')
    expect(markup).toContain('This edition was withdrawn; new footprints cannot use it.')
  })

  test('survives an id that an address would take for something else, and names that look like markup', async () => {
    expect(await page('/factors?table=made-up&version=2022')).toContain(
      `href="${odd.replaceAll('&', '&amp;')}"`,
    )
    const answer = await get(odd)
    expect(answer.status).toBe(200)
    const markup = await answer.text()
    expect(markup).not.toContain(naughty)
    expect(markup).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })
})

describe('/factors/{table}/diff/{a}/{b}', () => {
  const path = '/factors/uk-desnz/diff/2024/2025'

  test('counts, shows the largest movers first, and leads to both rows and to the data', async () => {
    const markup = await page('/factors/made-up/diff/2022/2023')
    expect(markup).toMatch(/<b>1<\/b> <span[^>]*>数值变了/)
    expect(markup).toMatch(/<b>1<\/b> <span[^>]*>新增/)
    expect(markup).toContain('+100\u202f%')
    expect(markup).toContain('href="/factors/made-up/2022/doubles"')
    expect(markup).toContain('href="/factors/made-up/2023/doubles"')
    expect(markup).toContain('href="/v1/factor-tables/made-up/versions/2022/diff/2023?format=csv"')
  })

  test('pages, and shows one kind alone', async () => {
    const ids = (markup: string) => [...markup.matchAll(/<h2><a href="([^"]+)"/g)].map(([, href]) => href)
    const [first, second] = [ids(await page(path)), ids(await page(`${path}?page=2`))]
    expect(first).toHaveLength(100)
    expect(second.some((id) => first.includes(id))).toBe(false)
    expect(await page('/factors/made-up/diff/2021/2022?part=removed')).toMatch(/data-kind="removed"/)
    expect(await page('/factors/made-up/diff/2021/2022?part=added')).toContain('There are no such rows.')
    expect((await get(`${path}?page=999999&part=magic`)).status).toBe(200)
  })
})

describe('what is not there', () => {
  test.each([
    '/factors/nothing',
    '/factors/uk-desnz/1999',
    '/factors/uk-desnz/2025/nothing',
    '/factors/uk-desnz/2025/nothing.json',
    '/factors/uk-desnz/diff/1999/2025',
    '/factors/ipcc-2006-mobile/2006/ipcc2006-mobile-road-diesel',
    '/factors/%00/%ff/..%2f',
  ])('%s is a page that leads back to the search', async (path) => {
    const answer = await get(path, { 'accept-language': 'en' })
    expect([path, answer.status]).toEqual([path, 404])
    const markup = await answer.text()
    expect(markup).toContain('No such factor is here')
    expect(markup).toContain('<a class="button" href="/factors">')
  })

  test('an edition has no page of its own and is found on its table’s', async () => {
    const answer = await get('/factors/uk-desnz/2025')
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/factors/uk-desnz#v-2025'])
  })
})
