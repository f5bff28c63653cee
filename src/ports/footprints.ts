/** Footprints, their revisions and records, as actions ask for them. */

import type { Exclusion } from '../certification/check-against-scheme.ts'
import type { PartyFace, ProductFace } from '../certification/faces.ts'
import type { Boundary, Part, SubjectKind } from '../certification/scheme.ts'
import type { InventoryInput, ProductInput, TablePin } from '../engine/types.ts'
import type { ProductCategoryRules } from '../record/revision.ts'
import type { RecalculationPolicy } from '../years/recalculation.ts'
import type { Authorship, Created, Organization, Page } from './parties.ts'
import type { FactorTableVersion } from './registry.ts'
import type { Actor } from './request.ts'

/** A product's calculation without its activity data; it may be begun without its processes. */
export type ProductDefinition = Omit<ProductInput, 'lines' | 'referenceProcess' | 'processes'> & {
  readonly referenceProcess?: string | undefined
  readonly processes?: ProductInput['processes'] | undefined
}

/** The calculation without its activity data. */
export type CalculationDefinition = Omit<InventoryInput, 'lines'> | ProductDefinition

/** The year that an inventory is compared with, and when it is calculated anew (GHG Protocol Corporate Standard, ch. 5). */
export interface BaseYear {
  readonly footprintId: string
  /** A submitted revision of it. */
  readonly revision: number
  readonly policy: RecalculationPolicy
}

/**
 * Bytes of a footprint's definition: 20,000 processes are about 4 MB, and the year of a site with two hundred meters read every month and
 * five hundred articles that share by five keys is 0.4 MB, indented 1 MB.
 */
export const definitionBytesMax = 6 * 1024 * 1024

/** Everything a footprint says before its activity data: what, whose, how bounded, on which factors, under which scheme. */
export interface FootprintDefinition {
  readonly title: string
  readonly scheme: { readonly id: string; readonly version: string }
  readonly boundary: Boundary
  /** Who answers for the claim; often not the client. */
  readonly responsibleParty: PartyFace
  readonly manufacturer: PartyFace | null
  readonly factory: PartyFace | null
  readonly intendedUsers: string | null
  /** Null for an organization's inventory. */
  readonly product: ProductFace | null
  readonly sites: readonly PartyFace[]
  readonly exclusions: readonly Exclusion[]
  /** The product category rules followed, where there are some. */
  readonly productCategoryRules: ProductCategoryRules | null
  /** Of an organization; absent in definitions of before, and null where none is named. */
  readonly baseYear?: BaseYear | null | undefined
  readonly calculation: CalculationDefinition
}

/** Activity data as stored: canonical JSON lines in the private bucket. */
export interface ActivityDataRef {
  readonly digest: string
  readonly count: number
  /** Of the bytes as they were sent; absent where they were put before it was kept. */
  readonly fileDigest?: string
}

export type FootprintState = 'draft' | 'submitted'

export interface Footprint {
  readonly id: string
  readonly organizationId: string
  readonly kind: SubjectKind
  readonly state: FootprintState
  /** Counts every change; the ETag. */
  readonly version: number
  readonly definition: FootprintDefinition
  readonly activityData: ActivityDataRef | null
  /** Number of the newest submitted revision; 0 before the first. */
  readonly latestRevision: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a revision's result comes to, enough for lists, guards and documents; the whole result is in the record. */
export interface ResultSummary {
  /** kg CO2e in full precision. */
  readonly totalKgCo2e: string
  /** As a document prints it: the unit and decimals of the scheme. */
  readonly printed: { readonly amount: string; readonly unit: 'kgCO2e' | 'tCO2e' }
  readonly parts: readonly { readonly part: Part; readonly kgCo2e: string }[]
  readonly gasesNotCovered: readonly string[]
  readonly flags: readonly string[]
}

/** The responsible party's declaration, made by a person. */
export interface ManagementDeclaration {
  readonly memberId: string
  readonly personId: string
  readonly personName: string
  /** The scheme's wording as it was put to the person. */
  readonly text: { readonly en: string; readonly zh: string }
  readonly at: Date
}

/** A frozen state of a footprint. */
export interface Revision {
  readonly id: string
  readonly footprintId: string
  readonly organizationId: string
  readonly number: number
  /** Digest of the revision manifest, `revisions/<hex>.json` in the private bucket. */
  readonly digest: string
  /** Digest of the calculation record, `records/<hex>.json` in the private bucket. */
  readonly recordDigest: string
  readonly schemeDigest: string
  readonly lineCount: number
  readonly definition: FootprintDefinition
  readonly result: ResultSummary
  readonly declaration: ManagementDeclaration
  /** Digest of the declaration, `declarations/<hex>.json` in the private bucket. */
  readonly declarationDigest: string
  readonly submittedAt: Date
}

/** A footprint of the caller's with what the registry says of pins: published versions that the caller may see. */
export interface FootprintWithPins {
  readonly footprint: Footprint
  readonly standings: readonly FactorTableVersion[]
}

/** A footprint as its owner works on it, with what a write needs to know of the caller. */
export interface FootprintForWrite extends FootprintWithPins {
  readonly client: Organization
  /** Digest of the newest submitted revision, which the next one replaces. */
  readonly latestDigest: string | null
  /** The caller's roles and name as a member; none for a client that is bound to no member. */
  readonly callerRoles: readonly string[]
  readonly callerName: string | null
  /** The revision that this very request made before, if any. */
  readonly madeBefore: { readonly revision: Revision; readonly requestDigest: string } | null
  /** Whether a body is working on the newest revision. */
  readonly isEngaged: boolean
}

/** What a draft's change sets. */
export interface FootprintChange {
  readonly definition?: FootprintDefinition
  readonly activityData?: ActivityDataRef
  readonly state?: FootprintState
}

/** A footprint, and another of the same organization that holds activity data of the very same bytes; the newest of several. */
export interface FootprintWithFile {
  readonly footprint: Footprint
  readonly sameFileAs: Footprint | null
}

/**
 * Every query carries the caller's relation: the owner sees its footprints; an engaged body sees the revisions that were
 * put before it; nobody else sees anything. Every write is one statement with its audit row.
 */
export interface FootprintRepository {
  create(by: Authorship, footprint: Footprint): Promise<Created<Footprint>>
  find(actor: Actor, id: string): Promise<Footprint | null>
  /** One query for both; without `pins` it is about those that the footprint has. */
  findWithPins(actor: Actor, id: string, pins?: readonly TablePin[]): Promise<FootprintWithPins | null>
  findWithFile(actor: Actor, id: string, fileDigest: string): Promise<FootprintWithFile | null>
  /** Without what fills megabytes: the processes and the site data of the definitions. */
  list(actor: Actor, page: Page): Promise<readonly Footprint[]>
  /** Owner only; `revisionId` is the id this request would give a revision. */
  findForWrite(actor: Actor, id: string, revisionId: string): Promise<FootprintForWrite | null>
  /** Compare-and-swap on state and version; null when another change came first. */
  change(
    by: Authorship,
    standing: Footprint,
    change: FootprintChange,
    note: { readonly auditId: string; readonly action: string },
  ): Promise<Footprint | null>
  /**
   * Freezes the revision and moves the footprint `draft` to `submitted` at once; null when another change came first.
   * `saltKey` is kept as private as the lines. `allocationIds` are the allocations of green certificates that the revision
   * rests on: they are marked as used, and one that was released meanwhile is a change that came first.
   */
  submit(
    by: Authorship,
    standing: Footprint,
    revision: Revision,
    saltKey: string,
    allocationIds?: readonly string[],
  ): Promise<Revision | null>
  /** Without a number: the newest that the caller may see. */
  findRevision(actor: Actor, footprintId: string, number: number | null): Promise<Revision | null>
  /** As {@link list}. */
  listRevisions(actor: Actor, footprintId: string, page: Page): Promise<readonly Revision[]>
}
