/** Working papers on a report: what somebody wrote, member by member; lists of things as tables. */

import { html } from 'hono/html'
import type { ReportStep } from '../../../report/verification/shape.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { dayInChina, shortDigest, writeShare } from '../../quantity.ts'
import { wordsFor } from '../../wording.ts'
import { fact } from '../basis.ts'
import { renderTable } from '../pieces.ts'
import { codedWords, memberNames, paperNames } from './words.ts'

/** A person's label with their name. */
export type Who = (label: string) => Markup

/** One paper with everything on it. */
export function renderPaper({ kind, subject, number, body, by, at }: ReportStep, who: Who): Markup {
  if (body === null) return html``
  const members = membersOf(body)
  const isLong = (value: unknown) => Array.isArray(value) && value.some((one) => typeof one === 'object')
  const of = kind === 'site-visit' ? ` · ${subject}` : ''
  return html`<section class="paper"><h3>${inBoth(wordsFor(paperNames, kind))}${of}</h3>
<p class="note">${versionText(number)} · ${dayInChina(at)} · ${who(by)}</p>
<dl class="facts">${members.filter(([, value]) => !isLong(value)).map(([member, value]) => fact(wordsFor(memberNames, member), renderValue(member, value, who)))}</dl>
${members.filter(([, value]) => isLong(value)).map(([member, value]) => renderRows(captionOf(member, subject), value as readonly Row[], who))}
</section>`
}

/** Which version of a paper it is. */
export function versionText(number: number): Markup {
  return inBoth({ zh: `第 ${number} 版`, en: `Version ${number}` })
}

type Row = Readonly<Record<string, unknown>>

const order = Object.keys(memberNames)

/** What is stated, in the order in which it is read: the database keeps none. */
function membersOf(body: Row): [string, unknown][] {
  return Object.entries(body)
    .filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0 && value !== body.ties),
    )
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
}

/** Tells the tables of several papers of one kind apart. */
function captionOf(member: string, subject: string): Bilingual {
  const { zh, en } = wordsFor(memberNames, member)
  const of = subject === '' ? '' : ` · ${subject}`
  return { zh: zh + of, en: en + of }
}

function renderRows(caption: Bilingual, rows: readonly Row[], who: Who): Markup {
  const stated = new Set(rows.flatMap((row) => membersOf(row).map(([name]) => name)))
  const columns = order.filter((name) => stated.has(name))
  return renderTable({
    caption,
    isQuiet: false,
    name: 'rows',
    columns: columns.map((name) => ({ name: wordsFor(memberNames, name) })),
    body: html`<tbody>${rows.map(
      (row) =>
        html`<tr>${columns.map((name) => html`<td>${row[name] === undefined ? '' : renderValue(name, row[name], who)}</td>`)}</tr>`,
    )}</tbody>`,
  })
}

function renderValue(member: string, value: unknown, who: Who): Markup | string {
  if (value === null) return ''
  if (Array.isArray(value)) {
    if (value.length === 0) return inBoth({ zh: '无', en: 'None' })
    return html`${value.map((one) => html`<span class="item">${String(one)}</span>`)}`
  }
  if (typeof value === 'object') return html`<span class="written">${inBoth(value as Bilingual)}</span>`
  const text = String(value)
  if (member === 'reduction') return writeShare(text)
  if (member === 'person') return who(text)
  if (member === 'documentDigest') return html`<span class="code">${shortDigest(text)}</span>`
  const words = codedWords(member, text)
  return words === undefined ? html`<span class="written">${text}</span>` : inBoth(words)
}
