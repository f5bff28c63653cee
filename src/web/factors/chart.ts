/**
 * The geometry of a history: where points, lines, ticks and gaps of a chart stand. Pure, so that it can be tested without a
 * browser. The axis begins at zero, since a factor that hardly moved must look so; a gap breaks the line and stands at no height.
 */

import type { Decimal } from '../../engine/types.ts'
import { significant } from './numbers.ts'

/** One place on the horizontal axis: an edition, or a year. */
export interface Slot {
  readonly label: string
  /** Null where there is nothing to show. */
  readonly amount: Decimal | null
}

export interface ChartSize {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface Point {
  readonly x: number
  readonly y: number
  /** Place in the given slots. */
  readonly at: number
}

export interface Gap {
  readonly left: number
  readonly right: number
  readonly first: number
  readonly last: number
}

export interface ChartLayout {
  readonly points: readonly Point[]
  /** Runs of neighbouring points: a line each. A gap ends a run. */
  readonly runs: readonly (readonly Point[])[]
  /** Neighbouring places without anything are one gap: its edges, and its first and last place. */
  readonly gaps: readonly Gap[]
  readonly slots: readonly { readonly x: number; readonly label: string; readonly isLabelled: boolean }[]
  readonly ticks: readonly { readonly y: number; readonly label: Decimal }[]
  readonly zero: number
}

/** Lays out slots from left to right at equal distances. */
export function layOut(slots: readonly Slot[], size: ChartSize, labelsMax: number): ChartLayout {
  const amounts = slots.map(({ amount }) => (amount === null ? null : Number(amount)))
  const scale = scaleOf(amounts.filter((amount) => amount !== null))
  const placeY = (value: number) =>
    size.top + ((scale.high - value) / (scale.high - scale.low)) * (size.height - size.top - size.bottom)
  const placeX = (at: number) => slotX(at, slots.length, size)
  const places = amounts.map((amount, at) =>
    amount === null ? null : { x: placeX(at), y: placeY(amount), at },
  )
  const step = Math.ceil(slots.length / labelsMax)
  return {
    points: places.filter((place) => place !== null),
    runs: runsOf(places),
    gaps: gapsOf(amounts).map(([first, last]) => ({
      left: placeX(first - gapReach),
      right: placeX(last + gapReach),
      first,
      last,
    })),
    slots: slots.map(({ label }, at) => ({
      x: placeX(at),
      label,
      isLabelled: (slots.length - 1 - at) % step === 0,
    })),
    ticks: scale.ticks.map((value) => ({ y: placeY(value), label: significant(value, 4) })),
    zero: placeY(0),
  }
}

/** How far a gap reaches beyond the middle of its first and last column, in columns. */
const gapReach = 0.35

/** First and last of each run of absent amounts. */
function gapsOf(amounts: readonly unknown[]): readonly (readonly [number, number])[] {
  const starts = amounts.flatMap((amount, at) =>
    amount === null && (at === 0 || amounts[at - 1] !== null) ? [at] : [],
  )
  return starts.map((first) => {
    const next = amounts.findIndex((amount, at) => at > first && amount !== null)
    return [first, next === -1 ? amounts.length - 1 : next - 1]
  })
}

/** The middle of the nth of `count` equal columns. */
function slotX(at: number, count: number, { width, left, right }: ChartSize): number {
  return left + ((at + 0.5) / count) * (width - left - right)
}

function runsOf(places: readonly (Point | null)[]): readonly (readonly Point[])[] {
  const runs: Point[][] = [[]]
  for (const place of places) {
    if (place === null) runs.push([])
    else runs.at(-1)?.push(place)
  }
  return runs.filter((run) => run.length > 0)
}

interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
}

/** From zero to a round number above the largest amount (and below the least, where one is negative), in four or five steps. */
function scaleOf(amounts: readonly number[]): Scale {
  const [least, most] = [Math.min(0, ...amounts), Math.max(0, ...amounts)]
  if (least === most) return { low: 0, high: 1, ticks: [0] }
  const step = roundStep((most - least) / 4)
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)]
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step)
  return { low: first * step, high: last * step, ticks }
}

/** The least of 1, 2, 2.5 and 5 times a power of ten that is not below. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const times = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10
  return times * power
}
