/** What a rule that finds something for a verifier reads and answers. */

import type { CalculationResult, ProductInput, ProductResult } from '../types.ts'
import type { SolvedProduct } from './solve-product.ts'
import type { Finding, FindingCode } from './types.ts'

/** A finding before its part of the whole is known. */
export type Found = Omit<Finding, 'share'>

/** From a result, what only a product's result has, what was given, and the system it was solved from, to what it shows. */
export type Rule = (
  result: CalculationResult,
  product: Omit<ProductResult, 'findings'>,
  input: ProductInput,
  solved: SolvedProduct,
) => readonly Found[]

/** A finding about some lines and the processes they belong to. */
export function aboutLines(
  code: FindingCode,
  lines: readonly { readonly id: string; readonly process?: string | null | undefined }[],
): readonly Found[] {
  if (lines.length === 0) return []
  const processes = new Set(lines.flatMap(({ process }) => process ?? []))
  return [{ code, lines: lines.map(({ id }) => id), processes: [...processes] }]
}
