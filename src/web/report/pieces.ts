/** What every chapter of a report is made of: figures with their units, shares, tables, and rows that say that there is nothing. */

import { html } from 'hono/html'
import { printRounded } from '../../engine/decimal.ts'
import type { Decimal } from '../../engine/types.ts'
import type { Amount } from '../../report/types.ts'
import { unitWritten } from '../factors/words.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { writeAmount } from '../quantity.ts'
import { withoutLines } from './words.ts'

const narrowSpace = '\u202f'

/** Tonnes as printed. */
export function tonnes({ tCo2e }: Amount): string {
  return writeAmount(tCo2e)
}

/** A share in percent with one decimal place; `< 0.1 %` where that would print as nothing. */
export function percent(share: Decimal | null): string {
  if (share === null) return '–'
  const value = Number(share) * 100
  const printed = printRounded(value, 1)
  if (value !== 0 && Number(printed) === 0) return `${value < 0 ? '> \u2212' : '< '}0.1${narrowSpace}%`
  return `${writeAmount(printed)}${narrowSpace}%`
}

/** A decimal as read: at most six significant digits. */
export function figure(decimal: Decimal): string {
  const value = Number(decimal)
  if (value === 0) return '0'
  const places = 5 - Math.floor(Math.log10(Math.abs(value)))
  const printed = printRounded(value, Math.max(0, Math.min(15, places)))
  return writeAmount(printed.includes('.') ? printed.replace(/\.?0+$/, '') : printed)
}

/** A unit as it is written, on both sides of a stroke: `GJ/1e4m3` → `GJ/10⁴ m³`. */
export function unitText(code: string): Bilingual {
  const parts = code.split('/').map(unitWritten)
  return { zh: parts.map(({ zh }) => zh).join('/'), en: parts.map(({ en }) => en).join('/') }
}

/** Where a factor or a fuel is found: table, version and id; of the organization's own factors the id. */
export function placeOfFactor({ table, version, id }: FactorPlace): Markup {
  return html`<span class="under code">${table === 'own' ? html`${inBoth(ownFactor)} · ${id}` : `${table} ${version} · ${id}`}</span>`
}

interface FactorPlace {
  readonly table: string
  readonly version: string
  readonly id: string
}

const ownFactor: Bilingual = { zh: '企业自有因子', en: 'own factor' }

/** A cell with an amount; words where there is none: an absent amount is never a zero. */
export function amountCell(amount: Amount | null, absent: Bilingual = withoutLines): Markup {
  return amount === null
    ? html`<td class="number none">${inBoth(absent)}</td>`
    : html`<td class="number">${tonnes(amount)}</td>`
}

/** A cell with a share; empty where there is none. */
export function shareCell(share: Decimal | null): Markup {
  return html`<td class="number share">${share === null ? '' : percent(share)}</td>`
}

export interface Column {
  readonly name: Bilingual | string
  readonly isNumber?: boolean
}

interface Table {
  readonly caption: Bilingual
  readonly columns: readonly Column[]
  /** Bodies or rows. */
  readonly body: Markup | readonly Markup[]
  readonly name?: string
  /** Whether the caption is for listeners only, as a heading says the same just above. */
  readonly isQuiet?: boolean
}

/** A table that scrolls by itself where it is wider than the page; its header repeats on every printed page. */
export function renderTable({ caption, columns, body, name = '', isQuiet = true }: Table): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption.zh} ${caption.en}"><table class="${name}">
<caption${isQuiet ? html` class="visually-hidden"` : ''}>${inBoth(caption)}</caption>
<thead><tr>${columns.map(renderColumn)}</tr></thead>
${body}
</table></div>`
}

function renderColumn({ name, isNumber = false }: Column): Markup {
  return html`<th scope="col"${isNumber ? html` class="number"` : ''}>${typeof name === 'string' ? name : inBoth(name)}</th>`
}

export const tonnesColumn: Column = { name: 't CO₂e', isNumber: true }
export const shareColumn: Column = { name: { zh: '占比', en: 'Share' }, isNumber: true }

/** A chapter with its number and heading. */
export function renderChapter(id: string, title: Bilingual, content: Markup | readonly Markup[]): Markup {
  return html`<section class="chapter" aria-labelledby="${id}"><h2 id="${id}">${inBoth(title)}</h2>
${content}
</section>`
}

/** A note below a chart or table. */
export function renderNote(text: Bilingual): Markup {
  return html`<p class="note">${inBoth(text)}</p>`
}

/** How much of a long list is shown; nothing where all of it is. */
export function moreNote(count: number, shown: number): Markup {
  if (count <= shown) return html``
  return renderNote({ zh: `共 ${count} 项，此处列出前 ${shown} 项。`, en: `The first ${shown} of ${count}.` })
}

/** The first few of many, and how many more there are. */
export function someOf(items: readonly string[], shown = 6): Bilingual {
  const first = items.slice(0, shown).join(', ')
  const more = items.length - shown
  return more > 0
    ? { zh: `${first} 等 ${items.length} 项`, en: `${first} and ${more} more` }
    : { zh: first, en: first }
}
