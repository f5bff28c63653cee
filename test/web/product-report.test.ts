/** The page of a product's report: in both languages, under its own policy, wide, on a phone and on paper. */

import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { productReport } from '../../src/report/product/product-report.ts'
import type { ProductReport, ProductSource } from '../../src/report/product/types.ts'
import type { Language } from '../../src/web/language.ts'
import { standalonePolicy } from '../../src/web/policy.ts'
import { renderProductReport } from '../../src/web/report/product/product-page.ts'
import { co2eFactor } from '../engine/fixtures.ts'
import {
  assumedInput,
  beside,
  besideSource,
  cake,
  chair,
  chairInput,
  dairy,
  drawnSource,
  green,
  loop,
  loopInput,
  ofCircle,
  ofSite,
  productSource,
  ruled,
  strawLoopInput,
} from '../report/made-up-product.ts'
import { axe, browserPath, openBrowser, skipped, visitWith } from './browser.ts'

const odd = '</style><script>alert(1)</script> "\\' + "'; } 白鹭 🪶"

const reports: Readonly<Record<string, () => ProductReport>> = {
  full: () => productReport(chair()),
  loop: () => productReport(loop()),
  site: () => productReport(ofSite()),
  circle: () => productReport(ofCircle()),
  dairy: () => productReport(dairy()),
  drawn: () => productReport(drawnSource(chairInput())),
  beside: () => productReport(beside()),
  /** Where one reports what the other does not, and nothing is uncertain. */
  unlike: () => productReport(besideSource(loopInput(), strawLoopInput(), { monteCarlo: null })),
  /** An earlier engine's, which this one does not draw for. */
  undrawn: () =>
    productReport(
      chair({
        monteCarlo: {
          drawn: { generator: 'philox4x32-10', seed: 1, draws: 1000 },
          totals: null,
          refusal: { code: 'recomputation-differs', detail: 'Another engine.' },
        },
      }),
    ),
  /** Where only a parameter is uncertain; and where a line is too. */
  assumed: () => productReport(drawnSource(assumedInput())),
  assumedToo: () => productReport(drawnSource(assumedInput(false))),
  cake: () => productReport(cake()),
  green: () => productReport(green()),
  ruled: () => productReport(ruled()),
  /** A record of before most of what a result says. */
  old: () => {
    const { product: _, ...result } = loop().result
    return productReport(loop({ result: result as ProductSource['result'] }))
  },
  /** Names that would like to be markup, and nothing that is not needed. */
  odd: () => {
    const { system, descriptions } = loop()
    const processes = system.processes.map((process) => ({ ...process, name: { en: odd, zh: odd } }))
    return productReport(
      loop({
        ...{ title: odd, product: null, intendedUsers: null },
        ...{ system: { ...system, processes }, descriptions: new Map([...descriptions, ['coal', odd]]) },
        exclusions: [{ what: odd, reason: odd, estimatedShare: '0.01' }],
      }),
    )
  },
}

async function pageOf(language: Language, name: string): Promise<{ markup: string; policy: string }> {
  const { markup, styleHash } = renderProductReport(language, (reports[name] as () => ProductReport)())
  return { markup: String(await markup), policy: standalonePolicy(styleHash) }
}

describe('the page of a product’s report', () => {
  test.each(Object.keys(reports))(
    '%s holds both languages alike, runs nothing and asks for nothing',
    async (name) => {
      const { markup } = await pageOf('en', name)
      const count = (language: string) => markup.split(`data-in="${language}"`).length
      expect(count('zh')).toBe(count('en'))
      expect(markup).not.toMatch(/<script|javascript:|<link(?! rel="icon" href="data:,")|\ssrc=/i)
      expect(markup.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\s(?:style|on\w+)=/i)
      expect(markup).not.toMatch(/NaN|undefined|Infinity|\[object/)
      expect(markup.split('</style>')).toHaveLength(2)
    },
  )

  test('tells what is outside the boundary from what nobody reported', async () => {
    const { markup } = await pageOf('en', 'loop')
    const [, stages = ''] = markup.split('id="stages"')
    const [table = ''] = stages.split('</table>')
    expect(table.match(/<tr class="absent">/g)).toHaveLength(4)
    expect(table.split('<tbody>')[1]?.match(/nothing reported/g)).toHaveLength(1)
    expect(table.split('<tbody>')[1]?.match(/outside the boundary/g)).toHaveLength(3)
  })

  test('tells what is covered of the electricity, and by what', async () => {
    const { markup } = await pageOf('en', 'green')
    const [, section = ''] = markup.split('id="contracts"')
    const [body = ''] = section.split('</section>')
    expect(body).toContain('2 of 5 kWh are covered (40')
    expect(body).toContain('>wind<')
    expect((await pageOf('en', 'loop')).markup).not.toContain('id="contracts"')
  })

  test('names every drawing for listeners, and sets its figures beside it', async () => {
    const { markup } = await pageOf('en', 'full')
    for (const id of ['stages', 'flows', 'tree']) {
      const [, figure = ''] = markup.split(`<figure class="chart-figure" id="${id}">`)
      const [body = ''] = figure.split('</figure>')
      expect(body.match(/<svg[^>]*role="img"/g)).toHaveLength(2)
      expect(body.match(/<title id="[^"]+">[^<]+<\/title><desc id="[^"]+">[^<]+<\/desc>/g)).toHaveLength(2)
      expect(body).toContain('<table')
    }
  })

  test('shows no zero for what an older record does not say', async () => {
    const { markup } = await pageOf('en', 'old')
    for (const [id, said] of [
      ['sums', 'older than these sums'],
      ['data', 'older than this'],
      ['findings', 'older than these checks'],
    ]) {
      const [, chapter = ''] = markup.split(`<h2 id="${id}">`)
      expect(chapter.split('</section>')[0]).toContain(said)
      expect(chapter.split('</section>')[0]).not.toContain('<table')
    }
    expect(markup).not.toContain('id="sites"')
  })

  test('shows how a site’s year was divided, and a material’s formula term by term', async () => {
    const [site, circle] = await Promise.all([pageOf('en', 'site'), pageOf('en', 'circle')])
    const read = (markup: string) => markup.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')
    for (const shown of ['Main meter', 'Machine hours', '75.0\u202f%', '（系统之外）(outside)'])
      expect(site.markup.replace(/<[^>]+>/g, '')).toContain(shown)
    expect(read(circle.markup)).toContain('E*v 被替代的原生料primary material that is replaced')
  })

  test('shows the choices of method, each rule held against the calculation, and plants by their weight', async () => {
    const read = (markup: string) => markup.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')
    const ruledPage = read((await pageOf('en', 'ruled')).markup)
    for (const shown of [
      'Nothing happens in raw materials',
      '✕ 不符departs',
      'Ore lies on the site',
      'Travel 差旅',
    ])
      expect(ruledPage).toContain(shown)
    const cakePage = read((await pageOf('en', 'cake')).markup)
    expect(cakePage).toContain('Several plants as one')
    expect(cakePage).toContain('66.7\u202f%'.replace('\u202f', ' '))
  })

  test('shows a histogram with both intervals, its bars as a table, and how it was drawn', async () => {
    const { markup } = await pageOf('en', 'drawn')
    const [, figure = ''] = markup.split('<figure class="chart-figure" id="uncertainty">')
    const [body = '', after = ''] = figure.split('</figure>')
    for (const shown of ['Monte Carlo: mean and 95 % interval', 'Error propagation: total and 95 % interval'])
      expect(body).toContain(shown)
    expect(body).toContain('1\u202f000 draws from seed 1 (philox4x32-10)')
    const [details = ''] = after.split('</details>')
    const counts = [...details.matchAll(/<td class="number">(\d+)<\/td><\/tr>/g)].map(([, count]) =>
      Number(count),
    )
    expect([counts.length, counts.reduce((sum, count) => sum + count, 0)]).toEqual([40, 1000])
  })

  test('tells of a parameter’s uncertainty, which error propagation leaves out', async () => {
    const textOf = async (name: string) => (await pageOf('en', name)).markup.replace(/<[^>]+>/g, ' ')
    const [assumed, too, sure] = await Promise.all([textOf('assumed'), textOf('assumedToo'), textOf('loop')])
    for (const text of [assumed, too]) {
      expect(text).toContain('误差传播不含参数的不确定性（1 个参数给出了不确定性），见蒙特卡洛。')
      expect(text).toContain('leaves out the uncertainty of parameters (1 states one); Monte Carlo has it.')
      expect(text).toContain('Monte Carlo: mean and 95 % interval')
    }
    expect(assumed).toContain('No line states an uncertainty, so there is no interval by error propagation.')
    expect(assumed).not.toContain('Error propagation: total and 95 % interval')
    expect(assumed).toMatch(/5\.5\d … 6\.9\d at 95 % confidence \(Monte Carlo\)/)
    expect(too).toContain('Error propagation: total and 95 % interval')
    expect(sure).toContain('No line and no parameter states an uncertainty')
  })

  test('names what is uncertain in the language it is read in', async () => {
    const [input, on] = loopInput()
    const coal = { id: 'own-coal', unit: 'kg', family: 'cradle-to-gate' } as const
    const ownFactors = [co2eFactor({ ...coal, name: { en: 'Coal of the pit', zh: '本矿煤' } }, '2')]
    const lines = input.lines.map((one) =>
      one.id === 'coal'
        ? {
            ...one,
            factor: { id: 'own-coal' },
            uncertainty: { activityPercent: '5', factorPercent: '0' },
          }
        : one,
    )
    const report = productReport(productSource({ ...input, lines, ownFactors }, on))
    const page = String(await renderProductReport('zh', report).markup)
    const [, , table = ''] = page.split('>不确定性来自何处<')
    expect(table.split('</table>')[0]).toContain('<span data-in="zh" lang="zh-CN">本矿煤</span>')
  })

  test('says under the figure what the unit is, and what that makes per one of it and per year', async () => {
    const text = (await pageOf('en', 'full')).markup.replace(/<[^>]+>/g, ' ')
    // One piece that lasts ten years: the total itself, and a tenth of it.
    const { perFunction, totals } = productReport(chair())
    expect(perFunction?.kgCo2ePerUnit).toBe(totals.total.kgCo2e)
    expect(Number(perFunction?.kgCo2ePerYear)).toBeCloseTo(Number(totals.total.kgCo2e) / 10, 12)
    expect(text).toMatch(/Seat a pupil at school: 1 piece; service life 10 [^;]+; [\d.]+ kg CO₂e per piece; /)
    expect((await pageOf('en', 'loop')).markup).not.toContain('class="whole-row worded"')
  })

  test('calls a line without a description by its category and factor', async () => {
    const { tree, flows } = productReport(loop())
    expect(tree?.branches.find(({ key }) => key === 'melt')?.category).toBe('material')
    expect(flows?.nodes.find(({ key }) => key === 'coal')?.category).toBe('material')
    const text = (await pageOf('en', 'loop')).markup.replace(/<[^>]+>/g, ' ')
    expect(text).toContain('材料 · Factor of melt')
    expect(productReport(chair()).flows?.nodes.find(({ key }) => key === 'coal')?.category).toBeNull()
  })

  test('says why nothing was drawn', async () => {
    const { markup } = await pageOf('en', 'undrawn')
    expect(markup).toContain('an earlier engine calculated it, and only that may draw for it')
    expect(markup).not.toContain('bars-told">')
  })

  test('sets two products side by side, with what only one has as no difference', async () => {
    const { markup } = await pageOf('en', 'beside')
    const [, chapter = ''] = markup.split('<h2 id="beside">')
    const read = (chapter.split('</section>')[0] ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(read).toContain('Light chair 轻型课椅')
    expect(read).toMatch(/Draws in which A is lower 9\d\.\d/)
    for (const heading of ['Both by process', 'Both by category of activity', 'Lines of one id'])
      expect(read).toContain(`${heading}, the largest difference first`)
    const unlike = (await pageOf('en', 'unlike')).markup
    const [, gases = ''] = unlike.split('<h3><span data-in="zh" lang="zh-CN">两者按气体（kg CO₂e）')
    const methane = gases.split('<tr').find((row) => row.includes('CH₄')) ?? ''
    expect(methane).toContain('no activity reported')
    expect(methane).toContain('<td class="number"></td><td class="number share"></td>')
  })

  test('says that two do not differ, instead of drawing nothing on either side of zero', async () => {
    const { markup } = renderProductReport('en', productReport(besideSource(chairInput(), chairInput())))
    expect(String(await markup)).toContain('The two are the same in every draw.')
  })

  test('draws credits as such, and a loop around the outside', async () => {
    const [full, loops] = await Promise.all([pageOf('en', 'full'), pageOf('en', 'loop')])
    expect(full.markup).toMatch(/<path class="ribbon credit"/)
    expect(loops.markup).toMatch(/<path class="back stage-/)
    expect(loops.markup).toContain('↻ ')
  })
})

let server: ServerType
let origin: string
let browser: Browser

beforeAll(async () => {
  if (browserPath === undefined) return
  server = await new Promise<ServerType>((resolve) => {
    const opened = serve({ port: 0, hostname: '127.0.0.1', fetch: answer }, () => resolve(opened))
  })
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)))
})

async function answer(request: Request): Promise<Response> {
  const [, language = 'zh', name = 'full'] = new URL(request.url).pathname.split('/')
  const { markup, policy } = await pageOf(language as Language, name)
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
  return new Response(markup, { headers })
}

/** Texts of drawings that reach out of them, or stand over one another; of the language that shows. */
const clipped = `[...document.querySelectorAll('svg.chart')].filter((svg) => svg.getBoundingClientRect().width > 0).flatMap((svg) => {
  const frame = svg.getBoundingClientRect()
  const boxes = [...svg.querySelectorAll('text')].filter((text) => getComputedStyle(text.closest('[data-in]') ?? text).display !== 'none').map((text) => [text.textContent, text.getBoundingClientRect()])
  const out = boxes.filter(([, box]) => box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2).map(([text]) => 'out: ' + text)
  const over = boxes.flatMap(([text, a], at) => boxes.slice(at + 1).filter(([, b]) => a.left + 2 < b.right && b.left + 2 < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom).map(([other]) => text + ' | ' + other))
  return [...out, ...over]
})`

describe.skipIf(browserPath === undefined)(`a product’s report in a browser${skipped}`, () => {
  test.each([
    '/zh/full',
    '/en/full',
    '/en/loop',
    '/zh/odd',
    '/zh/site',
    '/en/circle',
    '/en/dairy',
    '/en/cake',
    '/zh/ruled',
    '/en/drawn',
    '/zh/beside',
    '/en/beside',
    '/en/unlike',
    '/en/old',
  ])(
    '%s is free of axe findings, overflow and texts on top of one another, wide and on a phone',
    async (path) => {
      for (const width of [1280, 390]) {
        const { page, foreign, complaints } = await visitWith(browser, origin, path, { width })
        expect([width, await axe(page)]).toEqual([width, []])
        expect([foreign.filter((url) => !url.startsWith('data:')), complaints]).toEqual([[], []])
        const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        expect([width, overflow]).toEqual([width, 0])
        expect([width, await page.evaluate(clipped)]).toEqual([width, []])
        await page.context().close()
      }
    },
  )

  test('prints on A4 with the number of each page', async () => {
    const { page } = await visitWith(browser, origin, '/en/full')
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/)
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3)
    await page.context().close()
  })
})
