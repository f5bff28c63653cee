/**
 * Error propagation through a network (IPCC 2006 Guidelines Vol. 1 Ch. 3, approach 1; ISO 14067 §6.6). To first order a line moves the total
 * by ∂total/∂amount × amount: of what it weighs itself that is its part of the total, and of what comes from a process of the system
 *
 *   x = amount × scaling × λ of the maker ÷ what a run makes,
 *
 * λ being all that a run comes to, by one adjoint solve. Loops are in λ. Amounts that rest on one parameter, or on one total of a site, are
 * off together, and so are lines of one factor.
 */

import { Problem } from '../../problem.ts'
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
import { atLine, Refusals } from '../refusals.ts'
import { absoluteSum } from '../totals.ts'
import type {
  ActivityLine,
  LineResult,
  Process,
  ProductUncertainty,
  ProductUncertaintySource,
  SharedAmount,
} from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'
import { countedBroughtBy } from './intensities.ts'
import type { SolvedProduct } from './solve-product.ts'

/** Sources that a result names at most. */
const mostContributions = 100

/**
 * The uncertainty of a product's total.
 * @throws Problem `invalid-number`, `property-out-of-range` for a percentage that is none; `line-ambiguous` for the factor of an input
 * from a process. All point to it.
 */
export function productUncertaintyOf(
  solved: SolvedProduct,
  lines: readonly LineResult[],
  total: number,
): ProductUncertainty {
  const brought = broughtWhereStated(solved, lines)
  const stated = statedLines(lines, ({ kgCo2e }, place) => exactSum([kgCo2e, brought[place] as number]))
  refuseFactors(solved, lines)
  const deviations = deviationsOf(solved, stated)
  const halfWidth = stated.length === 0 ? null : rootOfSquares(deviations.map(({ kg }) => kg))
  return {
    method: 'error-propagation',
    confidence: '0.95',
    statedShare: statedShareOf(lines),
    halfWidthKgCo2e: halfWidth,
    percent: halfWidth === null || total === 0 ? null : times(over(halfWidth, Math.abs(total)), 100),
    contributions: contributionsOf(deviations, mostContributions),
  }
}

/** What inputs from processes bring; nothing is solved where none of them states an uncertainty. */
function broughtWhereStated(solved: SolvedProduct, lines: readonly LineResult[]): readonly number[] {
  const isAsked = solved.network.lines.some(
    ({ maker }, place) => maker !== null && lines[place]?.uncertainty !== undefined,
  )
  if (!isAsked) return lines.map(() => 0)
  return countedBroughtBy(solved)
}

/** Of what weighs something itself: what a process brings stands on that process's own lines. */
function statedShareOf(lines: readonly LineResult[]): number | null {
  const whole = absoluteSum(lines)
  return whole === 0
    ? null
    : over(absoluteSum(lines.filter(({ uncertainty }) => uncertainty !== undefined)), whole)
}

function refuseFactors({ placed, network }: SolvedProduct, lines: readonly LineResult[]): void {
  const refusals = new Refusals()
  network.lines.forEach(({ maker }, place) => {
    const { uncertainty } = lines[place] as LineResult
    if (maker === null || uncertainty === undefined || Number(uncertainty.factorPercent) === 0) return
    const { index, line } = placed[place] as WeighedLine
    refusals.attempt(() => atLine(index, line, refuseFactor))
  })
  refusals.throwIfAny()
}

function refuseFactor(): never {
  const detail =
    'An input from a process has no factor: the lines of the process that makes it say how uncertain they are. Write "0".'
  throw new Problem('line-ambiguous', detail, { pointer: '/uncertainty/factorPercent' })
}

/** Amounts, those that share their source at once, and factors with all their lines. */
function deviationsOf(
  { placed, processes }: SolvedProduct,
  stated: readonly StatedLine[],
): readonly Deviation<ProductUncertaintySource>[] {
  const asked = new Set(stated.map(({ line }) => line.id))
  const sharedById = new Map(
    placed
      .filter(({ line }) => asked.has(line.id))
      .map(({ line }) => [line.id, sharedAmountOf(line, processes.get(line.process as string))]),
  )
  const sharedBy = ({ line }: StatedLine) => sharedById.get(line.id) ?? null
  const groups = Map.groupBy(stated, (each) => JSON.stringify(sharedBy(each)))
  const together = [...groups.values()].flatMap((group) => {
    const shared = sharedBy(group[0] as StatedLine)
    return shared === null ? [] : [togetherOf(shared, group)]
  })
  const alone = stated.filter((each) => sharedBy(each) === null)
  return [...activityDeviations(alone), ...together, ...factorDeviations(stated)]
}

function togetherOf(shared: SharedAmount, group: readonly StatedLine[]): Deviation<ProductUncertaintySource> {
  const moved = exactSum(group.map(({ kg, activity }) => kg * activity))
  return { source: { ...shared, lines: group.length }, kg: Math.abs(moved) }
}

/** What a line's amount rests on together with others; null where it was found by itself. */
export function sharedAmountOf(
  { parameter, fromSite, circular }: ActivityLine,
  process: Process | undefined,
): SharedAmount | null {
  if (parameter !== undefined) return { kind: 'parameter', id: parameter.id }
  if (fromSite !== undefined && process?.site !== undefined) {
    const { site, product } = process.site
    return fromSite.total === undefined
      ? { kind: 'site-flow', site, product, id: fromSite.flow as string }
      : { kind: 'site-total', site, id: fromSite.total }
  }
  return circular === undefined ? null : { kind: 'material', id: circular.material }
}
