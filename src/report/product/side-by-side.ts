/**
 * Two products beside one another: what each comes to, by kind, gas and stage, process and category, with difference and ratio. Whether they may stand so is
 * decided before (engine/analysis/comparable.ts). What one of them does not report has no difference: a gap is never a zero.
 */

import { referenceFlowOf } from '../../engine/product/unit.ts'
import { type Decimal, flowKinds } from '../../engine/types.ts'
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
  const rows = bothOf(a.result.byKind, b.result.byKind, kindKey)
  return rows.map(({ of: { kind, inTotal }, one, other }) => ({
    ...{ kind, inTotal },
    ...pair(amountOf(one, measure), amountOf(other, measure), measure),
  }))
}

function gasPairs(a: Given, b: Given, measure: ProductMeasure): ProductComparison['gases'] {
  const rows = bothOf(a.result.byGas, b.result.byGas, (row) => `${kindKey(row)} ${row.gas}`)
  return rows.map(({ of: { kind, gas, inTotal }, one, other }) => ({
    ...{ kind, gas, inTotal, kg: { a: one?.kg ?? null, b: other?.kg ?? null } },
    ...pair(amountOf(one, measure), amountOf(other, measure), measure),
  }))
}

type OfKind = Pick<ProductSource['result']['byKind'][number], 'kind' | 'inTotal'>

/** One kind may stand twice: biogenic methane counts, and biogenic CO2 does not. */
function kindKey({ kind, inTotal }: OfKind): string {
  return `${kind} ${inTotal}`
}

function amountOf(row: { readonly kgCo2e: Decimal | null } | undefined, measure: ProductMeasure) {
  return row === undefined || row.kgCo2e === null ? null : measure.amount(row.kgCo2e)
}

/** The rows of either, in the order of kinds, those that count first. */
function bothOf<Row extends OfKind>(
  ours: readonly Row[],
  theirs: readonly Row[],
  keyOf: (row: Row) => string,
) {
  const [here, there] = [ours, theirs].map((rows) => new Map(rows.map((row) => [keyOf(row), row])))
  return [...new Map([...(there ?? []), ...(here ?? [])])]
    .map(([key, of]) => ({ of, one: here?.get(key), other: there?.get(key) }))
    .sort((a, b) => placeOf(a.of) - placeOf(b.of))
}

function placeOf({ kind, inTotal }: OfKind): number {
  return 2 * flowKinds.indexOf(kind) + (inTotal ? 0 : 1)
}
