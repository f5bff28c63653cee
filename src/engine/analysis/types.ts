/**
 * The nouns of an analysis: where a product's result comes from, what it depends on, and how sure it is. It informs: nothing of it is
 * part of a result or a record (docs/decisions/0061). `N` is how a number stands, as in a result.
 */

import type { LifeCycleStage, Names, Quantity, SharedAmount, Subtotal, UnitCode } from '../types.ts'
import type { DrawnTotals, DrawSetting, SystemComparison } from './draw-types.ts'

export type * from './draw-types.ts'
export type * from './request-types.ts'
export { analysisParts } from './request-types.ts'

/** What is not named one by one: how many, and what they come to. */
export interface Others<N = number> {
  readonly count: number
  readonly kgCo2e: N
}

/** A product of a process, by what it and what comes before it emits per declared unit. */
export interface ProcessContribution<N = number> {
  /** The process's id; with the product's where it offers several. */
  readonly key: string
  readonly process: string
  readonly stage: LifeCycleStage
  readonly runs: N
  /** What its own lines emit. */
  readonly direct: N
  /** Direct ÷ Σ|line|; null where that is zero. */
  readonly directShare: N | null
  /** What comes with all it takes of other processes: Σ amount taken × kg CO2e per unit with everything before it. */
  readonly upstream: N
  /** One unit of its output, with everything before it. */
  readonly perOutput: { readonly kgCo2e: N; readonly unit: UnitCode }
}

/** A line, by what it emits itself and what comes with what it takes. */
export interface LineContribution<N = number> {
  readonly line: string
  readonly category: string
  readonly process: string
  readonly stage: LifeCycleStage
  /** The process that makes it; null for a line with a factor, fuel or gas of its own. */
  readonly from: string | null
  /** The process that treats it, where it is waste. */
  readonly to: string | null
  readonly direct: N
  readonly directShare: N | null
  /** Of a line that takes of another process: amount × kg CO2e per unit with everything before it. */
  readonly upstream: N
}

/** Everything `direct` of the processes and the rest is the total to the last digit, and so it is of the lines. */
export interface Contributions<N = number> {
  /** The largest by direct + upstream first. */
  readonly processes: readonly ProcessContribution<N>[]
  readonly otherProcesses: Others<N>
  readonly lines: readonly LineContribution<N>[]
  readonly otherLines: Others<N>
}

/** A step of a path from the declared unit down to what is taken, with everything before it. */
export interface TreeNode<N = number> {
  /** The place of the node it is taken by; null for the declared unit itself. */
  readonly parent: number | null
  readonly depth: number
  /** The line that takes it; null for the declared unit, for a credit that an allocation gives, and for a plant of a mean. */
  readonly line: string | null
  readonly category: string | null
  /** Whose product it is; null for a line with a factor, fuel or gas of its own, a leaf. */
  readonly process: string | null
  readonly key: string | null
  readonly kgCo2e: N
  /** Of Σ|line|; null where that is zero. */
  readonly share: N | null
  /** What stands below it and is no node of its own. */
  readonly rest: Others<N>
}

/**
 * The paths on which the result comes together, depth first: a node is what its children and its rest come to. A loop is followed
 * round and round, each time less, down to the cut-off.
 */
export interface ContributionTree<N = number> {
  /** Paths of less than this part of Σ|line| are in the rest of where they leave. */
  readonly cutOff: N
  readonly depthMax: number
  readonly nodesMax: number
  readonly nodes: readonly TreeNode<N>[]
}

/** Where a flow comes from or goes to. */
export type SankeyKind = 'category' | 'process' | 'product'

export interface SankeyNode<N = number> {
  /** `process:paint`, `category:electricity`, `product`. */
  readonly id: string
  readonly kind: SankeyKind
  readonly name: Names | null
  readonly stage: LifeCycleStage | null
  /** What goes through. */
  readonly kgCo2e: N
  /** What comes from, and goes to, processes that are cut off. */
  readonly restIn: N
  readonly restOut: N
}

export interface SankeyLink<N = number> {
  readonly from: string
  readonly to: string
  readonly kgCo2e: N
}

/** CO2e on its way into the product: links may lead round in loops, as processes do. */
export interface Sankey<N = number> {
  readonly cutOff: N
  readonly nodes: readonly SankeyNode<N>[]
  readonly links: readonly SankeyLink<N>[]
  readonly others: Others<N>
}

/** What a result may be sensitive to. */
export type SensitiveTo =
  | { readonly kind: 'amount'; readonly line: string; readonly process: string }
  | {
      readonly kind: 'factor' | 'fuel'
      readonly table: string
      readonly version: string
      readonly id: string
      /** How many lines it weighs. */
      readonly lines: number
    }
  | { readonly kind: 'output'; readonly key: string; readonly process: string }
  | { readonly kind: 'parameter'; readonly id: string }

export interface Sensitivity<N = number> {
  readonly of: SensitiveTo
  /** As it stands: amount in the unit of its factor, kg CO2e per unit of a factor, output per run. Null for a fuel's defaults. */
  readonly value: N | null
  readonly unit: UnitCode | null
  /** kg CO2e of the total per unit of it: ∂total ÷ ∂value. */
  readonly perUnit: N | null
  /** Percent of the total per percent of it, around where it stands; null where the total is zero. */
  readonly elasticity: N | null
}

export interface Sensitivities<N = number> {
  /** How many there are in all. */
  readonly of: number
  /** The largest elasticity first. */
  readonly ranked: readonly Sensitivity<N>[]
}

/**
 * What may be off: the amount of a line by itself or with all that rest on the same parameter, material or figure of a site; a factor
 * with all its lines.
 */
export type UncertainSource =
  | { readonly kind: 'activity' | 'factor-of-line'; readonly line: string }
  | {
      readonly kind: 'factor' | 'fuel'
      readonly table: string
      readonly version: string
      readonly id: string
    }
  | SharedAmount

/** A line in the ranking of inputs. */
export interface RankedInput<N = number> {
  readonly line: string
  readonly category: string
  readonly process: string
  readonly kgCo2e: N
  /** |kg CO2e| ÷ Σ|kg CO2e|; null where that is zero. A line that takes of another process emits nothing itself. */
  readonly resultShare: N | null
  /** With all before it. */
  readonly resultShareSoFar: N | null
  /** Its part of the variance, as far as uncertainties are stated; null where none is. Less than nothing where it makes up for others. */
  readonly varianceShare: N | null
  readonly varianceShareSoFar: N | null
}

/** The fewest inputs that carry a part of something: "these 12 of 400 inputs carry 95 % of the result and 90 % of its variance". */
export interface FewestInputs<N = number> {
  readonly inputs: number
  readonly of: number
  readonly resultShare: N | null
  readonly varianceShare: N | null
}

export interface SourceShare<N = number> {
  readonly source: UncertainSource
  readonly lines: number
  /** What one standard deviation of it moves the total by, to first order; kg CO2e. */
  readonly deviation: N
  readonly varianceShare: N
}

export interface Ranking<N = number> {
  /** By their part of the result, then of the variance. */
  readonly inputs: readonly RankedInput<N>[]
  /** The fewest that carry the part of the result that was asked for. */
  readonly carryingResult: FewestInputs<N>
  /** The fewest that carry that part of the variance; null where no uncertainty is stated. */
  readonly carryingVariance: FewestInputs<N> | null
  /** What the variance comes from, the largest first. */
  readonly sources: readonly SourceShare<N>[]
  /** To first order; null where no uncertainty is stated. */
  readonly standardDeviation: N | null
}

/** What a system comes to when something is changed; a change that has no answer says why. */
export interface Outcome<N = number> {
  readonly total: N | null
  /** Total − the total as sent. */
  readonly difference: N | null
  readonly byStage: readonly Subtotal<N>[]
  readonly refusal: { readonly code: string; readonly detail: string } | null
}

export interface ScenarioOutcome<N = number> extends Outcome<N> {
  readonly name: string
}

export interface ParameterTable<N = number> {
  readonly parameter: string
  readonly unit: UnitCode | null
  readonly rows: readonly ({ readonly value: N } & Outcome<N>)[]
}

/** Everything that was asked for; null or empty what was not. */
export interface AnalysisResult<N = number> {
  /** What the amounts are per: the declared unit, or the reference flow of the functional unit. */
  readonly declaredUnit: Quantity
  readonly total: N
  readonly contributions: Contributions<N> | null
  readonly tree: ContributionTree<N> | null
  readonly sankey: Sankey<N> | null
  readonly sensitivities: Sensitivities<N> | null
  readonly ranking: Ranking<N> | null
  readonly uncertainty: ({ readonly drawn: DrawSetting } & DrawnTotals<N>) | null
  readonly scenarios: readonly ScenarioOutcome<N>[]
  readonly parameterTables: readonly ParameterTable<N>[]
  readonly comparison: SystemComparison<N> | null
}
