/** What became of a document since it was issued: its moves, its surveillance, what it replaced and where to complain. Below the sheet, on screen. */

import { html } from 'hono/html'
import type { CredentialMove } from '../../certification/credential-status.ts'
import type { SurveillanceStanding, SurveillanceStatus } from '../../certification/surveillance.ts'
import type { NumberedDocument, PublicMove } from '../../ports/public-credentials.ts'
import { type Bilingual, type Markup, sideBySide } from '../language.ts'
import { moveNames, reasonNames } from '../lookup/standing.ts'
import { dayInChina } from '../quantity.ts'

/** As it was asked for this page. */
export interface DocumentLife {
  readonly bodySlug: string
  readonly issuedAt: Date
  /** Oldest first. */
  readonly moves: readonly PublicMove[]
  readonly predecessors: readonly NumberedDocument[]
  readonly successor: NumberedDocument | null
  /** Null: a statement, or a certificate whose scheme asks for none. */
  readonly surveillance: SurveillanceStanding | null
}

const surveillanceNames: Readonly<Record<SurveillanceStatus, Bilingual>> = {
  kept: { zh: '正常', en: 'Kept' },
  due: { zh: '即将到期', en: 'Due soon' },
  overdue: { zh: '逾期未监督', en: 'Overdue' },
  conditions: { zh: '有条件通过', en: 'Kept under conditions' },
  failed: { zh: '未通过', en: 'Not passed' },
}

/** Everything but the last row works without knowing how it stands: an unknown life shows nothing. */
export function renderLife(life: DocumentLife | null): Markup {
  if (life === null) return html``
  const { bodySlug, surveillance, predecessors, successor } = life
  return html`<section class="life screen-only" aria-labelledby="life">
<h2 id="life">${sideBySide({ zh: '签发以来', en: 'Since it was issued' })}</h2>
<ol class="moves">${renderMoves(life)}</ol>
<dl>
${successor === null ? '' : row({ zh: '由此文件取代', en: 'Superseded by' }, renderDocumentLink(successor))}
${predecessors.length === 0 ? '' : row({ zh: '取代了', en: 'It took the place of' }, html`${predecessors.map(renderDocumentLink)}`)}
${isEnded(life) ? '' : row({ zh: '监督', en: 'Surveillance' }, renderSurveillance(surveillance))}
${row(
  { zh: '签发机构', en: 'Issuing body' },
  html`<a href="/bodies/${bodySlug}">${sideBySide({ zh: '资质与签发的文件', en: 'Its approvals, and what it has issued' })}</a>
<a href="/bodies/${bodySlug}/complaints">${sideBySide({ zh: '投诉与举报（不需要账号）', en: 'Complain, without an account' })}</a>`,
)}
</dl>
</section>`
}

const ending: readonly CredentialMove[] = ['withdraw', 'cancel', 'supersede']

/** For good: nobody looks again at what has ended. */
function isEnded({ moves }: DocumentLife): boolean {
  const last = moves.at(-1)
  return last !== undefined && ending.includes(last.move)
}

function row(name: Bilingual, value: Markup): Markup {
  return html`<div><dt>${sideBySide(name)}</dt><dd>${value}</dd></div>`
}

/** A document that another one names. */
export function renderDocumentLink({ id, number }: NumberedDocument): Markup {
  return html`<a class="code" href="/credentials/${id}">${number}</a> `
}

function renderMoves({ issuedAt, moves }: DocumentLife): Markup {
  const issued = html`<li><time>${dayInChina(issuedAt.toISOString())}</time> <span>${sideBySide({ zh: '签发', en: 'Issued' })}</span></li>`
  return html`${issued}${moves.map(
    ({ move, reasonClass, effectiveAt }) =>
      html`<li data-move="${move}"><time>${dayInChina(effectiveAt.toISOString())}</time> <span>${sideBySide(moveNames[move])}</span> <span class="why">${sideBySide(reasonNames[reasonClass])}</span></li>`,
  )}`
}

function renderSurveillance(surveillance: SurveillanceStanding | null): Markup {
  if (surveillance === null) {
    return sideBySide({ zh: '此文件不设监督', en: 'None is asked of this document' })
  }
  const { status, next, last } = surveillance
  const day = (at: Date) => dayInChina(at.toISOString())
  return html`<b data-surveillance="${status}">${sideBySide(surveillanceNames[status])}</b>
${next === null ? '' : html`<span>${sideBySide({ zh: `第 ${next.number} 次应于 ${day(next.dueAt)} 前完成`, en: `No. ${next.number} is due by ${day(next.dueAt)}` })}</span>`}
${last === null ? '' : html`<span>${sideBySide({ zh: `上次完成于 ${day(last.doneAt)}`, en: `the last was done on ${day(last.doneAt)}` })}</span>`}`
}
