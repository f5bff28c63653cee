/** Reads the trail of an engagement, a footprint or one's own organization, as the caller may see it and can verify it. */

import { isShownToClient } from '../../certification/trail-view.ts'
import type { Page } from '../../ports/parties.ts'
import type { TrailPage } from '../../ports/trail.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { digestOfEntry, type TrailEntry, type TrailKind, type TrailLink } from '../../transparency/trail.ts'

/** A link as shown: its kind is told also where its text is not. */
export interface ShownLink extends TrailLink {
  readonly kind: TrailKind
}

export interface ShownTrail extends Omit<TrailPage, 'links'> {
  readonly links: readonly ShownLink[]
}

interface Wanted {
  readonly actor: Actor
  readonly id: string
  readonly page: Page
}

type TrailPorts = Pick<Ports, 'trail'>

/** @throws Problem `not-found`, the same for none and for another's. */
export async function readEngagementTrail(
  ports: TrailPorts,
  { actor, id, page }: Wanted,
): Promise<ShownTrail> {
  const trail = await ports.trail.ofEngagement(actor, id, page)
  if (trail === null) throw new Problem('not-found', 'No engagement with this id is visible to you.')
  if (actor.organizationId !== trail.clientOrganizationId) return shown(trail)
  return shown(trail, (entry) => isShownToClient(entry, trail))
}

/** @throws Problem `not-found`. */
export async function readFootprintTrail(
  ports: TrailPorts,
  { actor, id, page }: Wanted,
): Promise<ShownTrail> {
  const trail = await ports.trail.ofFootprint(actor, id, page)
  if (trail === null) throw new Problem('not-found', 'No footprint with this id is visible to you.')
  return shown(trail)
}

/** @throws Problem `not-found` for any organization but one's own. */
export async function readOrganizationTrail(
  ports: TrailPorts,
  { actor, id, page }: Wanted,
): Promise<ShownTrail> {
  const trail = await ports.trail.ofOrganization(actor, id, page)
  if (trail === null) throw new Problem('not-found', 'The trail of an organization is its own.')
  return shown(trail)
}

function shown(
  { chain, length, hash, previous, links, seal }: TrailPage,
  isShown: (entry: TrailEntry) => boolean = () => true,
): ShownTrail {
  const masked = links.map((link) => ({
    ...link,
    entryDigest: digestOfEntry(link.entry),
    entry: isShown(JSON.parse(link.entry) as TrailEntry) ? link.entry : null,
  }))
  return { chain, length, hash, previous, links: masked, seal }
}
