/**
 * An inventory's report as one document that needs nothing else: its style stands in it, it has no script, and both languages are in
 * the markup with a switch that works without one. So it looks the same where it was fetched, saved, or printed on A4.
 */

import { html, raw } from 'hono/html'
import { sha256 } from '../../json/digest.ts'
import { encodeBase64, encodeUtf8 } from '../../json/encoding.ts'
import type { Amount, InventoryReport } from '../../report/types.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { egretMark } from '../mark.ts'
import { dayInChina, lastDay, shortDigest } from '../quantity.ts'
import { boundaryNames, totalMemberNames, wordsFor } from '../wording.ts'
import { renderCharts, renderDataQuality, renderUncertainty } from './charts.ts'
import { excludedText, renderGaps } from './gaps.ts'
import {
  headline,
  renderBreakdowns,
  renderCategoryBars,
  renderContributors,
  renderGases,
  renderTrail,
} from './parts.ts'
import { figure, renderChapter, renderTable, unitText } from './pieces.ts'
import { renderStructure } from './structures.ts'
import { pageHeader, reportStyle } from './style.ts'
import { changeOptionNames, locationBased, marketBased, named, notStated } from './words.ts'

/** A page with the style it may use: the policy names it by its digest. */
export interface ReportPage {
  readonly markup: Markup
  /** For `style-src`: `sha256-…`. */
  readonly styleHash: string
}

export function renderReport(language: Language, report: InventoryReport): ReportPage {
  const style = reportStyle + pageHeader(runningTitle(report), language)
  return {
    markup: renderDocument(language, report, style),
    styleHash: `sha256-${encodeBase64(sha256(encodeUtf8(style)))}`,
  }
}

function runningTitle({ head }: InventoryReport): string {
  return `${head.title} · ${head.period.start} – ${lastDay(head.period.end)}`
}

const kind: Bilingual = { zh: '温室气体清单报告', en: 'Greenhouse gas inventory report' }

function renderDocument(language: Language, report: InventoryReport, style: string): Markup {
  const first = language === 'zh'
  return html`<!doctype html>
<html lang="${first ? 'zh-CN' : 'en'}" data-language="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${report.head.title} · ${kind[language]}</title>
<meta name="color-scheme" content="light">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
${renderBar(language)}
<main>
${renderHead(report)}
${renderGlance(report)}
${report.structures.map((structure) => renderStructure(structure, report.scope2))}
${renderGases(report)}
${renderGaps(report)}
${renderQuality(report)}
${renderContributors(report)}
${renderBreakdowns(report)}
${renderTrail(report)}
${renderBasis(report)}
</main>
</body>
</html>`
}

/** The switch is two radio buttons: it needs no script, and no server that would ask for a token. */
function renderBar(language: Language): Markup {
  const choice = (value: Language, name: string, lang: string) =>
    html`<input type="radio" name="language" id="in-${value}" value="${value}"${value === language ? html` checked` : ''}><label for="in-${value}" lang="${lang}">${name}</label>`
  return html`<header class="bar-top"><span class="home">${egretMark(4)}<b lang="zh-CN">白鹭</b> <span lang="en">Egret</span></span>
<fieldset class="languages"><legend class="visually-hidden">语言 Language</legend>${choice('zh', '中文', 'zh-CN')}${choice('en', 'English', 'en')}</fieldset></header>`
}

function renderHead({ head }: InventoryReport): Markup {
  const { standing, organization, period } = head
  const state =
    standing.state === 'draft'
      ? { zh: '草稿：尚未提交，随时可能变化', en: 'Draft: not submitted, and may change any day' }
      : {
          zh: `第 ${standing.revision} 版，${dayInChina(standing.declaredAt)} 由 ${standing.declaredBy} 声明并冻结`,
          en: `Revision ${standing.revision}, declared by ${standing.declaredBy} and frozen on ${dayInChina(standing.declaredAt)}`,
        }
  return html`<header class="cover">
<p class="kicker">${inBoth(kind)}</p>
<h1>${head.title}</h1>
<p class="who">${inBoth(named(organization.name))}</p>
<p class="when">${period.start} – ${lastDay(period.end)} · ${inBoth(wordsFor(boundaryNames, head.consolidationApproach))}</p>
<p class="state" data-state="${standing.state}">${inBoth(state)}</p>
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
  const { standing, scheme, engine, gwpSet, factorTables, intendedUsers, sites, changeOption } = head
  const fact = (name: Bilingual, value: Markup | string) =>
    html`<div><dt>${inBoth(name)}</dt><dd>${value}</dd></div>`
  return renderChapter('basis', { zh: '依据', en: 'Basis' }, [
    html`<dl class="facts">
${fact({ zh: '合并方法', en: 'Consolidation approach' }, inBoth(wordsFor(boundaryNames, head.consolidationApproach)))}
${fact({ zh: '期间内的组织变更', en: 'Changes within the period' }, inBoth(changeOption === null ? notStated : wordsFor(changeOptionNames, changeOption)))}
${sites.length === 0 ? '' : fact({ zh: '场所', en: 'Sites' }, html`${sites.map(({ name }) => html`<span class="item">${inBoth(named(name))}</span>`)}`)}
${intendedUsers === null ? '' : fact({ zh: '预期用户', en: 'Intended users' }, intendedUsers)}
${fact({ zh: '方案', en: 'Scheme' }, `${scheme.id} ${scheme.version}`)}
${fact({ zh: '计算引擎', en: 'Engine' }, html`${engine.version} <span class="code">${shortDigest(engine.digest)}</span>`)}
${fact({ zh: '全球变暖潜势', en: 'Global warming potentials' }, html`${gwpSet.id} ${gwpSet.version} <span class="code">${shortDigest(gwpSet.digest)}</span>`)}
${standingFacts(standing).map(({ name, value }) => fact(name, html`<span class="code">${value}</span>`))}
</dl>`,
    renderTable({
      caption: { zh: '因子表', en: 'Factor tables' },
      isQuiet: false,
      columns: [
        { name: { zh: '因子表', en: 'Table' } },
        { name: { zh: '版本', en: 'Version' } },
        { name: { zh: '摘要', en: 'Digest' } },
      ],
      body: html`<tbody>${factorTables.map(({ table, version, digest }) => html`<tr><th scope="row" class="code">${table}</th><td>${version}</td><td class="code">${shortDigest(digest)}</td></tr>`)}</tbody>`,
    }),
  ])
}

function standingFacts(
  standing: InventoryReport['head']['standing'],
): readonly { name: Bilingual; value: string }[] {
  if (standing.state === 'draft') return []
  return [
    { name: { zh: '版本摘要', en: 'Revision digest' }, value: standing.digest },
    { name: { zh: '计算记录摘要', en: 'Calculation record digest' }, value: standing.recordDigest },
    { name: { zh: '声明摘要', en: 'Declaration digest' }, value: standing.declarationDigest },
  ]
}
