/** Running sums of scope 2 by market: with hundreds of instruments on thousands of lines, the parts themselves are not kept. */

import { ExactSum } from '../../exact-sum.ts'
import { inOrder } from '../../names.ts'
import type { MarketUse } from '../../totals.ts'
import type { Gas } from '../../types.ts'
import type { Consumption } from './consumption.ts'

/** The kWh and kg CO2e of one instrument, or of one factor of the rest. */
export class Tally {
  readonly #kWh = new ExactSum()
  readonly #kgCo2e = new ExactSum()

  add(kWh: number, terms: readonly number[]): void {
    this.#kWh.add(kWh)
    for (const term of terms) this.#kgCo2e.add(term)
  }

  get kWh(): number {
    return this.#kWh.value
  }

  get kgCo2e(): number {
    return this.#kgCo2e.value
  }
}

/** What one line's electricity comes to by market. */
export class LineTally {
  readonly consumption: Consumption
  /** kg CO2e. */
  readonly sum = new ExactSum()
  readonly #covered = new ExactSum()
  readonly #gases = new Set<Gas>()
  #use: Omit<MarketUse, 'gasesNotCovered'> = {
    isOwn: false,
    isUnverified: false,
    basisUnknown: false,
    isProxy: false,
  }

  constructor(consumption: Consumption) {
    this.consumption = consumption
  }

  /** What an instrument covers. */
  cover(kWh: number, terms: readonly number[], use: MarketUse): void {
    this.#covered.add(kWh)
    this.add(terms, use)
  }

  /** Emissions of one factor, with what is to be told of it. */
  add(terms: readonly number[], use: MarketUse): void {
    for (const term of terms) this.sum.add(term)
    for (const gas of use.gasesNotCovered) this.#gases.add(gas)
    this.#use = {
      isOwn: this.#use.isOwn || use.isOwn,
      isUnverified: this.#use.isUnverified || use.isUnverified,
      basisUnknown: this.#use.basisUnknown || use.basisUnknown,
      isProxy: this.#use.isProxy || use.isProxy,
    }
  }

  get coveredKWh(): number {
    return this.#covered.value
  }

  get use(): MarketUse {
    return { ...this.#use, gasesNotCovered: [...this.#gases].sort(inOrder) }
  }
}
