/** `/bodies/{slug}/complaints` and `/complaints`: complaining without an account, and asking how a complaint stands. Works without script. */

import { html } from 'hono/html'
import {
  acknowledgeDays,
  type CaseKind,
  type CaseOutcome,
  type CaseState,
  decideDays,
  publicCaseKinds,
} from '../../certification/cases.ts'
import type { CaseFile } from '../../ports/cases.ts'
import type { PublicBody } from '../../ports/public-credentials.ts'
import { renderName } from '../factors/pieces.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { renderPage } from '../page.ts'
import { dayInChina } from '../quantity.ts'

/** What somebody wrote into the form, as it was written. */
export interface ComplaintWritten {
  readonly kind: string
  readonly document: string
  readonly text: string
  readonly name: string
  readonly address: string
}

export const nothingWritten: ComplaintWritten = {
  kind: 'complaint',
  document: '',
  text: '',
  name: '',
  address: '',
}

const kindNames: Readonly<Record<CaseKind, Bilingual>> = {
  complaint: {
    zh: '投诉：对机构的工作、文件或持有人不满',
    en: 'Complaint: of the body’s work, a document or its holder',
  },
  appeal: { zh: '申诉', en: 'Appeal' },
  misuse: { zh: '误用：证书或标识被不当使用', en: 'Misuse: a mark or a document is used as it may not be' },
  'facts-discovered': {
    zh: '事后发现的事实：出具意见时尚不知道',
    en: 'Facts discovered later: not known when the opinion was given',
  },
}

export const caseStateNames: Readonly<Record<CaseState, Bilingual>> = {
  received: { zh: '已收到', en: 'Received' },
  acknowledged: { zh: '已受理', en: 'Acknowledged' },
  'in-examination': { zh: '调查中', en: 'Being examined' },
  decided: { zh: '已作出决定', en: 'Decided' },
  closed: { zh: '已办结', en: 'Closed' },
  dismissed: { zh: '不予受理', en: 'Dismissed' },
}

const outcomeNames: Readonly<Record<CaseOutcome, Bilingual>> = {
  upheld: { zh: '成立', en: 'Upheld' },
  'partly-upheld': { zh: '部分成立', en: 'Partly upheld' },
  'not-upheld': { zh: '不成立', en: 'Not upheld' },
}

export interface ComplaintForm {
  readonly body: PublicBody
  /** Makes sending the form twice one complaint. */
  readonly key: string
  readonly written: ComplaintWritten
  /** Why it was not taken; null: it is new. */
  readonly fault: Bilingual | null
}

/** The form of a body. */
export function renderComplaintForm(language: Language, form: ComplaintForm, query: string): Markup {
  const { body, key, written, fault } = form
  return framed(
    language,
    { zh: `投诉 ${body.name.zh ?? body.name.en}`, en: `Complain of ${body.name.en}` },
    query,
    html`<section class="ask">
<p class="trail"><a href="/bodies/${body.slug}">${renderName(body.name)}</a></p>
<h1>${inBoth({ zh: '投诉与举报', en: 'Complain' })}</h1>
<p class="lead">${inBoth({
      zh: '不需要账号。您写的内容只有该机构受理投诉的人能看到，不会公开，也不会转给被投诉的企业；由没有参与相关核查和决定的人调查和决定。',
      en: 'No account is needed. What you write is read by those of the body who hear complaints, is never public, and is not passed to the holder; people who took no part in the verification or the decision examine and decide it.',
    })}</p>
<p class="fine">${inBoth({
      zh: `${acknowledgeDays} 天内确认，通常在 ${decideDays.complaint} 天内决定。对认证决定的申诉由客户通过自己的账号提出。`,
      en: `Acknowledged within ${acknowledgeDays} days, decided within ${decideDays.complaint} as a rule. Appeals are made by the client, through its own account.`,
    })} <a href="/complaints">${inBoth({ zh: '查询已提交的投诉', en: 'How does mine stand?' })}</a></p>
</section>
${fault === null ? '' : html`<p class="notice" data-tone="stop" role="alert">${inBoth(fault)}</p>`}
<form class="complain" method="post" action="/bodies/${body.slug}/complaints">
<input type="hidden" name="key" value="${key}">
<fieldset><legend>${inBoth({ zh: '关于什么', en: 'What it is' })}</legend>
${publicCaseKinds.map(
  (kind) =>
    html`<label class="choice"><input type="radio" name="kind" value="${kind}"${kind === written.kind ? html` checked` : ''} required> ${inBoth(kindNames[kind])}</label>`,
)}
</fieldset>
${field('document', { zh: '文件编号（如涉及某份文件）', en: 'Number of the document, if it is about one' }, written.document, 'EGRET-2026-8F3K-27QD')}
<label for="text">${inBoth({ zh: '发生了什么', en: 'What happened' })}</label>
<textarea id="text" name="text" rows="8" maxlength="5000" required>${written.text}</textarea>
<fieldset><legend>${inBoth({ zh: '如何联系您（可不填）', en: 'How to reach you (optional)' })}</legend>
${field('name', { zh: '姓名', en: 'Name' }, written.name)}
${field('address', { zh: '邮箱、电话或地址', en: 'E-mail, telephone or address' }, written.address)}
<p class="fine">${inBoth({ zh: '与投诉内容分开保存，可随时要求删除。', en: 'Kept apart from what you write, and erased whenever you ask.' })}</p>
</fieldset>
<button class="button" type="submit">${inBoth({ zh: '提交', en: 'Send' })}</button>
</form>`,
  )
}

function field(name: string, label: Bilingual, value: string, example = ''): Markup {
  return html`<label for="${name}">${inBoth(label)}</label>
<input id="${name}" name="${name}" value="${value}" maxlength="${name === 'address' ? 200 : 100}" placeholder="${example}" autocomplete="off">`
}

/** What a complainant takes away: number and receipt, once. */
export function renderReceived(
  language: Language,
  received: { readonly body: PublicBody; readonly number: string; readonly receipt: string },
): Markup {
  const { body, number, receipt } = received
  return framed(
    language,
    { zh: '已收到您的投诉', en: 'Your complaint is received' },
    '',
    html`<section class="ask">
<p class="trail"><a href="/bodies/${body.slug}">${renderName(body.name)}</a></p>
<h1>${inBoth({ zh: '已收到', en: 'Received' })}</h1>
<p class="lead">${inBoth({
      zh: '请保存下面的编号和回执。凭两者可以查询进展、补充说明、要求删除联系方式；回执只显示这一次。',
      en: 'Keep the number and the receipt below. With both you can see how it stands, say more, and have your contact data erased. The receipt is shown this once.',
    })}</p>
<dl class="facts">
<div><dt>${inBoth({ zh: '编号', en: 'Number' })}</dt><dd class="number">${number}</dd></div>
<div><dt>${inBoth({ zh: '回执（请勿告知他人）', en: 'Receipt (tell nobody)' })}</dt><dd class="number">${receipt}</dd></div>
</dl>
<p><a href="/complaints">${inBoth({ zh: '查询进展', en: 'See how it stands' })}</a></p>
</section>`,
  )
}

/** What was asked with number and receipt, and what came of it. */
export interface ComplaintAsked {
  readonly number: string
  readonly receipt: string
  readonly found: CaseFile | 'nothing' | null
  /** Makes sending a statement twice one statement. */
  readonly key: string
  /** Why what was sent with them was not taken. */
  readonly fault?: Bilingual | null
}

/** The form that asks, and below it what was found. */
export function renderComplaintState(language: Language, asked: ComplaintAsked, query: string): Markup {
  const { number, found, fault = null } = asked
  return framed(
    language,
    { zh: '查询投诉', en: 'How a complaint stands' },
    query,
    html`<section class="ask">
<h1>${inBoth({ zh: '查询投诉', en: 'How a complaint stands' })}</h1>
<form class="complain" method="post" action="/complaints">
${field('number', { zh: '编号', en: 'Number' }, number, 'CASE-2026-8F3K-27QD')}
${field('receipt', { zh: '回执', en: 'Receipt' }, '')}
<button class="button" type="submit">${inBoth({ zh: '查询', en: 'Look up' })}</button>
</form>
</section>
${fault === null ? '' : html`<p class="notice" data-tone="stop" role="alert">${inBoth(fault)}</p>`}
<div role="status">${found === null ? '' : found === 'nothing' ? renderNothing() : renderFound(found)}</div>
${found === null || found === 'nothing' ? '' : renderFurther(found, asked)}`,
  )
}

function renderNothing(): Markup {
  return html`<p class="notice">${inBoth({
    zh: '没有与此编号和回执相符的投诉。请核对两者。',
    en: 'No complaint has this number with this receipt. Look at both once more.',
  })}</p>`
}

function renderFound({ case: row }: CaseFile): Markup {
  const { number, state, createdAt, dueAt, decision, dismissal } = row
  const summary = decision?.summary ?? dismissal?.summary
  return html`<h2>${inBoth(caseStateNames[state])} <span class="code">${number}</span></h2>
<dl class="facts">
<div><dt>${inBoth({ zh: '收到', en: 'Received' })}</dt><dd>${dayInChina(createdAt.toISOString())}</dd></div>
<div><dt>${inBoth({ zh: '应于此日前决定', en: 'To be decided by' })}</dt><dd>${dayInChina(dueAt.toISOString())}</dd></div>
${decision ? html`<div><dt>${inBoth({ zh: '结论', en: 'Outcome' })}</dt><dd>${inBoth(outcomeNames[decision.outcome])}</dd></div>` : ''}
</dl>
${summary ? html`<p>${inBoth({ zh: summary.zh ?? summary.en, en: summary.en })}</p>` : ''}`
}

/** What may still be done: saying more while nothing is decided, and taking one's contact data back. */
function renderFurther({ case: row, contact }: CaseFile, asked: ComplaintAsked): Markup {
  const { number, receipt, key } = asked
  const theirs = html`<input type="hidden" name="number" value="${number}"><input type="hidden" name="receipt" value="${receipt}"><input type="hidden" name="key" value="${key}">`
  const isOpen = (openStates as readonly CaseState[]).includes(row.state)
  const more = html`<form class="complain" method="post" action="/complaints/statements">${theirs}
<label for="text">${inBoth({ zh: '补充说明', en: 'Say more' })}</label>
<textarea id="text" name="text" rows="5" maxlength="5000" required></textarea>
<button class="button" type="submit">${inBoth({ zh: '提交补充', en: 'Send' })}</button>
</form>`
  const erase = html`<form class="complain" method="post" action="/complaints/erasure">${theirs}
<p class="fine">${inBoth({ zh: '您留下了联系方式。删除后案件照常处理。', en: 'You left how to reach you. Erased, the case goes on.' })}</p>
<button class="button quiet" type="submit">${inBoth({ zh: '删除我的联系方式', en: 'Erase my contact data' })}</button>
</form>`
  return html`${isOpen ? more : ''}${contact?.name || contact?.address ? erase : ''}`
}

const openStates = ['received', 'acknowledged', 'in-examination'] as const satisfies readonly CaseState[]

function framed(language: Language, title: Bilingual, query: string, body: Markup): Markup {
  return renderPage({
    ...{ title, language, query, body },
    name: 'lookup',
    styles: ['lookup.css'],
    unlisted: true,
  })
}
