/**
 * Contractual instruments, held to written quality criteria (GHG Protocol Scope 2 Guidance, ch. 7, as docs/calculation.md states
 * them). One that fails is refused by the criterion's name, all that fail at once; none is left out in silence.
 */

import { isProblem, Problem, type ProblemFacts } from '../../../problem.ts'
import { over, times } from '../../arithmetic.ts'
import { type Days, dayAfterMonths, dayNumber, daysOf, yearOf } from '../../calendar.ts'
import { exactSum } from '../../exact-sum.ts'
import { outOfRange, readMeasure, requireDimension } from '../../line-properties.ts'
import { checkNewId } from '../../names.ts'
import { at, type Refusals } from '../../refusals.ts'
import { regionChain } from '../../resolve.ts'
import type { ContractualInstrument, InstrumentCriterion, InventoryInput, MarketBased } from '../../types.ts'
import { convert } from '../../units.ts'
import type { Frame } from '../../weigh-line.ts'
import { kWhPerCertificate, readRange, sharedRange, validUntil } from './certificates.ts'
import type { Consumption } from './consumption.ts'
import { type Rate, rateOf } from './rate.ts'

/** An instrument that stands. */
export interface StandingInstrument {
  readonly index: number
  readonly instrument: ContractualInstrument
  readonly kWh: number
  readonly rate: Rate
  /** Whether it may cover this electricity: its facility, its grid, its time. */
  readonly covers: (consumption: Consumption) => boolean
}

/** What all instruments are held against. */
interface Setting {
  readonly frame: Frame
  readonly reporting: InventoryInput['period']
  readonly ageMonthsMax: number
  readonly consumptions: readonly Consumption[]
  readonly byFacility: ReadonlyMap<string | undefined, readonly Consumption[]>
}

/** The instruments that stand, in the order given; what does not is among the refusals. */
export function standingInstruments(
  { instruments, ageMonthsMax }: MarketBased,
  consumptions: readonly Consumption[],
  frame: Frame,
  refusals: Refusals,
): readonly StandingInstrument[] {
  refusals.attempt(() => checkAgeMax(ageMonthsMax))
  const byFacility = Map.groupBy(consumptions, ({ facility }) => facility)
  const setting = { frame, reporting: frame.input.period, ageMonthsMax, consumptions, byFacility }
  const seen = new Set<string>()
  const standing = instruments.flatMap((instrument, index) => {
    if (refusals.full) return []
    const pointer = pointerOf(index)
    refusals.attempt(() => checkNewId(instrument.id, seen, `${pointer}/id`))
    return readInstrument(instrument, index, setting, refusals) ?? []
  })
  refusals.attempt(() => refuseSharedNumbers(instruments))
  return standing
}

export function pointerOf(index: number): string {
  return `/marketBased/instruments/${index}`
}

function checkAgeMax(months: number): void {
  if (Number.isInteger(months) && months >= 0) return
  throw outOfRange('/marketBased/ageMonthsMax', 'An age is a whole number of months, zero or more.')
}

/** Everything wrong with one instrument is named at once. */
function readInstrument(
  instrument: ContractualInstrument,
  index: number,
  setting: Setting,
  refusals: Refusals,
): StandingInstrument | undefined {
  const pointer = pointerOf(index)
  const named = { instrument: instrument.id.slice(0, 128) }
  const attempt = <Value>(act: () => Value): Value | undefined =>
    refusals.attempt(() => withFacts(named, () => act()))
  const kWh = attempt(() => readKWh(instrument, pointer))
  const generated = attempt(() => at(`${pointer}/generated`, () => daysOf(instrument.generated)))
  const consumed = attempt(() =>
    at(`${pointer}/consumption/period`, () => daysOf(instrument.consumption.period)),
  )
  const retired = attempt(() =>
    at(`${pointer}/consumption/retiredOn`, () => dayNumber(instrument.consumption.retiredOn)),
  )
  attempt(() => checkExclusivity(instrument, pointer))
  attempt(() => checkCertificates(instrument, kWh, pointer))
  if (generated) attempt(() => checkAge(generated, setting, pointer))
  if (generated && retired !== undefined)
    attempt(() => checkRetirement(instrument, generated, retired, pointer))
  if (consumed) attempt(() => checkConsumption(instrument, consumed, setting, pointer))
  const covers = consumed && coversOf(instrument, consumed)
  if (covers) attempt(() => checkReach(instrument, covers, setting, pointer))
  if (covers && kWh !== undefined) attempt(() => checkTime(kWh, consumed, covers, setting, pointer))
  const origin = generated && { region: instrument.market, year: yearOf(instrument.generated.start) }
  const rate =
    origin && attempt(() => at(`${pointer}/factor`, () => rateOf(instrument.factor, origin, setting.frame)))
  if (kWh === undefined || covers === undefined || rate === undefined) return undefined
  return { index, instrument, kWh, rate, covers }
}

function withFacts<Value>(facts: ProblemFacts, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    if (isProblem(thrown)) throw thrown.with(facts)
    throw thrown
  }
}

function fails(
  criterion: InstrumentCriterion,
  pointer: string,
  detail: string,
  facts: ProblemFacts = {},
): Problem {
  return new Problem('instrument-criteria', detail, { criterion, pointer, ...facts })
}

function readKWh({ quantity }: ContractualInstrument, pointer: string): number {
  const given = readMeasure(quantity, `${pointer}/quantity`)
  requireDimension(`${pointer}/quantity`, given, 'energy', 'kWh')
  if (given.value <= 0)
    throw outOfRange(`${pointer}/quantity/amount`, 'An instrument is of more than no electricity.')
  return convert(given.value, given.unit, 'kWh')
}

function checkExclusivity({ exclusive }: ContractualInstrument, pointer: string): void {
  if (exclusive === true) return
  const detail =
    'Someone else has, or can have, a claim on the same power: only an exclusive instrument covers any.'
  throw fails('exclusivity', `${pointer}/exclusive`, detail)
}

/** Not older than asked, and not of after the period it is used in. */
function checkAge(generated: Days, { frame, reporting, ageMonthsMax }: Setting, pointer: string): void {
  const earliest = dayAfterMonths(reporting.start, -ageMonthsMax)
  if (generated.start >= earliest && generated.end <= frame.reporting.end) return
  const detail =
    generated.start < earliest
      ? `The power was generated more than ${ageMonthsMax} months before the reporting period begins.`
      : `The power was generated after the reporting period, which ends before ${reporting.end}.`
  throw fails('age', `${pointer}/generated`, detail, { ageMonthsMax })
}

function checkRetirement(
  { kind, generated: { start } }: ContractualInstrument,
  generated: Days,
  retired: number,
  pointer: string,
): void {
  if (retired < generated.start) {
    const detail = 'Retired before the power was generated: correct one of the dates.'
    throw fails('consumption', `${pointer}/consumption/retiredOn`, detail)
  }
  if (kind !== 'green-certificate' || retired < validUntil(start)) return
  const detail =
    start < '2024-01-01'
      ? 'Certificates of power from before 2024 were valid until the end of 2025; what is retired later has expired, and covers nothing.'
      : `Certificates are valid for two years from the month of generation, ${start.slice(0, 7)}; what is retired later has expired, and covers nothing.`
  throw fails('validity', `${pointer}/consumption/retiredOn`, detail)
}

/** For whom and for when it was retired: within this inventory's period, or part of it covers someone else's electricity. */
function checkConsumption(
  { consumption: { consumer } }: ContractualInstrument,
  consumed: Days,
  { frame, reporting }: Setting,
  pointer: string,
): void {
  if (consumer.trim() === '') {
    throw fails(
      'consumption',
      `${pointer}/consumption/consumer`,
      'Name whose consumption it was retired for.',
    )
  }
  if (consumed.start >= frame.reporting.start && consumed.end <= frame.reporting.end) return
  const detail = `It was retired for consumption outside the reporting period, ${reporting.start} to ${reporting.end}: state the part for this period as an instrument of its own.`
  throw fails('consumption', `${pointer}/consumption/period`, detail)
}

/** Certificates stand for 1,000 kWh each, to the kWh; nothing else has any. */
function checkCertificates(
  { kind, certificates }: ContractualInstrument,
  kWh: number | undefined,
  pointer: string,
): void {
  const unit = (place: string, detail: string, facts?: ProblemFacts) =>
    fails('unit-amount', `${pointer}${place}`, detail, facts)
  if (kind !== 'green-certificate') {
    if (certificates === undefined) return
    throw unit(
      '/certificates',
      `Certificate numbers are of kind green-certificate, not of ${kind}: leave them out or correct the kind.`,
    )
  }
  if (certificates === undefined || certificates.length === 0)
    throw unit('/certificates', 'Name the green certificates by the ranges of their numbers.')
  const counts = certificates.map((range, index) => {
    const read = readRange(range)
    if (typeof read === 'string') throw unit(`/certificates/${index}`, read)
    return read.certificates
  })
  const counted = exactSum(counts)
  if (kWh === undefined || kWh === counted * kWhPerCertificate) return
  const detail = `The numbers come to ${counted} certificates of ${kWhPerCertificate} kWh each, and the quantity to ${kWh} kWh; correct one.`
  throw unit('/quantity', detail, { certificates: counted })
}

/** One number in two ranges would be claimed twice. */
function refuseSharedNumbers(instruments: readonly ContractualInstrument[]): void {
  const ranges = instruments.flatMap(({ id, certificates = [] }, index) =>
    certificates.flatMap((range, place) => {
      const read = readRange(range)
      return typeof read === 'string'
        ? []
        : [{ ...read, id, pointer: `${pointerOf(index)}/certificates/${place}` }]
    }),
  )
  const shared = sharedRange(ranges)
  if (shared === undefined) return
  const detail =
    'The range shares certificates with another one of this inventory; each certificate covers once.'
  throw fails('exclusivity', shared.pointer, detail, { instrument: shared.id.slice(0, 128) })
}

function coversOf(
  { facilities, market }: ContractualInstrument,
  consumed: Days,
): StandingInstrument['covers'] {
  const named = facilities && new Set<string | undefined>(facilities)
  const known = new Map<string, boolean>()
  const fits = (region: string) => {
    const before = known.get(region)
    if (before !== undefined) return before
    const isOne = isOneMarket(region, market)
    known.set(region, isOne)
    return isOne
  }
  return ({ facility, origin, days }) =>
    (named === undefined || named.has(facility)) &&
    fits(origin.region) &&
    days.start < consumed.end &&
    consumed.start < days.end
}

/** Whether one of two places lies in the other. The whole world is no market. */
function isOneMarket(one: string, other: string): boolean {
  if (one === other) return true
  const liesIn = (inner: string, outer: string) => outer !== 'GLOBAL' && regionChain(inner).includes(outer)
  return liesIn(one, other) || liesIn(other, one)
}

/** Roundings of days and shares; a real excess does not hide in a billionth. */
const rounding = 1 + 1e-9

/**
 * What an instrument was retired for is a time, and no more electricity than falls into it: of a line that reaches beyond, its
 * days inside, taken to be as the others.
 */
function checkTime(
  kWh: number,
  consumed: Days,
  covers: StandingInstrument['covers'],
  { consumptions }: Setting,
  pointer: string,
): void {
  const inTime = exactSum(consumptions.filter(covers).map((one) => kWhWithin(one, consumed)))
  // Where it covers nothing at all another criterion has said so.
  if (inTime === 0 || kWh <= inTime * rounding) return
  const detail = `The instrument is of ${kWh} kWh, and about ${inTime} kWh fall into the time it was retired for; state the part that was used then, or the whole time.`
  throw new Problem('instrument-exceeds-consumption', detail, {
    pointer: `${pointer}/consumption/period`,
    kWh: String(kWh),
    uncoveredKWh: String(inTime),
  })
}

function kWhWithin({ kWh, days }: Consumption, consumed: Days): number {
  const inside = Math.min(days.end, consumed.end) - Math.max(days.start, consumed.start)
  const whole = days.end - days.start
  return inside === whole ? kWh : over(times(kWh, inside), whole)
}

/** Every facility named, or the organization, has electricity of that grid and time to cover. */
function checkReach(
  instrument: ContractualInstrument,
  covers: StandingInstrument['covers'],
  { consumptions, byFacility }: Setting,
  pointer: string,
): void {
  const { facilities, market } = instrument
  if (facilities === undefined) {
    requireCovered(consumptions, 'The inventory', `${pointer}/market`)
    return
  }
  facilities.forEach((facility, index) => {
    const own = byFacility.get(facility) ?? []
    requireCovered(own, `Facility "${facility.slice(0, 128)}"`, `${pointer}/facilities/${index}`)
  })

  function requireCovered(candidates: readonly Consumption[], who: string, place: string): void {
    if (candidates.some(covers)) return
    if (candidates.length === 0) {
      throw fails('consumption', place, `${who} has no electricity that an instrument could cover.`)
    }
    if (candidates.some(({ origin }) => isOneMarket(origin.region, market))) {
      const detail = `${who} has no electricity in the period that the instrument was retired for.`
      throw fails('consumption', `${pointer}/consumption/period`, detail)
    }
    const zones = [...new Set(candidates.map(({ origin }) => origin.region))].sort().slice(0, 5)
    const detail = `${who} takes electricity from ${zones.join(', ')}, which is not of the market "${market.slice(0, 64)}": an instrument covers power of its own grid or market.`
    throw fails('market', `${pointer}/market`, detail, { zones })
  }
}
