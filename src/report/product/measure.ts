/** Amounts of a product's report: sums rounded once, printed as the scheme prints, and shares of the total. */

import { formatDecimal, printRounded } from '../../engine/decimal.ts'
import { exactSum } from '../../engine/exact-sum.ts'
import type { Decimal } from '../../engine/types.ts'
import { countedTerms } from '../amounts.ts'
import type { ReportedLine } from '../types.ts'
import type { Print, ProductAmount } from './types.ts'

/** Decimal places of a share: 0.000001 is a ten-thousandth of a percent. */
const sharePlaces = 6

/** What turns numbers into amounts of a product's report. */
export interface ProductMeasure {
  /** kg CO2e per declared unit, as the engine worked it out. */
  readonly total: number
  /** kg CO2e as an amount. */
  amount(kgCo2e: number | Decimal): ProductAmount
  /** The amount of some lines, summed as the engine sums, gas by gas: sums of rounded lines end in other bits. Null for none. */
  sum(lines: readonly ReportedLine[]): ProductAmount | null
  /** A part of the total; null where the total is zero. */
  share(kgCo2e: number | Decimal): Decimal | null
}

/** The measure of a report with this total, printed so. */
export function productMeasure(total: Decimal, { unit, decimals }: Print): ProductMeasure {
  const whole = Number(total)
  const shift = unit === 'tCO2e' ? -3 : 0
  const amount = (kgCo2e: number | Decimal): ProductAmount => ({
    kgCo2e: formatDecimal(Number(kgCo2e)),
    printed: printRounded(Number(kgCo2e), decimals, shift),
  })
  return {
    total: whole,
    amount,
    sum: (lines) => (lines.length === 0 ? null : amount(exactSum(lines.flatMap(countedTerms)))),
    share: (kgCo2e) => (whole === 0 ? null : printRounded(Number(kgCo2e) / whole, sharePlaces)),
  }
}
