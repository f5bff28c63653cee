/**
 * Green electricity certificates 绿证 as the ledger reads them: the form of a number, ranges of numbers, what they come to,
 * until when they are valid, and where two claims meet. What is assumed of the inside of a number stands in
 * docs/green-certificates.md; no assumption is believed over what the claimant counts himself.
 */

import { type Days, dateOf, dayNumber, daysOf } from '../engine/calendar.ts'
import { kWhPerCertificate, validUntil } from '../engine/instruments/certificates.ts'
import type { Period } from '../engine/types.ts'
import { Problem } from '../problem.ts'

/** What the power was made of; those that get certificates (发改能源〔2023〕1044号). */
export const technologies = ['wind', 'solar', 'hydro', 'biomass', 'geothermal', 'ocean'] as const
export type Technology = (typeof technologies)[number]

/** Bounds of one claim. */
export const rangesMax = 200
export const certificatesMax = 10_000_000

/** What uniqueness is promised among, in every answer of the ledger. */
export const uniqueness = {
  among: 'tenants-of-this-installation',
  statement: {
    en: 'Unique among the organizations of this installation only. The national register, which knows every certificate, was not asked.',
    zh: '仅保证在本系统各机构之间不重复，未向国家绿证核发交易系统核实。',
  },
} as const

/** Numbers `from` to `to`, both included, of one project. */
export interface NumberRange {
  readonly from: string
  readonly to: string
}

/** A range with the number of certificates in it. */
export interface CertificateRange extends NumberRange {
  readonly certificates: number
}

/**
 * Certificates of a retirement that stand allocated. An inventory uses the power as its consumer, and its products tell of the same
 * power in another view: each count has all of the retirement for itself.
 */
export interface AllocatedCertificates {
  readonly inventories: number
  readonly products: number
}

const lengths = { project: 17, electricity: 15, all: 32 }
/** Last digits of the electricity part that class the power and its trade; the serial number stands before them. */
const classDigits = 2

/** The two parts of a number. */
export interface CertificateNumber {
  /** 项目建档立卡编码, capital letters and digits. */
  readonly project: string
  /** Digits: date of generation, serial number, class of the electricity, class of trade. */
  readonly electricity: string
}

/**
 * A number in its written form: 32 characters, 17 of the project and 15 digits of the electricity.
 *
 * @throws Problem `identifier-invalid` naming `pointer`, and as `part` what is wrong: `length`, `project` or `electricity`.
 */
export function readCertificateNumber(written: string, pointer: string): CertificateNumber {
  const [project, electricity] = [written.slice(0, lengths.project), written.slice(lengths.project)]
  if (written.length !== lengths.all) {
    throw invalid(
      pointer,
      'length',
      `A certificate number has 32 characters; this one has ${written.length}.`,
    )
  }
  if (!/^[0-9A-Z]+$/.test(project)) {
    throw invalid(pointer, 'project', 'The first 17 characters, the project, are digits and capital letters.')
  }
  if (!/^[0-9]+$/.test(electricity)) {
    throw invalid(pointer, 'electricity', 'The last 15 characters, the electricity, are digits.')
  }
  return { project, electricity }
}

function invalid(
  pointer: string,
  part: string,
  detail: string,
  facts: Readonly<Record<string, unknown>> = {},
): Problem {
  return new Problem('identifier-invalid', detail, { pointer, part, ...facts })
}

/**
 * The ranges of one claim, in the order in which the ledger takes them.
 *
 * @param pointer of the list in the request.
 * @throws Problem `identifier-invalid` (a number, `part` `order` or `project` of a range, or `count`, where the numbers come to
 *   another count than is stated), `duplicate-id` for a number named twice, `too-many-items`.
 */
export function readCertificateRanges(
  written: readonly CertificateRange[],
  pointer: string,
): readonly CertificateRange[] {
  if (written.length > rangesMax) throw tooMany(pointer, `at most ${rangesMax} ranges`)
  written.forEach((range, index) => {
    checkCertificateRange(range, `${pointer}/${index}`)
  })
  if (certificatesIn(written) > certificatesMax)
    throw tooMany(pointer, `at most ${certificatesMax} certificates`)
  const sorted = [...written].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  requireApart(written, pointer)
  return sorted
}

function tooMany(pointer: string, most: string): Problem {
  return new Problem('too-many-items', `A claim names ${most}; make several.`, { pointer })
}

/**
 * One range by itself: two numbers of one project, and as many certificates between them as are stated.
 *
 * @throws Problem `identifier-invalid`, as {@link readCertificateRanges}.
 */
export function checkCertificateRange({ from, to, certificates }: CertificateRange, pointer: string): void {
  const first = readCertificateNumber(from, `${pointer}/from`)
  const last = readCertificateNumber(to, `${pointer}/to`)
  if (first.project !== last.project) {
    throw invalid(`${pointer}/to`, 'project', 'A range lies within one project; its two numbers name two.')
  }
  if (first.electricity > last.electricity) {
    throw invalid(`${pointer}/to`, 'order', 'A range ends before it begins.')
  }
  const counted = countBetween(first.electricity, last.electricity)
  if (counted !== BigInt(certificates)) {
    const detail = `The numbers come to ${counted} certificates, and ${certificates} are stated; split the range if both are right.`
    throw invalid(`${pointer}/certificates`, 'count', detail, { counted: counted.toString() })
  }
}

/** Numbers of one class are a hundred apart, since their last two digits are not counted; others are counted one by one. */
function countBetween(first: string, last: string): bigint {
  const step = first.slice(-classDigits) === last.slice(-classDigits) ? 10n ** BigInt(classDigits) : 1n
  return (BigInt(last) - BigInt(first)) / step + 1n
}

/** The certificates in some ranges. */
export function certificatesIn(ranges: readonly CertificateRange[]): number {
  return ranges.reduce((sum, { certificates }) => sum + certificates, 0)
}

/** kWh that certificates stand for: 1,000 each, exact. */
export function kWhOf(certificates: number): number {
  return certificates * kWhPerCertificate
}

/** A range as a box: its numbers without their class, and the classes. Two ranges share no number where their boxes do not meet. */
interface Box {
  readonly serials: NumberRange
  readonly classes: NumberRange
}

function boxOf({ from, to }: NumberRange): Box {
  const serials = { from: from.slice(0, -classDigits), to: to.slice(0, -classDigits) }
  const [first, last] = [from.slice(-classDigits), to.slice(-classDigits)]
  return { serials, classes: first === last ? { from: first, to: last } : { from: '00', to: '99' } }
}

const meet = (a: NumberRange, b: NumberRange): boolean => a.from <= b.to && b.from <= a.to

/** Whether two ranges may share a number, as the ledger's constraint sees it. */
export function rangesMeet(a: NumberRange, b: NumberRange): boolean {
  const [one, other] = [boxOf(a), boxOf(b)]
  return meet(one.serials, other.serials) && meet(one.classes, other.classes)
}

/** Claims that take ranges in one order cannot wait for each other in a circle. */
function orderOf(range: NumberRange): string {
  const { classes, serials } = boxOf(range)
  return `${classes.from}${classes.to}${serials.from}`
}

/** Bounded by {@link rangesMax}, so every pair may be looked at. */
function requireApart(ranges: readonly NumberRange[], pointer: string): void {
  ranges.forEach((range, index) => {
    const before = ranges.findIndex((other) => rangesMeet(range, other))
    if (before >= index) return
    const detail = `The range shares numbers with the range ${before} before it.`
    throw new Problem('duplicate-id', detail, {
      pointer: `${pointer}/${index}`,
      ranges: sharedNumbers([range], [ranges[before] as NumberRange]),
    })
  })
}

/**
 * The numbers of a claim that others stand on, as few ranges as possible: nothing beyond the claim, and nothing of where one
 * holder ends and the next begins.
 */
export function sharedNumbers(
  claimed: readonly NumberRange[],
  standing: readonly NumberRange[],
): readonly NumberRange[] {
  const shared = claimed.flatMap((range) =>
    standing.filter((other) => rangesMeet(range, other)).map((other) => sharedBy(range, other)),
  )
  const sorted = shared.sort((a, b) => (groupOf(a) + a.from < groupOf(b) + b.from ? -1 : 1))
  return sorted.reduce<readonly NumberRange[]>(joined, [])
}

function sharedBy(claimed: NumberRange, other: NumberRange): NumberRange {
  const from = claimed.from > other.from ? claimed.from : other.from
  const to = claimed.to < other.to ? claimed.to : other.to
  // Of ranges over several classes the boxes may meet where the numbers only touch.
  return from <= to ? { from, to } : claimed
}

function groupOf(range: NumberRange): string {
  const { classes } = boxOf(range)
  return `${range.from.slice(0, lengths.project)}${classes.from}${classes.to}`
}

function joined(before: readonly NumberRange[], next: NumberRange): readonly NumberRange[] {
  const last = before.at(-1)
  if (last === undefined || groupOf(last) !== groupOf(next) || !touches(last, next)) return [...before, next]
  return [...before.slice(0, -1), { from: last.from, to: last.to > next.to ? last.to : next.to }]
}

/** Whether the second of two sorted ranges begins within the first, or right behind it. */
function touches(first: NumberRange, second: NumberRange): boolean {
  const { classes } = boxOf(first)
  const step = classes.from === classes.to ? 10n ** BigInt(classDigits) : 1n
  return numberIn(second.from) <= numberIn(first.to) + step
}

function numberIn(code: string): bigint {
  return BigInt(code.slice(lengths.project))
}

const monthGrammar = /^((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])$/

/**
 * The last day on which a certificate is valid: two years from the month of generation, that month included, so power of March 2024
 * until the end of February 2026; power from before 2024 until the end of 2025 (可再生能源绿色电力证书核发和交易规则, 2024).
 *
 * @param generationMonth `YYYY-MM`.
 * @returns `YYYY-MM-DD`.
 * @throws Problem `period-invalid` for what is no month.
 */
export function validThrough(generationMonth: string): string {
  return dateOf(validUntil(`${requireMonth(generationMonth)}-01`) - 1)
}

function startOf(generationMonth: string): number {
  return dayNumber(`${requireMonth(generationMonth)}-01`)
}

function requireMonth(generationMonth: string): string {
  if (monthGrammar.test(generationMonth)) return generationMonth
  throw new Problem('period-invalid', 'A month of generation is written YYYY-MM.', {
    pointer: '/generationMonth',
  })
}

/** The dates of a retirement. */
export interface RetirementDates {
  readonly generationMonth: string
  readonly retiredOn: string
  readonly consumption: Period
}

/**
 * Holds the dates of a retirement against each other and against the validity.
 *
 * @param today the date in China.
 * @throws Problem `certificate-expired` (`use`: `retirement` or `consumption`), `certificate-dates-invalid` (`rule` says which),
 *   `period-invalid`.
 */
export function checkRetirementDates(dates: RetirementDates, today: string): void {
  const [generated, now] = [startOf(dates.generationMonth), dayNumber(today)]
  const retired = at('/retiredOn', () => dayNumber(dates.retiredOn))
  const consumed = at('/consumption', () => daysOf(dates.consumption))
  const { generationMonth } = dates
  const refuse = (rule: string, pointer: string, detail: string) => {
    throw new Problem('certificate-dates-invalid', detail, { rule, pointer, generationMonth })
  }
  if (generated > now)
    refuse('generated-in-the-future', '/generationMonth', 'The month of generation has not begun.')
  if (retired > now) refuse('retired-in-the-future', '/retiredOn', 'The retirement lies in the future.')
  if (retired < generated)
    refuse('retired-before-generation', '/retiredOn', 'Retired before the power was generated.')
  if (consumed.end <= generated)
    refuse('consumed-before-generation', '/consumption', 'The power was consumed before it was generated.')
  requireValid(generationMonth, retired, consumed)
}

function requireValid(generationMonth: string, retired: number, consumed: Days): void {
  const through = validThrough(generationMonth)
  const refuse = (use: string, pointer: string, detail: string) => {
    throw new Problem('certificate-expired', detail, { use, pointer, generationMonth, validThrough: through })
  }
  if (retired > dayNumber(through)) {
    const detail = `Valid through ${through}; what is struck off later has expired, and proves no consumption.`
    refuse('retirement', '/retiredOn', detail)
  }
  if (consumed.end > dayNumber(through) + 1) {
    const detail = `Valid through ${through}; the period of consumption goes on after it. End the period there.`
    refuse('consumption', '/consumption/end', detail)
  }
}

function at<Value>(pointer: string, read: () => Value): Value {
  try {
    return read()
  } catch (thrown) {
    throw thrown instanceof Problem ? thrown.with({ pointer }) : thrown
  }
}

/** The date in China at an instant. */
export function dateInChina(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}
