/**
 * Error propagation (IPCC 2006 Guidelines Vol. 1 Ch. 3, approach 1): what inventories and products share of it. Each line states half of
 * the 95 % interval of its activity and of its factor, in percent. What varies by itself is added in squares; what is off for several
 * lines at once is added before it is squared.
 */

import { Problem } from '../problem.ts'
import { over, times } from './arithmetic.ts'
import { parseDecimal } from './decimal.ts'
import { exactSum } from './exact-sum.ts'
import { inOrder } from './names.ts'
import { at, atLine, Refusals } from './refusals.ts'
import type { Decimal, LineResult, UncertaintySource } from './types.ts'

/** A line that states its uncertainty, as fractions of the value. */
export interface StatedLine {
  readonly line: LineResult
  /** What the result moves by where the line's activity, or its factor, is off by all of itself; kg CO2e. */
  readonly kg: number
  readonly activity: number
  readonly factor: number
}

/** One thing that can be off, with what that moves the result by. */
export interface Deviation<Source> {
  readonly source: Source
  /** Not negative. */
  readonly kg: number
}

/**
 * The lines that state an uncertainty.
 * @param kgOf what a line moves, by its place among the lines.
 * @throws Problem `invalid-number`, `property-out-of-range` for a percentage that is none, pointing to it.
 */
export function statedLines(
  lines: readonly LineResult[],
  kgOf: (line: LineResult, place: number) => number,
): readonly StatedLine[] {
  const refusals = new Refusals()
  const stated = lines.flatMap((line, place) => {
    const { uncertainty } = line
    if (uncertainty === undefined || refusals.full) return []
    const read = (member: 'activityPercent' | 'factorPercent') =>
      refusals.attempt(() =>
        atLine(place, line, () => at(`/uncertainty/${member}`, () => fractionOf(uncertainty[member]))),
      ) ?? 0
    const [activity, factor] = [read('activityPercent'), read('factorPercent')]
    return [{ line, kg: kgOf(line, place), activity, factor }]
  })
  refusals.throwIfAny()
  return stated
}

function fractionOf(percent: Decimal): number {
  const value = parseDecimal(percent)
  if (value >= 0) return over(value, 100)
  const detail = 'An uncertainty is half of an interval, in percent, and not less than 0.'
  throw new Problem('property-out-of-range', detail, { given: percent.slice(0, 64) })
}

/** Each line's activity by itself. */
export function activityDeviations(stated: readonly StatedLine[]): readonly Deviation<UncertaintySource>[] {
  return stated.map(({ line, kg, activity }) => ({
    source: { kind: 'activity', line: line.id },
    kg: Math.abs(kg) * activity,
  }))
}

/** Each factor with all the lines that it weighs, or a fuel's defaults; what only one line is weighed by stands alone. */
export function factorDeviations(stated: readonly StatedLine[]): readonly Deviation<UncertaintySource>[] {
  const groups = Map.groupBy(stated, ({ line }) => keyOf(line))
  return [...groups.values()].map((group) => {
    const moved = exactSum(group.map(({ kg, factor }) => kg * factor))
    return { source: sourceOf((group[0] as StatedLine).line, group.length), kg: Math.abs(moved) }
  })
}

/** Lines with one key are off together. A gas released as such, and a fuel all measured, have a factor of their own. */
function keyOf(line: LineResult): string {
  const shared = sharedBy(line)
  return JSON.stringify(shared ? [shared.kind, shared.table, shared.version, shared.id] : line.id)
}

function sourceOf(line: LineResult, lines: number): UncertaintySource {
  const shared = sharedBy(line)
  return shared ? { ...shared, lines } : { kind: 'factor-of-line', line: line.id }
}

/** What a line is weighed by together with others: a factor, or defaults of a fuel; null where it is off by itself. */
export function sharedBy({ factor, fuel, working }: LineResult) {
  const used = factor ?? (working.some(({ origin }) => origin === 'default') ? fuel : null)
  if (!used) return null
  const { table, version, id } = used
  return { kind: factor ? 'factor' : 'fuel', table, version, id } as const
}

/** √(Σ kg²), scaled by the largest so that no square leaves the range of a double. */
export function rootOfSquares(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, value), 0)
  return largest === 0
    ? 0
    : times(largest, Math.sqrt(exactSum(values.map((value) => squareOf(value / largest)))))
}

/** Not `**`: a power is not the same double on every engine, a product is. */
function squareOf(value: number): number {
  return value * value
}

/** The largest parts of the variance, largest first; what moves nothing is not named. */
export function contributionsOf<Source>(
  deviations: readonly Deviation<Source>[],
  most: number,
): readonly { readonly source: Source; readonly varianceShare: number }[] {
  const whole = rootOfSquares(deviations.map(({ kg }) => kg))
  if (whole === 0) return []
  return deviations
    .filter(({ kg }) => kg > 0)
    .sort((a, b) => b.kg - a.kg || inOrder(JSON.stringify(a.source), JSON.stringify(b.source)))
    .slice(0, most)
    .map(({ source, kg }) => ({ source, varianceShare: squareOf(kg / whole) }))
}
