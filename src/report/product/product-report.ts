/** A product's report: from a result and the facts around it to what a reader needs. */

import { exactSum } from '../../engine/exact-sum.ts'
import { inOrder } from '../../engine/names.ts'
import { referenceFlowOf } from '../../engine/product/unit.ts'
import { trailOf } from '../trail.ts'
import { flowsOf } from './flows.ts'
import { productGaps } from './gaps.ts'
import { type ProductMeasure, productMeasure } from './measure.ts'
import { membersOf, methodOf, perFunctionOf, uncertainParametersOf } from './members.ts'
import { type NamedLine, namingOf } from './naming.ts'
import { networkOf } from './network.ts'
import { sideBySide } from './side-by-side.ts'
import { processesOf, stagesOf } from './stages.ts'
import { treeOf } from './tree.ts'
import type { ProductContributor, ProductHead, ProductReport, ProductSource, ProductTotals } from './types.ts'

export const contributorsShown = 12

/** Members that a record frozen by an early engine does not have: it says nothing of them, and so does its report. */
const absentInOldRecords = { product: null }

export function productReport(given: ProductSource): ProductReport {
  const source = { ...given, result: { ...absentInOldRecords, ...given.result } }
  const { result } = source
  const measure = productMeasure(result.total, source.print)
  const network = networkOf(source)
  const naming = namingOf(source)
  const stages = stagesOf(source, measure)
  return {
    type: 'egret/product-report',
    schemaVersion: '1',
    head: headOf(source),
    totals: totalsOf(source, measure),
    monteCarlo: source.monteCarlo,
    uncertainParameters: uncertainParametersOf(source.system),
    perFunction: perFunctionOf(source),
    comparison: source.other && sideBySide(source, source.other, stages, measure),
    stages,
    processes: processesOf(source, network, measure),
    tree: network && treeOf(network, naming, measure),
    flows: network && flowsOf(network, naming, measure),
    method: methodOf(source),
    findings: result.product?.findings ?? null,
    gaps: productGaps(source, stages, measure),
    contributors: contributorsOf(naming.lines, measure),
    ...membersOf(source),
    lines: trailOf(source, measure),
  }
}

function headOf(source: ProductSource): ProductHead {
  const { footprintId, title, product, organization, manufacturer, factory, intendedUsers, rules } = source
  const { scheme, engine, standing, print, system, result } = source
  return {
    ...{ footprintId, title, product, organization, manufacturer, factory, intendedUsers, rules },
    ...{ declaredUnit: referenceFlowOf(system).quantity, functionalUnit: system.functionalUnit ?? null },
    boundary: system.boundary,
    ...{ period: system.period, region: system.region },
    ...{ scheme, engine, gwpSet: result.gwpSet, factorTables: result.factorTables, standing, print },
  }
}

function totalsOf({ result }: ProductSource, measure: ProductMeasure): ProductTotals {
  return {
    total: measure.amount(result.total),
    totalIncludes: result.totalIncludes,
    kinds: result.byKind.map(({ kind, inTotal, kgCo2e }) => ({
      ...{ kind, inTotal, amount: measure.amount(kgCo2e) },
      share: inTotal ? measure.share(kgCo2e) : null,
    })),
    gases: result.byGas.map(({ kind, gas, kg, kgCo2e, inTotal }) => {
      return { kind, gas, kg, amount: kgCo2e === null ? null : measure.amount(kgCo2e), inTotal }
    }),
  }
}

/** The lines that weigh most, each with its share and that of all before it. */
function contributorsOf(lines: readonly NamedLine[], measure: ProductMeasure): readonly ProductContributor[] {
  const first = lines
    .toSorted((a, b) => Math.abs(b.kgCo2e) - Math.abs(a.kgCo2e) || inOrder(a.key, b.key))
    .slice(0, contributorsShown)
  return first.map(({ key, name, category, stage, kgCo2e }, at) => ({
    ...{ key, name, category, stage },
    amount: measure.amount(kgCo2e),
    share: measure.share(kgCo2e),
    cumulativeShare: measure.share(exactSum(first.slice(0, at + 1).map((before) => before.kgCo2e))),
  }))
}
