/** Cases, as actions ask for them: complaints, appeals, misuse, and facts discovered after the opinion. */

import type { CaseMove } from '../certification/case-transitions.ts'
import type {
  CaseKind,
  CaseOutcome,
  CaseSide,
  CaseState,
  Consequence,
  Dismissal,
} from '../certification/cases.ts'
import type { CredentialMove, CredentialStatus, ReasonClass } from '../certification/credential-status.ts'
import type { DocumentKind } from '../certification/scheme.ts'
import type { Authorship, Page } from './parties.ts'
import type { Actor } from './request.ts'

/** A text that may be told to anyone who holds the receipt, in both languages; null where it was not written in one. */
export interface Summary {
  readonly en: string
  readonly zh: string | null
}

/** Who did something in a case, and when; names are looked up, so that an erased one is erased here too. */
interface Done {
  readonly personId: string
  readonly at: Date
}

/** A case's own row. */
export interface CaseRow {
  readonly id: string
  /** What people quote, e.g. `CASE-2026-8F3K-27QD`. */
  readonly number: string
  readonly kind: CaseKind
  readonly bodyOrganizationId: string
  readonly clientOrganizationId: string | null
  readonly engagementId: string | null
  readonly credentialId: string | null
  readonly openedBy: CaseSide
  readonly state: CaseState
  /** Counts every act. */
  readonly version: number
  readonly examinerPersonId: string | null
  readonly report: ({ readonly text: string } & Done) | null
  readonly decision:
    | ({
        readonly outcome: CaseOutcome
        readonly consequence: Consequence
        /** For body and client. */
        readonly reasons: string
        readonly summary: Summary
      } & Done)
    | null
  readonly dismissal: ({ readonly reason: Dismissal; readonly summary: Summary } & Done) | null
  /** The last time the deadline was moved, and why. */
  readonly extension: ({ readonly reason: string; readonly before: string } & Done) | null
  readonly acknowledgeBy: Date
  readonly dueAt: Date
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface CaseStatement {
  readonly number: number
  readonly side: CaseSide
  readonly personName: string | null
  readonly text: string
  readonly at: Date
}

/** Who hears a case. */
export interface CasePerson {
  readonly personId: string
  readonly personName: string
  readonly role: 'examiner' | 'decider'
  readonly since: Date
}

/** A move of the document that names the case. */
export interface CaseConsequence {
  readonly id: string
  readonly move: CredentialMove
  readonly reason: ReasonClass
  readonly effectiveAt: Date
  readonly leafIndex: number
}

/** The document that a case is about, as it stands. */
export interface CaseDocument {
  readonly id: string
  readonly number: string
  readonly documentKind: DocumentKind
  readonly status: CredentialStatus
}

/** How to reach whoever complained; all null where nothing was given, or after erasure. */
export interface CaseContact {
  readonly name: string | null
  readonly address: string | null
  readonly erasedAt: Date | null
}

/** A case with everything on it, and what the rules ask of the caller and of the member concerned. */
export interface CaseFile {
  readonly case: CaseRow
  readonly document: CaseDocument | null
  readonly statements: readonly CaseStatement[]
  readonly persons: readonly CasePerson[]
  readonly moves: readonly CaseConsequence[]
  readonly contact: CaseContact | null
  readonly callerRoles: readonly string[]
  /** The member of the caller's organization that was asked about. */
  readonly member: { readonly personId: string } | null
  /** Of caller and member: who took part in what the case is about, or belongs to the client. */
  readonly barredPersons: readonly string[]
  /** Digest of the request under which this very act was done before. */
  readonly madeBefore: string | null
}

/** The receipt of a case: what whoever complained without an account knows it by. */
export interface ReceivedCase {
  readonly file: CaseFile
  readonly receiptHash: string
}

/** What a case is to be about, as the opener may see it. */
export interface CaseMatter {
  readonly bodyOrganizationId: string
  readonly clientOrganizationId: string
  readonly engagementId: string
  readonly credentialId: string | null
  readonly callerRoles: readonly string[]
  /** Whether something was decided that can be appealed against. */
  readonly isDecided: boolean
}

/** A case as it is opened. */
export interface NewCase
  extends Pick<CaseRow, 'id' | 'number' | 'kind' | 'openedBy' | 'acknowledgeBy' | 'dueAt'> {
  readonly bodyOrganizationId: string
  /** What it is about, where it is about more than the body. */
  readonly matter: Omit<CaseMatter, 'callerRoles' | 'isDecided' | 'bodyOrganizationId'> | null
  readonly text: string
  readonly complainant: {
    readonly id: string
    readonly name: string | null
    readonly address: string | null
    readonly receiptHash: string
  } | null
}

/** How much is taken in before somebody of the body has looked at it. */
export interface IntakeBounds {
  /** Cases that wait to be acknowledged. */
  readonly waitingMax: number
  /** Cases received since an instant. */
  readonly since: Date
  readonly sinceMax: number
}

/** A move with everything it brings, as it is written: one statement with its audit row. */
export interface CaseChange {
  readonly move: CaseMove
  readonly auditId: string
  readonly state: CaseState
  readonly hearing?: { readonly personId: string; readonly role: 'examiner' | 'decider' }
  readonly examinerPersonId?: string
  readonly statement?: { readonly side: CaseSide; readonly personId: string | null; readonly text: string }
  readonly report?: CaseRow['report']
  readonly decision?: CaseRow['decision']
  readonly dismissal?: CaseRow['dismissal']
  readonly extension?: CaseRow['extension']
  readonly dueAt?: Date
}

export interface CaseRepository {
  /** What a member would open a case about: null unless its organization is the body or the client of it. */
  findMatter(
    actor: Actor,
    about: { readonly credentialId: string } | { readonly engagementId: string },
  ): Promise<CaseMatter | null>
  /** Case, first statement, contact and audit row in one statement; `full` where the bounds refuse it. */
  open(
    by: Authorship,
    opened: NewCase,
    bounds: IntakeBounds,
  ): Promise<{ readonly row: CaseRow; readonly replayed: boolean } | 'full'>
  /** For body and client, as far as each may know of it; null otherwise. */
  load(
    actor: Actor,
    id: string,
    concerning: { readonly memberId: string | null; readonly auditId: string | null },
  ): Promise<CaseFile | null>
  list(
    actor: Actor,
    wanted: { readonly state?: CaseState | undefined },
    page: Page,
  ): Promise<readonly CaseRow[]>
  /** For whoever holds the receipt: its hash is the caller's to compare. */
  findReceived(number: string, auditId: string | null): Promise<ReceivedCase | null>
  /** Compare-and-swap on state and version; null when another act came first. `not-independent` where the database refuses a person. */
  move(by: Authorship, standing: CaseRow, change: CaseChange): Promise<CaseRow | null>
  /** Erases the contact data of whoever complained, once; the audit row tells of it. */
  eraseContact(by: Authorship, standing: CaseRow, auditId: string): Promise<void>
}
