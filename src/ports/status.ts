/** Status lists and moves of credentials, as actions ask for them. */

import type { CaseKind, CaseState, Consequence } from '../certification/cases.ts'
import type { Successor } from '../certification/credential-moves.ts'
import type { CredentialMove, CredentialStatus, ReasonClass } from '../certification/credential-status.ts'
import type { DocumentKind } from '../certification/scheme.ts'
import type { StatusPurpose } from '../credential/status-purposes.ts'
import type { NewLogEntry } from './log.ts'
import type { Authorship } from './parties.ts'
import type { Actor } from './request.ts'

/** A status list of a body. Its object is `status/<id>.jwt`. */
export interface StatusList {
  readonly id: string
  readonly bodyOrganizationId: string
  /** What the issuer's DID is made of. */
  readonly body: { readonly slug: string; readonly did: string | null }
  readonly purpose: StatusPurpose
  readonly number: number
  readonly length: number
  readonly version: number
  readonly publishedVersion: number
  readonly signedAt: Date | null
  readonly expiresAt: Date | null
  readonly confirmedAt: Date | null
}

/** A list to begin. */
export type NewStatusList = Pick<StatusList, 'id' | 'bodyOrganizationId' | 'purpose' | 'number' | 'length'>

/** A place in a list, drawn at random. */
export interface StatusPlace {
  readonly listId: string
  readonly purpose: StatusPurpose
  readonly index: number
}

/** A case as far as a move that names it looks at it. */
export interface DecidedCase {
  readonly id: string
  readonly kind: CaseKind
  readonly state: CaseState
  readonly consequence: Consequence | null
}

/** A credential that is asked to move. */
export interface StandingCredential {
  readonly id: string
  readonly number: string
  readonly digest: string
  readonly documentKind: DocumentKind
  readonly bodyOrganizationId: string
  readonly issuer: string
  readonly state: 'pending' | 'public'
  readonly status: CredentialStatus
  readonly moveCount: number
  readonly validUntil: Date | null
  /** Roles the caller's member has. */
  readonly callerRoles: readonly string[]
  /** Digest of the request under which this very move was made before. */
  readonly madeBefore: string | null
  /** The case that was asked about, where it is one of the body about this document. */
  readonly case: DecidedCase | null
  /** The document that was asked about, where it is another of the same body and client. */
  readonly successor: (Successor & { readonly id: string }) | null
}

/** A move as it is made: status, bit, log entry, move and audit row in one statement. */
export interface NewCredentialMove {
  readonly id: string
  readonly credentialId: string
  readonly move: CredentialMove
  readonly to: CredentialStatus
  readonly reasonClass: ReasonClass
  readonly note: string | null
  /** The case whose decision asked for it. */
  readonly caseId: string | null
  /** Of a supersession. */
  readonly successorId: string | null
  readonly effectiveAt: Date
  readonly entry: NewLogEntry
}

/** A move as it was made. The public sees it without `note` and person. */
export interface CredentialMoveRow {
  readonly id: string
  readonly number: number
  readonly move: CredentialMove
  readonly reasonClass: ReasonClass
  readonly note: string | null
  /** The case whose decision asked for it; for body and holder. */
  readonly caseId: string | null
  /** Of a supersession: the document that took its place. */
  readonly successorId: string | null
  readonly effectiveAt: Date
  readonly at: Date
  readonly leafIndex: number
}

export interface StatusRepository {
  /** The body's newest list of each purpose, and how many of its places are taken. */
  newestLists(
    bodyOrganizationId: string,
  ): Promise<readonly { readonly list: StatusList; readonly taken: number }[]>
  /** Begins lists, unless others of their number stand. */
  addLists(lists: readonly NewStatusList[], at: Date): Promise<void>
  /** For the issuing body only; null for everyone else. */
  findStanding(
    actor: Actor,
    credentialId: string,
    concerning: {
      readonly moveId: string
      readonly caseId: string | null
      readonly successorId: string | null
    },
  ): Promise<StandingCredential | null>
  /** Compare-and-swap on status and move count; null when another move came first. */
  move(
    by: Authorship,
    standing: StandingCredential,
    move: NewCredentialMove,
  ): Promise<CredentialMoveRow | null>
  /** Newest last. Seen by body and holder. */
  moves(actor: Actor, credentialId: string): Promise<readonly CredentialMoveRow[]>
  /** Lists to sign now: changed since they were published, never published, or expiring before an instant. */
  due(expiringBefore: Date, limit: number): Promise<readonly StatusList[]>
  /** Lists of a credential, for writing a move through. */
  listsOf(credentialId: string): Promise<readonly StatusList[]>
  /** A list as it is now with the indices that are set, in order: one snapshot. */
  bits(listId: string): Promise<{ readonly list: StatusList; readonly set: readonly number[] }>
  /** After the object is written: never backwards. */
  published(listId: string, version: number, signedAt: Date, expiresAt: Date): Promise<void>
  /** Lists whose object was not read back since it was written. */
  unconfirmed(limit: number): Promise<readonly StatusList[]>
  confirmed(listId: string, version: number, at: Date): Promise<void>
}
