/** `/factors/{table}/diff/{a}/{b}`: what a new edition does to its factors, the largest movers first. */

import { html, raw } from 'hono/html'
import type { FactorTableVersion } from '../../ports/registry.ts'
import type { DiffEntry, TableDiff } from '../../tables/diff.ts'
import { regionName } from '../../tables/region-names.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { renderPage } from '../page.ts'
import { wordsFor } from '../wording.ts'
import { diffDataPath, diffPath, editionPath, factorPath, factorsPath, tablePath } from './addresses.ts'
import { isAmount, renderChangeWords } from './change-words.ts'
import { gasWritten } from './gases.ts'
import { readable, writeChange } from './numbers.ts'
import { renderName, renderTrail } from './pieces.ts'
import { basisNames, unitWritten } from './words.ts'

/** What a reader may ask to see alone: a changed row's amounts moved, or only what is said of it. */
export const diffParts = ['moved', 'reworded', 'added', 'removed'] as const
export type DiffPart = (typeof diffParts)[number]

export interface DiffView {
  readonly from: FactorTableVersion
  readonly to: FactorTableVersion
  readonly diff: TableDiff
  /** All entries where null. */
  readonly part: DiffPart | null
  /** From 1. */
  readonly page: number
}

/** Entries a page shows. */
export const entriesPerPage = 100

/** The page of a comparison. */
export function renderDiff(language: Language, view: DiffView, query: string): Markup {
  const { from, to, diff } = view
  const chosen = diff.entries.filter((entry) => view.part === null || partOf(entry) === view.part)
  const shown = chosen.slice((view.page - 1) * entriesPerPage, view.page * entriesPerPage)
  return renderPage({
    title: {
      zh: `${to.title.zh ?? to.title.en}：${from.version} → ${to.version}`,
      en: `${to.title.en}: ${from.version} → ${to.version}`,
    },
    language,
    name: 'factors',
    styles: ['factors.css'],
    query,
    body: html`${renderTrail([
      { href: factorsPath, text: inBoth({ zh: '排放因子', en: 'Factors' }) },
      { href: tablePath(diff.table), text: renderName(to.title) },
    ])}
<article class="diff">
<header><h1><a href="${editionPath(diff.table, from.version)}">${from.version}</a> <span aria-hidden="true">→</span><span class="visually-hidden">${inBoth({ zh: '到', en: 'to' })}</span> <a href="${editionPath(diff.table, to.version)}">${to.version}</a></h1>
<p class="kind">${renderName(to.title)}</p></header>
${renderCounts(view)}
${renderEntries(shown, view)}
${renderPaging(view, chosen.length)}
${renderFuels(diff)}
<p class="data">${inBoth({ zh: '同样的内容供程序读取：', en: 'The same for programs: ' })}<a href="${diffDataPath(diff.table, from.version, to.version)}">JSON</a> <a href="${diffDataPath(diff.table, from.version, to.version)}?format=csv">CSV</a></p>
</article>`,
  })
}

function partOf({ kind, changes }: DiffEntry): DiffPart {
  if (kind !== 'changed') return kind
  return changes.some((change) => isAmount(change) || change.field === 'unit') ? 'moved' : 'reworded'
}

const partNames: Readonly<Record<DiffPart | 'unchanged' | 'all' | 'changed', Bilingual>> = {
  all: { zh: '全部不同', en: 'All differences' },
  changed: { zh: '改变', en: 'Changed' },
  moved: { zh: '数值变了', en: 'Values moved' },
  reworded: { zh: '只有说明变了', en: 'Only words changed' },
  added: { zh: '新增', en: 'Added' },
  removed: { zh: '删除', en: 'Removed' },
  unchanged: { zh: '未变', en: 'Unchanged' },
}

/** Counts that are also the filter. */
function renderCounts({ diff, part, from, to }: DiffView): Markup {
  const counts = Map.groupBy(diff.entries, partOf)
  const choices = [null, ...diffParts].map((choice) => {
    const query = choice === null ? '' : `part=${choice}`
    const count = choice === null ? diff.entries.length : (counts.get(choice)?.length ?? 0)
    return html`<li><a href="${diffPath(diff.table, from.version, to.version, query)}"${choice === part ? html` aria-current="true"` : ''}><b>${count}</b> ${inBoth(partNames[choice ?? 'all'])}</a></li>`
  })
  return html`<nav class="counts" aria-label="筛选 Filter"><ul>${choices}<li><span><b>${diff.counts.unchanged}</b> ${inBoth(partNames.unchanged)}</span></li></ul></nav>`
}

function renderEntries(entries: readonly DiffEntry[], view: DiffView): Markup {
  if (entries.length === 0) {
    return html`<p class="soft">${inBoth({ zh: '没有这样的行。', en: 'There are no such rows.' })}</p>`
  }
  const scale = Math.min(1, Math.max(...entries.map(({ relativeChange }) => Math.abs(relativeChange ?? 0))))
  return html`<ol class="movers" start="${(view.page - 1) * entriesPerPage + 1}">${entries.map((entry) => renderEntry(entry, view, scale))}</ol>`
}

function renderEntry(entry: DiffEntry, { diff }: DiffView, scale: number): Markup {
  const { kind, name, region, unit } = entry
  const place = {
    zh: `${regionName(region).zh} · ${unitWritten(unit).zh}`,
    en: `${regionName(region).en} · ${unitWritten(unit).en}`,
  }
  return html`<li data-kind="${kind}">
<div class="what"><h2>${renderEntryLink(entry, diff, renderName(name))}</h2>
<p class="kind">${inBoth(place)}${kind === 'changed' ? '' : html` <span class="badge" data-tone="${kind === 'added' ? 'good' : 'care'}">${inBoth(partNames[kind])}</span>`}</p>
${renderChangeWords(entry.changes, entry.value)}</div>
${renderValues(entry, diff)}
${renderMove(entry, scale)}
</li>`
}

/** To the row in the newer version; to the older where it is gone. */
function renderEntryLink({ from, to }: DiffEntry, diff: TableDiff, text: Markup): Markup {
  const [version, id] = to === null ? [diff.from.version, from ?? ''] : [diff.to.version, to]
  return html`<a href="${factorPath(diff.table, version, id)}">${text}</a>`
}

function renderValues({ value, from, to }: DiffEntry, diff: TableDiff): Markup {
  const side = (id: string | null, amount: string | null, version: string) =>
    id === null || amount === null
      ? html`<span class="none">${inBoth(id === null ? { zh: '无', en: 'none' } : { zh: '不可比', en: 'not comparable' })}</span>`
      : html`<a href="${factorPath(diff.table, version, id)}">${readable(amount).text}</a>`
  return html`<div class="values"><p class="before-after">${side(from, value.from, diff.from.version)} <span aria-hidden="true">→</span><span class="visually-hidden">${inBoth({ zh: '变为', en: 'becomes' })}</span> ${side(to, value.to, diff.to.version)}</p>
<p class="basis">${inBoth(measureText(value))}</p></div>`
}

function measureText({ of, basis, unit }: DiffEntry['value']): Bilingual {
  const per = unitWritten(unit)
  if (of === 'none') return { zh: '没有可比的数值', en: 'no value to compare' }
  if (of === 'gas-mass') {
    const gas = gasWritten(basis?.split(' ').at(-1) ?? '')
    return { zh: `kg ${gas} / ${per.zh}`, en: `kg ${gas} / ${per.en}` }
  }
  const named = wordsFor(basisNames, basis ?? '')
  return { zh: `kg CO₂e / ${per.zh}，${named.zh}`, en: `kg CO₂e / ${per.en}, ${named.en}` }
}

/** The change in percent with a bar from the middle; one beyond the scale ends in an arrow. */
function renderMove({ relativeChange, kind }: DiffEntry, scale: number): Markup {
  if (relativeChange === null || kind !== 'changed') return html`<div class="move"></div>`
  if (relativeChange === 0)
    return html`<div class="move" data-way="same"><b>${inBoth({ zh: '数值未变', en: 'same value' })}</b></div>`
  const way = relativeChange > 0 ? 'up' : 'down'
  return html`<div class="move" data-way="${way}"><b><span aria-hidden="true">${way === 'up' ? '▲' : '▼'}</span> ${writeChange(relativeChange)}</b>${raw(bar(relativeChange, scale))}</div>`
}

function bar(change: number, scale: number): string {
  const share = scale === 0 ? 0 : Math.min(1, Math.abs(change) / scale)
  const width = Math.max(0.75, share * 50)
  const x = change > 0 ? 50 : 50 - width
  return `<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect x="${x.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="8"/><path d="M50 0V8" vector-effect="non-scaling-stroke"/></svg>`
}

function renderPaging({ diff, from, to, part, page }: DiffView, count: number): Markup {
  const last = Math.max(1, Math.ceil(count / entriesPerPage))
  if (last === 1) return html``
  const link = (target: number, text: Bilingual, rel: string) => {
    const query = new URLSearchParams({
      ...(part === null ? {} : { part }),
      ...(target === 1 ? {} : { page: String(target) }),
    })
    return html`<a class="button quiet" rel="${rel}" href="${diffPath(diff.table, from.version, to.version, query.toString())}">${inBoth(text)}</a>`
  }
  return html`<nav class="paging" aria-label="分页 Pages">${page > 1 ? link(page - 1, { zh: '上一页', en: 'Previous' }, 'prev') : ''}
<span>${inBoth({ zh: `第 ${page} / ${last} 页`, en: `Page ${page} of ${last}` })}</span>
${page < last ? link(page + 1, { zh: '下一页', en: 'Next' }, 'next') : ''}</nav>`
}

function renderFuels({ fuels }: TableDiff): Markup {
  if (fuels.length === 0) return html``
  return html`<section aria-labelledby="fuels"><h2 id="fuels">${inBoth({ zh: '燃料参数', en: 'Fuel properties' })}</h2>
<ul class="fuels">${fuels.map(
    ({ kind, name, changes }) =>
      html`<li><b>${renderName(name)}</b> ${inBoth(partNames[kind])}${renderChangeWords(changes, null)}</li>`,
  )}</ul></section>`
}
