/** How a document stands now, above everything it says: the one part of the sheet that is not signed with it. */

import { html } from 'hono/html'
import type { ReasonClass } from '../../certification/credential-status.ts'
import type { NumberedDocument } from '../../ports/public-credentials.ts'
import { type Markup, sideBySide } from '../language.ts'
import { reasonNames, type ShownStanding, standingMeanings, standingNames } from '../lookup/standing.ts'
import { renderDocumentLink } from './life.ts'

/** As it was asked for this page. */
export interface DocumentStanding {
  readonly standing: ShownStanding
  /** Null where it is unknown. */
  readonly since: Date | null
  readonly reason: ReasonClass | null
  /** The document that took its place. */
  readonly successor: NumberedDocument | null
  /** When it was asked. */
  readonly asOf: Date
}

/** The band of a document's standing. What is in force is said on screen only: paper does not know tomorrow. */
export function renderStandingBand({ standing, since, reason, successor, asOf }: DocumentStanding): Markup {
  const why = reason === null || standing === 'expired' ? null : reasonNames[reason]
  const from =
    since === null
      ? ''
      : html`<span class="since">${sideBySide({ zh: `自 ${inChina(since)} 起`, en: `since ${inChina(since)}` })}</span>`
  return html`<section class="standing-band${standing === 'active' ? ' screen-only' : ''}" data-standing="${standing}" aria-label="状态 Status">
<p class="verdict">${sideBySide(standingNames[standing])}</p>
<p class="meaning">${from}${why === null ? '' : html`<span class="reason">${sideBySide({ zh: `原因：${why.zh}`, en: `reason: ${why.en}` })}</span>`}
<span class="sense">${sideBySide(standingMeanings[standing])}</span>
${successor === null ? '' : html`<span class="successor">${sideBySide({ zh: '现行文件', en: 'Now in its place:' })} ${renderDocumentLink(successor)}</span>`}
<span class="as-of">${sideBySide({ zh: `查询于 ${inChina(asOf)}`, en: `as of ${inChina(asOf)} (UTC+8)` })}</span></p>
</section>`
}

/** Day and minute in China (UTC+8 all year). */
function inChina(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
