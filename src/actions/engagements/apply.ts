/** Applies to a certification body with a submitted footprint 认证委托: the engagement begins. */

import type { Breakdown } from '../../certification/breakdowns.ts'
import { disclosureRefusal } from '../../certification/disclosure.ts'
import { type DocumentKind, documentRule, readScheme, type Scheme } from '../../certification/scheme.ts'
import type { ApplicationBasis, Engagement } from '../../ports/engagements.ts'
import type { Revision } from '../../ports/footprints.ts'
import { requireSameRequest } from '../../ports/request.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { asksBeforeIssue, requireEntitled } from '../accreditations/authority-for.ts'
import { requireEnterprise } from '../footprints/definition.ts'
import { idFor } from '../identity.ts'
import { inOrder } from './choose-disclosure.ts'
import { requireSitesTold } from './sites-told.ts'

export interface Application {
  readonly footprintId: string
  /** The body's slug. */
  readonly body: string
  readonly documentKind: DocumentKind
  readonly note: string | null
  /** Breakdowns to make public beyond the scheme's minimum. */
  readonly disclosure: readonly Breakdown[]
}

/**
 * @throws Problem `not-found` (footprint, body), `member-required`, `role-required`, `footprint-incomplete` (nothing
 *   submitted), `scheme-violation` (document kind, disclosure), `accreditation-missing` (schemes with a catalogue), `already-exists` (a body works on it), `idempotency-key-reused`.
 */
export async function applyForVerification(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; application: Application },
): Promise<Engagement> {
  const { actor, mark, application } = request
  requireEnterprise(actor)
  const id = idFor(ports.world, actor, mark, 'engagement')
  const { footprintId, body } = application
  const basis = await ports.engagements.findApplicationBasis(actor, {
    footprintId,
    bodySlug: body,
    engagementId: id,
  })
  if (!basis) throw missing('/footprintId', 'No footprint with this id is visible to you.')
  if (basis.madeBefore) {
    requireSameRequest(basis.madeBefore.requestDigest, mark)
    return basis.madeBefore.engagement
  }
  const role = applicantRole(actor, basis)
  const revision = submittedRevision(basis)
  const scheme = await requireOffered(ports, revision, application)
  const at = ports.world.now()
  const engagement = begin(application, basis, revision, { id, actor, at })
  await requireEntitledBody(ports, engagement, revision, scheme)
  return (await ports.engagements.apply({ actor, mark, at, role }, engagement)).row
}

function missing(pointer: string, detail: string): Problem {
  return new Problem('not-found', detail, { pointer })
}

function applicantRole(actor: Actor, { callerRoles }: ApplicationBasis): string {
  if (actor.personId === null) {
    throw new Problem('member-required', 'A person applies for the client: use a client bound to a member.')
  }
  const roles = ['preparer', 'responsible']
  const held = roles.find((role) => callerRoles.includes(role))
  if (held !== undefined) return held
  throw new Problem('role-required', `To apply is for the client's ${roles.join(' or ')}.`, { roles })
}

function submittedRevision({ revision }: ApplicationBasis): Revision {
  if (revision) return revision
  throw new Problem('footprint-incomplete', 'Submit a revision of the footprint first: POST …/revisions.', {
    missing: 'revision',
  })
}

/** The scheme leads to such a document, and offers what the holder wants to show in it. */
async function requireOffered(
  ports: Ports,
  revision: Revision,
  { documentKind, disclosure }: Application,
): Promise<Scheme> {
  const { definition } = revision
  const { id, version } = definition.scheme
  const scheme = readScheme((await ports.registry.loadScheme(id, version)).body)
  requireDocument(scheme, documentKind)
  const refusal = disclosureRefusal(scheme, definition.calculation.kind, disclosure)
  if (refusal) throw refusal
  await requireSitesTold(ports, scheme, revision, disclosure)
  return scheme
}

async function requireEntitledBody(
  { accreditations }: Ports,
  { bodyOrganizationId, documentKind, createdAt: at }: Engagement,
  { definition }: Revision,
  scheme: Scheme,
): Promise<void> {
  if (!asksBeforeIssue(scheme, definition)) return
  const standing = (await accreditations.ofBody(bodyOrganizationId)).filter(
    ({ withdrawal }) => withdrawal === null,
  )
  requireEntitled({ scheme, documentKind, definition, accreditations: standing, sector: null, at })
}

function requireDocument(scheme: Scheme, kind: DocumentKind): void {
  if (documentRule(scheme, kind)) return
  const accepted = scheme.documents.map((rule) => rule.kind)
  throw new Problem('scheme-violation', `The scheme ${scheme.id} leads to no ${kind}.`, {
    rule: 'document',
    pointer: '/documentKind',
    accepted,
  })
}

function begin(
  { footprintId, documentKind, note, disclosure }: Application,
  { body }: ApplicationBasis,
  revision: Revision,
  made: { id: string; actor: Actor; at: Date },
): Engagement {
  if (body?.kind !== 'certification-body') throw missing('/body', 'No certification body has this name.')
  return {
    id: made.id,
    footprintId,
    clientOrganizationId: made.actor.organizationId,
    bodyOrganizationId: body.id,
    scheme: { ...revision.definition.scheme, digest: revision.schemeDigest },
    documentKind,
    state: 'applied',
    version: 1,
    firstRevision: revision.number,
    revisionNumber: revision.number,
    findingCount: 0,
    note,
    disclosure: inOrder(disclosure),
    contractReview: null,
    proposal: null,
    review: null,
    returned: null,
    decision: null,
    closing: null,
    createdAt: made.at,
    updatedAt: made.at,
  }
}
