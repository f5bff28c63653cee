/** Links evidence to what rests on it, and takes links away: with a reason, and to be seen for ever. */

import type { ActivityLine } from '../../engine/types.ts'
import type { Digest } from '../../json/digest.ts'
import type { EvidenceHome, EvidenceSeen, LinkTarget } from '../../ports/evidence.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { invisibleFootprint, linesOf } from '../footprints/definition.ts'
import { linesAt } from '../footprints/read-frozen.ts'
import { readRevision } from '../footprints/read-revision.ts'
import { idFor } from '../identity.ts'
import {
  type EvidenceRequest,
  ownEvidence,
  requireKept,
  requireMember,
  revisionNext,
  revisionNow,
} from './home.ts'

export interface LinksAsked {
  readonly lines: readonly string[]
  readonly meters: readonly string[]
  readonly findings: readonly { readonly engagementId: string; readonly number: number }[]
}

/**
 * Links that stand already stay as they are.
 *
 * @throws Problem `not-found`, also for a finding; `unknown-line`, `unknown-site-data` for a meter; `invalid-request`,
 *   `invalid-transition`, `role-required`, `member-required`, `too-many-items`, `idempotency-key-reused`.
 */
export async function linkEvidence(
  ports: Ports,
  request: EvidenceRequest & { readonly asked: LinksAsked },
): Promise<EvidenceSeen> {
  const { actor, mark, asked } = request
  const { evidence, home } = await ownEvidence(ports, request)
  requireKept(evidence)
  const targets = targetsOf(asked)
  if (targets.length === 0)
    throw new Problem('invalid-request', 'Name a line, a meter or a finding.', { pointer: '' })
  if (asked.lines.length + asked.meters.length > 0) await requireNamed(ports, request, home)
  await requireFindings(ports, request, home, targets)
  const links = targets.map((target) => ({ ...target, id: ports.world.newId() }))
  const by = { actor, mark, at: ports.world.now() }
  const auditId = idFor(ports.world, actor, mark, 'evidence-act')
  await ports.evidence.link(by, evidence, links, revisionNow(home), auditId)
  return ownEvidence(ports, request)
}

function targetsOf({ lines, meters, findings }: LinksAsked): LinkTarget[] {
  const plain = (kind: 'line' | 'meter') => (target: string) => ({
    kind,
    target,
    engagementId: null,
    findingNumber: null,
  })
  const targets: LinkTarget[] = [
    ...lines.map(plain('line')),
    ...meters.map(plain('meter')),
    ...findings.map(({ engagementId, number }) => ({
      kind: 'finding' as const,
      target: `${engagementId}/${number}`,
      engagementId,
      findingNumber: number,
    })),
  ]
  return [...new Map(targets.map((target) => [`${target.kind} ${target.target}`, target])).values()]
}

/** That the footprint has those lines and meters: as it stands for its owner, as it was put before a body for the body. */
async function requireNamed(
  ports: Ports,
  { actor, asked }: EvidenceRequest & { readonly asked: LinksAsked },
  home: EvidenceHome,
): Promise<void> {
  const { lines, definition } = await contentOf(ports, actor, home)
  const known = new Set(lines.map(({ id }) => id))
  const line = asked.lines.find((id) => !known.has(id))
  if (line !== undefined) {
    throw new Problem('unknown-line', `The footprint has no line "${line}".`, {
      pointer: `/lines/${asked.lines.indexOf(line)}`,
    })
  }
  const serials = metersOf(lines, definition)
  const meter = asked.meters.find((id) => !serials.has(id))
  if (meter === undefined) return
  throw new Problem('unknown-site-data', `No line and no site of the footprint reads a meter "${meter}".`, {
    pointer: `/meters/${asked.meters.indexOf(meter)}`,
  })
}

interface Content {
  readonly lines: readonly ActivityLine[]
  readonly definition: FootprintDefinition
}

async function contentOf(
  ports: Ports,
  actor: EvidenceRequest['actor'],
  home: EvidenceHome,
): Promise<Content> {
  if (home.of === 'engagement') {
    const revision = await readRevision(ports, {
      actor,
      footprintId: home.footprintId,
      number: home.revision,
    })
    return { lines: await linesAt(ports, revision.digest as Digest), definition: revision.definition }
  }
  const footprint = await ports.footprints.find(actor, home.footprintId)
  if (footprint === null) throw invisibleFootprint()
  return { lines: await linesOf(ports, footprint), definition: footprint.definition }
}

/** The serials of the meters that are read, by lines and by the totals of sites. */
function metersOf(lines: readonly ActivityLine[], { calculation }: FootprintDefinition): ReadonlySet<string> {
  const sites = 'siteData' in calculation ? (calculation.siteData ?? []) : []
  const readings = [...lines, ...sites.flatMap(({ totals }) => totals)]
  return new Set(readings.flatMap(({ meter }) => meter?.meters.map(({ serial }) => serial) ?? []))
}

async function requireFindings(
  ports: Ports,
  { actor }: EvidenceRequest,
  home: EvidenceHome,
  targets: readonly LinkTarget[],
): Promise<void> {
  const asked = targets.filter(({ kind }) => kind === 'finding')
  const isHere = (target: LinkTarget) => home.of === 'footprint' || target.engagementId === home.engagementId
  const known = await ports.evidence.knownFindings(actor, home.footprintId, asked.filter(isHere))
  const missing = asked.find((target) => !known.includes(target))
  if (missing === undefined) return
  throw new Problem('not-found', 'No such finding on this footprint is visible to you.', {
    pointer: `/findings/${asked.indexOf(missing)}`,
  })
}

/**
 * Takes a link away. Where a submitted revision rests on it that is a personal act; the revision's view keeps showing it, with the reason.
 *
 * @throws Problem `not-found`, `member-required`, `role-required`, `invalid-transition`, `idempotency-key-reused`.
 */
export async function unlinkEvidence(
  ports: Ports,
  request: EvidenceRequest & { readonly linkId: string; readonly reason: string },
): Promise<EvidenceSeen> {
  const { actor, mark, linkId, reason } = request
  const { evidence, links, home } = await ownEvidence(ports, request)
  const standing = links.find(({ id }) => id === linkId)
  if (standing === undefined) throw new Problem('not-found', 'The evidence has no such link.')
  const from = revisionNext(home)
  if (standing.revision < from) requireMember(actor)
  const by = { actor, mark, at: ports.world.now() }
  const auditId = idFor(ports.world, actor, mark, 'evidence-act')
  if (await ports.evidence.unlink(by, evidence, { linkId, from, reason }, auditId)) {
    return ownEvidence(ports, request)
  }
  throw new Problem('invalid-transition', 'The link was taken away before.', { link: linkId })
}
