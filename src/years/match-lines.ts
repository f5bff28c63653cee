/**
 * Which lines of two results are the same thing: first by their ids, where category, scope and facility agree too (line `7` of one year
 * may be anything in another); then what is left as series, all lines of one category, facility, factor and unit on one side against
 * all of them on the other: twelve invoices against four.
 */

import type { PresentedResult } from '../engine/present.ts'
import type { Family } from '../engine/types.ts'
import type { MatchKind } from './types.ts'

export type PresentedLine = PresentedResult['lines'][number]

/** Lines of either side that are the same thing; one side may be empty. */
export interface Match {
  readonly matched: MatchKind | null
  readonly before: readonly PresentedLine[]
  readonly after: readonly PresentedLine[]
}

/** Every line of both sides, each in exactly one match. Lines shown apart from the total take no part. */
export function matchLines(
  before: readonly PresentedLine[],
  after: readonly PresentedLine[],
): readonly Match[] {
  const [earlier, later] = [before.filter(isInTotal), after.filter(isInTotal)]
  const byId = new Map(later.map((line) => [idKey(line), line]))
  const pairs = earlier.flatMap((line): Match[] => {
    const other = byId.get(idKey(line))
    return other && isOneThing(line, other) ? [{ matched: 'id', before: [line], after: [other] }] : []
  })
  const taken = new Set(pairs.flatMap((pair) => [...pair.before, ...pair.after]))
  const rest = (lines: readonly PresentedLine[]) => lines.filter((line) => !taken.has(line))
  return [...pairs, ...matchSeries(rest(earlier), rest(later))]
}

function matchSeries(before: readonly PresentedLine[], after: readonly PresentedLine[]): Match[] {
  const [earlier, later] = [Map.groupBy(before, seriesKey), Map.groupBy(after, seriesKey)]
  const series = [...earlier.entries()].flatMap(([key, lines]): Match[] => {
    const others = later.get(key)
    return others ? [{ matched: 'series', before: lines, after: others }] : []
  })
  const ceased = before.filter((line) => !later.has(seriesKey(line)))
  const added = after.filter((line) => !earlier.has(seriesKey(line)))
  return [
    ...series,
    ...ceased.map((line): Match => ({ matched: null, before: [line], after: [] })),
    ...added.map((line): Match => ({ matched: null, before: [], after: [line] })),
  ]
}

/**
 * Whether lines of one id are of one activity: electricity whatever grid factor weighs it, and else what the same row weighs, of
 * whatever edition. Tonnes of two fuels are no one amount.
 */
function isOneThing(line: PresentedLine, other: PresentedLine): boolean {
  const [one, two] = [line.factor ?? line.fuel, other.factor ?? other.fuel]
  if (one === null || two === null) return one === two && seriesKey(line) === seriesKey(other)
  if (
    line.factor &&
    line.factor.family === other.factor?.family &&
    gridFamilies.includes(line.factor.family)
  ) {
    return true
  }
  return (line.fuel === null) === (other.fuel === null) && withoutYear(one.id) === withoutYear(two.id)
}

function isInTotal({ apart }: PresentedLine): boolean {
  return apart === undefined
}

/** Families of which the nearest place and year is taken: another row of them is no other activity. */
const gridFamilies: readonly Family[] = [
  'electricity-generation',
  'electricity-life-cycle',
  'transmission-and-distribution',
  'heat',
]

function idKey(line: PresentedLine): string {
  return JSON.stringify([line.id, ...placeOf(line)])
}

function seriesKey(line: PresentedLine): string {
  const { factor, fuel } = line
  const used = factor ?? fuel
  const gases = used ? [] : line.gases.map(({ kind, gas }) => `${kind} ${gas}`)
  return JSON.stringify([
    ...placeOf(line),
    used?.table,
    used && withoutYear(used.id),
    line.activity.unit,
    line.from,
    line.fromProduct ?? null,
    line.to ?? null,
    line.toProduct ?? null,
    ...gases,
  ])
}

/** Tables that come anew each year name the year in their ids: `desnz-2024-…`, `desnz-2025-…`. */
function withoutYear(id: string): string {
  return id.replace(/(?<!\d)(?:19|20)\d\d(?!\d)/g, '')
}

function placeOf({
  category,
  scope,
  facility,
  process,
  forProduct,
  zone,
}: PresentedLine): readonly unknown[] {
  return [category, scope, facility ?? null, process, forProduct ?? null, zone ?? null]
}
