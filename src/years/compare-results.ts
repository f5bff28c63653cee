/**
 * Why this year's figure is another than last year's. Each thing that both results have is x = share × activity × factor; its change
 * is taken apart symmetrically, so that neither year is the measure of the other and swapping them negates every part:
 *
 *   structural = Δshare × mean(activity × factor)
 *   activity   = mean(share) × Δactivity × mean(factor)
 *   method     = mean(share) × mean(activity) × Σ over gases of ΔGWP × mean(mass per activity); and the rest where it is weighed another way
 *   factor     = the rest
 *
 * It informs: it reads two results and changes neither.
 */

import { parseDecimal } from '../engine/decimal.ts'
import { exactSum } from '../engine/exact-sum.ts'
import { inOrder } from '../engine/names.ts'
import type { PresentedResult } from '../engine/present.ts'
import { convert, dimensionOf } from '../engine/units.ts'
import { Problem } from '../problem.ts'
import { type Match, matchLines, type PresentedLine } from './match-lines.ts'
import {
  type Change,
  type ChangeParts,
  type ComparedLines,
  type ComparedSide,
  type Comparison,
  changeCauses,
  type KeyedChange,
} from './types.ts'

/** What of a change is only the rounding of its parts, as a fraction of the figures: a few last places of a double. */
const roundingShare = 2 ** -46

/**
 * Two results of one subject compared.
 *
 * @returns kg CO2e, unrounded; `difference` is after − before.
 * @throws Problem `not-comparable` for two kinds of footprint, or products per something else, within another boundary or by another
 * method.
 */
export function compareResults(before: PresentedResult, after: PresentedResult): Comparison {
  requireComparable(before, after)
  const boundary = { before: placesOf(before), after: placesOf(after) }
  const compared = matchLines(before.lines, after.lines).map((match) =>
    comparedLines(match, boundary, before.kind),
  )
  const by = (keyOf: (lines: ComparedLines) => string | null) => keyedChanges(compared, keyOf)
  const [from, to] = [parseDecimal(before.total), parseDecimal(after.total)]
  return {
    ...{ before: from, after: to, difference: exactSum([to, -from]), parts: summedParts(compared) },
    byScope: by(({ scope }) => (scope === null ? null : String(scope))),
    byCategory: by(({ category }) => category),
    byFacility: by(({ facility }) => facility),
    lines: compared.toSorted(byChange),
  }
}

function requireComparable(before: PresentedResult, after: PresentedResult): void {
  const same = (of: (result: PresentedResult) => unknown) =>
    JSON.stringify(of(before)) === JSON.stringify(of(after))
  if (!same(({ kind }) => kind)) {
    const detail = 'An organization and a product are two things; compare two results of one kind.'
    throw new Problem('not-comparable', detail, { kinds: [before.kind, after.kind] })
  }
  if (!same(({ declaredUnit }) => declaredUnit)) {
    const detail =
      'The two results are per different declared units; calculate one of them per the unit of the other.'
    throw new Problem('not-comparable', detail, { declaredUnits: [before.declaredUnit, after.declaredUnit] })
  }
  const differing = (Object.keys(choices) as (keyof typeof choices)[]).find((name) => !same(choices[name]))
  if (differing === undefined) return
  const detail = `The two results differ in ${wordsOfChoices[differing]}: a difference of choices is no difference of products. Calculate both by one of them.`
  throw new Problem('not-comparable', detail, { choice: differing })
}

/** Choices under which two products have no figure in common. */
const choices = {
  boundary: ({ product }: PresentedResult) => product?.boundary,
  functionalUnit: ({ product }: PresentedResult) =>
    product?.functionalUnit && [
      product.functionalUnit.description,
      product.functionalUnit.quantity,
      product.functionalUnit.serviceLife,
    ],
  endOfLife: ({ product }: PresentedResult) => product?.circular?.method,
  capitalGoods: ({ product }: PresentedResult) => product?.capitalGoods?.choice,
}
const wordsOfChoices: Readonly<Record<keyof typeof choices, string>> = {
  boundary: 'their system boundary',
  functionalUnit: 'their functional unit',
  endOfLife: 'the method of their end of life',
  capitalGoods: 'whether capital goods count',
}

/** The facilities and entities of which anything counts, where the result says whose activities it holds. */
type Places = ReadonlySet<string> | null

interface Boundary {
  readonly before: Places
  readonly after: Places
}

function placesOf({ inventory }: PresentedResult): Places {
  if (!inventory?.consolidation) return null
  const counting = inventory.consolidation.shares.filter(({ share }) => parseDecimal(share) > 0)
  return new Set(counting.flatMap(({ facility, entity }) => [`facility ${facility}`, `entity ${entity}`]))
}

/** Whether what a line names came into the boundary or left it; only two stated boundaries can tell. */
function isBeyond(places: Places, line: PresentedLine): boolean {
  if (places === null) return false
  const { facility, entity } = line
  return (
    (facility !== undefined && !places.has(`facility ${facility}`)) ||
    (entity !== undefined && !places.has(`entity ${entity}`))
  )
}

/** One side as numbers. */
interface Side extends ComparedSide {
  readonly own: readonly PresentedLine[]
}

function comparedLines(match: Match, boundary: Boundary, kind: PresentedResult['kind']): ComparedLines {
  const [before, after] = [sideOf(match.before, kind), sideOf(match.after, kind)]
  const line = (match.before[0] ?? match.after[0]) as PresentedLine
  const [from, to] = [before?.kgCo2e ?? 0, after?.kgCo2e ?? 0]
  const difference = exactSum([to, -from])
  return {
    ...{
      category: line.category,
      scope: line.scope,
      facility: line.facility ?? null,
      matched: match.matched,
    },
    ...{ before: from, after: to, difference },
    parts: before && after ? partsOfBoth(before, after, difference) : partsOfOne(match, boundary, difference),
    sides: { before: before && shown(before), after: after && shown(after) },
  }
}

function shown({ own: _, ...side }: Side): ComparedSide {
  return side
}

/**
 * Lines as one thing. Of an inventory `scaling` is the consolidated share; of several lines with several shares, what counts of what
 * they would come to in full. In a product it is how often the process runs, and belongs to the activity.
 */
function sideOf(lines: readonly PresentedLine[], kind: PresentedResult['kind']): Side | null {
  const [first] = lines
  if (!first) return null
  const read = lines.map((line) => ({
    amount: parseDecimal(line.activity.amount),
    scaling: parseDecimal(line.scaling),
    kgCo2e: parseDecimal(line.kgCo2e),
  }))
  const isProduct = kind === 'product'
  const counting = read.filter(({ scaling }) => scaling !== 0)
  const kgCo2e = exactSum(read.map((line) => line.kgCo2e))
  return {
    lines: lines.map(({ id }) => id),
    own: lines,
    activity: {
      amount: exactSum(
        (counting.length > 0 ? counting : read).map(({ amount, scaling }) =>
          isProduct ? amount * scaling : amount,
        ),
      ),
      unit: first.activity.unit,
    },
    share: isProduct ? 1 : shareOf(counting, kgCo2e),
    kgCo2e,
  }
}

function shareOf(counting: readonly { scaling: number; kgCo2e: number }[], kgCo2e: number): number {
  const [first] = counting
  if (!first) return 0
  if (counting.every(({ scaling }) => scaling === first.scaling)) return first.scaling
  const whole = exactSum(counting.map((line) => line.kgCo2e / line.scaling))
  return whole === 0 ? first.scaling : kgCo2e / whole
}

const noParts: ChangeParts = { activity: 0, factor: 0, method: 0, structural: 0, added: 0, ceased: 0 }

function partsOfOne({ before, after }: Match, boundary: Boundary, difference: number): ChangeParts {
  const [line, other] = before[0] ? [before[0], boundary.after] : [after[0] as PresentedLine, boundary.before]
  const cause = isBeyond(other, line) ? 'structural' : before[0] ? 'ceased' : 'added'
  return { ...noParts, [cause]: difference }
}

function partsOfBoth(before: Side, after: Side, difference: number): ChangeParts {
  if (before.share === 0 || after.share === 0) return { ...noParts, structural: difference }
  const amounts = amountsInOneUnit(before, after)
  if (amounts === null) return { ...noParts, method: difference }
  const [earlier, later] = amounts
  const [wholeBefore, wholeAfter] = [before.kgCo2e / before.share, after.kgCo2e / after.share]
  const structural = (after.share - before.share) * mean(wholeBefore, wholeAfter)
  const activity = mean(before.share, after.share) * activityPart(earlier, later, wholeBefore, wholeAfter)
  if (isOtherMethod(before, after)) {
    return settled(
      { structural, activity, method: exactSum([difference, -structural, -activity]), factor: 0 },
      before,
      after,
    )
  }
  const method =
    gwpPart(ratesOf(before, earlier), ratesOf(after, later)) *
    mean(before.share, after.share) *
    mean(earlier, later)
  const factor = exactSum([difference, -structural, -activity, -method])
  return settled({ structural, activity, method, factor }, before, after)
}

function mean(a: number, b: number): number {
  return (a + b) / 2
}

/** Both amounts in one unit; null where the units measure different things. */
function amountsInOneUnit(before: Side, after: Side): readonly [number, number] | null {
  const [from, to] = [before.activity, after.activity]
  if (from.unit === to.unit) return [from.amount, to.amount]
  if (dimensionOf(from.unit) !== dimensionOf(to.unit)) return null
  // Whichever unit comes first by name: swapping the years must not change the way.
  const unit = inOrder(from.unit, to.unit) < 0 ? from.unit : to.unit
  return [convert(from.amount, from.unit, unit), convert(to.amount, to.unit, unit)]
}

/** Δactivity × mean factor. Where nothing was done in one year it has no factor, and the other's serves for both. */
function activityPart(from: number, to: number, kgBefore: number, kgAfter: number): number {
  if (from === to) return 0
  if (from === 0 || to === 0) return kgAfter - kgBefore
  return (to - from) * mean(kgBefore / from, kgAfter / to)
}

/** Whether both years weigh it by another kind of thing: factor or fuel or gas, family, table, factors beside. */
function isOtherMethod(before: Side, after: Side): boolean {
  return methodOf(before) !== methodOf(after)
}

function methodOf({ own }: Side): string {
  const ways = own.map(({ factor, fuel, from, beside }) =>
    JSON.stringify([
      factor && [factor.table, factor.family],
      fuel && [fuel.table, fuel.source],
      from,
      beside?.map(({ table, family, gases }) => [table, family, gases]),
    ]),
  )
  return JSON.stringify([...new Set(ways)].sort(inOrder))
}

/** What one gas is per unit of activity that counts in full. */
interface GasRate {
  readonly kg: number
  readonly kgCo2e: number
}

/** ΔGWP × mean mass, of the gases that both have. A stated CO2e has no mass, and no GWP that could have changed. */
function gwpPart(before: ReadonlyMap<string, GasRate>, after: ReadonlyMap<string, GasRate>): number {
  const terms = [...before].flatMap(([gas, { kg, kgCo2e }]) => {
    const other = after.get(gas)
    if (!other || kg === 0 || other.kg === 0) return []
    const [gwpBefore, gwpAfter] = [kgCo2e / kg, other.kgCo2e / other.kg]
    return isRounding(gwpAfter - gwpBefore, [gwpBefore]) ? [] : [(gwpAfter - gwpBefore) * mean(kg, other.kg)]
  })
  return exactSum(terms)
}

/** @param amount the side's activity, in the unit that both sides are compared in. */
function ratesOf({ own, share }: Side, amount: number): ReadonlyMap<string, GasRate> {
  if (amount === 0) return new Map()
  const gases = own
    .flatMap((line) => line.gases)
    .filter(({ inTotal, kg, kgCo2e }) => inTotal && kg !== null && kgCo2e !== null)
  const perUnit = (values: readonly (string | null)[]) =>
    exactSum(values.map((value) => parseDecimal(value as string))) / (amount * share)
  return new Map(
    [...Map.groupBy(gases, ({ kind, gas }) => `${kind} ${gas}`)].map(([name, group]) => [
      name,
      { kg: perUnit(group.map(({ kg }) => kg)), kgCo2e: perUnit(group.map(({ kgCo2e }) => kgCo2e)) },
    ]),
  )
}

type MatchedParts = Pick<ChangeParts, 'activity' | 'factor' | 'method' | 'structural'>

/** A part that is nothing but rounding is none; the largest takes it. */
function settled(parts: MatchedParts, before: Side, after: Side): ChangeParts {
  const figures = [before.kgCo2e, after.kgCo2e]
  const names = Object.keys(parts) as (keyof MatchedParts)[]
  const kept = names.filter((name) => !isRounding(parts[name], figures))
  const [largest] = kept.toSorted((a, b) => Math.abs(parts[b]) - Math.abs(parts[a]) || inOrder(a, b))
  if (largest === undefined || kept.length === names.length)
    return { ...noParts, ...parts, ...(kept.length === 0 && noParts) }
  const others = kept.filter((name) => name !== largest)
  const rest = exactSum([after.kgCo2e, -before.kgCo2e, ...others.map((name) => -parts[name])])
  return { ...noParts, ...Object.fromEntries(others.map((name) => [name, parts[name]])), [largest]: rest }
}

function isRounding(value: number, figures: readonly number[]): boolean {
  return (
    Math.abs(value) <= figures.reduce((most, figure) => Math.max(most, Math.abs(figure)), 0) * roundingShare
  )
}

function summedParts(changes: readonly Change[]): ChangeParts {
  const sum = (cause: keyof ChangeParts) => exactSum(changes.map(({ parts }) => parts[cause]))
  return Object.fromEntries(changeCauses.map((cause) => [cause, sum(cause)])) as Record<
    keyof ChangeParts,
    number
  >
}

/** Sums by a key, in the order of the keys; what has none is left out, as in a result. */
function keyedChanges(
  compared: readonly ComparedLines[],
  keyOf: (lines: ComparedLines) => string | null,
): readonly KeyedChange[] {
  const groups = Map.groupBy(compared, keyOf)
  const keys = [...groups.keys()].filter((key) => key !== null).sort(inOrder)
  return keys.map((key) => {
    const group = groups.get(key) ?? []
    const [before, after] = [
      exactSum(group.map((one) => one.before)),
      exactSum(group.map((one) => one.after)),
    ]
    return { key, before, after, difference: exactSum([after, -before]), parts: summedParts(group) }
  })
}

function byChange(a: ComparedLines, b: ComparedLines): number {
  const first = ({ sides }: ComparedLines) => (sides.before ?? sides.after)?.lines[0] ?? ''
  return Math.abs(b.difference) - Math.abs(a.difference) || inOrder(first(a), first(b))
}
