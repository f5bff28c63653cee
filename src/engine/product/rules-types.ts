/** Product category rules (PCR) as a calculation names them: what they ask of it, and what was found of that. */

import type {
  AllocationMethod,
  Decimal,
  EndOfLifeMethod,
  LifeCycleStage,
  Names,
  Period,
  UnitCode,
} from '../types.ts'
import type { ProductBoundary } from './method-types.ts'

/** Whether machines and buildings count, and why so. */
export const capitalGoodsChoices = ['included', 'excluded'] as const
export type CapitalGoodsChoice = (typeof capitalGoodsChoices)[number]

export interface CapitalGoods {
  readonly choice: CapitalGoodsChoice
  readonly reason: string
}

/** Something left out on purpose: a declared gap. */
export interface Excluded {
  readonly what: string
  /** The stage it would stand in, where it is of one. */
  readonly stage?: LifeCycleStage | undefined
  readonly reason: string
  /** Share of the whole, 0 to 1, as estimated. */
  readonly estimatedShare: Decimal
}

/** The rules that a category of products is calculated by. */
export interface ProductCategoryRules {
  readonly id: string
  readonly edition: string
  readonly operator: string
  readonly title?: Names | undefined
  /** The first and the day after the last day on which they hold. */
  readonly validity: Period
  readonly binds: RulesBinding
}

/** What the rules ask; what they leave open is absent. */
export interface RulesBinding {
  /** The unit that the declared unit or the functional unit's reference flow is stated in. */
  readonly unit?: UnitCode | undefined
  readonly boundary?: ProductBoundary | undefined
  /** Ways of allocation that are allowed. */
  readonly allocation?: readonly AllocationMethod[] | undefined
  readonly endOfLife?: EndOfLifeMethod | undefined
  readonly capitalGoods?: CapitalGoodsChoice | undefined
  /** Largest share of one exclusion, and of all of them. */
  readonly cutOffSingle?: Decimal | undefined
  readonly cutOffTotal?: Decimal | undefined
}

export const boundRules = [
  'unit',
  'boundary',
  'allocation',
  'endOfLife',
  'capitalGoods',
  'cutOffSingle',
  'cutOffTotal',
] as const satisfies readonly (keyof RulesBinding)[]
export type BoundRule = (typeof boundRules)[number]

/** A rule, and one place that was held against it. */
export interface RuleCheck {
  readonly rule: BoundRule
  readonly holds: boolean
  /** What the rules ask, and what stands there; a decimal where it is a number. */
  readonly asked: string
  readonly given: string
  /** Where in the calculation. */
  readonly pointer: string
}

/** The rules with what was found. */
export interface RulesResult extends Omit<ProductCategoryRules, 'binds' | 'title'> {
  readonly title: Names | null
  /** Whether they hold on the last day of the reporting period. */
  readonly inForce: boolean
  readonly checks: readonly RuleCheck[]
}

/** What is left out, together. */
export interface ExclusionsResult {
  readonly items: readonly Excluded[]
  /** The exact sum of the estimated shares. */
  readonly totalShare: Decimal
}
