/** What a person sees where an API client gets a problem document: what happened, and a way on. */

import { html } from 'hono/html'
import { type Bilingual, inBoth, type Language, type Markup } from './language.ts'
import { egretMark } from './mark.ts'
import { renderPage } from './page.ts'

/** The members of a problem document that a person is shown. */
export interface ShownProblem {
  readonly status: number
  readonly detail: string
  readonly instance: string
}

interface Words {
  readonly title: Bilingual
  readonly text: Bilingual
}

const missing: Words = {
  title: { zh: '这里没有您要找的内容', en: 'Nothing is here' },
  text: {
    zh: '地址可能不完整，或该凭证从未由本站签发。没有找到，不等于凭证无效：请用凭证文件本身验证。',
    en: 'The address may be incomplete, or this installation never issued such a document. Not finding it says nothing of a document you hold: verify the file itself.',
  },
}

const missingFactor: Words = {
  title: { zh: '这里没有您要找的因子', en: 'No such factor is here' },
  text: {
    zh: '地址可能不完整；或者这张表的许可不允许我们公开它的数据行，那样的话只有持访问令牌才能读取。已发布的版本不会消失。',
    en: 'The address may be incomplete; or the licence of the table does not let us show its rows, and only a token reads them. A published edition never goes away.',
  },
}

const broken: Words = {
  title: { zh: '我们这边出了问题', en: 'Something went wrong on our side' },
  text: {
    zh: '请稍后再试。若仍不行，请把下面的编号告诉我们。',
    en: 'Please try again later. If it stays so, tell us the number below.',
  },
}

const ways = {
  verify: { href: '/verify', text: { zh: '验证凭证', en: 'Verify a document' } },
  factors: { href: '/factors', text: { zh: '搜索排放因子', en: 'Search emission factors' } },
} as const

/**
 * The page of a refusal, with the request's number.
 * @param path what was asked for: it tells what the visitor was after, and so which way leads on.
 */
export function renderErrorPage(language: Language, problem: ShownProblem, path: string): Markup {
  const isFactor = /^\/factors(?:\/|$)/.test(path)
  const words = problem.status >= 500 ? broken : isFactor ? missingFactor : missing
  const way = isFactor ? ways.factors : ways.verify
  return renderPage({
    title: words.title,
    language,
    name: 'error',
    unlisted: true,
    body: html`<section class="hero">
${egretMark(1.3)}
<div>
<h1>${inBoth(words.title)}</h1>
<p>${inBoth(words.text)}</p>
<p><a class="button" href="${way.href}">${inBoth(way.text)}</a></p>
<p class="fine"><span lang="en">${problem.status}: ${problem.detail}</span><br><code>${problem.instance}</code></p>
</div>
</section>`,
  })
}
