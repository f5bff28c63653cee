/**
 * Scope 2 by both methods (GHG Protocol Scope 2 Guidance), always. By location every line is what its grid's average makes it: the
 * inventory's own lines. By market, instruments take their part of the electricity with the rate they convey, and the rest is
 * weighed by a residual mix or what stands in for one. Neither is made to fit the other: market above location stays.
 */

import { ExactSum, exactSum } from '../exact-sum.ts'
import { inOrder } from '../names.ts'
import { Refusals } from '../refusals.ts'
import { countedCo2e, type MarketUse } from '../totals.ts'
import type {
  InstrumentUse,
  InventoryInput,
  LineResult,
  ResidualUse,
  Scope2Line,
  Scope2Result,
} from '../types.ts'
import type { Frame, WeighedLine } from '../weigh-line.ts'
import { allocate } from './market/allocation.ts'
import { type Consumption, consumptionOf, countedKWh, isKept } from './market/consumption.ts'
import { type StandingInstrument, standingInstruments } from './market/instruments.ts'
import { emissionOf } from './market/rate.ts'
import { type Rest, restFinder } from './market/rest.ts'
import { LineTally, Tally } from './market/tally.ts'

export interface Scope2 {
  readonly result: Scope2Result
  /** What flags must tell, by the line's id. */
  readonly market: ReadonlyMap<string, MarketUse>
}

/** A line as it was weighed and as it stands in the result. */
interface Both {
  readonly weighed: WeighedLine
  readonly result: LineResult
}

/**
 * Scope 2 by location and by market; undefined where an inventory has no line of scope 2.
 * @throws Problem `instrument-criteria`, `instrument-exceeds-consumption`, what an instrument's factor or the rest's refuses.
 */
export function scope2Of(
  input: InventoryInput,
  frame: Frame,
  weighed: readonly WeighedLine[],
  results: readonly LineResult[],
): Scope2 | undefined {
  const lines = weighed
    .map((line, index): Both => ({ weighed: line, result: results[index] as LineResult }))
    .filter(({ result }) => result.scope === 2)
  const consumptions = lines.flatMap((line) => consumptionOf(line.weighed, line.result, frame) ?? [])
  const book = bookOf(input, frame, consumptions)
  if (lines.length === 0) return undefined
  const others = results.filter(({ scope, apart }) => scope !== 2 && apart === undefined)
  const byLine = new Map(book.lines.map((tally) => [tally.consumption.result.id, tally]))
  return { result: resultOf(lines, others, book, byLine), market: marketUse(lines, byLine) }
}

/** What instruments and the rest came to. */
interface Book {
  readonly lines: readonly LineTally[]
  readonly instruments: ReadonlyMap<StandingInstrument, Tally>
  readonly rest: readonly { readonly rest: Rest; readonly tally: Tally }[]
}

function bookOf(input: InventoryInput, frame: Frame, consumptions: readonly Consumption[]): Book {
  const { marketBased } = input
  const refusals = new Refusals()
  const standing = marketBased ? standingInstruments(marketBased, consumptions, frame, refusals) : []
  refusals.throwIfAny()
  const lines = consumptions.map((consumption) => new LineTally(consumption))
  const instruments = new Map(standing.map((instrument) => [instrument, new Tally()]))
  const open = allocate(
    standing,
    consumptions,
    (instrument, place, kWh) => {
      const terms = [emissionOf(kWh, instrument.rate)]
      instruments.get(instrument)?.add(kWh, terms)
      lines[place]?.cover(kWh, terms, { ...instrument.rate.use, isProxy: false })
    },
    refusals,
  )
  refusals.throwIfAny()
  return { lines, instruments, rest: weighRest(lines, open, restFinder(marketBased, frame)) }
}

/** Lines whose rest the same factor weighs, found the same way, stand together. */
function weighRest(
  lines: readonly LineTally[],
  open: readonly number[],
  find: (consumption: Consumption) => Rest,
): Book['rest'] {
  const found = new Map<string, { readonly rest: Rest; readonly tally: Tally }>()
  lines.forEach((line, place) => {
    const kWh = open[place] as number
    if (kWh === 0) return
    const rest = find(line.consumption)
    const terms = rest.termsOf(kWh)
    const key = JSON.stringify([rest.basis, rest.factor])
    const group = found.get(key) ?? { rest, tally: new Tally() }
    found.set(key, group)
    group.tally.add(kWh, terms)
    line.add(terms, rest.use)
  })
  return [...found].sort(([a], [b]) => inOrder(a, b)).map(([, group]) => group)
}

function resultOf(
  lines: readonly Both[],
  others: readonly LineResult[],
  { instruments, rest, lines: tallies }: Book,
  byLine: ReadonlyMap<string, LineTally>,
): Scope2Result {
  const market = new ExactSum()
  for (const { result } of lines) {
    const tally = byLine.get(result.id)
    if (tally) market.merge(tally.sum)
    else for (const gas of result.gases) market.add(countedCo2e(gas))
  }
  const total = new ExactSum().merge(market)
  for (const term of termsOf(others)) total.add(term)
  const kept = lines.filter(({ weighed }) => isKept(weighed))
  return {
    locationBasedKgCo2e: exactSum(termsOf(lines.map(({ result }) => result))),
    marketBasedKgCo2e: market.value,
    totalMarketBasedKgCo2e: total.value,
    electricityKWh: exactSum(tallies.map(({ consumption }) => consumption.kWh)),
    coveredKWh: exactSum([...instruments].map(([instrument, tally]) => usedKWh(instrument, tally))),
    ownKWh: exactSum(kept.map(({ result }) => countedKWh(result))),
    instruments: [...instruments].map(instrumentUse).sort((a, b) => inOrder(a.id, b.id)),
    rest: rest.map(restUse),
    lines: lines.map(({ result }) => scope2Line(result, byLine.get(result.id))),
  }
}

function termsOf(lines: readonly LineResult[]): number[] {
  return lines.flatMap(({ gases }) => gases.map(countedCo2e))
}

/** All of an instrument is used, but for the roundings of what it covers. */
function usedKWh({ kWh }: StandingInstrument, tally: Tally): number {
  return Math.abs(tally.kWh - kWh) <= kWh * 1e-12 ? kWh : tally.kWh
}

function instrumentUse([standing, tally]: readonly [StandingInstrument, Tally]): InstrumentUse {
  const { instrument, rate } = standing
  const { id, kind } = instrument
  return { id, kind, factor: rate.factor, kWh: usedKWh(standing, tally), kgCo2e: tally.kgCo2e }
}

function restUse({ rest: { factor, basis }, tally: { kWh, kgCo2e } }: Book['rest'][number]): ResidualUse {
  return { factor, basis, kWh, kgCo2e }
}

function scope2Line({ id, kgCo2e }: LineResult, tally: LineTally | undefined): Scope2Line {
  if (tally === undefined) return { id, kWh: null, coveredKWh: null, marketBasedKgCo2e: kgCo2e }
  const { consumption, coveredKWh } = tally
  return { id, kWh: consumption.kWh, coveredKWh, marketBasedKgCo2e: tally.sum.value }
}

/** Electricity whose kWh nobody knows, by the kilometres of a vehicle, stands at its factor by location: a proxy as well. */
function marketUse(
  lines: readonly Both[],
  byLine: ReadonlyMap<string, LineTally>,
): ReadonlyMap<string, MarketUse> {
  const uses = lines.map(({ weighed, result }) => {
    const known = byLine.get(result.id)?.use
    return [result.id, known ?? { ...nothing, isProxy: weighed.rule.selects === 'electricity' }] as const
  })
  return new Map(uses)
}

const nothing: MarketUse = {
  isOwn: false,
  isUnverified: false,
  basisUnknown: false,
  isProxy: false,
  gasesNotCovered: [],
}
