/** What a product's working paper is made of: what every paper is, and the product system without its lines. */

import type { ProductInput } from '../../../engine/types.ts'
import type { PaperSource } from '../source.ts'

export interface ProductPaperSource extends PaperSource {
  readonly system: Omit<ProductInput, 'lines'>
}

/** Two figures that only differ by the order in which they were added. */
export function isNear(again: string, before: string): string {
  return `ABS(${again}-${before})<=1E-9*MAX(1,ABS(${before}))`
}
