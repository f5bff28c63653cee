/** Identifiers that carry their own check: a mistyped one is refused before it reaches anything. */

import { Problem } from '../../problem.ts'

/** GB 32100-2015: 31 characters, no I, O, S, V, Z. */
const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/**
 * Checks a unified social credit code 统一社会信用代码 (GB 32100-2015): 18 characters, the last one
 * (31 − Σ value × 3^i mod 31) mod 31.
 *
 * @throws Problem `identifier-invalid` naming `pointer`.
 */
export function checkCreditCode(code: string, pointer: string): void {
  const values = [...code].map((character) => creditCodeAlphabet.indexOf(character))
  if (values.length !== 18 || values.includes(-1)) {
    throw invalid(
      pointer,
      'A unified social credit code has 18 digits and capital letters without I, O, S, V, Z',
    )
  }
  const weighted = values.slice(0, 17).reduce((sum, value, i) => sum + value * powerMod31(i), 0)
  if ((31 - (weighted % 31)) % 31 !== values[17]) {
    throw invalid(
      pointer,
      'The check digit of this unified social credit code does not fit; look for a typing slip',
    )
  }
}

function powerMod31(exponent: number): number {
  let power = 1
  for (let i = 0; i < exponent; i++) power = (power * 3) % 31
  return power
}

/** GB 11643-1999: weights of the first 17 digits, and the check character by remainder of 11. */
const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const residentChecks = '10X98765432'

/**
 * Checks a Chinese resident identity number 公民身份号码 (GB 11643-1999).
 *
 * @throws Problem `identifier-invalid` naming `pointer`.
 */
export function checkResidentNumber(number: string, pointer: string): void {
  if (!/^\d{17}[\dX]$/.test(number)) {
    throw invalid(pointer, 'A resident identity number has 17 digits and a check character')
  }
  const weighted = residentWeights.reduce((sum, weight, i) => sum + weight * Number(number[i]), 0)
  if (residentChecks[weighted % 11] !== number[17]) {
    throw invalid(
      pointer,
      'The check character of this resident identity number does not fit; look for a typing slip',
    )
  }
}

function invalid(pointer: string, rule: string): Problem {
  return new Problem('identifier-invalid', `${rule}.`, { pointer })
}
