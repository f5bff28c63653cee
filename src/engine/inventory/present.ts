/** What only an inventory has, with decimal strings for doubles: the form of the wire and the record. */

import { formatDecimal } from '../decimal.ts'
import type { Decimal, InventoryResult } from '../types.ts'

/** An inventory's own part of a result, for the wire and the record. */
export function presentedInventory(inventory: InventoryResult): InventoryResult<Decimal> {
  return presentedNumbers(inventory) as InventoryResult<Decimal>
}

/**
 * Every double of a result becomes its decimal text. Members that are whole numbers by nature (a factor's year) stay numbers, so
 * factors are left as they are.
 */
function presentedNumbers(value: unknown): unknown {
  if (typeof value === 'number') return formatDecimal(value)
  if (Array.isArray(value)) return value.map(presentedNumbers)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'factor' ? member : presentedNumbers(member),
    ]),
  )
}
