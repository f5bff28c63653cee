/**
 * The life of an issued document, in one table: what may follow what, for which kind of document, by whom. A verification
 * statement speaks of a point in time: it can be withdrawn, never suspended. Withdrawal 撤销, cancellation 注销 and supersession are for
 * good; the second is at the holder's wish, the third names the document that takes its place, and neither is a fault.
 */

import type { ProcessRole } from './engagement.ts'
import type { DocumentKind } from './scheme.ts'

/** Expiry follows from the term and is not stored. */
export const credentialStatuses = ['active', 'suspended', 'withdrawn', 'cancelled', 'superseded'] as const
export type CredentialStatus = (typeof credentialStatuses)[number]

export const credentialMoves = ['suspend', 'reinstate', 'withdraw', 'cancel', 'supersede'] as const
export type CredentialMove = (typeof credentialMoves)[number]

/** Why, as far as the public is told. */
export const reasonClasses = [
  'nonconformity',
  'surveillance-not-passed',
  'information-wrong',
  'misuse-of-document',
  'facts-discovered-later',
  'holder-request',
  'key-compromised',
  'resolved',
  'issued-in-error',
  'renewed',
  'new-version',
  'scope-reduced',
  'revised',
] as const
export type ReasonClass = (typeof reasonClasses)[number]

export interface CredentialTransition {
  readonly from: readonly CredentialStatus[]
  readonly to: CredentialStatus
  readonly documentKinds: readonly DocumentKind[]
  /** One of these roles, held as a member of the issuing body. */
  readonly by: readonly ProcessRole[]
  readonly reasons: readonly ReasonClass[]
}

const both: readonly DocumentKind[] = ['verification-statement', 'certificate']
const faults: readonly ReasonClass[] = [
  'nonconformity',
  'surveillance-not-passed',
  'information-wrong',
  'misuse-of-document',
  'facts-discovered-later',
  'key-compromised',
]

/** Every move there is. */
export const credentialTransitions: Readonly<Record<CredentialMove, CredentialTransition>> = {
  suspend: {
    from: ['active'],
    to: 'suspended',
    documentKinds: ['certificate'],
    by: ['decision-maker'],
    reasons: [...faults, 'holder-request'],
  },
  reinstate: {
    from: ['suspended'],
    to: 'active',
    documentKinds: ['certificate'],
    by: ['decision-maker'],
    reasons: ['resolved', 'holder-request'],
  },
  withdraw: {
    from: ['active', 'suspended'],
    to: 'withdrawn',
    documentKinds: both,
    by: ['decision-maker'],
    reasons: [...faults, 'issued-in-error'],
  },
  cancel: {
    from: ['active', 'suspended'],
    to: 'cancelled',
    documentKinds: both,
    by: ['decision-maker'],
    reasons: ['holder-request'],
  },
  supersede: {
    from: ['active', 'suspended'],
    to: 'superseded',
    documentKinds: both,
    by: ['decision-maker'],
    reasons: ['renewed', 'new-version', 'scope-reduced', 'revised'],
  },
}

/** Statuses that nothing follows. */
export const finalStatuses = [
  'withdrawn',
  'cancelled',
  'superseded',
] as const satisfies readonly CredentialStatus[]

/** Why a new document is to take the place of an old one, and the reason class that says so. */
export const successionPurposes = {
  renewal: 'renewed',
  change: 'new-version',
  'scope-reduction': 'scope-reduced',
  revision: 'revised',
} as const satisfies Record<string, ReasonClass>
export type SuccessionPurpose = keyof typeof successionPurposes

/** Of which documents: a statement has no term to renew and no scope to reduce; it is revised. */
export function purposesFor(documentKind: DocumentKind): readonly SuccessionPurpose[] {
  return documentKind === 'certificate' ? ['renewal', 'change', 'scope-reduction', 'revision'] : ['revision']
}
