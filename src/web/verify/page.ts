/** The verification page: give it a credential, and the checks run here, in the visitor's own browser. */

import { html } from 'hono/html'
import { inBoth, type Language, type Markup } from '../language.ts'
import { renderPage } from '../page.ts'

/** The page at `/verify`. `didHosts`: hosts whose DID documents the page may ask for. */
export function renderVerify(language: Language, didHosts: readonly string[]): Markup {
  return renderPage({
    title: { zh: '验证凭证', en: 'Verify a document' },
    language,
    name: 'verify',
    styles: ['verify.css'],
    scripts: ['verify.js'],
    head: html`<meta name="egret-did-hosts" content="${didHosts.join(' ')}">`,
    body: html`<h1>${inBoth({ zh: '验证凭证', en: 'Verify a document' })}</h1>
<p class="lead">${inBoth({
      zh: '核对在您自己的浏览器中进行；您给出的内容不会发送到任何地方。',
      en: 'The checks run in your own browser; what you give is sent nowhere.',
    })}</p>
<noscript><p class="warning">${inBoth({
      zh: '本页需要 JavaScript。也可以使用命令行 npx egret verify 或接口 POST /v1/verifications。',
      en: 'This page needs JavaScript. The command line (npx egret verify) and POST /v1/verifications do the same.',
    })}</p></noscript>
${renderForm()}
<section id="outcome" aria-live="polite" data-state="empty"></section>
${renderExplanation()}`,
  })
}

function renderForm(): Markup {
  return html`<form id="give" novalidate>
<label for="jwt">${inBoth({ zh: '粘贴凭证，或凭证链接', en: 'Paste the credential, or a link to it' })}</label>
<textarea id="jwt" name="jwt" rows="5" spellcheck="false" autocomplete="off" autocapitalize="off" placeholder="eyJhbGciOiJFZERTQSIs…"></textarea>
<div class="ways">
<button class="button" type="submit">${inBoth({ zh: '验证', en: 'Verify' })}</button>
<label class="file" for="file">${inBoth({ zh: '或选择文件，也可拖放到此处', en: 'or choose a file, or drop one here' })}</label>
<input id="file" type="file" accept=".jwt,.txt,application/vc+jwt,text/plain">
</div>
</form>`
}

function renderExplanation(): Markup {
  return html`<section class="explanation" aria-labelledby="recompute">
<h2 id="recompute">${inBoth({ zh: '自己重算', en: 'Recompute it yourself' })}</h2>
<p>${inBoth({
    zh: '签名说明由谁签发、是否被改动，并不说明数字是否正确。每份凭证都用摘要（SHA-256）指明所依据的一切；持有计算记录的人可以逐位重算。',
    en: 'A signature tells who issued a document and that nobody changed it, not that its figure is right. Every credential names, by digest (SHA-256), all that its figure rests on; whoever holds the calculation record can recompute it bit for bit.',
  })}</p>
<ol>
<li>${inBoth({
    zh: '公开的部分按摘要下载：排放因子表、GWP 表、方案、计算引擎。验证之后，上方会列出这份凭证的链接。',
    en: 'Fetch what is public by digest: factor tables, GWP set, scheme, engine. Once you have verified a document its links stand above.',
  })}</li>
<li>${inBoth({
    zh: '计算记录包含活动数据，不公开；请向凭证持有人索取记录与版本文件。',
    en: 'The calculation record holds activity amounts and is not public: ask the holder for the record and the revision.',
  })}</li>
<li>${inBoth({
    zh: '核对每个文件的 SHA-256 与凭证所列一致，再用该版本的引擎计算；结果必须逐位相同。',
    en: 'See that each file’s SHA-256 is the one the credential names, then run that release of the engine: the result must be the same to the last bit.',
  })}</li>
</ol>
</section>`
}
