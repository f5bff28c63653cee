/** The holder chooses which breakdowns of its result are public beyond the scheme's minimum, until the decision. */

import { type Breakdown, breakdowns } from '../../certification/breakdowns.ts'
import type { Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { type MoveRequest, makeMove } from './make-move.ts'
import { requireSitesTold } from './sites-told.ts'

/** @throws Problem as `makeMove`; `scheme-violation` for a breakdown that the scheme does not offer or the record does not tell. */
export function chooseDisclosure(
  ports: Ports,
  request: MoveRequest & { readonly disclosure: readonly Breakdown[] },
): Promise<Engagement> {
  const { disclosure } = request
  return makeMove(ports, { ...request, move: 'chooseDisclosure' }, async ({ file, scheme, signed }) => {
    await requireSitesTold(ports, scheme, file.revision, disclosure)
    return {
      content: { move: 'chooseDisclosure', disclosure },
      change: {
        disclosure: inOrder(disclosure),
        joining: [{ personId: signed.personId, role: 'preparer' }],
      },
    }
  })
}

/** Each once, in the order of the format. */
export function inOrder(chosen: readonly Breakdown[]): readonly Breakdown[] {
  return breakdowns.filter((name) => chosen.includes(name))
}
