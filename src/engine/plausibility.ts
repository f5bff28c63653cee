/**
 * What looks odd about activity data, for the person who prepares them and the one who verifies: a month a thousand times its
 * peers, a multiplier that one reading lacks, a line that stands twice. A note points at lines and says what is odd in facts;
 * it never proposes a value, changes none, and is no part of a certified result.
 *
 * Costs n log n for n lines, so that an inventory of a hundred thousand is looked through in one go. A line that a calculation
 * would refuse is passed over: its refusal says more.
 */

import { isProblem } from '../problem.ts'
import { amountOf } from './amounts/measure.ts'
import { type Days, daysOf, isCalendarMonth } from './calendar.ts'
import { formatDecimal } from './decimal.ts'
import { inOrder } from './names.ts'
import { totalsWithoutMultiplier } from './site/multipliers.ts'
import type { ActivityLine, CalculationInput, CalculationResult, Decimal } from './types.ts'
import { convert, dimensionOf, unitOf } from './units.ts'

export const plausibilityCodes = [
  'thousand-times-its-peers',
  'unit-slip',
  'multiplier-forgotten',
  'duplicate-line',
  'equal-months',
  'one-line-outweighs-all',
] as const
export type PlausibilityCode = (typeof plausibilityCodes)[number]

/** Something odd. */
export interface PlausibilityNote {
  readonly code: PlausibilityCode
  /** The lines it is about, in the order of the input; at most {@link mostLines}. */
  readonly lines: readonly string[]
  /** How many they are. */
  readonly count: number
  /** What makes it odd: amounts as decimals, units, multipliers. */
  readonly facts: Readonly<Record<string, Decimal | number>>
}

/** A note names at most this many lines. */
export const mostLines = 20

/** So many notes are more than anyone reads. */
export const mostNotes = 500

/** Fewer months than this say nothing of each other's size. */
const fewestPeers = 4

/** What counts as about a thousand times. */
const thousandfold = { least: 300, most: 3000 }

/** What counts as about as much as the others: seasons make a heating bill swing this far. */
const likePeers = { least: 1 / 3, most: 3 }

/** So many months of one amount are typed, not measured. */
const fewestEqual = 6

/** A line that is this part of a total of so many lines. */
const outweighing = { share: 0.99, lines: 10 }

/** Beyond these an amount can leave a double's range by a conversion. */
const comparable = { least: 1e-200, most: 1e200 }

/** A line with its amount in the base of its unit, read as far as it can be. */
interface Seen {
  readonly line: ActivityLine
  readonly value: number
  readonly unit: string
  readonly isMonth: boolean
}

/**
 * Everything odd, in one order for one input.
 * @param result the calculation of the input, where there is one: some things show only in what lines weigh.
 */
export function plausibilityNotes(
  input: CalculationInput,
  result?: CalculationResult,
): readonly PlausibilityNote[] {
  const reporting = attempt(() => daysOf(input.period))
  if (reporting === undefined) return []
  const seen = input.lines.flatMap((line) => seenOf(line, reporting, input))
  const series = [...Map.groupBy(seen, ({ line }) => seriesKey(line)).values()]
  return byTurns([
    series.flatMap(farFromPeers),
    [...series.flatMap(multipliersForgotten), ...unmultiplied(input)],
    series.flatMap(duplicates),
    series.flatMap(equalMonths),
    result === undefined ? [] : outweighingLine(result),
  ])
}

/** Where there are more than anyone reads, some of every kind: a thousand of one kind hide none of another. */
function byTurns(kinds: readonly (readonly PlausibilityNote[])[]): readonly PlausibilityNote[] {
  const all = kinds.flat()
  if (all.length <= mostNotes) return all
  const each = Math.floor(mostNotes / kinds.filter((notes) => notes.length > 0).length)
  return kinds.flatMap((notes) => notes.slice(0, each))
}

/** What follows from a parameter, or is taken from a site, was measured by nobody on its line, and has no peers to be odd among. */
const nobody = { parameters: new Map(), processes: new Map(), sites: new Map() }

function seenOf(line: ActivityLine, reporting: Days, { period }: CalculationInput): readonly Seen[] {
  const amount = attempt(() => amountOf(line, nobody, { reporting, reportingPeriod: period }))
  if (amount === undefined) return []
  const { value, unit } = amount.quantity
  if (value !== 0 && !isWithin(Math.abs(value), comparable)) return []
  const isMonth = amount.period !== undefined && isCalendarMonth(amount.period)
  return [{ line: { ...line, period: amount.period }, value, unit, isMonth }]
}

/** What a calculation would refuse is none of a note's business. */
function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act()
  } catch (thrown) {
    if (isProblem(thrown)) return undefined
    throw thrown
  }
}

/** Lines of one thing: everything but when, how much, in what unit, and which line. */
function seriesKey(line: ActivityLine): string {
  const { category, facility, process, factor, fuel, gas, flowKind, from } = line
  return JSON.stringify([category, facility, process, gas, flowKind, from, factor, fuel], inOneOrder)
}

/** The months of a series that can be compared, not counting those in which nothing was used. */
function monthsOf(series: readonly Seen[]): readonly Seen[] {
  return series.filter(({ isMonth, value }) => isMonth && value > 0)
}

/** A month about a thousand times, or a thousandth of, the median of the others; told by its unit where that is the reason. */
function farFromPeers(series: readonly Seen[]): readonly PlausibilityNote[] {
  const months = monthsOf(series)
  const [first] = months
  if (first === undefined || months.length <= fewestPeers) return []
  const peers = months.filter(({ unit }) => dimensionOf(unit) === dimensionOf(first.unit))
  if (peers.length <= fewestPeers) return []
  const amounts = mediansOfOthers(peers.map(({ value, unit }) => convert(value, unit, first.unit)))
  const written = mediansOfOthers(peers.map(({ value }) => value))
  const usual = commonUnit(peers)
  return peers.flatMap((month, index) => {
    const others = amounts.medians[index] as number
    const ratio = (amounts.values[index] as number) / others
    const facts = {
      amount: formatDecimal(month.value),
      unit: month.unit,
      medianOfOthers: formatDecimal(others),
      unitOfMedian: first.unit,
    }
    const digits = month.value / (written.medians[index] as number)
    const isOtherUnit = month.unit !== usual && isUnlike(month.unit, usual)
    if (isOtherUnit && isWithin(digits, likePeers) && !isWithin(ratio, likePeers))
      return [note('unit-slip', [month], { ...facts, unitOfOthers: usual })]
    const isFar = isWithin(ratio, thousandfold) || isWithin(1 / ratio, thousandfold)
    return isFar ? [note('thousand-times-its-peers', [month], facts)] : []
  })
}

/** Whether two units of a dimension differ tenfold at least. */
function isUnlike(a: string, b: string): boolean {
  const ratio = convert(1, a, b)
  return ratio >= 10 || ratio <= 0.1
}

/** The unit that most lines are in; of two the first by name. */
function commonUnit(peers: readonly Seen[]): string {
  const counts = [...Map.groupBy(peers, ({ unit }) => unit)].map(([unit, group]) => ({
    unit,
    count: group.length,
  }))
  counts.sort((a, b) => b.count - a.count || inOrder(a.unit, b.unit))
  return (counts[0] as { unit: string }).unit
}

/** For each of some values the median of all others: one sort for all of them. */
function mediansOfOthers(values: readonly number[]): {
  readonly values: readonly number[]
  readonly medians: readonly number[]
} {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] as number) - (values[b] as number))
  const sorted = order.map((index) => values[index] as number)
  const medians = new Array<number>(values.length)
  const rest = values.length - 1
  order.forEach((index, rank) => {
    const without = (at: number) => sorted[at < rank ? at : at + 1] as number
    const [low, high] = [without((rest - 1) >> 1), without(rest >> 1)]
    medians[index] = low / 2 + high / 2
  })
  return { values, medians }
}

/**
 * A meter read without a multiplier beside others of its series that have one; or a month stated as about the others divided by
 * that multiplier.
 */
function multipliersForgotten(series: readonly Seen[]): readonly PlausibilityNote[] {
  const known = series.flatMap(({ line }) => multipliersOf(line)).filter((multiplier) => multiplier > 1)
  if (known.length === 0) return []
  const multiplier = known.reduce((most, each) => Math.max(most, each), 1)
  const facts = { multiplierOfOthers: formatDecimal(multiplier) }
  const bare = series.filter(
    ({ line }) => line.meter !== undefined && multipliersOf(line).every((each) => each === 1),
  )
  return [
    ...(bare.length > 0 ? [note('multiplier-forgotten', bare, facts)] : []),
    ...dividedMonths(series, multiplier, facts),
  ]
}

/** The same of the totals of a site; the lines are those that take of them. */
function unmultiplied(input: CalculationInput): readonly PlausibilityNote[] {
  if (input.kind !== 'product') return []
  return totalsWithoutMultiplier(input).map(({ lines, multiplierOfOthers, ...of }) => ({
    ...{ code: 'multiplier-forgotten', lines: lines.slice(0, mostLines), count: lines.length },
    facts: { ...of, multiplierOfOthers: formatDecimal(multiplierOfOthers) },
  }))
}

function dividedMonths(
  series: readonly Seen[],
  multiplier: number,
  facts: PlausibilityNote['facts'],
): readonly PlausibilityNote[] {
  const months = monthsOf(series)
  const [first] = months
  // A multiplier within a season's swing tells nothing.
  if (first === undefined || months.length <= fewestPeers || multiplier <= likePeers.most ** 2) return []
  const peers = months.filter(({ unit }) => dimensionOf(unit) === dimensionOf(first.unit))
  const { values, medians } = mediansOfOthers(
    peers.map(({ value, unit }) => convert(value, unit, first.unit)),
  )
  return peers.flatMap((month, index) => {
    if (month.line.meter !== undefined) return []
    const [value, others] = [values[index] as number, medians[index] as number]
    if (!isWithin((value / others) * multiplier, likePeers)) return []
    const more = { amount: formatDecimal(value), medianOfOthers: formatDecimal(others), unit: first.unit }
    return [note('multiplier-forgotten', [month], { ...facts, ...more })]
  })
}

function multipliersOf({ meter }: ActivityLine): readonly number[] {
  return meter?.meters.map(({ multiplier }) => Number(multiplier)) ?? []
}

/** Lines that say the same of the same amount; of nothing there may be several. */
function duplicates(series: readonly Seen[]): readonly PlausibilityNote[] {
  const some = series.filter(({ value }) => value !== 0)
  return severalBy(some, ({ value, unit }) => inBase(value, unit))
    .flatMap((group) => severalBy(group, ({ line }) => whatIsSaid(line)))
    .map((group) => {
      const { value, unit } = group[0] as Seen
      return note('duplicate-line', group, { amount: formatDecimal(value), unit })
    })
}

function severalBy(seen: readonly Seen[], keyOf: (each: Seen) => string): readonly (readonly Seen[])[] {
  return [...Map.groupBy(seen, keyOf).values()].filter((group) => group.length > 1)
}

/** All that a line says of what it is about but its amount: not its name, and not how good it is. */
function whatIsSaid(line: ActivityLine): string {
  const said = {
    ...line,
    ...{ id: null, description: null, quantity: null, meter: null, stock: null },
    ...{ estimate: null, dataQuality: null, uncertainty: null, dataSource: null },
  }
  return JSON.stringify(said, inOneOrder)
}

/** The members of every object in one order, whatever order they were written in. */
function inOneOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => inOrder(a, b)))
}

/** An amount as one text, whatever unit of its dimension it is in; twelve digits, so that no conversion tells two apart. */
function inBase(value: number, unit: string): string {
  const { dimension, ratio } = unitOf(unit)
  return `${((value * Number(ratio.n)) / Number(ratio.d)).toPrecision(12)} ${dimension}`
}

/** Months of one and the same amount: typed once and copied, or a yearly amount divided by twelve. */
function equalMonths(series: readonly Seen[]): readonly PlausibilityNote[] {
  const groups = Map.groupBy(monthsOf(series), ({ value, unit }) => inBase(value, unit))
  return [...groups.values()]
    .filter((group) => distinctMonths(group) >= fewestEqual)
    .map((group) => {
      const { value, unit } = group[0] as Seen
      const facts = { months: distinctMonths(group), amount: formatDecimal(value), unit }
      return note('equal-months', group, facts)
    })
}

function distinctMonths(group: readonly Seen[]): number {
  return new Set(group.map(({ line }) => line.period?.start)).size
}

/** One line that is nearly all of a total of many. */
function outweighingLine({ lines, total }: CalculationResult): readonly PlausibilityNote[] {
  if (lines.length < outweighing.lines || total <= 0) return []
  const heavy = lines.find(({ kgCo2e }) => kgCo2e / total >= outweighing.share)
  if (heavy === undefined) return []
  const facts = { kgCo2e: formatDecimal(heavy.kgCo2e), total: formatDecimal(total) }
  return [{ code: 'one-line-outweighs-all', lines: [heavy.id], count: 1, facts }]
}

function isWithin(
  value: number,
  { least, most }: { readonly least: number; readonly most: number },
): boolean {
  return value >= least && value <= most
}

function note(
  code: PlausibilityCode,
  seen: readonly Seen[],
  facts: PlausibilityNote['facts'],
): PlausibilityNote {
  return { code, lines: seen.slice(0, mostLines).map(({ line }) => line.id), count: seen.length, facts }
}
