/** The choices a product's figure rests on: capital goods, stages said to be empty, and the rules of its category held against it. */

import { html } from 'hono/html'
import type { RuleCheck } from '../../../engine/types.ts'
import type { ProductMethod, ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { lastDay } from '../../quantity.ts'
import { boundaryNames, stageNames, wordsFor } from '../../wording.ts'
import { fact } from '../basis.ts'
import { percent, renderChapter, renderTable } from '../pieces.ts'
import { named } from '../words.ts'
import { allocationNames } from './allocations.ts'
import { endOfLifeNames } from './circular.ts'
import { ruleNames } from './method-finding-words.ts'
import { unitKind } from './words.ts'

type Rules = NonNullable<ProductMethod['productCategoryRules']>

const title: Bilingual = { zh: '方法选择', en: 'Choices of method' }

const choiceNames: Readonly<Record<string, Bilingual>> = {
  included: { zh: '计入', en: 'included' },
  excluded: { zh: '不计入', en: 'excluded' },
}

export function renderMethod({ method, head }: ProductReport): Markup {
  const { capitalGoods, emptyStages, productCategoryRules } = method
  return renderChapter('method', title, [
    html`<dl class="facts">${fact({ zh: '系统边界', en: 'System boundary' }, inBoth(wordsFor(boundaryNames, head.boundary)))}
${fact({ zh: '结果所依的单位', en: 'The result is per' }, inBoth(unitKind(head)))}
${fact({ zh: '资本品（机器与建筑）', en: 'Capital goods (machines, buildings)' }, capitalText(capitalGoods))}
${emptyStages.map(({ stage, reason }) => {
  const { zh, en } = stageNames[stage]
  return fact({ zh: `“${zh}”阶段声明无活动`, en: `Nothing happens in ${en.toLowerCase()}` }, reason)
})}</dl>`,
    productCategoryRules === null ? '' : renderRules(productCategoryRules),
  ] as readonly Markup[])
}

function capitalText(capitalGoods: ProductMethod['capitalGoods']): Markup {
  if (capitalGoods === null) {
    return html`<span class="none">${inBoth({ zh: '未作选择：没有资本品的行', en: 'nobody chose, and no line is one' })}</span>`
  }
  const { choice, reason } = capitalGoods
  return html`<strong>${inBoth(wordsFor(choiceNames, choice))}</strong><span class="under">${reason}</span>`
}

function renderRules(rules: Rules): Markup {
  const { id, edition, operator, title: of, validity, inForce, checks } = rules
  const caption = { zh: '与产品种类规则对照', en: 'Held against the rules of the product’s category' }
  const force = inForce
    ? { zh: '报告期末有效', en: 'in force at the end of the period' }
    : { zh: '报告期末不在有效期内', en: 'not in force at the end of the period' }
  return html`<h3>${inBoth(caption)}</h3>
<p class="note">${of === null ? '' : html`${inBoth(named(of))} · `}<span class="code">${id} ${edition}</span> · ${operator} · ${validity.start} – ${lastDay(validity.end)} · ${inBoth(force)}</p>
${
  checks.length === 0
    ? html`<p>${inBoth({ zh: '规则没有对此计算作出限定。', en: 'The rules bind nothing of this calculation.' })}</p>`
    : renderTable({
        caption,
        columns: [
          { name: { zh: '规则', en: 'Rule' } },
          { name: { zh: '要求', en: 'Asked' } },
          { name: { zh: '实际', en: 'Here' } },
          { name: { zh: '结论', en: 'Verdict' } },
        ],
        body: html`<tbody>${checks.map(checkRow)}</tbody>`,
      })
}`
}

function checkRow({ rule, asked, given, holds, pointer }: RuleCheck): Markup {
  const verdict = holds
    ? html`<span class="holds">✓ ${inBoth({ zh: '符合', en: 'holds' })}</span>`
    : html`<span class="departs">✕ ${inBoth({ zh: '不符', en: 'departs' })}</span>`
  return html`<tr><th scope="row">${inBoth(ruleNames[rule])}<span class="under code">${atSlashes(pointer)}</span></th><td>${inBoth(ruleText({ rule, value: asked }))}</td><td>${inBoth(ruleText({ rule, value: given }))}</td><td>${verdict}</td></tr>`
}

/** A pointer that may go on in the next line after each of its parts. */
function atSlashes(pointer: string): readonly Markup[] {
  return pointer.split(/(?=\/)/).map((part) => html`<wbr>${part}`)
}

const valueNames: Readonly<Partial<Record<RuleCheck['rule'], Readonly<Record<string, Bilingual>>>>> = {
  boundary: boundaryNames,
  allocation: allocationNames,
  endOfLife: endOfLifeNames,
  capitalGoods: choiceNames,
}

/** What rules ask, or what stands there, in words: limits as shares, names of choices, units as they are. */
export function ruleText({
  rule,
  value,
}: {
  readonly rule: RuleCheck['rule']
  readonly value: string
}): Bilingual {
  if (rule === 'cutOffSingle' || rule === 'cutOffTotal') return { zh: percent(value), en: percent(value) }
  if (value === 'none') return { zh: '未给出', en: 'not stated' }
  const names = valueNames[rule] ?? {}
  const words = value.split(', ').map((one) => wordsFor(names, one))
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') }
}
