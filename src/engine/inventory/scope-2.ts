/**
 * Scope 2 by both methods (GHG Protocol Scope 2 Guidance), always. By location every line is what its grid's average makes it: the
 * inventory's own lines. By market, instruments take their part of the electricity with the rate they convey, and the rest is
 * weighed by a residual mix or what stands in for one. Neither is made to fit the other: market above location stays.
 */

import { ExactSum, exactSum } from '../exact-sum.ts'
import { standingInstruments } from '../instruments/criteria.ts'
import { inOrder } from '../names.ts'
import { Refusals } from '../refusals.ts'
import { countedCo2e, type MarketUse } from '../totals.ts'
import type {
  InstrumentUse,
  InventoryInput,
  LineByMarket,
  LineResult,
  ResidualUse,
  Scope2Result,
} from '../types.ts'
import type { Frame, WeighedLine } from '../weigh-line.ts'
import { allocate, type Covered, type Used } from './market/allocation.ts'
import { claimOf } from './market/claim.ts'
import { type Consumption, consumptionOf, countedKWh, isKept } from './market/consumption.ts'
import { type Rest, restFinder } from './market/rest.ts'

export interface Scope2 {
  readonly result: Scope2Result
  /** Each line of scope 2 by market, by its id. */
  readonly lines: ReadonlyMap<string, LineByMarket>
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
  return {
    result: resultOf(lines, others, book),
    lines: new Map(lines.map(({ result }) => [result.id, lineByMarket(result, book.byLine.get(result.id))])),
    market: marketUse(lines, book.byLine),
  }
}

/** What one line's electricity comes to by market. */
interface ByMarket {
  readonly kWh: number
  readonly coveredKWh: number
  readonly kgCo2e: number
  readonly use: MarketUse
}

/** What instruments and the rest came to. */
interface Book {
  readonly electricityKWh: number
  readonly used: readonly Used[]
  readonly rest: readonly Group[]
  /** By the line's id. */
  readonly byLine: ReadonlyMap<string, ByMarket>
}

/** Electricity that one factor of the rest weighs. */
interface Group {
  readonly rest: Rest
  readonly kWh: ExactSum
  readonly kgCo2e: ExactSum
}

function bookOf(input: InventoryInput, frame: Frame, consumptions: readonly Consumption[]): Book {
  const { marketBased } = input
  const refusals = new Refusals()
  const standing = marketBased ? standingInstruments(claimOf(marketBased, consumptions, frame), refusals) : []
  refusals.throwIfAny()
  const { used, lines } = allocate(standing, consumptions, refusals)
  refusals.throwIfAny()
  const find = restFinder(marketBased, frame)
  const groups = new Map<string, Group>()
  const byLine = lines.map(
    (covered) => [covered.consumption.result.id, byMarket(covered, find, groups)] as const,
  )
  return {
    electricityKWh: exactSum(consumptions.map(({ kWh }) => kWh)),
    used: [...used].sort((a, b) => inOrder(a.standing.instrument.id, b.standing.instrument.id)),
    rest: [...groups].sort(([a], [b]) => inOrder(a, b)).map(([, group]) => group),
    byLine: new Map(byLine),
  }
}

/** What is covered, and the rest, which goes into the group of its factor. */
function byMarket(
  { consumption, coveredKWh, openKWh, kgCo2e, uses }: Covered,
  find: (consumption: Consumption) => Rest,
  groups: Map<string, Group>,
): ByMarket {
  const { kWh } = consumption
  if (openKWh === 0) return { kWh, coveredKWh, kgCo2e, use: together(uses) }
  const rest = find(consumption)
  const terms = rest.termsOf(openKWh)
  const key = JSON.stringify([rest.basis, rest.factor])
  const group = groups.get(key) ?? { rest, kWh: new ExactSum(), kgCo2e: new ExactSum() }
  groups.set(key, group)
  group.kWh.add(openKWh)
  for (const term of terms) group.kgCo2e.add(term)
  return { kWh, coveredKWh, kgCo2e: exactSum([kgCo2e, ...terms]), use: together([...uses, rest.use]) }
}

function resultOf(
  lines: readonly Both[],
  others: readonly LineResult[],
  { electricityKWh, used, rest, byLine }: Book,
): Scope2Result {
  const alike = lines.filter(({ result }) => !byLine.has(result.id)).map(({ result }) => result)
  const market = new ExactSum()
  for (const { kgCo2e } of used) market.add(kgCo2e)
  for (const { kgCo2e } of rest) market.merge(kgCo2e)
  for (const term of termsOf(alike)) market.add(term)
  const total = new ExactSum().merge(market)
  for (const term of termsOf(others)) total.add(term)
  const kept = lines.filter(({ weighed }) => isKept(weighed))
  return {
    locationBasedKgCo2e: exactSum(termsOf(lines.map(({ result }) => result))),
    marketBasedKgCo2e: market.value,
    totalMarketBasedKgCo2e: total.value,
    electricityKWh,
    coveredKWh: exactSum(used.map(({ kWh }) => kWh)),
    ownKWh: exactSum(kept.map(({ result }) => countedKWh(result))),
    instruments: used.map(instrumentUse),
    rest: rest.map(restUse),
  }
}

function termsOf(lines: readonly LineResult[]): number[] {
  return lines.flatMap(({ gases }) => gases.map(countedCo2e))
}

function instrumentUse({ standing: { instrument, rate }, kWh, kgCo2e }: Used): InstrumentUse {
  return { id: instrument.id, kind: instrument.kind, factor: rate.factor, kWh, kgCo2e }
}

function restUse({ rest: { factor, basis }, kWh, kgCo2e }: Group): ResidualUse {
  return { factor, basis, kWh: kWh.value, kgCo2e: kgCo2e.value }
}

function lineByMarket({ kgCo2e }: LineResult, found: ByMarket | undefined): LineByMarket {
  if (found === undefined) return { kWh: null, coveredKWh: null, kgCo2e }
  return { kWh: found.kWh, coveredKWh: found.coveredKWh, kgCo2e: found.kgCo2e }
}

/** Electricity whose kWh nobody knows, by the kilometres of a vehicle, stands at its factor by location: a proxy as well. */
function marketUse(
  lines: readonly Both[],
  byLine: ReadonlyMap<string, ByMarket>,
): ReadonlyMap<string, MarketUse> {
  const uses = lines.map(({ weighed, result }) => {
    const known = byLine.get(result.id)?.use
    return [result.id, known ?? { ...together([]), isProxy: weighed.rule.selects === 'electricity' }] as const
  })
  return new Map(uses)
}

/** What is to be told of several factors. */
function together(uses: readonly MarketUse[]): MarketUse {
  return {
    isOwn: uses.some(({ isOwn }) => isOwn),
    isUnverified: uses.some(({ isUnverified }) => isUnverified),
    basisUnknown: uses.some(({ basisUnknown }) => basisUnknown),
    isProxy: uses.some(({ isProxy }) => isProxy),
    gasesNotCovered: [...new Set(uses.flatMap(({ gasesNotCovered }) => gasesNotCovered))].sort(inOrder),
  }
}
