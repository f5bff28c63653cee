/**
 * Two products beside one another: what each comes to, by kind, gas and stage, process and category, with difference and ratio. Whether they may stand so is
 * decided before (engine/analysis/comparable.ts). What one of them does not report has no difference: a gap is never a zero.
 */

import { referenceFlowOf } from '../../engine/product/unit.ts'
import { flowKinds } from '../../engine/types.ts'
import type { ProductMeasure } from './measure.ts'
import { pair } from './pair.ts'
import { pairedCategories, pairedLines, pairedProcesses } from './paired-parts.ts'
import { stagesOf } from './stages.ts'
import type { ComparedSide, OtherProduct, ProductComparison, ProductSource, StageRow } from './types.ts'

type Given = Pick<ProductSource, 'result' | 'system'>

/** A is the report's own product, B the other one; amounts as the report's scheme prints them. */
export function sideBySide(
  a: Given & Pick<ProductSource, 'descriptions'>,
  b: OtherProduct,
  stages: readonly StageRow[],
  measure: ProductMeasure,
): ProductComparison {
  const theirs = new Map(stagesOf(b, measure).map((row) => [row.stage, row]))
  return {
    with: sideOf(b),
    total: pair(measure.amount(a.result.total), measure.amount(b.result.total), measure),
    kinds: kindPairs(a, b, measure),
    gases: gasPairs(a, b, measure),
    stages: stages.map(({ stage, state, amount }) => {
      const other = theirs.get(stage) as StageRow
      return { stage, states: { a: state, b: other.state }, ...pair(amount, other.amount, measure) }
    }),
    processes: pairedProcesses(a, b, measure),
    categories: pairedCategories(a, b, measure),
    lines: pairedLines(a, b, measure),
    draws: b.draws,
  }
}

function sideOf({ footprintId, revision, title, product, system, result }: OtherProduct): ComparedSide {
  return {
    ...{ footprintId, revision, title, product },
    ...{ declaredUnit: referenceFlowOf(system).quantity, functionalUnit: system.functionalUnit ?? null },
    ...{ period: system.period, region: system.region },
    ...{ gwpSet: result.gwpSet, factorTables: result.factorTables },
  }
}

function kindPairs(a: Given, b: Given, measure: ProductMeasure): ProductComparison['kinds'] {
  const [ours, theirs] = [a, b].map(({ result }) => new Map(result.byKind.map((row) => [row.kind, row])))
  return flowKinds.flatMap((kind) => {
    const [one, other] = [ours?.get(kind), theirs?.get(kind)]
    if (one === undefined && other === undefined) return []
    const amounts = [one, other].map((row) => (row === undefined ? null : measure.amount(row.kgCo2e)))
    return [
      {
        ...{ kind, inTotal: (one ?? other)?.inTotal === true },
        ...pair(amounts[0] ?? null, amounts[1] ?? null, measure),
      },
    ]
  })
}

type GasRow = ProductSource['result']['byGas'][number]

function gasPairs(a: Given, b: Given, measure: ProductMeasure): ProductComparison['gases'] {
  const keyOf = ({ kind, gas }: GasRow) => `${kind} ${gas}`
  const [ours, theirs] = [a, b].map(({ result }) => new Map(result.byGas.map((row) => [keyOf(row), row])))
  const rows = new Map([...(theirs ?? []), ...(ours ?? [])])
  const amount = (row: GasRow | undefined) =>
    row === undefined || row.kgCo2e === null ? null : measure.amount(row.kgCo2e)
  return [...rows]
    .sort(([, one], [, other]) => flowKinds.indexOf(one.kind) - flowKinds.indexOf(other.kind))
    .map(([key, { kind, gas, inTotal }]) => {
      const [one, other] = [ours?.get(key), theirs?.get(key)]
      return {
        ...{ kind, gas, inTotal, kg: { a: one?.kg ?? null, b: other?.kg ?? null } },
        ...pair(amount(one), amount(other), measure),
      }
    })
}
