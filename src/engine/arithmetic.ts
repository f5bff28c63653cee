/**
 * Products that stay numbers. A product of two doubles can leave their range at either end; an infinity would poison every
 * sum, and a tiny product that becomes 0 would be a gap that looks like a zero. Both are refused.
 */

import { Problem } from '../problem.ts'

/**
 * a × b, rounded once.
 * @throws Problem `invalid-number` when the product overflows, or becomes 0 though neither factor is.
 */
export function times(a: number, b: number): number {
  return usable(a * b, a !== 0 && b !== 0)
}

/**
 * a ÷ b, rounded once.
 * @throws Problem `invalid-number` when the quotient overflows (also by b = 0), or becomes 0 though a is not.
 */
export function over(a: number, b: number): number {
  return usable(a / b, a !== 0)
}

function usable(value: number, nonZero: boolean): number {
  if (Number.isFinite(value) && (value !== 0 || !nonZero)) return value
  const size = value === 0 ? 'small' : 'large'
  throw new Problem(
    'invalid-number',
    `The numbers here give a result too ${size} to calculate with; check their units.`,
  )
}
