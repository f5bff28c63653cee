/** What a working paper of a product is made of, from a calculation. */

import { calculate, presentResult } from '../../src/engine/index.ts'
import type { CalculationContext, ProductInput } from '../../src/engine/types.ts'
import type { ProductPaperSource } from '../../src/http/working-paper/product/source.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'

/** A product with what it is calculated on. */
export type SourcedProduct = readonly [ProductInput, CalculationContext]

export function paperSourceOf(given: ProductInput, on: CalculationContext): ProductPaperSource {
  const { lines, ...system } = canonicalInput(given) as ProductInput
  return {
    ...{ title: 'Paper', period: system.period, lines, system },
    result: presentResult(calculate({ ...system, lines }, on)).result,
    ...{ tables: on.tables, gwpSet: on.gwpSet, ownFactors: system.ownFactors ?? [] },
    categoryName: (category) => `the category ${category}`,
  }
}
