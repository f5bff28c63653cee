/** How parameters answer to those they follow from: the derivatives of their formulas, worked out along with the values. */

import { type Expression, evaluate } from '../product/formula.ts'
import type { KnownParameter } from '../product/parameters.ts'

/** By parameter, then by the stated parameter that it follows from. */
export type Slopes = ReadonlyMap<string, ReadonlyMap<string, number>>

/** @param parameters those that others rest on first. */
export function parameterSlopes(parameters: ReadonlyMap<string, KnownParameter>): Slopes {
  const slopes = new Map<string, ReadonlyMap<string, number>>()
  const worthOf = (name: string) => (parameters.get(name) as KnownParameter).value
  for (const [id, { formula }] of parameters) {
    const own = formula === undefined ? new Map([[id, 1]]) : slopeOf(formula)
    slopes.set(id, own)
  }
  return slopes

  function slopeOf(expression: Expression): ReadonlyMap<string, number> {
    if (expression.kind === 'number') return new Map()
    if (expression.kind === 'name') return slopes.get(expression.name) ?? new Map()
    const { kind, left, right } = expression
    const [a, b] = [evaluate(left, worthOf), evaluate(right, worthOf)]
    const [byLeft, byRight] = weights[kind](a, b)
    return added(slopeOf(left), byLeft, slopeOf(right), byRight)
  }
}

/** Whether a parameter follows from any of some stated ones. */
export function restsOnAny(slopes: Slopes, parameter: string | undefined, of: ReadonlySet<string>): boolean {
  const stated = slopes.get(parameter ?? '')?.keys() ?? []
  return [...stated].some((id) => of.has(id))
}

/** ∂/∂left and ∂/∂right. */
const weights: Readonly<Record<'+' | '-' | '*' | '/', (a: number, b: number) => readonly [number, number]>> =
  {
    '+': () => [1, 1],
    '-': () => [1, -1],
    '*': (a, b) => [b, a],
    '/': (a, b) => [1 / b, -a / (b * b)],
  }

function added(
  left: ReadonlyMap<string, number>,
  byLeft: number,
  right: ReadonlyMap<string, number>,
  byRight: number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const [name, slope] of left) found.set(name, slope * byLeft)
  for (const [name, slope] of right) found.set(name, (found.get(name) ?? 0) + slope * byRight)
  return found
}
