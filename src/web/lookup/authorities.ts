/** What authorities say of a body, and under which schemes it has issued: dated facts with their source. */

import { html } from 'hono/html'
import type { AuthorityStanding, BodyProfile } from '../../actions/lookup/body-profile.ts'
import type { AccreditationKind } from '../../certification/accreditation-kinds.ts'
import type { DocumentKind, SubjectKind } from '../../certification/scheme.ts'
import { renderName } from '../factors/pieces.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { dayInChina } from '../quantity.ts'

const kindNames: Readonly<Record<AccreditationKind, Bilingual>> = {
  accreditation: { zh: '认可', en: 'Accreditation' },
  approval: { zh: '批准', en: 'Approval' },
}
const standingNames: Readonly<Record<AuthorityStanding, Bilingual>> = {
  'in-force': { zh: '有效', en: 'In force' },
  'not-yet': { zh: '尚未生效', en: 'Not in force yet' },
  over: { zh: '已到期', en: 'Over' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}
const documentNames: Readonly<Record<DocumentKind, Bilingual>> = {
  'verification-statement': { zh: '核查声明', en: 'verification statements' },
  certificate: { zh: '认证证书', en: 'certificates' },
}
const subjectNames: Readonly<Record<SubjectKind, Bilingual>> = {
  organization: { zh: '组织', en: 'organizations' },
  product: { zh: '产品', en: 'products' },
}

/** Scope and approvals of a body. */
export function renderAuthorities({ authorities }: BodyProfile): Markup {
  return html`<section aria-labelledby="authorities">
<h2 id="authorities">${inBoth({ zh: '资质与范围', en: 'Scope and approvals' })}</h2>
${
  authorities.length === 0
    ? html`<p class="notice">${inBoth({ zh: '没有登记的认可或批准。', en: 'No accreditation or approval is recorded.' })}</p>`
    : html`<ul class="authorities">${authorities.map(renderAuthority)}</ul>`
}
</section>`
}

type Fact = BodyProfile['authorities'][number]['fact']

function renderAuthority({ fact, standing }: BodyProfile['authorities'][number]): Markup {
  const { kind, authority, number, standards, sectors, source } = fact
  const { validFrom, validUntil } = fact
  const until = validUntil === null ? null : dayInChina(validUntil.toISOString())
  const from = dayInChina(validFrom.toISOString())
  const term = { zh: `${from} 起`, en: `from ${from}` }
  return html`<li data-authority="${standing}">
<h3>${inBoth(kindNames[kind])} <span class="code">${number}</span> <span class="mark-word" data-tone="${standing === 'in-force' ? 'good' : 'stop'}">${inBoth(standingNames[standing])}</span></h3>
<dl class="facts">
${row({ zh: '授予者', en: 'Given by' }, renderName(authority))}
${row({ zh: '有效期', en: 'Term' }, inBoth(until === null ? term : { zh: `${from} 至 ${until}`, en: `${from} to ${until}` }))}
${row({ zh: '文件', en: 'For' }, inBoth(coverageOf(fact)))}
${row({ zh: '标准与类别', en: 'Standards and categories' }, html`${standards.join(' · ')}`)}
${sectors.length === 0 ? '' : row({ zh: '行业（GB/T 4754）', en: 'Sectors (GB/T 4754)' }, html`${sectors.join(', ')}`)}
${row({ zh: '出处', en: 'Source' }, /^https?:/.test(source) ? html`<a href="${source}" rel="noopener noreferrer">${source}</a>` : html`${source}`)}
</dl>
</li>`
}

function row(name: Bilingual, value: Markup): Markup {
  return html`<div><dt>${inBoth(name)}</dt><dd>${value}</dd></div>`
}

function coverageOf({ documentKinds, subjectKinds }: Fact): Bilingual {
  const documents = documentKinds.map((one) => documentNames[one])
  const subjects = subjectKinds.map((one) => subjectNames[one])
  const zh = (names: readonly Bilingual[]) => names.map((name) => name.zh).join('、')
  const en = (names: readonly Bilingual[]) => names.map((name) => name.en).join(' and ')
  return {
    zh: `${zh(documents)}（${zh(subjects)}）`,
    en: `${en(documents)} about ${en(subjects)}`,
  }
}

/** Where anyone reads the text of a scheme. */
export function schemePath(id: string, version: string): string {
  return `/v1/schemes/${id}/versions/${version}`
}

/** Schemes with the address of their text, and where surveillance is asked. */
export function renderSchemes({ schemes, body }: BodyProfile): Markup {
  return html`<section aria-labelledby="schemes">
<h2 id="schemes">${inBoth({ zh: '方案与监督', en: 'Schemes and surveillance' })}</h2>
${
  schemes.length === 0
    ? ''
    : html`<ul class="bodies">${schemes.map(
        ({ id, version, title }) =>
          html`<li>${renderName(title)} <a class="code" href="${schemePath(id, version)}">${id} ${version}</a></li>`,
      )}</ul>`
}
<p>${inBoth({
    zh: '每份证书的页面列明其监督是否按期、下次何时到期；接口地址：',
    en: 'The page of each certificate says whether its surveillance is kept and when the next is due; over the API:',
  })} <span class="code">GET /v1/public/credentials/{id}/surveillance</span></p>
<p class="fine">${inBoth({ zh: '以上内容的数据形式：', en: 'All of this as data:' })} <a class="code" href="/v1/bodies/${body.slug}">/v1/bodies/${body.slug}</a></p>
</section>`
}
