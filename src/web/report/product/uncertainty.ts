/** How far the total may be off, by error propagation through the network and by draws, and what that comes from. */

import { html } from 'hono/html'
import type { Statistics } from '../../../engine/analysis/draw-types.ts'
import { printRounded } from '../../../engine/decimal.ts'
import { exactSum } from '../../../engine/exact-sum.ts'
import type { ProductResult } from '../../../engine/types.ts'
import { type ProductMeasure, productMeasure } from '../../../report/product/measure.ts'
import { nameOfLine } from '../../../report/product/naming.ts'
import type { Print, ProductAmount, ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Markup } from '../../language.ts'
import { whiskerDrawing } from '../charts.ts'
import { type HistogramSetting, histogramDrawing } from '../histogram.ts'
import { moreNote, percent, renderNote, renderTable } from '../pieces.ts'
import { rangeOf, renderBar, renderFigure } from '../svg.ts'
import { amountText, inUnit, withUnit } from './amounts.ts'
import { barsOf, barTable, leftOutText, notDrawnText, settingText, unitNumber } from './draws.ts'
import { nameOr } from './words.ts'

type Uncertainty = ProductResult<string>['uncertainty']
type Contribution = Uncertainty['contributions'][number]

/** Sources that a page shows; the JSON has all that the result names. */
const sourcesShown = 15

export function renderProductUncertainty(report: ProductReport): Markup {
  const { uncertainty, monteCarlo } = report
  if (uncertainty === null) return html``
  const { halfWidthKgCo2e, contributions } = uncertainty
  if (halfWidthKgCo2e === null && monteCarlo === null) return renderNote(nothingStated)
  if (halfWidthKgCo2e === null && !monteCarlo?.totals?.statistics) return renderNote(noteOf(report))
  return html`${interval(uncertainty, report)}${contributions.length === 0 ? '' : sources(uncertainty, report)}`
}

const nothingStated: Bilingual = {
  zh: '没有一行、也没有一个参数给出不确定性，因此总量没有区间。',
  en: 'No line and no parameter states an uncertainty, so the total has no interval.',
}

/** The total with its interval by error propagation, where lines state theirs; with the draws above it, where there are any. */
function interval(uncertainty: Uncertainty, report: ProductReport): Markup {
  const { totals, monteCarlo, head } = report
  const { print } = head
  const measure = productMeasure(totals.total.kgCo2e, print)
  const { halfWidthKgCo2e } = uncertainty
  const half = halfWidthKgCo2e === null ? null : measure.amount(halfWidthKgCo2e)
  const statistics = monteCarlo?.totals?.statistics ?? null
  const [whole, wide] = [inUnit(totals.total, print), half && inUnit(half, print)]
  const drawing = (width: number) =>
    statistics === null
      ? whiskerDrawing(whole, wide ?? 0, width)
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
        : drawnDescription(half !== null),
    wide: drawing(540),
    narrow: drawing(320),
    table: intervalTable(uncertainty, half, statistics, report),
    note: noteOf(report),
  })}${statistics === null ? '' : barTable(statistics, title, measure, print)}`
}

function drawnDescription(isPropagated: boolean): Bilingual {
  const below = isPropagated
    ? { zh: '两种方法的 95 % 区间', en: 'the 95 % intervals of both methods' }
    : { zh: '95 % 区间', en: 'the 95 % interval' }
  return {
    zh: `抽样总量的直方图，其下为${below.zh}；数值见旁边的表。`,
    en: `A histogram of the drawn totals, with ${below.en} below; the figures are in the table beside it.`,
  }
}

function drawnSetting(
  statistics: Statistics<string>,
  { whole, wide, text }: { readonly whole: number; readonly wide: number | null; readonly text: string },
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
      ...(wide === null
        ? []
        : [{ name: propagatedName, low: whole - wide, middle: whole, high: whole + wide }]),
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
  half: ProductAmount | null,
  statistics: Statistics<string> | null,
  { totals: { total }, head: { print } }: ProductReport,
): Markup {
  const measure = productMeasure(total.kgCo2e, print)
  const row = (name: Bilingual, value: Markup | string) =>
    html`<tr><th scope="row">${inBoth(name)}</th><td class="number">${value}</td></tr>`
  const group = (name: Bilingual) =>
    html`<tr class="group"><th scope="row" colspan="2">${inBoth(name)}</th></tr>`
  const text = (kgCo2e: number | string) => amountText(measure.amount(kgCo2e), print)
  const whole = Number(total.kgCo2e)
  const between = (low: number | string, high: number | string) => `${text(low)} … ${text(high)}`
  return renderTable({
    caption: { zh: '不确定性', en: 'Uncertainty' },
    columns: [{ name: { zh: '项', en: 'Item' } }, { name: { zh: '数值', en: 'Value' }, isNumber: true }],
    name: 'intervals',
    body: html`<tbody>${row({ zh: '总量', en: 'Total' }, amountText(total, print))}
${
  half === null
    ? ''
    : html`${group({ zh: '误差传播', en: 'Error propagation' })}
${row({ zh: '半宽', en: 'Half width' }, `± ${amountText(half, print)}`)}
${row({ zh: '占总量', en: 'Of the total' }, ofTotal === null ? '–' : `± ${percent(String(Number(ofTotal) / 100))}`)}
${row({ zh: '区间', en: 'Interval' }, between(whole - Number(half.kgCo2e), whole + Number(half.kgCo2e)))}
${row({ zh: '给出不确定性的部分', en: 'Part that states one' }, percent(statedShare))}`
}
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

function noteOf({ uncertainty, monteCarlo, uncertainParameters: many }: ProductReport): Bilingual {
  const drawn = monteCarlo === null ? { zh: '', en: '' } : drawnNote(monteCarlo)
  const propagated =
    uncertainty === null || uncertainty.halfWidthKgCo2e === null
      ? {
          zh: '没有一行给出不确定性，因此没有误差传播的区间。',
          en: 'No line states an uncertainty, so there is no interval by error propagation. ',
        }
      : {
          zh: '误差传播法把各行给出的不确定性沿网络传递；依据同一因子、同一参数或同一厂区总量的各行同偏。未给出不确定性的各行按确定计。',
          en: 'Error propagation takes what lines state through the network; lines that rest on one factor, parameter or total of a site are off together. Lines that state none are taken as certain. ',
        }
  const leftOut =
    many === 0
      ? { zh: '', en: '' }
      : {
          zh: `误差传播不含参数的不确定性（${many} 个参数给出了不确定性），见蒙特卡洛。`,
          en: `Error propagation leaves out the uncertainty of parameters (${many} ${many === 1 ? 'states' : 'state'} one); Monte Carlo has it. `,
        }
  return {
    zh: propagated.zh + leftOut.zh + drawn.zh,
    en: propagated.en + leftOut.en + drawn.en,
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
      const name = nameOr(
        line === undefined ? null : nameOfLine(line, line.description ?? undefined),
        source.line,
      )
      const of = source.kind === 'activity' ? { zh: '数量', en: 'amount' } : { zh: '因子', en: 'factor' }
      return { name, under: { zh: `${source.line} · ${of.zh}`, en: `${source.line} · ${of.en}` } }
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

/** An interval in words, for the first page: by error propagation, else as it was drawn; null where there is none. */
export function intervalText({ uncertainty, monteCarlo, totals, head }: ProductReport): Bilingual | null {
  if (uncertainty === null) return null
  const half = uncertainty.halfWidthKgCo2e
  if (half === null)
    return drawnInterval(monteCarlo?.totals?.statistics ?? null, totals.total.kgCo2e, head.print)
  const written = intervalWritten(half, totals.total.kgCo2e, head.print)
  return { zh: `95 % 置信：± ${written}`, en: `± ${written} at 95 % confidence` }
}

function drawnInterval(statistics: Statistics<string> | null, total: string, print: Print): Bilingual | null {
  if (statistics === null) return null
  const written = (kgCo2e: string) => amountText(productMeasure(total, print).amount(kgCo2e), print)
  const between = `${written(statistics.low)} … ${written(statistics.high)}`
  return { zh: `95 % 置信（蒙特卡洛）：${between}`, en: `${between} at 95 % confidence (Monte Carlo)` }
}

function intervalWritten(half: string, total: string, print: Print): string {
  return amountText(productMeasure(total, print).amount(half), print)
}
