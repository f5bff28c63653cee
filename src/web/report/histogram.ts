/** A histogram of draws: how many fell where, from zero draws up, with the figure as stated and intervals on the same line below. */

import type { Bilingual } from '../language.ts'
import { type Drawing, px, type Scale, scaleOf, spanOf, svgText, upGrid, written } from './svg.ts'

/** An interval on the line of a histogram. */
export interface Interval {
  readonly name: Bilingual
  readonly low: number
  readonly middle: number
  readonly high: number
}

/** Everything in the unit of the report. */
export interface HistogramSetting {
  readonly from: number
  readonly to: number
  readonly counts: readonly number[]
  /** Stands as an upright line, with its text above. */
  readonly point: number
  readonly pointText: string
  readonly intervals: readonly Interval[]
  /** The colour of what lies between two places. */
  tone(middle: number): string
  /** Where a bar is cut in two colours. */
  readonly cuts: readonly number[]
}

const [top, tall, row] = [30, 150, 38]

export function histogramDrawing(setting: HistogramSetting, width: number): Drawing {
  const { from, to, counts, point, pointText, intervals } = setting
  const [left, right] = [46, width - 22]
  const foot = top + tall
  const reach = [from, to, point, ...intervals.flatMap(({ low, high }) => [low, high])]
  const scale = spanOf(Math.min(...reach), Math.max(...reach), width < 400 ? 3 : 5)
  const place = (value: number) => left + ((value - scale.low) / (scale.high - scale.low)) * (right - left)
  const heights = scaleOf(counts, 3)
  const rise = (count: number) => foot - (count / heights.high) * tall
  const bars = counts.flatMap((count, at) =>
    barsAt(setting, at).map(({ a, b, tone }) => {
      const [x, y] = [place(a), rise(count)]
      return `<rect class="${tone}" x="${px(x)}" y="${px(y)}" width="${px(Math.max(place(b) - x - 0.5, 0.5))}" height="${px(foot - y)}"/>`
    }),
  )
  const rows = intervals.map((interval, at) => intervalRow(interval, place, foot + 40 + at * row))
  const marks = [
    upGrid(heights, rise, left, right),
    bars.join(''),
    ticksBelow(scale, place, foot),
    pointDrawing({ x: place(point), text: pointText }, foot, { left, right }),
    ...rows,
  ]
  return { width, height: foot + 34 + intervals.length * row, marks: marks.join('') }
}

/** A bar, cut where its colour changes. */
function barsAt({ from, to, counts, cuts, tone }: HistogramSetting, at: number) {
  const wide = (to - from) / counts.length || Math.abs(from) * 0.01 || 1
  const [begins, ends] = [from + at * wide, from + (at + 1) * wide]
  const inner = cuts.filter((cut) => cut > begins && cut < ends).sort((a, b) => a - b)
  const edges = [begins, ...inner, ends]
  return counts[at] === 0
    ? []
    : edges.slice(1).map((b, place) => {
        const a = edges[place] as number
        return { a, b, tone: tone((a + b) / 2) }
      })
}

function ticksBelow({ ticks }: Scale, place: (value: number) => number, foot: number): string {
  const line = ticks
    .map(
      (tick) =>
        `<path class="zero" d="M${px(place(tick))} ${foot}v4"/>${svgText(written(tick), place(tick), foot + 18, 'class="tick" text-anchor="middle"')}`,
    )
    .join('')
  return `<path class="zero" d="M${px(place(ticks[0] as number))} ${foot}H${px(place(ticks.at(-1) as number))}"/>${line}`
}

/** Its figure stands above it, and never out of the drawing. */
function pointDrawing(
  { x, text }: { readonly x: number; readonly text: string },
  foot: number,
  { left, right }: { readonly left: number; readonly right: number },
): string {
  const anchor = x - left < 40 ? 'start' : right - x < 40 ? 'end' : 'middle'
  const line = `d="M${px(x)} ${top - 6}V${foot}"`
  return `<path class="point-edge" ${line}/><path class="point" ${line}/>${svgText(text, x, top - 12, `class="value" text-anchor="${anchor}"`)}`
}

function intervalRow(
  { name, low, middle, high }: Interval,
  place: (value: number) => number,
  y: number,
): string {
  const [from, at, to] = [place(low), place(middle), place(high)]
  const line = y + 18
  const end = (x: number) => `M${px(x)} ${line - 6}V${line + 6}`
  return `${svgText(name, 2, y + 4, 'class="tick"')}<path class="whisker" d="${end(from)}M${px(from)} ${line}H${px(to)}${end(to)}"/><circle class="dot" cx="${px(at)}" cy="${line}" r="5"/>`
}
