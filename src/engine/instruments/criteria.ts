/**
 * Contractual instruments, held to written quality criteria (GHG Protocol Scope 2 Guidance, ch. 7, as docs/calculation.md states
 * them). One that fails is refused by the criterion's name, all that fail at once; none is left out in silence.
 */

import { isProblem, Problem, type ProblemFacts } from '../../problem.ts'
import { type Days, dayAfterMonths, dayNumber, daysOf, yearOf } from '../calendar.ts'
import { exactSum } from '../exact-sum.ts'
import { outOfRange, readMeasure, requireDimension } from '../line-properties.ts'
import { checkNewId } from '../names.ts'
import { at, type Refusals } from '../refusals.ts'
import { regionChain } from '../resolve.ts'
import type { ContractualInstrument, InstrumentCriterion } from '../types.ts'
import { convert } from '../units.ts'
import type { Frame } from '../weigh-line.ts'
import { kWhPerCertificate, readRange, sharedRange, validUntil } from './certificates.ts'
import { type Origin, type Rate, rateOf } from './rate.ts'

/** Electricity that an instrument may cover. */
export interface Electricity {
  readonly origin: Origin
  readonly facility: string | undefined
  readonly days: Days
  readonly kWh: number
}

/** An instrument that stands. */
export interface StandingInstrument {
  readonly index: number
  readonly instrument: ContractualInstrument
  readonly kWh: number
  readonly rate: Rate
  /** Whether it may cover this electricity: its facility, its grid, its time. */
  readonly covers: (electricity: Electricity) => boolean
}

/** The instruments of a footprint, and what they are held against. */
export interface Claim {
  readonly instruments: readonly ContractualInstrument[]
  /** How many months before the reporting period power may have been generated, at most. */
  readonly ageMonthsMax: number
  /** The member of the calculation that states them. */
  readonly member: 'marketBased' | 'contractualInstruments'
  readonly frame: Frame
  /** Whether an instrument that was retired for some days may cover electricity of others. */
  readonly isInTime: (electricity: Days, consumed: Days) => boolean
  /** What is said of whoever has electricity of other times only. */
  readonly outOfTime: string
  /** The electricity of which it must reach some, with whose it is and where the instrument says so. */
  readonly reach: (instrument: ContractualInstrument) => readonly Reach[]
  /** Holds its amount to the electricity that it may cover. */
  readonly checkAmount?: (read: ReadInstrument) => void
}

/** Electricity of which an instrument must cover some. */
export interface Reach {
  readonly candidates: readonly Electricity[]
  readonly who: string
  /** Inside the instrument. */
  readonly place: string
}

/** An instrument as far as its amount is told. */
export interface ReadInstrument {
  readonly kWh: number
  readonly consumed: Days
  readonly covers: StandingInstrument['covers']
  readonly pointer: string
}

/** The instruments that stand, in the order given; what does not is among the refusals. */
export function standingInstruments(claim: Claim, refusals: Refusals): readonly StandingInstrument[] {
  refusals.attempt(() => checkAgeMax(claim))
  const seen = new Set<string>()
  const standing = claim.instruments.flatMap((instrument, index) => {
    if (refusals.full) return []
    refusals.attempt(() => checkNewId(instrument.id, seen, `${pointerOf(claim, index)}/id`))
    return readInstrument(instrument, index, claim, refusals) ?? []
  })
  refusals.attempt(() => refuseSharedNumbers(claim))
  return standing
}

export function pointerOf({ member }: Pick<Claim, 'member'>, index: number): string {
  return `/${member}/instruments/${index}`
}

function checkAgeMax({ ageMonthsMax: months, member }: Claim): void {
  if (Number.isInteger(months) && months >= 0) return
  throw outOfRange(`/${member}/ageMonthsMax`, 'An age is a whole number of months, zero or more.')
}

/** Everything wrong with one instrument is named at once. */
function readInstrument(
  instrument: ContractualInstrument,
  index: number,
  claim: Claim,
  refusals: Refusals,
): StandingInstrument | undefined {
  const pointer = pointerOf(claim, index)
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
  if (generated) attempt(() => checkAge(generated, claim, pointer))
  if (generated && retired !== undefined)
    attempt(() => checkRetirement(instrument, generated, retired, pointer))
  if (consumed) attempt(() => checkConsumption(instrument, consumed, claim, pointer))
  const covers = consumed && coversOf(instrument, consumed, claim)
  if (covers) attempt(() => checkReach(instrument, covers, claim, pointer))
  if (covers && kWh !== undefined) attempt(() => claim.checkAmount?.({ kWh, consumed, covers, pointer }))
  const origin = generated && { region: instrument.market, year: yearOf(instrument.generated.start) }
  const rate =
    origin && attempt(() => at(`${pointer}/factor`, () => rateOf(instrument.factor, origin, claim.frame)))
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
function checkAge(generated: Days, { frame, ageMonthsMax }: Claim, pointer: string): void {
  const reporting = frame.input.period
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

/** For whom and for when it was retired: within this footprint's period, or part of it covers someone else's electricity. */
function checkConsumption(
  { consumption: { consumer } }: ContractualInstrument,
  consumed: Days,
  { frame }: Claim,
  pointer: string,
): void {
  const reporting = frame.input.period
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
function refuseSharedNumbers(claim: Claim): void {
  const ranges = claim.instruments.flatMap(({ id, certificates = [] }, index) =>
    certificates.flatMap((range, place) => {
      const read = readRange(range)
      return typeof read === 'string'
        ? []
        : [{ ...read, id, pointer: `${pointerOf(claim, index)}/certificates/${place}` }]
    }),
  )
  const shared = sharedRange(ranges)
  if (shared === undefined) return
  const detail =
    'The range shares certificates with another one of this footprint; each certificate covers once.'
  throw fails('exclusivity', shared.pointer, detail, { instrument: shared.id.slice(0, 128) })
}

function coversOf(
  { facilities, market }: ContractualInstrument,
  consumed: Days,
  { isInTime }: Claim,
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
    (named === undefined || named.has(facility)) && fits(origin.region) && isInTime(days, consumed)
}

/** Whether one of two places lies in the other. The whole world is no market. */
function isOneMarket(one: string, other: string): boolean {
  if (one === other) return true
  const liesIn = (inner: string, outer: string) => outer !== 'GLOBAL' && regionChain(inner).includes(outer)
  return liesIn(one, other) || liesIn(other, one)
}

/** Whoever it says it is for has electricity of that grid and time to cover. */
function checkReach(
  instrument: ContractualInstrument,
  covers: StandingInstrument['covers'],
  { reach, outOfTime }: Claim,
  pointer: string,
): void {
  for (const { candidates, who, place } of reach(instrument)) {
    if (candidates.some(covers)) continue
    throw outOfReach({ candidates, who, place }, instrument, { outOfTime, pointer })
  }
}

function outOfReach(
  { candidates, who, place }: Reach,
  { market }: ContractualInstrument,
  { outOfTime, pointer }: { readonly outOfTime: string; readonly pointer: string },
): Problem {
  if (candidates.length === 0) {
    return fails(
      'consumption',
      `${pointer}${place}`,
      `${who} has no electricity that an instrument could cover.`,
    )
  }
  if (candidates.some(({ origin }) => isOneMarket(origin.region, market))) {
    return fails('consumption', `${pointer}/consumption/period`, `${who} ${outOfTime}`)
  }
  const zones = [...new Set(candidates.map(({ origin }) => origin.region))].sort().slice(0, 5)
  const detail = `${who} takes electricity from ${zones.join(', ')}, which is not of the market "${market.slice(0, 64)}": an instrument covers power of its own grid or market.`
  return fails('market', `${pointer}/market`, detail, { zones })
}
