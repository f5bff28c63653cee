/** What the statements about engagements share: the caller's relation, the joins, and rows as actions know them. */

import { and, eq, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Engagement } from '../ports/engagements.ts'
import type { Actor } from '../ports.ts'
import { engagements } from './schema/engagements.ts'
import { revisions } from './schema/footprints.ts'
import { organizations } from './schema/parties.ts'

type EngagementRow = typeof engagements.$inferSelect

/** A signed act as stored, its instant read. */
export function signed<Act extends { readonly at: string }>(
  act: Act | null,
): (Omit<Act, 'at'> & { at: Date }) | null {
  return act && { ...act, at: new Date(act.at) }
}

/** An engagement as actions know it. */
export function toEngagement(row: EngagementRow): Engagement {
  const { requestDigest: _, schemeId, schemeVersion, schemeDigest, ...rest } = row
  return {
    ...rest,
    scheme: { id: schemeId, version: schemeVersion, digest: schemeDigest },
    contractReview: signed(row.contractReview),
    proposal: signed(row.proposal),
    review: signed(row.review),
    returned: signed(row.returned),
    decision: signed(row.decision),
    closing: signed(row.closing),
  }
}

/** Client or body; nobody else has a relation to an engagement. */
export function related(actor: Actor) {
  const mine = [engagements.clientOrganizationId, engagements.bodyOrganizationId]
  return or(...mine.map((column) => eq(column, actor.organizationId)))
}

/** The two organizations of an engagement, joined under their own names. */
export const clients = alias(organizations, 'client')
export const bodies = alias(organizations, 'body')
/** What both sides see of each other. */
export const faceOf = (organization: typeof clients | typeof bodies) => ({
  id: organization.id,
  slug: organization.slug,
  en: organization.nameEn,
  zh: organization.nameZh,
  did: organization.did,
})

/** A face as actions know it. */
export function toFace({
  en,
  zh,
  ...rest
}: {
  id: string
  slug: string
  en: string
  zh: string | null
  did: string | null
}) {
  return { ...rest, name: { en, zh } }
}

/** The revision that an engagement is about now. */
export const itsRevision = and(
  eq(revisions.footprintId, engagements.footprintId),
  eq(revisions.number, engagements.revisionNumber),
)
