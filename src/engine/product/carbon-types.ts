/** What lines and a product say of carbon: the kind of a direct flow, a change of land use, where data come from, what is held. */

import type { FlowKind } from '../types.ts'

/** The kinds of what a process itself lets go or takes up, on a line of a gas; a pollutant is no greenhouse gas. */
export const releaseKinds = [
  'fossil',
  'biogenic',
  'biogenic-uptake',
  'land-use-change',
  'aircraft',
  'removal',
] as const satisfies readonly FlowKind[]
export type ReleaseKind = (typeof releaseKinds)[number]

/**
 * Where a flow belongs beyond its kind (PACT Technical Specification 3): to the management of land, emissions and removals alike;
 * to a technology that takes CO2 out of the air or of biomass and stores it; or to one that stores fossil CO2 before it gets out.
 */
export const flowOrigins = ['land-management', 'technological-removal', 'fossil-capture'] as const
export type FlowOrigin = (typeof flowOrigins)[number]

/** Direct: on the land that the product comes from. Indirect: elsewhere, because of it; never in a total (ISO 14067). */
export const landUseChangeKinds = ['direct', 'indirect'] as const
export type LandUseChangeKind = (typeof landUseChangeKinds)[number]

/** A change of land use, and how its emission is spread over the years that follow. */
export interface LandUseChange {
  readonly kind: LandUseChangeKind
  /** The year of the conversion: the amount is the whole emission, of which a year of activity counts one part of `years`. */
  readonly convertedIn?: number | undefined
  /** Years that carry the emission: 20, or the length of a longer harvest cycle. */
  readonly years?: number | undefined
}
