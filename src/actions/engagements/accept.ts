/** Accepts an application 受理: the contract review, and the team that will verify. */

import type { ContractReview, TeamMember } from '../../certification/engagement.ts'
import type { BodyMember, Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** A member of the body named for the team, with the declaration made. */
export interface Appointment {
  readonly memberId: string
  readonly role: TeamMember['role']
  readonly impartial: boolean
}

/** @throws Problem as `makeMove`; `not-found` for a member who is not of the body; `accreditation-missing` (schemes with a catalogue). */
export function acceptApplication(
  ports: Ports,
  request: MoveRequest & {
    readonly contractReview: ContractReview
    readonly team: readonly Appointment[]
  },
): Promise<Engagement> {
  const { contractReview } = request
  const memberIds = request.team.map((one) => one.memberId)
  return makeMove(ports, { ...request, move: 'accept', memberIds }, ({ file, signed }) => {
    const team = request.team.map((one, at) => appointed(one, at, file.members))
    const joining = team.map(({ personId, role }) => ({ personId, role }))
    return {
      content: { move: 'accept', contractReview, team },
      change: { contractReview: { ...contractReview, ...signed }, joining },
    }
  })
}

/** The member as one of the team. @throws Problem `not-found` for a member who is not of the body. */
export function appointed(
  { memberId, role, impartial }: Appointment,
  at: number,
  members: readonly BodyMember[],
): TeamMember {
  const member = members.find((one) => one.memberId === memberId)
  if (member)
    return {
      personId: member.personId,
      role,
      impartial,
      memberRoles: member.roles,
      competences: member.competences,
    }
  throw new Problem('not-found', 'No member of your organization has this id.', {
    pointer: `/team/${at}/memberId`,
  })
}
