/** How far the total may be off, by error propagation through the network, and what that comes from. */

import { html } from 'hono/html'
import { printRounded } from '../../../engine/decimal.ts'
import { exactSum } from '../../../engine/exact-sum.ts'
import type { ProductResult } from '../../../engine/types.ts'
import { productMeasure } from '../../../report/product/measure.ts'
import type { Print, ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { whiskerDrawing } from '../charts.ts'
import { moreNote, percent, renderTable } from '../pieces.ts'
import { rangeOf, renderBar, renderFigure } from '../svg.ts'
import { amountText, inUnit, withUnit } from './amounts.ts'
import { nameOr } from './words.ts'

type Uncertainty = ProductResult<string>['uncertainty']
type Contribution = Uncertainty['contributions'][number]

/** Sources that a page shows; the JSON has all that the result names. */
const sourcesShown = 15

export function renderProductUncertainty(report: ProductReport): Markup {
  const { uncertainty } = report
  if (uncertainty === null) return html``
  const { halfWidthKgCo2e } = uncertainty
  if (halfWidthKgCo2e === null) {
    return html`<p class="note">${inBoth({
      zh: '没有一行给出不确定性，因此总量没有区间。',
      en: 'No line states an uncertainty, so the total has no interval.',
    })}</p>`
  }
  return html`${interval(uncertainty, halfWidthKgCo2e, report)}${sources(uncertainty, report)}`
}

function interval(
  { statedShare, percent: ofTotal }: Uncertainty,
  halfWidth: string,
  { totals, head: { print } }: ProductReport,
): Markup {
  const measure = productMeasure(totals.total.kgCo2e, print)
  const half = measure.amount(halfWidth)
  const [whole, wide] = [inUnit(totals.total, print), inUnit(half, print)]
  const row = (name: Bilingual, value: Markup | string) =>
    html`<tr><th scope="row">${inBoth(name)}</th><td class="number">${value}</td></tr>`
  const bound = (kgCo2e: number) => amountText(measure.amount(kgCo2e), print)
  const [total, width] = [Number(totals.total.kgCo2e), Number(halfWidth)]
  return renderFigure({
    id: 'uncertainty',
    title: withUnit(
      { zh: '总量的不确定性（95 % 置信）', en: 'Uncertainty of the total at 95 % confidence' },
      print,
    ),
    description: {
      zh: '总量与其区间；数值见旁边的表。',
      en: 'The total with its interval; the figures are in the table beside it.',
    },
    wide: whiskerDrawing(whole, wide, 540),
    narrow: whiskerDrawing(whole, wide, 320),
    table: renderTable({
      caption: { zh: '不确定性', en: 'Uncertainty' },
      columns: [{ name: { zh: '项', en: 'Item' } }, { name: { zh: '数值', en: 'Value' }, isNumber: true }],
      body: html`<tbody>${row({ zh: '总量', en: 'Total' }, amountText(totals.total, print))}${row({ zh: '半宽', en: 'Half width' }, `± ${amountText(half, print)}`)}${row({ zh: '区间', en: 'Interval' }, `${bound(total - width)} … ${bound(total + width)}`)}${row({ zh: '占总量', en: 'Of the total' }, ofTotal === null ? '–' : `± ${percent(String(Number(ofTotal) / 100))}`)}${row({ zh: '给出不确定性的部分', en: 'Part that states one' }, percent(statedShare))}</tbody>`,
    }),
    note: {
      zh: '误差传播法，沿网络传递；共用的因子、参数与厂区总量同偏。未给出不确定性的各行按确定计。',
      en: 'By error propagation through the network; what rests on one factor, parameter or total of a site is off together. Lines that state none are taken as certain.',
    },
  })
}

/** What the variance comes from, the largest first, each with that of all before it. */
function sources({ contributions }: Uncertainty, report: ProductReport): Markup {
  const caption = { zh: '不确定性来自何处', en: 'What the uncertainty comes from' }
  const shown = contributions.slice(0, sourcesShown)
  const scale = rangeOf(shown.map(({ varianceShare }) => Number(varianceShare)))
  return html`<h3>${inBoth(caption)}</h3>${renderTable({
    caption,
    columns: [
      { name: { zh: '来源', en: 'Source' } },
      { name: { zh: '条形', en: 'Bar' } },
      { name: { zh: '占方差', en: 'Of the variance' }, isNumber: true },
      { name: { zh: '累计', en: 'Cumulative' }, isNumber: true },
    ],
    name: 'bars',
    body: html`<tbody>${shown.map(({ source, varianceShare }, at) => {
      const before = exactSum(shown.slice(0, at + 1).map((one) => Number(one.varianceShare)))
      const { name, under } = sourceName(source, report)
      return html`<tr><th scope="row">${inBoth(name)}<span class="under">${inBoth(under)}</span></th><td class="bar-cell">${renderBar(Number(varianceShare), scale, 'fill')}</td><td class="number">${percent(varianceShare)}</td><td class="number share">${percent(printRounded(before, 6))}</td></tr>`
    })}</tbody>`,
  })}${moreNote(contributions.length, sourcesShown)}`
}

interface SourceName {
  readonly name: Bilingual
  readonly under: Bilingual
}

function sourceName(source: Contribution['source'], { lines, sites }: ProductReport): SourceName {
  const same = (text: string): Bilingual => ({ zh: text, en: text })
  switch (source.kind) {
    case 'activity':
    case 'factor-of-line': {
      const line = lines.find(({ id }) => id === source.line)
      const used = line?.fuel ?? line?.factor
      const name = line?.description ?? used?.name.en ?? source.line
      const of = source.kind === 'activity' ? { zh: '数量', en: 'amount' } : { zh: '因子', en: 'factor' }
      return { name: same(name), under: { zh: `${source.line} · ${of.zh}`, en: `${source.line} · ${of.en}` } }
    }
    case 'factor':
    case 'fuel': {
      const line = lines.find(({ factor, fuel }) => (factor ?? fuel)?.id === source.id)
      const used = line?.factor ?? line?.fuel
      const of = source.kind === 'factor' ? { zh: '因子', en: 'factor' } : { zh: '燃料', en: 'fuel' }
      const shared = linesText(source.lines)
      const place = `${source.table} ${source.version} · ${source.id}`
      return {
        name: nameOr(used?.name ?? null, source.id),
        under: { zh: `${of.zh} ${place}，${shared.zh}`, en: `${of.en} ${place}, ${shared.en}` },
      }
    }
    case 'parameter':
    case 'material': {
      const of =
        source.kind === 'parameter'
          ? { zh: '参数', en: 'parameter' }
          : { zh: '材料质量', en: 'mass of the material' }
      const shared = linesText(source.lines)
      return { name: same(source.id), under: { zh: `${of.zh}，${shared.zh}`, en: `${of.en}, ${shared.en}` } }
    }
    default: {
      const site = sites?.find(({ year }) => year.site === source.site)
      const names = site?.names.totals ?? {}
      const total = Object.hasOwn(names, source.id) ? (names[source.id] ?? null) : null
      const place = nameOr(site?.name ?? null, source.site)
      const shared = linesText(source.lines)
      return {
        name: nameOr(total, source.id),
        under: { zh: `厂区“${place.zh}”，${shared.zh}`, en: `site ${place.en}, ${shared.en}` },
      }
    }
  }
}

function linesText(lines: string): Bilingual {
  return { zh: `涉及 ${lines} 行`, en: Number(lines) === 1 ? '1 line' : `${lines} lines` }
}

/** An interval in words, for the first page; null where there is none. */
export function intervalText({ uncertainty, totals, head }: ProductReport): Bilingual | null {
  const half = uncertainty?.halfWidthKgCo2e ?? null
  if (half === null) return null
  const written = intervalWritten(half, totals.total.kgCo2e, head.print)
  return { zh: `95 % 置信：± ${written}`, en: `± ${written} at 95 % confidence` }
}

function intervalWritten(half: string, total: string, print: Print): string {
  return amountText(productMeasure(total, print).amount(half), print)
}
