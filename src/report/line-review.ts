/**
 * The lines of a frozen footprint as a verifier goes through them: what each says, what it weighs, on which factor, what is odd about it and
 * what was found of it. What is odd is told in facts; what to do about it is nobody's but the client's to say.
 */

import { inOrder } from '../engine/names.ts'
import type { PlausibilityCode, PlausibilityNote } from '../engine/plausibility.ts'
import type { PresentedResult } from '../engine/present.ts'
import type { ActivityLine, Decimal } from '../engine/types.ts'
import { type Measure, measureOf } from './amounts.ts'
import type { ReportedLine } from './types.ts'

/** Something odd about a line. */
export interface LineHint {
  readonly code: PlausibilityCode
  readonly facts: Readonly<Record<string, Decimal | number>>
}

/** A finding that speaks of a line. */
export interface LineFinding {
  readonly number: number
  readonly kind: string
  readonly state: string
}

/** One line under review. */
export interface ReviewedLine {
  /** Its place in the activity data, from 1. */
  readonly place: number
  readonly result: ReportedLine
  readonly description: string | null
  /** Part of the total, 0 to 1; null where the total is zero. */
  readonly share: Decimal | null
  /** Of this and all lines that weigh more. */
  readonly cumulativeShare: Decimal | null
  readonly flags: readonly string[]
  readonly hints: readonly LineHint[]
  readonly findings: readonly LineFinding[]
  /** Files of evidence that stand behind it. */
  readonly evidenceCount: number
}

export interface ReviewSource {
  readonly result: PresentedResult
  readonly lines: readonly ActivityLine[]
  readonly notes: readonly PlausibilityNote[]
  readonly findings: readonly (LineFinding & { readonly lines: readonly string[] })[]
  /** Each file behind a line, once. */
  readonly backings: readonly { readonly line: string }[]
}

/** Every line, the one that weighs most first. */
export function reviewLines({
  result,
  lines,
  notes,
  findings,
  backings,
}: ReviewSource): readonly ReviewedLine[] {
  const measure = measureOf(result.total, 0)
  const descriptions = new Map(lines.map(({ id, description }) => [id, description ?? null]))
  const hints = byLine(notes, ({ code, facts }) => ({ code, facts }))
  const found = byLine(findings, ({ number, kind, state }) => ({ number, kind, state }))
  const behind = Map.groupBy(backings, ({ line }) => line)
  const flags = byLine(result.flags, ({ code }) => code)
  const reviewed = result.lines.map((line, at) => ({
    place: at + 1,
    result: line,
    description: descriptions.get(line.id) ?? null,
    flags: flags.get(line.id) ?? [],
    hints: hints.get(line.id) ?? [],
    findings: found.get(line.id) ?? [],
    evidenceCount: behind.get(line.id)?.length ?? 0,
  }))
  return withShares(
    reviewed.toSorted((a, b) => weight(b.result) - weight(a.result) || inOrder(a.result.id, b.result.id)),
    measure,
  )
}

function weight({ kgCo2e }: ReportedLine): number {
  return Math.abs(Number(kgCo2e))
}

function withShares(
  sorted: readonly Omit<ReviewedLine, 'share' | 'cumulativeShare'>[],
  measure: Measure,
): readonly ReviewedLine[] {
  let before = 0
  return sorted.map((line) => {
    before += Number(line.result.kgCo2e)
    return {
      ...line,
      share: measure.share(line.result.kgCo2e),
      cumulativeShare: measure.share(before),
    }
  })
}

/** What is told of lines, line by line. */
function byLine<Told extends { readonly lines: readonly string[] }, Item>(
  told: readonly Told[],
  itemOf: (one: Told) => Item,
): ReadonlyMap<string, readonly Item[]> {
  const items = new Map<string, Item[]>()
  for (const one of told) {
    for (const line of one.lines) items.set(line, [...(items.get(line) ?? []), itemOf(one)])
  }
  return items
}
