/** Issued credentials, as actions ask for them. */

import type { Authorship, Page } from './parties.ts'
import type { Actor } from './request.ts'

/** `pending` until its object is written; then `public`. The signed bytes never change after the first write. */
export interface IssuedCredential {
  readonly id: string
  /** What people quote, e.g. `EGRET-2026-8F3K-27QD`; unique, and telling nothing of how many there are. */
  readonly number: string
  readonly engagementId: string
  readonly bodyOrganizationId: string
  readonly clientOrganizationId: string
  readonly jwt: string
  readonly digest: string
  /** Base64url of the salt behind the persons' pseudonyms; kept private. */
  readonly pseudonymSalt: string
  readonly state: 'pending' | 'public'
  readonly issuedAt: Date
  readonly publishedAt: Date | null
}

export interface CredentialRepository {
  /**
   * One statement: the engagement moves `decided` → `issued` and the signed bytes are fixed with it, or nothing happens.
   * A retry, also under another key, finds the credential that the engagement has already. `stale-state` otherwise.
   */
  fix(by: Authorship, credential: IssuedCredential): Promise<IssuedCredential>
  /** After the object is written. */
  markPublic(id: string, at: Date): Promise<IssuedCredential>
  /** Seen by the issuing body and the holder; everyone else reads the object in the public bucket. */
  findForEngagement(actor: Actor, engagementId: string): Promise<IssuedCredential | null>
  list(actor: Actor, page: Page): Promise<readonly IssuedCredential[]>
  /** Fixed but not yet written: what a crash left for the sweep. */
  listPending(limit: number): Promise<readonly IssuedCredential[]>
}
