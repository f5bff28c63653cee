/** The nouns of a product system: what only a product's calculation takes and what only its result has. */

import type { MadeAt, SiteData, SiteResult } from '../site/types.ts'
import type { DataQualityResult, Decimal, Distribution, Names, Period, Quantity, UnitCode } from '../types.ts'
import type { Allocation, AllocationResult, CoProduct, ProductFacts } from './allocation-types.ts'
import type { CarbonContent, CarbonResult, PrimaryDataShare, ProductSums } from './carbon-types.ts'
import type { MeanResult, Plant } from './mean-types.ts'
import { type MethodDetail, type MethodResult, methodFindingCodes } from './method-types.ts'
import type { RuleCheck } from './rules-types.ts'
import type { ProductUncertainty } from './uncertainty-types.ts'

export type * from './allocation-types.ts'
export type * from './bill-types.ts'
export type * from './mean-types.ts'

/** A process of a product system: makes `output` per run of the amounts its lines state. */
export interface Process extends ProductFacts {
  readonly id: string
  readonly name: Names
  readonly stage: LifeCycleStage
  readonly output: Quantity
  /** What its output is at a site, where lines take from that site's year. */
  readonly site?: MadeAt | undefined
  /** What the output is called among the products of all processes; the process’s own id where absent. */
  readonly product?: string | undefined
  /** What it makes beside, per run. */
  readonly coProducts?: readonly CoProduct[] | undefined
  /** How the products share its burden; needed where there are several. */
  readonly allocation?: Allocation | undefined
  /** Where it takes place: the region that its lines look for factors from; the calculation's where absent. */
  readonly region?: string | undefined
  /** What its lines' amounts are of; the calculation's period where absent. */
  readonly period?: Period | undefined
  /** The plants whose mean it is, weighted by what each made in the period: one run of it is the period, its output that of all. */
  readonly meanOf?: readonly Plant[] | undefined
}

/** Life-cycle stages (ISO 14067, GB/T 24067). */
export const lifeCycleStages = [
  'raw-material-acquisition',
  'production',
  'distribution',
  'use',
  'end-of-life',
] as const
export type LifeCycleStage = (typeof lifeCycleStages)[number]

/**
 * A number that lines and formulas share, so that one change moves all that rests on it. Either its value is stated, or a formula
 * says what it follows from.
 */
export interface Parameter {
  /** Letters, digits and `_`, a letter first: formulas call it by this name. */
  readonly id: string
  readonly name?: Names | undefined
  readonly value?: Decimal | undefined
  /** What lines take it in; without it only formulas use it. */
  readonly unit?: UnitCode | undefined
  /** + − × ÷, parentheses, decimals and other parameters, e.g. `1 / (1 - scrap)`; a formula knows no units. */
  readonly formula?: string | undefined
  /** How far a stated value may be off; for Monte Carlo (docs/analysis.md), and no part of a result. */
  readonly uncertainty?: ParameterUncertainty | undefined
}

/** A spread around a parameter's value: by `percent`, or between `low` and `high`. */
export interface ParameterUncertainty {
  readonly distribution: Distribution
  /**
   * Normal: half of the 95 % interval, percent of the value. Lognormal: 95 % lie between value ÷ (1 + percent ÷ 100) and value ×
   * (1 + percent ÷ 100).
   */
  readonly percent?: Decimal | undefined
  /** Triangular and uniform: the ends, in the parameter's unit; the value is the peak of the triangle. */
  readonly low?: Decimal | undefined
  readonly high?: Decimal | undefined
}

/** A line's amount that follows from a parameter: parameter × `times`. */
export interface ParameterUse {
  readonly id: string
  /** 1 where absent. */
  readonly times?: Decimal | undefined
}

/** What a product's calculation takes beside what every calculation does. */
export interface ProductDetail extends MethodDetail {
  /** The process whose output the result is per. */
  readonly referenceProcess: string
  /** Which of its products, where it makes several. */
  readonly referenceProduct?: string | undefined
  readonly processes: readonly Process[]
  readonly parameters?: readonly Parameter[] | undefined
  readonly carbonContent?: CarbonContent | undefined
  /** The year of each site that lines take from. */
  readonly siteData?: readonly SiteData[] | undefined
}

/** What a verifier must look at, and what is no reason to refuse. */
export const findingCodes = [
  /** The total is less than nothing: credits for avoided production or removals exceed what is emitted. */
  'negative-total',
  /** Biogenic carbon taken up is neither let go nor held, or more of it is than was taken up. */
  'biogenic-carbon-not-balanced',
  /** Biogenic carbon is let go or held, and no line says that it was taken up. */
  'biogenic-uptake-not-stated',
  /** A biogenic flow is stated as CO2e, so that its carbon cannot be weighed up. */
  'biogenic-carbon-not-by-mass',
  /** Biogenic carbon was taken up, and nobody says what the product holds. */
  'carbon-content-not-stated',
  /** More carbon would stay in the product than it weighs. */
  'implausible-uptake',
  /** Removals: whoever counts them must be able to trace where the CO2 is. */
  'removal-to-trace',
  /** HCFCs, CFCs and others that the total leaves out and PACT's sums hold. */
  'gases-outside-seven-groups',
  /** More was begun at a site than its good output and scrap account for. */
  'site-balance-open',
  /** Scrap left a process of a site, and no line says where to. */
  'site-scrap-untold',
  /** A total of a site is divided by what products were sold for, where a physical key may be had (ISO 14067 §6.4.6.2). */
  'site-split-by-revenue',
  /** A factor is said to be primary that stands in a table, or a fuel of which a default was taken. */
  'primary-factor-not-specific',
  ...methodFindingCodes,
  /** Credits for what co-products replace make the total smaller (allocation by substitution). */
  'substitution-credit',
  /** A line takes less than nothing of a process: production that it is said to avoid, whoever would have made it. */
  'avoided-production',
  /** The data of a process are of a time outside the reporting period. */
  'process-of-another-time',
] as const
export type FindingCode = (typeof findingCodes)[number]

/** Something a verifier must see beside a product's number. */
export interface Finding<N = number> {
  readonly code: FindingCode
  /** The lines it is about, by id; empty where it is about the whole. */
  readonly lines: readonly string[]
  /** The processes it is about, by id. */
  readonly processes: readonly string[]
  /** Of rules of the product's category: which is broken, where, what it asks, and what stands there. */
  readonly rule?: Omit<RuleCheck, 'holds'> | undefined
  /**
   * The lines' part of the sum of all lines' absolute values, 0 to 1; null where that sum is zero, no line is named, or those named lead to
   * processes whose own lines weigh what they bring.
   */
  readonly share: N | null
}

/** What only a product's result has. */
export interface ProductResult<N = number> extends MethodResult<N> {
  readonly carbon: CarbonResult<N>
  readonly sums: ProductSums<N>
  readonly primaryDataShare: PrimaryDataShare<N>
  /** Of the lines that PACT sums up, weighted by what each weighs there without uptake. */
  readonly dataQuality: DataQualityResult<N>
  readonly uncertainty: ProductUncertainty<N>
  /** How each process that makes several products shares its burden, in the order of ids. */
  readonly allocations: readonly AllocationResult<N>[]
  /** The plants of each process that is a mean, in the order of ids. */
  readonly means: readonly MeanResult<N>[]
  readonly findings: readonly Finding<N>[]
  /** How the year of each site was divided. */
  readonly sites: readonly SiteResult<N>[]
}
