/** What a total is per unit of something: revenue, output, people, floor. The base stays beside the figure that it makes. */

import { isProblem, Problem } from '../../problem.ts'
import { over } from '../arithmetic.ts'
import { parseDecimal } from '../decimal.ts'
import { at, Refusals } from '../refusals.ts'
import type { IntensityBase, IntensityResult, Quantity } from '../types.ts'
import { unitCode } from '../units.ts'

/**
 * The total divided by each base.
 *
 * @param total kg CO2e.
 * @returns kg CO2e per unit of each base, in its unit as given.
 * @throws Problem `invalid-number`, `property-out-of-range`, `unknown-unit`, pointing to the base.
 */
export function intensitiesOf(total: number, bases: readonly IntensityBase[]): readonly IntensityResult[] {
  const refusals = new Refusals()
  const results = bases.flatMap((base, index) => {
    const done = refusals.attempt(() =>
      under(`/intensityBases/${index}/quantity`, () => intensityOf(total, base)),
    )
    return done ? [done] : []
  })
  refusals.throwIfAny()
  return results
}

function intensityOf(total: number, { kind, name, quantity }: IntensityBase): IntensityResult {
  at('/unit', () => unitCode(quantity.unit))
  return {
    kind,
    name,
    quantity,
    kgCo2ePerUnit: over(
      total,
      at('/amount', () => amountOf(quantity)),
    ),
  }
}

function amountOf({ amount }: Quantity): number {
  const value = parseDecimal(amount)
  if (value > 0) return value
  const detail = 'A base of an intensity is greater than zero; leave out a base that there was none of.'
  throw new Problem('property-out-of-range', detail, { given: amount })
}

/** What is refused in a place says where in it; the place comes before. */
function under<Value>(pointer: string, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    const inside = typeof thrown.facts.pointer === 'string' ? thrown.facts.pointer : ''
    throw thrown.with({ pointer: `${pointer}${inside}` })
  }
}
