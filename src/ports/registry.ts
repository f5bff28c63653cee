/** Published factor tables, GWP sets and schemes, as actions ask for them. */

import type {
  Confirmation,
  EmissionFactor,
  FactorTable,
  Family,
  Gas,
  GwpSet,
  Names,
  TablePin,
  UnitCode,
} from '../engine/types.ts'
import type { LicenceTerms, PublishedGwpSet, PublishedTable } from '../tables/format.ts'
import type { NewLogEntry } from './log.ts'
import type { Authorship } from './parties.ts'
import type { Actor } from './request.ts'

/** Where a version stands. Only a draft changes; what is superseded or withdrawn stays readable for ever. */
export const versionStates = ['draft', 'published', 'superseded', 'withdrawn'] as const
export type VersionState = (typeof versionStates)[number]

/** What stands about a factor-table version beside its rows. */
export interface FactorTableVersion {
  readonly table: string
  readonly version: string
  readonly digest: string
  readonly state: VersionState
  /** The enterprise whose private table it is; null for a table of the public registry. */
  readonly ownerOrganizationId: string | null
  readonly title: Names
  readonly publisher: string
  readonly edition: string
  readonly licence: string
  /** Null where neither the document nor the licence's name says. */
  readonly licenceTerms: LicenceTerms | null
  readonly redistributable: boolean
  readonly attribution: string
  readonly territory: string
  readonly years: { readonly from: number; readonly to: number }
  readonly gwpBasis: string
  readonly factorCount: number
  /** Rows that nobody confirmed with a source. */
  readonly unverifiedCount: number
  /** The version of the same table that this one replaces, and the published one that replaces it. */
  readonly supersedes: string | null
  readonly supersededBy: string | null
  readonly withdrawal: { readonly at: Date; readonly reason: string } | null
  /** Null for a draft. */
  readonly publishedAt: Date | null
}

/**
 * Who reads: every query of the registry carries this relation. Null is anyone without a token, who sees that every version
 * of the public registry exists, and the rows of those a licence lets us pass on; a caller with a token sees all rows of the
 * public registry; a private table is seen by its owner, by the bodies that verify a footprint which pins it, and by an assessor while
 * such an engagement is open to it; a draft by its owner only (the operator, for the public registry).
 */
export type Reader = Pick<Actor, 'organizationId' | 'organizationKind' | 'memberId'> | null

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

/** What factors are looked for by; what is not given, does not narrow. */
export interface FactorFilter {
  /** Words that all occur in a row, in English or Chinese; what holds no word finds nothing. */
  readonly text?: string | undefined
  readonly table?: string | undefined
  readonly version?: string | undefined
  readonly category?: string | undefined
  readonly family?: Family | undefined
  readonly region?: string | undefined
  readonly year?: number | undefined
  readonly unit?: UnitCode | undefined
  /** A gas or pollutant that its flows state. */
  readonly gas?: Gas | undefined
  readonly confirmation?: Confirmation | undefined
  /** One of {@link LicenceTerms}, else a part of the licence's name; letter case ignored. */
  readonly licence?: string | undefined
  readonly redistributable?: boolean | undefined
  readonly state?: VersionState | undefined
}

/**
 * Where a row stands in an answer: rows in ascending order of these, `year` and `version` descending. The last row of a page is
 * the cursor to the next.
 */
export interface FactorRank {
  /** The way its words matched, 0 is best; 0 without words. */
  readonly way: number
  /** 0 current, 1 superseded, 2 withdrawn, 3 draft. */
  readonly standing: number
  /** How far it is from what few words mean (`tables/search-lexemes.ts`); 0 without words. */
  readonly remoteness: number
  readonly year: number
  /** 0 primary, 1 secondary, 2 unverified; 0 without words. */
  readonly doubt: number
  readonly table: string
  readonly version: string
  readonly id: string
}

export interface FactorPage {
  readonly limit: number
  readonly after: FactorRank | null
}

/** A factor with what stands about its version that a reader must know beside it. */
export interface FoundFactor {
  readonly table: string
  readonly version: string
  readonly state: VersionState
  readonly supersededBy: string | null
  readonly ownerOrganizationId: string | null
  readonly tableTitle: Names
  readonly licence: string
  readonly licenceTerms: LicenceTerms | null
  readonly redistributable: boolean
  readonly rank: FactorRank
  readonly factor: EmissionFactor
}

/** Which versions a list shows. */
export interface TableFilter {
  readonly table?: string | undefined
  readonly state?: VersionState | undefined
}

/** Ids of the audit row of a write: its own, and that of the version it is about. */
export interface VersionNote {
  readonly auditId: string
  readonly versionId: string
}

/**
 * The registry's rows: what is published, under which digest. Rows of published versions are inserted once, never updated.
 * Every write of a factor table is of its owner's (the operator's, in the public registry), with its audit row in the same
 * transaction. What is published or withdrawn has its entry in the log in that transaction too.
 */
export interface RegistryRows {
  /**
   * Keeps a draft in place of the one with the digest `replaces` (null: of none). Null when another stands there by now.
   */
  saveDraft(
    by: Authorship,
    note: VersionNote,
    draft: FactorTableVersion,
    replaces: string | null,
  ): Promise<FactorTableVersion | null>
  /**
   * Atomic, idempotent, permanent: state, rows and the predecessor's standing, or nothing. The same digest again is fine.
   *
   * @throws Problem `published-version-changed` for another digest under a published name; `stale-state` for a draft that was
   *   replaced meanwhile; `factor-table-invalid` when it does not follow the table's editions (`tables/succession.ts`).
   */
  publishTable(
    by: Authorship,
    note: VersionNote,
    version: FactorTableVersion,
    factors: readonly EmissionFactor[],
    entry: NewLogEntry,
  ): Promise<Publication>
  /** For good. Null when no published version of the caller's has this name. */
  withdrawTable(
    by: Authorship,
    note: VersionNote,
    withdrawn: TablePin & { readonly reason: string },
    entry: NewLogEntry,
  ): Promise<FactorTableVersion | null>
  publishGwpSet(version: GwpSetVersion, entry: NewLogEntry): Promise<Publication>
  publishScheme(version: SchemeVersion, entry: NewLogEntry): Promise<Publication>
  /** Every factor-table version that was ever published, private ones too: what the log must tell of. */
  listEverPublished(): Promise<readonly FactorTableVersion[]>
  /** By table, then version. */
  listTables(reader: Reader, filter?: TableFilter): Promise<readonly FactorTableVersion[]>
  listGwpSets(): Promise<readonly GwpSetVersion[]>
  listSchemes(): Promise<readonly SchemeVersion[]>
  /** Null for what does not exist and for what the reader may not see. */
  findTable(reader: Reader, table: string, version: string): Promise<FactorTableVersion | null>
  /**
   * What stands about the published versions that these pins name, in one query: superseded and withdrawn ones too. What is not
   * published, or not the reader's to see, is not among them.
   */
  findStandings(reader: Reader, pins: readonly TablePin[]): Promise<readonly FactorTableVersion[]>
  findGwpSet(id: string, version: string): Promise<GwpSetVersion | null>
  findScheme(id: string, version: string): Promise<SchemeVersion | null>
  /** The best matches first (docs/finding-factors.md). */
  findFactors(reader: Reader, filter: FactorFilter, page: FactorPage): Promise<readonly FoundFactor[]>
}

export type Publication = 'published' | 'unchanged'

/** The rows, and the published documents themselves: loaded from object storage, digest verified, kept in the isolate. */
export interface Registry extends RegistryRows {
  /**
   * Tables as calculations use them; never a draft.
   *
   * @param standings what {@link findStandings} said of pins to this very reader a moment ago: not asked again.
   * @throws Problem `unknown-factor-table`, `stored-object-corrupt`.
   */
  loadTables(
    reader: Reader,
    pins: readonly TablePin[],
    standings?: readonly FactorTableVersion[],
  ): Promise<readonly FactorTable[]>
  /** A version with all that is published of it; never a draft. @throws Problem as {@link loadTables}. */
  loadPublished(reader: Reader, pin: TablePin): Promise<PublishedTable>
  /**
   * What is published of the public registry, as it stood within the last half minute: enough to tell, and nothing to rest on.
   */
  recentTables(): Promise<readonly FactorTableVersion[]>
  /** Every published GWP set with all that is published of it: what a table is judged by. @throws Problem `stored-object-corrupt`. */
  loadGwpSets(): Promise<readonly PublishedGwpSet[]>
  /** @throws Problem `unknown-gwp-set`, `stored-object-corrupt`. */
  loadGwpSet(id: string, version: string): Promise<GwpSet>
  /** Kept in the isolate. @throws Problem `unknown-scheme`. */
  loadScheme(id: string, version: string): Promise<SchemeVersion>
}
