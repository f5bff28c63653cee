/**
 * The nouns of a site's year: what a factory has on its meters, in its stores and in its production reports, from which the lines
 * of a product system take what belongs to one piece (ISO 14067 §6.3.5 and §6.4.6, GB/T 24067).
 */

import type { Estimate, MeterReadings, StockChange } from '../amounts/types.ts'
import type { Decimal, Names, Period, Quantity, UnitCode } from '../types.ts'

/** A site's period. Everything stated in it is divided without remainder, or refused. */
export interface SiteData {
  readonly id: string
  readonly name: Names
  /** The reporting period. */
  readonly period: Period
  /** What came in, was used or went out in the period. */
  readonly totals: readonly SiteTotal[]
  /** What was made. */
  readonly products: readonly SiteProduct[]
  /** What totals are divided by. */
  readonly keys: readonly SiteKey[]
  /** Where each total goes. */
  readonly splits: readonly SiteSplit[]
}

/** A total of the period, by exactly one of the ways: stated, read off meters, or left by a stock. */
export interface SiteTotal {
  readonly id: string
  readonly name: Names
  readonly quantity?: Quantity | undefined
  readonly meter?: MeterReadings | undefined
  readonly stock?: StockChange | undefined
  /** When, where a bill reaches beyond the site's period; with `apportion`. */
  readonly period?: Period | undefined
  readonly apportion?: 'by-days' | undefined
  readonly estimate?: Estimate | undefined
  /** The total behind whose meter this one stands: its amount is taken off that one. */
  readonly partOf?: string | undefined
}

/** What a site made in the period. */
export interface SiteProduct {
  readonly id: string
  readonly name: Names
  /** Good output: what left the process fit for its use. */
  readonly good: Quantity
  /** Pieces begun, or new material charged without what was reground. */
  readonly started?: Quantity | undefined
  /** Output that was not good, all of it. */
  readonly scrap?: Quantity | undefined
  /** Of the scrap, what went back into the same process. What is left of it leaves the process. */
  readonly regrind?: Quantity | undefined
  /** Mass of one good piece: leads between pieces and mass. */
  readonly massPerPiece?: Quantity | undefined
}

/** What a key counts; all but `other` are held to what they are measured in. */
export const siteKeyKinds = [
  'hours',
  'area',
  'painted-area',
  'mass',
  'pieces',
  'revenue',
  /** Given shares, which come to 1. */
  'share',
  'other',
] as const
export type SiteKeyKind = (typeof siteKeyKinds)[number]

/** What totals are divided by: an amount for each product. */
export interface SiteKey {
  readonly id: string
  readonly name: Names
  readonly kind: SiteKeyKind
  /** Of the amounts; none for shares. */
  readonly unit?: UnitCode | undefined
  /** Absent for `mass` and `pieces` that are those of the good output. */
  readonly amounts?: readonly SiteKeyAmount[] | undefined
}

export interface SiteKeyAmount {
  readonly product: string
  readonly amount: Decimal
}

/** Where totals go, each without what is measured behind it: wholly to one taker, or by a key to several. */
export interface SiteSplit {
  readonly totals: readonly string[]
  /** Needed for more than one taker. */
  readonly key?: string | undefined
  readonly products: readonly string[]
  /** What else at the site takes a part: offices, a tenant, other products. */
  readonly outside?: readonly SiteOutside[] | undefined
}

export interface SiteOutside {
  readonly what: string
  /** In the unit of the key; none where there is no key. */
  readonly amount?: Decimal | undefined
}

/** What the output of a process is at a site: one unit of it is one unit of that product. */
export interface MadeAt {
  readonly site: string
  readonly product: string
}

/** Counts of a product that lines may take beside totals: what was begun, and the scrap that left. */
export const siteFlows = ['started', 'scrap'] as const
export type SiteFlow = (typeof siteFlows)[number]

/** What a line takes of its process's site, per unit of good output: exactly one of the two. */
export interface FromSite {
  readonly total?: string | undefined
  readonly flow?: SiteFlow | undefined
}

/** A number with its unit, as a result has it. */
export interface SiteAmount<N = number> {
  readonly amount: N
  readonly unit: UnitCode
}

/** How a site's period was divided. */
export interface SiteResult<N = number> {
  readonly site: string
  readonly products: readonly SiteProductResult<N>[]
  readonly totals: readonly SiteTotalResult<N>[]
}

/** What was made of what was begun. */
export interface SiteProductResult<N = number> {
  readonly product: string
  /** The processes of the system whose output it is. */
  readonly processes: readonly string[]
  readonly good: SiteAmount<N>
  readonly started: SiteAmount<N> | null
  /** All of it, in the unit of `started` where that is stated; so is the regrind. */
  readonly scrap: SiteAmount<N> | null
  readonly regrind: SiteAmount<N> | null
  /** scrap − regrind: what left the process; null where no scrap is stated. */
  readonly scrapLeft: SiteAmount<N> | null
  /** Good output ÷ what was begun, regrind included; null where nobody says what was. */
  readonly yield: N | null
  /** What was begun, regrind included, less good output and scrap: nobody says where it is. */
  readonly unexplained: SiteAmount<N> | null
  /** Mass of the good output; null where no mass per piece is stated and it is no mass itself. */
  readonly massKg: N | null
}

/** Where a total went. */
export interface SiteTotalResult<N = number> {
  readonly total: string
  readonly unit: UnitCode
  readonly measured: N
  /** It, or something behind its meter, is an estimate; how it itself was made, where it is one. */
  readonly estimated: boolean
  readonly estimate: Estimate | null
  readonly apportioned: boolean
  /** What stands behind its meter, in its unit. */
  readonly subMeters: readonly { readonly total: string; readonly amount: N }[]
  /** measured − Σ sub-meters: what is divided. */
  readonly rest: N
  readonly key: string | null
  readonly keyUnit: UnitCode | null
  readonly keySum: N | null
  readonly parts: readonly SitePart<N>[]
  /** measured − Σ sub-meters − Σ parts, summed exactly: what rounding left. */
  readonly residual: N
}

/** What a taker takes of a total. */
export interface SitePart<N = number> {
  /** One of the two: a product of the site, or what else takes it. */
  readonly product: string | null
  readonly outside: string | null
  readonly keyAmount: N | null
  /** key amount ÷ Σ key amounts; 1 where it takes everything. */
  readonly share: N
  readonly amount: N
}
