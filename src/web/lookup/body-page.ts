/** `/bodies/{slug}`: a certification body: its scope and approvals, its schemes, how to complain, and what it has issued. */

import { html } from 'hono/html'
import type { BodyProfile } from '../../actions/lookup/body-profile.ts'
import type { StandingCredential } from '../../actions/lookup/look-up.ts'
import { acknowledgeDays, decideDays } from '../../certification/cases.ts'
import { renderName } from '../factors/pieces.ts'
import { inBoth, type Language, type Markup } from '../language.ts'
import { renderPage } from '../page.ts'
import { renderAuthorities, renderSchemes } from './authorities.ts'
import { renderNone } from './lookup-page.ts'
import { renderPaging, renderResults } from './results.ts'

export interface BodyView {
  readonly profile: BodyProfile
  /** Where its DID document is; null where its DID is none that the web answers for. */
  readonly didDocument: string | null
  readonly rows: readonly StandingCredential[]
  readonly development: boolean
  readonly next: string | null
  readonly isContinued: boolean
}

/** The page of a body. */
export function renderBody(language: Language, view: BodyView, query: string): Markup {
  const { name, slug, did } = view.profile.body
  return renderPage({
    title: { zh: name.zh ?? name.en, en: name.en },
    language,
    name: 'lookup',
    styles: ['lookup.css'],
    query,
    body: html`<section class="ask">
<p class="trail"><a href="/credentials">${inBoth({ zh: '查询证书', en: 'Look up a document' })}</a></p>
<h1>${renderName(name)}</h1>
<dl class="facts">
<div><dt>DID</dt><dd>${view.didDocument === null ? html`<span class="code">${did}</span>` : html`<a class="code" href="${view.didDocument}">${did}</a>`}</dd></div>
<div><dt>${inBoth({ zh: '短名', en: 'Short name' })}</dt><dd class="code">${slug}</dd></div>
</dl>
<p class="ways"><a class="button quiet" href="#issued">${inBoth({ zh: '签发的文件', en: 'What it has issued' })}</a> <a class="button quiet" href="/bodies/${slug}/complaints">${inBoth({ zh: '投诉与举报（不需要账号）', en: 'Complain (no account is needed)' })}</a></p>
<p class="fine">${inBoth({
      zh: `${acknowledgeDays} 天内确认，通常在 ${decideDays.complaint} 天内由未参与的人决定。`,
      en: `Acknowledged within ${acknowledgeDays} days, and decided within ${decideDays.complaint} as a rule, by people who took no part.`,
    })}</p>
</section>
${renderAuthorities(view.profile)}
${renderSchemes(view.profile)}
<section aria-labelledby="issued">
<h2 id="issued">${inBoth({ zh: '签发的文件', en: 'What it has issued' })}</h2>
${renderIssued(view)}
</section>`,
  })
}

function renderIssued({ profile, rows, development, next, isContinued }: BodyView): Markup {
  const { slug } = profile.body
  const path = (parameters: Record<string, string>): string => {
    const query = new URLSearchParams({ ...(development ? { development: 'true' } : {}), ...parameters })
    return `/bodies/${slug}${query.size === 0 ? '' : `?${query}`}`
  }
  if (rows.length === 0 && !isContinued) return renderNone(path({ development: 'true' }), development)
  const switched = development ? `/bodies/${slug}` : path({ development: 'true' })
  const words = development
    ? { zh: '不列开发测试文件', en: 'Leave out what was issued for trying out' }
    : { zh: '也列开发测试文件', en: 'Show also what was issued for trying out' }
  return html`${renderResults(rows)}
${renderPaging(isContinued ? path({}) : null, next === null ? null : path({ after: next }))}
<p class="fine"><a href="${switched}">${inBoth(words)}</a></p>`
}
