/** A comparison as it stands on the wire: every number its shortest exact decimal text. */

import { formatDecimal } from '../engine/decimal.ts'
import type { Decimal } from '../engine/types.ts'
import {
  type Change,
  type ChangeCause,
  type ChangeParts,
  type ComparedLines,
  type ComparedSide,
  type Comparison,
  changeCauses,
  type KeyedChange,
} from './types.ts'

export function presentComparison(comparison: Comparison): Comparison<Decimal> {
  const keyed = (changes: readonly KeyedChange[]) => changes.map((one) => ({ key: one.key, ...change(one) }))
  return {
    ...change(comparison),
    byScope: keyed(comparison.byScope),
    byCategory: keyed(comparison.byCategory),
    byFacility: keyed(comparison.byFacility),
    lines: comparison.lines.map(lines),
  }
}

function change({ before, after, difference, parts }: Change): Change<Decimal> {
  return {
    before: formatDecimal(before),
    after: formatDecimal(after),
    difference: formatDecimal(difference),
    parts: Object.fromEntries(
      changeCauses.map((cause) => [cause, formatDecimal(parts[cause])]),
    ) as ChangeParts<Decimal> satisfies Record<ChangeCause, Decimal>,
  }
}

function lines(compared: ComparedLines): ComparedLines<Decimal> {
  const { before, after } = compared.sides
  return {
    ...compared,
    ...change(compared),
    sides: { before: before && side(before), after: after && side(after) },
  }
}

function side(given: ComparedSide): ComparedSide<Decimal> {
  const { amount, unit } = given.activity
  return {
    lines: given.lines,
    activity: { amount: formatDecimal(amount), unit },
    share: formatDecimal(given.share),
    kgCo2e: formatDecimal(given.kgCo2e),
  }
}
