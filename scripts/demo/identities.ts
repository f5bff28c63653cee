/** Identifiers of organizations and persons that do not exist: they pass their check digits and are plainly made up. */

import { randomInt } from 'node:crypto'

/** No administrative division has this code, so no real identifier begins with it. */
const nowhere = '999999'

/** GB 32100-2015: 31 characters, no I, O, S, V, Z. */
const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** A unified social credit code 统一社会信用代码 of a company registered nowhere, with its check digit (GB 32100). */
export function fictionalCreditCode(): string {
  const head = `91${nowhere}${drawn(9, creditCodeAlphabet)}`
  let [sum, weight] = [0, 1]
  for (const character of head) {
    sum += creditCodeAlphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return `${head}${creditCodeAlphabet[(31 - (sum % 31)) % 31]}`
}

/** A resident identity number 公民身份号码 of someone born nowhere, with its check character (GB 11643). */
export function fictionalResidentNumber(): string {
  const head = `${nowhere}${drawn(11, '0123456789')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(head[at]), 0)
  return `${head}${'10X98765432'[sum % 11]}`
}

/** A passport number of nobody. */
export function fictionalPassport(): string {
  return `DEMO${drawn(10, '0123456789')}`
}

/** A name that no earlier run used. */
export function fresh(slug: string): string {
  return `${slug}-${drawn(8, 'abcdefghjkmnpqrstuvwxyz23456789')}`
}

function drawn(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
