/** What every verb on evidence needs: where it belongs, as the caller stands to it, and who may bring something there. */

import type { Evidence, EvidenceHome, EvidenceOwner, EvidenceSeen } from '../../ports/evidence.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { invisibleEngagement } from '../engagements/make-move.ts'
import { invisibleFootprint, requireEnterprise } from '../footprints/definition.ts'

/** Who asks, of which evidence. */
export interface EvidenceRequest {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly owner: EvidenceOwner
  readonly evidenceId: string
}

/** @throws Problem `not-found`, the same for none and for another's. */
export async function homeOf(
  ports: Pick<Ports, 'evidence'>,
  actor: Actor,
  owner: EvidenceOwner,
): Promise<EvidenceHome> {
  const home = await ports.evidence.findHome(actor, owner)
  if (home !== null) return home
  throw owner.of === 'footprint' ? invisibleFootprint() : invisibleEngagement()
}

/** Evidence that the caller may see, and where it belongs. @throws Problem `not-found`. */
export async function seenEvidence(
  ports: Pick<Ports, 'evidence'>,
  { actor, owner, evidenceId }: Omit<EvidenceRequest, 'mark'>,
): Promise<EvidenceSeen & { readonly home: EvidenceHome }> {
  const [home, seen] = await Promise.all([
    homeOf(ports, actor, owner),
    ports.evidence.find(actor, owner, evidenceId),
  ])
  if (seen === null) throw invisibleEvidence()
  return { ...seen, home }
}

/** The same as {@link seenEvidence}, of what the caller may change. @throws Problem also those of {@link requireBringing}. */
export async function ownEvidence(
  ports: Pick<Ports, 'evidence'>,
  request: EvidenceRequest,
): Promise<EvidenceSeen & { readonly home: EvidenceHome }> {
  const seen = await seenEvidence(ports, request)
  requireBringing(request.actor, seen.home)
  return seen
}

/** The same answer for evidence that is not there and evidence that is not yours. */
export function invisibleEvidence(): Problem {
  return new Problem('not-found', 'No evidence with this id is visible to you.')
}

/** While its team works, a body brings evidence of its own. */
const teamStates = ['in-verification', 'in-correction']

/**
 * That the caller brings evidence here: a client of the enterprise to its footprint, someone of the team to its engagement.
 *
 * @throws Problem `not-found` for a body at a footprint, `member-required`, `role-required`, `invalid-transition`.
 */
export function requireBringing(actor: Actor, home: EvidenceHome): void {
  if (home.of === 'engagement') {
    requireTeam(actor, home)
  } else {
    if (home.organizationId !== actor.organizationId) throw invisibleFootprint()
    requireEnterprise(actor)
  }
}

function requireTeam(actor: Actor, home: Extract<EvidenceHome, { of: 'engagement' }>): void {
  requireMember(actor)
  if (!home.isOfTeam) throw new Problem('role-required', 'Only the team named for this engagement does this.')
  if (teamStates.includes(home.state)) return
  throw new Problem(
    'invalid-transition',
    `Evidence is brought while the team works: ${teamStates.join(', ')}.`,
    {
      state: home.state,
    },
  )
}

/** @throws Problem `member-required`. */
export function requireMember({ memberId }: Actor): void {
  if (memberId !== null) return
  throw new Problem('member-required', 'Do this through a client that is bound to a member.')
}

/** The revision that evidence and links are for which are brought now: the next one while the footprint is a draft. */
export function revisionNow(home: EvidenceHome): number {
  if (home.of === 'engagement') return home.revision
  return home.state === 'draft' ? home.latestRevision + 1 : home.latestRevision
}

/** The next revision there will be: what is taken away now stood in all before it. */
export function revisionNext(home: EvidenceHome): number {
  return (home.of === 'engagement' ? home.revision : home.latestRevision) + 1
}

/** @throws Problem `invalid-transition` for a file that does not count. */
export function requireKept({ state }: Evidence): void {
  if (state === 'kept') return
  throw new Problem('invalid-transition', 'Only a file that is kept does this: confirm its upload first.', {
    state,
  })
}
