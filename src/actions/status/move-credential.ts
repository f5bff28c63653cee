/**
 * Moves an issued document: suspends 暂停, reinstates, withdraws 撤销, cancels 注销 or supersedes 替换 it. Status, bit and log entry are decided in
 * one statement; lists and log are written through at once, and the sweep ends what fails.
 */

import { type DocumentMoveContent, documentRefusal } from '../../certification/credential-moves.ts'
import {
  type CredentialMove,
  credentialTransitions,
  type ReasonClass,
} from '../../certification/credential-status.ts'
import type { Digest } from '../../json/digest.ts'
import { wholeSeconds } from '../../json/instant.ts'
import { requireSameRequest } from '../../ports/request.ts'
import type { CredentialMoveRow, StandingCredential } from '../../ports/status.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { entryText } from '../../transparency/entries.ts'
import { idFor } from '../identity.ts'
import { publishThrough } from '../log/publish-log.ts'
import { publishLists } from './publish-lists.ts'

export interface MoveAsked {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly credentialId: string
  readonly move: CredentialMove
  readonly reason: ReasonClass
  /** For body and holder; never public. */
  readonly note: string | null
  /** The case whose decision asks for it. */
  readonly caseId: string | null
  /** Of a supersession: the document that takes its place. */
  readonly successorId: string | null
}

/**
 * @throws Problem `not-found`, `member-required`, `role-required`, `invalid-transition` (with what is possible), `stale-state`,
 *   `idempotency-key-reused`.
 */
export async function moveCredential(ports: Ports, asked: MoveAsked): Promise<CredentialMoveRow> {
  const { actor, mark, credentialId } = asked
  const id = idFor(ports.world, actor, mark, 'credential-move')
  const load = () =>
    ports.status.findStanding(actor, credentialId, {
      moveId: id,
      caseId: asked.caseId,
      successorId: asked.successorId,
    })
  const standing = await load()
  if (!standing) throw invisibleCredential()
  if (standing.madeBefore !== null) return madeBefore(ports, asked, standing, id)
  const caller = { personId: actor.personId, roles: standing.callerRoles }
  const refusal = documentRefusal(asked.move, {
    facts: standing,
    caller,
    content: contentOf(standing, asked),
  })
  if (refusal) throw refusal
  const moved = await decide(ports, asked, standing, id)
  if (moved === null) return movedMeanwhile(ports, asked, await load(), id)
  const lists = await ports.status.listsOf(standing.id)
  await Promise.all([publishLists(ports, lists), publishThrough(ports, moved.leafIndex, null)])
  return moved
}

/** The same answer for a credential that is not there and one that is not yours. */
export function invisibleCredential(): Problem {
  return new Problem('not-found', 'No credential with this id is visible to you.')
}

/** Every move of a document, oldest first, for its body and its holder. @throws Problem `not-found`. */
export async function readMoves(
  ports: Pick<Ports, 'credentials' | 'status'>,
  actor: Actor,
  credentialId: string,
): Promise<readonly CredentialMoveRow[]> {
  if ((await ports.credentials.find(actor, credentialId)) === null) throw invisibleCredential()
  return ports.status.moves(actor, credentialId)
}

async function decide(
  ports: Ports,
  { actor, mark, move, reason, note, caseId, successorId }: MoveAsked,
  standing: StandingCredential,
  id: string,
): Promise<CredentialMoveRow | null> {
  const at = ports.world.now()
  const role = credentialTransitions[move].by.find((one) => standing.callerRoles.includes(one)) ?? null
  const effectiveAt = new Date(Math.floor(at.getTime() / 1000) * 1000)
  const body = entryText('credential-status', wholeSeconds(at), {
    credential: `${ports.settings.publicUrl}/credentials/${standing.id}`,
    digest: standing.digest as Digest,
    issuer: standing.issuer,
    move,
    reason,
    effectiveAt: wholeSeconds(effectiveAt),
    ...(successorId !== null && { successor: `${ports.settings.publicUrl}/credentials/${successorId}` }),
  })
  return ports.status.move({ actor, mark, at, role }, standing, {
    id,
    credentialId: standing.id,
    move,
    to: credentialTransitions[move].to,
    reasonClass: reason,
    note,
    caseId,
    successorId,
    effectiveAt,
    entry: { subject: `credential-status:${id}`, type: 'credential-status', body },
  })
}

/** What is asked, as the rules look at it. */
function contentOf(
  standing: StandingCredential,
  { reason, caseId, successorId }: MoveAsked,
): DocumentMoveContent {
  return {
    reason,
    named: caseId === null ? undefined : standing.case,
    successor: successorId === null ? undefined : standing.successor,
  }
}

async function madeBefore(
  ports: Ports,
  { actor, mark }: MoveAsked,
  standing: StandingCredential,
  id: string,
): Promise<CredentialMoveRow> {
  requireSameRequest(standing.madeBefore, mark)
  const made = (await ports.status.moves(actor, standing.id)).find((row) => row.id === id)
  if (made === undefined) throw invisibleCredential()
  return made
}

/** The same request may have been the one that came first; any other move is the caller's to look at. */
async function movedMeanwhile(
  ports: Ports,
  asked: MoveAsked,
  standing: StandingCredential | null,
  id: string,
): Promise<CredentialMoveRow> {
  if (standing && standing.madeBefore !== null) return madeBefore(ports, asked, standing, id)
  throw new Problem('stale-state', 'Someone else moved the credential first; read it again.', {
    status: standing?.status,
  })
}
