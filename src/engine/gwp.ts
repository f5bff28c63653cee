/**
 * From masses of gas to CO2e: Σ mass × GWP100 of one pinned set. Blends are taken apart into their gases; a gas the set does
 * not know is refused, never counted as zero; gases outside the seven groups (GB/T 32150, Kyoto basket) are weighed where
 * the set has a value and always stand outside the total.
 */

import { Problem } from '../problem.ts'
import { times } from './arithmetic.ts'
import { parseDecimal } from './decimal.ts'
import { nearest } from './names.ts'
import { isPollutant } from './pollutants.ts'
import type { EmissionFactor, Flow, FlowKind, Gas, GasResult, GwpSet, TotalMember } from './types.ts'

/** Methane that escapes unburnt from fossil sources: its carbon was not in the air before (AR6 WG1 Table 7.15: 29.8). */
export const fossilFugitiveMethane = 'CH4-fossil-fugitive'

/** How a line of activity data says that its methane is the other kind (burnt fuel, farms, waste; AR6: 27.0). */
export const otherMethane = 'CH4-other'

/** A sum of gases already characterized by the source. */
export const statedCo2e = 'CO2e'

/** The same for gases outside the seven groups, which a source sums up without taking them apart. */
export const statedOutsideTotal = 'CO2e-outside-total'

/** Whether a flow is a sum that the source characterized, not a gas. */
export function isStated(gas: Gas): boolean {
  return gas === statedCo2e || gas === statedOutsideTotal
}

/** What every total holds (see docs/calculation.md). Removals, biogenic uptake and biogenic CO2 are shown apart. */
export const totalIncludes: readonly TotalMember[] = [
  'fossil',
  'biogenic-without-co2',
  'land-use-change',
  'aircraft',
]

/** Gas, blend or stated CO2e let go: kg, negative for removals and uptakes. */
export interface Release {
  readonly kind: FlowKind
  readonly gas: Gas
  readonly kg: number
}

/**
 * Weighs a release with a GWP set; a blend gives one result for each of its gases. A pollutant has a mass and no weight.
 *
 * @returns kg and kg CO2e, each product rounded once.
 * @throws Problem `gwp-missing` when the set does not know the gas, or not its value; `factor-table-invalid` for a pollutant
 * that is of another kind, or something of that kind that is none.
 */
export function characterize(release: Release, set: GwpSet): readonly GasResult[] {
  if (release.kind === 'pollutant') return [pollutantResult(release)]
  if (isStated(release.gas)) return [statedResult(release)]
  const index = indexOf(set)
  const name = index.aliases.get(release.gas) ?? release.gas
  const blend = index.blends.get(name)
  if (!blend) return [gasResult(release, name, index, set)]
  return blend.map(({ gas, fraction }) =>
    gasResult({ ...release, kg: times(release.kg, fraction) }, index.aliases.get(gas) ?? gas, index, set),
  )
}

/**
 * The gas a line of activity data names, with methane told apart: only a fossil source lets fossil methane escape.
 * @throws Problem `line-ambiguous` for bare methane under a set that weighs its two kinds differently, and for methane that is
 * called fossil and of another kind.
 */
export function releasedGas(written: string, set: GwpSet, kind: FlowKind = 'fossil'): Gas {
  const { aliases, values } = indexOf(set)
  const gas = aliases.get(written) ?? written
  if (gas === otherMethane) return 'CH4'
  if (kind !== 'fossil') return gasOfKind(gas, kind)
  const fossil = values.get(fossilFugitiveMethane)
  if (gas !== 'CH4' || fossil === undefined || fossil === values.get('CH4')) return gas
  const detail = `Methane has two GWPs in ${set.id}: write "${fossilFugitiveMethane}" for gas, oil and coal that escape unburnt, "${otherMethane}" for all other sources.`
  throw new Problem('line-ambiguous', detail, { candidates: [fossilFugitiveMethane, otherMethane] })
}

function gasOfKind(gas: Gas, kind: FlowKind): Gas {
  if (gas !== fossilFugitiveMethane) return gas
  const detail = `Methane that escapes from fossil sources is no flow of kind ${kind}: write "CH4", or correct the kind.`
  throw new Problem('line-ambiguous', detail, { gas })
}

/**
 * The gas of a flow for weighing: methane is of the kind its source of emission is, whatever the flow calls it. Only a fossil flow is of a
 * fossil source, though another flow of the factor may be.
 */
export function gasBySource(
  { kind, gas }: Flow,
  { fossilFugitiveMethane: isFugitive }: Pick<EmissionFactor, 'fossilFugitiveMethane'>,
): Gas {
  return gas === 'CH4' && kind === 'fossil' && isFugitive ? fossilFugitiveMethane : gas
}

/**
 * The substance of a result, whatever its name says of its source: both kinds of methane are methane.
 */
export function substanceOf(gas: Gas): Gas {
  return gas === fossilFugitiveMethane ? 'CH4' : gas
}

/** The substances that a gas or blend is, by their canonical names; a name that the set does not know stands for itself. */
export function substancesOf(gas: Gas, set: GwpSet): readonly Gas[] {
  const { aliases, blends } = indexOf(set)
  const canonical = (name: Gas) => substanceOf(aliases.get(name) ?? name)
  const blend = blends.get(aliases.get(gas) ?? gas)
  return blend ? blend.map((part) => canonical(part.gas)) : [canonical(gas)]
}

/** Whether a set names a gas, with a value or as a part of a blend. */
export function isNamed(gas: Gas, set: GwpSet): boolean {
  const { aliases, values, blends, unweighed } = indexOf(set)
  const name = aliases.get(gas) ?? gas
  return values.has(name) || blends.has(name) || unweighed.has(name)
}

/**
 * Whether a sum that a source stated holds a gas already: a CO2e every gas of the seven groups that counts, a
 * `CO2e-outside-total` the others. Biogenic CO2, uptakes, removals and pollutants are in neither.
 */
export function isHeldBy(stated: Gas, { kind, gas, inTotal }: GasResult, set: GwpSet): boolean {
  if (stated === statedCo2e) return inTotal
  return kind !== 'pollutant' && !indexOf(set).inTotal.has(gas)
}

/**
 * Whether a factor may be used under a set at all. Gas masses go with any set; a CO2e the source summed on another basis
 * cannot be taken apart again.
 *
 * @returns true where the source does not say its basis: usable, but to be flagged.
 * @throws Problem `gwp-basis-mismatch`; `factor-table-invalid` for a CO2e that claims to need no basis.
 */
export function basisUnknown(factor: EmissionFactor, set: GwpSet): boolean {
  if (!factor.flows.some((flow) => isStated(flow.gas))) return false
  if (factor.gwpBasis === 'not-stated') return true
  if (factor.gwpBasis === set.basis) return false
  if (factor.gwpBasis === 'gas-masses') {
    const detail = `Factor "${factor.id}" states CO2e and so needs a GWP basis; state the basis or the gas masses.`
    throw new Problem('factor-table-invalid', detail, { factor: factor.id })
  }
  const part = factor.flows.every((flow) => isStated(flow.gas)) ? 'CO2e' : 'part of itself as CO2e'
  const detail = `Factor "${factor.id}" states ${part} on ${factor.gwpBasis}; under ${set.id} choose a factor that states gas masses or ${set.basis}, or pin a set of ${factor.gwpBasis}.`
  throw new Problem('gwp-basis-mismatch', detail, {
    factor: factor.id,
    gwpBasis: factor.gwpBasis,
    gwpSet: set.id,
  })
}

/** Whether a gas of some kind counts in the total, as far as the kind decides it: pollutants are no greenhouse gases at all. */
export function kindCounts({ kind, gas }: Pick<Flow, 'kind' | 'gas'>): boolean {
  if (kind === 'biogenic') return gas !== 'CO2'
  return kind !== 'biogenic-uptake' && kind !== 'removal' && kind !== 'pollutant'
}

function statedResult({ kind, gas, kg }: Release): GasResult {
  return { kind, gas, kg: null, kgCo2e: kg, inTotal: gas === statedCo2e && kindCounts({ kind, gas }) }
}

function pollutantResult({ kind, gas, kg }: Release): GasResult {
  if (isPollutant(gas)) return { kind, gas, kg, kgCo2e: null, inTotal: false }
  const detail = `"${gas.slice(0, 64)}" is no pollutant of the list; a greenhouse gas is of another kind.`
  throw new Problem('factor-table-invalid', detail, { gas: gas.slice(0, 64) })
}

function gasResult({ kind, kg }: Release, gas: Gas, index: GwpIndex, set: GwpSet): GasResult {
  const gwp = index.values.get(gas)
  const inTotal = index.inTotal.has(gas) && kindCounts({ kind, gas })
  if (gwp !== undefined) return { kind, gas, kg, kgCo2e: times(kg, gwp), inTotal }
  if (index.unweighed.has(gas)) return { kind, gas, kg, kgCo2e: null, inTotal: false }
  throw gwpMissing(gas, index, set)
}

function gwpMissing(gas: Gas, index: GwpIndex, set: GwpSet): Problem {
  const candidates = nearest(gas, [...index.values.keys(), ...index.aliases.keys(), ...index.blends.keys()])
  const hint = candidates.length > 0 ? ` Near it: ${candidates.join(', ')}.` : ''
  const detail = `GWP set ${set.id} has no value for "${gas.slice(0, 64)}"; correct the name or pin a set that has one.${hint}`
  return new Problem('gwp-missing', detail, { gas: gas.slice(0, 64), gwpSet: set.id, candidates })
}

interface GwpIndex {
  readonly values: ReadonlyMap<Gas, number>
  readonly inTotal: ReadonlySet<Gas>
  readonly blends: ReadonlyMap<string, readonly { readonly gas: Gas; readonly fraction: number }[]>
  readonly aliases: ReadonlyMap<string, Gas>
  /** Gases without fluorine that stand in blends and have no GWP in any report: hydrocarbons, ethers. */
  readonly unweighed: ReadonlySet<Gas>
}

const indices = new WeakMap<GwpSet, GwpIndex>()

/** A set, read once: decimals parsed, names in maps so that no client's name meets an object's prototype. */
function indexOf(set: GwpSet): GwpIndex {
  const known = indices.get(set)
  if (known) return known
  const values = new Map(Object.entries(set.values).map(([gas, gwp]) => [gas, parseDecimal(gwp)] as const))
  const inTotal = new Set(set.inTotal)
  if (inTotal.has('CH4')) inTotal.add(fossilFugitiveMethane)
  const index = {
    values,
    inTotal,
    aliases: new Map(Object.entries(set.aliases)),
    ...blendsOf(set, values, inTotal),
  }
  indices.set(set, index)
  return index
}

function blendsOf(set: GwpSet, values: ReadonlyMap<Gas, number>, inTotal: ReadonlySet<Gas>) {
  const blends = new Map(
    Object.entries(set.blends).map(([name, gases]) => [
      name,
      Object.entries(gases).map(([gas, fraction]) => ({ gas, fraction: parseDecimal(fraction) })),
    ]),
  )
  const constituents = [...blends.values()].flat().map(({ gas }) => gas)
  const unweighed = constituents.filter((gas) => !values.has(gas) && !inTotal.has(gas) && !gas.includes('F'))
  return { blends, unweighed: new Set(unweighed) }
}
