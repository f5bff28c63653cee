/**
 * A refrigerant's or insulating gas's mass balance: what was in cylinders and came in, less what went back, is left, and now is
 * in equipment, got out (GHG Protocol; IPCC 2006 Vol. 3 Ch. 7 and 8).
 */

import { Problem } from '../../problem.ts'
import { readNotNegative, readNumber, requireDimension } from '../line-properties.ts'
import { at } from '../refusals.ts'
import type { ActivityLine, GasBalance, Working } from '../types.ts'
import { unitOf } from '../units.ts'
import { remainderOf } from './remainder.ts'
import type { Found } from './stated.ts'

/**
 * opening + purchased − returned − closing − newCharge.
 * @throws Problem `negative-amount`, `balance-negative`, `incompatible-dimension` for anything but a mass.
 */
export function balancedGas(line: Pick<ActivityLine, 'gasBalance'>): Found {
  const balance = line.gasBalance as GasBalance
  const unit = at('/gasBalance/unit', () => unitOf(balance.unit).code)
  requireDimension('/gasBalance', { value: 0, unit }, 'mass', 'kg')
  const read = (member: 'opening' | 'purchased' | 'returned' | 'closing') =>
    readNotNegative(balance[member], `/gasBalance/${member}`, 'A mass in cylinders')
  const [opening, purchased] = [read('opening'), read('purchased')]
  const [returned, closing] = [read('returned'), read('closing')]
  const newCharge = readNumber(balance.newCharge, '/gasBalance/newCharge')
  const value = remainderOf([opening, purchased, -returned, -closing, -newCharge])
  if (value < 0) throw tooMuchLeft(balance, value)
  const working: Working[] = [
    { name: 'opening', value: opening, unit },
    { name: 'purchased', value: purchased, unit },
    { name: 'returned', value: returned, unit },
    { name: 'closing', value: closing, unit },
    { name: 'newCharge', value: newCharge, unit },
  ]
  return { quantity: { value, unit }, working }
}

function tooMuchLeft(
  { opening, purchased, returned, closing, newCharge, unit }: GasBalance,
  value: number,
): Problem {
  const detail = `There is more gas than there was: ${opening} + ${purchased} came, and ${returned} + ${closing} + ${newCharge} ${unit} went back, are left and are in equipment; no gas comes in by leaks. Correct one of the five.`
  return new Problem('balance-negative', detail, {
    pointer: '/gasBalance/closing',
    balance: String(value),
    unit,
  })
}
