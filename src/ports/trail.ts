/** The audit trail, as its readers ask for it. */

import type { Digest } from '../json/digest.ts'
import type { ChainName, TrailKind } from '../transparency/trail.ts'
import type { ChainHead, SealedHead, TrailSeal } from '../transparency/trail-seal.ts'
import type { NewLogEntry } from './log.ts'
import type { Page } from './parties.ts'
import type { Actor } from './request.ts'

export interface TrailLinkRow {
  readonly sequence: number
  readonly kind: TrailKind
  /** The exact text of the entry. */
  readonly entry: string
  readonly hash: string
}

/** A page of a chain, with what it follows and how the whole chain ends now. */
export interface TrailPage {
  readonly chain: ChainName
  readonly length: number
  readonly hash: string
  readonly previous: string
  readonly links: readonly TrailLinkRow[]
  /** The newest of the chain; null before the first. */
  readonly seal: TrailSeal | null
}

/** What is sealed at once: each head with its leaf, in the order of the leaves. */
export interface NewTrailSeal {
  readonly id: string
  readonly digest: Digest
  readonly heads: readonly (SealedHead & { readonly leaf: string })[]
}

/** An engagement's chain, and what decides how much of it the client sees. */
export interface EngagementTrail extends TrailPage {
  readonly clientOrganizationId: string
  readonly isDecided: boolean
}

/** Pages go by the sequence after which they begin. Null for what the caller may not see. */
export interface TrailRepository {
  /** For both sides, and an assessor, whose reading is in the trail itself. */
  ofEngagement(actor: Actor, id: string, page: Page): Promise<EngagementTrail | null>
  /** For the owner. */
  ofFootprint(actor: Actor, id: string, page: Page): Promise<TrailPage | null>
  /** Heads that no seal has; for the installation itself. */
  unsealedHeads(limit: number): Promise<readonly ChainHead[]>
  /** Seal, heads and entry of the log in one statement. */
  seal(seal: NewTrailSeal, entry: NewLogEntry, at: Date): Promise<void>
  /** For the organization itself. */
  ofOrganization(actor: Actor, id: string, page: Page): Promise<TrailPage | null>
}
