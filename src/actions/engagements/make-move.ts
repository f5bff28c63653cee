/**
 * How every move is made: one read of all that the rules look at, the transition table, one write that carries its audit
 * row. A retry under the same idempotency key meets the audit row of the first try and answers what it made.
 */

import type { MoveContent } from '../../certification/engagement.ts'
import { readScheme, type Scheme } from '../../certification/scheme.ts'
import { checkMove, type Move, roleFor, stateAfter } from '../../certification/transitions.ts'
import type { Engagement, EngagementChange, EngagementFile, Signed } from '../../ports/engagements.ts'
import { requireSameRequest } from '../../ports/request.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { situationOf } from './situation.ts'

/** What every move is asked with. */
export interface MoveRequest {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly engagementId: string
  /** The version that the caller read, where it says so (`If-Match`): another one is refused. */
  readonly version?: number | null
}

/** What a move brings, once the file is known. */
export interface Composed {
  readonly content?: MoveContent
  readonly change: Omit<EngagementChange, 'move' | 'auditId' | 'state'>
}

/** What a move is composed from. */
export interface Composing {
  readonly file: EngagementFile
  readonly scheme: Scheme
  /** The person who acts, now: what is signed. */
  readonly signed: Signed
}

/**
 * @throws Problem `not-found`, `idempotency-key-reused`, `stale-state`, whatever the transition table refuses.
 */
export async function makeMove(
  ports: Ports,
  request: MoveRequest & { readonly move: Move; readonly memberIds?: readonly string[] },
  compose: (composing: Composing) => Composed | Promise<Composed>,
): Promise<Engagement> {
  const { actor, mark, engagementId, move, memberIds = [] } = request
  const auditId = idFor(ports.world, actor, mark, 'engagement-act')
  const load = () => ports.engagements.load(actor, engagementId, { memberIds, auditId })
  const file = await load()
  if (!file) throw invisibleEngagement()
  if (file.madeBefore !== null) return madeBefore(file, mark)
  const scheme = await schemeOf(ports, file)
  requireVersion(file, request.version)
  const at = ports.world.now()
  checkMove(move, situationOf(file, actor, scheme, { content: null, at }))
  const signed = { personId: actor.personId ?? '', personName: file.callerName ?? '', at }
  const { content = null, change } = await compose({ file, scheme, signed })
  checkMove(move, situationOf(file, actor, scheme, { content, at }))
  const kind = move === 'override' ? ('override' as const) : ('ordinary' as const)
  const whole = { ...change, move, auditId, kind, state: stateAfter(file.engagement.state, move) }
  const by = { actor, mark, at, role: roleFor(move, file.callerRoles) }
  const moved = await ports.engagements.move(by, file.engagement, whole)
  return moved ?? movedMeanwhile(await load(), mark)
}

/** The scheme version that was applied for. */
export async function schemeOf(
  { registry }: Pick<Ports, 'registry'>,
  { engagement }: EngagementFile,
): Promise<Scheme> {
  return readScheme((await registry.loadScheme(engagement.scheme.id, engagement.scheme.version)).body)
}

function requireVersion({ engagement }: EngagementFile, version: number | null | undefined): void {
  if (version === null || version === undefined || version === engagement.version) return
  const detail = `The engagement is at version ${engagement.version}; read it again.`
  throw new Problem('precondition-failed', detail, { header: 'If-Match', version: engagement.version })
}

/** The same answer for an engagement that is not there and one that is not yours. */
export function invisibleEngagement(): Problem {
  return new Problem('not-found', 'No engagement with this id is visible to you.')
}

function madeBefore(file: EngagementFile, mark: RequestMark): Engagement {
  requireSameRequest(file.madeBefore, mark)
  return file.engagement
}

/** The same request may have been the one that came first; any other act is the caller's to look at. */
function movedMeanwhile(file: EngagementFile | null, mark: RequestMark): Engagement {
  if (file && file.madeBefore !== null) return madeBefore(file, mark)
  throw new Problem('stale-state', 'Someone else acted on the engagement first; read it again.', {
    state: file?.engagement.state,
  })
}
