/** An inventory's report as one document. */

import { html } from 'hono/html'
import type { Amount, InventoryReport } from '../../report/types.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { lastDay } from '../quantity.ts'
import { boundaryNames, totalMemberNames, wordsFor } from '../wording.ts'
import { fact, renderBasisChapter } from './basis.ts'
import { renderCharts, renderDataQuality, renderUncertainty } from './charts.ts'
import { type ReportPage, renderDocument, renderStanding } from './frame.ts'
import { excludedText, renderGaps } from './gaps.ts'
import {
  headline,
  renderBreakdowns,
  renderCategoryBars,
  renderContributors,
  renderGases,
  renderTrail,
} from './parts.ts'
import { figure, renderChapter, unitText } from './pieces.ts'
import { renderStructure } from './structures.ts'
import { reportStyle } from './style.ts'
import { changeOptionNames, locationBased, marketBased, named, notStated } from './words.ts'

export function renderReport(language: Language, report: InventoryReport): ReportPage {
  return renderDocument(language, {
    ...{ title: report.head.title, kind, running: runningTitle(report), style: reportStyle },
    body: html`${renderHead(report)}
${renderGlance(report)}
${report.structures.map((structure) => renderStructure(structure, report.scope2))}
${renderGases(report)}
${renderGaps(report)}
${renderQuality(report)}
${renderContributors(report)}
${renderBreakdowns(report)}
${renderTrail(report)}
${renderBasis(report)}`,
  })
}

function runningTitle({ head }: InventoryReport): string {
  return `${head.title} · ${head.period.start} – ${lastDay(head.period.end)}`
}

const kind: Bilingual = { zh: '温室气体清单报告', en: 'Greenhouse gas inventory report' }

function renderHead({ head }: InventoryReport): Markup {
  const { standing, organization, period } = head
  return html`<header class="cover">
<p class="kicker">${inBoth(kind)}</p>
<h1>${head.title}</h1>
<p class="who">${inBoth(named(organization.name))}</p>
<p class="when">${period.start} – ${lastDay(period.end)} · ${inBoth(wordsFor(boundaryNames, head.consolidationApproach))}</p>
${renderStanding(standing)}
</header>`
}

function renderGlance(report: InventoryReport): Markup {
  return renderChapter('glance', { zh: '概览', en: 'At a glance' }, [
    renderTiles(report),
    renderCharts(report),
    renderCategoryBars(report),
  ])
}

function renderTiles({ totals, intensities, gaps }: InventoryReport): Markup {
  const { scopes } = totals
  const tile = (name: Bilingual, amount: Amount | null, size: string) =>
    html`<div class="${size}"><dt>${inBoth(name)}</dt><dd>${amount === null ? html`<span class="none">${inBoth(notStated)}</span>` : headline(amount)}</dd></div>`
  const scopeTile = (zh: string, en: string, amount: Amount | null) =>
    html`<div><dt>${inBoth({ zh, en })}</dt><dd>${amount === null ? html`<span class="none">${inBoth({ zh: '未报告', en: 'not reported' })}</span>` : headline(amount)}</dd></div>`
  return html`<dl class="tiles">
${tile({ zh: `总量，范围二${locationBased.zh}`, en: `Total, scope 2 ${locationBased.en}` }, totals.total, 'large')}
${tile({ zh: `总量，范围二${marketBased.zh}`, en: `Total, scope 2 ${marketBased.en}` }, totals.totalMarketBased, 'large')}
${scopeTile('范围一', 'Scope 1', scopes[1])}
${scopeTile('范围二（基于位置）', 'Scope 2 (location)', scopes[2].locationBased)}
${scopeTile('范围二（基于市场）', 'Scope 2 (market)', scopes[2].marketBased)}
${scopeTile('范围三', 'Scope 3', scopes[3])}
</dl>
${renderIntensities(intensities)}
<p class="note">${inBoth(
    includesText(
      totals.totalIncludes.map((member) => totalMemberNames[member]),
      excludedText(gaps),
    ),
  )}</p>`
}

function renderIntensities(intensities: InventoryReport['intensities']): Markup {
  if (intensities.length === 0) return html``
  return html`<dl class="intensities">${intensities.map(
    ({ name, quantity, kgCo2ePerUnit }) =>
      html`<div><dt>${inBoth({ zh: `强度：${named(name).zh}`, en: `Intensity: ${name.en}` })}</dt><dd><strong>${figure(kgCo2ePerUnit)}</strong> <span class="unit">kg CO₂e / ${inBoth(unitText(quantity.unit))}</span></dd></div>`,
  )}</dl>`
}

function includesText(members: readonly Bilingual[], excluded: Bilingual): Bilingual {
  return {
    zh: `总量包含：${members.map(({ zh }) => zh).join('、')}。${excluded.zh}。`,
    en: `The total includes ${members.map(({ en }) => en).join(', ')}; ${excluded.en}.`,
  }
}

function renderQuality({ dataQuality, uncertainty, totals }: InventoryReport): Markup {
  return renderChapter('data', { zh: '不确定性与数据质量', en: 'Uncertainty and data quality' }, [
    uncertainty === null ? html`` : renderUncertainty(uncertainty, totals.total),
    dataQuality === null ? html`` : renderDataQuality(dataQuality),
  ])
}

/** What the figures stand on, each by its digest. */
function renderBasis({ head }: InventoryReport): Markup {
  const { intendedUsers, sites, changeOption } = head
  return renderBasisChapter(
    head,
    html`${fact({ zh: '合并方法', en: 'Consolidation approach' }, inBoth(wordsFor(boundaryNames, head.consolidationApproach)))}
${fact({ zh: '期间内的组织变更', en: 'Changes within the period' }, inBoth(changeOption === null ? notStated : wordsFor(changeOptionNames, changeOption)))}
${sites.length === 0 ? '' : fact({ zh: '场所', en: 'Sites' }, html`${sites.map(({ name }) => html`<span class="item">${inBoth(named(name))}</span>`)}`)}
${intendedUsers === null ? '' : fact({ zh: '预期用户', en: 'Intended users' }, intendedUsers)}`,
  )
}
