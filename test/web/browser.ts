/** Debian's Chromium for tests, without a network of its own; absent where no browser is installed. */

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Where the browser is; undefined where there is none. */
export const browserPath = places.find((path) => path !== undefined && path !== '' && existsSync(path))

/** Why browser tests skip, for their titles. */
export const skipped = browserPath === undefined ? ' (skipped: no browser; set CHROMIUM_PATH)' : ''

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath ?? '', args: quiet })
}

/** What a page did that it should not: requests to elsewhere, and what the console said. */
export interface Watched {
  readonly page: Page
  readonly foreign: string[]
  readonly complaints: string[]
}

export interface VisitOptions {
  readonly width?: number
  readonly locale?: string
  /** Waits until nothing loads any more. */
  readonly quiet?: boolean
  /** Without script, as some visitors are. */
  readonly bare?: boolean
}

/** Opens a page of a site in a context of its own. */
export async function visitWith(
  browser: Browser,
  origin: string,
  path: string,
  options: VisitOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1200, height: 900 },
    locale: options.locale ?? 'zh-CN',
    javaScriptEnabled: options.bare !== true,
  })
  const page = await context.newPage()
  const watched: Watched = { page, foreign: [], complaints: [] }
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) watched.foreign.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() === 'error') watched.complaints.push(message.text())
  })
  page.on('pageerror', (error) => watched.complaints.push(error.message))
  await page.goto(`${origin}${path}`, { waitUntil: options.quiet ? 'networkidle' : 'load' })
  return watched
}

interface AxeResult {
  readonly passes: number
  readonly violations: readonly { id: string; nodes: { target: string[]; failureSummary: string }[] }[]
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** axe-core's findings, by rule and place. The debugger injects it, so the page's policy stands as it is. */
export async function axe(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axeSource })
  const run =
    'axe.run().then(({ passes, violations }) => JSON.stringify({ passes: passes.length, violations }))'
  const answer = await session.send('Runtime.evaluate', { expression: run, awaitPromise: true })
  const { passes, violations } = JSON.parse(answer.result.value as string) as AxeResult
  if (passes < 10) throw new Error(`axe looked at ${passes} rules only`)
  return violations.flatMap(({ id: rule, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${rule} ${target.join(' ')}: ${failureSummary}`),
  )
}
