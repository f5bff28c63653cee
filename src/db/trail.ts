/** The audit trail in Postgres, page by page. Every query carries the caller's relation to what the chain is about. */

import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Page } from '../ports/parties.ts'
import type { EngagementTrail, TrailPage, TrailRepository } from '../ports/trail.ts'
import type { Actor } from '../ports.ts'
import { Problem } from '../problem.ts'
import { type ChainName, chainOf, zeroHash } from '../transparency/trail.ts'
import { readAs } from './assessor-reading.ts'
import type { Db } from './database.ts'
import { related } from './engagement-rows.ts'
import { audit, trailChains, trailEntries } from './schema/audit.ts'
import { engagements } from './schema/engagements.ts'
import { footprints } from './schema/footprints.ts'
import { newestSeal, seal as sealHeads, unsealedHeads } from './trail-seals.ts'

/** The trail of one database session. */
export function trailRepository(db: Db): TrailRepository {
  return {
    ofEngagement: (actor, id, page) =>
      readAs(db, actor, eq(engagements.id, id), { action: 'read-trail' }, (tx, reader) =>
        ofEngagement(tx, reader, id, page),
      ),
    ofFootprint: (actor, id, page) => ofFootprint(db, actor, id, page),
    ofOrganization: async (actor, id, page) =>
      actor.organizationId === id ? pageOf(db, chainOf('organization', id), page) : null,
    unsealedHeads: (limit) => unsealedHeads(db, limit),
    seal: (made, entry, at) => sealHeads(db, made, entry, at),
  }
}

async function ofEngagement(db: Db, actor: Actor, id: string, page: Page): Promise<EngagementTrail | null> {
  const [row] = await db
    .select({
      clientOrganizationId: engagements.clientOrganizationId,
      isDecided: sql<boolean>`${engagements.decision} is not null`,
    })
    .from(engagements)
    .where(and(eq(engagements.id, id), related(actor)))
  return row ? { ...row, ...(await pageOf(db, chainOf('engagement', id), page)) } : null
}

async function ofFootprint(db: Db, actor: Actor, id: string, page: Page): Promise<TrailPage | null> {
  const [row] = await db
    .select({ id: footprints.id })
    .from(footprints)
    .where(and(eq(footprints.id, id), eq(footprints.organizationId, actor.organizationId)))
  return row ? pageOf(db, chainOf('footprint', row.id), page) : null
}

async function pageOf(db: Db, chain: ChainName, page: Page): Promise<TrailPage> {
  const after = sequenceOf(page.after)
  // First, so that it is never newer than the head.
  const seal = await newestSeal(db, chain)
  const [head] = await db
    .select({ length: trailChains.length, hash: trailChains.hash })
    .from(trailChains)
    .where(eq(trailChains.chain, chain))
  const { chain: its, sequence, entry, hash } = trailEntries
  const [before] = await db
    .select({ hash })
    .from(trailEntries)
    .where(and(eq(its, chain), eq(sequence, after)))
  const links = await db
    .select({ sequence, kind: audit.kind, entry, hash })
    .from(trailEntries)
    .innerJoin(audit, eq(audit.id, trailEntries.auditId))
    .where(and(eq(its, chain), gt(sequence, after)))
    .orderBy(asc(sequence))
    .limit(page.limit)
  const { length, hash: end } = head ?? { length: 0, hash: zeroHash }
  return { chain, length, hash: end, previous: before?.hash ?? zeroHash, links, seal }
}

function sequenceOf(cursor: string | null): number {
  if (cursor === null) return 0
  if (/^[1-9][0-9]{0,8}$/.test(cursor)) return Number(cursor)
  const detail = 'Take the cursor from the Link header of the page before.'
  throw new Problem('invalid-request', detail, { in: 'query', pointer: '/after' })
}
