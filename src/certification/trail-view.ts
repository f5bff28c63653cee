/** What of an engagement's trail its client sees: its own acts, and of the body's those that the engagement shows it anyway. */

import type { TrailEntry } from '../transparency/trail.ts'

/** Acts of the body whose outcome the client is told. Whatever is not named here stays inside the body. */
const toldToClient: readonly string[] = [
  'accept',
  'decline',
  'raiseFinding',
  'closeFinding',
  'acceptFactorTable',
  'rejectFactorTable',
  'sendBack',
  'grant',
  'refuse',
  'issue',
]

/**
 * Whether an entry's text is shown to the client; of all others it gets the digest, through which the chain is verified all the
 * same. A proposed opinion is told from the decision on.
 */
export function isShownToClient(
  { action, kind, organizationId }: Pick<TrailEntry, 'action' | 'kind' | 'organizationId'>,
  { clientOrganizationId, isDecided }: { readonly clientOrganizationId: string; readonly isDecided: boolean },
): boolean {
  if (organizationId === clientOrganizationId) return true
  if (kind !== 'ordinary') return false
  return toldToClient.includes(action) || (action === 'propose' && isDecided)
}
