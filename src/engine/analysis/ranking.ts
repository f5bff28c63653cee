/**
 * Which inputs matter: the few lines that carry the result, and those that carry its variance. The variance is worked out to first
 * order from the sensitivities, source by source, and each line gets of a source what it takes of the source's effect.
 */

import { ExactSum, exactSum } from '../exact-sum.ts'
import { inOrder } from '../names.ts'
import { absoluteSum } from '../totals.ts'
import { absoluteTotal, type Flows, shareOf } from './flows.ts'
import { type PassedOn, perAmount, perParameters } from './marginals.ts'
import type { LineSource, Source } from './sources.ts'
import type { FewestInputs, RankedInput, Ranking, SourceShare } from './types.ts'

/** A source with what one standard deviation of it moves the total by, through each line. */
interface Effect {
  readonly source: Source
  readonly through: ReadonlyMap<number, number>
  readonly total: number
}

/**
 * The ranking of the lines.
 * @param part how much is to be carried, over 0 to 1.
 * @param most inputs and sources named at most.
 */
export function rankingOf(flows: Flows, part: number, most: number): Ranking {
  const effects = effectsOf(flows)
  const variance = exactSum(effects.map(({ total }) => total * total))
  const shares = varianceShares(flows, effects, variance)
  const ranked = ranking(flows, shares)
  return {
    inputs: ranked.slice(0, most),
    carryingResult: carrying(ranked, part, ({ resultShare }) => resultShare),
    carryingVariance:
      variance === 0
        ? null
        : carrying(
            [...ranked].sort((a, b) => (b.varianceShare ?? 0) - (a.varianceShare ?? 0)),
            part,
            ({ varianceShare }) => varianceShare,
          ),
    sources: sourceShares(effects, variance).slice(0, most),
    standardDeviation: effects.length === 0 ? null : Math.sqrt(variance),
  }
}

function effectsOf(flows: Flows): readonly Effect[] {
  const { ofLines, ofParameters } = flows.sources
  const passedOn = perParameters(flows, new Set(ofParameters.map(({ parameter }) => parameter)))
  return [
    ...ofLines.map((source) => effect(source, throughLines(flows, source))),
    ...ofParameters.map((source) => {
      const passed = passedOn.get(source.parameter) ?? []
      return effect(source, throughParameter(passed, source.spread.deviation))
    }),
  ]
}

function effect(source: Source, through: ReadonlyMap<number, number>): Effect {
  return { source, through, total: exactSum(through.values()) }
}

/** A factor moves what the line emits itself, an amount also what comes with what it takes. */
function throughLines(flows: Flows, { moves, lines }: LineSource): ReadonlyMap<number, number> {
  return new Map(
    lines.map(({ line: place, spread }) => {
      const line = flows.lines[place] as Flows['lines'][number]
      const whole =
        moves === 'factor' ? line.result.kgCo2e : perAmount(flows, line) * line.weighed.activity.amount
      return [place, whole * spread.deviation]
    }),
  )
}

function throughParameter(passed: readonly PassedOn[], deviation: number): ReadonlyMap<number, number> {
  return new Map(passed.map(({ line, perUnit }) => [line, perUnit * deviation]))
}

/** Σ over sources of what a line takes of the source's effect × the effect, as a part of the variance; undefined where there is none. */
function varianceShares(
  flows: Flows,
  effects: readonly Effect[],
  variance: number,
): readonly (number | null)[] {
  if (variance === 0) return flows.lines.map(() => null)
  const terms: number[][] = flows.lines.map(() => [])
  for (const { through, total } of effects)
    for (const [line, moved] of through) (terms[line] as number[]).push(moved * total)
  return terms.map((each) => exactSum(each) / variance)
}

function ranking(flows: Flows, shares: readonly (number | null)[]): readonly RankedInput[] {
  const whole = absoluteTotal(flows)
  const inputs = flows.lines.map(({ weighed: { line }, result }, place) => ({
    ...{ line: line.id, category: line.category, process: line.process as string, kgCo2e: result.kgCo2e },
    ...{ resultShare: shareOf(Math.abs(result.kgCo2e), whole), varianceShare: shares[place] ?? null },
  }))
  const ordered = inputs.sort(
    (a, b) =>
      (b.resultShare ?? 0) - (a.resultShare ?? 0) ||
      (b.varianceShare ?? 0) - (a.varianceShare ?? 0) ||
      inOrder(a.line, b.line),
  )
  const sizes = runningSums(ordered.map(({ kgCo2e }) => Math.abs(kgCo2e)))
  const variances = runningSums(ordered.map(({ varianceShare }) => varianceShare ?? 0))
  return ordered.map((input, place) => ({
    ...input,
    resultShareSoFar: shareOf(sizes[place] as number, whole),
    varianceShareSoFar: input.varianceShare === null ? null : (variances[place] as number),
  }))
}

function runningSums(values: readonly number[]): readonly number[] {
  const sum = new ExactSum()
  return values.map((value) => sum.add(value).value)
}

/** The shortest beginning of a list that carries a part; rounding of the shares is no reason to take one more. */
function carrying(
  ordered: readonly RankedInput[],
  part: number,
  shareOfInput: (input: RankedInput) => number | null,
): FewestInputs {
  const sums = runningSums(ordered.map((input) => shareOfInput(input) ?? 0))
  const last = sums.findIndex((sum) => sum >= part - rounding)
  const taken = last < 0 ? ordered : ordered.slice(0, last + 1)
  const variances = taken.map(({ varianceShare }) => varianceShare)
  return {
    ...{
      inputs: taken.length,
      of: ordered.length,
      resultShare: shareOf(absoluteSum(taken), absoluteSum(ordered)),
    },
    varianceShare: variances.includes(null) ? null : exactSum(variances as readonly number[]),
  }
}

const rounding = 1e-12

function sourceShares(effects: readonly Effect[], variance: number): readonly SourceShare[] {
  return effects
    .filter(({ total }) => total !== 0)
    .map(({ source, through, total }) => ({
      ...{ source: source.of, lines: through.size, deviation: Math.abs(total) },
      varianceShare: (total * total) / variance,
    }))
    .sort((a, b) => b.deviation - a.deviation || inOrder(JSON.stringify(a.source), JSON.stringify(b.source)))
}
