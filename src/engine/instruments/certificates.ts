/**
 * Green electricity certificates 绿证 as an instrument names them: the two parts of a number, how many a range is, where two
 * ranges share one, and until when they are valid. What is known of the inside of a number is known at second hand
 * (docs/calculation.md), so the claimant's own count, as kWh, must agree with it.
 */

import { dayAfterMonths, dayNumber } from '../calendar.ts'
import { inOrder } from '../names.ts'
import type { CertificateRange } from '../types.ts'

/** What one certificate stands for. */
export const kWhPerCertificate = 1000

/** 17 characters of the project, then 15 digits of the electricity, of which the last two class the power and its trade. */
const numberGrammar = /^([0-9A-Z]{17})([0-9]{13})([0-9]{2})$/

/** A range, read. Serial numbers without their class have one length, so that they compare as text. */
interface ReadRange {
  readonly project: string
  readonly from: string
  readonly to: string
  /** The class, where both ends have one; else the range takes every class of its serial numbers. */
  readonly class: string | undefined
  readonly certificates: number
}

/** A range, or the sentence that says what is wrong with it. */
export function readRange({ from, to, certificates }: CertificateRange): ReadRange | string {
  const [first, last] = [numberGrammar.exec(from), numberGrammar.exec(to)]
  if (!first || !last)
    return 'A certificate number has 32 characters: 17 digits or capital letters of the project and 15 digits.'
  const [, project, begin, beginClass] = first as unknown as [string, string, string, string]
  const [, otherProject, end, endClass] = last as unknown as [string, string, string, string]
  if (project !== otherProject) return 'A range lies within one project; its two numbers name two.'
  if (begin + beginClass > end + endClass) return 'A range of certificates ends before it begins.'
  const isOneClass = beginClass === endClass
  const span = isOneClass ? Number(end) - Number(begin) : Number(end + endClass) - Number(begin + beginClass)
  const known = { project, from: begin, to: end, class: isOneClass ? beginClass : undefined }
  if (span + 1 === certificates) return { ...known, certificates }
  return `The range is said to be ${certificates} certificates, and its numbers come to ${span + 1}.`
}

/**
 * A range that shares a number with one before it in the list; undefined where none does.
 * Numbers of one project meet where their serial numbers do, in one class or where either range takes every class.
 */
export function sharedRange<Item extends ReadRange>(ranges: readonly Item[]): Item | undefined {
  const places = new Map(ranges.map((range, place) => [range, place]))
  const placeOf = (range: Item) => places.get(range) as number
  const meeting = [...Map.groupBy(ranges, ({ project }) => project).values()].flatMap((ofProject) => {
    const sorted = [...ofProject].sort((a, b) => inOrder(a.from, b.from) || placeOf(a) - placeOf(b))
    return meetings(sorted).map((pair) => pair.reduce((a, b) => (placeOf(a) > placeOf(b) ? a : b)))
  })
  return meeting.sort((a, b) => placeOf(a) - placeOf(b))[0]
}

const everyClass = 'every class'

/** Pairs that meet, of ranges sorted by their beginning: each with the one before it that reaches furthest. */
function meetings<Item extends ReadRange>(sorted: readonly Item[]): (readonly [Item, Item])[] {
  const furthest = new Map<string, Item>()
  return sorted.flatMap((range) => {
    const key = range.class ?? everyClass
    const rivals = range.class === undefined ? [...furthest.keys()] : [key, everyClass]
    const met = rivals.flatMap((rival) => {
      const before = furthest.get(rival)
      return before !== undefined && before.to >= range.from ? [[before, range] as const] : []
    })
    const last = furthest.get(key)
    if (last === undefined || last.to < range.to) furthest.set(key, range)
    return met
  })
}

/** From when on power has certificates of two years; that of before is valid until the end of 2025. */
const twoYearsFrom = '2024-01-01'
const earlierValidUntil = '2026-01-01'

/**
 * The first day on which certificates are valid no more: two years from the month of generation, that month included, so power of
 * March 2024 until the end of February 2026; power from before 2024 until the end of 2025.
 * @param generatedFrom the first day of generation: of several months the first ends first.
 */
export function validUntil(generatedFrom: string): number {
  if (generatedFrom < twoYearsFrom) return dayNumber(earlierValidUntil)
  return dayAfterMonths(`${generatedFrom.slice(0, 7)}-01`, 24)
}
