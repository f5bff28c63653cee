/** How a document stands at an instant: what was decided of it, and whether its term is over. */

import { type CredentialStatus, credentialStatuses, finalStatuses } from './credential-status.ts'

export const credentialStandings = [...credentialStatuses, 'expired'] as const
export type CredentialStanding = (typeof credentialStandings)[number]

/** What a standing follows from. */
export interface StandingFacts {
  readonly status: CredentialStatus
  readonly statusAt: Date
  /** Null: it has no term. */
  readonly validUntil: Date | null
}

/** Withdrawal, cancellation and supersession are for good; of what is not, the end of the term comes before a suspension. */
export function standingAt(
  { status, statusAt, validUntil }: StandingFacts,
  now: Date,
): { readonly standing: CredentialStanding; readonly since: Date } {
  const isForGood = (finalStatuses as readonly CredentialStatus[]).includes(status)
  if (isForGood || validUntil === null || now < validUntil) return { standing: status, since: statusAt }
  return { standing: 'expired', since: validUntil }
}
