/** What lines and a product say of carbon: the kind of a direct flow, a change of land use, where data come from, what is held. */

import type { Decimal, FlowKind, Quantity } from '../types.ts'
import type { LifeCycleStage } from './types.ts'

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

/**
 * The carbon in the product at the gate, each as a mass per declared unit (`kgC`) or as a share of the product's mass (`kgC/kg`).
 * Both kinds are stated, a zero as `"0"`.
 */
export interface CarbonContent {
  readonly fossil: Quantity
  readonly biogenic: Quantity
  /** The part of both that comes from recycled material. */
  readonly recycled?: Quantity | undefined
  /** Biogenic carbon in the packaging, a mass per declared unit. */
  readonly packagingBiogenic?: Quantity | undefined
  /** Mass of the declared unit without packaging, where that is no mass itself. */
  readonly productMass?: Quantity | undefined
}

/** The carbon content in kilograms of carbon per declared unit. */
export interface CarbonHeld<N = number> {
  /** Null where neither the declared unit is a mass nor one is stated. */
  readonly productMassKg: N | null
  readonly fossilKgC: N
  readonly biogenicKgC: N
  /** Null where not stated. */
  readonly recycledKgC: N | null
  readonly packagingBiogenicKgC: N | null
}

/** What came of the check that biogenic carbon taken up is let go or held. */
export const balanceStates = [
  'balanced',
  'not-balanced',
  /** Biogenic carbon is let go or held, and no line says that it was taken up. */
  'uptake-not-stated',
  /** Some was taken up, and nobody says what the product holds. */
  'content-not-stated',
  /** A biogenic flow is stated as CO2e: nobody knows its carbon. */
  'not-by-mass',
] as const
export type BalanceState = (typeof balanceStates)[number]

/** Biogenic carbon up to the gate, as kg CO2 per declared unit: taken up + let go + held = 0, to the tolerance. */
export interface BiogenicBalance<N = number> {
  readonly state: BalanceState
  /** Negative; null where no line states an uptake. */
  readonly takenUpKgCo2: N | null
  /** CO2, and CH4 × 44 ÷ 16. */
  readonly releasedKgCo2: N
  /** Content of product and packaging × 44 ÷ 12; null where not stated. */
  readonly heldKgCo2: N | null
  /** Their sum; null where one is not known. */
  readonly differenceKgCo2: N | null
  /** What the difference may be, as a part of the larger side. */
  readonly tolerance: Decimal
}

export interface CarbonResult<N = number> {
  /** Null where the calculation states none. */
  readonly content: CarbonHeld<N> | null
  /** Null where nothing is biogenic, and where the boundary does not reach back to what grew. */
  readonly balance: BiogenicBalance<N> | null
}

/**
 * The sums of PACT Technical Specifications 3 (3.0.3) under its own names: kg CO2e, and kg C, per declared unit. A part is null where no
 * line has such a flow; a zero was stated. They hold gases outside the seven groups (HCFCs, CFCs), as PACT asks.
 */
export interface PactSums<N = number> {
  /** The stages that they sum up: PACT ends at the gate. */
  readonly stages: readonly LifeCycleStage[]
  readonly pcfExcludingBiogenicUptake: N
  readonly pcfIncludingBiogenicUptake: N
  /** With aircraft and the fossil emissions of land management. */
  readonly fossilGhgEmissions: N
  readonly fossilCarbonContent: N | null
  readonly biogenicCarbonContent: N | null
  readonly recycledCarbonContent: N | null
  readonly landUseChangeGhgEmissions: N | null
  /** Indirect changes of land use; in no sum. */
  readonly landCarbonLeakage: N | null
  readonly landManagementFossilGhgEmissions: N | null
  readonly landManagementBiogenicCO2Emissions: N | null
  readonly landManagementBiogenicCO2Removals: N | null
  /** What was taken up less what was let go again: what product and packaging hold. Null also where more was let go than taken up. */
  readonly biogenicCO2Uptake: N | null
  readonly biogenicNonCO2Emissions: N | null
  /** Part of the fossil emissions. */
  readonly aircraftGhgEmissions: N | null
  readonly packagingEmissionsIncluded: boolean
  /** Part of the sum without uptake: lines of category `packaging`, with all that leads to them. */
  readonly packagingGhgEmissions: N | null
  readonly packagingBiogenicCarbonContent: N | null
  readonly ccsTechnologicalCO2CaptureIncluded: boolean
  readonly ccsTechnologicalCO2Capture: N | null
  readonly technologicalCO2Removals: N | null
  readonly productMassPerDeclaredUnit: N | null
}

/** The parts that ISO 14067 wants each by itself, of the gases of the seven groups and of all stages; kg CO2e per declared unit. */
export interface Iso14067Sums<N = number> {
  readonly fossilKgCo2e: N | null
  readonly aircraftKgCo2e: N | null
  readonly biogenicCo2KgCo2e: N | null
  readonly biogenicOtherKgCo2e: N | null
  readonly biogenicUptakeKgCo2e: N | null
  /** Direct ones. */
  readonly landUseChangeKgCo2e: N | null
  readonly removalsKgCo2e: N | null
  /** All parts above. */
  readonly netKgCo2e: N
  /** All but biogenic CO2 and its uptake. */
  readonly netWithoutBiogenicCo2KgCo2e: N
  /** In no sum: */
  readonly indirectLandUseChangeKgCo2e: N | null
  readonly outsideSevenGroupsKgCo2e: N | null
}

export interface ProductSums<N = number> {
  /** Null for a gate-to-gate system: PACT reaches back to the cradle. */
  readonly pact: PactSums<N> | null
  readonly iso14067: Iso14067Sums<N>
}

/** Measured or read at the place itself, of this product; or taken from elsewhere. */
export const dataOrigins = ['primary', 'secondary'] as const
export type DataOrigin = (typeof dataOrigins)[number]

/** Where a line's data come from (PACT Methodology 4.2.2): of the amount, and of what weighs it. */
export interface DataSource {
  readonly activity: DataOrigin
  /** Of a factor or a fuel's properties; a gas has none, and an input from a process is weighed by that process's own lines. */
  readonly factor?: DataOrigin | undefined
}

/** The part of a footprint that stems from primary data; of Σ|line| as PACT counts lines without uptake, before the gate. */
export interface PrimaryDataShare<N = number> {
  /** 0 to 1: amount and factor are primary, and so are the amounts of all inputs that lead there. Null where Σ|line| is zero. */
  readonly primary: N | null
  /** 0 to 1: the same of lines that say where their data come from, primary or not. */
  readonly stated: N | null
}
