/**
 * The nouns of an organization's inventory beside its lines: whose activities count and how far (consolidation), what
 * electricity was bought under contract (scope 2, market-based), how good the data are, and what the result is compared with.
 */

import type { Decimal, FactorChoice, FactorUsed, Names, Period, Quantity } from '../types.ts'

export const consolidationApproaches = ['operational-control', 'financial-control', 'equity-share'] as const
export type ConsolidationApproach = (typeof consolidationApproaches)[number]

/**
 * What counts of what was bought in the reporting period: its activities from the day, or those of the whole period. What was sold
 * counts until the day in either case.
 */
export const changeOptions = ['from-date', 'whole-year'] as const
export type ChangeOption = (typeof changeOptions)[number]

/**
 * Financial control by one holder; by several together, each of whom then counts its equity share (GHG Protocol Corporate Standard,
 * ch. 3, table 1); or by someone else.
 */
export const financialControls = ['sole', 'joint', 'none'] as const
export type FinancialControl = (typeof financialControls)[number]

/** How something is held for some time. Absent ends are open. */
export interface Holding {
  readonly from?: string | undefined
  /** The first day on which it is not held any more. */
  readonly to?: string | undefined
  /** Economic share, 0 to 1. */
  readonly equityShare: Decimal
  readonly financialControl: FinancialControl
  readonly operationalControl: boolean
}

/** How one entity holds another. */
export interface EntityHolding extends Holding {
  /** The entity that holds it. */
  readonly by: string
}

/** A legal entity. The one that nobody holds is the reporting organization. */
export interface LegalEntity {
  readonly id: string
  readonly name: Names
  /** How others hold it, by turns or together; none for the reporting organization. */
  readonly holdings?: readonly EntityHolding[] | undefined
}

/** A place where activities happen. `facility` of a line names it. */
export interface Facility {
  readonly id: string
  readonly name: Names
  /** Whose it is. */
  readonly entity: string
  /** How the entity holds it, where that is otherwise than wholly: a leased building, a plant run by someone else. */
  readonly holdings?: readonly Holding[] | undefined
}

/** Whose activities the inventory holds, and how far. */
export interface Consolidation {
  readonly approach: ConsolidationApproach
  readonly changeOption: ChangeOption
  readonly entities: readonly LegalEntity[]
  readonly facilities: readonly Facility[]
}

export const instrumentKinds = [
  'green-certificate',
  'power-purchase-agreement',
  'supplier-specific',
  'other-certificate',
] as const
export type InstrumentKind = (typeof instrumentKinds)[number]

/** A range of green certificates 绿证 by their numbers, both ends in it. */
export interface CertificateRange {
  readonly from: string
  readonly to: string
  /** How many they are, as the register counts them. */
  readonly certificates: number
}

/** A contractual instrument for purchased electricity, with what the quality criteria ask of it (GHG Protocol Scope 2 Guidance, ch. 7). */
export interface ContractualInstrument {
  readonly id: string
  readonly kind: InstrumentKind
  readonly quantity: Quantity
  /** The emission rate it conveys. */
  readonly factor: FactorChoice
  /** When the power was generated. */
  readonly generated: Period
  /** Region of the grid or market it was generated in. */
  readonly market: string
  /** No one else has, or can have, a claim on the same power. */
  readonly exclusive: boolean
  /** The consumption it was redeemed, retired or cancelled for. */
  readonly consumption: { readonly consumer: string; readonly period: Period; readonly retiredOn: string }
  /** The certificates, for kind `green-certificate` and no other: 1,000 kWh each. */
  readonly certificates?: readonly CertificateRange[] | undefined
  /** The facilities whose electricity it covers; all of the market where absent. */
  readonly facilities?: readonly string[] | undefined
}

/** What is asked of an instrument, by name; each is a refusal of its own (`instruments.ts`). */
export const instrumentCriteria = [
  'age',
  'market',
  'exclusivity',
  'consumption',
  'unit-amount',
  'validity',
] as const
export type InstrumentCriterion = (typeof instrumentCriteria)[number]

/** Scope 2, market-based: instruments, and what stands for the rest. */
export interface MarketBased {
  readonly instruments: readonly ContractualInstrument[]
  /** How many months before the reporting period power may have been generated, at most. */
  readonly ageMonthsMax: number
  /** A factor for the uncovered rest by choice; where absent the residual mix of the pinned tables, else a proxy. */
  readonly residual?: FactorChoice | undefined
}

/** Scores from 1 (best) to 5 of the pedigree matrix (Weidema and Wesnæs 1996; ecoinvent). */
export interface DataQuality {
  readonly reliability: number
  readonly completeness: number
  readonly temporal: number
  readonly geographical: number
  readonly technological: number
}

export const dataQualityIndicators = [
  'reliability',
  'completeness',
  'temporal',
  'geographical',
  'technological',
] as const satisfies readonly (keyof DataQuality)[]
export type DataQualityIndicator = (typeof dataQualityIndicators)[number]

/** The shape of what a value may be instead. */
export const distributions = ['normal', 'lognormal', 'triangular', 'uniform'] as const
export type Distribution = (typeof distributions)[number]

/** Half of the 95 % interval as percent of the value: `5` is ± 5 %. */
export interface LineUncertainty {
  readonly activityPercent: Decimal
  readonly factorPercent: Decimal
  /**
   * Shapes of the intervals, for Monte Carlo (docs/analysis.md), and no part of a result: `normal` where absent. Lognormal: 95 % lie
   * between value ÷ (1 + percent ÷ 100) and value × (1 + percent ÷ 100). Triangular and uniform are as wide to both sides.
   */
  readonly activityDistribution?: Distribution | undefined
  readonly factorDistribution?: Distribution | undefined
}

/** What the total is divided by. */
export interface IntensityBase {
  readonly kind: 'revenue' | 'output' | 'headcount' | 'area' | 'other'
  readonly name: Names
  readonly quantity: Quantity
}

/** The guideline of the sector (GB/T 32151 family), and the family of fuel defaults that it asks for, by the source of its rows. */
export interface SectorGuideline {
  readonly id: string
  readonly fuelDefaults: string
}

/** The members of an inventory beside what every calculation has. */
export interface InventoryDetail {
  readonly consolidation?: Consolidation | undefined
  readonly marketBased?: MarketBased | undefined
  readonly sectorGuideline?: SectorGuideline | undefined
  readonly intensityBases?: readonly IntensityBase[] | undefined
}

/* Results. */

/** What the uncovered electricity is weighed by: a residual mix, or something that only stands in for one. */
export const residualBases = ['residual-mix', 'proxy'] as const
export type ResidualBasis = (typeof residualBases)[number]

/** Electricity of one rest factor. */
export interface ResidualUse<N = number> {
  readonly factor: FactorUsed
  readonly basis: ResidualBasis
  readonly kWh: N
  readonly kgCo2e: N
}

export interface InstrumentUse<N = number> {
  readonly id: string
  readonly kind: InstrumentKind
  readonly factor: FactorUsed
  readonly kWh: N
  readonly kgCo2e: N
}

/** Scope 2 by both methods (GHG Protocol Scope 2 Guidance): always both, and neither made to fit the other. */
export interface Scope2Result<N = number> {
  readonly locationBasedKgCo2e: N
  readonly marketBasedKgCo2e: N
  /** The inventory's total with scope 2 by market instead of by location. */
  readonly totalMarketBasedKgCo2e: N
  /** Purchased electricity, and own whose attributes were sold. */
  readonly electricityKWh: N
  readonly coveredKWh: N
  /** Own renewable power whose attributes were kept: nothing by either method. */
  readonly ownKWh: N
  readonly instruments: readonly InstrumentUse<N>[]
  readonly rest: readonly ResidualUse<N>[]
}

/** A line of scope 2 by market. */
export interface LineByMarket<N = number> {
  /** What is covered or left to the rest; null where both methods count the line the same: heat, cooling, own power kept. */
  readonly kWh: N | null
  readonly coveredKWh: N | null
  readonly kgCo2e: N
}

/** What a facility counts for over some days. */
export interface ConsolidatedShare<N = number> {
  readonly facility: string
  readonly entity: string
  readonly from: string
  /** The first day after them. */
  readonly to: string
  readonly share: N
}

export interface ConsolidationResult<N = number> {
  readonly approach: ConsolidationApproach
  readonly changeOption: ChangeOption
  /** In the order of facilities' ids, then of time; days on which a facility is not held are left out. */
  readonly shares: readonly ConsolidatedShare<N>[]
}

export interface DataQualityResult<N = number> {
  /** Part of Σ|line| whose lines are rated; null where that sum is zero. */
  readonly ratedShare: N | null
  /** Means of the scores, weighted by |kg CO2e| of the rated lines; null where nothing rated weighs anything. */
  readonly ratings: Readonly<Record<DataQualityIndicator, N>> | null
}

/** How far some lines' sum may be off, of those that say so. */
export interface UncertaintyPart<N = number> {
  /** Part of Σ|line| whose lines state an uncertainty; null where that sum is zero. */
  readonly statedShare: N | null
  /** Of the lines that state one; null where none does. */
  readonly halfWidthKgCo2e: N | null
  /** Of |their sum|; null where there is none, or they sum up to zero. */
  readonly percent: N | null
}

/**
 * What can be off: a line's activity; a factor or a fuel's defaults, with all lines they weigh; or the factor of one line that shares
 * it with no other (a gas released as such, a fuel all measured).
 */
export type UncertaintySource<N = number> =
  | { readonly kind: 'activity' | 'factor-of-line'; readonly line: string }
  | {
      readonly kind: 'factor' | 'fuel'
      readonly table: string
      readonly version: string
      readonly id: string
      /** How many lines state an uncertainty and are weighed by it. */
      readonly lines: N
    }

export interface UncertaintyContribution<N = number> {
  readonly source: UncertaintySource<N>
  /** Part of the variance, 0 to 1. */
  readonly varianceShare: N
}

/** Error propagation (IPCC 2006 Vol. 1 Ch. 3, approach 1): half of the 95 % interval, as the lines state theirs. */
export interface UncertaintyResult<N = number> extends UncertaintyPart<N> {
  readonly method: 'error-propagation'
  readonly confidence: '0.95'
  readonly byScope: readonly ({ readonly key: string } & UncertaintyPart<N>)[]
  /** What the variance comes from, largest first, ten at most. */
  readonly contributions: readonly UncertaintyContribution<N>[]
}

export interface IntensityResult<N = number> {
  readonly kind: IntensityBase['kind']
  readonly name: Names
  readonly quantity: Quantity
  /** kg CO2e per unit of the quantity. */
  readonly kgCo2ePerUnit: N
}

/** What an inventory's result holds beside what every result has. */
export interface InventoryResult<N = number> {
  readonly scope2: Scope2Result<N> | null
  readonly consolidation: ConsolidationResult<N> | null
  readonly dataQuality: DataQualityResult<N>
  readonly uncertainty: UncertaintyResult<N>
  readonly intensities: readonly IntensityResult<N>[]
  readonly sectorGuideline: SectorGuideline | null
}
