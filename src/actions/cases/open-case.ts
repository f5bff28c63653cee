/** Opens a case as a member of the body or the client that it is about: an appeal, misuse, facts discovered after the opinion. */

import { type CaseKind, type CaseSide, caseOpeners, deadlinesOf } from '../../certification/cases.ts'
import { writeNumber } from '../../certification/credential-number.ts'
import { processRoles } from '../../certification/engagement.ts'
import type { CaseMatter, CaseRow } from '../../ports/cases.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'

/** Cases of one side that may wait to be acknowledged, about one engagement. */
export const waitingPerEngagementMax = 20

export interface CaseOpened {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly kind: CaseKind
  readonly about: { readonly credentialId: string } | { readonly engagementId: string }
  readonly text: string
}

/** @throws Problem `not-found`, `member-required`, `role-required`, `invalid-transition`, `too-many-cases`, `idempotency-key-reused`. */
export async function openCase(
  ports: Pick<Ports, 'cases' | 'world'>,
  { actor, mark, kind, about, text }: CaseOpened,
): Promise<CaseRow> {
  const matter = await ports.cases.findMatter(actor, about)
  if (matter === null) throw new Problem('not-found', 'Nothing with this id is visible to you.')
  const side = actor.organizationId === matter.bodyOrganizationId ? 'body' : 'client'
  requireOpener(actor, kind, side, matter)
  const at = ports.world.now()
  const { bodyOrganizationId, clientOrganizationId, engagementId, credentialId } = matter
  const opened = await ports.cases.open(
    { actor, mark, at },
    {
      id: idFor(ports.world, actor, mark, 'case'),
      number: writeNumber('CASE', at, ports.world.randomBytes(5)),
      ...{ kind, openedBy: side, bodyOrganizationId, text, complainant: null },
      matter: { clientOrganizationId, engagementId, credentialId },
      ...deadlinesOf(kind, at),
    },
    { waitingMax: waitingPerEngagementMax, since: at, sinceMax: 0 },
  )
  if (opened === 'full') throw tooManyCases(waitingPerEngagementMax)
  return opened.row
}

/** The refusal of one case more than is taken in. */
export function tooManyCases(waitingMax: number): Problem {
  return new Problem(
    'too-many-cases',
    'As many cases wait here as are taken in before the body has looked at them; try again later, or write to the body itself.',
    { waitingMax },
  )
}

function requireOpener(actor: Actor, kind: CaseKind, side: CaseSide, matter: CaseMatter): void {
  if (actor.personId === null) {
    throw new Problem('member-required', 'A person opens a case: use a client bound to a member.')
  }
  const roles = kind === 'appeal' ? ['responsible'] : processRoles
  const isEntitled =
    caseOpeners[kind].includes(side) && roles.some((role) => matter.callerRoles.includes(role))
  if (!isEntitled) {
    const sides = caseOpeners[kind]
    throw new Problem('role-required', `A case of kind "${kind}" is opened by ${sides.join(' or ')}.`, {
      sides,
      roles,
    })
  }
  if (kind === 'appeal' && !matter.isDecided) {
    throw new Problem('invalid-transition', 'Nothing is decided yet that could be appealed against.')
  }
}
