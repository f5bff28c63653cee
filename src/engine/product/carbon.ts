/** What a product's result says of carbon: what the product holds, whether biogenic carbon comes out, and the sums of the standards. */

import type { CarbonResult, LineResult, ProductSums } from '../types.ts'
import { biogenicBalanceOf, biogenicFlowsOf } from './biogenic-balance.ts'
import { carbonHeldOf } from './carbon-content.ts'
import { productSumsOf } from './product-sums.ts'
import type { SolvedProduct } from './solve-product.ts'

/** @throws Problem about `carbonContent`. */
export function carbonOf(
  solved: SolvedProduct,
  lines: readonly LineResult[],
): { readonly carbon: CarbonResult; readonly sums: ProductSums } {
  const content = carbonHeldOf(solved.input)
  const biogenic = biogenicFlowsOf(lines)
  return {
    carbon: { content, balance: biogenicBalanceOf(solved.input, biogenic, content) },
    sums: productSumsOf(solved, lines, biogenic, content),
  }
}
