/** A product's footprint by stage of its life cycle, and each process with what its own lines come to and what came before it. */

import { exactSum } from '../../engine/exact-sum.ts'
import { stagesWithin } from '../../engine/product/stages.ts'
import { flowKinds, type LifeCycleStage, lifeCycleStages } from '../../engine/types.ts'
import { countedTerms } from '../amounts.ts'
import type { ReportedLine } from '../types.ts'
import type { ProductMeasure } from './measure.ts'
import { isOwn } from './naming.ts'
import type { Network } from './network.ts'
import type { ProcessRow, ProductSource, StageRow, StageState } from './types.ts'

type Given = Pick<ProductSource, 'result' | 'system'>

/** All five stages: what lies outside the boundary says so, and so does what nobody reported. */
export function stagesOf({ result, system }: Given, measure: ProductMeasure): readonly StageRow[] {
  const lines = Map.groupBy(result.lines, ({ stage }) => stage)
  const processes = Map.groupBy(system.processes, ({ stage }) => stage)
  return lifeCycleStages.map((stage) => {
    const found = lines.get(stage) ?? []
    const weighed = found.filter(isOwn)
    const amount = measure.sum(weighed)
    return {
      stage,
      state: amount === null ? absenceOf(stage, found, system) : 'reported',
      amount,
      share: amount && measure.share(amount.kgCo2e),
      kinds: kindsOf(weighed, measure),
      processes: processes.get(stage)?.length ?? 0,
      lines: found.length,
    }
  })
}

/** Why nothing stands in a stage. */
function absenceOf(
  stage: LifeCycleStage,
  lines: readonly ReportedLine[],
  { boundary, emptyStages = [] }: Given['system'],
): StageState {
  if (lines.length > 0) return 'elsewhere'
  if (!stagesWithin[boundary].includes(stage)) return 'outside-boundary'
  return emptyStages.some((empty) => empty.stage === stage) ? 'declared-empty' : 'without-lines'
}

function kindsOf(lines: readonly ReportedLine[], measure: ProductMeasure): StageRow['kinds'] {
  const counted = lines.flatMap(({ gases }) => gases.filter(({ inTotal }) => inTotal))
  const terms = Map.groupBy(counted, ({ kind }) => kind)
  return flowKinds.flatMap((kind) => {
    const found = terms.get(kind)?.map(({ kgCo2e }) => Number(kgCo2e ?? 0))
    if (found === undefined) return []
    const sum = (is: (value: number) => boolean) => measure.amount(exactSum(found.filter(is)))
    return [{ kind, added: sum((value) => value > 0), takenOff: sum((value) => value < 0) }]
  })
}

/** @param network null where it could not be followed. */
export function processesOf(
  { result, system }: Given,
  network: Network | null,
  measure: ProductMeasure,
): readonly ProcessRow[] {
  const lines = Map.groupBy(result.lines, ({ process }) => process)
  const runs = Map.groupBy(result.scaling, ({ process }) => process)
  const nodes = Map.groupBy(network?.nodes ?? [], ({ process }) => process)
  return system.processes.map(({ id, name, stage, output }) => {
    const direct = exactSum((lines.get(id) ?? []).flatMap(countedTerms))
    const embodied = nodes.get(id)?.map((node) => node.embodied)
    return {
      ...{ process: id, name, stage, output },
      runs: (runs.get(id) ?? []).map(({ product, runs: times }) => ({
        product: product ?? null,
        runs: times,
      })),
      direct: measure.amount(direct),
      share: measure.share(direct),
      withUpstream: embodied === undefined ? null : measure.amount(exactSum(embodied)),
      lines: lines.get(id)?.length ?? 0,
    }
  })
}
