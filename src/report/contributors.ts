/** What weighs most: the largest lines and categories, each with its share and that of all before it. */

import { exactSum } from '../engine/exact-sum.ts'
import { inOrder } from '../engine/names.ts'
import type { Names } from '../engine/types.ts'
import { heldLines, type Measure } from './amounts.ts'
import type { Contributor, InventoryReport, ReportSource } from './types.ts'

export const contributorsShown = 10

interface Candidate {
  readonly key: string
  readonly name: Names | null
  readonly category: string
  readonly kgCo2e: number
}

export function contributorsOf(
  { result, descriptions }: Pick<ReportSource, 'result' | 'descriptions'>,
  measure: Measure,
): InventoryReport['contributors'] {
  const lines = heldLines(result.lines).map(({ id, category, factor, fuel, kgCo2e }) => {
    const described = descriptions.get(id)
    const name = described === undefined ? (fuel?.name ?? factor?.name ?? null) : { en: described, zh: null }
    return { key: id, name, category, kgCo2e: Number(kgCo2e) }
  })
  const categories = result.byCategory.map(({ key, kgCo2e }) => {
    return { key, name: null, category: key, kgCo2e: Number(kgCo2e) }
  })
  return { lines: largest(lines, measure), categories: largest(categories, measure) }
}

function largest(candidates: readonly Candidate[], measure: Measure): readonly Contributor[] {
  const weigh = ({ kgCo2e }: Candidate) => Math.abs(kgCo2e)
  const first = candidates
    .toSorted((a, b) => weigh(b) - weigh(a) || inOrder(a.key, b.key))
    .slice(0, contributorsShown)
  return first.map(({ kgCo2e, ...one }, at) => ({
    ...one,
    amount: measure.amount(kgCo2e),
    share: measure.share(kgCo2e),
    cumulativeShare: measure.share(exactSum(first.slice(0, at + 1).map((before) => before.kgCo2e))),
  }))
}
