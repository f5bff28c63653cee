/** A verification report's page in a browser: under its own policy, in both languages, on a phone, and on paper. */

import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '../../src/web/language.ts'
import { standalonePolicy } from '../../src/web/policy.ts'
import { renderVerificationReport } from '../../src/web/report/verification/verification-page.ts'
import { appliedReport, madeReport, odd } from '../report/made-verification.ts'
import { axe, browserPath, openBrowser, skipped, visitWith } from './browser.ts'

const reports = { full: madeReport, applied: appliedReport } as const

async function pageOf(language: Language, name: keyof typeof reports) {
  const { markup, styleHash } = renderVerificationReport(language, reports[name]())
  return { markup: String(await markup), policy: standalonePolicy(styleHash) }
}

describe('the page of a verification report', () => {
  test.each(['full', 'applied'] as const)('%s holds both languages alike, and runs nothing', async (name) => {
    const { markup } = await pageOf('en', name)
    const count = (language: string) => markup.split(`data-in="${language}"`).length
    expect(count('zh')).toBe(count('en'))
    expect(markup).not.toMatch(/<script|NaN|undefined|\[object|\ssrc=/)
    expect(markup.split('</style>')).toHaveLength(2)
  })

  test('shows a stranger’s text as text, wherever it stands', async () => {
    const { markup } = await pageOf('en', 'full')
    expect(markup).not.toContain(odd)
    expect(markup.split('&lt;script&gt;').length).toBeGreaterThan(10)
  })

  test('names persons by label and name, and says where a name was erased', async () => {
    const { markup } = await pageOf('en', 'full')
    expect(markup).toContain('<b>P1</b> Lin')
    expect(markup).toMatch(/<b>P3<\/b> <span data-in="zh"[^>]*>（姓名已删除）/)
  })

  test('writes a plan of reduction in both languages, its share in percent', async () => {
    const { markup } = await pageOf('en', 'full')
    expect(markup).toMatch(
      /<td><span class="written"><span data-in="zh"[^>]*>用电<\/span><span data-in="en"[^>]*>Power/,
    )
    expect(markup).toContain('<td>12.5\u202f%</td>')
  })

  test('says that nothing is there yet, where nothing is', async () => {
    const { markup } = await pageOf('en', 'applied')
    for (const told of [
      'No opinion has been proposed yet.',
      'The application has not been accepted.',
      'No working papers are on file.',
      'No finding was raised.',
      'No files.',
    ]) {
      expect(markup).toContain(told)
    }
  })

  test('reads papers in an order of ours: the database keeps none', async () => {
    const { markup } = await pageOf('en', 'full')
    const visit = markup.split('Site visit</span> · ').at(-1) ?? ''
    const places = ['Site', 'From', 'Until', 'Rationale'].map((name) => visit.indexOf(`>${name}</span></dt>`))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThan(0)
  })
})

describe.skipIf(browserPath === undefined)(`in a browser${skipped}`, () => {
  let browser: Browser
  let server: ServerType
  let origin: string
  beforeAll(async () => {
    browser = await openBrowser()
    server = serve({ port: 0, fetch: answer })
    await new Promise((resolve) => server.once('listening', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await new Promise((resolve) => server.close(resolve))
  })

  /** `/en/full`. */
  async function answer(request: Request): Promise<Response> {
    const [, language, name] = new URL(request.url).pathname.split('/')
    const { markup, policy } = await pageOf(language as Language, name as keyof typeof reports)
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
    return new Response(markup, { headers })
  }

  test.each([
    ['zh', 1280],
    ['zh', 390],
    ['en', 1280],
    ['en', 390],
  ] as const)('%s at %d pixels: accessible, no wider than the window', async (language, width) => {
    for (const name of ['full', 'applied']) {
      const { page, complaints } = await visitWith(browser, origin, `/${language}/${name}`, { width })
      expect(complaints).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      expect(await axe(page)).toEqual([])
      await page.context().close()
    }
  })

  test('prints on A4, the annex on a page of its own', async () => {
    const { page } = await visitWith(browser, origin, '/en/full')
    await page.emulateMedia({ media: 'print' })
    const before = 'getComputedStyle(document.querySelector(".annex")).breakBefore'
    expect(await page.evaluate(before)).toBe('page')
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/)
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)?.length).toBeGreaterThan(3)
    await page.context().close()
  })
})
