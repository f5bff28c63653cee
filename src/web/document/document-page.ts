/**
 * A credential as a document people read and print: one A4 sheet, in both languages at once. It shows what was signed, and
 * above it how the document stands now; the way to check both stands on it.
 */

import { html } from 'hono/html'
import { type Credential, kindOf } from '../../credential/schema.ts'
import { afterwardsOf } from '../afterwards.ts'
import { type Markup, sideBySide } from '../language.ts'
import { egretMark } from '../mark.ts'
import { renderPage } from '../page.ts'
import { dayInChina } from '../quantity.ts'
import { documentTitles } from '../wording.ts'
import { renderBasis } from './basis.ts'
import { densityOf } from './density.ts'
import { renderFields, renderLabel } from './fields.ts'
import { type DocumentLife, renderLife } from './life.ts'
import { renderNotice, renderOpinionBand, renderStatements } from './opinion.ts'
import { renderSubject } from './parties.ts'
import { renderQrCode } from './qr-code.ts'
import { renderResult } from './result.ts'
import { type DocumentStanding, renderStandingBand } from './standing.ts'

/** Where a document's reader can go. */
export interface DocumentLinks {
  /** Absolute: it goes into the QR code. */
  readonly verify: string
  readonly jwt: string
  /** Its tlog-proof. */
  readonly receipt: string
  readonly log: string
}

/** The page at `/credentials/{id}`. */
export function renderDocument(
  credential: Credential,
  standing: DocumentStanding,
  life: DocumentLife | null,
  links: DocumentLinks,
): Markup {
  const { credentialSubject: subject } = credential
  const title = documentTitles[kindOf(credential)][subject.type]
  return renderPage({
    title: { zh: `${title.zh} ${credential.number}`, en: `${title.en} ${credential.number}` },
    language: 'both',
    name: 'document',
    styles: ['document.css'],
    scripts: ['document.js'],
    unlisted: credential.development,
    body: html`${renderTools(links)}
<article class="sheet" data-opinion="${subject.verification.opinion}" data-standing="${standing.standing}" data-density="${densityOf(credential)}">
${renderStandingBand(standing)}
${renderNotice(credential)}
${renderHead(credential)}
${renderOpinionBand(subject.verification)}
${renderSubject(subject)}
${renderResult(subject)}
${renderStatements(subject.verification)}
${renderBasis(subject)}
${renderAfterwards(credential)}
${renderFoot(credential, links)}
</article>
${renderLife(life)}`,
  })
}

function renderTools(links: DocumentLinks): Markup {
  return html`<div class="tools">
<a class="button" href="${links.verify}">${sideBySide({ zh: '在浏览器中验证', en: 'Verify it' })}</a>
<button class="button quiet" type="button" data-print hidden>${sideBySide({ zh: '打印', en: 'Print' })}</button>
<a class="quiet" href="${links.jwt}" download>${sideBySide({ zh: '下载签名凭证', en: 'Signed credential' })}</a>
<a class="quiet" href="${links.receipt}" download>${sideBySide({ zh: '收录证明', en: 'Receipt' })}</a>
<a class="quiet" href="${links.log}">${sideBySide({ zh: '透明日志', en: 'Log' })}</a>
</div>`
}

function renderHead(credential: Credential): Markup {
  const title = documentTitles[kindOf(credential)][credential.credentialSubject.type]
  return html`<header class="head">
${egretMark(2.2)}
<div>
<h1><span class="zh" lang="zh-CN">${title.zh}</span> <span class="en" lang="en">${title.en}</span></h1>
<p class="subject clamp">${credential.credentialSubject.title}</p>
</div>
<dl class="number">
<div><dt>${sideBySide({ zh: '编号', en: 'No.' })}</dt><dd>${credential.number}</dd></div>
</dl>
</header>`
}

/** What came before it and what comes after; nothing where it says nothing. */
function renderAfterwards(credential: Credential): Markup {
  const said = afterwardsOf(credential)
  if (said.length === 0) return html``
  const written = said.map(({ name, text }) => ({
    name,
    value:
      typeof text === 'string'
        ? html`<span class="code clamp">${text}</span>`
        : html`<span class="clamp-long">${sideBySide(text)}</span>`,
    wide: typeof text !== 'string' || text.length > 40,
  }))
  return html`<section class="afterwards" aria-labelledby="afterwards">
<h2 id="afterwards">${sideBySide({ zh: '证书与后续', en: 'Before and after' })}</h2>
${renderFields(written)}
</section>`
}

function renderFoot(credential: Credential, links: DocumentLinks): Markup {
  return html`<footer class="foot">
<div class="issuer">
<p class="role">${sideBySide({ zh: '签发机构', en: 'Issued by' })}</p>
<p class="name clamp">${renderLabel(credential.issuer.label)}</p>
<p class="code">${credential.issuer.id}</p>
<div class="dates">${renderDates(credential)}</div>
<p class="limits clamp-long">${sideBySide(credential.limits)}</p>
</div>
<div class="check">
${renderQrCode(links.verify, '验证链接二维码 QR code of the verification link')}
<p>${sideBySide({ zh: '扫码验证签名', en: 'Scan to verify' })}</p>
</div>
<p class="canonical">${sideBySide({
    zh: '本页显示已签名凭证的内容，以凭证本身为准；文中省略号处，凭证原文完整。',
    en: 'This sheet shows what the signed credential says; the credential is the document. Where text is cut (…), it has the whole.',
  })} <span class="code">${credential.id}</span></p>
</footer>`
}

/** A statement speaks of one day and says so; a certificate has a term. */
function renderDates(credential: Credential): Markup {
  const { validFrom, validUntil } = credential
  return renderFields([
    { name: { zh: '决定', en: 'Decided' }, value: day(credential.credentialSubject.verification.decidedAt) },
    { name: { zh: '签发', en: 'Issued' }, value: day(validFrom) },
    {
      name: { zh: '有效期至', en: 'Valid until' },
      value:
        validUntil === undefined
          ? sideBySide({ zh: '针对决定之日，无期限', en: 'of its day, no term' })
          : day(validUntil),
    },
  ])
}

function day(instant: string): Markup {
  return html`<time datetime="${instant}">${dayInChina(instant)}</time>`
}
