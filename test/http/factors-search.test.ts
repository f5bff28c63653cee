/** Finding factors over HTTP: the first hit a person would agree with, hostile queries, pages that lose and repeat nothing. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, call, isMadeByTest, operatorToken } from './api.ts'

interface Hit {
  readonly table: string
  readonly version: string
  readonly id: string
  readonly name: { readonly en: string; readonly zh: string | null }
  readonly [member: string]: unknown
}

const hits = (answer: Answer): readonly Hit[] => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.factors
}
const search = async (q: string, more = '', token?: string): Promise<readonly Hit[]> =>
  hits(
    await call('GET', `/v1/factors?q=${encodeURIComponent(q)}${more}`, token === undefined ? {} : { token }),
  )
const named = (en: RegExp) => ({ name: expect.objectContaining({ en: expect.stringMatching(en) }) })
const chinese = (zh: RegExp) => ({ name: expect.objectContaining({ zh: expect.stringMatching(zh) }) })

/** What is asked, and what the first answer is to be; and of all tables, where one that takes a token has a nearer row. */
const expectations: readonly (readonly [query: string, first: object, withToken?: object])[] = [
  // Chinese: two characters, one, several words
  ['福建', { region: 'CN-FJ', year: 2023, category: 'electricity' }],
  ['福建 电力', { id: 'cn-grid-co2-2023-fj' }],
  ['内蒙古', { region: 'CN-NM', year: 2023 }, { region: 'CN-NM', ...chinese(/^热力-/) }],
  ['全国 电力', { region: 'CN', category: 'electricity', ...chinese(/全国/) }],
  ['北京 2022', { id: 'cn-grid-co2-2022-bj' }],
  ['电力', { region: 'CN', category: 'electricity', year: 2024 }],
  ['電力', { region: 'CN', category: 'electricity', year: 2024 }],
  ['全国', { region: 'CN', category: 'electricity', year: 2024 }],
  ['电网', { category: 'electricity', family: 'electricity-generation', ...chinese(/电网平均/) }],
  ['柴油', { region: 'CN', family: 'combustion', ...chinese(/^柴油/) }],
  ['天然气', { family: 'combustion', ...chinese(/^天然气/) }],
  ['天然氣', { family: 'combustion', ...chinese(/^天然气/) }],
  ['原油', { family: 'combustion', ...chinese(/^原油/) }],
  ['汽油', { region: 'CN', family: 'combustion', ...chinese(/^汽油/) }],
  ['煤', { family: 'combustion', ...chinese(/^煤（/) }],
  [
    '光伏',
    { category: 'electricity-photovoltaic', region: 'CN', year: 2024 },
    { category: 'electricity-photovoltaic' },
  ],
  [
    '水电',
    { category: 'electricity-hydro', region: 'CN', year: 2024 },
    { category: 'electricity-hydro', region: 'CN' },
  ],
  ['输配电', { category: expect.stringMatching(/^electricity-transmission/), region: 'CN', year: 2024 }],
  ['热力', { family: 'heat', region: 'CN' }, { family: 'heat', ...chinese(/^热力-/) }],
  ['铁路', { category: expect.stringMatching(/rail/) }],
  ['制冷剂', { category: 'refrigerant' }],
  ['英国 电力', { region: 'GB', category: 'electricity', year: 2026 }],
  // English: words, plurals, beginnings
  ['Fujian', { region: 'CN-FJ', year: 2023, category: 'electricity' }],
  ['inner mongolia', { region: 'CN-NM', year: 2023 }],
  ['natural gas', { family: 'combustion', ...named(/Natural gas$/) }],
  ['diesel', { family: 'combustion', ...named(/Diesel/) }],
  ['coal', { family: 'combustion', ...named(/Coal/) }, { region: 'CN', ...named(/^Coal$/) }],
  ['butanes', { family: 'combustion', ...named(/Butane$/) }],
  ['lignite', { family: 'combustion', ...named(/^Lignite/) }],
  ['UK electricity', { region: 'GB', category: 'electricity', year: 2026 }],
  ['hotel china', { category: 'hotel-stay', region: 'CN' }],
  ['rail freight', { category: 'freight-rail' }],
  ['average laden hgv', { ...named(/HGV.*Average laden/) }],
  ['taxis', { category: 'travel-taxi' }],
  ['water supply', { category: 'water-supply' }],
  ['homeworking', { category: 'homeworking' }],
  ['butan', { ...named(/Butane/) }],
  // Ids; names written in several ways
  ['cn-grid-co2-2023-fj', { id: 'cn-grid-co2-2023-fj' }],
  ['CN-GRID-CO2-2023-FJ', { id: 'cn-grid-co2-2023-fj' }],
  ['desnz-2025-1_100_1004_1', { id: 'desnz-2025-1_100_1004_1', state: 'superseded' }],
  ['desnz-2026-1_100_1004_1', { id: 'desnz-2026-1_100_1004_1', state: 'published' }],
  ['R-410A', { ...named(/R410A/), state: 'published' }],
  ['Ｒ４１０Ａ', { ...named(/R410A/) }],
  ['r 410a', { ...named(/R410A|R-410A/) }],
  ['HFC-134a', { ...named(/HFC-134a/) }],
  ['hfc 134a', { ...named(/HFC-134a/) }],
  ['HFC134a', { ...named(/HFC-134a/) }],
]

const expected = expectations.map(([query, first, withToken = first]) => ({ query, first, withToken }))

/** The first row of a bundled table. */
const firstOf = async (query: string, token?: string): Promise<Hit | undefined> => {
  const found = await search(query, '&limit=50', token)
  return found.find(({ table, version }) => !isMadeByTest(table) && !isMadeByTest(version))
}

describe('the first answer', () => {
  test.each(expected)('to "$query" is one a person would agree with', async ({ query, first }) => {
    expect(await firstOf(query)).toMatchObject(first)
  })

  test.each(expected)('to "$query" is one with a token too', async ({ query, withToken }) => {
    expect(await firstOf(query, await operatorToken())).toMatchObject(withToken)
  })

  test('is of the current edition; superseded ones follow, and say so', async () => {
    const found = await search('butane', '&table=uk-desnz&unit=t')
    const states = found.map(({ state, version }) => `${version} ${state}`)
    expect([...new Set(states)]).toEqual(['2026 published', '2025 superseded', '2024 superseded'])
    expect(found.find(({ version }) => version === '2025')?.supersededBy).toBe('2026')
  })

  test('carries what a reader must know of the table', async () => {
    const [found] = await search('cn-grid-co2-2023-fj')
    expect(found).toMatchObject({
      tableTitle: { en: expect.any(String), zh: expect.any(String) },
      licence: expect.any(String),
      licenceTerms: 'public-domain',
      redistributable: true,
      ownerOrganizationId: null,
      flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.4211' }],
    })
  })
})

describe('facets', () => {
  test.each([
    ['table=cn-fuel', { table: 'cn-fuel' }],
    ['table=uk-desnz&version=2024', { table: 'uk-desnz', version: '2024', state: 'superseded' }],
    ['category=electricity&region=CN-FJ', { region: 'CN-FJ', category: 'electricity' }],
    ['family=heat', { family: 'heat' }],
    ['year=2021', { year: 2021 }],
    ['unit=room.night', { unit: 'room.night' }],
    ['gas=SF6', { flows: expect.arrayContaining([expect.objectContaining({ gas: 'SF6' })]) }],
    ['confirmation=unverified', { confirmation: 'unverified' }],
    ['licence=attribution', { licenceTerms: 'attribution' }],
    ['licence=Public-Domain', { licenceTerms: 'public-domain' }],
    ['licence=open+government', { licence: expect.stringMatching(/Open Government/) }],
    ['redistributable=true', { redistributable: true }],
    ['state=superseded', { state: 'superseded' }],
    ['state=published&q=gas', { state: 'published' }],
  ])('%s', async (query, all) => {
    const found = hits(await call('GET', `/v1/factors?${query}`))
    expect(found.length).toBeGreaterThan(0)
    for (const one of found) expect(one).toMatchObject(all)
  })

  test('that no row has find nothing, and unknown ones are refused', async () => {
    expect(await search('diesel', '&region=CN-FJ')).toEqual([])
    expect(await search('diesel', '&state=withdrawn')).toEqual([])
    expect(hits(await call('GET', "/v1/factors?category=x'%20%7C%20'y"))).toEqual([])
    expect((await call('GET', '/v1/factors?state=gone')).status).toBe(400)
    expect((await call('GET', '/v1/factors?redistributable=perhaps')).status).toBe(400)
  })

  test('a word for terms finds rows under these terms, and none whose licence only has it in its name', async () => {
    const token = await operatorToken()
    const shareAlike = await search('Electricity generation China', '&licence=share-alike', token)
    expect(shareAlike.map(({ id }) => id)).toContain('ember-chn-2024')
    expect(shareAlike.every(({ licenceTerms }) => licenceTerms === 'share-alike')).toBe(true)
    expect(await search('', '&licence=share-alike')).toEqual([])
    // The IPCC tables' licence ends "… as facts with attribution", and is unclear.
    const attributed = await search('', '&licence=attribution&limit=200&redistributable=false', token)
    expect(attributed.every(({ licenceTerms }) => licenceTerms === 'attribution')).toBe(true)
    const named = await search('', '&licence=with+attribution', token)
    expect(named.some(({ licenceTerms }) => licenceTerms === 'unclear')).toBe(true)
  })

  test('rows that may not be passed on are for callers with a token', async () => {
    expect(await search('', '&redistributable=false')).toEqual([])
    const known = await search('', '&redistributable=false', await operatorToken())
    expect(known.length).toBeGreaterThan(0)
    expect(known.every(({ redistributable }) => redistributable === false)).toBe(true)
  })
})

describe('hostile and empty queries', () => {
  test.each([
    ['%'],
    ['_'],
    ["' | '"],
    ["') | ("],
    ['!!&&||'],
    [':*'],
    ['<->'],
    ['\\'],
    ["''"],
    ['\u3000·。、'],
    ['\u{1F600}'],
  ])('"%s" finds nothing', async (query) => {
    expect(await search(query)).toEqual([])
  })

  test('a hundred characters, words or runs behave', async () => {
    expect(await search('电'.repeat(100))).toEqual([])
    expect(await search('w '.repeat(50))).toBeInstanceOf(Array)
    expect(await search('ab '.repeat(33))).toBeInstanceOf(Array)
    expect(
      await search(Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `${letter}a`).join(' ')),
    ).toEqual([])
    const long = await call('GET', `/v1/factors?q=${'x'.repeat(101)}`)
    expect(long.status).toBe(400)
  })

  test('an operator between words is no operator', async () => {
    const plain = await search('butane lignite')
    expect(await search('butane | lignite')).toEqual(plain)
    expect((await search('butane !propane')).map(({ id }) => id)).toEqual(
      (await search('butane propane')).map(({ id }) => id),
    )
  })

  test('nothing asked lists the registry', async () => {
    const found = hits(await call('GET', '/v1/factors?q=&limit=3'))
    expect(found).toHaveLength(3)
  })

  test('whatever is typed is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (text) => {
        const { status } = await call('GET', `/v1/factors?limit=2&q=${encodeURIComponent(text)}`)
        expect([200, 400]).toContain(status)
      }),
      { numRuns: 60 },
    )
  })
})

/** All rows of an answer, page by page. */
async function pages(query: string, limit: number): Promise<readonly string[]> {
  const seen: string[] = []
  let path: string | undefined = `/v1/factors?${query}&limit=${limit}`
  while (path !== undefined) {
    const answer: Answer = await call('GET', path)
    seen.push(...hits(answer).map(({ table, version, id }) => `${table}/${version}/${id}`))
    const next: string | undefined = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
    path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search
  }
  return seen
}

describe('pages', () => {
  const queries = [
    'q=natural+gas',
    `q=${encodeURIComponent('天然气')}`,
    `q=${encodeURIComponent('电力')}`,
    'q=rail',
    'q=electricity&region=CN-FJ',
    'category=electricity',
    'table=cn-fuel',
    'gas=SF6',
    'state=superseded&unit=room.night',
  ]

  test('of whatever size lose and repeat no row, and keep their order', async () => {
    const whole = new Map<string, readonly string[]>()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...queries),
        fc.integer({ min: 11, max: 60 }),
        async (query, limit) => {
          const all = whole.get(query) ?? (await pages(query, 200))
          whole.set(query, all)
          expect(new Set(all).size).toBe(all.length)
          expect(await pages(query, limit)).toEqual(all)
        },
      ),
      { numRuns: 12 },
    )
  }, 60_000)

  test('of everything hold each row of the registry once', async () => {
    const { body } = await call('GET', '/v1/factor-tables')
    const count = body.factorTables
      .filter(({ redistributable }: { redistributable: boolean }) => redistributable)
      .reduce((sum: number, { factorCount }: { factorCount: number }) => sum + factorCount, 0)
    const all: string[] = []
    for (const state of ['published', 'superseded', 'withdrawn'])
      all.push(...(await pages(`state=${state}`, 200)))
    expect(new Set(all).size).toBe(count)
    expect(all.length).toBe(count)
  }, 60_000)

  test.each([
    ['x'],
    ['1.2.3'],
    ['9.9.999.9999.9/t/v/i'],
    ['0.0.0.2020.0/t/v'],
    ["0.0.0.2020.0/t'/v/';drop"],
    ['-1.0.0.2020.0/t/v/i'],
    ['0.0.0.2020.0/t/v/i\u{1F600}'],
  ])('a cursor of one’s own, "%s", is refused or answered, and no failure', async (after) => {
    for (const query of ['q=gas', 'category=electricity', '']) {
      const { status } = await call('GET', `/v1/factors?${query}&after=${encodeURIComponent(after)}`)
      expect([200, 400]).toContain(status)
    }
  })
})
