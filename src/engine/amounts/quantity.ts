/** An amount that is simply stated. */

import { readMeasure } from '../line-properties.ts'
import type { Quantity } from '../types.ts'
import type { Found } from './stated.ts'

/** @throws Problem `invalid-number`, `unknown-unit`. */
export function readQuantity(quantity: Quantity): Found {
  return { quantity: readMeasure(quantity, '/quantity'), working: [] }
}
