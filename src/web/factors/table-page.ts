/** `/factors/{table}`: what a table is, under which terms, its editions newest first, and what it was read from. */

import { html } from 'hono/html'
import type { TableReading } from '../../actions/registry/read-table.ts'
import type { FactorTableVersion } from '../../ports/registry.ts'
import type { SourceDocument, TableFacts } from '../../tables/format.ts'
import { regionName } from '../../tables/region-names.ts'
import { inBoth, type Language, type Markup } from '../language.ts'
import { renderPage } from '../page.ts'
import { dayInChina, shortDigest } from '../quantity.ts'
import { wordsFor } from '../wording.ts'
import { diffPath, documentPath, factorsPath, searchPath } from './addresses.ts'
import {
  renderBadge,
  renderName,
  renderOtherName,
  renderStanding,
  renderTerm,
  renderTrail,
} from './pieces.ts'
import { renderConfidence, renderCopy } from './provenance.ts'
import { basisNames, stateNames } from './words.ts'

/** The page of a table. */
export function renderTablePage(language: Language, reading: TableReading, query: string): Markup {
  const { current, facts } = reading
  return renderPage({
    title: { zh: current.title.zh ?? current.title.en, en: current.title.en },
    language,
    name: 'factors',
    styles: ['factors.css'],
    query,
    body: html`${renderTrail([{ href: factorsPath, text: inBoth({ zh: '排放因子', en: 'Factors' }) }])}
<article class="table-page">
<header>
<h1>${renderName(current.title)}</h1>
${renderOtherName(current.title)}
<p class="kind">${current.publisher}</p>
</header>
${current.redistributable ? renderSearchWithin(reading) : renderClosed()}
${renderEditions(reading)}
${renderTerms(current, facts)}
${facts === null ? '' : renderNotes(facts)}
${facts === null ? '' : renderSources(facts.sources)}
</article>`,
  })
}

function renderSearchWithin({ table, current }: TableReading): Markup {
  return html`<form class="search within" action="${factorsPath}" method="get" role="search">
<input type="hidden" name="table" value="${table}"><input type="hidden" name="version" value="${current.version}">
<div class="bar"><label class="visually-hidden" for="q">${inBoth({ zh: '在本表中搜索', en: 'Search this table' })}</label>
<input id="q" name="q" type="search" maxlength="100" autocomplete="off" spellcheck="false">
<button class="button" type="submit">${inBoth({ zh: '在本表中搜索', en: 'Search this table' })}</button></div>
<p><a href="${searchPath({ table, version: current.version })}">${inBoth({
    zh: `查看全部 ${current.factorCount} 条（${current.version}）`,
    en: `See all ${current.factorCount} rows (${current.version})`,
  })}</a></p>
</form>`
}

function renderClosed(): Markup {
  return html`<section class="notice" aria-labelledby="closed">
<h2 id="closed">${inBoth({ zh: '本表的数据行不在这里显示', en: 'The rows of this table are not shown here' })}</h2>
<p>${inBoth({
    zh: '它的许可不允许我们转发整张表，或没有说明是否允许。表是存在的，也可以使用：持访问令牌调用 GET /v1/factors 可以搜索和读取，认证方案须点名才接受它。',
    en: 'Its licence does not let us pass the table on, or does not say whether it may. It exists and can be used: with a token, GET /v1/factors finds and reads its rows; a scheme accepts it only by name.',
  })}</p>
<p><a href="/docs">${inBoth({ zh: '如何取得令牌', en: 'How to get a token' })}</a></p>
</section>`
}

function renderEditions({ editions }: TableReading): Markup {
  const newestFirst = editions.map((version, at) => ({ version, before: editions[at - 1] })).reverse()
  return html`<section class="editions-list" aria-labelledby="editions">
<h2 id="editions">${inBoth({ zh: '版本', en: 'Editions' })}</h2>
<ol>${newestFirst.map(({ version, before }) => renderEdition(version, before))}</ol>
</section>`
}

function renderEdition(version: FactorTableVersion, before: FactorTableVersion | undefined): Markup {
  const { digest, factorCount, unverifiedCount, publishedAt, redistributable } = version
  const hex = html`<span class="code">${shortDigest(digest)}…</span>`
  return html`<li id="v-${version.version}">
<h3>${version.version} ${renderState(version)}</h3>
<p class="kind">${version.edition}</p>
<dl class="terms inline">
${renderTerm({ zh: '因子', en: 'Factors' }, html`${factorCount}${unverifiedCount > 0 ? html` <span class="care">${inBoth({ zh: `其中 ${unverifiedCount} 条未经核实`, en: `${unverifiedCount} of them unverified` })}</span>` : ''}`)}
${publishedAt === null ? '' : renderTerm({ zh: '在此发布', en: 'Published here' }, dayInChina(publishedAt.toISOString()))}
${renderTerm(
  { zh: 'SHA-256', en: 'SHA-256' },
  redistributable ? html`<a href="${documentPath(digest)}" title="${digest}">${hex}</a>` : hex,
)}
</dl>
${renderWithdrawal(version)}
<p class="ways-on">${redistributable ? html`<a href="${searchPath({ table: version.table, version: version.version })}">${inBoth({ zh: '查看数据行', en: 'See its rows' })}</a>` : ''}
${redistributable && before?.redistributable ? html`<a href="${diffPath(version.table, before.version, version.version)}">${inBoth({ zh: `与 ${before.version} 相比`, en: `What changed since ${before.version}` })}</a>` : ''}</p>
</li>`
}

function renderState(version: FactorTableVersion): Markup {
  return version.state === 'published' ? renderBadge(stateNames.published, 'good') : renderStanding(version)
}

function renderWithdrawal({ withdrawal }: FactorTableVersion): Markup {
  if (withdrawal === null) return html``
  const day = dayInChina(withdrawal.at.toISOString())
  return html`<p class="notice" data-tone="stop">${inBoth({
    zh: `${day} 撤回，新的碳足迹不得使用。原因：`,
    en: `Withdrawn on ${day}; new footprints cannot use it. Reason: `,
  })}${withdrawal.reason}</p>`
}

function renderTerms(current: FactorTableVersion, facts: TableFacts | null): Markup {
  const { gwpBasis } = current
  const basis = Object.hasOwn(basisNames, gwpBasis)
    ? inBoth(wordsFor(basisNames, gwpBasis))
    : html`<span lang="en">${gwpBasis}</span>`
  return html`<section aria-labelledby="terms"><h2 id="terms">${inBoth({ zh: '范围与许可', en: 'Coverage and licence' })}</h2>
<dl class="terms">
${renderTerm({ zh: '地区', en: 'Territory' }, html`${inBoth(regionName(current.territory))}`)}
${renderTerm({ zh: '年份', en: 'Years' }, current.years.from === current.years.to ? String(current.years.from) : `${current.years.from} – ${current.years.to}`)}
${facts === null ? '' : renderTerm({ zh: '气体', en: 'Gases' }, html`<span lang="en">${facts.gasesCovered}</span>`)}
${renderTerm({ zh: 'GWP 依据', en: 'GWP basis' }, basis)}
${renderTerm({ zh: '许可', en: 'Licence' }, html`<b>${current.licence}</b>${current.redistributable ? '' : html` ${renderBadge({ zh: '不得转发', en: 'not passed on' }, 'care')}`}`)}
${renderTerm({ zh: '署名', en: 'Attribution' }, current.attribution)}
${facts?.licence.note == null ? '' : renderTerm({ zh: '许可说明', en: 'About the licence' }, html`<span lang="en">${facts.licence.note}</span>`)}
</dl></section>`
}

function renderNotes({ notes, citations }: TableFacts): Markup {
  if (notes.length + citations.length === 0) return html``
  return html`<section aria-labelledby="notes"><h2 id="notes">${inBoth({ zh: '说明', en: 'Remarks' })}</h2>
<ul class="remarks" lang="en">${notes.map((note) => html`<li>${note}</li>`)}</ul></section>`
}

function renderSources(sources: readonly SourceDocument[]): Markup {
  return html`<section class="source-list" aria-labelledby="sources"><h2 id="sources">${inBoth({ zh: '读自哪些文件', en: 'Read from' })}</h2>
<ul>${sources.map(renderSource)}</ul></section>`
}

function renderSource(source: SourceDocument): Markup {
  const { title, publisher, year, confirmation, licence } = source
  return html`<li><h3>${title}</h3>
<p class="kind">${publisher}, ${year}</p>
<dl class="terms">
${renderConfidence(confirmation)}
${renderCopy(source)}
${renderTerm({ zh: '许可', en: 'Licence' }, licence)}
</dl></li>`
}
