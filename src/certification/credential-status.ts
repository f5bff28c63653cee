/**
 * The life of an issued document, in one table: what may follow what, for which kind of document, by whom. A verification
 * statement speaks of a point in time: it can be withdrawn, never suspended. Withdrawal 撤销 and cancellation 注销 are for good;
 * the second is at the holder's wish, and no fault.
 */

import type { ProcessRole } from './engagement.ts'
import type { DocumentKind } from './scheme.ts'

/** Expiry follows from the term and is not stored. */
export const credentialStatuses = ['active', 'suspended', 'withdrawn', 'cancelled'] as const
export type CredentialStatus = (typeof credentialStatuses)[number]

export const credentialMoves = ['suspend', 'reinstate', 'withdraw', 'cancel'] as const
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
}
