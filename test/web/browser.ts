/** Debian's Chromium for tests, without a network of its own; absent where no browser is installed. */

import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

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
