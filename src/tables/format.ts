/**
 * The shapes of a published factor table: what its files hold, what its frozen document says, and how a fault in it is
 * named. Everything that reads, checks, publishes or loads a table agrees on these.
 */

import type {
  Confirmation,
  Decimal,
  EmissionFactor,
  FactorTable,
  FuelProperties,
  Gas,
  GwpSet,
  Names,
} from '../engine/types.ts'
import type { Digest } from '../json/digest.ts'

/** A place in a table's files that breaks a rule; all of them are listed, not the first. */
export interface Fault {
  readonly file: string
  /** Line in the file, 1 is the header; `null` where the fault is of the file as a whole. */
  readonly row: number | null
  /** Column name, or a JSON pointer in `table.json` and `set.json`. */
  readonly column: string | null
  readonly rule: Rule
  readonly message: string
}

/** Every rule at the door. `acknowledged` may name those marked so, with the reason why the row stands nevertheless. */
export const rules = {
  /** Not readable as what it should be: JSON, CSV, columns, members, forms of values. */
  form: { acknowledgeable: false },
  'duplicate-id': { acknowledgeable: false },
  unit: { acknowledgeable: false },
  family: { acknowledgeable: false },
  category: { acknowledgeable: false },
  region: { acknowledgeable: false },
  year: { acknowledgeable: false },
  gas: { acknowledgeable: false },
  /** Basis, stated CO2e and gas masses contradict each other, or a row states nothing. */
  basis: { acknowledgeable: false },
  source: { acknowledgeable: false },
  /** Passed on without known terms that allow it, or against them. */
  licence: { acknowledgeable: false },
  /** Σ gas mass × GWP against the CO2e that the source states. */
  'gas-sum': { acknowledgeable: true },
  /** Heating value × carbon content × oxidation × 44/12 against the CO2 factor derived from it. */
  'fuel-derivation': { acknowledgeable: false },
  'biogenic-in-fossil': { acknowledgeable: true },
  /** Outside the band of its category, or 1000 × off its neighbours. */
  plausibility: { acknowledgeable: true },
  /** The mass fractions of a blend do not add up to one. */
  blend: { acknowledgeable: false },
  /** What a version names as its predecessor or successor is not published, or follows another. */
  succession: { acknowledgeable: false },
  /** The files no longer say what was released. */
  digest: { acknowledgeable: false },
  released: { acknowledgeable: false },
} as const satisfies Record<string, { readonly acknowledgeable: boolean }>
export type Rule = keyof typeof rules

/** Uncertainty as the source states it; percentages are distances of the bounds from the value. */
export interface Uncertainty {
  /** The gas it speaks of, `CO2e` for the whole. */
  readonly of: Gas
  readonly lowPercent: Decimal
  readonly highPercent: Decimal
  readonly confidencePercent: Decimal
  readonly confirmation: Confirmation
}

/** A row as it is published: what the engine reads, and what people ask of it beside. */
export interface PublishedFactor extends EmissionFactor {
  readonly uncertainty: Uncertainty | null
  /** Rules this row breaks for a stated reason. */
  readonly acknowledged: Readonly<Partial<Record<Rule, string>>>
}

/** A fuel as it is published, with the factor that its properties lead to. */
export interface PublishedFuel extends FuelProperties {
  /** The row of `factors.csv` that is this fuel's CO2 per unit; recomputed at the door. */
  readonly factorId: string | null
}

/**
 * What a licence asks, as far as passing on goes: nothing; naming the source; the same licence for whatever is built on it; not known
 * or not settled; an enterprise's own data.
 */
export const licenceTerms = ['public-domain', 'attribution', 'share-alike', 'unclear', 'private'] as const
export type LicenceTerms = (typeof licenceTerms)[number]

/** Whether bytes may be passed on, and what has to be said then. */
export interface Licence {
  readonly name: string
  /** Absent in versions frozen before it was asked for; `licences.ts` knows those by name. */
  readonly terms?: LicenceTerms | undefined
  /** False keeps the table out of the public bucket. */
  readonly redistributable: boolean
  readonly attribution: string
  readonly note: string | null
}

/** A document rows were read from. */
export interface SourceDocument {
  readonly id: string
  readonly title: string
  readonly publisher: string
  readonly year: number
  readonly licence: string
  readonly citation: string
  /** The copy it was read from: whose, which file, which commit. */
  readonly obtained: string
  readonly fileDigest: string | null
  readonly confirmation: Confirmation
  /** What was done to trust the copy. */
  readonly checks: string
}

/** What a table version says of itself, beside its rows. */
export interface TableFacts {
  readonly table: string
  readonly version: string
  readonly title: Names
  readonly publisher: string
  readonly edition: string
  readonly licence: Licence
  readonly citations: readonly string[]
  readonly territory: string
  readonly years: { readonly from: number; readonly to: number }
  readonly gwpBasis: string
  readonly gasesCovered: string
  /** The version of the same table that this one replaces. */
  readonly supersedes: string | null
  /** For an older edition that is published here after its successor: the version that replaced it. */
  readonly supersededBy?: string | undefined
  readonly yearFallbackLimit: number
  /** The step to which the source prints CO2e and its parts, kg; `null` where it prints no sum. */
  readonly rounding: Decimal | null
  readonly notes: readonly string[]
  readonly sources: readonly SourceDocument[]
  /** Of a private table: what keeps its public digest from telling whether a guess of its rows is right. */
  readonly salt?: string | undefined
}

/** A factor table as calculations use it, with all that is published of its rows. */
export interface PublishedFactorTable extends FactorTable {
  readonly digest: Digest
  readonly factors: readonly PublishedFactor[]
  readonly fuels: readonly PublishedFuel[]
}

/** A table version read from its files or from its frozen document. */
export interface PublishedTable {
  readonly table: PublishedFactorTable
  readonly facts: TableFacts
}

/** Text of a table's files. */
export interface TableFiles {
  readonly 'table.json': string
  readonly 'factors.csv': string
  readonly 'fuels.csv'?: string | undefined
}

/** One gas of a GWP set, as published: also those it has no value for. */
export interface PublishedGas {
  readonly gas: Gas
  readonly name: Names
  readonly group: GasGroup
  /** `null`: the source prints none. Such a gas is known by name, and never weighs zero. */
  readonly gwp100: Decimal | null
  readonly confirmation: Confirmation
  readonly source: { readonly id: string; readonly locator: string }
  readonly notes: string | null
}

/** The seven groups an inventory counts come first; gases of all others stand outside the total. */
export const gasGroups = [
  'CO2',
  'CH4',
  'N2O',
  'HFC',
  'PFC',
  'SF6',
  'NF3',
  'CFC',
  'HCFC',
  'HFO',
  'halon',
  'ether',
  'hydrocarbon',
  'other',
] as const
export type GasGroup = (typeof gasGroups)[number]

/** Groups inside the total (Kyoto Protocol with the Doha amendment; ISO 14064-1; GB/T 32150). */
export const groupsInTotal: readonly GasGroup[] = gasGroups.slice(0, 7)

/** A refrigerant blend as published. */
export interface PublishedBlend {
  readonly blend: string
  readonly composition: Readonly<Record<Gas, Decimal>>
  readonly confirmation: Confirmation
  readonly source: { readonly id: string; readonly locator: string }
  readonly notes: string | null
}

/** What a GWP set says of itself, beside its values. */
export interface GwpSetFacts {
  readonly id: string
  readonly version: string
  readonly title: Names
  readonly basis: GwpSet['basis']
  readonly publisher: string
  readonly licence: Licence
  readonly citations: readonly string[]
  readonly supersedes: string | null
  readonly aliases: Readonly<Record<string, Gas>>
  readonly notes: readonly string[]
  readonly sources: readonly SourceDocument[]
}

/** A GWP set read from its files or from its frozen document. */
export interface PublishedGwpSet {
  readonly set: GwpSet & { readonly digest: Digest }
  readonly facts: GwpSetFacts
  readonly gases: readonly PublishedGas[]
  readonly blends: readonly PublishedBlend[]
}

/** Text of a GWP set's files. */
export interface GwpSetFiles {
  readonly 'set.json': string
  readonly 'values.csv': string
  readonly 'blends.csv': string
}
