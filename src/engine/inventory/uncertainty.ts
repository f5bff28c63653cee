/**
 * Error propagation over an inventory (IPCC 2006 Guidelines Vol. 1 Ch. 3, approach 1; GHG Protocol uncertainty guidance). Each line
 * states half of the 95 % interval of its activity and of its factor, in percent. Activities vary by themselves; a factor that
 * weighs many lines is wrong for all of them at once, so its lines are added before they are squared:
 *
 *   U² = Σ_lines (x·a)² + Σ_factors (Σ_{lines of the factor} x·f)²,   x = kg CO2e counted
 *
 * The result speaks of the lines that state an uncertainty, and says what part of the whole they are.
 */

import { Problem } from '../../problem.ts'
import { over, times } from '../arithmetic.ts'
import { parseDecimal } from '../decimal.ts'
import { exactSum } from '../exact-sum.ts'
import { inOrder } from '../names.ts'
import { at, atLine, Refusals } from '../refusals.ts'
import type {
  Decimal,
  LineResult,
  UncertaintyContribution,
  UncertaintyPart,
  UncertaintyResult,
  UncertaintySource,
} from '../types.ts'

/** Sources of uncertainty that a result names at most: what comes after the tenth moves nobody. */
const mostContributions = 10

/**
 * The uncertainty of an inventory's total.
 * @throws Problem `invalid-number`, `property-out-of-range` for a percentage that is none, pointing to it.
 */
export function uncertaintyOf(lines: readonly LineResult[]): UncertaintyResult {
  const stated = statedLines(lines)
  const byScope = Map.groupBy(
    lines.filter(({ scope }) => scope !== null),
    ({ scope }) => String(scope),
  )
  return {
    method: 'error-propagation',
    confidence: '0.95',
    ...partOf(lines, stated),
    byScope: [...byScope.keys()]
      .sort(inOrder)
      .map((key) => ({ key, ...partOf(byScope.get(key) ?? [], ofScope(stated, key)) })),
    contributions: contributionsOf(deviationsOf(stated)),
  }
}

/** A line that states its uncertainty, as fractions of the value. */
interface StatedLine {
  readonly line: LineResult
  readonly activity: number
  readonly factor: number
}

function statedLines(lines: readonly LineResult[]): readonly StatedLine[] {
  const refusals = new Refusals()
  const stated = lines.flatMap((line, index) => {
    const { uncertainty } = line
    if (uncertainty === undefined || refusals.full) return []
    const read = (member: keyof typeof uncertainty) =>
      refusals.attempt(() =>
        atLine(index, line, () => at(`/uncertainty/${member}`, () => fractionOf(uncertainty[member]))),
      ) ?? 0
    return [{ line, activity: read('activityPercent'), factor: read('factorPercent') }]
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

function ofScope(stated: readonly StatedLine[], key: string): readonly StatedLine[] {
  return stated.filter(({ line }) => String(line.scope) === key)
}

/** What is uncertain about some lines, of those that say so. */
function partOf(lines: readonly LineResult[], stated: readonly StatedLine[]): UncertaintyPart {
  const weight = (some: readonly LineResult[]) => exactSum(some.map(({ kgCo2e }) => Math.abs(kgCo2e)))
  const whole = weight(lines)
  const own = stated.map(({ line }) => line)
  const sum = Math.abs(exactSum(own.map(({ kgCo2e }) => kgCo2e)))
  const halfWidth = stated.length === 0 ? null : rootOfSquares(deviationsOf(stated).map(({ kg }) => kg))
  return {
    statedShare: whole === 0 ? null : over(weight(own), whole),
    halfWidthKgCo2e: halfWidth,
    percent: halfWidth === null || sum === 0 ? null : times(over(halfWidth, sum), 100),
  }
}

/** One thing that can be off, with what that moves the total by. */
interface Deviation {
  readonly source: UncertaintySource
  readonly kg: number
}

/** Each line's activity, and each factor with all its lines at once: independent of each other. */
function deviationsOf(stated: readonly StatedLine[]): readonly Deviation[] {
  const activities = stated.map(
    ({ line, activity }): Deviation => ({
      source: { kind: 'activity', line: line.id },
      kg: Math.abs(line.kgCo2e) * activity,
    }),
  )
  const groups = Map.groupBy(stated, ({ line }) => keyOf(line))
  const factors = [...groups.values()].map((group): Deviation => {
    const moved = exactSum(group.map(({ line, factor }) => line.kgCo2e * factor))
    return { source: sourceOf((group[0] as StatedLine).line, group), kg: Math.abs(moved) }
  })
  return [...activities, ...factors]
}

/** Lines with one key are off together. A gas released as such, and a fuel all measured, have a factor of their own. */
function keyOf(line: LineResult): string {
  const shared = sharedBy(line)
  return JSON.stringify(shared ? [shared.kind, shared.table, shared.version, shared.id] : line.id)
}

function sourceOf(line: LineResult, group: readonly StatedLine[]): UncertaintySource {
  const shared = sharedBy(line)
  return shared ? { ...shared, lines: group.length } : { kind: 'factor-of-line', line: line.id }
}

/** What a line is weighed by together with others: a factor, or defaults of a fuel. */
function sharedBy({ factor, fuel, working }: LineResult) {
  const used = factor ?? (working.some(({ origin }) => origin === 'default') ? fuel : null)
  if (!used) return null
  const { table, version, id } = used
  return { kind: factor ? 'factor' : 'fuel', table, version, id } as const
}

/** √(Σ kg²), scaled by the largest so that no square leaves the range of a double. */
function rootOfSquares(values: readonly number[]): number {
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
function contributionsOf(deviations: readonly Deviation[]): readonly UncertaintyContribution[] {
  const whole = rootOfSquares(deviations.map(({ kg }) => kg))
  if (whole === 0) return []
  return deviations
    .filter(({ kg }) => kg > 0)
    .sort((a, b) => b.kg - a.kg || inOrder(JSON.stringify(a.source), JSON.stringify(b.source)))
    .slice(0, mostContributions)
    .map(({ source, kg }) => ({ source, varianceShare: squareOf(kg / whole) }))
}
