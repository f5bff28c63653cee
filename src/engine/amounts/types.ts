/**
 * The nouns of an amount: what a line of activity data states where its amount is read, balanced or estimated instead of
 * simply known. Each says everything its arithmetic needs; what nobody states is refused, and a typed zero is a zero.
 */

import type { Decimal, Quantity, UnitCode } from '../types.ts'

/** What a register showed on a day, at its beginning. */
export interface Reading {
  /** Local date, `YYYY-MM-DD`. */
  readonly date: string
  readonly value: Decimal
}

/** One meter for as long as it hung there. A changed meter is the next of the list, and takes over on the day the other ends. */
export interface Meter {
  readonly serial: string
  /** 倍率: what one step of the register is worth in the unit of the readings (current × voltage transformer ratio); `1` where there is none. */
  readonly multiplier: Decimal
  /** Whole digits of the register. Needed where it rolls over: from 99 999 it goes to 0. */
  readonly digits?: number | undefined
  /** Two at least, by date. */
  readonly readings: readonly Reading[]
}

/** Readings of one measuring point: Σ (later − earlier) × multiplier. */
export interface MeterReadings {
  readonly unit: UnitCode
  readonly meters: readonly Meter[]
}

/** What was used out of a stock: opening + received − passed on − closing. */
export interface StockChange {
  readonly unit: UnitCode
  readonly opening: Decimal
  readonly received: Decimal
  /** Sold, given back or moved to another place. */
  readonly passedOn: Decimal
  readonly closing: Decimal
}

/**
 * A refrigerant's or insulating gas's mass balance: opening + purchased − returned − closing − newCharge got out (GHG Protocol,
 * IPCC 2006 Vol. 3 Ch. 7 and 8).
 */
export interface GasBalance {
  readonly unit: UnitCode
  /** In cylinders, not in equipment. */
  readonly opening: Decimal
  readonly purchased: Decimal
  /** Given back, sold or destroyed. */
  readonly returned: Decimal
  readonly closing: Decimal
  /** Full charge of equipment put into use less that of equipment taken out of use; negative where less is in use. */
  readonly newCharge: Decimal
}

/**
 * Screening by leak rate: full charge × share lost a year × years. The rate is stated, or follows from a top-up:
 * added ÷ charge × 365 ÷ days. An estimate by nature, and flagged as one.
 */
export interface GasLeakage {
  readonly unit: UnitCode
  /** Full charge of the equipment. */
  readonly charge: Decimal
  /** Share of the charge lost in a year, e.g. `0.05`. */
  readonly annualRate?: Decimal | undefined
  /** Added to fill the equipment up again… */
  readonly toppedUp?: Decimal | undefined
  /** …this many days after it was full. */
  readonly days?: Decimal | undefined
}

/** Why an amount is not a measured one: declared, never passed off as data. */
export interface Estimate {
  readonly method: EstimateMethod
  /** What it rests on, for the verifier. */
  readonly basis: string
  /** Who approved it, by role or name. */
  readonly approvedBy: string
}

export const estimateMethods = [
  'interpolation',
  'extrapolation',
  'earlier-period',
  'similar-facility',
  'engineering',
  'other',
] as const
export type EstimateMethod = (typeof estimateMethods)[number]

/** How freight is carried (ISO 14083 terms), where a mass and a distance are not enough. */
export interface TransportDetail {
  /** Vehicle-km by payload: what a vehicle may carry… */
  readonly payload?: Quantity | undefined
  /** …and the share of it that is used, over 0 to 1. */
  readonly loadFactor?: Decimal | undefined
  /** Empty running as a share of the loaded distance: `1` is the whole way back; for a factor per vehicle-km. */
  readonly emptyReturn?: Decimal | undefined
  readonly distanceBasis?: DistanceBasis | undefined
  /** Distance adjustment factor: shortest feasible or great-circle distance × it is the distance driven. */
  readonly distanceAdjustment?: Decimal | undefined
}

export const distanceBases = ['actual', 'shortest-feasible', 'great-circle'] as const
export type DistanceBasis = (typeof distanceBases)[number]

/** From the money spent to the money of the factor: amount × priceIndex × exchangeRate. */
export interface SpendDetail {
  /** The year whose prices were paid. */
  readonly year: number
  /** Prices of the factor's year ÷ prices of that year. Needed where the years differ. */
  readonly priceIndex?: Decimal | undefined
  /** Units of the factor's currency per unit of the line's, in the factor's year. Needed where the currencies differ. */
  readonly exchangeRate?: Decimal | undefined
  /** Where index and rate come from. */
  readonly source?: string | undefined
}

/** What a sold product uses: pieces × consumption × times. */
export interface ProductUse {
  /** Per piece and time. */
  readonly consumption: Quantity
  /** Uses, or years, in the product's life. */
  readonly times: Decimal
}
