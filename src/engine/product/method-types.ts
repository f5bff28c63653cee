/** How a product's footprint is drawn: what a calculation says of unit, boundary and end of life, and what its result says of them. */

import type { CircularResult, EndOfLife, Quantity } from '../types.ts'
import type { ContractualInstruments, CoveredElectricity } from './contract-types.ts'
import type {
  CapitalGoods,
  Excluded,
  ExclusionsResult,
  ProductCategoryRules,
  RulesResult,
} from './rules-types.ts'
import type { EmptyStage, FunctionalUnit, FunctionalUnitResult } from './unit-types.ts'

/** Where a product's system begins and ends (ISO 14067). */
export type ProductBoundary = 'cradle-to-gate' | 'cradle-to-grave' | 'gate-to-gate'

/** What a product's calculation says of its method. */
export interface MethodDetail {
  readonly boundary: ProductBoundary
  /** What the result is per, up to the gate. */
  readonly declaredUnit?: Quantity | undefined
  /** What the result is per, from cradle to grave. */
  readonly functionalUnit?: FunctionalUnit | undefined
  /** Stages within the boundary in which nothing happens. */
  readonly emptyStages?: readonly EmptyStage[] | undefined
  /** How recycling and recovery are shared with other products. */
  readonly endOfLife?: EndOfLife | undefined
  /** Whether machines and buildings count. */
  readonly capitalGoods?: CapitalGoods | undefined
  /** What is left out on purpose. */
  readonly exclusions?: readonly Excluded[] | undefined
  /** The rules of the product's category, held against the calculation. */
  readonly productCategoryRules?: ProductCategoryRules | undefined
  /** Electricity that is bought under contract: what lines name as its instrument. */
  readonly contractualInstruments?: ContractualInstruments | undefined
}

/** What a verifier must see of a product's method, and what is no reason to refuse. */
export const methodFindingCodes = [
  /** A stage within the boundary has no line, and nobody said that nothing happens there. */
  'raw-materials-not-stated',
  'distribution-not-stated',
  /** A fuel is burnt, and nobody counts its supply; or the other way round. */
  'fuel-supply-missing',
  'fuel-combustion-missing',
  /** Capital goods are said to be included, and no line is one. */
  'capital-goods-missing',
  /** More of a material is there at the end of life than goes in. */
  'more-waste-than-material',
  /** The calculation is made otherwise than the rules of the product's category ask. */
  'pcr-violated',
  /** Power of one generation that burns nothing fossil, and no instrument says that it is the product's alone. */
  'generation-without-instrument',
  /** A factor ends at the power station, and nothing adds the way through the grid: power of one's own needs none. */
  'transmission-missing',
  /** The rules of the product's category do not hold on the last day of the reporting period. */
  'pcr-not-in-force',
] as const
export type MethodFindingCode = (typeof methodFindingCodes)[number]

/** What a product's result says of its method. */
export interface MethodResult<N = number> {
  readonly boundary: ProductBoundary
  /** Null up to the gate. */
  readonly functionalUnit: FunctionalUnitResult<N> | null
  /** Stages in which nothing happens, each with its reason. */
  readonly emptyStages: readonly EmptyStage[]
  /** End of life and recycled content; null where the calculation says nothing of either. */
  readonly circular: CircularResult<N> | null
  /** Null where nobody chose. */
  readonly capitalGoods: CapitalGoods | null
  readonly exclusions: ExclusionsResult
  /** Null where the calculation names no rules. */
  readonly productCategoryRules: RulesResult | null
  /** Absent where the calculation states no instruments. */
  readonly contractualInstruments?: CoveredElectricity<N> | undefined
}
