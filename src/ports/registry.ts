/** Published factor tables, GWP sets and schemes, as actions ask for them. */

import type { EmissionFactor, FactorTable, Family, GwpSet, Names, TablePin } from '../engine/types.ts'
import type { Page } from './parties.ts'

/** What stands about a published factor-table version beside its rows. */
export interface FactorTableVersion {
  readonly table: string
  readonly version: string
  readonly digest: string
  readonly title: Names
  readonly publisher: string
  readonly licence: string
  readonly redistributable: boolean
  readonly attribution: string
  readonly territory: string
  readonly gwpBasis: string
  readonly factorCount: number
  readonly publishedAt: Date
}

export interface GwpSetVersion {
  readonly id: string
  readonly version: string
  readonly digest: string
  readonly title: Names
  readonly publishedAt: Date
}

/** A frozen scheme version; `body` is the document as published (`certification/scheme.ts` reads it). */
export interface SchemeVersion {
  readonly id: string
  readonly version: string
  readonly digest: string
  readonly body: unknown
  readonly publishedAt: Date
}

export interface FactorFilter {
  /** Only what a licence lets us pass on: all that a caller without a token sees. */
  readonly redistributableOnly: boolean
  readonly table?: string | undefined
  readonly version?: string | undefined
  readonly text?: string | undefined
  readonly category?: string | undefined
  readonly family?: Family | undefined
  readonly region?: string | undefined
  readonly year?: number | undefined
}

export interface FoundFactor {
  readonly table: string
  readonly version: string
  readonly factor: EmissionFactor
}

/** The registry's rows: what is published, under which digest. */
export interface RegistryRows {
  /** Atomic, idempotent, permanent: the same digest again is fine, another digest under the same name is `published-version-changed`. */
  publishTable(version: FactorTableVersion, factors: readonly EmissionFactor[]): Promise<Publication>
  publishGwpSet(version: GwpSetVersion): Promise<Publication>
  publishScheme(version: SchemeVersion): Promise<Publication>
  listTables(): Promise<readonly FactorTableVersion[]>
  listGwpSets(): Promise<readonly GwpSetVersion[]>
  listSchemes(): Promise<readonly SchemeVersion[]>
  findTable(table: string, version: string): Promise<FactorTableVersion | null>
  findGwpSet(id: string, version: string): Promise<GwpSetVersion | null>
  findScheme(id: string, version: string): Promise<SchemeVersion | null>
  findFactors(filter: FactorFilter, page: Page): Promise<readonly FoundFactor[]>
}

export type Publication = 'published' | 'unchanged'

/** The rows, and the published documents themselves: loaded from object storage, digest verified, kept in the isolate. */
export interface Registry extends RegistryRows {
  /** @throws Problem `unknown-factor-table`, `stored-object-corrupt`. */
  loadTables(pins: readonly TablePin[]): Promise<readonly FactorTable[]>
  /** @throws Problem `unknown-gwp-set`, `stored-object-corrupt`. */
  loadGwpSet(id: string, version: string): Promise<GwpSet>
  /** Kept in the isolate. @throws Problem `unknown-scheme`. */
  loadScheme(id: string, version: string): Promise<SchemeVersion>
}
