/**
 * Which electricity an instrument covers: of all it may cover, still uncovered, the same part of each line. So neither the order of
 * lines nor how one is split moves anything; instruments are taken in an order of their own; and lines that the same instruments
 * may cover are one pool, so that hundreds of instruments on thousands of lines stay quick.
 */

import { Problem } from '../../../problem.ts'
import { over, times } from '../../arithmetic.ts'
import { ExactSum, exactSum } from '../../exact-sum.ts'
import { pointerOf, type StandingInstrument } from '../../instruments/criteria.ts'
import { emissionOf } from '../../instruments/rate.ts'
import { inOrder } from '../../names.ts'
import type { Refusals } from '../../refusals.ts'
import type { MarketUse } from '../../totals.ts'
import { member } from './claim.ts'
import type { Consumption } from './consumption.ts'

/** Sums of the same readings in other units may differ by roundings; a real excess does not hide in a billionth. */
const rounding = 1 + 1e-9

/** What is left below this part is what roundings of earlier instruments left, and no electricity. */
const leftOver = 1e-12

/** A line's electricity, as instruments leave it. */
export interface Covered {
  readonly consumption: Consumption
  readonly coveredKWh: number
  readonly openKWh: number
  /** Of what is covered. */
  readonly kgCo2e: number
  /** Of the instruments' factors. */
  readonly uses: readonly MarketUse[]
}

/** An instrument with what of it was used: all, but for roundings. */
export interface Used {
  readonly standing: StandingInstrument
  readonly kWh: number
  readonly kgCo2e: number
}

/**
 * Covers electricity with instruments: first those that name facilities, which have no other to go to, then the others; by id.
 * What exceeds the electricity there is, is among the refusals.
 */
export function allocate(
  instruments: readonly StandingInstrument[],
  consumptions: readonly Consumption[],
  refusals: Refusals,
): { readonly used: readonly Used[]; readonly lines: readonly Covered[] } {
  const sorted = [...instruments].sort(byReach)
  const pools = poolsOf(sorted, consumptions)
  const used = sorted.flatMap((standing, index) => {
    if (refusals.full) return []
    const fitting = [...pools.values()].filter(
      ({ coveredBy, open }) => coveredBy[index] === '1' && open !== 0,
    )
    return refusals.attempt(() => cover(standing, fitting)) ?? []
  })
  const lines = [...pools.values()].flatMap((pool) => pool.consumptions.map((one) => partOf(pool, one)))
  return { used, lines }
}

function byReach({ instrument: a }: StandingInstrument, { instrument: b }: StandingInstrument): number {
  return Number(a.facilities === undefined) - Number(b.facilities === undefined) || inOrder(a.id, b.id)
}

/** Electricity that the same instruments may cover. */
interface Pool {
  /** A `1` for each instrument that may cover it, a `0` for the others. */
  readonly coveredBy: string
  readonly consumptions: readonly Consumption[]
  readonly whole: number
  /** kWh still uncovered. */
  open: number
  readonly kgCo2e: ExactSum
  readonly uses: Set<MarketUse>
}

function poolsOf(
  instruments: readonly StandingInstrument[],
  consumptions: readonly Consumption[],
): ReadonlyMap<string, Pool> {
  const known = new Map<string, string>()
  const groups = Map.groupBy(consumptions, (consumption) => {
    const { facility, origin, days } = consumption
    const key = JSON.stringify([facility, origin.region, days.start, days.end])
    const coveredBy =
      known.get(key) ?? instruments.map(({ covers }) => (covers(consumption) ? '1' : '0')).join('')
    known.set(key, coveredBy)
    return coveredBy
  })
  const pools = [...groups].map(([coveredBy, members]) => {
    const whole = exactSum(members.map(({ kWh }) => kWh))
    const sums = { kgCo2e: new ExactSum(), uses: new Set<MarketUse>() }
    return [coveredBy, { coveredBy, consumptions: members, whole, open: whole, ...sums }] as const
  })
  return new Map(pools)
}

/** Covers of each pool: instrument × open kWh of the pool ÷ open kWh of all. */
function cover(standing: StandingInstrument, pools: readonly Pool[]): Used {
  const whole = exactSum(pools.map(({ open }) => open))
  if (standing.kWh > whole * rounding) throw exceeds(standing, whole)
  const isAll = standing.kWh >= whole * (1 - leftOver)
  for (const pool of pools) {
    const part = isAll ? pool.open : Math.min(pool.open, over(times(standing.kWh, pool.open), whole))
    pool.open -= part
    pool.kgCo2e.add(emissionOf(part, standing.rate))
    pool.uses.add(standing.rate.use)
  }
  const kWh = Math.min(standing.kWh, whole)
  return { standing, kWh, kgCo2e: emissionOf(kWh, standing.rate) }
}

/** A line's part of its pool. */
function partOf({ whole, open, kgCo2e, uses }: Pool, consumption: Consumption): Covered {
  const ofPool = (value: number) => (value === 0 ? 0 : over(times(value, consumption.kWh), whole))
  const openKWh = open === whole ? consumption.kWh : ofPool(open)
  const coveredKWh = open === 0 ? consumption.kWh : ofPool(whole - open)
  return { consumption, coveredKWh, openKWh, kgCo2e: ofPool(kgCo2e.value), uses: [...uses] }
}

function exceeds({ index, instrument, kWh }: StandingInstrument, whole: number): Problem {
  const detail = `The instrument is of ${kWh} kWh, and there are ${whole} kWh left that it may cover; state the part that was used, or name the facilities of the others.`
  return new Problem('instrument-exceeds-consumption', detail, {
    pointer: `${pointerOf({ member }, index)}/quantity`,
    instrument: instrument.id.slice(0, 128),
    kWh: String(kWh),
    uncoveredKWh: String(whole),
  })
}
