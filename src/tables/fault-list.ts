/** Faults as they are found: all are counted, so many are kept. A hostile file has millions, and one answer shows some. */

import type { Fault } from './format.ts'

/** A list of faults that keeps the first of them and counts the rest. */
export class FaultList extends Array<Fault> {
  readonly #max: number
  /** All that were found, the kept ones included. */
  count = 0

  constructor(max: number) {
    super()
    this.#max = max
  }

  /** What is derived from it is a plain array. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  override push(...found: Fault[]): number {
    this.count += found.length
    const room = this.#max - this.length
    return room > 0 ? super.push(...found.slice(0, room)) : this.length
  }
}
