/** Records a working paper: its next version, by the person who answers for it. */

import { paperMoves } from '../../certification/engagement.ts'
import { type PaperContent, sideOfPaper, subjectOf } from '../../certification/papers.ts'
import type { Engagement, PaperRow } from '../../ports/engagements.ts'
import type { Actor, Ports } from '../../ports.ts'
import { idFor } from '../identity.ts'
import { invisibleEngagement, type MoveRequest, makeMove } from './make-move.ts'

/** @throws Problem as `makeMove`; `paper-missing`, `not-independent`, `invalid-request` for what does not hold together. */
export function recordPaper(
  ports: Ports,
  request: MoveRequest & { readonly paper: PaperContent },
): Promise<Engagement> {
  const { paper, actor, mark } = request
  const id = idFor(ports.world, actor, mark, 'engagement-paper')
  const move = paperMoves[paper.kind]
  return makeMove(ports, { ...request, move }, ({ signed: { personId, at } }) => ({
    content: { move, paper },
    change: {
      paper: {
        id,
        content: paper,
        subject: subjectOf(paper, personId),
        side: sideOfPaper(paper.kind),
        personId,
        at,
      },
      ...(paper.kind === 'review-notes' && { joining: [{ personId, role: 'reviewer' as const }] }),
      ...(byClient.has(paper.kind) && { joining: [{ personId, role: 'responsible' as const }] }),
    },
  }))
}

/** Papers that the client's responsible person answers for. */
const byClient: ReadonlySet<string> = new Set(['agreement-signature', 'reduction-plan'])

/** Papers that the client sees too: what it is party to, when the team comes, and what comes of it. */
const clientPapers: readonly string[] = [
  'agreement',
  'agreement-signature',
  'reduction-plan',
  'verification-plan',
  'verification-report',
]

/** The papers of a file that a side sees. */
export function papersFor(side: 'client' | 'body', papers: readonly PaperRow[]): readonly PaperRow[] {
  return side === 'body' ? papers : papers.filter(({ kind }) => clientPapers.includes(kind))
}

/** Every version of every paper, oldest first, as the caller's side sees them. @throws Problem `not-found`. */
export async function readPapers(
  ports: Pick<Ports, 'engagements'>,
  actor: Actor,
  engagementId: string,
): Promise<readonly PaperRow[]> {
  const papers = await ports.engagements.papers(actor, engagementId)
  if (papers === null) throw invisibleEngagement()
  return papersFor(actor.organizationKind === 'certification-body' ? 'body' : 'client', papers)
}
