/** How far the total may be off, by error propagation through the network and by draws, and what that comes from. */

import { html } from 'hono/html'
import type { Statistics } from '../../../engine/analysis/draw-types.ts'
import { printRounded } from '../../../engine/decimal.ts'
import { exactSum } from '../../../engine/exact-sum.ts'
import type { ProductResult } from '../../../engine/types.ts'
import { type ProductMeasure, productMeasure } from '../../../report/product/measure.ts'
import type { Print, ProductAmount, ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { whiskerDrawing } from '../charts.ts'
import { type HistogramSetting, histogramDrawing } from '../histogram.ts'
import { moreNote, percent, renderTable } from '../pieces.ts'
import { rangeOf, renderBar, renderFigure } from '../svg.ts'
import { amountText, inUnit, withUnit } from './amounts.ts'
import { barsOf, barTable, leftOutText, notDrawnText, settingText, unitNumber } from './draws.ts'
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

/** The total with its interval by error propagation; with the draws above it, where there are any. */
function interval(uncertainty: Uncertainty, halfWidth: string, report: ProductReport): Markup {
  const { totals, monteCarlo, head } = report
  const { print } = head
  const measure = productMeasure(totals.total.kgCo2e, print)
  const half = measure.amount(halfWidth)
  const statistics = monteCarlo?.totals?.statistics ?? null
  const [whole, wide] = [inUnit(totals.total, print), inUnit(half, print)]
  const drawing = (width: number) =>
    statistics === null
      ? whiskerDrawing(whole, wide, width)
      : histogramDrawing(
          drawnSetting(statistics, { whole, wide, text: amountText(totals.total, print) }, measure, print),
          width,
        )
  const title = { zh: '总量的不确定性（95 % 置信）', en: 'Uncertainty of the total at 95 % confidence' }
  return html`${renderFigure({
    id: 'uncertainty',
    title: withUnit(title, print),
    description:
      statistics === null
        ? {
            zh: '总量与其区间；数值见旁边的表。',
            en: 'The total with its interval; the figures are in the table beside it.',
          }
        : {
            zh: '抽样总量的直方图，其下为两种方法的 95 % 区间；数值见旁边的表。',
            en: 'A histogram of the drawn totals, with the 95 % intervals of both methods below; the figures are in the table beside it.',
          },
    wide: drawing(540),
    narrow: drawing(320),
    table: intervalTable(uncertainty, half, statistics, report),
    note: noteOf(monteCarlo),
  })}${statistics === null ? '' : barTable(statistics, title, measure, print)}`
}

function drawnSetting(
  statistics: Statistics<string>,
  { whole, wide, text }: { readonly whole: number; readonly wide: number; readonly text: string },
  measure: ProductMeasure,
  print: Print,
): HistogramSetting {
  const of = (kgCo2e: string) => unitNumber(kgCo2e, measure, print)
  const [low, high] = [of(statistics.low), of(statistics.high)]
  return {
    ...barsOf(statistics, measure, print),
    point: whole,
    pointText: text,
    intervals: [
      { name: drawnName, low, middle: of(statistics.mean), high },
      { name: propagatedName, low: whole - wide, middle: whole, high: whole + wide },
    ],
    tone: (middle) => (middle < low || middle > high ? 'rest' : 'fill'),
    cuts: [low, high],
  }
}

const drawnName: Bilingual = { zh: '蒙特卡洛：均值与 95 % 区间', en: 'Monte Carlo: mean and 95 % interval' }
const propagatedName: Bilingual = {
  zh: '误差传播：总量与 95 % 区间',
  en: 'Error propagation: total and 95 % interval',
}

function intervalTable(
  { statedShare, percent: ofTotal }: Uncertainty,
  half: ProductAmount,
  statistics: Statistics<string> | null,
  { totals: { total }, head: { print } }: ProductReport,
): Markup {
  const measure = productMeasure(total.kgCo2e, print)
  const row = (name: Bilingual, value: Markup | string) =>
    html`<tr><th scope="row">${inBoth(name)}</th><td class="number">${value}</td></tr>`
  const group = (name: Bilingual) =>
    html`<tr class="group"><th scope="row" colspan="2">${inBoth(name)}</th></tr>`
  const text = (kgCo2e: number | string) => amountText(measure.amount(kgCo2e), print)
  const [whole, wide] = [Number(total.kgCo2e), Number(half.kgCo2e)]
  const between = (low: number | string, high: number | string) => `${text(low)} … ${text(high)}`
  return renderTable({
    caption: { zh: '不确定性', en: 'Uncertainty' },
    columns: [{ name: { zh: '项', en: 'Item' } }, { name: { zh: '数值', en: 'Value' }, isNumber: true }],
    name: 'intervals',
    body: html`<tbody>${row({ zh: '总量', en: 'Total' }, amountText(total, print))}
${group({ zh: '误差传播', en: 'Error propagation' })}
${row({ zh: '半宽', en: 'Half width' }, `± ${amountText(half, print)}`)}
${row({ zh: '占总量', en: 'Of the total' }, ofTotal === null ? '–' : `± ${percent(String(Number(ofTotal) / 100))}`)}
${row({ zh: '区间', en: 'Interval' }, between(whole - wide, whole + wide))}
${row({ zh: '给出不确定性的部分', en: 'Part that states one' }, percent(statedShare))}
${
  statistics === null
    ? ''
    : html`${group({ zh: '蒙特卡洛', en: 'Monte Carlo' })}
${row({ zh: '均值', en: 'Mean' }, text(statistics.mean))}
${row({ zh: '中位数', en: 'Median' }, text(statistics.median))}
${row({ zh: '标准差', en: 'Standard deviation' }, text(statistics.standardDeviation))}
${row({ zh: '区间', en: 'Interval' }, between(statistics.low, statistics.high))}`
}</tbody>`,
  })
}

function noteOf(monteCarlo: ProductReport['monteCarlo']): Bilingual {
  const drawn = monteCarlo === null ? { zh: '', en: '' } : drawnNote(monteCarlo)
  return {
    zh: `误差传播法沿网络传递；共用的因子、参数与厂区总量同偏。未给出不确定性的各行按确定计。${drawn.zh}`,
    en: `Error propagation goes through the network; what rests on one factor, parameter or total of a site is off together. Lines that state none are taken as certain. ${drawn.en}`,
  }
}

function drawnNote({ drawn, totals, refusal }: NonNullable<ProductReport['monteCarlo']>): Bilingual {
  if (refusal !== null) return notDrawnText(refusal)
  const setting = settingText(drawn)
  const left = totals === null ? { zh: '', en: '' } : leftOutText(totals)
  return {
    zh: `蒙特卡洛：${setting.zh}；仅供参考，不属于认证结果。${left.zh}`,
    en: `Monte Carlo: ${setting.en}; it informs, and is no part of what is certified.${left.en}`,
  }
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
