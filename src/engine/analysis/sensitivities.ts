/** What the result depends on, ranked: every amount, factor, output and parameter with its derivative and its elasticity. */

import { exactSum } from '../exact-sum.ts'
import { inOrder } from '../names.ts'
import type { Flows } from './flows.ts'
import { factorsOf, perAmount, perOutput, perParameters, type SharedFactor } from './marginals.ts'
import type { Sensitivities, Sensitivity } from './types.ts'

/** Every sensitivity of a system, the largest elasticity first; at most `most` are told. */
export function sensitivitiesOf(flows: Flows, most: number): Sensitivities {
  const all = [...ofAmounts(flows), ...ofFactors(flows), ...ofOutputs(flows), ...ofParameters(flows)]
  const weight = ({ elasticity, perUnit }: Sensitivity) => Math.abs(elasticity ?? perUnit ?? 0)
  const ranked = all.sort((a, b) => weight(b) - weight(a) || inOrder(nameOf(a), nameOf(b)))
  return { of: ranked.length, ranked: ranked.slice(0, most) }
}

function ofAmounts(flows: Flows): readonly Sensitivity[] {
  return flows.lines.map((line): Sensitivity => {
    const { activity, line: stated } = line.weighed
    const perUnit = perAmount(flows, line)
    return {
      of: { kind: 'amount', line: stated.id, process: stated.process as string },
      ...{ value: activity.amount, unit: activity.unit, perUnit },
      elasticity: elasticityOf(flows, perUnit * activity.amount),
    }
  })
}

function ofFactors(flows: Flows): readonly Sensitivity[] {
  return factorsOf(flows).map((factor): Sensitivity => {
    const { kind, table, version, id, unit, uses } = factor
    const scaled = (of: (use: SharedFactor['uses'][number]) => number) =>
      exactSum(uses.map((use) => of(use) * (flows.lines[use.line]?.scaling as number)))
    const weighing = uses.find(({ amount }) => amount !== 0)
    const isRow = kind === 'factor'
    return {
      of: { kind, table, version, id, lines: uses.length },
      value: isRow && weighing ? weighing.perRun / weighing.amount : null,
      unit: isRow ? `kg/${unit}` : null,
      perUnit: isRow ? scaled(({ amount }) => amount) : null,
      elasticity: elasticityOf(
        flows,
        scaled(({ perRun }) => perRun),
      ),
    }
  })
}

function ofOutputs(flows: Flows): readonly Sensitivity[] {
  const bound = boundByPlants(flows)
  return flows.nodes.flatMap(({ key, process, output }, node): readonly Sensitivity[] => {
    if (!flows.needed[node] || bound.has(process)) return []
    const perUnit = perOutput(flows, node)
    const sensitivity = {
      of: { kind: 'output', key, process } as const,
      ...{ value: output.value, unit: output.unit, perUnit },
      elasticity: elasticityOf(flows, perUnit * output.value),
    }
    return [sensitivity]
  })
}

/** What a mean makes is what its plants made, and cannot be another number by itself. */
function boundByPlants({ solved }: Flows): ReadonlySet<string> {
  const means = solved.input.processes.filter(({ meanOf }) => meanOf !== undefined)
  return new Set(means.map(({ id }) => id))
}

/** Of stated parameters, through every line and formula that rests on them. */
function ofParameters(flows: Flows): readonly Sensitivity[] {
  const { parameters } = flows.solved.frame
  const passedOn = perParameters(flows, new Set(parameters.keys()))
  return [...parameters.values()].flatMap((known): readonly Sensitivity[] => {
    const { parameter, formula, value, unit } = known
    if (formula !== undefined) return []
    const perUnit = exactSum((passedOn.get(parameter.id) ?? []).map((passed) => passed.perUnit))
    return [
      {
        of: { kind: 'parameter', id: parameter.id },
        ...{ value, unit: unit ?? null, perUnit },
        elasticity: elasticityOf(flows, perUnit * value),
      },
    ]
  })
}

/** Percent of the total per percent; null of a total that is nothing. */
function elasticityOf({ result }: Flows, moved: number): number | null {
  return result.total === 0 ? null : moved / result.total
}

function nameOf({ of }: Sensitivity): string {
  return JSON.stringify(Object.values(of))
}
