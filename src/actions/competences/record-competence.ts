/** Records and ends the competence of a body's members: by a manager of the body, and never one's own. */

import type { Competence } from '../../certification/engagement.ts'
import type { CompetenceRow } from '../../ports/competences.ts'
import type { Created } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { requireManager } from '../parties/permission.ts'

interface Request {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly memberId: string
}

type CompetencePorts = Pick<Ports, 'competences' | 'world'>

/** @throws Problem `not-found`, `member-required`, `role-required`, `not-independent` for one's own, `invalid-request`. */
export async function recordCompetence(
  ports: CompetencePorts,
  request: Request & { readonly competence: Competence & { readonly evidence: string } },
): Promise<Created<CompetenceRow>> {
  const { actor, mark, memberId, competence } = request
  const personId = await requireOtherManager(ports, request)
  const { validFrom, validUntil } = competence
  if (validUntil !== null && validUntil < validFrom) {
    throw new Problem('invalid-request', 'A competence ends after it began.', { pointer: '/validUntil' })
  }
  const at = ports.world.now()
  const id = idFor(ports.world, actor, mark, 'competence')
  return ports.competences.record(
    { actor, mark, at },
    {
      ...{ ...competence, id, memberId, organizationId: actor.organizationId },
      recordedByPersonId: personId,
      createdAt: at,
    },
  )
}

/** Ends a competence on a day. @throws Problem as `recordCompetence`; `invalid-transition` where it ended before that day. */
export async function endCompetence(
  ports: CompetencePorts,
  request: Request & { readonly competenceId: string; readonly on: string },
): Promise<CompetenceRow> {
  const { actor, mark, memberId, competenceId, on } = request
  await requireOtherManager(ports, request)
  const known = await ports.competences.list(actor, memberId)
  if (!known.some(({ id }) => id === competenceId)) {
    throw new Problem('not-found', 'This member has no competence of this id.')
  }
  const auditId = idFor(ports.world, actor, mark, 'competence-end')
  const ended = await ports.competences.end({ actor, mark, at: ports.world.now() }, competenceId, on, auditId)
  if (ended) return ended
  throw new Problem('invalid-transition', 'This competence has ended by that day.', { pointer: '/on' })
}

/** What is recorded of a member, for its own organization. @throws Problem `not-found`. */
export async function listCompetences(
  ports: CompetencePorts,
  actor: Actor,
  memberId: string,
): Promise<readonly CompetenceRow[]> {
  const { member } = await ports.competences.findBasis(actor, memberId)
  if (!member) throw invisible()
  return ports.competences.list(actor, memberId)
}

async function requireOtherManager(
  ports: CompetencePorts,
  { actor, memberId }: Pick<Request, 'actor' | 'memberId'>,
): Promise<string> {
  const { member, callerRoles } = await ports.competences.findBasis(actor, memberId)
  if (!member) throw invisible()
  const personId = requireManager(actor, callerRoles)
  if (member.personId === personId) {
    throw new Problem('not-independent', 'Nobody records their own competence; another manager must.')
  }
  return personId
}

function invisible(): Problem {
  return new Problem('not-found', 'No member of your organization has this id.')
}
