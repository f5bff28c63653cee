/** What a verifier must see of a product system, and what is no reason to refuse it: in the order of the closed list. */

import { over } from '../arithmetic.ts'
import { siteRules } from '../site/findings.ts'
import { absoluteSum } from '../totals.ts'
import type { CalculationResult, ProductResult } from '../types.ts'
import { carbonRules } from './carbon-findings.ts'
import { aboutLines, type Found, type Rule } from './finding-rule.ts'
import { methodRules } from './method-findings.ts'
import { networkRules } from './network-findings.ts'
import { notSpecific } from './quality.ts'
import type { SolvedProduct } from './solve-product.ts'
import { type Finding, type FindingCode, findingCodes } from './types.ts'

const rules: Readonly<Record<FindingCode, Rule>> = {
  'negative-total': negativeTotal,
  ...networkRules,
  ...carbonRules,
  ...methodRules,
  ...siteRules,
  'primary-factor-not-specific': notSpecific,
}

/** The findings of a result. */
export function findingsOf(
  result: CalculationResult,
  product: Omit<ProductResult, 'findings'>,
  solved: SolvedProduct,
): readonly Finding[] {
  const whole = absoluteSum(result.lines)
  return findingCodes
    .flatMap((code) => rules[code](result, product, solved.input, solved))
    .map((found) => ({ ...found, share: shareOf(found) }))

  function shareOf({ lines }: Found): number | null {
    if (whole === 0 || lines.length === 0) return null
    const named = new Set(lines)
    const weighing = result.lines.filter(
      ({ id, from, to }) => named.has(id) && from === null && to === undefined,
    )
    return weighing.length === 0 ? null : over(absoluteSum(weighing), whole)
  }
}

/** A negative total comes from the lines that come to less than nothing. */
function negativeTotal({ total, lines }: CalculationResult): readonly Found[] {
  return total < 0
    ? aboutLines(
        'negative-total',
        lines.filter(({ kgCo2e }) => kgCo2e < 0),
      )
    : []
}
