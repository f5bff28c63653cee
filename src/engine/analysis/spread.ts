/**
 * What a value may be instead: its quantiles by distribution. A spread is asked with a number between 0 and 1 and answers a
 * multiplier of the value, so that all that share a number are off together.
 */

import { Problem } from '../../problem.ts'
import { parseDecimal } from '../decimal.ts'
import { at as atPlace } from '../refusals.ts'
import type { Decimal, Distribution, Parameter } from '../types.ts'
import { exp, ln, normalQuantile } from './portable-functions.ts'

/** Half of the 95 % interval of the standard normal distribution. */
const half95 = normalQuantile(0.975)

/** How far something may be off. */
export interface Spread {
  /** Standard deviation: of the multiplier, or of a parameter's value. */
  readonly deviation: number
  /** The multiplier, or a parameter's value, at a part of the distribution, above 0 and below 1. */
  at(part: number): number
}

/**
 * The spread of a multiplier around 1, of which half of the 95 % interval is stated.
 * @returns undefined where nothing is off.
 * @throws Problem `invalid-number`, `property-out-of-range`.
 */
export function spreadOf(percent: Decimal, distribution: Distribution = 'normal'): Spread | undefined {
  const half = parseDecimal(percent) / 100
  if (half < 0)
    throw new Problem('property-out-of-range', 'An uncertainty is half of an interval, and not less than 0.')
  return half === 0 ? undefined : shapes[distribution](half)
}

const shapes: Readonly<Record<Distribution, (half: number) => Spread>> = {
  normal: (half) => {
    const deviation = half / half95
    return { deviation, at: (part) => 1 + deviation * normalQuantile(part) }
  },
  lognormal: (half) => lognormal(ln(1 + half) / half95),
  // The middle 95 % of a symmetric triangle reach 1 − √0.05 of the way to its ends, of a uniform distribution 0.95.
  triangular: (half) => triangle(1, half / (1 - Math.sqrt(0.05)), half / (1 - Math.sqrt(0.05))),
  uniform: (half) => even(1 - half / 0.95, 1 + half / 0.95),
}

/**
 * The spread of a stated parameter: of its value, not of a multiplier.
 * @returns undefined where nothing is off.
 * @throws Problem `invalid-number`, `property-out-of-range`, with a pointer below the parameter.
 */
export function spreadOfParameter({ value, uncertainty }: Parameter): Spread | undefined {
  if (uncertainty === undefined || value === undefined) return undefined
  const middle = parseDecimal(value)
  const { distribution, percent, low, high } = uncertainty
  if (percent !== undefined) {
    const spread = atPlace('/uncertainty/percent', () => spreadOf(percent, distribution))
    return spread && middle !== 0 ? scaled(spread, middle) : undefined
  }
  const [from, to] = [parseDecimal(low as Decimal), parseDecimal(high as Decimal)]
  if (from === to) return undefined
  return distribution === 'uniform' ? even(from, to) : triangle(middle, middle - from, to - middle)
}

/** A value keeps its sign: what is negative is as far off to either side. */
function scaled({ deviation, at }: Spread, value: number): Spread {
  return { deviation: deviation * Math.abs(value), at: (part) => value * at(part) }
}

/** Median 1; `sigma` is the standard deviation of the logarithm. */
function lognormal(sigma: number): Spread {
  const square = exp(sigma * sigma)
  return {
    deviation: Math.sqrt((square - 1) * square),
    at: (part) => exp(sigma * normalQuantile(part)),
  }
}

/** A triangle with its peak at `middle`. */
function triangle(middle: number, below: number, above: number): Spread {
  const width = below + above
  return {
    deviation: Math.sqrt((below * below + above * above + below * above) / 18),
    at: (part) =>
      part * width <= below
        ? middle - below + Math.sqrt(part * width * below)
        : middle + above - Math.sqrt((1 - part) * width * above),
  }
}

function even(from: number, to: number): Spread {
  return { deviation: (to - from) / Math.sqrt(12), at: (part) => from + part * (to - from) }
}
