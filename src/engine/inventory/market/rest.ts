/**
 * What weighs electricity that no instrument covers: what the client chose; else a residual mix of the pinned tables; else, as a
 * proxy and called one, a grid average without traded green power; else what weighs the line by location.
 */

import { isProblem } from '../../../problem.ts'
import { over, times } from '../../arithmetic.ts'
import { requireWeighing } from '../../categories.ts'
import { emissionOf, type Origin, type Rate, rateOf } from '../../instruments/rate.ts'
import { at } from '../../refusals.ts'
import { countedCo2e, type MarketUse } from '../../totals.ts'
import type { FactorChoice, FactorUsed, MarketBased, ResidualBasis } from '../../types.ts'
import { type Frame, isOwn } from '../../weigh-line.ts'
import type { Consumption } from './consumption.ts'

/** The factor category of a residual mix, the only one that is no proxy. */
const residualMix = 'electricity-residual-mix'
const withoutTraded = 'electricity-excluding-traded-non-fossil'

/** What a line's uncovered electricity is weighed by. */
export interface Rest {
  readonly factor: FactorUsed
  readonly basis: ResidualBasis
  /** kg CO2e of so many of the line's kWh, in the smallest terms there are. */
  readonly termsOf: (kWh: number) => readonly number[]
  readonly use: MarketUse
}

const pointer = '/marketBased/residual'

/**
 * Finds what weighs the rest, once for each place and year.
 * @returns a function that throws what {@link rateOf} refuses and `factor-conveyed-only`, pointing to `/marketBased/residual`.
 */
export function restFinder(
  marketBased: MarketBased | undefined,
  frame: Frame,
): (consumption: Consumption) => Rest {
  const chosen = marketBased?.residual
  const rates = new Map<string, Rate | null>()
  return (consumption) => {
    const { origin } = consumption
    const key = JSON.stringify([origin.region, origin.year])
    const known = rates.get(key)
    const rate = known === undefined ? at(pointer, () => sharedRate(chosen, origin, frame)) : known
    rates.set(key, rate)
    return rate === null ? byLocation(consumption, frame) : byRate(rate)
  }
}

/** The factor that all electricity of a place and year shares; null where there is only each line's own. */
function sharedRate(chosen: FactorChoice | undefined, origin: Origin, frame: Frame): Rate | null {
  if (chosen !== undefined) return weighing(rateOf(chosen, origin, frame))
  for (const factorCategory of [residualMix, withoutTraded]) {
    const found = rateIfAny({ factorCategory }, origin, frame)
    if (found) return withStep(found)
  }
  return null
}

/** What an instrument conveys is claimed by the instrument alone. */
function weighing(rate: Rate): Rate {
  requireWeighing({ id: rate.factor.id, category: rate.category })
  return rate
}

/** No row is no refusal here; two rows, or one that may not be used, are. */
function rateIfAny(choice: FactorChoice, origin: Origin, frame: Frame): Rate | undefined {
  try {
    return rateOf(choice, origin, frame)
  } catch (thrown) {
    if (isProblem(thrown) && thrown.code === 'unknown-factor') return undefined
    throw thrown
  }
}

function byRate(rate: Rate): Rest {
  const basis = basisOf(rate.category)
  const use = { ...rate.use, isProxy: basis === 'proxy' }
  return { factor: rate.factor, basis, use, termsOf: (kWh) => [emissionOf(kWh, rate)] }
}

/** The line's own result by location, in proportion; own power whose attributes were sold takes its grid's average. */
function byLocation(consumption: Consumption, frame: Frame): Rest {
  const { line, result, origin, kWh: whole } = consumption
  if (line.factor === null) return byRate(withStep(at(pointer, () => rateOf({}, origin, frame))))
  const category = line.factorCategory ?? ''
  const basis = basisOf(category)
  const terms = result.gases.map(countedCo2e)
  const isUnverified = [line.factor, ...line.beside].some(({ confirmation }) => confirmation === 'unverified')
  const { basisUnknown, gasesNotCovered } = line
  return {
    factor: afterFallback(line.factor, category),
    basis,
    termsOf: (kWh) => (kWh === whole ? terms : terms.map((kg) => times(kg, over(kWh, whole)))),
    use: { isOwn: isOwn(line), isUnverified, basisUnknown, isProxy: basis === 'proxy', gasesNotCovered },
  }
}

/** Told by the factor's category and by nothing else. */
function basisOf(category: string): ResidualBasis {
  return category === residualMix ? 'residual-mix' : 'proxy'
}

function withStep(rate: Rate): Rate {
  return { ...rate, factor: afterFallback(rate.factor, rate.category) }
}

/** The way to a factor that nobody chose for the rest begins with what was looked for. */
function afterFallback(factor: FactorUsed, took: string): FactorUsed {
  const asked = `${residualMix}, ${withoutTraded}, by location`
  return { ...factor, path: [{ step: 'residual', asked, took }, ...factor.path] }
}
