/**
 * Solves a large group of processes whose loops give back so little that going round them takes long (GMRES: Saad & Schultz,
 * 1986, restarted, each step prepared by one sweep): of all that some sweeps together could reach it takes what leaves least.
 */

import { sweepOnce } from './sweeps.ts'
import type { System } from './system.ts'

/** Sweeps that are combined, and how often that may begin anew. */
const combined = 40
const mostCycles = 12

/** What a cycle must at least gain. */
const leastGain = 0.5

/**
 * Solves (I − B) · x = left within a span of positions.
 *
 * @param left what is asked for; what is left of it on return.
 * @param x zero at the beginning.
 * @param scale how large each x about is, so that grams and tonnes are held to the same digits.
 * @returns whether no more than `tolerance` of what was asked is left.
 */
export function solveKrylov(
  system: System,
  span: readonly [number, number],
  left: Float64Array,
  x: Float64Array,
  scale: Float64Array,
  tolerance: number,
): boolean {
  const cycle = new Cycle(system, span, scale)
  const asked = cycle.norm(left)
  let rest = asked
  for (let count = 0; count < mostCycles && rest > tolerance * asked; count++) {
    const before = rest
    cycle.improve(left, x, rest, tolerance * asked)
    rest = cycle.norm(left)
    if (!(rest <= leastGain * before)) return rest <= tolerance * asked
  }
  return rest <= tolerance * asked
}

/** The directions of one cycle and the small triangular system in them. */
class Cycle {
  readonly system: System
  readonly from: number
  readonly to: number
  readonly scale: Float64Array
  readonly basis: Float64Array[]
  readonly work: Float64Array
  /** Where sweeps write whose answer nobody needs, only what it left. */
  readonly unread: Float64Array

  constructor(system: System, [from, to]: readonly [number, number], scale: Float64Array) {
    this.system = system
    this.from = from
    this.to = to
    this.scale = scale
    this.work = new Float64Array(system.layout.size)
    this.unread = new Float64Array(system.layout.size)
    this.basis = []
  }

  /** √ Σ (value ÷ scale)². */
  norm(values: Float64Array): number {
    let sum = 0
    for (let position = this.from; position < this.to; position++) {
      const part = (values[position] as number) / (this.scale[position] as number)
      sum += part * part
    }
    return Math.sqrt(sum)
  }

  improve(left: Float64Array, x: Float64Array, norm: number, enough: number): void {
    this.#begin(left, norm)
    const small = new SmallSystem(norm)
    while (small.count < combined && small.rest > enough) {
      const direction = this.#advance(small.count)
      small.add(this.#orthogonalize(direction, small.count))
      if (small.ended) break
    }
    this.#apply(small.solve(), left, x)
  }

  #begin(left: Float64Array, norm: number): void {
    const first = this.#direction(0)
    for (let k = 0; k < first.length; k++)
      first[k] = (left[this.from + k] as number) / (this.scale[this.from + k] as number) / norm
  }

  #direction(index: number): Float64Array {
    this.basis[index] ??= new Float64Array(this.to - this.from)
    return this.basis[index]
  }

  /** (I − B) · M⁻¹ of a direction, with M⁻¹ one sweep: what went in less what it left. */
  #advance(index: number): Float64Array {
    const { from, scale, work } = this
    const before = this.#direction(index)
    const after = this.#direction(index + 1)
    for (let k = 0; k < before.length; k++)
      work[from + k] = (before[k] as number) * (scale[from + k] as number)
    sweepOnce(this.system, from, this.to, work, this.unread)
    for (let k = 0; k < after.length; k++)
      after[k] = (before[k] as number) - (work[from + k] as number) / (scale[from + k] as number)
    return after
  }

  /** Takes from a direction what lies along those before it (modified Gram-Schmidt), and makes it of length 1. */
  #orthogonalize(direction: Float64Array, index: number): Float64Array {
    const along = new Float64Array(index + 2)
    for (let other = 0; other <= index; other++) {
      const basis = this.basis[other] as Float64Array
      const part = dot(direction, basis)
      along[other] = part
      for (let k = 0; k < direction.length; k++)
        direction[k] = (direction[k] as number) - part * (basis[k] as number)
    }
    const length = Math.sqrt(dot(direction, direction))
    along[index + 1] = length
    if (length > 0)
      for (let k = 0; k < direction.length; k++) direction[k] = (direction[k] as number) / length
    return along
  }

  /** x + M⁻¹ · Σ parts × directions; `left` becomes what is left then. */
  #apply(parts: Float64Array, left: Float64Array, x: Float64Array): void {
    const { from, to, scale, work } = this
    work.fill(0, from, to)
    parts.forEach((part, index) => {
      const direction = this.basis[index] as Float64Array
      for (let k = 0; k < direction.length; k++)
        work[from + k] = (work[from + k] as number) + part * (direction[k] as number)
    })
    for (let position = from; position < to; position++) {
      const value = (work[position] as number) * (scale[position] as number)
      work[position] = value
      left[position] = (left[position] as number) - value
    }
    sweepOnce(this.system, from, to, work, x)
    for (let position = from; position < to; position++)
      left[position] = (left[position] as number) + (work[position] as number)
  }
}

/** The least-squares problem of a cycle, kept triangular by rotations (Givens). */
class SmallSystem {
  readonly columns: Float64Array[] = []
  readonly cosines: number[] = []
  readonly sines: number[] = []
  readonly right: number[]
  ended = false

  constructor(norm: number) {
    this.right = [norm]
  }

  get count(): number {
    return this.columns.length
  }

  /** What the combination so far leaves. */
  get rest(): number {
    return Math.abs(this.right[this.count] as number)
  }

  add(column: Float64Array): void {
    const last = this.count
    this.cosines.forEach((cosine, k) => {
      const [upper, lower, sine] = [column[k] as number, column[k + 1] as number, this.sines[k] as number]
      column[k] = cosine * upper + sine * lower
      column[k + 1] = cosine * lower - sine * upper
    })
    const [upper, lower] = [column[last] as number, column[last + 1] as number]
    const length = Math.sqrt(upper * upper + lower * lower)
    this.ended = !(lower > 0 && length < Number.POSITIVE_INFINITY)
    if (!(length > 0)) return
    const [cosine, sine] = [upper / length, lower / length]
    column[last] = length
    const right = this.right[last] as number
    this.right[last] = cosine * right
    this.right.push(-sine * right)
    this.cosines.push(cosine)
    this.sines.push(sine)
    this.columns.push(column)
  }

  solve(): Float64Array {
    const parts = Float64Array.from(this.right.slice(0, this.count))
    for (let k = this.count - 1; k >= 0; k--) {
      const column = this.columns[k] as Float64Array
      const part = (parts[k] as number) / (column[k] as number)
      parts[k] = part
      for (let other = 0; other < k; other++)
        parts[other] = (parts[other] as number) - part * (column[other] as number)
    }
    return parts
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number)
  return sum
}
