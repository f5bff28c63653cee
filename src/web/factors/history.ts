/** How a factor moved: across the editions of its table and, where there is one, across the years of a series; drawn and in figures. */

import { html, raw } from 'hono/html'
import type { FactorReading } from '../../actions/registry/read-factor.ts'
import type { Decimal, EmissionFactor, GwpSet } from '../../engine/types.ts'
import { relativeChange } from '../../tables/comparable-value.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { diffPath, factorPath } from './addresses.ts'
import { type ChartLayout, type ChartSize, layOut } from './chart.ts'
import { gasWritten } from './gases.ts'
import { readable, writeChange } from './numbers.ts'
import { amountAlike, type Headline, headlineOf } from './value.ts'
import { unitWritten } from './words.ts'

/** One place in a history. */
export interface Moment {
  readonly label: string
  /** In the unit of the factor the page is about; null where there is nothing that can be held against it. */
  readonly amount: Decimal | null
  readonly href: string | null
  readonly isHere: boolean
  /** Why there is no amount. */
  readonly gap: Bilingual | null
}

const gaps = {
  absent: { zh: '此版本没有这一条', en: 'not in this edition' },
  noYear: { zh: '没有这一年的值', en: 'no value of this year' },
  several: { zh: '这一年有多个值', en: 'several values of this year' },
  other: { zh: '以别的口径给出，不可比', en: 'stated in another way, not comparable' },
} as const satisfies Record<string, Bilingual>

/** The charts that there is something to draw for; one sentence where there is nothing. */
export function renderHistory(reading: FactorReading): Markup {
  const headline = headlineOf(reading.factor, reading.gwpSets)
  const editions = headline === null ? [] : momentsOfEditions(reading, headline)
  const years = headline === null ? [] : momentsOfYears(reading, headline)
  return html`<section class="history" aria-labelledby="history">
<h2 id="history">${inBoth({ zh: '历史', en: 'History' })}</h2>
${headline === null || years.length < 2 ? '' : renderSeries('years', yearsTitle, years, headline, reading.factor)}
${headline === null || editions.length < 2 ? renderOneEdition(reading) : renderSeries('editions', editionsTitle, editions, headline, reading.factor)}
${renderDiffLinks(reading)}
</section>`
}

const yearsTitle: Bilingual = { zh: '按数据年份', en: 'By data year' }
const editionsTitle: Bilingual = { zh: '按版本', en: 'By edition' }

function renderOneEdition({ version }: FactorReading): Markup {
  return html`<p class="soft">${inBoth({
    zh: `本站目前只有一个版本（${version.version}），没有可比的版本。`,
    en: `Only one edition of this table is published here (${version.version}): nothing to compare yet.`,
  })}</p>`
}

function momentsOfEditions(reading: FactorReading, headline: Headline): readonly Moment[] {
  const { factor, version, gwpSets } = reading
  return reading.editions.map((edition) => ({
    label: edition.version,
    ...told(edition.factor, factor, headline, gwpSets, gaps.absent),
    href: edition.factor === null ? null : factorPath(version.table, edition.version, edition.factor.id),
    isHere: edition.version === version.version,
  }))
}

function momentsOfYears(reading: FactorReading, headline: Headline): readonly Moment[] {
  const { factor, version, gwpSets } = reading
  return reading.years.map((year) => ({
    label: String(year.year),
    ...told(year.factor, factor, headline, gwpSets, year.gap === 'several' ? gaps.several : gaps.noYear),
    href: year.factor === null ? null : factorPath(version.table, version.version, year.factor.id),
    isHere: year.factor === factor,
  }))
}

/** The amount of another row where it is told in the same way, per the unit of the page's own. */
function told(
  other: EmissionFactor | null,
  factor: EmissionFactor,
  headline: Headline,
  sets: readonly GwpSet[],
  absent: Bilingual,
): Pick<Moment, 'amount' | 'gap'> {
  if (other === null) return { amount: null, gap: absent }
  const amount = amountAlike(other, { factor, headline }, sets)
  return { amount, gap: amount === null ? gaps.other : null }
}

function renderSeries(
  id: string,
  title: Bilingual,
  moments: readonly Moment[],
  headline: Headline,
  factor: EmissionFactor,
): Markup {
  return html`<figure class="series">
<figcaption id="${id}">${inBoth(title)} <span class="axis">kg ${gasWritten(headline.of)} / ${inBoth(unitWritten(factor.unit))}</span></figcaption>
${renderChart(id, moments, wide, 'wide')}${renderChart(id, moments, narrow, 'narrow')}
${renderFigures(id, moments)}
</figure>`
}

const wide: ChartSize = { width: 620, height: 240, left: 58, right: 14, top: 30, bottom: 30 }
const narrow: ChartSize = { width: 330, height: 220, left: 50, right: 6, top: 30, bottom: 30 }

/** Slots for this many labels side by side. */
const labelWidth = 46

/** The drawing; its figures stand in the table below it, which is what it is described by. */
function renderChart(
  id: string,
  moments: readonly Moment[],
  size: ChartSize,
  name: 'wide' | 'narrow',
): Markup {
  const labelsMax = Math.floor((size.width - size.left - size.right) / labelWidth)
  const layout = layOut(moments, size, labelsMax)
  const titleId = `${id}-${name}-title`
  return html`<svg class="chart ${name}" viewBox="0 0 ${size.width} ${size.height}" role="group" aria-labelledby="${titleId}" aria-describedby="${id}-figures">
<title id="${titleId}">${chartTitle(moments)}</title>
${raw(gridOf(layout, size))}${raw(gapsDrawn(layout, size))}${raw(linesOf(layout))}
${layout.points.map(({ x, y, at }) => renderPoint(moments[at] as Moment, x, y, moments.length <= labelsMax))}
</svg>`
}

function chartTitle(moments: readonly Moment[]): string {
  const [first, last] = [moments[0], moments.at(-1)]
  return `${first?.label} – ${last?.label}: 折线图，数值见下表 Line chart, figures in the table below`
}

const px = (value: number): string => value.toFixed(1)

function gridOf({ ticks, slots, zero }: ChartLayout, { width, height, left, right }: ChartSize): string {
  const lines = ticks.map(
    ({ y, label }) =>
      `<path class="grid" d="M${left} ${px(y)}H${width - right}"/><text class="tick" x="${left - 8}" y="${px(y + 4)}" text-anchor="end">${readable(label).text}</text>`,
  )
  const labels = slots
    .filter(({ isLabelled }) => isLabelled)
    .map(
      ({ x, label }) =>
        `<text class="tick" x="${px(x)}" y="${height - 8}" text-anchor="middle">${escaped(label)}</text>`,
    )
  return [...lines, ...labels, `<path class="zero" d="M${left} ${px(zero)}H${width - right}"/>`].join('')
}

/** Columns without a value are fenced off: nothing stands there, at no height. */
function gapsDrawn({ gaps }: ChartLayout, { top, bottom, height }: ChartSize): string {
  const foot = height - bottom
  return gaps
    .map(({ left, right }) => {
      const middle = `x="${px((left + right) / 2)}" y="${px((top + foot) / 2)}"`
      return `<path class="gap" d="M${px(left)} ${top}V${foot}M${px(right)} ${top}V${foot}"/><text class="gap-sign" ${middle} text-anchor="middle">?</text>`
    })
    .join('')
}

function linesOf({ runs }: ChartLayout): string {
  return runs
    .filter((run) => run.length > 1)
    .map((run) => `<path class="line" d="M${run.map(({ x, y }) => `${px(x)} ${px(y)}`).join('L')}"/>`)
    .join('')
}

function escaped(text: string): string {
  return text.replace(/[<&>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function renderPoint(
  { label, amount, href, isHere }: Moment,
  x: number,
  y: number,
  isNamed: boolean,
): Markup {
  const text = readable(amount ?? '').text
  const radius = isHere ? 6 : 4.5
  const name =
    isNamed || isHere
      ? html`<text class="amount" x="${px(x)}" y="${px(y - 12)}" text-anchor="middle">${text}</text>`
      : ''
  const dot = html`<circle class="dot" cx="${px(x)}" cy="${px(y)}" r="${radius}"${isHere ? raw(' data-here="true"') : ''}/><circle class="target" cx="${px(x)}" cy="${px(y)}" r="14"/>`
  if (href === null || isHere) return html`<g>${dot}${name}</g>`
  return html`<a href="${href}" aria-label="${label}: ${text}">${dot}${name}</a>`
}

function renderFigures(id: string, moments: readonly Moment[]): Markup {
  return html`<table class="figures" id="${id}-figures" aria-labelledby="${id}">
<thead><tr><th scope="col">${inBoth(id === 'years' ? { zh: '年份', en: 'Year' } : { zh: '版本', en: 'Edition' })}</th><th scope="col" class="number">${inBoth({ zh: '数值', en: 'Value' })}</th><th scope="col" class="number">${inBoth({ zh: '较前一个', en: 'Change' })}</th></tr></thead>
<tbody>${togetherWhereAbsent(moments).map(({ moment, before }) => renderMoment(moment, before))}</tbody></table>`
}

/** Moments with the amount before them; neighbours that are absent for the same reason are one line. */
function togetherWhereAbsent(moments: readonly Moment[]) {
  return moments.flatMap((moment, at) => {
    const isAsBefore = (other: Moment | undefined) => moment.gap !== null && other?.gap === moment.gap
    if (isAsBefore(moments[at - 1])) return []
    const after = moments.findIndex((other, place) => place > at && !isAsBefore(other))
    const last = moments[(after === -1 ? moments.length : after) - 1]
    const isOne = moment.gap === null || last === moment
    const label = isOne ? moment.label : `${moment.label} – ${last?.label}`
    return [{ moment: { ...moment, label }, before: lastAmount(moments.slice(0, at)) }]
  })
}

/** The nearest amount before, over gaps. */
function lastAmount(before: readonly Moment[]): Decimal | null {
  return before.findLast(({ amount }) => amount !== null)?.amount ?? null
}

function renderMoment({ label, amount, href, isHere, gap }: Moment, before: Decimal | null): Markup {
  const named = href === null || isHere ? label : html`<a href="${href}">${label}</a>`
  const change = relativeChange({ from: before, to: amount })
  return html`<tr${isHere ? html` aria-current="true"` : ''}><th scope="row">${named}</th>${
    amount === null
      ? html`<td colspan="2" class="gap">${gap === null ? '' : inBoth(gap)}</td>`
      : html`<td class="number">${readable(amount).text}</td><td class="number">${change === null ? '' : writeChange(change)}</td>`
  }</tr>`
}

/** The ways to what else changed between neighbouring editions. */
function renderDiffLinks({ editions, version }: FactorReading): Markup {
  const pairs = editions.slice(1).map((to, at) => ({ from: editions[at]?.version ?? '', to: to.version }))
  if (pairs.length === 0) return html``
  return html`<p class="diffs">${inBoth({ zh: '整表对比：', en: 'Whole editions compared: ' })}${pairs.map(
    ({ from, to }) => html`<a href="${diffPath(version.table, from, to)}">${from} → ${to}</a> `,
  )}</p>`
}
