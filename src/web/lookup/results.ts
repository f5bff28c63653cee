/** Documents in a list: what they are, whose, and first of all how they stand. */

import { html } from 'hono/html'
import type { StandingCredential } from '../../actions/lookup/look-up.ts'
import type { DocumentKind } from '../../certification/scheme.ts'
import type { CredentialKind } from '../../credential/schema.ts'
import { renderName } from '../factors/pieces.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { dayInChina } from '../quantity.ts'
import { documentTitles, opinionNames } from '../wording.ts'
import { reasonNames, renderStanding } from './standing.ts'

const kinds: Readonly<Record<DocumentKind, CredentialKind>> = {
  certificate: 'Certificate',
  'verification-statement': 'VerificationStatement',
}

/** A list of documents. */
export function renderResults(rows: readonly StandingCredential[]): Markup {
  return html`<ol class="documents">${rows.map(renderRow)}</ol>`
}

function renderRow(row: StandingCredential): Markup {
  const { id, number, documentKind, face, bodySlug, standing, successor } = row
  return html`<li data-standing="${standing}">
<div class="state">
${renderStanding(standing, face.development)}
<p class="since">${renderSince(row)}</p>
</div>
<div class="what">
<h2><a href="/credentials/${id}"><span class="number">${number}</span></a></h2>
<p class="kind">${inBoth(documentTitles[kinds[documentKind]][face.type])}${renderMarks(row)}</p>
<p class="title">${face.title}</p>
<dl>
<div><dt>${inBoth({ zh: '持有人', en: 'Holder' })}</dt><dd>${renderName(face.holder)}</dd></div>
<div><dt>${inBoth({ zh: '签发机构', en: 'Issued by' })}</dt><dd><a href="/bodies/${bodySlug}">${renderName(face.issuer.name)}</a></dd></div>
<div><dt>${inBoth({ zh: '有效期', en: 'Term' })}</dt><dd>${inBoth(termText(row))}</dd></div>
${successor === null ? '' : html`<div><dt>${inBoth({ zh: '现行文件', en: 'Now in its place' })}</dt><dd><a class="code" href="/credentials/${successor.id}">${successor.number}</a></dd></div>`}
</dl>
</div>
</li>`
}

/** Since when it stands so, and why where a move was made. */
function renderSince({ standing, since, reason }: StandingCredential): Markup {
  const day = dayInChina(since.toISOString())
  const why = reason === null || standing === 'expired' ? null : reasonNames[reason]
  return inBoth({
    zh: `自 ${day}${why === null ? '' : `，${why.zh}`}`,
    en: `since ${day}${why === null ? '' : `: ${why.en}`}`,
  })
}

function renderMarks({ face }: StandingCredential): Markup {
  const marks: Markup[] = []
  if (face.development) {
    marks.push(mark('care', { zh: '开发测试，不具效力', en: 'development: certifies nothing' }))
  }
  if (face.opinion !== 'unmodified') marks.push(mark('stop', opinionNames[face.opinion]))
  return html`${marks}`
}

function mark(tone: 'care' | 'stop', text: Bilingual): Markup {
  return html` <span class="mark-word" data-tone="${tone}">${inBoth(text)}</span>`
}

function termText({ face: { validFrom, validUntil } }: StandingCredential): Bilingual {
  const from = dayInChina(validFrom)
  if (validUntil === null) return { zh: `${from}（针对当日，无期限）`, en: `${from} (of its day, no term)` }
  return { zh: `${from} 至 ${dayInChina(validUntil)}`, en: `${from} to ${dayInChina(validUntil)}` }
}

/** The way to the next page, and back to the first. */
export function renderPaging(first: string | null, next: string | null): Markup {
  if (first === null && next === null) return html``
  const back =
    first === null
      ? ''
      : html`<a class="button quiet" href="${first}">${inBoth({ zh: '回到最前', en: 'Back to the first' })}</a>`
  const more =
    next === null
      ? html`<span>${inBoth({ zh: '没有更多了', en: 'That was all' })}</span>`
      : html`<a class="button" rel="next" href="${next}">${inBoth({ zh: '下一页', en: 'Next page' })}</a>`
  return html`<nav class="paging" aria-label="分页 Pages">${back}${more}</nav>`
}
