/** Published cases, where this machine has them; tests say so where it does not. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.env.EGRET_CASES ?? '../shared/cases'

/** Whether the published cases are here. */
export const casesPresent = existsSync(folder)

/** Added to the titles of tests that need them. */
export const caseNote = casesPresent ? '' : ' (skipped: no published cases)'

/** A published case file's text; empty where there are none, so that skipped tests can still be listed. */
export function publishedText(path: string): string {
  return casesPresent ? readFileSync(join(folder, path), 'utf8') : ''
}

/** A published case file's JSON; `absent` where there are none. */
export function publishedJson<Shape>(path: string, absent: Shape): Shape {
  return casesPresent ? (JSON.parse(publishedText(path)) as Shape) : absent
}
