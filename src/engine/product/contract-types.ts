/** The nouns of green power in a product: the instruments its lines name, and what they come to. */

import type { ContractualInstrument, FactorUsed, InstrumentKind, Quantity } from '../types.ts'

/**
 * An instrument for electricity of a product (ISO 14067 §6.4.9.4). Its `factor` is that of the generation itself, from cradle to the
 * power station; lines name the instrument, so that it covers no facility as a whole.
 */
export interface ProductInstrument extends Omit<ContractualInstrument, 'facilities'> {
  /** What lines call it together with others of the same generation, e.g. certificates of several months. */
  readonly group?: string | undefined
}

/** Instruments for electricity, and how much of the product they are for. */
export interface ContractualInstruments {
  readonly instruments: readonly ProductInstrument[]
  /** How many months before the reporting period power may have been generated, at most. */
  readonly ageMonthsMax: number
  /** How much of the product was made in the reporting period with this electricity: what lines take per unit is held against it. */
  readonly produced: Quantity
}

/* Results. */

/** What the product took of an instrument. */
export interface ProductInstrumentUse<N = number> {
  readonly id: string
  readonly kind: InstrumentKind
  /** What lines call it: its group, or its own id. */
  readonly named: string
  readonly factor: FactorUsed
  /** What it is of. */
  readonly kWh: N
  /** What the product made in the period took of it; of a group each its part. */
  readonly takenKWh: N
}

/** The electricity of a product that factors weigh, and what of it instruments cover. */
export interface CoveredElectricity<N = number> {
  readonly produced: Quantity
  /** Per declared unit. */
  readonly electricityKWh: N
  readonly coveredKWh: N
  /** In the order of ids. */
  readonly instruments: readonly ProductInstrumentUse<N>[]
}
