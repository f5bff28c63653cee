/** The frame of every page: head, the way home, the switch of language, and the foot. */

import { html } from 'hono/html'
import { type Bilingual, inBoth, type Language, languages, type Markup } from './language.ts'
import { egretMark } from './mark.ts'

export interface Page {
  readonly title: Bilingual
  /** `both`: a document, in two languages at once and without a switch. */
  readonly language: Language | 'both'
  /** Names the page for its style, e.g. `verify`. */
  readonly name: string
  readonly body: Markup | Promise<Markup>
  /** Style sheets and scripts beside the site's own, by file name under `/assets/`. */
  readonly styles?: readonly string[]
  readonly scripts?: readonly string[]
  /** Further elements of the head. */
  readonly head?: Markup
  /** Whether search engines should keep away. */
  readonly unlisted?: boolean
  /** The query of the page's address, which the switch of language keeps. */
  readonly query?: string
}

/** A whole HTML document. */
export function renderPage(page: Page): Markup {
  const first = page.language === 'both' ? 'zh' : page.language
  return html`<!doctype html>
<html lang="${htmlLanguages[first]}" data-language="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title data-zh="${page.title.zh} · 白鹭 Egret" data-en="${page.title.en} · Egret 白鹭">${page.title[first]} · ${siteNames[first]}</title>
<meta name="color-scheme" content="light">
<meta name="theme-color" content="#f4f8f7">
${page.unlisted ? html`<meta name="robots" content="noindex">` : ''}
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/site.css">
${(page.styles ?? []).map((style) => html`<link rel="stylesheet" href="/assets/${style}">`)}
${page.head ?? ''}
<script src="/assets/site.js" type="module"></script>
${(page.scripts ?? []).map((script) => html`<script src="/assets/${script}" type="module"></script>`)}
</head>
<body class="${page.name}">
<a class="skip" href="#main">${inBoth({ zh: '跳到正文', en: 'Skip to content' })}</a>
${renderHeader(page)}
<main id="main">
${page.body}
</main>
${renderFooter()}
</body>
</html>`
}

const htmlLanguages = { zh: 'zh-CN', en: 'en' } as const
const siteNames = { zh: '白鹭 Egret', en: 'Egret 白鹭' } as const
const languageNames = { zh: '中文', en: 'English' } as const

const sections: readonly { readonly name: string; readonly href: string; readonly text: Bilingual }[] = [
  { name: 'verify', href: '/verify', text: { zh: '验证', en: 'Verify' } },
  { name: 'lookup', href: '/credentials', text: { zh: '查询', en: 'Look up' } },
  { name: 'factors', href: '/factors', text: { zh: '排放因子', en: 'Factors' } },
  { name: 'log', href: '/log', text: { zh: '日志', en: 'Log' } },
  { name: 'docs', href: '/docs', text: { zh: '接口文档', en: 'API' } },
]

function renderHeader(page: Page): Markup {
  return html`<header class="site">
<a class="home" href="/" aria-label="白鹭 Egret">${egretMark(4)}<span class="wordmark"><b lang="zh-CN">白鹭</b> <span lang="en">Egret</span></span></a>
<nav class="sections" aria-label="${page.language === 'en' ? 'Sections' : '栏目'}">${sections.map((section) => renderSection(section, page))}</nav>
${page.language === 'both' ? '' : renderSwitch(page.language, page.query ?? '')}
</header>`
}

function renderSection(section: (typeof sections)[number], page: Page): Markup {
  const current = section.name === page.name ? html` aria-current="page"` : ''
  return html`<a href="${section.href}"${current}>${inBoth(section.text)}</a>`
}

/** Links that work without script; `site.js` makes them switch in place. */
function renderSwitch(chosen: Language, query: string): Markup {
  return html`<nav class="languages" aria-label="语言 Language">${languages.map(
    (language) =>
      html`<a href="${withLanguage(query, language)}" lang="${htmlLanguages[language]}" data-switch="${language}"${
        language === chosen ? html` aria-current="true"` : ''
      }>${languageNames[language]}</a>`,
  )}</nav>`
}

/** The same address in another language: every other parameter stays. */
export function withLanguage(query: string, language: Language): string {
  const parameters = new URLSearchParams(query)
  parameters.set('lang', language)
  return `?${parameters}`
}

function renderFooter(): Markup {
  return html`<footer class="site">
<p>${inBoth({
    zh: '白鹭：厦门市碳足迹认证接口。本站页面不加载任何外部资源，也不收集访客信息。',
    en: 'Egret: carbon-footprint certification for the city of Xiamen. These pages load nothing from elsewhere and collect nothing about you.',
  })}</p>
</footer>`
}
