/** Changes the team of an engagement: names the team as it is from now on; whoever leaves stays on its side. */

import type { TeamMember } from '../../certification/engagement.ts'
import type { PaperContent } from '../../certification/papers.ts'
import type { Engagement, EngagementFile } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { idFor } from '../identity.ts'
import { type Appointment, appointed } from './accept.ts'
import { type MoveRequest, makeMove } from './make-move.ts'
import { teamOf } from './situation.ts'

/** @throws Problem as `makeMove`; `not-found` for a member who is not of the body, `competence-missing`, `not-independent`. */
export function changeTeam(
  ports: Ports,
  request: MoveRequest & { readonly team: readonly Appointment[]; readonly reason: string },
): Promise<Engagement> {
  const { reason, actor, mark } = request
  const memberIds = request.team.map((one) => one.memberId)
  const id = idFor(ports.world, actor, mark, 'engagement-paper')
  return makeMove(ports, { ...request, move: 'changeTeam', memberIds }, ({ file, signed }) => {
    const team = request.team.map((one, at) => appointed(one, at, file.members))
    const joining = team.map(({ personId, role }) => ({ personId, role }))
    const paper: PaperContent = { kind: 'team-change', body: { team: joining, reason } }
    const { personId, at } = signed
    return {
      content: { move: 'changeTeam', team, paper },
      change: {
        joining,
        leaving: leavingOf(file, team),
        paper: { id, content: paper, subject: '', side: null, personId, at },
      },
    }
  })
}

function leavingOf(file: EngagementFile, team: readonly TeamMember[]) {
  const stays = (personId: string, role: string) =>
    team.some((one) => one.personId === personId && one.role === role)
  return teamOf(file)
    .filter(({ personId, role }) => !stays(personId, role))
    .map(({ personId, role }) => ({ personId, role }))
}
