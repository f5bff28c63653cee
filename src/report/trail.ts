/** Each line of a report with its amount and what must be known of it, and which lines rest on estimates: of inventories and products alike. */

import { printRounded } from '../engine/decimal.ts'
import { exactSum } from '../engine/exact-sum.ts'
import type { PresentedResult } from '../engine/present.ts'
import type { Decimal, Estimate, FlagCode } from '../engine/types.ts'
import type { ReportedLine } from './types.ts'

/** What turns kg CO2e into the amounts of a report, and into shares of its total. */
interface Measuring<Amounts> {
  amount(kgCo2e: number | Decimal): Amounts
  share(kgCo2e: number | Decimal): Decimal | null
}

interface Trail<Amounts> extends ReportedLine {
  readonly description: string | null
  readonly amount: Amounts
  readonly share: Decimal | null
  readonly flags: readonly FlagCode[]
}

/** Every line's way to its amount, in the order of the activity data. */
export function trailOf<Amounts>(
  {
    result,
    descriptions,
  }: { readonly result: PresentedResult; readonly descriptions: ReadonlyMap<string, string> },
  measure: Measuring<Amounts>,
): readonly Trail<Amounts>[] {
  const flags = new Map<string, FlagCode[]>()
  for (const { code, lines } of result.flags) {
    for (const id of lines) {
      const held = flags.get(id)
      if (held === undefined) flags.set(id, [code])
      else held.push(code)
    }
  }
  return result.lines.map((line) => ({
    ...line,
    description: descriptions.get(line.id) ?? null,
    amount: measure.amount(line.kgCo2e),
    share: measure.share(line.kgCo2e),
    flags: flags.get(line.id) ?? [],
  }))
}

interface Estimated<Amounts> {
  readonly line: string
  /** Null for a line that is an estimate by its method (leakage by rate). */
  readonly estimate: Estimate | null
  readonly amount: Amounts
  readonly share: Decimal | null
}

/** Each estimated line with its part of Σ|line|, as the flag has it of all of them together. */
export function estimatesOf<Amounts>(
  { lines, flags }: Pick<PresentedResult, 'lines' | 'flags'>,
  measure: Pick<Measuring<Amounts>, 'amount'>,
): readonly Estimated<Amounts>[] {
  const estimated = new Set(flags.find(({ code }) => code === 'estimated')?.lines ?? [])
  const sizes = exactSum(lines.map(({ kgCo2e }) => Math.abs(Number(kgCo2e))))
  return lines
    .filter(({ id, estimate }) => estimated.has(id) || estimate !== undefined)
    .map(({ id, estimate, kgCo2e }) => ({
      line: id,
      estimate: estimate ?? null,
      amount: measure.amount(kgCo2e),
      share: sizes === 0 ? null : printRounded(Math.abs(Number(kgCo2e)) / sizes, 6),
    }))
}
