/**
 * What a value may be instead: its quantiles by distribution. A spread is asked with a number between 0 and 1, so that all that share
 * a number are off together.
 */

import { Problem } from '../../problem.ts'
import { parseDecimal } from '../decimal.ts'
import { at as atPlace } from '../refusals.ts'
import type { Decimal, Distribution, Parameter } from '../types.ts'
import { exp, ln, normalQuantile } from './portable-functions.ts'

/** Half of the 95 % interval of the standard normal distribution. */
const half95 = normalQuantile(0.975)

/** How far a multiplier, or the value of a parameter, may be off. One class for all shapes: millions of numbers are drawn from it. */
export class Spread {
  readonly #shape: Distribution
  /** The median of a normal and a lognormal, the peak of a triangle, the middle of a uniform distribution. */
  readonly #middle: number
  /** Standard deviation of a normal distribution, or of a lognormal's logarithm; else how far it reaches down… */
  readonly #below: number
  /** …and up. */
  readonly #above: number

  private constructor(shape: Distribution, middle: number, below: number, above: number) {
    this.#shape = shape
    this.#middle = middle
    this.#below = below
    this.#above = above
  }

  static normal(middle: number, deviation: number): Spread {
    return new Spread('normal', middle, deviation, deviation)
  }

  /** @param sigma standard deviation of the logarithm. A negative middle keeps its sign. */
  static lognormal(middle: number, sigma: number): Spread {
    return new Spread('lognormal', middle, sigma, sigma)
  }

  static triangular(middle: number, low: number, high: number): Spread {
    return new Spread('triangular', middle, middle - low, high - middle)
  }

  static uniform(low: number, high: number): Spread {
    return new Spread('uniform', (low + high) / 2, (high - low) / 2, (high - low) / 2)
  }

  /** What stands at a part of the distribution, above 0 and below 1. */
  at(part: number): number {
    const middle = this.#middle
    const below = this.#below
    if (this.#shape === 'normal') return middle + below * normalQuantile(part)
    if (this.#shape === 'lognormal') return middle * exp(below * normalQuantile(part))
    const above = this.#above
    const width = below + above
    if (this.#shape === 'uniform') return middle - below + part * width
    return part * width <= below
      ? middle - below + Math.sqrt(part * width * below)
      : middle + above - Math.sqrt((1 - part) * width * above)
  }

  /** Standard deviation. */
  get deviation(): number {
    const [below, above] = [this.#below, this.#above]
    if (this.#shape === 'normal') return below
    if (this.#shape === 'uniform') return (2 * below) / Math.sqrt(12)
    if (this.#shape === 'triangular') return Math.sqrt((below * below + above * above + below * above) / 18)
    const square = exp(below * below)
    return Math.abs(this.#middle) * Math.sqrt((square - 1) * square)
  }
}

/**
 * The spread around 1 of a multiplier, of which half of the 95 % interval is stated.
 * @returns undefined where nothing is off.
 * @throws Problem `invalid-number`, `property-out-of-range`.
 */
export function spreadOf(percent: Decimal, distribution: Distribution = 'normal'): Spread | undefined {
  const half = halfOf(percent)
  return half === 0 ? undefined : shapes[distribution](half)
}

function halfOf(percent: Decimal): number {
  const half = parseDecimal(percent) / 100
  if (half >= 0) return half
  throw new Problem('property-out-of-range', 'An uncertainty is half of an interval, and not less than 0.')
}

/** The middle 95 % of a symmetric triangle reach this part of the way to its ends, those of a uniform distribution 0.95. */
const ofTriangle = 1 - Math.sqrt(0.05)

const shapes: Readonly<Record<Distribution, (half: number) => Spread>> = {
  normal: (half) => Spread.normal(1, half / half95),
  lognormal: (half) => Spread.lognormal(1, ln(1 + half) / half95),
  triangular: (half) => Spread.triangular(1, 1 - half / ofTriangle, 1 + half / ofTriangle),
  uniform: (half) => Spread.uniform(1 - half / 0.95, 1 + half / 0.95),
}

/**
 * The spread of a stated parameter's value.
 * @returns undefined where nothing is off.
 * @throws Problem `invalid-number`, `property-out-of-range`, with a pointer below the parameter.
 */
export function spreadOfParameter({ value, uncertainty }: Parameter): Spread | undefined {
  if (uncertainty === undefined || value === undefined) return undefined
  const middle = parseDecimal(value)
  const { distribution, percent, low, high } = uncertainty
  if (percent !== undefined) {
    const half = atPlace('/uncertainty/percent', () => halfOf(percent))
    if (half === 0 || middle === 0) return undefined
    return distribution === 'lognormal'
      ? Spread.lognormal(middle, ln(1 + half) / half95)
      : Spread.normal(middle, (Math.abs(middle) * half) / half95)
  }
  const [from, to] = [parseDecimal(low as Decimal), parseDecimal(high as Decimal)]
  if (from === to) return undefined
  return distribution === 'uniform' ? Spread.uniform(from, to) : Spread.triangular(middle, from, to)
}
