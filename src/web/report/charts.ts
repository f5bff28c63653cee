/**
 * The charts of a report, as a manager would put them on a slide: scopes by both methods, the course of the months, what moved since
 * the other year, and how sure the total is. Every axis begins at zero; a gap is drawn as a gap.
 */

import { html } from 'hono/html'
import { printRounded } from '../../engine/decimal.ts'
import type { DataQualityResult, Decimal, UncertaintyResult } from '../../engine/types.ts'
import type { Amount, Breakdown, InventoryReport, ReportTotals, YearComparison } from '../../report/types.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { writeAmount } from '../quantity.ts'
import { amountCell, percent, renderTable, shareCell, shareColumn, tonnes, tonnesColumn } from './pieces.ts'
import { acrossGrid, type Drawing, px, renderFigure, scaleOf, svgText, upGrid, written } from './svg.ts'
import { indicatorNames, locationBased, marketBased, notStated } from './words.ts'

const scopeWords: Readonly<Record<1 | 2 | 3, Bilingual>> = {
  1: { zh: '范围一', en: 'Scope 1' },
  2: { zh: '范围二', en: 'Scope 2' },
  3: { zh: '范围三', en: 'Scope 3' },
}

const inTonnes = (amount: Amount | null): number => Number(amount?.kgCo2e ?? 0) / 1000

interface Band {
  readonly scope: 1 | 2 | 3
  readonly amount: Amount | null
}

interface Stack {
  readonly name: Bilingual
  readonly bands: readonly Band[]
  readonly total: Amount | null
}

function stacksOf({ scopes, total, totalMarketBased }: ReportTotals): readonly Stack[] {
  const stack = (name: Bilingual, second: Amount | null, whole: Amount | null): Stack => ({
    name,
    total: whole,
    bands: [
      { scope: 1, amount: scopes[1] },
      { scope: 2, amount: second },
      { scope: 3, amount: scopes[3] },
    ],
  })
  const byLocation = stack(locationBased, scopes[2].locationBased, total)
  return totalMarketBased === null
    ? [byLocation]
    : [byLocation, stack(marketBased, scopes[2].marketBased, totalMarketBased)]
}

/** The scopes as one bar for each method of scope 2. */
export function renderScopeStack(totals: ReportTotals): Markup {
  const stacks = stacksOf(totals)
  return renderFigure({
    id: 'scopes',
    title: { zh: '按范围（t CO₂e）', en: 'By scope (t CO₂e)' },
    description: {
      zh: '堆叠条形图，数值见旁边的表。',
      en: 'Stacked bars; the figures are in the table beside it.',
    },
    wide: stackDrawing(stacks, 540),
    narrow: stackDrawing(stacks, 320),
    table: scopeTable(totals),
    note:
      totals.totalMarketBased === null
        ? { zh: '结果没有基于市场的范围二。', en: 'The result has no market-based scope 2.' }
        : null,
  })
}

function stackDrawing(stacks: readonly Stack[], width: number): Drawing {
  const rowHeight = 92
  const height = stacks.length * rowHeight + 34
  const scale = scaleOf(
    stacks.map(({ bands }) => bands.reduce((sum, { amount }) => sum + Math.max(0, inTonnes(amount)), 0)),
    width < 400 ? 3 : 5,
  )
  const place = (value: number) => 2 + (value / scale.high) * (width - 30)
  const rows = stacks.map((stack, at) => stackRow(stack, at * rowHeight, place))
  return { width, height, marks: acrossGrid(scale, place, height - 26) + rows.join('') }
}

function stackRow({ name, bands, total }: Stack, top: number, place: (value: number) => number): string {
  let before = 0
  const drawn = bands.map(({ scope, amount }) => {
    const from = place(before)
    before += Math.max(0, inTonnes(amount))
    return bandDrawing(scope, amount, from, place(before) - from, top + 30)
  })
  const heading =
    svgText(name, 2, top + 20, 'class="label"') +
    (total === null ? '' : svgText(tonnes(total), place(before), top + 20, 'class="value" text-anchor="end"'))
  return heading + drawn.join('')
}

/** Labels stand in a band only where they fit. */
function bandDrawing(scope: 1 | 2 | 3, amount: Amount | null, x: number, width: number, y: number): string {
  if (amount === null || width <= 0) return ''
  const rect = `<rect class="scope-${scope}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="46"/>`
  const value = tonnes(amount)
  const middle = x + width / 2
  const name = width > 56 ? svgText(scopeWords[scope], middle, y + 20, bandText(scope)) : ''
  const number = width > value.length * 7 + 8 ? svgText(value, middle, y + 37, bandText(scope)) : ''
  return rect + name + number
}

function bandText(scope: number): string {
  return `class="on-scope-${scope}" text-anchor="middle"`
}

function scopeTable({ scopes, total, totalMarketBased }: ReportTotals): Markup {
  const row = (
    name: Bilingual,
    tone: string,
    first: Amount | null,
    second: Amount | null,
    absent?: Bilingual,
  ) =>
    html`<tr><th scope="row"><span class="swatch ${tone}"></span>${inBoth(name)}</th>${amountCell(first)}${amountCell(second, first === null ? undefined : absent)}</tr>`
  return renderTable({
    caption: { zh: '按范围', en: 'By scope' },
    columns: [
      { name: { zh: '范围', en: 'Scope' } },
      { name: locationBased, isNumber: true },
      { name: marketBased, isNumber: true },
    ],
    body: html`<tbody>${row(scopeWords[1], 'scope-1', scopes[1], scopes[1])}${row(scopeWords[2], 'scope-2', scopes[2].locationBased, scopes[2].marketBased, notStated)}${row(scopeWords[3], 'scope-3', scopes[3], scopes[3])}</tbody>
<tfoot>${row({ zh: '合计', en: 'Total' }, 'none', total, totalMarketBased, notStated)}</tfoot>`,
  })
}

/** The months in order; a month without lines is fenced off, and what is under no month is named. */
export function renderCourse(months: Breakdown): Markup {
  if (months.rows.length === 0) {
    return html`<p class="note">${inBoth({
      zh: '没有一行落在单个月份内，因此没有逐月走势。',
      en: 'No line lies within one month, so there is no course by month.',
    })}</p>`
  }
  return renderFigure({
    id: 'course',
    title: { zh: '逐月走势（t CO₂e）', en: 'Course of the months (t CO₂e)' },
    description: {
      zh: '每月一柱，虚线框为没有数据的月份；数值见旁边的表。',
      en: 'A column for each month; a dashed frame is a month without lines. The figures are in the table beside it.',
    },
    wide: courseDrawing(months, 540, 280),
    narrow: courseDrawing(months, 320, 240),
    table: courseTable(months),
    note:
      months.remainder === null
        ? null
        : {
            zh: `另有 ${tonnes(months.remainder.amount)} t CO₂e（${months.remainder.lines} 行）没有落在单个月份内，未画出。`,
            en: `Another ${tonnes(months.remainder.amount)} t CO₂e (${months.remainder.lines} lines) lie within no one month and are not drawn.`,
          },
  })
}

function courseDrawing({ rows }: Breakdown, width: number, height: number): Drawing {
  const [left, right, top, bottom] = [54, 4, 14, 30]
  const scale = scaleOf(rows.map(({ amount }) => inTonnes(amount)))
  const place = (value: number) =>
    top + ((scale.high - value) / (scale.high - scale.low)) * (height - top - bottom)
  const slot = (width - left - right) / rows.length
  const columns = rows.map(({ key, amount }, at) => {
    const [x, wide] = [left + at * slot + slot * 0.16, slot * 0.68]
    const name =
      slot > 22 || at % 3 === 0
        ? svgText(monthLabel(key, at), x + wide / 2, height - 10, 'class="tick" text-anchor="middle"')
        : ''
    if (amount === null) return name + gapColumn(x, wide, top, height - bottom)
    const [zero, end] = [place(0), place(inTonnes(amount))]
    return `${name}<rect class="month" x="${px(x)}" y="${px(Math.min(zero, end))}" width="${px(wide)}" height="${px(Math.abs(end - zero))}"/>`
  })
  const zero = `<path class="zero" d="M${left} ${px(place(0))}H${width - right}"/>`
  return { width, height, marks: upGrid(scale, place, left, width - right) + columns.join('') + zero }
}

function gapColumn(x: number, width: number, top: number, foot: number): string {
  const middle = svgText('?', x + width / 2, (top + foot) / 2, 'class="gap-sign" text-anchor="middle"')
  return `<rect class="gap" x="${px(x)}" y="${px(top)}" width="${px(width)}" height="${px(foot - top)}"/>${middle}`
}

/** The year stands with its first month. */
function monthLabel(key: string, at: number): string {
  const [year = '', month = ''] = key.split('-')
  return at > 0 && month === '01' ? year : month
}

function courseTable({ rows, remainder }: Breakdown): Markup {
  const rest =
    remainder === null
      ? ''
      : html`<tfoot><tr><th scope="row">${inBoth({ zh: '未分月', en: 'Not by month' })}</th>${amountCell(remainder.amount)}${shareCell(remainder.share)}</tr></tfoot>`
  return renderTable({
    caption: { zh: '逐月', en: 'By month' },
    columns: [{ name: { zh: '月份', en: 'Month' } }, tonnesColumn, shareColumn],
    name: 'dense',
    body: html`<tbody>${rows.map(
      ({ key, amount, share }) =>
        html`<tr><th scope="row">${key}</th>${amountCell(amount, { zh: '无数据', en: 'no data' })}${shareCell(share)}</tr>`,
    )}</tbody>${rest}`,
  })
}

interface Step {
  readonly name: Bilingual
  readonly kg: Decimal
  readonly isTotal: boolean
}

function stepsOf(comparison: YearComparison, current: string): readonly Step[] {
  const year = ({ start }: { readonly start: string }) => start.slice(0, 4)
  const change = (zh: string, en: string, kg: Decimal): Step => ({ name: { zh, en }, kg, isTotal: false })
  const total = (name: string, kg: Decimal): Step => ({ name: { zh: name, en: name }, kg, isTotal: true })
  return [
    total(year(comparison.previousPeriod), comparison.previousTotal),
    change('活动', 'Activity', comparison.activityChange),
    change('因子', 'Factors', comparison.factorChange),
    change('新增', 'Added', comparison.added),
    change('停止', 'Ceased', comparison.ceased),
    change('边界', 'Boundary', comparison.structural),
    change('方法', 'Method', comparison.methodChange),
    total(current.slice(0, 4), comparison.total),
  ]
}

/** From the other year's total to this one's, step by step. */
export function renderYearOnYear(comparison: YearComparison, current: string): Markup {
  const steps = stepsOf(comparison, current)
  return renderFigure({
    id: 'years',
    title: { zh: '与另一年相比（t CO₂e）', en: 'Year on year (t CO₂e)' },
    description: {
      zh: '瀑布图，从前一总量到本期总量；数值见旁边的表。',
      en: 'A waterfall from the earlier total to this one; the figures are in the table beside it.',
    },
    wide: waterfallDrawing(steps, 540, 280),
    narrow: waterfallDrawing(steps, 320, 260),
    table: renderTable({
      caption: { zh: '与另一年相比', en: 'Year on year' },
      columns: [{ name: { zh: '变动来自', en: 'Moved by' } }, tonnesColumn],
      body: html`<tbody>${steps.map((step) => html`<tr${step.isTotal ? html` class="sum"` : ''}><th scope="row">${inBoth(step.name)}</th><td class="number">${printedChange(step)}</td></tr>`)}</tbody>`,
    }),
    note: {
      zh: '同一活动两年相比：数量变化按两年因子的平均值计，因子变化按两年数量的平均值计；各项之和即总差额。',
      en: 'The same activity in both years: more or less of it at the mean of both factors, other factors at the mean of both amounts. The parts add up to the difference.',
    },
  })
}

/** As tonnes are printed everywhere in the report; nothing at all is told from what only rounds to nothing. */
function printedChange({ kg, isTotal }: Step): string {
  const value = Number(kg)
  if (value === 0) return '0'
  return `${value > 0 && !isTotal ? '+' : ''}${writeAmount(printRounded(value, 2, -3))}`
}

function signed({ kg, isTotal }: Step, digits: number): string {
  const value = Number(kg) / 1000
  if (value === 0) return '0'
  return `${value > 0 && !isTotal ? '+' : ''}${written(value, digits)}`
}

/** A label is as exact as the eye needs it: whole tonnes, or three digits where there are fewer. */
function labelled(step: Step): string {
  const whole = Math.abs(Number(step.kg)) / 1000
  return signed(step, whole < 100 ? 3 : Math.floor(Math.log10(whole)) + 1)
}

function waterfallDrawing(steps: readonly Step[], width: number, height: number): Drawing {
  const [left, right, top, bottom] = [54, 4, 26, 30]
  let level = 0
  const spans = steps.map((step) => {
    const value = Number(step.kg) / 1000
    const from = step.isTotal ? 0 : level
    level = step.isTotal ? value : level + value
    return { step, from, to: level }
  })
  const scale = scaleOf(spans.flatMap(({ from, to }) => [from, to]))
  const place = (value: number) =>
    top + ((scale.high - value) / (scale.high - scale.low)) * (height - top - bottom)
  const slot = (width - left - right) / steps.length
  const isNarrow = slot < 50
  const bars = spans.map(({ step, from, to }, at) => {
    const [x, wide] = [left + at * slot + slot * 0.12, slot * 0.76]
    const [high, low] = [place(Math.max(from, to)), place(Math.min(from, to))]
    const tone = step.isTotal ? 'whole' : to >= from ? 'more' : 'less'
    const stagger = isNarrow && at % 2 === 1 ? 11 : 0
    const link =
      at === 0 ? '' : `<path class="link" d="M${px(x - slot * 0.24)} ${px(place(from))}H${px(x)}"/>`
    return `${step.isTotal ? '' : link}<rect class="${tone}" x="${px(x)}" y="${px(high)}" width="${px(wide)}" height="${px(Math.max(1.5, low - high))}"/>${svgText(labelled(step), x + wide / 2, high - 6, 'class="value small" text-anchor="middle"')}${svgText(step.name, x + wide / 2, height - 14 + stagger, 'class="tick" text-anchor="middle"')}`
  })
  const zero = `<path class="zero" d="M${left} ${px(place(0))}H${width - right}"/>`
  return {
    width,
    height: height + 6,
    marks: upGrid(scale, place, left, width - right) + bars.join('') + zero,
  }
}

/** The total with half of its 95 % interval to each side; of the lines that state one. */
export function renderUncertainty(uncertainty: UncertaintyResult<Decimal>, total: Amount): Markup {
  const { statedShare, halfWidthKgCo2e, percent: ofStated } = uncertainty
  if (Number(statedShare) === 0) {
    return html`<p class="note">${inBoth({
      zh: '没有一行给出不确定性，因此总量没有区间。',
      en: 'No line states an uncertainty, so the total has no interval.',
    })}</p>`
  }
  const half = Number(halfWidthKgCo2e) / 1000
  const whole = inTonnes(total)
  return renderFigure({
    id: 'uncertainty',
    title: {
      zh: '总量的不确定性（95 % 置信，t CO₂e）',
      en: 'Uncertainty of the total (95 % confidence, t CO₂e)',
    },
    description: {
      zh: '总量与其区间；数值见旁边的表。',
      en: 'The total with its interval; the figures are in the table beside it.',
    },
    wide: whiskerDrawing(whole, half, 540),
    narrow: whiskerDrawing(whole, half, 320),
    table: renderTable({
      caption: { zh: '不确定性', en: 'Uncertainty' },
      columns: [{ name: { zh: '项', en: 'Item' } }, { name: { zh: '数值', en: 'Value' }, isNumber: true }],
      body: html`<tbody>
<tr><th scope="row">${inBoth({ zh: '总量', en: 'Total' })}</th><td class="number">${tonnes(total)}</td></tr>
<tr><th scope="row">${inBoth({ zh: '半宽', en: 'Half width' })}</th><td class="number">± ${writeAmount(printRounded(half, 2))}</td></tr>
<tr><th scope="row">${inBoth({ zh: '占给出者', en: 'Of what states one' })}</th><td class="number">${ofStated === null ? '–' : `± ${percent(String(Number(ofStated) / 100))}`}</td></tr>
<tr><th scope="row">${inBoth({ zh: '给出不确定性的部分', en: 'Part that states one' })}</th><td class="number">${percent(statedShare)}</td></tr></tbody>`,
    }),
    note: {
      zh: '误差传播法；区间只含给出不确定性的各行，其余各行未计。',
      en: 'By error propagation. The interval is of the lines that state an uncertainty; the others add nothing to it.',
    },
  })
}

/** A total with half of its interval to each side, in the unit of the report. */
export function whiskerDrawing(total: number, half: number, width: number): Drawing {
  const scale = scaleOf([total + half, total - half], width < 400 ? 3 : 5)
  const place = (value: number) => 10 + ((value - scale.low) / (scale.high - scale.low)) * (width - 40)
  const [low, middle, high] = [place(total - half), place(total), place(total + half)]
  const end = (x: number) => `M${px(x)} 42V66`
  const marks = `<path class="whisker" d="${end(low)}M${px(low)} 54H${px(high)}${end(high)}"/><circle class="dot" cx="${px(middle)}" cy="54" r="7"/>`
  const label = svgText(written(total, 6), middle, 32, 'class="value" text-anchor="middle"')
  return { width, height: 116, marks: acrossGrid(scale, place, 88) + marks + label }
}

/** Means of the five indicators from 1 (best) to 5, as places on a line. */
export function renderDataQuality(
  quality: DataQualityResult<Decimal>,
  weight: Bilingual = { zh: '以各行排放绝对值加权', en: 'Weighted by the lines’ absolute emissions' },
): Markup {
  const { ratings, ratedShare } = quality
  if (ratings === null) {
    return html`<p class="note">${inBoth({ zh: '没有一行评定过数据质量。', en: 'No line rates the quality of its data.' })}</p>`
  }
  const entries = Object.entries(indicatorNames).map(([indicator, name]) => {
    return { name, mean: ratings[indicator as keyof typeof ratings] }
  })
  return renderFigure({
    id: 'quality',
    title: { zh: '数据质量（1 最好，5 最差）', en: 'Data quality (1 best, 5 worst)' },
    description: {
      zh: '每项指标的加权平均位于 1 到 5 的线上；数值见旁边的表。',
      en: 'The weighted mean of each indicator on a line from 1 to 5; the figures are in the table beside it.',
    },
    wide: qualityDrawing(entries, 540),
    narrow: qualityDrawing(entries, 320),
    table: renderTable({
      caption: { zh: '数据质量', en: 'Data quality' },
      columns: [
        { name: { zh: '指标', en: 'Indicator' } },
        { name: { zh: '均值', en: 'Mean' }, isNumber: true },
      ],
      body: html`<tbody>${entries.map(({ name, mean }) => html`<tr><th scope="row">${inBoth(name)}</th><td class="number">${printRounded(Number(mean), 2)}</td></tr>`)}</tbody>`,
    }),
    note: {
      zh: `${weight.zh}；评定过的行占 ${percent(ratedShare)}，其余未评定。`,
      en: `${weight.en}; ${percent(ratedShare)} is rated, the rest is not.`,
    },
  })
}

function qualityDrawing(
  entries: readonly { readonly name: Bilingual; readonly mean: Decimal }[],
  width: number,
): Drawing {
  const [left, right] = [116, 24]
  const place = (score: number) => left + ((score - 1) / 4) * (width - left - right)
  const scores = [1, 2, 3, 4, 5]
  const height = entries.length * 34 + 34
  const grid = scores
    .map(
      (score) =>
        `<path class="grid" d="M${px(place(score))} 10V${height - 26}"/>${svgText(String(score), place(score), height - 8, 'class="tick" text-anchor="middle"')}`,
    )
    .join('')
  const rows = entries.map(({ name, mean }, at) => {
    const y = 28 + at * 34
    const x = place(Number(mean))
    return `${svgText(name, 2, y + 4, 'class="label small"')}<path class="track" d="M${px(place(1))} ${y}H${px(x)}"/><circle class="dot" cx="${px(x)}" cy="${y}" r="7"/>`
  })
  return { width, height, marks: grid + rows.join('') }
}

/** The charts of the first chapter. */
export function renderCharts({ totals, breakdowns, comparison, head }: InventoryReport): Markup {
  return html`${renderScopeStack(totals)}
${comparison === null ? '' : renderYearOnYear(comparison, head.period.start)}
${renderCourse(breakdowns.month)}`
}
