/** Records what a surveillance of a certificate came to. What follows is a move of the document, and a person's to decide. */

import { finalStatuses } from '../../certification/credential-status.ts'
import type { ProcessRole } from '../../certification/engagement.ts'
import { type SurveillanceOutcome, surveillanceAt } from '../../certification/surveillance.ts'
import type { LivingDocument, SurveillanceRow } from '../../ports/surveillance.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { invisibleCredential } from '../status/move-credential.ts'
import { termOf } from './living-document.ts'

/** Who may record one, as a member of the issuing body. */
const recorders: readonly ProcessRole[] = ['lead-verifier', 'decision-maker']

export interface SurveillanceAsked {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly credentialId: string
  /** Which one, counted from 1. */
  readonly number: number
  readonly outcome: SurveillanceOutcome
  readonly basis: string
}

/** @throws Problem `not-found`, `member-required`, `role-required`, `invalid-transition`, `stale-state`, `idempotency-key-reused`. */
export async function recordSurveillance(
  ports: Pick<Ports, 'surveillance' | 'registry' | 'world'>,
  { actor, mark, credentialId, number, outcome, basis }: SurveillanceAsked,
): Promise<SurveillanceRow> {
  const living = await ports.surveillance.find(actor, credentialId)
  if (living === null || actor.organizationId !== living.bodyOrganizationId) throw invisibleCredential()
  const id = idFor(ports.world, actor, mark, 'surveillance')
  const { personId, role } = requireRecorder(actor, living)
  const known = living.surveillances.some((done) => done.id === id)
  const dueAt = known ? new Date(0) : await dateOf(ports, living, number)
  const doneAt = ports.world.now()
  const row = { id, credentialId, number, dueAt, outcome, basis, personId, doneAt }
  return (await ports.surveillance.record({ actor, mark, at: doneAt, role }, row)).row
}

/** Who records it, and in which role. */
function requireRecorder({ personId }: Actor, { callerRoles }: LivingDocument) {
  if (personId === null) {
    throw new Problem(
      'member-required',
      'A person answers for a surveillance: use a client bound to a member.',
    )
  }
  const role = recorders.find((one) => callerRoles.includes(one))
  if (role === undefined) {
    throw new Problem('role-required', `This is for a ${recorders.join(' or ')} of the body.`, {
      roles: recorders,
    })
  }
  return { personId, role }
}

/** When the surveillance asked about is due. @throws Problem `invalid-transition` unless it is the next, of a certificate that lives. */
async function dateOf(
  ports: Pick<Ports, 'registry' | 'world'>,
  living: LivingDocument,
  number: number,
): Promise<Date> {
  if (living.documentKind !== 'certificate') {
    throw new Problem(
      'invalid-transition',
      'A statement speaks of a point in time: there is no surveillance.',
    )
  }
  const isOver = (finalStatuses as readonly string[]).includes(living.status)
  if (living.state !== 'public' || isOver) {
    throw new Problem('invalid-transition', 'The certificate is not in the world any more, or not yet.')
  }
  const term = await termOf(ports, living)
  if (term === null) {
    throw new Problem('invalid-transition', 'The scheme of this certificate asks for no surveillance.')
  }
  const { next } = surveillanceAt(term, living.surveillances, ports.world.now())
  if (next?.number === number) return next.dueAt
  const detail =
    next === null ? 'No surveillance is left in its term.' : `The next to record is number ${next.number}.`
  throw new Problem('invalid-transition', detail, { pointer: '/number', next: next?.number ?? null })
}
