/** `/factors`: a search over every published factor; without a question, the tables there are and what one might ask. */

import { html } from 'hono/html'
import type { GwpSet } from '../../engine/types.ts'
import type { FactorTableVersion, FoundFactor } from '../../ports/registry.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { renderPage } from '../page.ts'
import { writeAmount } from '../quantity.ts'
import { factorPath, searchPath } from './addresses.ts'
import { coverageText } from './gases.ts'
import { figureNote, kindText, renderBadges, renderFigure, renderName, renderOtherName } from './pieces.ts'
import { type Asked, choicesOf, type FieldName, fieldLabels, newestEditions } from './search-fields.ts'
import { renderSearchForm } from './search-form.ts'
import { renderTables } from './table-list.ts'
import { headlineOf } from './value.ts'

export interface SearchView {
  readonly asked: Asked
  /** Fields whose value cannot be read; nothing was searched then. */
  readonly unreadable: readonly (FieldName | 'q')[]
  /** Null where nothing was asked. */
  readonly found: readonly FoundFactor[] | null
  /** Where the next page is; null on the last. */
  readonly next: string | null
  /** Whether this is a later page of the same search. */
  readonly isContinued: boolean
  readonly tables: readonly FactorTableVersion[]
  readonly gwpSets: readonly GwpSet[]
}

/** The page of a search. */
export function renderSearch(language: Language, view: SearchView, query: string): Markup {
  return renderPage({
    title: { zh: '排放因子', en: 'Emission factors' },
    language,
    name: 'factors',
    styles: ['factors.css'],
    scripts: ['factors.js'],
    query,
    unlisted: view.found !== null,
    body: html`<section class="ask${view.found === null ? ' is-first' : ''}">
<h1>${inBoth({ zh: '排放因子', en: 'Emission factors' })}</h1>
${view.found === null ? renderLead(view.tables) : ''}
${renderSearchForm(language, view.asked, view.tables)}
${view.found === null && view.unreadable.length === 0 ? renderExamples() : ''}
</section>
${view.unreadable.length > 0 ? renderUnreadable(view) : ''}
${view.found === null ? renderTables(view.tables) : renderFound(view, view.found)}`,
  })
}

function renderLead(tables: readonly FactorTableVersion[]): Markup {
  const rows = tables.reduce((sum, { factorCount }) => sum + factorCount, 0)
  const names = newestEditions(tables).length
  return html`<p class="lead">${inBoth({
    zh: `${names} 张表，${tables.length} 个版本，${writeAmount(String(rows))} 条因子。每一条都能追到文件、版本、页码和摘要。`,
    en: `${names} tables, ${tables.length} editions, ${writeAmount(String(rows))} factors. Each leads back to a document, an edition, a place in it, and a digest.`,
  })}</p>`
}

const examples: readonly { readonly q: string; readonly lang: string }[] = [
  { q: '福建 电力', lang: 'zh-CN' },
  { q: 'diesel', lang: 'en' },
  { q: 'R-410A', lang: 'en' },
  { q: '柴油', lang: 'zh-CN' },
  { q: 'natural gas', lang: 'en' },
]

function renderExamples(): Markup {
  return html`<p class="examples">${inBoth({ zh: '试试', en: 'Try' })} ${examples.map(
    ({ q, lang }) => html`<a href="${searchPath({ q })}" lang="${lang}">${q}</a> `,
  )}</p>`
}

function renderUnreadable({ unreadable, asked }: SearchView): Markup {
  const named = (language: 'zh' | 'en') =>
    unreadable.map((field) => `${fieldLabels[field][language]} “${(asked[field] ?? '').slice(0, 40)}”`)
  return html`<p class="notice" role="alert">${inBoth({
    zh: `没有搜索：看不懂 ${named('zh').join('、')}。请改正或清空。`,
    en: `Nothing was searched: ${named('en').join(', ')} cannot be read. Correct or clear it.`,
  })}</p>`
}

function renderFound(view: SearchView, found: readonly FoundFactor[]): Markup {
  if (found.length === 0) return renderNothing(view)
  return html`<section class="found" aria-labelledby="found">
<h2 id="found">${inBoth(countText(view, found.length))}</h2>
${renderHidden(view)}
<ol class="results">${found.map((row) => renderResult(row, view))}</ol>
${renderPaging(view)}
</section>`
}

function countText({ next, isContinued }: SearchView, count: number): Bilingual {
  if (isContinued) return { zh: `接下来的 ${count} 条`, en: `The next ${count}` }
  if (next !== null) return { zh: `前 ${count} 条`, en: `The first ${count}` }
  return { zh: `${count} 条`, en: count === 1 ? 'One factor' : `${count} factors` }
}

function renderResult(found: FoundFactor, { gwpSets }: SearchView): Markup {
  const { table, version, factor } = found
  const headline = headlineOf(factor, gwpSets)
  return html`<li>
<div class="what">
<h3><a href="${factorPath(table, version, factor.id)}">${renderName(factor.name)}</a></h3>
${renderOtherName(factor.name)}
<p class="kind">${inBoth(kindText(factor))}<span class="edition"><span class="code">${table}</span> ${version}</span></p>
<p class="badges">${renderBadges(factor, found)}</p>
</div>
<div class="value">
${renderFigure(factor, gwpSets)}
<p class="basis">${headline === null ? '' : inBoth(figureNote(headline))}</p>
<p class="coverage">${inBoth(coverageText(factor))}</p>
</div>
</li>`
}

function renderPaging({ asked, next, isContinued }: SearchView): Markup {
  if (next === null && !isContinued) return html``
  const first = isContinued
    ? html`<a class="button quiet" href="${searchPath(asked as Record<string, string>)}">${inBoth({ zh: '回到最前', en: 'Back to the first' })}</a>`
    : ''
  const more =
    next === null
      ? html`<span>${inBoth({ zh: '没有更多了', en: 'That was all' })}</span>`
      : html`<a class="button" rel="next" href="${searchPath({ ...(asked as Record<string, string>), after: next })}">${inBoth({ zh: '下一页', en: 'Next page' })}</a>`
  return html`<nav class="paging" aria-label="分页 Pages">${first}${more}</nav>`
}

/** Tables that the search covers whose rows nobody without a token may read. */
function hiddenTables({ asked, tables }: SearchView): readonly FactorTableVersion[] {
  const isAsked = ({ table }: FactorTableVersion) => asked.table === undefined || asked.table === table
  return newestEditions(tables).filter((version) => !version.redistributable && isAsked(version))
}

function renderHidden(view: SearchView): Markup {
  const count = hiddenTables(view).length
  if (count === 0) return html``
  return html`<p class="hidden-tables">${inBoth({
    zh: `另有 ${count} 张表因许可不公开其数据行，不在结果中；持访问令牌可查。`,
    en: `Rows of ${count} more ${count === 1 ? 'table' : 'tables'} are not shown: their licence does not let us. A token shows them.`,
  })} <a href="/factors#closed">${inBoth({ zh: '哪些表', en: 'Which' })}</a></p>`
}

function renderNothing(view: SearchView): Markup {
  const { asked } = view
  const choices = choicesOf(view.tables)
  const fields = (Object.keys(asked) as (FieldName | 'q')[]).filter((field) => asked[field] !== undefined)
  return html`<section class="nothing" aria-labelledby="nothing">
<h2 id="nothing">${inBoth({ zh: '没有找到', en: 'Nothing found' })}</h2>
<p>${inBoth({ zh: '搜索的是：', en: 'Searched for:' })}</p>
<dl class="searched">${fields.map((field) => renderSearched(field, asked, choices))}</dl>
<p>${inBoth({
    zh: '去掉一个条件，或换一个更短的词：两个汉字就够。中文名和英文名都可以搜索。',
    en: 'Take one condition away, or try a shorter word. Chinese and English names are both searched.',
  })}</p>
${renderHidden(view)}
<p><a href="/factors">${inBoth({ zh: '查看全部因子表', en: 'See all tables' })}</a></p>
</section>`
}

/** A condition with the way to be without it. */
function renderSearched(field: FieldName | 'q', asked: Asked, choices: ReturnType<typeof choicesOf>): Markup {
  const { [field]: value = '', ...others } = asked
  const chosen = field === 'q' ? undefined : choices[field]?.find((choice) => choice.value === value)
  return html`<div><dt>${inBoth(fieldLabels[field])}</dt><dd><b>${chosen === undefined ? value : inBoth(chosen.text)}</b> <a href="${searchPath(others as Record<string, string>)}">${inBoth({ zh: '去掉', en: 'without it' })}</a></dd></div>`
}
