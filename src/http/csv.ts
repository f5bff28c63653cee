/**
 * CSV answers (RFC 4180, UTF-8; those that people open begin with a byte order mark, those for programs do not). What a publisher or client wrote must not become a formula when a
 * spreadsheet opens the file, so a text that would begin one is written with an apostrophe before it.
 */

import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import type { App } from './context.ts'

/** Asked for by the query, or preferred to JSON by the Accept header. */
export function wantsCsv(c: Context<App>, format: 'json' | 'csv' | undefined): boolean {
  if (format !== undefined) return format === 'csv'
  const supports = ['application/json', 'text/csv']
  return accepts(c, { header: 'Accept', supports, default: 'application/json' }) === 'text/csv'
}

/** A cell: numbers are written as they are, null as nothing. */
export type CsvCell = string | number | null

/** Header and rows, each line ended by CR LF. */
export function csvText(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header, ...rows].map((cells) => cells.map(csvCell).join(','))
  return `${lines.join('\r\n')}\r\n`
}

/** A file that people open: without the mark a spreadsheet on a Chinese Windows takes its UTF-8 for GBK. */
export function csvForPeople(text: string): string {
  return `\uFEFF${text}`
}

const decimal = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
/** What a spreadsheet takes for a formula, ASCII or full width; a tab or line end before it is skipped there. */
const beginsFormula = /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/

/** Whether a text is written with an apostrophe before it, so that it does not read back as it was. */
export function isGuarded(text: string): boolean {
  return beginsFormula.test(text) && !decimal.test(text)
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return ''
  const text = String(cell)
  const safe = isGuarded(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
