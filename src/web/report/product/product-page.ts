/** A product's report as one document: what it says, where it comes from, what must be known of it, and every line's way. */

import { html } from 'hono/html'
import type { PartyFace } from '../../../certification/faces.ts'
import { productMeasure } from '../../../report/product/measure.ts'
import type { KindRow, ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../../language.ts'
import { lastDay, writeUnit } from '../../quantity.ts'
import { boundaryNames, kindNames, totalMemberNames, wordsFor } from '../../wording.ts'
import { fact, renderBasisChapter } from '../basis.ts'
import { type ReportPage, renderDocument, renderStanding } from '../frame.ts'
import { excludedText, joined } from '../gaps.ts'
import { renderChapter, unitText } from '../pieces.ts'
import { reportStyle } from '../style.ts'
import { capitalized, named } from '../words.ts'
import { renderAllocations } from './allocations.ts'
import { amountText } from './amounts.ts'
import { renderCircular } from './circular.ts'
import { renderContracts } from './contracts.ts'
import { renderData } from './data.ts'
import { findingWords } from './finding-words.ts'
import { renderFindings, renderProductGaps } from './gaps.ts'
import { renderMeans } from './means.ts'
import { renderMethod } from './method.ts'
import { renderSankey } from './sankey-chart.ts'
import { renderSideBySide } from './side-by-side.ts'
import { renderSites } from './sites.ts'
import { renderStages } from './stage-chart.ts'
import { productStyle } from './style.ts'
import { renderSums } from './sums.ts'
import { renderLargest, renderLines, renderProcesses, renderVector } from './tables.ts'
import { renderTree } from './tree-chart.ts'
import { intervalText } from './uncertainty.ts'
import { declaredUnitText, functionText, unitKind } from './words.ts'

const kind: Bilingual = { zh: '产品碳足迹报告', en: 'Product carbon footprint report' }

export function renderProductReport(language: Language, report: ProductReport): ReportPage {
  const { head } = report
  return renderDocument(language, {
    ...{ title: head.title, kind, style: reportStyle + productStyle },
    running: `${head.title} · ${head.period.start} – ${lastDay(head.period.end)}`,
    body: html`${renderHead(report)}
${renderGlance(report)}
${renderSideBySide(report)}
${renderSources(report)}
${renderProcesses(report)}
${renderAllocations(report)}
${renderMeans(report)}
${renderVector(report)}
${renderSums(report)}
${renderCircular(report)}
${renderContracts(report)}
${renderSites(report)}
${renderData(report)}
${renderMethod(report)}
${renderFindings(report)}
${renderProductGaps(report)}
${renderLines(report)}
${renderBasis(report)}`,
  })
}

function renderHead({ head }: ProductReport): Markup {
  const { product, organization, period, boundary, standing } = head
  return html`<header class="cover">
<p class="kicker">${inBoth(kind)}</p>
<h1>${head.title}</h1>
${product === null ? '' : html`<p class="who">${inBoth(named(product.name))}${product.model === null ? '' : ` · ${product.model}`}</p>`}
<p class="when">${inBoth(named(organization.name))}</p>
<p class="when">${period.start} – ${lastDay(period.end)} · ${inBoth(wordsFor(boundaryNames, boundary))}</p>
${renderStanding(standing)}
</header>`
}

function renderGlance(report: ProductReport): Markup {
  return renderChapter('glance', { zh: '概览', en: 'At a glance' }, [
    renderTiles(report),
    renderNotice(report),
    renderStages(report),
  ])
}

function renderTiles(report: ProductReport): Markup {
  const { totals, head, gaps } = report
  const interval = intervalText(report)
  const { print } = head
  const per = declaredUnitText(head)
  const kind = unitKind(head)
  const unit = writeUnit(print.unit)
  const tile = ({ kind: of, inTotal, amount }: KindRow) =>
    html`<div><dt>${inBoth(kindNames[of])}${inTotal ? '' : html` <span class="soft">${inBoth({ zh: '（不计入）', en: '(outside)' })}</span>`}</dt><dd><strong>${amountText(amount, print)}</strong> <span class="unit">${unit}</span></dd></div>`
  return html`<dl class="tiles vector-tiles">
<div class="large whole-row"><dt>${inBoth({ zh: `每 ${per.zh}（${kind.zh}）`, en: `Per ${per.en} (${kind.en})` })}</dt><dd><strong>${amountText(totals.total, print)}</strong> <span class="unit">${unit}</span>${interval === null ? '' : html` <span class="interval">${inBoth(interval)}</span>`}</dd></div>
${renderFunction(report)}
${totals.kinds.length > 1 || totals.kinds.some(({ inTotal }) => !inTotal) ? totals.kinds.map(tile) : ''}
</dl>
<p class="note">${inBoth(
    includesText(
      totals.totalIncludes.map((member) => totalMemberNames[member]),
      excludedText(gaps),
    ),
  )}</p>`
}

/** What the unit is, in words, and the figure per one of what it counts and per year. */
function renderFunction({ head, perFunction, totals }: ProductReport): Markup {
  const { functionalUnit, print } = head
  if (functionalUnit === null) return html``
  const measure = productMeasure(totals.total.kgCo2e, print)
  const per = (kgCo2e: string, of: Bilingual) => {
    const written = `${amountText(measure.amount(kgCo2e), print)} ${writeUnit(print.unit)}`
    return { zh: `每${of.zh} ${written}`, en: `${written} per ${of.en}` }
  }
  const parts =
    perFunction === null
      ? []
      : [
          per(perFunction.kgCo2ePerUnit, unitText(functionalUnit.quantity.unit)),
          per(perFunction.kgCo2ePerYear, { zh: '年', en: 'year' }),
        ]
  const words = functionText(functionalUnit)
  return html`<div class="whole-row worded"><dt>${inBoth({ zh: '功能单位', en: 'Functional unit' })}</dt><dd>${inBoth(
    {
      zh: [words.zh, ...parts.map(({ zh }) => zh)].join('；'),
      en: [words.en, ...parts.map(({ en }) => en)].join('; '),
    },
  )}</dd></div>`
}

function includesText(members: readonly Bilingual[], excluded: Bilingual): Bilingual {
  const names = joined(members)
  return {
    zh: `总量包含：${names.zh}。${excluded.zh}。`,
    en: `The total includes ${names.en}; ${excluded.en}.`,
  }
}

/** What a reader of nothing but the first page must not miss. */
function renderNotice({ findings }: ProductReport): Markup {
  if (findings === null || findings.length === 0) return html``
  return html`<div class="notice"><p>${inBoth({ zh: `引擎提请注意 ${findings.length} 项：`, en: findings.length === 1 ? 'The engine asks to note one thing:' : `The engine asks to note ${findings.length} things:` })}</p>
<ul>${findings.slice(0, 8).map(({ code }) => html`<li>${inBoth(findingWords[code].name)}</li>`)}</ul></div>`
}

function renderSources(report: ProductReport): Markup {
  return renderChapter('sources', { zh: '从何而来', en: 'Where it comes from' }, [
    report.tree === null
      ? html`<p>${inBoth({
          zh: '该记录的过程网络无法逐级追溯，因此没有流向图和贡献树。',
          en: 'The network of this record cannot be followed, so there is no diagram of flows and no tree.',
        })}</p>`
      : '',
    renderSankey(report),
    renderTree(report),
    renderLargest(report),
  ] as readonly Markup[])
}

function renderBasis({ head }: ProductReport): Markup {
  const { product, manufacturer, factory, intendedUsers, rules, boundary, region } = head
  const party = (name: Bilingual, face: PartyFace | null) =>
    face === null ? '' : fact(name, inBoth(named(face.name)))
  const text = (name: Bilingual, value: string | null) => (value === null ? '' : fact(name, value))
  return renderBasisChapter(
    head,
    html`${fact({ zh: '系统边界', en: 'System boundary' }, inBoth(wordsFor(boundaryNames, boundary)))}
${head.functionalUnit === null ? '' : fact({ zh: '功能单位', en: 'Functional unit' }, inBoth(functionText(head.functionalUnit)))}
${fact(capitalized(unitKind(head)), inBoth(declaredUnitText(head)))}
${text({ zh: '规格', en: 'Specification' }, product?.specification ?? null)}
${text({ zh: '商标', en: 'Trademark' }, product?.trademark ?? null)}
${text({ zh: '覆盖型号', en: 'Models covered' }, product?.models?.join('、') ?? null)}
${text({ zh: '商品编码', en: 'Codes' }, product?.codes?.map(({ system, code }) => `${system} ${code}`).join(' · ') ?? null)}
${party({ zh: '生产者', en: 'Manufacturer' }, manufacturer)}
${party({ zh: '工厂', en: 'Factory' }, factory)}
${text({ zh: '预期用户', en: 'Intended users' }, intendedUsers)}
${rules === null ? '' : fact({ zh: '产品种类规则', en: 'Product category rules' }, html`${inBoth(named(rules.title))} <span class="code">${rules.id} ${rules.edition}</span> · ${rules.operator}`)}
${fact({ zh: '区域', en: 'Region' }, region)}`,
  )
}
