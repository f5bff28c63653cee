/** Whose footprint it is, of what, for when: the fields a certificate must carry (认证证书和认证标志管理办法 Art. 7). */

import { html } from 'hono/html'
import type { CredentialSubject } from '../../credential/schema.ts'
import { type Bilingual, type Markup, sideBySide } from '../language.ts'
import { lastDay, writeAmount } from '../quantity.ts'
import { boundaryNames, standardUses, wordsFor } from '../wording.ts'
import { type Field, renderFields, renderLabel, renderList, sitesPrinted } from './fields.ts'

type Face = CredentialSubject['responsibleParty']

/** The fields of the subject. */
export function renderSubject(subject: CredentialSubject): Markup {
  return renderFields([
    holderField(subject),
    ...partyFields(subject),
    ...productFields(subject),
    ...boundaryFields(subject),
    ...choiceField(subject),
    standardField(subject, 'quantification'),
    standardField(subject, 'verification'),
    {
      name: { zh: '方案', en: 'Scheme' },
      value: html`${renderLabel(subject.scheme.label)} <span class="code">${subject.scheme.identifier} ${subject.scheme.version}</span>`,
      wide: true,
    },
  ])
}

function holderField({ holder }: CredentialSubject): Field {
  const code =
    holder.unifiedSocialCreditCode === undefined
      ? holder.country
      : html`<span class="code">${holder.unifiedSocialCreditCode}</span>`
  return {
    name: { zh: '委托人', en: 'Holder' },
    value: html`<span class="clamp">${renderLabel(holder.label)} ${code}</span>`,
  }
}

function partyFields({ responsibleParty, manufacturer, factory, sites, intendedUsers }: CredentialSubject) {
  return [
    face({ zh: '责任方', en: 'Responsible party' }, responsibleParty),
    face({ zh: '制造商', en: 'Manufacturer' }, manufacturer),
    face({ zh: '生产企业', en: 'Factory' }, factory),
    sites.length === 0
      ? null
      : {
          name: { zh: '场所', en: 'Sites' },
          value: renderList(sites.map(faceText), sitesPrinted, 'sites'),
          wide: true,
        },
    text({ zh: '预期用户', en: 'Intended users' }, intendedUsers),
  ]
}

function face(name: Bilingual, party: Face | undefined): Field | null {
  return party === undefined ? null : { name, value: faceText(party) }
}

function faceText({ label, address }: Face): Markup {
  const place = address === undefined ? '' : html` <span class="address">${renderLabel(address)}</span>`
  return html`<span class="clamp">${renderLabel(label)}${place}</span>`
}

function text(name: Bilingual, value: string | undefined): Field | null {
  return value === undefined ? null : { name, value: html`<span class="clamp">${value}</span>` }
}

function productFields({
  product,
  declaredUnit,
  functionalUnit,
  productCategoryRules: rules,
}: CredentialSubject): (Field | null)[] {
  if (product === undefined) return []
  const codes = [...(product.identifiers ?? []), ...(product.classifications ?? [])]
  const details = [product.model, product.specification, product.trademark].filter(
    (part) => part !== undefined,
  )
  return [
    {
      name: { zh: '产品', en: 'Product' },
      value: html`<span class="clamp">${renderLabel(product.label)}</span>`,
    },
    text({ zh: '型号规格商标', en: 'Model, mark' }, details.join(' · ') || undefined),
    text({ zh: '覆盖型号', en: 'Models covered' }, product.models?.join(', ')),
    text(
      { zh: '商品编码', en: 'Codes' },
      codes.map(({ system, code }) => `${system} ${code}`).join(' · ') || undefined,
    ),
    functionalUnit === undefined
      ? null
      : {
          name: { zh: '功能单位', en: 'Functional unit' },
          value: html`<span class="clamp">${renderLabel(functionalUnit.label)}</span>`,
        },
    declaredUnit === undefined
      ? null
      : {
          name:
            functionalUnit === undefined
              ? { zh: '声明单位', en: 'Declared unit' }
              : { zh: '基准流', en: 'Reference flow' },
          value: `${writeAmount(declaredUnit.amount)} ${declaredUnit.unit}`,
        },
    rules === undefined
      ? null
      : {
          name: { zh: '产品种类规则', en: 'Product category rules' },
          value: html`<span class="clamp">${renderLabel(rules.label)} <span class="code">${rules.rules} ${rules.edition}</span>, ${rules.operator}</span>`,
        },
  ]
}

const aspectNames: Readonly<Record<string, Bilingual>> = {
  allocation: { zh: '分配', en: 'allocation' },
  'end-of-life': { zh: '报废阶段', en: 'end of life' },
  'capital-goods': { zh: '资本品', en: 'capital goods' },
  electricity: { zh: '电力', en: 'electricity' },
}

/** Choices of method that move the figure. */
function choiceField({ methodChoices }: CredentialSubject): Field[] {
  if (methodChoices === undefined) return []
  const choices = methodChoices.map(({ aspect, method }) => ({ ...wordsFor(aspectNames, aspect), method }))
  const zh = choices.map((choice) => `${choice.zh} ${choice.method}`).join('；')
  const en = choices.map((choice) => `${choice.en} ${choice.method}`).join('; ')
  return [{ name: { zh: '方法选择', en: 'Method' }, value: sideBySide({ zh, en }) }]
}

function boundaryFields({ period, boundary }: CredentialSubject): Field[] {
  return [
    {
      name: { zh: '报告期', en: 'Reporting period' },
      value: html`<time datetime="${period.start}">${period.start}</time> – <time>${lastDay(period.end)}</time>`,
    },
    { name: { zh: '系统边界', en: 'Boundary' }, value: sideBySide(wordsFor(boundaryNames, boundary)) },
  ]
}

function standardField(
  { standards }: CredentialSubject,
  use: 'quantification' | 'verification',
): Field | null {
  const named = standards.filter((standard) => standard.use === use).map(({ standard }) => standard)
  if (named.length === 0) return null
  return { name: standardUses[use], value: html`<span class="clamp">${named.join(', ')}</span>` }
}
