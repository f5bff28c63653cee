/** What was used out of a stock: opening + received − passed on − closing (coal heaps, tanks, gas bottles). */

import { Problem } from '../../problem.ts'
import { readNotNegative } from '../line-properties.ts'
import { at } from '../refusals.ts'
import type { ActivityLine, StockChange, Working } from '../types.ts'
import { unitOf } from '../units.ts'
import { remainderOf } from './remainder.ts'
import type { Found } from './stated.ts'

/** @throws Problem `negative-amount`, `balance-negative`, `invalid-number`, `unknown-unit`. */
export function usedFromStock(line: Pick<ActivityLine, 'stock'>): Found {
  const stock = line.stock as StockChange
  const unit = at('/stock/unit', () => unitOf(stock.unit).code)
  const read = (member: Exclude<keyof StockChange, 'unit'>) =>
    readNotNegative(stock[member], `/stock/${member}`, 'A stock, and what goes into it or out of it,')
  const [opening, received] = [read('opening'), read('received')]
  const [passedOn, closing] = [read('passedOn'), read('closing')]
  const value = remainderOf([opening, received, -passedOn, -closing])
  if (value < 0) {
    const detail = `More was passed on and left (${stock.passedOn} and ${stock.closing} ${unit}) than there was (${stock.opening} and ${stock.received} ${unit} received); correct one of the four.`
    throw new Problem('balance-negative', detail, { pointer: '/stock/closing', balance: String(value), unit })
  }
  const working: Working[] = [
    { name: 'opening', value: opening, unit },
    { name: 'received', value: received, unit },
    { name: 'passedOn', value: passedOn, unit },
    { name: 'closing', value: closing, unit },
  ]
  return { quantity: { value, unit }, working }
}
