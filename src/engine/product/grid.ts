/**
 * Electricity on its way through the grid, once. A generation's own factor ends at the power station: a transmission line of the process
 * that takes it, or of one that it passes before, adds the way. So what a process passes on carries along how much of it has its way behind
 * it (`held`) and how much still lacks it (`owed`, apart for what instruments cover); own power, which needs none, is the rest.
 */

import { Problem } from '../../problem.ts'
import { over, times } from '../arithmetic.ts'
import { boughtElectricity } from '../categories.ts'
import { exactSum } from '../exact-sum.ts'
import { readMeasure } from '../line-properties.ts'
import { inOrder } from '../names.ts'
import { atLine, type Refusals } from '../refusals.ts'
import { countedTwice, isTransmission } from '../transmission.ts'
import type { ProductInput } from '../types.ts'
import { convert, dimensionOf } from '../units.ts'
import type { WeighedLine } from '../weigh-line.ts'
import type { Offer } from './offers.ts'

/** Sums of the same readings in other units may differ by roundings; a real part does not hide in a billionth. */
const rounding = 1e-9

/** Parts of electricity: of each kWh, or of what a process takes per run. */
interface Parts {
  readonly held: number
  readonly owed: number
  readonly owedCovered: number
}

const ownPower: Parts = { held: 0, owed: 0, owedCovered: 0 }
const partNames = Object.keys(ownPower) as readonly (keyof Parts)[]

/** What of a kWh may be left open in a circle, well below {@link rounding}; and how often processes are visited for it. */
const unmoved = 1e-12
const visitsMax = 200_000

/** A line of electricity, in kWh. */
interface Taken {
  readonly weighed: WeighedLine
  readonly kWh: number
  /** Of each kWh. */
  readonly parts: Parts
}

/** What a process takes, and the transmission that is set against it: kWh per run. */
interface Balance extends Parts {
  readonly taken: readonly Taken[]
  readonly transmission: readonly WeighedLine[]
  readonly transmittedKWh: number
  /** Own power, with what the process makes itself of what it passes on. */
  readonly own: number
}

/** Processes that others take electricity from, with what they make of it. */
type Makers = ReadonlyMap<string, readonly Offer[]>

/**
 * Refuses transmission of what has its way behind it already, and covered electricity whose way nobody adds.
 * @returns the lines of other electricity that lack it, by id: a finding, since power of one’s own needs none.
 */
export function checkGrid(
  { referenceProcess }: ProductInput,
  placed: readonly WeighedLine[],
  refusals: Refusals,
): readonly string[] {
  const made = new Set(placed.flatMap((weighed) => (isElectricity(weighed) ? (weighed.maker ?? []) : [])))
  const makers = Map.groupBy(made, ({ process }) => process.id)
  const takes = (weighed: WeighedLine) => isElectricity(weighed) || isTakenAsOther(weighed, made)
  const byProcess = Map.groupBy(
    placed.filter((weighed) => takes(weighed) || isWay(weighed)),
    ({ line }) => line.process as string,
  )
  const { order, inCircles } = makersFirst(byProcess, makers)
  const passed = new Map<string, Parts>()
  const balances = new Map<string, Balance>()
  const balanceAgain = (process: string) => {
    const offers = makers.get(process) ?? []
    const balance = balanceOf(byProcess.get(process) ?? [], passed, offers)
    const [before, after] = [passed.get(process) ?? ownPower, passedOn(balance, offers)]
    balances.set(process, balance)
    passed.set(process, after)
    return movedBy(before, after)
  }
  for (const process of order) balanceAgain(process)
  goRound(inCircles, balanceAgain)
  const lacking = new Set<WeighedLine>()
  for (const [process, balance] of balances) {
    refusals.attempt(() => refuseTwice(balance))
    const offers = process === referenceProcess ? [] : (makers.get(process) ?? [])
    const left = settled(part(balance, usedShare(balance, offers)))
    refusals.attempt(() => refuseLacking(balance, left))
    if (left.owed > wholeOf(balance) * rounding)
      for (const { weighed, parts } of balance.taken) if (parts.owed > 0) lacking.add(weighed)
  }
  return placed.filter((weighed) => lacking.has(weighed)).map(({ line }) => line.id)
}

function isElectricity({ line, activity }: WeighedLine): boolean {
  return line.category === boughtElectricity.product && isEnergy(activity.unit)
}

/** By a factor of transmission, or from a process that is one. */
function isWay(weighed: WeighedLine): boolean {
  const isMade = weighed.line.category === 'transmission' && weighed.maker !== null
  return (isTransmission(weighed) || isMade) && isEnergy(weighed.activity.unit)
}

/** What one takes as electricity is electricity to whoever takes it. */
function isTakenAsOther(weighed: WeighedLine, made: ReadonlySet<Offer>): boolean {
  return weighed.maker !== null && made.has(weighed.maker) && !isWay(weighed)
}

function isEnergy(unit: string): boolean {
  return dimensionOf(unit) === dimensionOf('kWh')
}

/** Processes in an order in which electricity comes from those before; last those in circles, and what comes after these. */
interface Order {
  readonly order: readonly string[]
  readonly inCircles: readonly string[]
}

function makersFirst(byProcess: ReadonlyMap<string, readonly WeighedLine[]>, makers: Makers): Order {
  const ids = [...new Set([...byProcess.keys(), ...makers.keys()])].sort(inOrder)
  const needs = new Map(ids.map((id) => [id, new Set((byProcess.get(id) ?? []).flatMap(makerIdOf))]))
  const takers = new Map<string, string[]>(ids.map((id) => [id, []]))
  for (const [id, needed] of needs) for (const maker of needed) takers.get(maker)?.push(id)
  const done = new Set<string>()
  for (const first of ids) {
    if (!done.has(first) && needs.get(first)?.size === 0) take(first)
  }
  const known = done.size
  for (const first of ids) if (!done.has(first)) take(first)
  const order = [...done]
  return { order, inCircles: order.slice(known) }

  function take(first: string): void {
    const ready = [first]
    for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
      if (done.has(id)) continue
      done.add(id)
      for (const taker of takers.get(id) ?? []) {
        needs.get(taker)?.delete(id)
        if (needs.get(taker)?.size === 0) ready.push(taker)
      }
    }
  }
}

/**
 * What goes round in a circle is own power before it is known, and known better each time round: what is not known yet gets less as
 * often as the circle takes less of its power than it makes.
 */
function goRound(inCircles: readonly string[], balanceAgain: (process: string) => number): void {
  for (let visits = 0; visits < visitsMax; visits += inCircles.length) {
    const moved = inCircles.map(balanceAgain)
    if (moved.every((part) => part <= unmoved)) return
  }
}

function movedBy(before: Parts, after: Parts): number {
  return Math.max(...partNames.map((part) => Math.abs(after[part] - before[part])))
}

function makerIdOf(weighed: WeighedLine): readonly string[] {
  return weighed.maker !== null && !isWay(weighed) ? [weighed.maker.process.id] : []
}

function balanceOf(
  lines: readonly WeighedLine[],
  passed: ReadonlyMap<string, Parts>,
  offers: readonly Offer[],
): Balance {
  const taken = lines.filter((line) => !isWay(line)).map((weighed) => takenOf(weighed, passed))
  const transmission = lines.filter(isWay)
  const sum = (part: keyof Parts) => exactSum(taken.map(({ kWh, parts }) => times(kWh, parts[part])))
  const parts = { held: sum('held'), owed: sum('owed'), owedCovered: sum('owedCovered') }
  const whole = exactSum(taken.map(({ kWh }) => kWh))
  const own = Math.max(whole, madeKWh(offers)) - parts.held - parts.owed - parts.owedCovered
  const transmittedKWh = exactSum(transmission.map(kWhOfLine))
  return { ...parts, taken, transmission, transmittedKWh, own: Math.max(0, own) }
}

function madeKWh(offers: readonly Offer[]): number {
  return exactSum(offers.map(({ output }) => kWhOf(readMeasure(output, ''))))
}

function takenOf(weighed: WeighedLine, passed: ReadonlyMap<string, Parts>): Taken {
  const { maker, includesTransmission, line } = weighed
  const kWh = kWhOfLine(weighed)
  if (maker !== null) return { weighed, kWh, parts: passed.get(maker.process.id) ?? ownPower }
  const part = includesTransmission ? 'held' : line.instrument === undefined ? 'owed' : 'owedCovered'
  return { weighed, kWh, parts: { ...ownPower, [part]: 1 } }
}

function kWhOfLine({ activity: { amount, unit } }: WeighedLine): number {
  return convert(amount, unit, 'kWh')
}

function kWhOf({ value, unit }: ReturnType<typeof readMeasure>): number {
  return isEnergy(unit) ? convert(value, unit, 'kWh') : 0
}

function wholeOf({ held, owed, owedCovered, own }: Balance): number {
  return exactSum([held, owed, owedCovered, own])
}

/** Transmission adds the way of covered electricity first, since a refusal rests on it, then of other, then of own power. */
function settled({ held, owed, owedCovered, own, transmittedKWh }: Balance): Parts {
  const left = (part: number, before: number) => Math.max(0, Math.min(part, before + part - transmittedKWh))
  const added = Math.min(transmittedKWh, exactSum([owedCovered, owed, own]))
  return {
    held: exactSum([held, added]),
    owedCovered: left(owedCovered, 0),
    owed: left(owed, owedCovered),
  }
}

/**
 * Which part of its power a process uses itself: nothing where all that it makes is electricity, since its losses go with that; all where
 * nobody takes any; else what it does not pass on.
 */
function usedShare(balance: Balance, offers: readonly Offer[]): number {
  const [first] = offers
  if (first === undefined) return 1
  const [whole, passed] = [wholeOf(balance), madeKWh(offers)]
  const isAll = offers.length > (first.process.coProducts?.length ?? 0)
  return isAll || whole <= passed ? 0 : over(whole - passed, whole)
}

/** Transmission of a process is set against what it uses itself first, and what is left of it against what it passes on; of each kWh. */
function passedOn(balance: Balance, offers: readonly Offer[]): Parts {
  const whole = wholeOf(balance)
  if (whole <= 0 || offers.length === 0) return ownPower
  const used = usedShare(balance, offers)
  const spent = times(used, balance.owed + balance.owedCovered)
  const rest = part(balance, 1 - used)
  const left = settled({ ...rest, transmittedKWh: Math.max(0, balance.transmittedKWh - spent) })
  // Beside power that is avoided a part can be more than the whole: it would grow each time round.
  const perKWh = (kWh: number) => Math.min(1, over(kWh, wholeOf(rest)))
  return { held: perKWh(left.held), owed: perKWh(left.owed), owedCovered: perKWh(left.owedCovered) }
}

/** A part of a balance, with all of its transmission. */
function part(balance: Balance, share: number): Balance {
  const { held, owed, owedCovered, own } = balance
  const of = (kWh: number) => times(kWh, share)
  return { ...balance, held: of(held), owed: of(owed), owedCovered: of(owedCovered), own: of(own) }
}

/** Of what a process passes on: what one process takes with its own factors is `../transmission.ts`'s. */
function refuseTwice({ taken, transmission, transmittedKWh, owed, owedCovered, own }: Balance): void {
  const holding = taken.filter(({ weighed, parts, kWh }) => weighed.maker !== null && parts.held * kWh > 0)
  const [first] = transmission
  if (first === undefined || holding.length === 0) return
  if (transmittedKWh <= exactSum([owed, owedCovered, own]) * (1 + rounding)) return
  const makers = [...new Set(holding.map(({ weighed }) => weighed.maker?.process.id ?? ''))]
  throw countedTwice(first, `electricity of process ${makers.join(', ')}`, { processes: makers })
}

function refuseLacking(balance: Balance, { owedCovered }: Parts): void {
  if (owedCovered <= wholeOf(balance) * rounding) return
  const { weighed } = balance.taken.find(({ parts }) => parts.owedCovered > 0) as Taken
  const { index, line, maker, factor } = weighed
  atLine(index, line, () => {
    const what =
      maker === null
        ? `Factor "${factor?.id}" ends at the power station`
        : `Covered electricity of process "${maker.process.id.slice(0, 128)}" comes with a factor that ends at the power station`
    const detail = `${what}, and nothing adds the way of ${owedCovered} kWh through the grid: add a line of category transmission for so much, to the process that takes it or to one before.`
    throw new Problem('transmission-missing', detail, {
      ...{ pointer: maker === null ? '/instrument' : '/from', kWh: String(owedCovered) },
    })
  })
}
