/**
 * Reads worked arithmetic as people write it (`12 × 34.2 × (67.4 + 0.2) ÷ 3`) and computes it exactly, in fractions. An
 * oracle of the tests: it shares no code with the engine.
 */

import Fraction from 'fraction.js'

/** Exact value of an expression of decimals with + − × ÷ and brackets; × and ÷ bind first. */
export function workOut(expression: string): Fraction {
  const tokens = expression.match(/\d+(?:\.\d+)?|[+−×÷()]/g) ?? []
  if (tokens.join('') !== expression.replaceAll(' ', '')) throw new Error(`Not arithmetic: ${expression}`)
  const value = readSum(tokens)
  if (tokens.length > 0) throw new Error(`Ends too early: ${expression}`)
  return value
}

function readSum(tokens: string[]): Fraction {
  let sum = readProduct(tokens)
  while (tokens[0] === '+' || tokens[0] === '−') {
    const operator = tokens.shift()
    const next = readProduct(tokens)
    sum = operator === '+' ? sum.add(next) : sum.sub(next)
  }
  return sum
}

function readProduct(tokens: string[]): Fraction {
  let product = readAtom(tokens)
  while (tokens[0] === '×' || tokens[0] === '÷') {
    const operator = tokens.shift()
    const next = readAtom(tokens)
    product = operator === '×' ? product.mul(next) : product.div(next)
  }
  return product
}

function readAtom(tokens: string[]): Fraction {
  const token = tokens.shift() ?? ''
  if (token !== '(') return new Fraction(token)
  const value = readSum(tokens)
  if (tokens.shift() !== ')') throw new Error('A bracket does not close')
  return value
}
