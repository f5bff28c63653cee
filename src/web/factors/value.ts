/**
 * The number by which a factor is known, and what it weighs under each GWP set. A number the source printed is shown as it
 * printed it; one that was computed here says so; where nothing can be told, the reason stands in its place, never a zero.
 */

import { exactSum } from '../../engine/exact-sum.ts'
import { basisUnknown, statedCo2e, statedOutsideTotal } from '../../engine/gwp.ts'
import type { Decimal, EmissionFactor, Flow, Gas, GasResult, GwpSet } from '../../engine/types.ts'
import { isProblem, type Problem } from '../../problem.ts'
import { weighFlow, weightOf } from '../../tables/arithmetic.ts'
import { coverAlike, olderPerNewer, perNewerUnit } from '../../tables/comparable-value.ts'
import { significant } from './numbers.ts'

/** The one number of a factor, per unit. */
export interface Headline {
  readonly amount: Decimal
  /** What the kilograms are of: `CO2e`, `CO2`, `NOx`… */
  readonly of: Gas
  /** `stated` and `mass` are the source's own figures; `weighed` was summed here. */
  readonly how: 'stated' | 'mass' | 'weighed'
  /** The GWPs a CO2e rests on: of the source, or of the set it was weighed with; null for a mass. */
  readonly basis: string | null
  /** Why it counts in no total; null where it counts. */
  readonly apart: 'biogenic-co2' | 'outside-groups' | 'uptake' | 'pollutant' | null
}

/**
 * The number to show first: the CO2e the source states; else the mass of its one counted gas; else its gases weighed, on the
 * source's own basis where it names one. Null for a factor without flows.
 *
 * @param sets by basis; the one to weigh with where the source names none is AR6.
 */
export function headlineOf(factor: EmissionFactor, sets: readonly GwpSet[]): Headline | null {
  const stated = statedHeadline(factor)
  if (stated !== null || factor.flows.length === 0) return stated
  return massHeadline(factor) ?? weighedHeadline(factor, sets) ?? firstMass(factor.flows)
}

function statedHeadline({ statedCo2eKg, gwpBasis, flows }: EmissionFactor): Headline | null {
  if (statedCo2eKg === null) return null
  const isOutside = flows.length > 0 && flows.every(({ gas }) => gas === statedOutsideTotal)
  const apart = isOutside ? 'outside-groups' : null
  return { amount: statedCo2eKg, of: statedCo2e, how: 'stated', basis: gwpBasis, apart }
}

/** A factor of one counted gas, or of nothing that counts: its mass says all. */
function massHeadline({ flows }: EmissionFactor): Headline | null {
  const counted = flows.filter(counts)
  return counted.length > 1 ? null : firstMass(counted.length === 1 ? counted : flows)
}

function weighedHeadline(factor: EmissionFactor, sets: readonly GwpSet[]): Headline | null {
  const setOf = (wanted: string) => sets.find(({ basis }) => basis === wanted)
  const set = setOf(factor.gwpBasis) ?? setOf('AR6')
  const weight = set && weighUnder(factor, set)
  if (weight === undefined || 'refused' in weight || !weight.parts.some(({ inTotal }) => inTotal)) return null
  const amount = significant(weight.total)
  return { amount, of: statedCo2e, how: 'weighed', basis: set?.basis ?? null, apart: null }
}

function firstMass(flows: readonly Flow[]): Headline | null {
  const [first] = flows
  if (first === undefined) return null
  const { gas, kg } = first
  return { amount: kg, of: gas, how: 'mass', basis: null, apart: apartOf(first) }
}

/**
 * The amount of another row, per the unit of this one; null where it is not told in the same way, or not of the same gases.
 *
 * @param here the row it is held against, and what was shown of that.
 */
export function amountAlike(
  other: EmissionFactor,
  { factor, headline }: { readonly factor: EmissionFactor; readonly headline: Headline },
  sets: readonly GwpSet[],
): Decimal | null {
  const found = headlineOf(other, sets)
  const ratio = olderPerNewer(other.unit, factor.unit)
  if (found === null || ratio === null || !isToldAlike(found, headline)) return null
  if (headline.how === 'weighed' && !coverAlike(other, factor)) return null
  return perNewerUnit(found.amount, ratio)
}

function isToldAlike(a: Headline, b: Headline): boolean {
  return a.of === b.of && a.how === b.how && a.basis === b.basis && a.apart === b.apart
}

/** Whether a flow can be in a total, as far as its kind decides it (`engine/gwp.ts`). */
function counts(flow: Flow): boolean {
  return apartOf(flow) === null
}

/** Why a flow stands outside every total; null where it counts. */
export function apartOf({ kind, gas }: Flow): Headline['apart'] {
  if (kind === 'pollutant') return 'pollutant'
  if (kind === 'biogenic-uptake' || kind === 'removal') return 'uptake'
  if (kind === 'biogenic' && gas === 'CO2') return 'biogenic-co2'
  return gas === statedOutsideTotal ? 'outside-groups' : null
}

/** Why a factor cannot be weighed with a set. */
export type WeighingRefusal =
  | { readonly refused: 'other-basis'; readonly basis: string }
  | { readonly refused: 'no-gwp'; readonly gas: Gas }

/** What one unit weighs under a set, kg CO2e: flow by flow in the factor's order, and what of it counts. */
export interface Weight {
  readonly parts: readonly { readonly kgCo2e: number | null; readonly inTotal: boolean }[]
  readonly total: number
}

/**
 * Weighs one unit of a factor with a GWP set, as a calculation would (docs/calculation.md §5): a CO2e whose basis the source does
 * not state goes in as it stands, under any set.
 */
export function weighUnder(factor: EmissionFactor, set: GwpSet): Weight | WeighingRefusal {
  try {
    basisUnknown(factor, set)
    const weighed = factor.flows.map((flow) => weighFlow(flow, factor, set))
    const parts = weighed.map((results) => ({
      kgCo2e: weightOf(results),
      inTotal: results.some(({ inTotal }) => inTotal),
    }))
    return { parts, total: exactSum(weighed.flat().flatMap(countedTerm)) }
  } catch (error) {
    const refusal = isProblem(error) ? refusalOf(error, factor) : null
    if (refusal === null) throw error
    return refusal
  }
}

function refusalOf({ code, facts }: Problem, { gwpBasis }: EmissionFactor): WeighingRefusal | null {
  if (code === 'gwp-missing') return { refused: 'no-gwp', gas: String(facts.gas) }
  return code === 'gwp-basis-mismatch' ? { refused: 'other-basis', basis: gwpBasis } : null
}

function countedTerm({ kgCo2e, inTotal }: GasResult): readonly number[] {
  return inTotal && kgCo2e !== null ? [kgCo2e] : []
}
