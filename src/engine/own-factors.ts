/**
 * A client's own factors, held to what a published row is held to: readable numbers with the right sign, a unit of the
 * list, a basis for a stated CO2e, no gas stated twice, gases known by name. They are flagged in every result that uses them.
 */

import { Problem } from '../problem.ts'
import { parseDecimal } from './decimal.ts'
import { isNamed, isStated, substancesOf } from './gwp.ts'
import { checkNewId } from './names.ts'
import { isPollutant, pollutants } from './pollutants.ts'
import { takingKinds } from './product/direct-flow.ts'
import { at, type Refusals } from './refusals.ts'
import type { EmissionFactor, Flow, FlowKind, Gas, GwpSet } from './types.ts'
import { unitCode } from './units.ts'

/** Checks every own factor; problems point into `/ownFactors/<index>`. */
export function checkOwnFactors(
  factors: readonly EmissionFactor[],
  gwpSet: GwpSet,
  refusals: Refusals,
): void {
  const seen = new Set<string>()
  factors.forEach((factor, index) => {
    if (refusals.full) return
    refusals.attempt(() => checkOwnFactor(factor, `/ownFactors/${index}`))
    refusals.attempt(() => checkGases(factor, gwpSet, `/ownFactors/${index}`))
    refusals.attempt(() => checkNewId(factor.id, seen, `/ownFactors/${index}/id`))
  })
}

function checkOwnFactor(factor: EmissionFactor, pointer: string): void {
  at(`${pointer}/unit`, () => unitCode(factor.unit))
  if (!Number.isInteger(factor.year))
    throw new Problem('invalid-number', 'A year is a whole number.', { pointer: `${pointer}/year` })
  if (factor.flows.length === 0) {
    const detail = 'A factor states at least one gas, or a CO2e; what emits nothing states a flow of "0".'
    throw new Problem('factor-table-invalid', detail, { pointer: `${pointer}/flows` })
  }
  factor.flows.forEach((flow, index) => {
    checkFlow(flow, `${pointer}/flows/${index}`)
  })
  const states = factor.flows.some((flow) => isStated(flow.gas))
  if (!states || factor.gwpBasis !== 'gas-masses') return
  const detail = 'A factor that states CO2e names the GWP basis its source used, or says "not-stated".'
  throw new Problem('factor-table-invalid', detail, { pointer: `${pointer}/gwpBasis` })
}

/** Each gas once of a kind, under whatever name or blend; and no gas called not covered that nobody can know. */
function checkGases({ flows, gasesNotCovered }: EmissionFactor, set: GwpSet, pointer: string): void {
  const seen = new Set<string>()
  flows.forEach(({ kind, gas }, index) => {
    for (const substance of substancesOf(gas, set)) {
      const key = `${kind} ${substance}`
      if (seen.has(key)) throw statedTwice(substance, kind, `${pointer}/flows/${index}/gas`)
      seen.add(key)
    }
  })
  const stranger = gasesNotCovered.findIndex((gas) => !isNamed(gas, set))
  if (stranger === -1) return
  const gas = gasesNotCovered[stranger]?.slice(0, 64)
  const detail = `GWP set ${set.id} names no gas "${gas}", so it cannot be said to be not covered; correct the name.`
  throw new Problem('gwp-missing', detail, { pointer: `${pointer}/gasesNotCovered/${stranger}`, gas })
}

function statedTwice(gas: Gas, kind: FlowKind, pointer: string): Problem {
  const detail = `${gas} (${kind}) is stated twice by one factor; state it once, with its whole mass.`
  return new Problem('gas-counted-twice', detail, { pointer, gas, kind })
}

function checkFlow(flow: Flow, pointer: string): void {
  if (flow.kind === 'pollutant' && !isPollutant(flow.gas)) {
    const detail = `A flow of kind pollutant is one of ${pollutants.join(', ')}; a greenhouse gas is of another kind.`
    throw new Problem('factor-table-invalid', detail, { pointer: `${pointer}/gas` })
  }
  const kg = at(`${pointer}/kg`, () => parseDecimal(flow.kg))
  const takes = takingKinds.includes(flow.kind)
  if (takes ? kg <= 0 : kg >= 0) return
  const detail = takes
    ? `A flow of kind ${flow.kind} is negative: it takes from the atmosphere.`
    : `A flow of kind ${flow.kind} is not negative; what takes from the atmosphere is of kind ${takingKinds.join(' or ')}.`
  throw new Problem(takes ? 'positive-uptake' : 'negative-amount', detail, {
    pointer: `${pointer}/kg`,
    given: flow.kg.slice(0, 64),
  })
}
