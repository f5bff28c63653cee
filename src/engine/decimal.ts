/**
 * Decimal text: the only form a quantity has outside the engine. Read once and strictly, written as the shortest text that
 * reads back to the same double, and printed so that a pocket calculator agrees (DESIGN §7, GB/T 8170).
 */

import { Problem } from '../problem.ts'
import type { Decimal } from './types.ts'

/** A double has at most 17 significant digits; nobody's meter has more than this many characters. */
const longestDecimal = 64

/** JSON's number grammar (RFC 8259 §6) with an optional sign in front: no grouping, no hex, no `.5`, no `5.`, no `007`. */
const decimalGrammar = /^[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

/**
 * Reads a decimal number as the nearest double.
 * @throws Problem `invalid-number` for anything but a plain decimal, beyond a double's range, or so small it would become 0.
 */
export function parseDecimal(text: Decimal): number {
  if (text.length > longestDecimal)
    throw invalid(`${text.slice(0, 20)}…`, `is longer than ${longestDecimal} characters`)
  if (!decimalGrammar.test(text)) throw invalid(text, 'is not a plain decimal number')
  const value = Number(text)
  if (!Number.isFinite(value)) throw invalid(text, 'is too large')
  if (value === 0 && !isWrittenZero(text)) throw invalid(text, 'is too small: it would become zero')
  return value + 0
}

/** The shortest decimal text that reads back to exactly this double (ECMAScript `Number::toString`, as in RFC 8785). */
export function formatDecimal(value: number): Decimal {
  if (!Number.isFinite(value)) throw invalid(String(value), 'is not a number a result can hold')
  return String(value + 0)
}

/**
 * A number as people print it: its decimal of 15 significant digits, rounded half-even to `digits` decimal places.
 * 250 × 0.4211 is 105.27499999999999 as a double, 105.275 on any calculator, and prints 105.28.
 *
 * @param digits decimal places, 0 to 15; negative rounds to tens, hundreds…
 * @param shift moves the decimal point first, exactly: −3 prints kilograms as tonnes.
 */
export function printRounded(value: number, digits: number, shift = 0): Decimal {
  if (!Number.isFinite(value)) throw invalid(String(value), 'is not a number a result can hold')
  if (!Number.isInteger(digits) || Math.abs(digits) > 15)
    throw invalid(String(digits), 'is no number of decimal places')
  const { coefficient, exponent } = fifteenDigits(Math.abs(value))
  const rounded = scaledHalfEven(coefficient, exponent + shift + digits)
  const text = placePoint(rounded, digits)
  return value < 0 && rounded !== 0n ? `-${text}` : text
}

/** A value as coefficient × 10^exponent with 15 significant digits. */
function fifteenDigits(value: number): { coefficient: bigint; exponent: number } {
  const [digits = '0', power = '0'] = value.toExponential(14).split('e')
  return { coefficient: BigInt(digits.replace('.', '')), exponent: Number(power) - 14 }
}

/** coefficient × 10^power as an integer; ties go to the even neighbour. */
function scaledHalfEven(coefficient: bigint, power: number): bigint {
  if (power >= 0) return coefficient * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  const quotient = coefficient / divisor
  const twice = (coefficient % divisor) * 2n
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n)
  return up ? quotient + 1n : quotient
}

/** Writes integer × 10^−digits in plain notation. */
function placePoint(integer: bigint, digits: number): string {
  if (digits <= 0) return String(integer * 10n ** BigInt(-digits))
  const text = String(integer).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function isWrittenZero(text: string): boolean {
  return !/[1-9]/.test(text.split(/[eE]/)[0] as string)
}

function invalid(given: string, why: string): Problem {
  return new Problem('invalid-number', `"${given}" ${why}; write a decimal such as "118400" or "-0.25".`, {
    given,
  })
}
