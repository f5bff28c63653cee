/**
 * Error propagation over an inventory (IPCC 2006 Guidelines Vol. 1 Ch. 3, approach 1; GHG Protocol uncertainty guidance). Activities vary
 * by themselves; a factor that weighs many lines is wrong for all of them at once:
 *
 *   U² = Σ_lines (x·a)² + Σ_factors (Σ_{lines of the factor} x·f)²,   x = kg CO2e counted
 *
 * The result speaks of the lines that state an uncertainty, and says what part of the whole they are.
 */

import { over, times } from '../arithmetic.ts'
import {
  activityDeviations,
  contributionsOf,
  type Deviation,
  factorDeviations,
  rootOfSquares,
  type StatedLine,
  statedLines,
} from '../error-propagation.ts'
import { exactSum } from '../exact-sum.ts'
import { inOrder } from '../names.ts'
import { absoluteSum } from '../totals.ts'
import type { LineResult, UncertaintyPart, UncertaintyResult, UncertaintySource } from '../types.ts'

/** Sources of uncertainty that a result names at most: what comes after the tenth moves nobody. */
const mostContributions = 10

/**
 * The uncertainty of an inventory's total.
 * @throws Problem `invalid-number`, `property-out-of-range` for a percentage that is none, pointing to it.
 */
export function uncertaintyOf(lines: readonly LineResult[]): UncertaintyResult {
  const stated = statedLines(lines, ({ kgCo2e }) => kgCo2e)
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
    contributions: contributionsOf(deviationsOf(stated), mostContributions),
  }
}

function ofScope(stated: readonly StatedLine[], key: string): readonly StatedLine[] {
  return stated.filter(({ line }) => String(line.scope) === key)
}

/** What is uncertain about some lines, of those that say so. */
function partOf(lines: readonly LineResult[], stated: readonly StatedLine[]): UncertaintyPart {
  const whole = absoluteSum(lines)
  const sum = Math.abs(exactSum(stated.map(({ kg }) => kg)))
  const halfWidth = stated.length === 0 ? null : rootOfSquares(deviationsOf(stated).map(({ kg }) => kg))
  return {
    statedShare: whole === 0 ? null : over(absoluteSum(stated.map(({ line }) => line)), whole),
    halfWidthKgCo2e: halfWidth,
    percent: halfWidth === null || sum === 0 ? null : times(over(halfWidth, sum), 100),
  }
}

/** Each line's activity, and each factor with all its lines at once: independent of each other. */
function deviationsOf(stated: readonly StatedLine[]): readonly Deviation<UncertaintySource>[] {
  return [...activityDeviations(stated), ...factorDeviations(stated)]
}
