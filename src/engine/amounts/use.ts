/** What sold products use in their lives: pieces × consumption × times (GHG Protocol scope 3, category 11). */

import { Problem } from '../../problem.ts'
import { times } from '../arithmetic.ts'
import { amountPointer, outOfRange, readMeasure, readPositive, requireDimension } from '../line-properties.ts'
import type { ActivityLine } from '../types.ts'
import { convert } from '../units.ts'
import type { LineAmount } from './stated.ts'

/**
 * The consumption of all pieces, in the unit in which it is stated.
 * @throws Problem `line-ambiguous` in any other category, `incompatible-dimension` for anything but pieces,
 * `property-out-of-range`.
 */
export function usedInLife(line: ActivityLine, amount: LineAmount): LineAmount {
  const { use } = line
  if (use === undefined) return amount
  if (line.category !== 'use-of-sold-products') {
    const detail = `What products use in their lives belongs to use-of-sold-products; a line of ${line.category} states its amount.`
    throw new Problem('line-ambiguous', detail, { pointer: '/use' })
  }
  requireDimension(amountPointer({ ...line, use: undefined }), amount.quantity, 'count', 'piece')
  const pieces = convert(amount.quantity.value, amount.quantity.unit, 'piece')
  const consumption = readMeasure(use.consumption, '/use/consumption')
  if (consumption.value < 0) {
    throw outOfRange('/use/consumption/amount', 'A product does not use less than nothing.')
  }
  const uses = readPositive(use.times, '/use/times', 'How often a product is used')
  const working = [
    { name: 'pieces', value: pieces, unit: 'piece' },
    { name: 'consumption', ...consumption },
    { name: 'times', value: uses, unit: '1' },
  ]
  const value = times(times(pieces, consumption.value), uses)
  return {
    ...amount,
    quantity: { value, unit: consumption.unit },
    working: [...amount.working, ...working],
  }
}
