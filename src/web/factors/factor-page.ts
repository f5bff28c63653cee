/** One factor: the number at a glance, then what it holds, what it may be used for, how it moved, and where it was read. */

import { html } from 'hono/html'
import type { FactorReading } from '../../actions/registry/read-factor.ts'
import { regionName } from '../../tables/region-names.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { renderPage } from '../page.ts'
import { wordsFor } from '../wording.ts'
import { editionPath, factorPath, factorsPath, searchPath, tablePath } from './addresses.ts'
import { factorCategoryNames } from './category-words.ts'
import { renderGasTable } from './gas-table.ts'
import { coverageText } from './gases.ts'
import { renderHistory } from './history.ts'
import {
  figureNote,
  kindText,
  renderBadge,
  renderBadges,
  renderFigure,
  renderName,
  renderOtherName,
  renderTerm,
  renderTrail,
} from './pieces.ts'
import { renderDoubts, renderProvenance } from './provenance.ts'
import { renderUses } from './uses.ts'
import { headlineOf } from './value.ts'
import { confirmationNames, unitWritten } from './words.ts'

/** The page of a factor. */
export function renderFactor(language: Language, reading: FactorReading, query: string): Markup {
  const { factor, version } = reading
  const { name } = factor
  const place = `${version.table} ${version.version}`
  return renderPage({
    title: { zh: `${name.zh ?? name.en}（${place}）`, en: `${name.en} (${place})` },
    language,
    name: 'factors',
    styles: ['factors.css'],
    scripts: ['factors.js'],
    query,
    body: html`${renderTop(reading)}
<article class="factor">
${renderHead(reading)}
<div class="columns">
<div class="main">
${renderGasTable(factor, reading.gwpSets)}
${renderHistory(reading)}
</div>
<div class="side">
${renderFacts(reading)}
${renderUses(factor)}
${renderPin(reading)}
</div>
<div class="main">
${renderProvenance(reading)}
${renderDoubts(factor)}
</div>
</div>
</article>`,
  })
}

function renderTop({ version }: FactorReading): Markup {
  return renderTrail([
    { href: factorsPath, text: inBoth({ zh: '排放因子', en: 'Factors' }) },
    { href: tablePath(version.table), text: renderName(version.title) },
    { href: editionPath(version.table, version.version), text: version.version },
  ])
}

function renderHead(reading: FactorReading): Markup {
  const { factor, version, gwpSets } = reading
  const headline = headlineOf(factor, gwpSets)
  return html`<header class="factor-head">
<h1>${renderName(factor.name)}</h1>
${renderOtherName(factor.name)}
<p class="kind">${inBoth(kindText(factor))}</p>
<div class="glance">
${renderFigure(factor, gwpSets)}
<p class="basis">${headline === null ? '' : inBoth(figureNote(headline))}<br>${inBoth(coverageText(factor))}</p>
</div>
<p class="badges">${renderConfirmation(reading)}${renderBadges(factor, version)}</p>
${renderWarning(reading)}
</header>`
}

function renderConfirmation({ factor }: FactorReading): Markup {
  if (factor.confirmation === 'unverified') return html``
  const tone = factor.confirmation === 'primary' ? 'good' : 'plain'
  return renderBadge(confirmationNames[factor.confirmation], tone)
}

/** A withdrawn or replaced edition says so above everything else, and leads to what stands now. */
function renderWarning(reading: FactorReading): Markup {
  const { state, withdrawal, supersededBy } = reading.version
  if (state === 'withdrawn') {
    return html`<p class="notice" data-tone="stop">${inBoth({
      zh: '本版本已撤回，不得用于新的碳足迹。原因：',
      en: 'This edition was withdrawn; new footprints cannot use it. Reason: ',
    })}<span lang="en">${withdrawal?.reason ?? ''}</span></p>`
  }
  return state === 'superseded' && supersededBy !== null ? renderSuccessor(reading, supersededBy) : html``
}

function renderSuccessor({ version, editions, gwpSets }: FactorReading, successor: string): Markup {
  const factor = editions.find((edition) => edition.version === successor)?.factor ?? null
  const name = inBoth({ zh: `${successor} 版`, en: `edition ${successor}` })
  if (factor === null) {
    return html`<p class="notice compact">${inBoth({ zh: '已有后续版本，其中没有这一条：', en: 'Replaced, and without this row, by ' })}<a href="${editionPath(version.table, successor)}">${name}</a></p>`
  }
  return html`<p class="notice compact">${inBoth({ zh: '后续版本：', en: 'Now stands: ' })}<a href="${factorPath(version.table, successor, factor.id)}">${name}</a> ${renderFigure(factor, gwpSets)}</p>`
}

function renderFacts({ factor, version }: FactorReading): Markup {
  const unit = unitWritten(factor.unit)
  return html`<section class="facts" aria-labelledby="facts"><h2 id="facts">${inBoth({ zh: '要点', en: 'Key facts' })}</h2>
<dl class="terms">
${renderTerm({ zh: '每', en: 'Per' }, html`1 ${inBoth(unit)} ${codeBeside(factor.unit, unit)}`)}
${renderTerm({ zh: '地区', en: 'Region' }, html`${inBoth(regionName(factor.region))} <span class="code">${factor.region}</span>`)}
${renderTerm({ zh: '年份', en: 'Year' }, String(factor.year))}
${renderTerm(
  { zh: '类别', en: 'Category' },
  html`<a href="${searchPath({ category: factor.category })}">${inBoth(wordsFor(factorCategoryNames, factor.category))}</a>`,
)}
${renderTerm(
  { zh: '表与版本', en: 'Table, edition' },
  html`<a href="${tablePath(version.table)}" class="code">${version.table}</a> ${version.version}`,
)}
${renderTerm({ zh: '发布者', en: 'Publisher' }, version.publisher)}
${factor.includesTransmission ? renderTerm({ zh: '输配', en: 'Transmission' }, inBoth({ zh: '已包含', en: 'held already' })) : ''}
</dl></section>`
}

function codeBeside(code: string, { zh, en }: Bilingual): Markup {
  return zh === code && en === code ? html`` : html`<span class="code">${code}</span>`
}

/** What to write into a calculation to use this row and no other. */
function renderPin({ factor, version }: FactorReading): Markup {
  const pin = JSON.stringify({ table: version.table, version: version.version, id: factor.id }, null, 2)
  return html`<section class="pin" aria-labelledby="pin"><h2 id="pin">${inBoth({ zh: '引用这一条', en: 'Pin this row' })}</h2>
<pre tabindex="0"><code id="pin-text">${pin}</code></pre>
<p><button class="button quiet" type="button" data-copy="pin-text" hidden>${inBoth({ zh: '复制', en: 'Copy' })}</button> <span class="copied" role="status" hidden>${inBoth({ zh: '已复制', en: 'Copied' })}</span></p>
</section>`
}
