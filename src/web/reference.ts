/** The API reference page: Scalar's bundle from our own assets, told to ask nobody but us. */

import { html } from 'hono/html'
import { inBoth, type Language, type Markup } from './language.ts'
import { renderPage } from './page.ts'

/** The page at `/docs`. `styleNonce` lets the bundle put its styles into the page, and nothing else. */
export function renderReference(language: Language, styleNonce: string): Markup {
  return renderPage({
    title: { zh: '接口文档', en: 'API reference' },
    language,
    name: 'docs',
    styles: ['reference.css'],
    scripts: ['reference.js'],
    head: html`<meta property="csp-nonce" content="${styleNonce}" nonce="${styleNonce}">`,
    body: html`<h1 class="visually-hidden">${inBoth({ zh: '接口文档', en: 'API reference' })}</h1>
<noscript><p>${inBoth({
      zh: '本页需要 JavaScript。接口描述文件：',
      en: 'This page needs JavaScript. The description it shows:',
    })} <a href="/openapi.json">/openapi.json</a></p></noscript>
<div id="reference"></div>`,
  })
}
