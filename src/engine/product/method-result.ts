/** What a product's result says of its method: the choices it rests on, and what follows from them. */

import { circularResult } from '../end-of-life/circular-result.ts'
import type { LineResult } from '../types.ts'
import type { MethodResult } from './method-types.ts'
import type { SolvedProduct } from './solve-product.ts'
import { functionalUnitResult } from './unit.ts'

export function methodResult(
  { input, frame, placed, materials }: SolvedProduct,
  lines: readonly LineResult[],
  total: number,
): MethodResult {
  return {
    boundary: input.boundary,
    functionalUnit: functionalUnitResult(input.functionalUnit, total),
    emptyStages: input.emptyStages ?? [],
    circular: circularResult(frame.endOfLife, materials, placed, lines),
  }
}
