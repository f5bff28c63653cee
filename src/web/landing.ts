/** The front page: what this installation is, and the way in for each of the three kinds of people who come here. */

import { html } from 'hono/html'
import { type Bilingual, inBoth, type Language, type Markup } from './language.ts'
import { egretMark } from './mark.ts'
import { renderPage } from './page.ts'

interface Door {
  readonly who: Bilingual
  readonly what: Bilingual
  readonly links: readonly { readonly href: string; readonly text: Bilingual }[]
}

const doors: readonly Door[] = [
  {
    who: { zh: '任何人', en: 'Anyone' },
    what: {
      zh: '手里有一份核查声明或证书？在自己的浏览器里核对签名、签发机构、有效期和核查意见，不需要账号。',
      en: 'Holding a document? Check its signature, issuer, validity and opinion in your own browser. No account.',
    },
    links: [
      { href: '/verify', text: { zh: '验证凭证', en: 'Verify a document' } },
      {
        href: '/credentials',
        text: { zh: '按编号、企业或机构查询', en: 'Look up by number, holder or body' },
      },
      { href: '/log', text: { zh: '透明日志', en: 'The transparency log' } },
    ],
  },
  {
    who: { zh: '企业', en: 'Enterprises' },
    what: {
      zh: '提交活动数据，按冻结版本的排放因子计算组织或产品碳足迹，冻结后交给认证机构。',
      en: 'Submit activity data, compute an organization’s or a product’s footprint on frozen emission factors, and put it before a certification body.',
    },
    links: [
      { href: '/docs', text: { zh: '接口文档', en: 'API reference' } },
      {
        href: '/factors',
        text: { zh: '查排放因子及其来源', en: 'Emission factors and their sources' },
      },
    ],
  },
  {
    who: { zh: '认证机构', en: 'Certification bodies' },
    what: {
      zh: '受理、组队、提出不符合项、复核、决定、签发；准备、核查、决定必须是不同的自然人。',
      en: 'Accept, appoint a team, raise findings, review, decide, issue. Those who prepare, verify and decide are different persons.',
    },
    links: [
      { href: '/docs', text: { zh: '接口文档', en: 'API reference' } },
      { href: '/v1/schemes', text: { zh: '认证与核查方案', en: 'Schemes' } },
    ],
  },
]

/** The page at `/`. */
export function renderLanding(language: Language): Markup {
  return renderPage({
    title: { zh: '厦门市碳足迹认证', en: 'Carbon-footprint certification, Xiamen' },
    language,
    name: 'landing',
    body: html`
<section class="hero">
${egretMark(1.3)}
<div>
<h1>${inBoth({ zh: '厦门市碳足迹认证', en: 'Carbon-footprint certification for Xiamen' })}</h1>
<p class="lead">${inBoth({
      zh: '计算、核查、决定、签发，任何人都可以验证。',
      en: 'Compute, verify, decide, issue; and let anyone check.',
    })}</p>
<p>${inBoth({
      zh: '白鹭是一个认证接口。每个结果都能由持有计算记录的人逐位重算；缺失的数据从不当作零，要么按名称拒绝，要么写在凭证上。',
      en: 'Egret is a certification API. Every figure can be recomputed bit for bit by whoever holds its record; a gap is never counted as zero: it is refused by name, or stated on the document.',
    })}</p>
<p class="ways"><a class="button" href="/verify">${inBoth({ zh: '验证凭证', en: 'Verify a document' })}</a> <a class="button quiet" href="/credentials">${inBoth({ zh: '查询证书', en: 'Look up a document' })}</a></p>
</div>
</section>
<div class="doors">${doors.map(renderDoor)}</div>
<section class="notes">
<h2>${inBoth({ zh: '说明', en: 'Good to know' })}</h2>
<ul>
<li>${inBoth({
      zh: '目前签发的凭证均属开发测试方案，凭证上会明确标出，不能作为认证依据。',
      en: 'Documents are at present issued under a development scheme. They say so, and certify nothing.',
    })}</li>
<li>${inBoth({
      zh: '本系统签发的凭证不是欧盟碳边境调节机制（CBAM）的核查报告，也不是《电池法规》声明。',
      en: 'Documents issued here are neither CBAM verification reports nor Battery Regulation declarations.',
    })}</li>
<li>${inBoth({
      zh: '接口拒绝请求时会给出一个问题类型，每个类型都有说明页。',
      en: 'When the API refuses a request it names a problem type; each has a page.',
    })} <a href="/problems">${inBoth({ zh: '全部问题类型', en: 'All problem types' })}</a></li>
<li>${inBoth({ zh: '机器可读的接口描述：', en: 'The API’s description for machines:' })} <a href="/openapi.json">/openapi.json</a></li>
</ul>
</section>`,
  })
}

function renderDoor(door: Door): Markup {
  return html`<section class="door">
<h2>${inBoth(door.who)}</h2>
<p>${inBoth(door.what)}</p>
<ul>${door.links.map((link) => html`<li><a href="${link.href}">${inBoth(link.text)}</a></li>`)}</ul>
</section>`
}
