/** What an analysis is asked: its parts and bounds, what is different in scenarios, and what a system is compared with. */

import type {
  CalculationContext,
  Decimal,
  FactorChoice,
  ParameterUncertainty,
  ProductInput,
  Quantity,
} from '../types.ts'

/** The parts of an analysis that need nothing but the system. */
export const analysisParts = [
  'contributions',
  'tree',
  'sankey',
  'sensitivities',
  'ranking',
  'uncertainty',
] as const
export type AnalysisPart = (typeof analysisParts)[number]

/** What is different in a scenario; everything else stays. */
export interface Scenario {
  readonly name: string
  /**
   * Stated parameters with another value. A spread in percent stays and is of the new value; `low` and `high` are of the old one and
   * are left out, unless the scenario states others.
   */
  readonly parameters?:
    | readonly {
        readonly id: string
        readonly value: Decimal
        readonly uncertainty?: ParameterUncertainty | undefined
      }[]
    | undefined
  /** Lines with another quantity, or another factor. */
  readonly lines?:
    | readonly {
        readonly id: string
        readonly quantity?: Quantity | undefined
        readonly factor?: FactorChoice | undefined
      }[]
    | undefined
  /** Factors that weigh so many times what they state, on every line. */
  readonly factors?:
    | readonly {
        readonly table: string
        readonly version?: string | undefined
        readonly id: string
        readonly times: Decimal
      }[]
    | undefined
}

/** One stated parameter over several values. */
export interface ParameterRange {
  readonly parameter: string
  readonly values: readonly Decimal[]
}

/** What a system is compared with: one of the scenarios by its name, or another system. */
export type Alternative =
  | { readonly scenario: string }
  | { readonly system: ProductInput; readonly context: CalculationContext }

export interface AnalysisRequest {
  readonly parts: readonly AnalysisPart[]
  /** Paths and processes of less than this part of Σ|line| are not shown by themselves. */
  readonly cutOff: number
  readonly depthMax: number
  readonly nodesMax: number
  /** Processes, lines, sensitivities and inputs named at most, each. */
  readonly most: number
  /** The part of the result, and of its variance, that the fewest inputs are to carry. */
  readonly carried: number
  readonly draws: number
  readonly seed: number
  readonly scenarios: readonly Scenario[]
  readonly parameterTables: readonly ParameterRange[]
  readonly comparison?: Alternative | undefined
}
