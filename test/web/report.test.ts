/** The report's page in a browser: under its own policy, in both languages, on a phone, and saved as a file. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inventoryReport } from '../../src/report/inventory-report.ts'
import type { InventoryReport } from '../../src/report/types.ts'
import type { Language } from '../../src/web/language.ts'
import { standalonePolicy } from '../../src/web/policy.ts'
import { renderReport } from '../../src/web/report/report-page.ts'
import { madeLine, madeResult, madeSource, realisticSource } from '../report/made-up.ts'
import { axe, browserPath, openBrowser, skipped, visitWith } from './browser.ts'

const odd = '</style><script>alert(1)</script> "\\' + "'; } 白鹭 🪶"

/** Nothing but one line, no scope 2, no months; and a title that would like to be markup and style. */
const bare = (): InventoryReport =>
  inventoryReport(
    madeSource(
      madeResult([madeLine({ id: odd, category: 'process-emissions', made: [['fossil', 'CO2', 1, 1]] })]),
      {
        title: odd,
        exclusions: [{ what: odd, reason: odd, estimatedShare: '0.01' }],
        intendedUsers: null,
      },
    ),
  )

const reports: Readonly<Record<string, () => InventoryReport>> = {
  full: () => inventoryReport(realisticSource()),
  bare,
}

async function pageOf(language: Language, name: string): Promise<{ markup: string; policy: string }> {
  const { markup, styleHash } = renderReport(language, (reports[name] as () => InventoryReport)())
  return { markup: String(await markup), policy: standalonePolicy(styleHash) }
}

describe('the page of a report', () => {
  test.each(['full', 'bare'])(
    '%s holds both languages alike, runs nothing and asks for nothing',
    async (name) => {
      const { markup } = await pageOf('en', name)
      const count = (language: string) => markup.split(`data-in="${language}"`).length
      expect(count('zh')).toBe(count('en'))
      expect(markup).not.toMatch(/<script|javascript:|<link(?! rel="icon" href="data:,")|\ssrc=/i)
      expect(markup.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\s(?:style|on\w+)=/i)
    },
  )

  test('cannot be broken out of by a title', async () => {
    const { markup } = await pageOf('en', 'bare')
    expect(markup.split('</style>')).toHaveLength(2)
    expect(markup).not.toContain('alert(1)</script>')
  })

  test('never prints an absent amount as a number', async () => {
    const { markup } = await pageOf('en', 'bare')
    expect(markup).not.toMatch(/NaN|undefined|Infinity|\[object/)
    // Fifteen categories of scope 3, none of them with lines.
    const [, scope3 = ''] = markup.split('Scope 3 · value chain')
    expect(scope3.split('</tbody>')[0]?.match(/<tr class="absent">/g)).toHaveLength(15)
  })
})

describe('what a reader finds', () => {
  test('the contracts of scope 2, what stands for the rest, and what each facility counts for', async () => {
    const { markup } = await pageOf('en', 'full')
    for (const shown of [
      'gec-2025',
      'Green certificates',
      'Proxy',
      '955\u202f000 kWh are covered',
      '2025-07-01',
    ]) {
      expect(markup).toContain(shown)
    }
  })

  test('an exclusion beside the category it names, and the last day of the period, not the first after it', async () => {
    const { markup } = await pageOf('en', 'full')
    expect(markup).toMatch(/Employee commuting<\/span><span class="under">.*No survey yet/)
    expect(markup).toContain('2025-01-01 – 2025-12-31')
  })

  test('each step of the arithmetic, each facility and own power in words, in both languages', async () => {
    const working = [
      { name: 'registerSteps', value: '1500', unit: '1', of: 'A1' },
      { name: 'part', value: '300', unit: 'kWh', of: 'tenant' },
      { name: 'priceYear', value: '2025', unit: 'a' },
    ]
    const line = madeLine({ id: 'solar', category: 'self-generated-electricity', made: [], facility: 'roof' })
    const facility = new Map([['roof', { en: 'The roof', zh: '屋顶' }]])
    const given = madeSource(madeResult([{ ...line, working }]))
    const { markup } = renderReport('en', inventoryReport({ ...given, names: { ...given.names, facility } }))
    const [, trail = ''] = String(await markup).split('id="trail"')
    const read = trail.replace(/<[^>]+>/g, '')
    for (const shown of [
      '表计读数差register A1:',
      '扣除分表less sub-meter tenant:',
      '价格年份prices of 2025',
      '屋顶The roof ·',
      '无燃烧burns nothing',
    ])
      expect(read).toContain(shown)
    expect(read).not.toMatch(/registerSteps|priceYear|gas mass/)
  })

  test('how much of a long list is shown: 200 lines of 205, the largest', async () => {
    const many = Array.from({ length: 205 }, (_, at) =>
      madeLine({ id: `line-${at}`, category: 'process-emissions', made: [['fossil', 'CO2', at, at]] }),
    )
    const { markup } = renderReport('en', inventoryReport(madeSource(madeResult(many))))
    const [, trail = ''] = String(await markup).split('id="trail"')
    expect(trail.match(/<tr class="way">/g)).toHaveLength(200)
    expect(trail).toContain('The largest 200 of 205 lines')
    expect([trail.includes('>line-4<'), trail.includes('>line-5<')]).toEqual([false, true])
  })
})

let server: ServerType
let origin: string
let browser: Browser
let folder: string

beforeAll(async () => {
  if (browserPath === undefined) return
  folder = mkdtempSync(join(tmpdir(), 'egret-report-'))
  server = await new Promise<ServerType>((resolve) => {
    const opened = serve({ port: 0, hostname: '127.0.0.1', fetch: answer }, () => resolve(opened))
  })
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)))
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

/** `/zh/full`; with `/changed` after it the style is another than the policy names. */
async function answer(request: Request): Promise<Response> {
  const [, language = 'zh', name = 'full', changed] = new URL(request.url).pathname.split('/')
  const { markup, policy } = await pageOf(language as Language, name)
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
  return new Response(changed ? markup.replace('--ink: #16323b', '--ink: #16323c') : markup, { headers })
}

describe.skipIf(browserPath === undefined)(`a report in a browser${skipped}`, () => {
  test.each(['/zh/full', '/en/full', '/en/bare'])(
    '%s is free of axe findings and overflow, wide and on a phone',
    async (path) => {
      for (const width of [1280, 360]) {
        const { page, foreign, complaints } = await visitWith(browser, origin, path, { width })
        expect([width, await axe(page)]).toEqual([width, []])
        expect([foreign.filter((url) => !url.startsWith('data:')), complaints]).toEqual([[], []])
        const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        expect([width, overflow]).toEqual([width, 0])
        await page.context().close()
      }
    },
  )

  test('shows one language, and the other by its switch, without script', async () => {
    const { page } = await visitWith(browser, origin, '/zh/full', { bare: true })
    expect(await page.locator('#glance').innerText()).toBe('概览')
    await page.getByText('English', { exact: true }).click()
    expect(await page.locator('#glance').innerText()).toBe('At a glance')
    await page.context().close()
  })

  test('its policy lets its own style in, and a changed one not', async () => {
    const { page } = await visitWith(browser, origin, '/en/full')
    const colour = 'getComputedStyle(document.querySelector(".scope-1")).fill'
    expect(await page.evaluate(colour)).toBe('rgb(15, 74, 84)')
    await page.context().close()
    const { page: other, complaints } = await visitWith(browser, origin, '/en/full/changed')
    expect(complaints.join()).toContain('Content Security Policy')
    expect(await other.evaluate(colour)).toBe('rgb(0, 0, 0)')
    await other.context().close()
  })

  test('looks the same when it was saved', async () => {
    const { markup } = await pageOf('en', 'full')
    const file = join(folder, 'report.html')
    writeFileSync(file, markup)
    const { page, complaints } = await visitWith(browser, `file://${folder}`, '/report.html')
    expect(complaints).toEqual([])
    expect(await page.evaluate('getComputedStyle(document.querySelector("main")).borderTopWidth')).toBe('6px')
    await page.context().close()
  })

  test('prints on A4 with its name and the number of each page', async () => {
    const { page } = await visitWith(browser, origin, '/en/full')
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    // A4 in points, 1/72 inch.
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/)
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(5)
    await page.context().close()
  })

  test('leaves a month without data open in the course, and says so', async () => {
    const { page } = await visitWith(browser, origin, '/en/full')
    expect(await page.locator('#course .chart.wide .month').count()).toBe(11)
    expect(await page.locator('#course .chart.wide .gap').count()).toBe(1)
    expect(await page.locator('#course table').innerText()).toContain('no data')
    await page.context().close()
  })
})
