import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  axe,
  browserPath,
  openBrowser,
  skipped,
  type VisitOptions,
  visitWith,
  type Watched,
} from './browser.ts'
import { oddId } from './made-up-table.ts'
import { openSite, type Site } from './site.ts'

let site: Site
let browser: Browser
const open: BrowserContext[] = []

beforeAll(async () => {
  if (browserPath === undefined) return
  site = await openSite()
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((context) => context.close()))
})

async function visit(path: string, options: VisitOptions = {}): Promise<Watched> {
  const watched = await visitWith(browser, site.origin, path, options)
  open.push(watched.page.context())
  return watched
}

const fujian = '/factors/cn-electricity-co2/2023/cn-grid-co2-2023-fj'
const ukGrid = '/factors/uk-desnz/2025/desnz-2025-7_400_4000_5'
const paths = [
  '/factors',
  '/factors?q=diesel&region=GB',
  '/factors?q=nothing-like-it',
  '/factors?year=soon',
  '/factors/uk-desnz',
  '/factors/made-up',
  '/factors/ipcc-2006-stationary',
  fujian,
  ukGrid,
  '/factors/cn-electricity-life-cycle/2024/cn-elec-footprint-2024-national',
  `/factors/made-up/2021/${encodeURIComponent(oddId)}`,
  '/factors/made-up/2023/comes-and-goes',
  '/factors/uk-desnz/diff/2025/2026',
  '/factors/made-up/diff/2021/2022',
]

const focused = (page: Page) => page.evaluate('document.activeElement.outerHTML.slice(0, 80)')

describe.skipIf(browserPath === undefined)(`the registry in a browser${skipped}`, () => {
  test.each(paths)('%s is free of axe findings, wide and on a phone, in both languages', async (path) => {
    for (const options of [
      { width: 1200, locale: 'zh-CN' },
      { width: 360, locale: 'en' },
      { width: 360, locale: 'zh-CN' },
    ]) {
      const { page, foreign, complaints } = await visit(path, options)
      expect([options, await axe(page)]).toEqual([options, []])
      expect([foreign, complaints]).toEqual([[], []])
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      expect([options, overflow]).toEqual([options, 0])
    }
  })

  test('searches, and leads to a factor, by keyboard alone', async () => {
    const { page } = await visit('/factors', { locale: 'en' })
    await page.keyboard.press('Tab')
    expect(await focused(page)).toContain('class="skip"')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.insertText('福建')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/factors?q=**')
    expect(await page.locator('h3').first().innerText()).toContain('Fujian')
    await page.locator('h3 a').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/factors/cn-electricity-co2/2023/**')
    expect(await page.locator('.glance .amount').innerText()).toMatch(/^0\.\d{4}$/)
  })

  test('keeps addresses short: blank fields of the form are not in them', async () => {
    const { page } = await visit('/factors', { locale: 'en' })
    await page.locator('summary').click()
    await page.selectOption('#f-family', 'electricity-generation')
    await page.fill('#f-region', 'Fujian')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL('**/factors?**')
    expect(new URL(page.url()).search).toBe('?family=electricity-generation&region=Fujian')
    expect(await page.locator('.results li').count()).toBeGreaterThan(2)
  })

  test('searches, filters and compares without script', async () => {
    const { page } = await visit('/factors?q=%E7%A6%8F%E5%BB%BA&year=2023', { bare: true, locale: 'en' })
    await page.locator('h3 a').first().click()
    expect(page.url()).toContain('cn-grid-co2-2023-fj')
    expect(await page.locator('[data-copy]').isVisible()).toBe(false)
    await page.getByRole('link', { name: '中文' }).click()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await page.goto(`${site.origin}/factors/uk-desnz/diff/2025/2026`)
    await page.getByRole('link', { name: '新增' }).click()
    expect(new URL(page.url()).search).toBe('?part=added')
    expect(await page.locator('.movers > li').count()).toBe(5)
  })

  test('switches language in place, the choices of the form as well', async () => {
    const { page } = await visit('/factors?q=diesel', { locale: 'zh-CN' })
    await page.fill('#q', 'half a word')
    await page.getByRole('link', { name: 'English' }).click()
    expect(await page.locator('h1').innerText()).toBe('Emission factors')
    expect(await page.inputValue('#q')).toBe('half a word')
    expect(await page.locator('#f-family option').nth(1).textContent()).toBe('Combustion')
    expect(page.url()).toBe(`${site.origin}/factors?q=diesel`)
  })

  test('draws a history whose points lead to their rows, each reached by keyboard and named', async () => {
    const { page } = await visit(ukGrid, { locale: 'en' })
    const points = page.locator('.chart.wide a')
    expect(await points.count()).toBe(2)
    expect(await points.first().getAttribute('aria-label')).toBe('2024: 0.20705')
    await points.first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/factors/uk-desnz/2024/desnz-2024-7_400_4000_5')
    const drawn = await page.locator('.chart.wide .dot').count()
    expect(drawn).toBe(await page.locator('.figures tbody tr').count())
  })

  test('draws nothing where an edition has no such row', async () => {
    const { page } = await visit('/factors/made-up/2023/comes-and-goes')
    expect(await page.locator('.chart.wide .dot').count()).toBe(2)
    expect(await page.locator('.chart.wide .line').count()).toBe(0)
    expect(await page.locator('.chart.wide .gap-sign').count()).toBe(1)
  })

  test('shows the chart that fits the width, and only that', async () => {
    for (const [width, shown] of [
      [1200, 'wide'],
      [360, 'narrow'],
    ] as const) {
      const { page } = await visit(fujian, { width })
      expect(await page.locator('.chart:visible').getAttribute('class')).toBe(`chart ${shown}`)
    }
  })

  test('copies the pin of a row', async () => {
    const { page } = await visit(fujian, { locale: 'en' })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.origin })
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByText('Copied').waitFor()
    expect(JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()'))).toEqual({
      table: 'cn-electricity-co2',
      version: '2023',
      id: 'cn-grid-co2-2023-fj',
    })
  })
})
