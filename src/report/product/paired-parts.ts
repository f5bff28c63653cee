/** Where two products differ: by process, by category of activity, and line by line where both have one of that name; the largest first. */

import { inOrder } from '../../engine/names.ts'
import type { ReportedLine } from '../types.ts'
import type { ProductMeasure } from './measure.ts'
import { isOwn, nameOfLine } from './naming.ts'
import { pair, sizeOfPair } from './pair.ts'
import type { OtherProduct, Pair, ProductComparison, ProductSource } from './types.ts'

type Given = Pick<ProductSource, 'result' | 'system'>

export function pairedProcesses(
  a: Given,
  b: OtherProduct,
  measure: ProductMeasure,
): ProductComparison['processes'] {
  const known = new Map([...b.system.processes, ...a.system.processes].map((one) => [one.id, one]))
  return pairsBy(a, b, measure, ({ process }) => process).map(({ key, ...amounts }) => {
    const { name = null, stage = null } = known.get(key) ?? {}
    return { process: key, name, stage, ...amounts }
  })
}

export function pairedCategories(
  a: Given,
  b: OtherProduct,
  measure: ProductMeasure,
): ProductComparison['categories'] {
  return pairsBy(a, b, measure, ({ category }) => category).map(({ key, ...amounts }) => {
    return { category: key, ...amounts }
  })
}

/** Lines of one id in both, as far as they differ. */
export function pairedLines(
  a: Pick<ProductSource, 'result' | 'descriptions' | 'system'>,
  b: OtherProduct,
  measure: ProductMeasure,
): ProductComparison['lines'] {
  const lines = new Map(a.result.lines.map((line) => [line.id, line]))
  return pairsBy(a, b, measure, ({ id }) => id).flatMap(({ key, ...amounts }) => {
    const line = lines.get(key)
    if (line === undefined || amounts.difference === null || Number(amounts.difference.kgCo2e) === 0)
      return []
    const name = nameOfLine(line, a.descriptions.get(key))
    return [{ line: key, name, category: line.category, ...amounts }]
  })
}

/** What the lines under a key weigh themselves; null in the one that has none. */
function pairsBy(
  a: Given,
  b: Given,
  measure: ProductMeasure,
  keyOf: (line: ReportedLine) => string | null,
): readonly (Pair & { readonly key: string })[] {
  const [ours, theirs] = [a, b].map(({ result }) => Map.groupBy(result.lines.filter(isOwn), keyOf))
  const keys = [...new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])]
  return keys
    .filter((key) => key !== null)
    .map((key) => {
      const [one, other] = [ours, theirs].map((lines) => measure.sum(lines?.get(key) ?? []))
      return { key, ...pair(one ?? null, other ?? null, measure) }
    })
    .sort((one, other) => sizeOfPair(other) - sizeOfPair(one) || inOrder(one.key, other.key))
}
