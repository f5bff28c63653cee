/**
 * The check that no answer leaves without: what is left of the demand when the answer is put in. That is a small difference of
 * large terms, so products and sums carry along what each rounding took from them (Dekker 1971; Ogita, Rump & Oishi, "Accurate
 * Sum and Dot Product", 2005): twice the digits of a double.
 */

import type { System } from './system.ts'

/** Splits a double into two halves whose products are exact: 2^27 + 1. */
const splitter = 134217729

/** Terms below this (about 1e-289) have no roundings left to carry; what is left of them is measured against it. */
const smallest = 2 ** -960

/** Room for checks; `rest` is the outcome. */
export interface Check {
  /** f − (I − B) · s, rounded once. */
  readonly rest: Float64Array
  readonly low: Float64Array
  readonly sizes: Float64Array
}

export function roomForChecks(size: number): Check {
  return { rest: new Float64Array(size), low: new Float64Array(size), sizes: new Float64Array(size) }
}

/**
 * Computes `rest`, and how good s is: the largest |rest| of any row in parts of the terms of that row. An answer rounded to
 * doubles has 2^-53.
 *
 * @returns NaN where anything is not finite.
 */
export function check(system: System, demand: Float64Array, s: Float64Array, room: Check): number {
  start(demand, s, room)
  for (let position = 0; position < s.length; position++)
    if (s[position] !== 0) addColumn(system, position, s[position] as number, room)
  return finish(room)
}

/** f − s. */
function start(demand: Float64Array, s: Float64Array, { rest, low, sizes }: Check): void {
  for (let position = 0; position < s.length; position++) {
    const asked = demand[position] as number
    const made = -(s[position] as number)
    const sum = asked + made
    rest[position] = sum
    low[position] = sumError(asked, made, sum)
    sizes[position] = Math.abs(asked) + Math.abs(made)
  }
}

/** + B · s, for what one process takes of others and of itself. */
function addColumn({ layout, weights, own }: System, position: number, s: number, room: Check): void {
  const { starts, targets } = layout
  const { rest, low, sizes } = room
  const end = starts[position + 1] as number
  for (let entry = starts[position] as number; entry < end; entry++) {
    const weight = weights[entry] as number
    const target = targets[entry] as number
    const product = weight * s
    const before = rest[target] as number
    const sum = before + product
    rest[target] = sum
    low[target] =
      (low[target] as number) + (sumError(before, product, sum) + productError(weight, s, product))
    sizes[target] = (sizes[target] as number) + Math.abs(product)
  }
  const used = own[position] as number
  if (used !== 0) addOne(position, used, s, room)
}

function addOne(target: number, weight: number, s: number, { rest, low, sizes }: Check): void {
  const product = weight * s
  const before = rest[target] as number
  const sum = before + product
  rest[target] = sum
  low[target] = (low[target] as number) + (sumError(before, product, sum) + productError(weight, s, product))
  sizes[target] = (sizes[target] as number) + Math.abs(product)
}

/** What rounding took from `a + b = sum`; a double itself (Knuth). */
function sumError(a: number, b: number, sum: number): number {
  const other = sum - a
  return a - (sum - other) + (b - other)
}

/** What rounding took from `a × b = product`; a double itself unless it is too small to be one (Dekker). */
function productError(a: number, b: number, product: number): number {
  const wideA = splitter * a
  const wideB = splitter * b
  const highA = wideA - (wideA - a)
  const highB = wideB - (wideB - b)
  const lowA = a - highA
  const lowB = b - highB
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB)
}

function finish({ rest, low, sizes }: Check): number {
  let worst = 0
  for (let position = 0; position < rest.length; position++) {
    const left = (rest[position] as number) + (low[position] as number)
    rest[position] = left
    const part = Math.abs(left) / ((sizes[position] as number) + smallest)
    if (!(part < Number.POSITIVE_INFINITY)) return Number.NaN
    if (part > worst) worst = part
  }
  return worst
}
