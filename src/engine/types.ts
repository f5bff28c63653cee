/**
 * The engine's nouns: what goes into a footprint calculation and what comes out. They are plain JSON shapes, so that
 * a calculation record holds exactly what the engine reads, and anyone can hand the same bytes back to it.
 *
 * On the wire and in a record every quantity is a decimal string with its unit; inside the engine it is a double.
 */

import type {
  Estimate,
  GasBalance,
  GasLeakage,
  MeterReadings,
  ProductUse,
  SpendDetail,
  StockChange,
  TransportDetail,
} from './amounts/types.ts'
import type { CircularPart } from './end-of-life/types.ts'
import type {
  DataQuality,
  InventoryDetail,
  InventoryResult,
  LineByMarket,
  LineUncertainty,
} from './inventory/types.ts'
import type { DataSource, FlowOrigin, LandUseChange, ReleaseKind } from './product/carbon-types.ts'
import type { LifeCycleStage, ParameterUse, ProductDetail, ProductResult } from './product/types.ts'
import type { FromSite } from './site/types.ts'

export type * from './amounts/types.ts'
export type * from './end-of-life/types.ts'
export { circularTerms, endOfLifeMethods } from './end-of-life/types.ts'
export type * from './inventory/types.ts'
export { allocationKeys, allocationMethods } from './product/allocation-types.ts'
export type * from './product/carbon-types.ts'
export type * from './product/contract-types.ts'
export type * from './product/method-types.ts'
export type * from './product/rules-types.ts'
export { boundRules, capitalGoodsChoices } from './product/rules-types.ts'
export type * from './product/types.ts'
export { findingCodes, lifeCycleStages } from './product/types.ts'
export type * from './product/uncertainty-types.ts'
export type * from './product/unit-types.ts'
export type * from './site/types.ts'
export { siteFlows, siteKeyKinds } from './site/types.ts'

/** A decimal number as text, e.g. `"118400"`, `"-0.25"`, `"1.2e-7"`; never NaN, infinite, or with digit grouping. */
export type Decimal = string

/** A unit code of the closed list in `units.ts`, e.g. `kWh`, `t`, `t.km`, `m3`, `kWh{NCV}`. */
export type UnitCode = string

/** An amount with its unit. */
export interface Quantity {
  readonly amount: Decimal
  readonly unit: UnitCode
}

/** A local-date interval `[start, end)`, `YYYY-MM-DD`. */
export interface Period {
  readonly start: string
  readonly end: string
}

/** A text a person reads, in English and Chinese; `null` where the source has no Chinese name. */
export interface Names {
  readonly en: string
  readonly zh: string | null
}

/** What kind of factor a row is. A category within a boundary says which families it accepts (DESIGN §6). */
export const families = [
  'combustion',
  'process',
  'fugitive',
  'electricity-generation',
  'electricity-life-cycle',
  'electricity-carbon-market',
  'electricity-marginal',
  'transmission-and-distribution',
  'heat',
  'upstream',
  'cradle-to-gate',
  'cradle-to-consumer',
  'cradle-to-grave',
  'gate-to-gate',
  'spend-based',
  'transport',
  'waste-collection',
  'end-of-life',
  'water',
  'travel',
  'homeworking',
] as const
export type Family = (typeof families)[number]

/**
 * What a flow is for the total: fossil counts; biogenic, removals and the rest are always shown apart (ISO 14067). A `pollutant`
 * is no greenhouse gas (`pollutants.ts`): a mass beside the footprint, never in it.
 */
export const flowKinds = [
  'fossil',
  'biogenic',
  'biogenic-uptake',
  'land-use-change',
  'aircraft',
  'removal',
  'pollutant',
] as const
export type FlowKind = (typeof flowKinds)[number]

/** A gas by its canonical name (`CO2`, `CH4`, `N2O`, `HFC-134a`, `CF4`, `SF6`, …), or `CO2e` for a sum the source states. */
export type Gas = string

/** Mass of one gas, or stated CO2e, released per one activity unit (kg); removals and uptakes are negative. */
export interface Flow {
  readonly kind: FlowKind
  readonly gas: Gas
  readonly kg: Decimal
}

/** The basis on which a source characterized its CO2e: a known set, not told, or none needed since gases are given. */
export const gwpBases = ['AR4', 'AR5', 'AR6', 'not-stated', 'gas-masses'] as const
export type GwpBasis = (typeof gwpBases)[number]

/** How sure we are of a row, surest first: read from the publisher, from someone's copy, or recalled and not confirmed. */
export const confirmations = ['primary', 'secondary', 'unverified'] as const
export type Confirmation = (typeof confirmations)[number]

/** One row of a published factor table. */
export interface EmissionFactor {
  readonly id: string
  readonly name: Names
  readonly category: string
  readonly family: Family
  readonly region: string
  readonly year: number
  readonly unit: UnitCode
  readonly flows: readonly Flow[]
  readonly gwpBasis: GwpBasis
  /** CO2e per unit as the source prints it, on `gwpBasis`; for checking, never used in a sum beside gases. */
  readonly statedCo2eKg: Decimal | null
  /** Gases that the source leaves out (a CO2-only factor: CH4, N2O). Declared with every result that uses it. */
  readonly gasesNotCovered: readonly Gas[]
  /** True where the value already holds transmission and distribution losses. */
  readonly includesTransmission: boolean
  /** True for methane that escapes unburnt from fossil sources: AR6 weighs it 29.8, all other methane 27.0. */
  readonly fossilFugitiveMethane: boolean
  readonly confirmation: Confirmation
  readonly source: FactorSource
  readonly notes: string | null
}

/** Where a row was read. */
export interface FactorSource {
  readonly id: string
  readonly locator: string
}

/** Default properties of a fuel, for the carbon-content method (GB/T 32150 family, IPCC 2006 Vol. 2 Ch. 1). */
export interface FuelProperties {
  readonly id: string
  readonly name: Names
  readonly state: 'solid' | 'liquid' | 'gas'
  /** Net calorific value, e.g. `GJ/t` or `GJ/m3`. */
  readonly netCalorificValue: Quantity
  /** Carbon per energy, unit `tC/TJ`. */
  readonly carbonContent: Quantity
  /** Fraction of the carbon that burns, 0 to 1. */
  readonly oxidation: Decimal
  readonly confirmation: Confirmation
  readonly source: FactorSource
  readonly notes: string | null
}

/** A frozen edition of a factor table: its rows, and what binds them. */
export interface FactorTable {
  readonly table: string
  readonly version: string
  /** `sha256:` + hex of the canonical form. */
  readonly digest: string
  readonly title: Names
  readonly factors: readonly EmissionFactor[]
  readonly fuels: readonly FuelProperties[]
  /** How many years back a selector may fall to find a factor of this table. */
  readonly yearFallbackLimit: number
}

/** Global warming potentials over 100 years from one named table, kg CO2e per kg. */
export interface GwpSet {
  readonly id: string
  readonly version: string
  readonly digest: string
  readonly title: Names
  readonly basis: 'AR4' | 'AR5' | 'AR6'
  /** GWP100 by canonical gas; methane stands twice: `CH4` (27.0 in AR6) and `CH4-fossil-fugitive` (29.8). */
  readonly values: Readonly<Record<Gas, Decimal>>
  /** Gases of the seven groups (CO2, CH4, N2O, HFCs, PFCs, SF6, NF3); all others stand outside the total. */
  readonly inTotal: readonly Gas[]
  /** Mass fractions of refrigerant blends, e.g. `R-410A`: HFC-32 0.5, HFC-125 0.5. */
  readonly blends: Readonly<Record<string, Readonly<Record<Gas, Decimal>>>>
  /** Other names of a gas, e.g. `R-134a` → `HFC-134a`. */
  readonly aliases: Readonly<Record<string, Gas>>
}

/** Which factor: by id (explicit), or by what it should be (a selector). */
export interface FactorChoice {
  readonly table?: string | undefined
  readonly version?: string | undefined
  readonly id?: string | undefined
  /** One of the families that the category accepts. */
  readonly family?: Family | undefined
  /** The category under which the factor's table holds it, e.g. `electricity-upstream`. */
  readonly factorCategory?: string | undefined
  readonly region?: string | undefined
  readonly year?: number | undefined
}

/**
 * A factor beside the one that weighs a line, for what that one does not cover: CH4 and N2O beside a CO2-only factor, air
 * pollutants beside greenhouse gases. Only what is named is taken of it (`companions.ts`).
 */
export interface Companion extends FactorChoice {
  /** Gases and pollutants, as the factor names them. */
  readonly gases: readonly Gas[]
}

/** Which fuel's defaults, and the measured values that replace them. */
export interface FuelChoice {
  readonly table?: string | undefined
  readonly version?: string | undefined
  readonly id?: string | undefined
  readonly netCalorificValue?: Quantity | undefined
  readonly carbonContent?: Quantity | undefined
  readonly oxidation?: Decimal | undefined
}

/** How finely a meter tells when electricity was used (ISO 8601). */
export const meterIntervals = ['PT15M', 'PT30M', 'PT1H', 'P1D', 'P1M', 'P1Y'] as const
export type MeterInterval = (typeof meterIntervals)[number]

/**
 * One line of activity data: something done or used, and how to weigh it. Exactly one of `quantity`, `meter`, `stock`, `gasBalance`,
 * `leakage` and `parameter` says how much; exactly one of `factor`, `fuel`, `gas`, `from` (or `fromProduct`), `to` (or `toProduct`) and `instrument` what it weighs, and none of them where own renewable
 * power is used.
 */
export interface ActivityLine {
  readonly id: string
  readonly category: string
  /** What kind of activity of the category, where it has several that stand in different categories of ISO 14064-1. */
  readonly activityKind?: string | undefined
  readonly description?: string | undefined
  readonly facility?: string | undefined
  readonly period?: Period | undefined
  /** How much, as measured, billed or counted. */
  readonly quantity?: Quantity | undefined
  readonly meter?: MeterReadings | undefined
  readonly stock?: StockChange | undefined
  /** A gas that leaked, by balance… */
  readonly gasBalance?: GasBalance | undefined
  /** …or by rate. */
  readonly leakage?: GasLeakage | undefined
  /** Product systems: an amount that follows from a parameter. */
  readonly parameter?: ParameterUse | undefined
  /** Product systems: what its process takes of the year of a site. */
  readonly fromSite?: FromSite | undefined
  /** The amount belongs to a period that reaches beyond the reporting period: its days inside count. */
  readonly apportion?: 'by-days' | undefined
  /** The amount is an estimate. */
  readonly estimate?: Estimate | undefined
  /** Part of the amount that belongs to the organization, over 0 to 1: a tenant's floor share, an investor's stake. */
  readonly attribution?: Decimal | undefined
  /** The line whose meter this one stands behind: its amount is taken off that line's. */
  readonly partOf?: string | undefined
  /** With a mass and a transport factor: mass × distance. */
  readonly distance?: Quantity | undefined
  /** Mass per volume; the only way from volume to mass. */
  readonly density?: Quantity | undefined
  /** How the freight was carried. */
  readonly transport?: TransportDetail | undefined
  /** Money: the year of its prices, and the way to the factor's. */
  readonly spend?: SpendDetail | undefined
  /** Sold products: what each uses in its life. */
  readonly use?: ProductUse | undefined
  /** Cooling per electricity: purchased cooling ÷ it is the electricity that made it. */
  readonly coefficientOfPerformance?: Decimal | undefined
  /** Specific enthalpy of steam given in tonnes; the feed-water's 83.74 kJ/kg is deducted. */
  readonly enthalpy?: Quantity | undefined
  /** Net calorific energy per mass or volume, for a factor per net energy; a `fuel` line states its own under `fuel`. */
  readonly netCalorificValue?: Quantity | undefined
  /** Sulphur in the fuel, percent by mass, for a pollutant that a factor states per percent of it. */
  readonly sulphurPercent?: Decimal | undefined
  readonly factor?: FactorChoice | undefined
  readonly fuel?: FuelChoice | undefined
  /** A gas or blend released as such: the quantity is its mass. */
  readonly gas?: string | undefined
  /** Product systems: what kind of flow the gas is; fossil where absent. Uptakes and removals have a negative amount. */
  readonly flowKind?: ReleaseKind | undefined
  /** Product systems: where the line's flows belong beyond their kind; a removal needs it. */
  readonly flowOrigin?: FlowOrigin | undefined
  /** Product systems: the change of land use that a gas, or a factor's flow of this kind, comes from. */
  readonly landUseChange?: LandUseChange | undefined
  /** Product systems: the instrument, or the group of them, that covers this electricity; it is weighed by the factor of their generation. */
  readonly instrument?: string | undefined
  /** Beside a factor or fuel: what it does not cover, taken gas by gas of others. */
  readonly beside?: readonly Companion[] | undefined
  /** Electricity: the zone of the grid it was taken from; the calculation's region where absent. */
  readonly zone?: string | undefined
  /** Electricity: how finely its meter tells the time. */
  readonly interval?: MeterInterval | undefined
  /** Own renewable electricity: whether its certificates were kept (and retired) or sold. */
  readonly attributes?: 'kept' | 'sold' | undefined
  /** Investments and franchises: who, so that nobody is counted twice. */
  readonly investee?: string | undefined
  readonly dataQuality?: DataQuality | undefined
  readonly uncertainty?: LineUncertainty | undefined
  /** Product systems: whether the data are primary; not primary where absent. */
  readonly dataSource?: DataSource | undefined
  /** Product systems: the process this line is an input of. */
  readonly process?: string | undefined
  /** Where that process is subdivided: which of its products the line is for; absent for what they have in common. */
  readonly forProduct?: string | undefined
  /** Product systems: the process that makes this input. */
  readonly from?: string | undefined
  /** Product systems: the term of a material's end-of-life formula that this line carries; its amount is the material's mass. */
  readonly circular?: CircularPart | undefined
  /** Product systems, by cut-off: of the material's mass, the part that was recycled from a former product, 0 to 1. */
  readonly recycledContent?: Decimal | undefined
  /** Which product it is, where the process makes several, or where only one process makes it. */
  readonly fromProduct?: string | undefined
  /** Product systems: the process that treats this waste, which the line puts out. */
  readonly to?: string | undefined
  /** Which waste it is there, where that process treats several, or where only one process treats it. */
  readonly toProduct?: string | undefined
}

/** A factor-table version pinned by a calculation; the order is the order in which selectors look. */
export interface TablePin {
  readonly table: string
  readonly version: string
}

export interface CalculationBase {
  readonly period: Period
  /** Region a selector starts from, ISO 3166 (`CN-FJ`). */
  readonly region: string
  readonly gwpSet: { readonly id: string; readonly version: string }
  readonly factorTables: readonly TablePin[]
  /** Factors of the client's own, in no published table; flagged in the result and refused by schemes that do not allow them. */
  readonly ownFactors?: readonly EmissionFactor[] | undefined
  readonly lines: readonly ActivityLine[]
}

/** An organization's inventory: a list of activities (ISO 14064-1, GHG Protocol). */
export interface InventoryInput extends CalculationBase, InventoryDetail {
  readonly kind: 'organization'
}

/** A product system: processes that feed each other, per declared unit (ISO 14067, GB/T 24067). */
export interface ProductInput extends CalculationBase, ProductDetail {
  readonly kind: 'product'
}

export type CalculationInput = InventoryInput | ProductInput

/** The frozen things a calculation stands on: same input, same context, same bytes. */
export interface CalculationContext {
  readonly tables: readonly FactorTable[]
  readonly gwpSet: GwpSet
}

/** One step of the way a factor was chosen, for people and auditors; `asked` and `took` differ where a rule fell back. */
export interface ResolutionStep {
  readonly step: 'explicit' | 'table' | 'region' | 'year' | 'own' | 'residual'
  readonly asked: string
  readonly took: string
}

/** The factor that weighed a line, and how it was found. */
export interface FactorUsed {
  readonly table: string
  readonly version: string
  readonly id: string
  readonly name: Names
  readonly family: Family
  readonly region: string
  readonly year: number
  readonly unit: UnitCode
  readonly gwpBasis: GwpBasis
  readonly confirmation: Confirmation
  readonly path: readonly ResolutionStep[]
}

/** A factor beside the line's own: what was taken of it, and the amount in its unit. */
export interface CompanionUsed<N = number> extends FactorUsed {
  readonly gases: readonly Gas[]
  readonly activity: { readonly amount: N; readonly unit: UnitCode }
  readonly working: readonly Working<N>[]
}

/** The fuel whose default properties a line rests on; `null` in the result where the line measured all of them. */
export interface FuelUsed {
  readonly table: string
  readonly version: string
  readonly id: string
  readonly name: Names
  readonly confirmation: Confirmation
  /** The source of the default properties: the family of defaults they belong to. */
  readonly source: string
  /** The properties taken from the line instead of the fuel's defaults. */
  readonly measured: readonly FuelProperty[]
  readonly path: readonly ResolutionStep[]
}

/** The three properties of the carbon-content method. */
export type FuelProperty = 'netCalorificValue' | 'carbonContent' | 'oxidation'

/*
 * Results. `N` is how a number stands: a double inside the engine, a `Decimal` (its shortest exact text) on the wire and in
 * a record.
 */

/** One gas of one kind: its mass (absent for a stated CO2e) and its weight in CO2e (absent for a pollutant, and for a gas without GWP outside the total). */
export interface GasResult<N = number> {
  readonly kind: FlowKind
  readonly gas: Gas
  readonly kg: N | null
  readonly kgCo2e: N | null
  readonly inTotal: boolean
}

/** A named intermediate value of a method, e.g. `energy`, so that a reader can follow the arithmetic. */
export interface Working<N = number> {
  readonly name: string
  readonly value: N
  readonly unit: string
  /** Properties of a fuel: measured by the client, or the default of the fuel's source. */
  readonly origin?: 'measured' | 'default' | undefined
  /** What it is of, where there is more than one: a meter's serial, the line of a sub-meter, the source of an index. */
  readonly of?: string | undefined
}

/** What one line comes to, with the arithmetic's ingredients. */
export interface LineResult<N = number> {
  readonly id: string
  readonly category: string
  /** The kind of activity that places it in ISO 14064-1; null in product systems. */
  readonly activityKind: string | null
  /** Where it happened, the entity that counts it, and its month where it lies within one; absent where not known. */
  readonly facility?: string | undefined
  readonly entity?: string | undefined
  readonly month?: string | undefined
  /** What it is shown apart as, outside the total: energy that was exported or sold on. */
  readonly apart?: string | undefined
  readonly zone?: string | undefined
  readonly interval?: MeterInterval | undefined
  /** Lines of scope 2: what they come to by market. */
  readonly marketBased?: LineByMarket<N> | undefined
  readonly estimate?: Estimate | undefined
  readonly flowOrigin?: FlowOrigin | undefined
  readonly landUseChange?: LandUseChange | undefined
  /** Investments and franchises: who. */
  readonly investee?: string | undefined
  readonly dataQuality?: DataQuality | undefined
  readonly uncertainty?: LineUncertainty | undefined
  readonly dataSource?: DataSource | undefined
  /** GHG Protocol scope and ISO 14064-1 category for inventories; process and stage for product systems. */
  readonly scope: 1 | 2 | 3 | null
  readonly isoCategory: 1 | 2 | 3 | 4 | 5 | 6 | null
  readonly process: string | null
  readonly stage: LifeCycleStage | null
  /** Which product of its process the line is for, as it states. */
  readonly forProduct?: string | undefined
  /** The process that makes this input: its emissions stand on that process's own lines, none here. */
  readonly from: string | null
  /** Which product it is; absent where that process makes one. */
  readonly fromProduct?: string | undefined
  /** The process that treats this waste, with what its treatment emits; absent for what is no waste. */
  readonly to?: string | undefined
  /** Which waste it is there; absent where that process treats one. */
  readonly toProduct?: string | undefined
  /** The amount in the factor's unit after the one conversion; in a product system per run of the line's process. */
  readonly activity: { readonly amount: N; readonly unit: UnitCode }
  /**
   * How often the line counts per declared unit: the runs of its process, or where that makes several products Σ share × runs over
   * them; in an inventory the consolidated share, 0 to 1.
   */
  readonly scaling: N
  /** The instrument, or the group, that covers it and conveys its factor; absent where none does. */
  readonly instrument?: string | undefined
  readonly factor: FactorUsed | null
  readonly fuel: FuelUsed | null
  /** The factors beside it; absent where there are none. */
  readonly beside?: readonly CompanionUsed<N>[] | undefined
  readonly working: readonly Working<N>[]
  /** For the period (organization) or per declared unit (product): `scaling` is in them. */
  readonly gases: readonly GasResult<N>[]
  /** The part of this line in the total: the exact sum of its gases that count. */
  readonly kgCo2e: N
  readonly gasesNotCovered: readonly Gas[]
}

/** A sum over some lines, of what counts in the total. */
export interface Subtotal<N = number> {
  readonly key: string
  readonly kgCo2e: N
}

/** The CO2e of one kind, apart for what counts in the total and what is only shown. */
export interface KindTotal<N = number> {
  readonly kind: FlowKind
  readonly inTotal: boolean
  readonly kgCo2e: N
}

/** What a total holds, by name; everything else is shown apart. Which gases count within these: `GasResult.inTotal`. */
export type TotalMember = 'fossil' | 'biogenic-without-co2' | 'land-use-change' | 'aircraft'

/** Something a reader must know beside the number. */
export interface Flag<N = number> {
  readonly code: FlagCode
  readonly lines: readonly string[]
  /**
   * The affected lines' part of the sum of all lines' absolute values, 0 to 1. Null where that sum is zero, and for
   * `avoided-production`, whose lines weigh on the lines of another process.
   */
  readonly share: N | null
  readonly gases?: readonly Gas[] | undefined
}

export type FlagCode =
  | 'gwp-basis-not-stated'
  | 'unverified-factor'
  | 'own-factor'
  | 'gases-not-covered'
  | 'outside-total'
  | 'avoided-production'
  | 'estimated'
  | 'apportioned'
  | 'outside-boundary'
  | 'scope-2-proxy'

/** A complete result: a vector, never one number. */
export interface CalculationResult<N = number> {
  readonly kind: CalculationInput['kind']
  /** What a product's result is per: its declared unit, or the reference flow of its functional unit; null for an organization, whose result is for the period. */
  readonly declaredUnit: Quantity | null
  readonly gwpSet: { readonly id: string; readonly version: string; readonly digest: string }
  readonly factorTables: readonly (TablePin & { readonly digest: string })[]
  /** kg CO2e, for the period (organization) or per declared unit (product). */
  readonly total: N
  readonly totalIncludes: readonly TotalMember[]
  readonly byKind: readonly KindTotal<N>[]
  readonly byGas: readonly GasResult<N>[]
  readonly byScope: readonly Subtotal<N>[]
  readonly byIsoCategory: readonly Subtotal<N>[]
  readonly byCategory: readonly Subtotal<N>[]
  readonly byActivityKind: readonly Subtotal<N>[]
  /** By facility, entity and calendar month, of the lines that tell them; what they leave of the total is under no key. */
  readonly byFacility: readonly Subtotal<N>[]
  readonly byEntity: readonly Subtotal<N>[]
  readonly byMonth: readonly Subtotal<N>[]
  /** Outside the total: energy exported or sold on, by category. */
  readonly apart: readonly Subtotal<N>[]
  readonly byStage: readonly Subtotal<N>[]
  readonly byProcess: readonly Subtotal<N>[]
  /** How often each process runs per declared unit; for each product by itself where it makes several. */
  readonly scaling: readonly { readonly process: string; readonly product: string | null; readonly runs: N }[]
  readonly lines: readonly LineResult<N>[]
  readonly gasesNotCovered: readonly { readonly gas: Gas; readonly lines: readonly string[] }[]
  readonly flags: readonly Flag<N>[]
  /** What only an inventory has; null for a product. */
  readonly inventory: InventoryResult<N> | null
  /** What only a product has; null for an inventory. */
  readonly product: ProductResult<N> | null
}
