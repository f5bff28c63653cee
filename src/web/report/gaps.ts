/** What the inventory leaves out, estimates or rests on, said before anyone has to ask. */

import { html } from 'hono/html'
import type { DeclaredGaps, InventoryReport } from '../../report/types.ts'
import { gasWritten } from '../factors/gases.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { flagNames, wordsFor } from '../wording.ts'
import {
  amountCell,
  type Column,
  figure,
  moreNote,
  percent,
  placeOfFactor,
  renderChapter,
  renderTable,
  shareCell,
  shareColumn,
  someOf,
  tonnesColumn,
} from './pieces.ts'
import { capitalized, categoryName, estimateNames, named } from './words.ts'

/** Rows that a page shows of a table; the JSON has all. */
const rowsShown = 60

export function renderGaps({ gaps }: InventoryReport): Markup {
  return renderChapter('gaps', { zh: '声明的缺口', en: 'Declared gaps' }, [
    html`<p class="lead-note">${inBoth({
      zh: '缺口不是零：凡未测量、估算、排除或替代的，都在此按名称列出。',
      en: 'A gap is never a zero: what was not measured, estimated, left out or stood in for is named here.',
    })}</p>`,
    exclusionTable(gaps),
    flagTable(gaps),
    estimateTable(gaps),
    proxyTable(gaps),
    html`<dl class="facts">${absentFact(
      { zh: '未报告活动的类别', en: 'Categories without activity reported' },
      joined(gaps.categoriesWithoutLines.map(categoryName)),
      gaps.categoriesWithoutLines.length,
    )}${absentFact(
      { zh: '没有数据的月份', en: 'Months without data' },
      someOf(gaps.monthsWithoutLines, 12),
      gaps.monthsWithoutLines.length,
    )}${gasesFact(gaps)}</dl>`,
  ])
}

export function joined(words: readonly Bilingual[]): Bilingual {
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') }
}

export function absentFact(name: Bilingual, text: Bilingual, count: number): Markup {
  const value = count === 0 ? { zh: '无', en: 'none' } : text
  return html`<div><dt>${inBoth(name)}${count > 0 ? ` (${count})` : ''}</dt><dd>${inBoth(value)}</dd></div>`
}

export function gasesFact({ gasesNotCovered }: Pick<DeclaredGaps, 'gasesNotCovered'>): Markup {
  const text = gasesNotCovered.map(({ gas, lines }) => {
    const some = someOf(lines, 3)
    return { zh: `${gasWritten(gas)}（${some.zh}）`, en: `${gasWritten(gas)} (${some.en})` }
  })
  const value =
    text.length === 0
      ? { zh: '无', en: 'none' }
      : { zh: joined(text).zh, en: text.map(({ en }) => en).join('; ') }
  return html`<div><dt>${inBoth({ zh: '因子未覆盖的气体', en: 'Gases that factors leave out' })}</dt><dd>${inBoth(value)}</dd></div>`
}

export function exclusionTable({
  exclusions,
  excludedShare,
}: Pick<DeclaredGaps, 'excludedShare'> & {
  /** Each with what else is said of it. */
  readonly exclusions: readonly (DeclaredGaps['exclusions'][number] & { readonly under?: Bilingual })[]
}): Markup {
  const title = { zh: '排除项', en: 'Left out' }
  if (exclusions.length === 0) {
    return html`<h3>${inBoth(title)}</h3><p>${inBoth({ zh: '未声明排除项。', en: 'Nothing is declared to be left out.' })}</p>`
  }
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [
      { name: { zh: '内容', en: 'What' } },
      { name: { zh: '理由', en: 'Why' } },
      { name: { zh: '估计占比', en: 'Estimated share' }, isNumber: true },
    ],
    body: html`<tbody>${exclusions.map(({ what, reason, estimatedShare, under }) => html`<tr><th scope="row">${what}${under === undefined ? '' : html`<span class="under">${inBoth(under)}</span>`}</th><td>${reason}</td>${shareCell(estimatedShare)}</tr>`)}</tbody>
<tfoot><tr><th scope="row" colspan="2">${inBoth({ zh: '合计', en: 'Together' })}</th>${shareCell(excludedShare)}</tr></tfoot>`,
  })}`
}

export function flagTable({ flags }: Pick<DeclaredGaps, 'flags'>): Markup {
  if (flags.length === 0) return html``
  const title = { zh: '须注意', en: 'To be noted' }
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [{ name: { zh: '事项', en: 'What' } }, { name: { zh: '所涉行', en: 'Lines' } }, shareColumn],
    body: html`<tbody>${flags.map(
      ({ code, lines, share, gases }) =>
        html`<tr><th scope="row">${inBoth(capitalized(wordsFor(flagNames, code)))}${gases.length === 0 ? '' : html`<span class="under">${gases.map(gasWritten).join(', ')}</span>`}</th><td class="code">${inBoth(someOf(lines))}</td>${shareCell(share)}</tr>`,
    )}</tbody>`,
  })}`
}

function estimateTable({ estimates }: DeclaredGaps): Markup {
  return renderEstimates(estimates, tonnesColumn, ({ amount }) => amountCell(amount))
}

type Told = Omit<DeclaredGaps['estimates'][number], 'amount'>

/** @param cellOf the cell with a line's amount, in the unit of the column. */
export function renderEstimates<Row extends Told>(
  estimates: readonly Row[],
  column: Column,
  cellOf: (row: Row) => Markup,
): Markup {
  if (estimates.length === 0) return html``
  const title = { zh: '估算', en: 'Estimates' }
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [
      { name: { zh: '行', en: 'Line' } },
      { name: { zh: '方法与依据', en: 'Method and basis' } },
      { name: { zh: '批准人', en: 'Approved by' } },
      column,
      shareColumn,
    ],
    body: html`<tbody>${estimates
      .slice(0, rowsShown)
      .map(
        (row) =>
          html`<tr><th scope="row" class="code">${row.line}</th>${methodCells(row)}${cellOf(row)}${shareCell(row.share)}</tr>`,
      )}</tbody>`,
  })}${moreNote(estimates.length, rowsShown)}`
}

function methodCells({ estimate }: Told): Markup {
  if (estimate === null)
    return html`<td colspan="2">${inBoth({ zh: '方法本身即为估算', en: 'an estimate by its method' })}</td>`
  return html`<td>${inBoth(capitalized(estimateNames[estimate.method]))}<span class="under">${estimate.basis}</span></td><td>${estimate.approvedBy}</td>`
}

function proxyTable({ proxies }: DeclaredGaps): Markup {
  if (proxies.length === 0) return html``
  const title = { zh: '替代因子（基于市场的范围二）', en: 'Proxies (market-based scope 2)' }
  return html`<h3>${inBoth(title)}</h3>${renderTable({
    caption: title,
    columns: [{ name: { zh: '因子', en: 'Factor' } }, { name: 'kWh', isNumber: true }, tonnesColumn],
    body: html`<tbody>${proxies.map(
      ({ name, table, version, id, kWh, amount }) =>
        html`<tr><th scope="row">${inBoth(named(name))}${placeOfFactor({ table, version, id })}</th><td class="number">${figure(kWh)}</td>${amountCell(amount)}</tr>`,
    )}</tbody>`,
  })}`
}

/** A share in words, for headlines. */
export function excludedText({ excludedShare }: Pick<DeclaredGaps, 'excludedShare'>): Bilingual {
  if (excludedShare === null) return { zh: '未声明排除项', en: 'nothing declared left out' }
  return {
    zh: `声明排除约 ${percent(excludedShare)}`,
    en: `about ${percent(excludedShare)} declared left out`,
  }
}
