/** The order of an impact run as text: by |relative change|, then by |change|, largest first; what was refused comes last. */

import { parseDecimal } from '../../engine/index.ts'
import type { ImpactItem } from '../../ports/impact.ts'

type Measured = Pick<ImpactItem, 'problem' | 'change' | 'relativeChange'>

/** Digits whose ascending order is the order of the items. */
export function sortKeyOf({ problem, change, relativeChange }: Measured): string {
  if (problem !== null || change === null) return `1${descending(0)}${descending(0)}`
  const moved = Math.abs(parseDecimal(change))
  // From zero to something: no number says how much more, so it stands before all that have one.
  const relative = relativeChange === null ? Number.POSITIVE_INFINITY : Math.abs(parseDecimal(relativeChange))
  return `0${descending(relative)}${descending(moved)}`
}

const largestBits = 0x7fff_ffff_ffff_ffffn

/** A double of 0 or more as 19 digits, the larger the earlier: its bits are in its own order. */
function descending(value: number): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return (largestBits - view.getBigUint64(0)).toString().padStart(19, '0')
}
