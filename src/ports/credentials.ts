/** Issued credentials, as actions ask for them. */

import type { CredentialStatus, ReasonClass } from '../certification/credential-status.ts'
import type { DocumentKind } from '../certification/scheme.ts'
import type { CredentialFace } from '../credential/face.ts'
import type { LogTurn, NewLogEntry, WantedTurn } from './log.ts'
import type { Authorship, Page } from './parties.ts'
import type { Actor } from './request.ts'
import type { StatusPlace } from './status.ts'

/** `pending` until its objects are written and the log shows it; then `public`. The signed bytes never change. */
export interface IssuedCredential {
  readonly id: string
  /** What people quote, e.g. `EGRET-2026-8F3K-27QD`; unique, and telling nothing of how many there are. */
  readonly number: string
  readonly engagementId: string
  readonly bodyOrganizationId: string
  readonly clientOrganizationId: string
  readonly documentKind: DocumentKind
  readonly jwt: string
  readonly digest: string
  /** Id of the signing key within the body's. */
  readonly kid: string
  readonly face: CredentialFace
  /** The holder's 统一社会信用代码 as the document names it. */
  readonly holderCode: string | null
  readonly leafIndex: number
  /** Its tlog-proof; null while pending. */
  readonly receipt: string | null
  readonly status: CredentialStatus
  readonly moveCount: number
  readonly statusAt: Date
  /** Base64url of the salt behind the persons' pseudonyms; kept private. */
  readonly pseudonymSalt: string
  readonly state: 'pending' | 'public'
  readonly issuedAt: Date
  readonly publishedAt: Date | null
  readonly confirmedAt: Date | null
}

/** A credential to fix: what the database adds is not in it. */
export type NewCredential = Omit<
  IssuedCredential,
  'leafIndex' | 'receipt' | 'status' | 'moveCount' | 'statusAt' | 'state' | 'publishedAt' | 'confirmedAt'
>

/** What is fixed with a credential. */
export interface Fixing {
  /** Its places in the body's status lists. */
  readonly places: readonly StatusPlace[]
  readonly entry: NewLogEntry
  /** Digest of the verification report's text: the trail's act names it. */
  readonly verificationReport: string
  /** The engagement's version that all of it was made from. */
  readonly version: number
  /** The turn to publish the log, taken with it where it is free. */
  readonly turn: WantedTurn
}

/** What came of fixing a credential. */
export type Fixed =
  /** It stands, with the turn to publish where that came with it. */
  | { readonly credential: IssuedCredential; readonly turn: LogTurn | null }
  /** Its number or a place was taken by another meanwhile: draw again, sign again. */
  | 'draw-again'

/** A public document as a body reports it. */
export interface ExportedCredential
  extends Pick<IssuedCredential, 'id' | 'number' | 'jwt' | 'status' | 'statusAt' | 'issuedAt'> {
  /** Of the last move; null where there was none. */
  readonly reason: ReasonClass | null
  /** Of the document that took its place. */
  readonly successorNumber: string | null
}

export interface CredentialRepository {
  /**
   * One statement: the engagement moves `decided` → `issued`, and with it the signed bytes, the places in the status lists and
   * the leaf in the log are fixed, or nothing happens. A retry, also under another key, finds the credential that the engagement
   * has already. `stale-state` otherwise.
   */
  fix(by: Authorship, credential: NewCredential, fixing: Fixing): Promise<Fixed>
  /** Whatever its state; of the issuing body or the holder. */
  find(actor: Actor, id: string): Promise<IssuedCredential | null>
  /** Seen by the issuing body and the holder; everyone else reads the object in the public bucket. */
  findForEngagement(actor: Actor, engagementId: string): Promise<IssuedCredential | null>
  list(actor: Actor, page: Page): Promise<readonly IssuedCredential[]>
  /** Public documents that the actor's organization issued, newest first. */
  exported(actor: Actor, page: Page): Promise<readonly ExportedCredential[]>
}
