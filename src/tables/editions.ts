/** The order of a table's versions. A version is named by its edition, so the order of names, read as people do, is that of time. */

import { inOrder } from '../engine/names.ts'

/** Whether `a` stands before (< 0) or after `b`: numbers in the names by value, so that `2023.2` < `2023.10`, the rest as text. */
export function inOrderOfEdition(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (const [at, part] of left.entries()) {
    const other = right[at]
    if (other === undefined) return 1
    const order = inOrderOfPart(part, other)
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Runs of digits, and what stands between them. */
function partsOf(version: string): string[] {
  return version.match(/\d+|\D+/g) ?? []
}

function inOrderOfPart(a: string, b: string): number {
  const areNumbers = /^\d/.test(a) && /^\d/.test(b)
  return (areNumbers ? Number(a) - Number(b) : 0) || inOrder(a, b)
}
