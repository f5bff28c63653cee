/**
 * What an inventory's report says, in one shape for JSON, CSV and the page. Every amount stands twice: in full precision, and as
 * people print it. What nobody reported is `null` or named; it is never an amount of zero.
 */

import type { Exclusion } from '../certification/check-against-scheme.ts'
import type { GasGroup } from '../engine/gas-groups.ts'
import type { PresentedResult } from '../engine/present.ts'
import type {
  ConsolidationResult,
  DataQualityResult,
  Decimal,
  Estimate,
  FlagCode,
  FlowKind,
  Gas,
  IntensityResult,
  LineResult,
  Names,
  Period,
  Scope2Result,
  TotalMember,
  UncertaintyResult,
} from '../engine/types.ts'

export type ReportedLine = LineResult<Decimal>

/** The structures a report may follow. Each is a way to order the same lines; none quotes the standard that it is named after. */
export const reportStructures = ['ghg-protocol', 'iso-14064-1', 'gb-t-32150'] as const
export type ReportStructure = (typeof reportStructures)[number]

/** An amount of CO2e: kilograms in full precision, and tonnes rounded half-even as the scheme prints them. */
export interface Amount {
  readonly kgCo2e: Decimal
  readonly tCo2e: Decimal
}

/** How the figures stand: a draft that may change tomorrow, or a frozen revision with the person who declared it. */
export type ReportStanding =
  | { readonly state: 'draft'; readonly version: number }
  | {
      readonly state: 'frozen'
      readonly revision: number
      readonly digest: string
      readonly recordDigest: string
      readonly declarationDigest: string
      readonly declaredBy: string
      /** RFC 3339, UTC. */
      readonly declaredAt: string
    }

export interface PinnedEdition {
  readonly id: string
  readonly version: string
  readonly digest: string
}

/** Another year beside this one, and what moved the total between the two. The parts sum up to the difference. */
export interface YearComparison {
  readonly previousPeriod: Period
  /** kg CO2e. */
  readonly total: Decimal
  readonly previousTotal: Decimal
  /** More or less was done… */
  readonly activityChange: Decimal
  /** …it was weighed by other factors… */
  readonly factorChange: Decimal
  /** …it is new, or has ceased… */
  readonly added: Decimal
  readonly ceased: Decimal
  /** …or the organization's boundary moved. */
  readonly structural: Decimal
  /** …or it is weighed another way: other warming potentials, another kind of factor. */
  readonly methodChange: Decimal
}

/** Everything a report is made of. */
export interface ReportSource {
  readonly footprintId: string
  readonly title: string
  readonly organization: { readonly name: Names; readonly address: Names | null }
  readonly intendedUsers: string | null
  readonly sites: readonly { readonly name: Names; readonly address: Names | null }[]
  readonly period: Period
  readonly region: string
  /** The consolidation approach. */
  readonly boundary: string
  /** Names of facilities and entities, by the ids that lines carry. */
  readonly names: {
    readonly facility: ReadonlyMap<string, Names>
    readonly entity: ReadonlyMap<string, Names>
  }
  /** What the lines say of themselves, by id. */
  readonly descriptions: ReadonlyMap<string, string>
  readonly exclusions: readonly Exclusion[]
  readonly scheme: { readonly id: string; readonly version: string }
  readonly engine: { readonly version: string; readonly digest: string }
  readonly standing: ReportStanding
  readonly result: PresentedResult
  /** Decimal places of the printed tonnes. */
  readonly decimals: number
  readonly comparison: YearComparison | null
}

export interface ReportHead {
  readonly footprintId: string
  readonly title: string
  readonly organization: ReportSource['organization']
  readonly intendedUsers: string | null
  readonly sites: ReportSource['sites']
  readonly period: Period
  readonly region: string
  readonly consolidationApproach: string
  /** Null where the calculation states no entities. */
  readonly changeOption: string | null
  readonly scheme: ReportSource['scheme']
  readonly engine: ReportSource['engine']
  readonly gwpSet: PinnedEdition
  readonly factorTables: readonly {
    readonly table: string
    readonly version: string
    readonly digest: string
  }[]
  readonly standing: ReportStanding
}

/** An amount for each scope in which something stands; null where no line of that scope has any. */
export interface ByScope {
  readonly 1: Amount | null
  readonly 2: Amount | null
  readonly 3: Amount | null
}

/** A group of gases by scope; scope 2 by location. Null throughout: no line releases any that counts. */
export interface GasGroupRow {
  readonly gasGroup: GasGroup
  readonly scopes: ByScope
  readonly total: Amount | null
}

/** One gas of one kind: its mass, where the sources give masses, and its weight. */
export interface GasRow {
  readonly kind: FlowKind
  readonly gas: Gas
  readonly kg: Decimal | null
  readonly amount: Amount | null
  readonly inTotal: boolean
}

export interface ReportTotals {
  /** With scope 2 by location. */
  readonly total: Amount
  /** With scope 2 by market; null where the result has no scope 2 by market. */
  readonly totalMarketBased: Amount | null
  readonly totalIncludes: readonly TotalMember[]
  readonly scopes: {
    readonly 1: Amount | null
    readonly 2: { readonly locationBased: Amount | null; readonly marketBased: Amount | null }
    readonly 3: Amount | null
  }
  readonly gasGroups: readonly GasGroupRow[]
  readonly gases: readonly GasRow[]
  /** Outside the total. */
  readonly apart: {
    readonly biogenicCo2: Amount | null
    readonly biogenicCo2ByScope: ByScope
    /** Removals and biogenic uptake; negative. */
    readonly removals: Amount | null
    /** Greenhouse gases outside the seven groups. */
    readonly otherGases: { readonly amount: Amount | null; readonly gases: readonly Gas[] }
    readonly energy: readonly ApartEnergy[]
    readonly pollutants: readonly { readonly gas: Gas; readonly kg: Decimal | null }[]
  }
}

/** Energy that others used: exported, or bought and sold on. */
export interface ApartEnergy {
  readonly category: string
  readonly as: 'exported' | 'resold'
  readonly amount: Amount
}

/** Whether lines of the kind were reported. `without-lines` has no amount, and does not say that there was none. */
export type RowState = 'reported' | 'without-lines'

/** A category of a structure. */
export interface CategoryRow {
  readonly category: string
  readonly state: RowState
  /** Null exactly where there are no lines. */
  readonly amount: Amount | null
  /** Of the total with scope 2 by location, 0 to 1; null without lines, or where the total is zero. */
  readonly share: Decimal | null
  readonly lines: number
  /** The definition's exclusions that name it. */
  readonly exclusions: readonly Exclusion[]
}

export interface GhgProtocolReport {
  readonly structure: 'ghg-protocol'
  readonly scope1: { readonly amount: Amount | null; readonly categories: readonly CategoryRow[] }
  readonly scope2: {
    readonly locationBased: Amount | null
    readonly marketBased: Amount | null
    readonly categories: readonly CategoryRow[]
  }
  /** All fifteen categories, numbered. */
  readonly scope3: {
    readonly amount: Amount | null
    readonly categories: readonly (CategoryRow & { readonly number: number })[]
  }
}

export interface IsoCategoryRow {
  readonly isoCategory: 1 | 2 | 3 | 4 | 5 | 6
  readonly state: RowState
  readonly amount: Amount | null
  readonly share: Decimal | null
  readonly lines: number
  readonly kinds: readonly {
    readonly kind: string
    readonly category: string
    readonly amount: Amount
    readonly lines: number
  }[]
  /** Kinds of activity of the category of which no line was reported. */
  readonly kindsWithoutLines: readonly string[]
  readonly biogenicCo2: Amount | null
}

export interface Iso14064Report {
  readonly structure: 'iso-14064-1'
  readonly categories: readonly IsoCategoryRow[]
  /** Direct emissions, group by group; null where no direct line releases any. */
  readonly directByGas: readonly { readonly gasGroup: GasGroup; readonly amount: Amount | null }[]
  readonly directRemovals: Amount | null
}

/** The value of a property with where it comes from. */
export interface Property {
  readonly value: Decimal
  readonly unit: string
  readonly origin: 'measured' | 'default' | null
}

/** An activity of the GB/T structure: lines of one fuel, factor and set of properties together. */
export interface GbtActivity {
  readonly name: Names
  readonly category: string
  /** What of it counts: amounts times consolidated share. */
  readonly activity: { readonly amount: Decimal; readonly unit: string }
  readonly netCalorificValue: Property | null
  readonly carbonContent: Property | null
  readonly oxidation: Property | null
  /** What weighs it where the method of carbon content does not: null where that does. */
  readonly factor: { readonly table: string; readonly version: string; readonly id: string } | null
  /** Where defaults and factors were read: table, version and source. */
  readonly source: string
  readonly lines: readonly string[]
  readonly amount: Amount
}

export const gbtItems = [
  'fossil-fuel-combustion',
  'process-emissions',
  'fugitive-emissions',
  'purchased-electricity',
  'purchased-heat',
  'exported-electricity',
  'exported-heat',
] as const
export type GbtItemName = (typeof gbtItems)[number]

export interface GbtItem {
  readonly item: GbtItemName
  /** `deducted`: its amount is taken off. */
  readonly role: 'added' | 'deducted'
  readonly state: RowState
  readonly amount: Amount | null
  readonly activities: readonly GbtActivity[]
}

export interface Gbt32150Report {
  readonly structure: 'gb-t-32150'
  /** Σ added − Σ deducted, scope 2 by location. It is another figure than the inventory's total. */
  readonly total: Amount
  readonly items: readonly GbtItem[]
  readonly biomassCo2: Amount | null
  /** Shown beside: bought and sold on, neither added nor deducted here. */
  readonly resold: readonly ApartEnergy[]
  readonly sectorGuideline: { readonly id: string; readonly fuelDefaults: string } | null
}

export type StructuredReport = GhgProtocolReport | Iso14064Report | Gbt32150Report

export interface DeclaredGaps {
  readonly exclusions: readonly Exclusion[]
  /** Σ of the shares estimated; null where nothing is excluded. */
  readonly excludedShare: Decimal | null
  readonly estimates: readonly {
    readonly line: string
    /** Null for a line that is an estimate by its method (leakage by rate). */
    readonly estimate: Estimate | null
    readonly amount: Amount
    readonly share: Decimal | null
  }[]
  readonly flags: readonly {
    readonly code: FlagCode
    readonly share: Decimal | null
    readonly lines: readonly string[]
    readonly gases: readonly Gas[]
  }[]
  readonly gasesNotCovered: readonly { readonly gas: Gas; readonly lines: readonly string[] }[]
  /** What stands in for a residual mix in scope 2 by market. */
  readonly proxies: readonly {
    readonly name: Names
    readonly table: string
    readonly version: string
    readonly id: string
    readonly kWh: Decimal
    readonly amount: Amount
  }[]
  /** Categories of which no line was reported, by code. */
  readonly categoriesWithoutLines: readonly string[]
  /** Months of the period in which no dated line lies, where there are dated lines. */
  readonly monthsWithoutLines: readonly string[]
}

export interface BreakdownRow {
  readonly key: string
  readonly name: Names | null
  /** Null where nothing lies under the key: a month without lines. */
  readonly amount: Amount | null
  readonly share: Decimal | null
}

export interface Breakdown {
  readonly rows: readonly BreakdownRow[]
  /** What of the total is under no key; null where every line has one. */
  readonly remainder: {
    readonly amount: Amount
    readonly share: Decimal | null
    readonly lines: number
  } | null
}

export interface Contributor {
  readonly key: string
  readonly name: Names | null
  readonly category: string
  readonly amount: Amount
  readonly share: Decimal | null
  /** With all before it. */
  readonly cumulativeShare: Decimal | null
}

/** A line with its way to the amount, and what must be known of it. */
export interface TrailLine extends ReportedLine {
  readonly description: string | null
  readonly amount: Amount
  readonly share: Decimal | null
  readonly flags: readonly FlagCode[]
}

export interface InventoryReport {
  readonly type: 'egret/inventory-report'
  readonly schemaVersion: '1'
  readonly head: ReportHead
  readonly totals: ReportTotals
  readonly scope2: Scope2Result<Decimal> | null
  /** Whose activities count, and how far; null where the calculation states no entities. */
  readonly consolidation: ConsolidationResult<Decimal> | null
  readonly structures: readonly StructuredReport[]
  readonly gaps: DeclaredGaps
  readonly dataQuality: DataQualityResult<Decimal> | null
  readonly uncertainty: UncertaintyResult<Decimal> | null
  readonly intensities: readonly IntensityResult<Decimal>[]
  readonly contributors: {
    readonly lines: readonly Contributor[]
    readonly categories: readonly Contributor[]
  }
  readonly breakdowns: { readonly facility: Breakdown; readonly entity: Breakdown; readonly month: Breakdown }
  readonly comparison: YearComparison | null
  readonly lines: readonly TrailLine[]
}
