/** What a product's result says of its method: the choices it rests on, and what follows from them. */

import { circularResult, type Weigh } from '../end-of-life/circular-result.ts'
import { exactSum } from '../exact-sum.ts'
import type { LineResult } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'
import { rulesResult } from './category-rules.ts'
import { exclusionsResult } from './exclusions.ts'
import { countedBroughtBy } from './intensities.ts'
import type { MethodResult } from './method-types.ts'
import type { SolvedProduct } from './solve-product.ts'
import { functionalUnitResult } from './unit.ts'

export function methodResult(
  solved: SolvedProduct,
  lines: readonly LineResult[],
  total: number,
): MethodResult {
  const { input, frame, placed, scaling, materials, covered } = solved
  return {
    boundary: input.boundary,
    functionalUnit: functionalUnitResult(input.functionalUnit, total),
    emptyStages: input.emptyStages ?? [],
    capitalGoods: input.capitalGoods ?? null,
    exclusions: exclusionsResult(input),
    productCategoryRules: rulesResult(solved),
    ...(covered === null ? {} : { contractualInstruments: covered }),
    circular: circularResult(frame.endOfLife, materials, placed, scaling, weighing(solved, lines)),
  }
}

/** A material's line weighs what it lets go itself, and what the process does that makes what it takes. */
function weighing(solved: SolvedProduct, lines: readonly LineResult[]): Weigh {
  const { materials, placed } = solved
  const held = new Set(materials.flatMap((material) => material.lines.map(({ weighed }) => weighed)))
  const own = new Map<WeighedLine, number>()
  for (const [place, weighed] of placed.entries())
    if (held.has(weighed)) own.set(weighed, lines[place]?.kgCo2e ?? 0)
  const takes = held.values().some(({ maker }) => maker !== null)
  if (!takes) return (weighed) => own.get(weighed) as number
  const brought = countedBroughtBy(solved)
  const broughtTo = new Map<WeighedLine, number>(
    placed.map((weighed, place) => [weighed, brought[place] as number]),
  )
  return (weighed) => exactSum([own.get(weighed) as number, broughtTo.get(weighed) as number])
}
