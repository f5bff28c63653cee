/**
 * The ledger of green certificates 绿证 in Postgres. An exclusion constraint keeps each number to one standing retirement, and a
 * check keeps what is allocated of it within what it holds: of several at once the database lets through those that fit. Claims
 * insert their ranges in one order and skip what is taken, so that two of them never wait for each other in a circle.
 */

import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import {
  type AllocatedCertificates,
  type CertificateRange,
  type NumberRange,
  sharedNumbers,
  uniqueness,
} from '../certification/green-certificate.ts'
import type {
  Allocation,
  GreenCertificateRepository,
  NewAllocation,
  NewRetirement,
  Retirement,
  Standing,
} from '../ports/green-certificates.ts'
import type { Authorship, Created, Page } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import type { Actor } from '../ports.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { audit } from './schema/audit.ts'
import { footprints } from './schema/footprints.ts'
import {
  greenCertificateAllocations as allocations,
  classesOf,
  greenCertificateRanges as ranges,
  greenCertificateRetirements as retirements,
  serialsOf,
} from './schema/green-certificates.ts'
import {
  actOnce,
  auditColumns,
  brokenConstraint,
  changeWithAudit,
  failureCode,
  wasDone,
} from './write-once.ts'

/** The ledger of one database session. */
export function greenCertificateRepository(db: Db): GreenCertificateRepository {
  return {
    claim: (by, retirement) => claim(db, by, retirement),
    find: async (actor, id) => (await read(db, own(actor, id)).limit(1)).map(toRetirement)[0] ?? null,
    list: (actor, page) => list(db, actor, page),
    release: (by, released) => release(db, by, released),
    allocate: (by, allocation) => allocate(db, by, allocation),
    findAllocation: (actor, retirementId, id) => findAllocation(db, actor, retirementId, id),
    listAllocations: (actor, retirementId, page) => listAllocations(db, actor, retirementId, page),
    releaseAllocation: (by, released) => releaseAllocation(db, by, released),
    standing: (actor, asked, footprintId) => standing(db, actor, asked, footprintId),
  }
}

type RetirementRow = typeof retirements.$inferSelect
type AllocationRow = typeof allocations.$inferSelect
type Owner = Pick<Actor, 'organizationId'>

const own = ({ organizationId }: Owner, id: string) =>
  and(eq(retirements.id, id), eq(retirements.organizationId, organizationId))

/** A retirement's row as actions know it, but for its ranges and its release. */
function toHead(row: RetirementRow) {
  const { generationMonth, consumptionStart, consumptionEnd, requestDigest: _digest, ...rest } = row
  const { allocatedToInventories, allocatedToProducts, releasedAt, releasedReason, ...head } = rest
  return {
    ...head,
    allocated: { inventories: allocatedToInventories, products: allocatedToProducts },
    generationMonth: generationMonth.slice(0, 7),
    consumption: { start: consumptionStart, end: consumptionEnd },
    released: releasedAt && releasedReason !== null ? { at: releasedAt, reason: releasedReason } : null,
  }
}

function toRetirement({ row, ranges: its }: { row: RetirementRow; ranges: CertificateRange[] }): Retirement {
  return { ...toHead(row), ranges: its }
}

function toAllocation({ requestDigest: _, ...row }: AllocationRow): Allocation {
  return row
}

function read(db: Db, where: SQL | undefined) {
  const its = sql<CertificateRange[]>`(
    select jsonb_agg(jsonb_build_object('from', its.from_code, 'to', its.to_code, 'certificates', its.certificates) order by its.from_code)
    from green_certificate_ranges its where its.retirement_id = ${retirements.id}
  )`
  return db.select({ row: retirements, ranges: its }).from(retirements).where(where).$dynamic()
}

async function list(db: Db, { organizationId }: Actor, page: Page): Promise<Retirement[]> {
  const { createdAt, id } = retirements
  const where = and(eq(retirements.organizationId, organizationId), afterCursor(createdAt, id, page.after))
  const rows = await read(db, where)
    .orderBy(...newestFirst(createdAt, id))
    .limit(page.limit)
  return rows.map(toRetirement)
}

/** Tries that find the numbers taken, and then free: each says that a claim on them ended meanwhile. */
const triesMax = 3
/** What a claim is told of at most; the rest is found once these are gone. */
const conflictsMax = 1000

async function claim(db: Db, by: Authorship, retirement: NewRetirement): Promise<Created<Retirement>> {
  for (let tries = 1; tries <= triesMax; tries += 1) {
    try {
      const made = await insertClaim(db, by, retirement)
      if (made) return { row: { ...toHead(made), ranges: retirement.ranges }, replayed: false }
      return { row: await claimedBefore(db, by, retirement.id), replayed: true }
    } catch (thrown) {
      const isTaken = brokenConstraint(thrown) === 'green_certificate_claim_whole'
      if (!isTaken && failureCode(thrown) !== deadlock) throw thrown
    }
    const taken = await takenNumbers(db, retirement.ranges)
    if (taken.length > 0) throw alreadyClaimed(taken)
  }
  throw new Problem('stale-state', 'Others claim the same numbers right now; try again in a moment.')
}

/** Two claims over ranges of several classes may wait for each other; PostgreSQL ends one of them. */
const deadlock = '40P01'

function alreadyClaimed(taken: readonly NumberRange[]): Problem {
  const detail = 'These numbers are claimed already in this installation; nothing of this claim was kept.'
  return new Problem('certificate-already-claimed', detail, { ranges: taken, uniqueness })
}

/** Null where the id is taken. Ranges that are taken are left out, and the trigger that counts them refuses the whole. */
async function insertClaim(db: Db, by: Authorship, retirement: NewRetirement): Promise<RetirementRow | null> {
  const made = db.$with('made').as(
    db
      .insert(retirements)
      .values(newRow(retirement, by.mark.digest))
      // Without a target: the id is in two unique keys, and of two at once either may be met first.
      .onConflictDoNothing()
      .returning(),
  )
  const placed = db.$with('placed', { id: sql<string>`id`.as('id') }).as(sql`
    insert into ${ranges} (retirement_id, from_code, to_code, certificates, is_standing)
    select made.id, asked."from", asked."to", asked.certificates, true
    from made, rows from (${recordset(retirement.ranges)}) with ordinality as asked("from", "to", certificates, place)
    order by asked.place
    on conflict on constraint green_certificate_ranges_once do nothing
    returning retirement_id as id`)
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, claimNote(retirement))).from(made))
      .returning({ id: audit.id }),
  )
  const [row] = await db.with(made, placed, logged).select().from(made)
  return row ?? null
}

function claimNote({ id, certificates }: NewRetirement) {
  const facts = { certificates }
  return { id, action: 'claim-certificates', resource: 'green-certificates', resourceId: id, facts }
}

function recordset(given: readonly NumberRange[]): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as ("from" text, "to" text, certificates integer)`
}

function newRow({ ranges: _, consumption, generationMonth, ...rest }: NewRetirement, requestDigest: string) {
  return {
    ...rest,
    allocatedToInventories: 0,
    allocatedToProducts: 0,
    generationMonth: `${generationMonth}-01`,
    consumptionStart: consumption.start,
    consumptionEnd: consumption.end,
    requestDigest,
  }
}

async function claimedBefore(db: Db, by: Authorship, id: string): Promise<Retirement> {
  const [found] = await read(db, own(by.actor, id))
  requireSameRequest(found?.row.requestDigest, by.mark)
  return toRetirement(found as NonNullable<typeof found>)
}

/** The one look at what others hold: of it only numbers of the claim itself are told. */
async function takenNumbers(db: Db, claimed: readonly CertificateRange[]): Promise<readonly NumberRange[]> {
  const [from, to] = [sql.raw('asked."from"'), sql.raw('asked."to"')]
  const rows = await db
    .select({ from: ranges.fromCode, to: ranges.toCode })
    .from(ranges)
    .innerJoin(
      sql`jsonb_to_recordset(${JSON.stringify(claimed)}::jsonb) as asked("from" text, "to" text)`,
      sql`${ranges.serials} && ${serialsOf(from, to)} and ${ranges.classes} && ${classesOf(from, to)}`,
    )
    .where(eq(ranges.isStanding, true))
    .orderBy(ranges.fromCode)
    .limit(conflictsMax)
  return sharedNumbers(claimed, rows)
}

async function release(
  db: Db,
  by: Authorship,
  { id, reason, auditId }: { readonly id: string; readonly reason: string; readonly auditId: string },
): Promise<Retirement | null> {
  const change = db
    .update(retirements)
    .set({ releasedAt: by.at, releasedReason: reason })
    .where(and(own(by.actor, id), isNull(retirements.releasedAt)))
    .returning()
  const note = {
    id: auditId,
    action: 'release-certificates',
    resource: 'green-certificates',
    resourceId: id,
  }
  try {
    const rows = await actOnce(db, by, auditId, () => changeWithAudit<RetirementRow>(db, change, by, note))
    if (rows?.length === 0 && !(await wasDone(db, by, auditId))) return null
  } catch (thrown) {
    if (brokenConstraint(thrown) !== 'green_certificate_retirements_released_check') throw thrown
    throw await inUse(db, by.actor, id)
  }
  const [released] = await read(db, own(by.actor, id))
  return released ? toRetirement(released) : null
}

async function inUse(db: Db, actor: Actor, id: string): Promise<Problem> {
  const sumOf = (kind: Allocation['footprintKind']) =>
    sql<number>`coalesce(sum(${allocations.certificates}) filter (where ${allocations.footprintKind} = ${kind}), 0)::integer`
  const [standing] = await db
    .select({
      inventories: sumOf('organization'),
      products: sumOf('product'),
      used: sql<number>`count(${allocations.usedByRevisionId})::integer`,
    })
    .from(allocations)
    .where(and(ofRetirement(actor, id), isNull(allocations.releasedAt)))
  const { used = 0, inventories = 0, products = 0 } = standing ?? {}
  const isUsed = used > 0
  const detail = isUsed
    ? 'A submitted revision rests on these certificates; they stay.'
    : 'Certificates of this retirement are allocated; release the allocations first.'
  return new Problem('certificate-in-use', detail, {
    allocated: { inventories, products } satisfies AllocatedCertificates,
    submitted: isUsed,
  })
}

const ofRetirement = ({ organizationId }: Owner, retirementId: string) =>
  and(eq(allocations.retirementId, retirementId), eq(allocations.organizationId, organizationId))

async function allocate(
  db: Db,
  by: Authorship,
  allocation: NewAllocation,
): Promise<Created<Allocation> | null> {
  try {
    const made = await insertAllocation(db, by, allocation)
    if (made) return { row: toAllocation(made), replayed: false }
  } catch (thrown) {
    throw (await allocationRefused(db, by.actor, allocation, brokenConstraint(thrown))) ?? thrown
  }
  const [before] = await db
    .select()
    .from(allocations)
    .where(and(eq(allocations.id, allocation.id), eq(allocations.organizationId, by.actor.organizationId)))
  if (!before) return null
  requireSameRequest(before.requestDigest, by.mark)
  return { row: toAllocation(before), replayed: true }
}

async function insertAllocation(
  db: Db,
  by: Authorship,
  allocation: NewAllocation,
): Promise<AllocationRow | null> {
  const target = db.$with('target').as(
    db
      .select({ id: retirements.id, kind: footprints.kind })
      .from(retirements)
      .innerJoin(footprints, eq(footprints.organizationId, retirements.organizationId))
      .where(and(own(by.actor, allocation.retirementId), eq(footprints.id, allocation.footprintId))),
  )
  const made = db.$with('made').as(
    db
      .insert(allocations)
      .select((query) => query.select(allocationColumns(allocation, by)).from(target))
      .onConflictDoNothing({ target: allocations.id })
      .returning(),
  )
  const { id, retirementId, footprintId, certificates } = allocation
  const note = { id, action: 'allocate-certificates', resource: 'green-certificates' }
  const facts = { footprintId, certificates }
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) =>
        query.select(auditColumns(by, { ...note, resourceId: retirementId, facts })).from(made),
      )
      .returning({ id: audit.id }),
  )
  const [row] = await db.with(target, made, logged).select().from(made)
  return row ?? null
}

/** The columns of an allocation as SQL, in the table's order; the kind is the footprint's own. */
function allocationColumns(allocation: NewAllocation, by: Authorship) {
  const uuid = (value: string | null, name: string) => sql<string>`${value}::uuid`.as(name)
  const at = (value: Date | null, name: string) =>
    sql<Date>`${value === null ? null : value.toISOString()}::timestamptz`.as(name)
  return {
    id: uuid(allocation.id, 'id'),
    retirementId: uuid(allocation.retirementId, 'retirement_id'),
    organizationId: uuid(allocation.organizationId, 'organization_id'),
    footprintId: uuid(allocation.footprintId, 'footprint_id'),
    footprintKind: sql<Allocation['footprintKind']>`target.kind`.as('footprint_kind'),
    certificates: sql<number>`${allocation.certificates}::integer`.as('certificates'),
    usedByRevisionId: uuid(null, 'used_by_revision_id'),
    createdAt: at(allocation.createdAt, 'created_at'),
    releasedAt: at(null, 'released_at'),
    requestDigest: sql<string>`${by.mark.digest}::text`.as('request_digest'),
  }
}

/** Which refusal a broken check of the retirement is; null for any other failure. */
async function allocationRefused(
  db: Db,
  actor: Actor,
  { retirementId, certificates }: NewAllocation,
  broken: string | undefined,
): Promise<Problem | null> {
  if (broken === 'green_certificate_retirements_released_check') {
    return new Problem('invalid-transition', 'The retirement was released.', { state: 'released' })
  }
  const allocatedTo = countBroken(broken)
  if (allocatedTo === null) return null
  const [row] = await db.select().from(retirements).where(own(actor, retirementId))
  const [holds, allocated] = row ? [row.certificates, toHead(row).allocated[allocatedTo]] : [0, 0]
  const detail = `The retirement holds ${holds} certificates, of which ${allocated} are allocated to ${allocatedTo}; ${certificates} are too many.`
  const facts = { pointer: '/certificates', certificates: holds, allocated, allocatedTo }
  return new Problem('certificate-overallocated', detail, facts)
}

/** Whose count a broken check is about. */
function countBroken(broken: string | undefined): keyof AllocatedCertificates | null {
  if (broken === 'green_certificate_retirements_inventories_check') return 'inventories'
  return broken === 'green_certificate_retirements_products_check' ? 'products' : null
}

async function findAllocation(
  db: Db,
  actor: Actor,
  retirementId: string,
  id: string,
): Promise<Allocation | null> {
  const [row] = await db
    .select()
    .from(allocations)
    .where(and(ofRetirement(actor, retirementId), eq(allocations.id, id)))
  return row ? toAllocation(row) : null
}

async function listAllocations(
  db: Db,
  actor: Actor,
  retirementId: string,
  page: Page,
): Promise<Allocation[]> {
  const { createdAt, id } = allocations
  const rows = await db
    .select()
    .from(allocations)
    .where(and(ofRetirement(actor, retirementId), afterCursor(createdAt, id, page.after)))
    .orderBy(...newestFirst(createdAt, id))
    .limit(page.limit)
  return rows.map(toAllocation)
}

async function releaseAllocation(
  db: Db,
  by: Authorship,
  released: { readonly retirementId: string; readonly id: string; readonly auditId: string },
): Promise<Allocation | null> {
  const { retirementId, id, auditId } = released
  const change = db
    .update(allocations)
    .set({ releasedAt: by.at })
    .where(
      and(
        ofRetirement(by.actor, retirementId),
        eq(allocations.id, id),
        isNull(allocations.releasedAt),
        isNull(allocations.usedByRevisionId),
      ),
    )
    .returning()
  const note = { action: 'release-allocation', resource: 'green-certificates', facts: { allocation: id } }
  const rows = await actOnce(db, by, auditId, () =>
    changeWithAudit<AllocationRow>(db, change, by, { ...note, id: auditId, resourceId: retirementId }),
  )
  if (rows?.[0]) return toAllocation(rows[0])
  const isRetry = rows === null || (await wasDone(db, by, auditId))
  return isRetry ? findAllocation(db, by.actor, retirementId, id) : null
}

async function standing(
  db: Db,
  actor: Owner,
  asked: readonly NumberRange[],
  footprintId: string,
): Promise<(Standing | null)[]> {
  if (asked.length === 0) return []
  const given = db
    .select({
      retirementId: allocations.retirementId,
      list: sql<Standing['given']>`jsonb_agg(
        jsonb_build_object('id', ${allocations.id}, 'certificates', ${allocations.certificates})
        order by ${allocations.usedByRevisionId} is null, ${allocations.createdAt}, ${allocations.id}
      )`.as('given_list'),
    })
    .from(allocations)
    .where(
      and(
        eq(allocations.organizationId, actor.organizationId),
        eq(allocations.footprintId, footprintId),
        isNull(allocations.releasedAt),
      ),
    )
    .groupBy(allocations.retirementId)
    .as('given')
  const rows = await db
    .select({
      place: sql<number>`asked.place::integer`,
      row: retirements,
      given: given.list,
    })
    .from(
      sql`rows from (jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as ("from" text, "to" text)) with ordinality as asked("from", "to", place)`,
    )
    .innerJoin(ranges, and(eq(ranges.isStanding, true), isInside()))
    .innerJoin(
      retirements,
      and(eq(retirements.id, ranges.retirementId), eq(retirements.organizationId, actor.organizationId)),
    )
    .leftJoin(given, eq(given.retirementId, retirements.id))
  const byPlace = new Map(rows.map(({ place, ...found }) => [place, found]))
  return asked.map((_, index) => toStanding(byPlace.get(index + 1)))
}

/** `asked` lies inside of a range: also where its own numbers are of several classes. */
function isInside(): SQL {
  const [from, to] = [sql.raw('asked."from"'), sql.raw('asked."to"')]
  return sql`${ranges.serials} @> ${serialsOf(from, to)} and ${ranges.classes} @> ${classesOf(from, to)}
    and ${ranges.fromCode} <= ${from} and ${ranges.toCode} >= ${to}`
}

function toStanding(
  found: { row: RetirementRow; given: Standing['given'] | null } | undefined,
): Standing | null {
  if (!found) return null
  const {
    released: _released,
    reference: _reference,
    note: _note,
    createdAt: _at,
    ...retirement
  } = toHead(found.row)
  return { retirement, given: found.given ?? [] }
}

/**
 * Allocations of a footprint that a revision is to rest on, held until the statement ends: for the `with` of the statement that
 * submits. Whoever releases one at the same moment waits, or came first, and then it is not among the held.
 */
export function heldAllocations(db: Db, actor: Owner, footprintId: string, ids: readonly string[]) {
  return db.$with('held').as(
    db
      .select({ id: allocations.id })
      .from(allocations)
      .where(
        and(
          inArray(allocations.id, [...ids]),
          eq(allocations.organizationId, actor.organizationId),
          eq(allocations.footprintId, footprintId),
          isNull(allocations.releasedAt),
        ),
      )
      .for('update'),
  )
}

/** Marks what is held as used by the revision that `made` makes: for the same `with`. The first revision's mark stays. */
export function usedAllocations(db: Db) {
  return db.$with('used').as(
    db
      .update(allocations)
      .set({ usedByRevisionId: sql`coalesce(${allocations.usedByRevisionId}, made.id)` })
      .from(sql`made`)
      .where(sql`${allocations.id} in (select held.id from held)`)
      .returning({ id: allocations.id }),
  )
}
