/** Amounts of a report: sums rounded once, printed as the scheme prints, and shares of the total. */

import { formatDecimal, printRounded } from '../engine/decimal.ts'
import { exactSum } from '../engine/exact-sum.ts'
import { kindCounts } from '../engine/gwp.ts'
import type { Decimal, GasResult } from '../engine/types.ts'
import type { Amount, ReportedLine } from './types.ts'

/** Decimal places of a share: 0.000001 is a ten-thousandth of a percent. */
const sharePlaces = 6

/** What turns numbers into a report's amounts. */
export interface Measure {
  /** kg CO2e as an amount. */
  amount(kgCo2e: number | Decimal): Amount
  /** The amount of some lines; null for none. */
  sum(lines: readonly ReportedLine[]): Amount | null
  /** The amount of some gases; null for none. */
  sumGases(gases: readonly GasResult<Decimal>[]): Amount | null
  /** A part of the total, 0 to 1; null where the total is zero. */
  share(kgCo2e: number | Decimal): Decimal | null
}

/** The measure of a report with this total and so many decimal places of printed tonnes. */
export function measureOf(total: Decimal, decimals: number): Measure {
  const whole = Number(total)
  const amount = (kgCo2e: number | Decimal): Amount => ({
    kgCo2e: formatDecimal(Number(kgCo2e)),
    tCo2e: printRounded(Number(kgCo2e), decimals, -3),
  })
  return {
    amount,
    sum: (lines) => (lines.length === 0 ? null : amount(exactSum(lines.flatMap(countedTerms)))),
    sumGases: (gases) =>
      gases.length === 0 ? null : amount(exactSum(gases.map(({ kgCo2e }) => Number(kgCo2e ?? 0)))),
    share: (kgCo2e) => (whole === 0 ? null : printRounded(Number(kgCo2e) / whole, sharePlaces)),
  }
}

/** The terms that a line adds to the total. */
export function countedTerms({ gases }: ReportedLine): number[] {
  return gases.filter(({ inTotal }) => inTotal).map(({ kgCo2e }) => Number(kgCo2e ?? 0))
}

/** What a line of exported or resold energy would count, had it been used: the terms of the result's own `apart`. */
export function apartTerms({ gases }: ReportedLine): number[] {
  return gases.filter(kindCounts).map(({ kgCo2e }) => Number(kgCo2e ?? 0))
}

/** Lines that the inventory holds: not energy of others, and not outside the organization's boundary. */
export function heldLines(lines: readonly ReportedLine[]): readonly ReportedLine[] {
  return lines.filter(({ apart, scaling }) => apart === undefined && Number(scaling) !== 0)
}
