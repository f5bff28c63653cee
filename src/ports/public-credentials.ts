/** What anyone may look up of issued documents, as actions ask for it: public rows only, and of them nothing private. */

import type { CredentialMove, CredentialStatus, ReasonClass } from '../certification/credential-status.ts'
import type { DocumentKind } from '../certification/scheme.ts'
import type { CredentialFace } from '../credential/face.ts'
import type { Names } from '../engine/types.ts'
import type { Page } from './parties.ts'

/** A certification body's public face. */
export interface PublicBody {
  readonly slug: string
  readonly name: Names
  /** Its own did:web; null: its DID is hosted here. */
  readonly did: string | null
}

/** A public document in a list. */
export interface PublicCredential {
  readonly id: string
  readonly number: string
  readonly documentKind: DocumentKind
  readonly face: CredentialFace
  readonly holderCode: string | null
  readonly bodySlug: string
  readonly digest: string
  readonly leafIndex: number
  readonly status: CredentialStatus
  readonly statusAt: Date
  /** Of the last move; null where there was none. */
  readonly reason: ReasonClass | null
  /** The document that took its place; null where none did. */
  readonly successor: NumberedDocument | null
  readonly issuedAt: Date
}

/** A scheme as documents name it. */
export type PublicScheme = CredentialFace['scheme']

/** A document as another one names it. */
export interface NumberedDocument {
  readonly id: string
  readonly number: string
}

/** A move as the public is told of it. */
export interface PublicMove {
  readonly number: number
  readonly move: CredentialMove
  readonly reasonClass: ReasonClass
  readonly effectiveAt: Date
  readonly at: Date
  readonly leafIndex: number
}

/** Whose documents a list shows. */
export type ListedBy = { readonly holderCode: string } | { readonly bodySlug: string }

/** Documents under one of these; newest first. */
export type PublicList = ListedBy & {
  /** Whether documents issued for trying out are in it. */
  readonly development: boolean
}

export interface PublicCredentialRepository {
  find(id: string): Promise<PublicCredential | null>
  findByNumber(number: string): Promise<PublicCredential | null>
  list(wanted: PublicList, page: Page): Promise<readonly PublicCredential[]>
  /** Documents whose place it took. */
  predecessors(credentialId: string): Promise<readonly NumberedDocument[]>
  /** Oldest first. */
  moves(credentialId: string): Promise<readonly PublicMove[]>
  findBody(slug: string): Promise<PublicBody | null>
  /** Schemes under which the body has issued documents that are public, those for trying out included. */
  schemesOf(slug: string): Promise<readonly PublicScheme[]>
  /** Every certification body, by slug; there are few of them. */
  bodies(): Promise<readonly PublicBody[]>
}
