/**
 * What a product's report says, in one shape for JSON, CSV and the page: everything of it is read from the result or derived from it
 * by sums. What the result does not say is `null` or named; it is never an amount of zero.
 */

import type { Exclusion } from '../../certification/check-against-scheme.ts'
import type { PartyFace, ProductFace } from '../../certification/faces.ts'
import type { DrawnTotals, DrawSetting, SystemComparison } from '../../engine/analysis/draw-types.ts'
import type { PresentedResult } from '../../engine/present.ts'
import type {
  CapitalGoods,
  CoveredElectricity,
  Decimal,
  EmptyStage,
  Excluded,
  Finding,
  FindingCode,
  FlagCode,
  FlowKind,
  FunctionalUnit,
  Gas,
  LifeCycleStage,
  Names,
  Period,
  Process,
  ProductInput,
  ProductResult,
  Quantity,
  SiteResult,
  TotalMember,
} from '../../engine/types.ts'
import type { ProblemCode } from '../../problem.ts'
import type { DeclaredGaps, PinnedEdition, ReportedLine, ReportStanding, RowState } from '../types.ts'

/** How the scheme prints amounts of a product: in one unit, to so many decimal places. */
export interface Print {
  readonly unit: 'kgCO2e' | 'tCO2e'
  readonly decimals: number
}

/** An amount of CO2e per declared unit: kilograms in full precision, and as the scheme prints it, in its unit and rounded half-even. */
export interface ProductAmount {
  readonly kgCo2e: Decimal
  readonly printed: Decimal
}

/** Why something was not drawn. */
export interface NotDrawn {
  readonly code: ProblemCode
  readonly detail: string
}

/** What many draws say, or why there are none. */
export interface ReportedDraws<Totals> {
  readonly drawn: DrawSetting
  readonly totals: Totals | null
  readonly refusal: NotDrawn | null
}

/** The draws of one product. */
export type MonteCarlo = ReportedDraws<DrawnTotals<Decimal>>

/** Another product to be held beside the reported one, of which somebody found that it may be. */
export interface OtherProduct {
  readonly footprintId: string
  /** Null where it is taken as it stands. */
  readonly revision: number | null
  readonly title: string
  readonly product: ProductFace | null
  readonly system: Omit<ProductInput, 'lines'>
  readonly result: PresentedResult
  /** Both on the same draws; null where nothing of either is stated to be uncertain. */
  readonly draws: ReportedDraws<ComparedDraws> | null
}

export type ComparedDraws = Omit<SystemComparison<Decimal>, 'drawn'>

/** Everything a product's report is made of. */
export interface ProductSource {
  readonly footprintId: string
  readonly title: string
  readonly product: ProductFace | null
  readonly organization: PartyFace
  readonly manufacturer: PartyFace | null
  readonly factory: PartyFace | null
  readonly intendedUsers: string | null
  readonly exclusions: readonly Exclusion[]
  readonly rules: PinnedRules | null
  readonly scheme: { readonly id: string; readonly version: string }
  readonly engine: { readonly version: string; readonly digest: string }
  readonly standing: ReportStanding
  readonly print: Print
  /** The product system without its lines. */
  readonly system: Omit<ProductInput, 'lines'>
  /** What the lines say of themselves, by id. */
  readonly descriptions: ReadonlyMap<string, string>
  readonly result: PresentedResult
  /** Null where nothing is stated to be uncertain. */
  readonly monteCarlo: MonteCarlo | null
  /** Null where nothing is held beside it. */
  readonly other: OtherProduct | null
}

/** The product category rules that were followed. */
export interface PinnedRules {
  readonly id: string
  readonly edition: string
  readonly operator: string
  readonly title: Names
}

export interface ProductHead {
  readonly footprintId: string
  readonly title: string
  readonly product: ProductFace | null
  readonly organization: PartyFace
  readonly manufacturer: PartyFace | null
  readonly factory: PartyFace | null
  readonly intendedUsers: string | null
  readonly rules: PinnedRules | null
  /** What the result is per; of a functional unit its reference flow. */
  readonly declaredUnit: Quantity
  readonly functionalUnit: FunctionalUnit | null
  readonly boundary: ProductInput['boundary']
  readonly period: Period
  readonly region: string
  readonly scheme: ProductSource['scheme']
  readonly engine: ProductSource['engine']
  readonly gwpSet: PinnedEdition
  readonly factorTables: readonly {
    readonly table: string
    readonly version: string
    readonly digest: string
  }[]
  readonly standing: ReportStanding
  readonly print: Print
}

/** One kind of flow, and whether it counts. */
export interface KindRow {
  readonly kind: FlowKind
  readonly inTotal: boolean
  readonly amount: ProductAmount
  /** Part of the total, of what counts; null outside it, or where the total is zero. */
  readonly share: Decimal | null
}

/** One gas of one kind: its mass, where the sources give masses, and its weight. */
export interface ProductGasRow {
  readonly kind: FlowKind
  readonly gas: Gas
  readonly kg: Decimal | null
  readonly amount: ProductAmount | null
  readonly inTotal: boolean
}

export interface ProductTotals {
  readonly total: ProductAmount
  readonly totalIncludes: readonly TotalMember[]
  readonly kinds: readonly KindRow[]
  readonly gases: readonly ProductGasRow[]
}

/**
 * How a stage of the life cycle stands: reported; its lines all taken of processes of other stages, where they count; within the boundary
 * without a line; said to be empty, with a reason; or outside the boundary.
 */
export type StageState = RowState | 'elsewhere' | 'declared-empty' | 'outside-boundary'

export interface StageRow {
  readonly stage: LifeCycleStage
  readonly state: StageState
  /** Null unless it is reported. */
  readonly amount: ProductAmount | null
  readonly share: Decimal | null
  /** What counts in the total, kind by kind: what adds, and what is taken off (0 or less), such as credits and removals. */
  readonly kinds: readonly {
    readonly kind: FlowKind
    readonly added: ProductAmount
    readonly takenOff: ProductAmount
  }[]
  readonly processes: number
  readonly lines: number
}

/** A process: what it makes, how often it runs per declared unit, what its own lines come to, and what all before it adds. */
export interface ProcessRow {
  readonly process: string
  readonly name: Names
  readonly stage: LifeCycleStage
  readonly output: Process['output']
  /** Runs of each of its products; one for a process with one product. */
  readonly runs: readonly { readonly product: string | null; readonly runs: Decimal }[]
  /** Its own lines. */
  readonly direct: ProductAmount
  readonly share: Decimal | null
  /** With everything that was made for it; null where the network could not be followed. */
  readonly withUpstream: ProductAmount | null
  readonly lines: number
}

/** An entry of the contribution tree. */
export interface Branch {
  /** A process with all that was made for it, a line that no process of the system makes, or what is too small to be told. */
  readonly of: 'process' | 'line' | 'rest'
  /** Process or line; empty for the rest. */
  readonly key: string
  /** Which product of a process that makes several. */
  readonly product: string | null
  readonly name: Names | null
  /** Of a line that does not say what it is, so that its name is that of its factor; null otherwise. */
  readonly category: string | null
  readonly stage: LifeCycleStage | null
  readonly amount: ProductAmount
  readonly share: Decimal | null
  /** The process stands above itself: a loop, entered once more. */
  readonly again: boolean
  /** How many lines or processes the rest holds; 1 otherwise. */
  readonly count: number
  /** Empty for lines, and for processes below the cut-off. */
  readonly branches: readonly Branch[]
}

/** A node of the flows between sources, processes and the product. */
export interface FlowNode {
  readonly of: Branch['of'] | 'product'
  readonly key: string
  /** Which product of a process that makes several. */
  readonly product: string | null
  readonly name: Names | null
  /** Of a line that does not say what it is, so that its name is that of its factor; null otherwise. */
  readonly category: string | null
  readonly stage: LifeCycleStage | null
  /** What passes through it. */
  readonly amount: ProductAmount
  readonly count: number
}

/** CO2e that one node hands on to another, embodied in what it makes; negative for what is avoided. Nodes by their places. */
export interface FlowLink {
  readonly from: number
  readonly to: number
  readonly amount: ProductAmount
  readonly share: Decimal | null
}

export interface Flows {
  readonly nodes: readonly FlowNode[]
  readonly links: readonly FlowLink[]
}

export interface ProductGaps extends Pick<DeclaredGaps, 'excludedShare' | 'flags' | 'gasesNotCovered'> {
  /** With the stage they would stand in, where they are of one. */
  readonly exclusions: readonly Excluded[]
  readonly estimates: readonly (Omit<DeclaredGaps['estimates'][number], 'amount'> & {
    readonly amount: ProductAmount
  })[]
  /** Stages within the boundary of which no line was reported, and nobody says why. */
  readonly stagesWithoutLines: readonly LifeCycleStage[]
}

export interface FindingRow {
  readonly code: FindingCode
  readonly lines: readonly string[]
  readonly processes: readonly string[]
  /** The broken rule of the product's category. */
  readonly rule?: Finding['rule']
  readonly share: Decimal | null
}

/** A line or a process with its share and that of all before it. */
export interface ProductContributor {
  readonly key: string
  readonly name: Names | null
  readonly category: string | null
  readonly stage: LifeCycleStage | null
  readonly amount: ProductAmount
  readonly share: Decimal | null
  readonly cumulativeShare: Decimal | null
}

/** A line with its way to the amount, and what must be known of it. */
export interface ProductTrailLine extends ReportedLine {
  readonly description: string | null
  readonly amount: ProductAmount
  readonly share: Decimal | null
  readonly flags: readonly FlagCode[]
}

/** The choices that a product's figure rests on. */
export interface ProductMethod {
  /** Null where nobody chose. */
  readonly capitalGoods: CapitalGoods | null
  /** Stages in which nothing happens, each with its reason. */
  readonly emptyStages: readonly EmptyStage[]
  /** The rules of the product's category, held against the calculation; null where it names none, or is older than they are. */
  readonly productCategoryRules: ProductResult<Decimal>['productCategoryRules']
}

/**
 * What the result says beside its sums, as it says it (docs/calculation.md and the pages beside it). Null where the record is older
 * than the member; a member's own null says that the calculation tells nothing of it.
 */
export interface ResultMembers {
  readonly carbon: ProductResult<Decimal>['carbon'] | null
  readonly sums: ProductResult<Decimal>['sums'] | null
  readonly primaryDataShare: ProductResult<Decimal>['primaryDataShare'] | null
  readonly dataQuality: ProductResult<Decimal>['dataQuality'] | null
  readonly uncertainty: ProductResult<Decimal>['uncertainty'] | null
  /** How each process that makes several products shares its burden. */
  readonly allocations: ProductResult<Decimal>['allocations'] | null
  /** The plants of each process that is their mean. */
  readonly means: ProductResult<Decimal>['means'] | null
  readonly circular: ProductResult<Decimal>['circular']
  /** Electricity under contract; null where there is none. */
  readonly contractualInstruments: CoveredElectricity<Decimal> | null
  readonly sites: readonly NamedSite[] | null
}

/** A site's year as it was divided, with the names of what it speaks of by their ids. */
export interface NamedSite {
  readonly name: Names
  readonly names: {
    readonly totals: Readonly<Record<string, Names>>
    readonly products: Readonly<Record<string, Names>>
    readonly keys: Readonly<Record<string, Names>>
  }
  readonly year: SiteResult<Decimal>
}

/** Two amounts per the same unit: A of the report's product, B of the other. */
export interface Pair {
  /** Null where nothing was reported. */
  readonly a: ProductAmount | null
  readonly b: ProductAmount | null
  /** B − A; null where either is. */
  readonly difference: ProductAmount | null
  /** B ÷ A; null where either is, where A is zero, and where one adds and the other takes off. */
  readonly ratio: Decimal | null
}

/** What is held beside the report's product. */
export interface ComparedSide extends Pick<OtherProduct, 'footprintId' | 'revision' | 'title' | 'product'> {
  readonly declaredUnit: Quantity
  readonly functionalUnit: FunctionalUnit | null
  readonly period: Period
  readonly region: string
  readonly gwpSet: PinnedEdition
  readonly factorTables: ProductHead['factorTables']
}

/** Two products beside one another. */
export interface ProductComparison {
  readonly with: ComparedSide
  readonly total: Pair
  readonly kinds: readonly (Pair & { readonly kind: FlowKind; readonly inTotal: boolean })[]
  readonly gases: readonly (Pair & {
    readonly kind: FlowKind
    readonly gas: Gas
    readonly inTotal: boolean
    /** Null where nothing was reported, or stated as CO2e. */
    readonly kg: { readonly a: Decimal | null; readonly b: Decimal | null }
  })[]
  readonly stages: readonly (Pair & {
    readonly stage: LifeCycleStage
    readonly states: { readonly a: StageState; readonly b: StageState }
  })[]
  /** What the lines of a process weigh themselves; the largest difference first, as in what follows. */
  readonly processes: readonly (Pair & {
    readonly process: string
    readonly name: Names | null
    readonly stage: LifeCycleStage | null
  })[]
  readonly categories: readonly (Pair & { readonly category: string })[]
  /** Lines of one id in both, as far as they differ; named as A names them. */
  readonly lines: readonly (Pair & {
    readonly line: string
    readonly name: Names | null
    readonly category: string
  })[]
  readonly draws: OtherProduct['draws']
}

export interface ProductReport extends ResultMembers {
  readonly type: 'egret/product-report'
  readonly schemaVersion: '1'
  readonly head: ProductHead
  readonly totals: ProductTotals
  /** Null where nothing is stated to be uncertain. */
  readonly monteCarlo: MonteCarlo | null
  /** How many parameters state an uncertainty: `uncertainty`, which is error propagation, goes without them. */
  readonly uncertainParameters: number
  /** The total per one of what a functional unit counts, and per year of its service life; null where the record has neither. */
  readonly perFunction: { readonly kgCo2ePerUnit: Decimal; readonly kgCo2ePerYear: Decimal } | null
  /** Null where no other product is asked for. */
  readonly comparison: ProductComparison | null
  readonly stages: readonly StageRow[]
  readonly processes: readonly ProcessRow[]
  /** From the product back to its sources, down to a cut-off; null where the network could not be followed. */
  readonly tree: Branch | null
  readonly flows: Flows | null
  readonly method: ProductMethod
  /** Null where the record is of before findings were made. */
  readonly findings: readonly FindingRow[] | null
  readonly gaps: ProductGaps
  readonly contributors: readonly ProductContributor[]
  readonly lines: readonly ProductTrailLine[]
}
