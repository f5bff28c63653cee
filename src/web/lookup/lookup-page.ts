/** `/credentials`: one field for whoever holds a number, a credit code, or the name of a body. */

import { html } from 'hono/html'
import type { StandingCredential } from '../../actions/lookup/look-up.ts'
import type { PublicBody } from '../../ports/public-credentials.ts'
import { renderName } from '../factors/pieces.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { renderPage } from '../page.ts'
import { renderPaging, renderResults } from './results.ts'

/** What came of a question. */
export type LookupOutcome =
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'number'; readonly found: StandingCredential }
  | { readonly kind: 'no-such-number' }
  | { readonly kind: 'mistyped-code' }
  | {
      readonly kind: 'holder'
      readonly code: string
      readonly rows: readonly StandingCredential[]
      readonly next: string | null
    }
  | { readonly kind: 'bodies'; readonly bodies: readonly PublicBody[] }

export interface LookupView {
  /** As it was written. */
  readonly asked: string
  readonly development: boolean
  readonly isContinued: boolean
  readonly outcome: LookupOutcome
}

/** Where the look-up answers a question. */
export function lookupPath(asked: string, development: boolean, after?: string): string {
  const query = new URLSearchParams({ q: asked })
  if (development) query.set('development', 'true')
  if (after !== undefined) query.set('after', after)
  return `/credentials?${query}`
}

/** The page of a question. */
export function renderLookup(language: Language, view: LookupView, query: string): Markup {
  return renderPage({
    title: { zh: '查询证书', en: 'Look up a document' },
    language,
    name: 'lookup',
    styles: ['lookup.css'],
    query,
    unlisted: view.outcome.kind !== 'nothing-asked',
    body: html`<section class="ask">
<h1>${inBoth({ zh: '查询证书', en: 'Look up a document' })}</h1>
<p class="lead">${inBoth({
      zh: '证书或声明现在是否有效？输入编号、持有人的统一社会信用代码，或签发机构的名称。',
      en: 'Is a certificate or statement in force today? Give its number, its holder’s unified social credit code, or the name of the body that issued it.',
    })}</p>
${renderForm(view)}
</section>
<div role="status">${renderOutcome(view)}</div>`,
  })
}

function renderForm({ asked, development }: LookupView): Markup {
  return html`<form class="look" method="get" action="/credentials" role="search">
<label for="q">${inBoth({ zh: '编号、信用代码或机构名称', en: 'Number, credit code, or name of a body' })}</label>
<div class="field">
<input id="q" name="q" type="search" value="${asked}" maxlength="100" placeholder="EGRET-2026-8F3K-27QD" autocomplete="off" autocapitalize="off" spellcheck="false">
<button class="button" type="submit">${inBoth({ zh: '查询', en: 'Look up' })}</button>
</div>
<label class="also"><input type="checkbox" name="development" value="true"${development ? html` checked` : ''}> ${inBoth(
    { zh: '列表中包括开发测试文件', en: 'Lists with documents issued for trying out' },
  )}</label>
</form>`
}

function renderOutcome(view: LookupView): Markup {
  const { outcome } = view
  switch (outcome.kind) {
    case 'nothing-asked':
      return renderHints()
    case 'number':
      return renderResults([outcome.found])
    case 'no-such-number':
      return renderNotice(noSuchNumber)
    case 'mistyped-code':
      return renderNotice(mistypedCode)
    case 'holder':
      return renderHolder(view, outcome)
    case 'bodies':
      return renderBodies(outcome.bodies)
  }
}

const noSuchNumber: Bilingual = {
  zh: '没有此编号的公开文件。请核对编号；如果手里有文件本身，请直接验证文件：声称由本站签发而查不到的，不可信赖。',
  en: 'No public document has this number. Look at the number once more; if you hold the document itself, verify it: one that claims to be issued here and is not found is not to be relied on.',
}
const mistypedCode: Bilingual = {
  zh: '这不是有效的统一社会信用代码：校验位不符，可能有一个字符写错了。',
  en: 'This is no unified social credit code: its check digit does not fit, so probably one character is mistyped.',
}

function renderNotice(text: Bilingual): Markup {
  return html`<p class="notice">${inBoth(text)}</p>
<p><a href="/verify">${inBoth({ zh: '验证手里的文件', en: 'Verify a document you hold' })}</a></p>`
}

const hints: readonly { readonly name: Bilingual; readonly text: Bilingual }[] = [
  {
    name: { zh: '编号', en: 'Number' },
    text: {
      zh: '印在每份文件右上角。大小写、空格、全角字符，以及把 0 写成 O、把 1 写成 I 或 L，都不影响查询。',
      en: 'Stands at the top right of each document. Case, spaces and full-width letters do not matter, nor O for 0, I or L for 1.',
    },
  },
  {
    name: { zh: '统一社会信用代码', en: 'Credit code' },
    text: {
      zh: '十八位，列出该企业持有的全部公开文件。',
      en: 'Eighteen characters; lists every public document of that holder.',
    },
  },
  {
    name: { zh: '签发机构', en: 'Issuing body' },
    text: {
      zh: '中文或英文名称的一部分即可，列出机构及其签发的文件。',
      en: 'A part of its name in either language is enough; leads to what it has issued.',
    },
  },
]

function renderHints(): Markup {
  return html`<dl class="hints">${hints.map(
    ({ name, text }) => html`<div><dt>${inBoth(name)}</dt><dd>${inBoth(text)}</dd></div>`,
  )}</dl>
<p class="fine">${inBoth({
    zh: '查询结果是签发机构此刻的决定，最多迟三十秒。要自己求证，请验证文件：签名、状态列表和透明日志都能核对。',
    en: 'What you see is what the issuing body has decided, at most thirty seconds ago. To prove it for yourself, verify the document: signature, status list and log can all be checked.',
  })} <a href="/verify">${inBoth({ zh: '验证', en: 'Verify' })}</a> · <a href="/log">${inBoth({ zh: '透明日志', en: 'The log' })}</a></p>`
}

function renderHolder(
  { asked, development, isContinued }: LookupView,
  { code, rows, next }: Extract<LookupOutcome, { kind: 'holder' }>,
): Markup {
  if (rows.length === 0 && !isContinued) return renderNone(lookupPath(asked, true), development)
  const later = next === null ? null : lookupPath(asked, development, next)
  return html`<h2>${inBoth({ zh: '持有人', en: 'Holder' })} <span class="code">${code}</span></h2>
${renderResults(rows)}
${renderPaging(isContinued ? lookupPath(asked, development) : null, later)}`
}

/** An empty list, and the way to what it leaves out. */
export function renderNone(withDevelopment: string, development: boolean): Markup {
  const more = development
    ? ''
    : html` <a href="${withDevelopment}">${inBoth({ zh: '查看开发测试文件', en: 'Show those issued for trying out' })}</a>`
  return html`<p class="notice">${inBoth({ zh: '没有公开的文件。', en: 'There are no public documents.' })}${more}</p>`
}

function renderBodies(bodies: readonly PublicBody[]): Markup {
  if (bodies.length === 0) {
    return renderNotice({
      zh: '没有找到：这不是文件编号，不是信用代码，也没有哪家机构的名称含有这些字。',
      en: 'Nothing found: it is no number, no credit code, and in no body’s name.',
    })
  }
  return html`<h2>${inBoth({ zh: '签发机构', en: 'Issuing bodies' })}</h2>
<ul class="bodies">${bodies.map(
    ({ slug, name }) =>
      html`<li><a href="/bodies/${slug}">${renderName(name)}</a> <span class="code">${slug}</span></li>`,
  )}</ul>`
}
