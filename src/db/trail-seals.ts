/** Seals of the trail in Postgres: what changed since the last one, kept so that each chain's proof can be told. */

import { asc, desc, eq, sql } from 'drizzle-orm'
import type { NewLogEntry } from '../ports/log.ts'
import type { NewTrailSeal } from '../ports/trail.ts'
import type { ChainName } from '../transparency/trail.ts'
import { type ChainHead, sealProof, type TrailSeal } from '../transparency/trail-seal.ts'
import type { Db } from './database.ts'
import { appendAfter } from './log-append.ts'
import { trailChains, trailSealHeads, trailSeals } from './schema/audit.ts'

export async function unsealedHeads(db: Db, limit: number): Promise<ChainHead[]> {
  const { chain, length, hash } = trailChains
  return db
    .select({ chain, length, hash })
    .from(trailChains)
    .where(
      sql`${length} > 0 and not exists (select from trail_seal_heads sealed where sealed.chain = trail_chains.chain and sealed.length = trail_chains.length)`,
    )
    .limit(limit)
}

export async function seal(
  db: Db,
  { id, digest, heads }: NewTrailSeal,
  entry: NewLogEntry,
  at: Date,
): Promise<void> {
  const guard = db.$with('wanted', { id: sql<string>`id`.as('id') }).as(sql`select ${id}::uuid as id`)
  const { head, entry: appended } = appendAfter(db, 'wanted', entry, at)
  const made = db.$with('made', { id: sql<string>`id`.as('id') }).as(sql`
    insert into trail_seals (id, at, digest, leaf_index)
    select wanted.id, ${at.toISOString()}::timestamptz, ${digest}, log_head.leaf_index from wanted, log_head returning id`)
  const told = JSON.stringify(heads.map((one, place) => ({ ...one, place })))
  const kept = db.$with('kept', { id: sql<string>`id`.as('id') }).as(sql`
    insert into trail_seal_heads (seal_id, place, chain, length, hash, salt, leaf)
    select made.id, one.place, one.chain, one.length, one.hash, one.salt, one.leaf from made,
      jsonb_to_recordset(${told}::jsonb) one(place int, chain text, length int, hash text, salt text, leaf text) returning seal_id as id`)
  await db.with(guard, head, appended, made, kept).select({ id: made.id }).from(made)
}

/** With the proof, which is made of all leaves of the seal. */
export async function newestSeal(db: Db, chain: ChainName): Promise<TrailSeal | null> {
  const { sealId, place, length, hash, salt, leaf } = trailSealHeads
  const [row] = await db
    .select({
      sealId,
      place,
      length,
      hash,
      salt,
      at: trailSeals.at,
      digest: trailSeals.digest,
      leafIndex: trailSeals.leafIndex,
    })
    .from(trailSealHeads)
    .innerJoin(trailSeals, eq(trailSeals.id, sealId))
    .where(eq(trailSealHeads.chain, chain))
    .orderBy(desc(length), desc(trailSeals.at))
    .limit(1)
  if (row === undefined) return null
  const leaves = await db
    .select({ leaf })
    .from(trailSealHeads)
    .where(eq(sealId, row.sealId))
    .orderBy(asc(place))
  const { sealId: _, at, ...rest } = row
  const proof = sealProof(
    leaves.map((one) => one.leaf),
    row.place,
  )
  return { ...rest, at: at.toISOString(), size: leaves.length, proof }
}
