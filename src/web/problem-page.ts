/** The page of a problem type: what a refusal means and how to mend it, from `docs/problems/<code>.md`. Made at build. */

import { html, raw } from 'hono/html'
import { Marked } from 'marked'
import { type ProblemCode, problems } from '../problem.ts'
import type { Markup } from './language.ts'
import { renderPage } from './page.ts'

/** A Chinese paragraph ends its sentences so; an English one may cite Chinese words. */
const chinese = /。/

/** Our pages write a paragraph in English and then in Chinese; readers and screen readers are told which is which. */
const marked = new Marked({
  renderer: {
    paragraph({ tokens }) {
      const text = this.parser.parseInline(tokens)
      return chinese.test(text) ? `<p lang="zh-CN">${text}</p>\n` : `<p>${text}</p>\n`
    },
    heading({ tokens, depth }) {
      const [english = '', chineseText = ''] = this.parser.parseInline(tokens).split(' · ')
      return `<h${depth}>${english} <span lang="zh-CN">${chineseText}</span></h${depth}>\n`
    },
    code({ text }) {
      return `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`
    },
  },
})

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** One problem type's page. */
export function renderProblemPage(code: string, markdown: string): Markup {
  return renderPage({
    title: { zh: `问题：${code}`, en: `Problem: ${code}` },
    language: 'both',
    name: 'problem',
    body: html`<article class="prose" lang="en">${raw(marked.parse(markdown, { async: false }))}</article>
<p><a href="/problems">全部问题类型 All problem types</a></p>`,
  })
}

/** The Chinese title of a page: what its first line says after the English one. */
export function chineseTitle(markdown: string): string {
  return /^# .* · (.*)$/m.exec(markdown)?.[1] ?? ''
}

/** The list of all problem types, at `/problems`, with their Chinese titles by code. */
export function renderProblemIndex(chineseTitles: ReadonlyMap<string, string>): Markup {
  const codes = Object.keys(problems) as ProblemCode[]
  return renderPage({
    title: { zh: '问题类型', en: 'Problem types' },
    language: 'both',
    name: 'problem',
    body: html`<h1>问题类型 <span lang="en">Problem types</span></h1>
<p>接口拒绝请求时，回答是一份 <code>application/problem+json</code> 文档（RFC 9457）；其 <code>type</code> 指向下列页面之一，程序应据此分支。</p>
<p lang="en">When the API refuses a request it answers with an <code>application/problem+json</code> document (RFC 9457). Its <code>type</code> is the address of one of these pages; programs branch on it.</p>
<ul class="codes" lang="en">${codes.map((code) => renderIndexLine(code, chineseTitles.get(code) ?? ''))}</ul>`,
  })
}

function renderIndexLine(code: ProblemCode, chinese: string): Markup {
  const { status, title } = problems[code]
  return html`<li><a href="/problems/${code}"><code>${code}</code></a> <span>${status} · <span lang="zh-CN">${chinese}</span> ${title}</span></li>`
}
