/** Footprints and revisions in Postgres. Every query carries the caller's relation: owner, or a body they were put before. */

import { and, asc, desc, eq, getTableColumns, gt, inArray, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { liveStates } from '../certification/engagement.ts'
import type { TablePin } from '../engine/types.ts'
import type {
  Footprint,
  FootprintChange,
  FootprintForWrite,
  FootprintRepository,
  FootprintWithFile,
  FootprintWithPins,
  Revision,
} from '../ports/footprints.ts'
import type { Authorship, Created, Page } from '../ports/parties.ts'
import type { FactorTableVersion } from '../ports/registry.ts'
import type { Actor } from '../ports.ts'
import { isAssessedBy, traced } from './assessor-reading.ts'
import type { Db } from './database.ts'
import { toVersion } from './factor-tables.ts'
import { heldAllocations, usedAllocations } from './green-certificates.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { toOrganization } from './organization-rows.ts'
import { isPutBefore } from './put-before.ts'
import { audit } from './schema/audit.ts'
import { engagements } from './schema/engagements.ts'
import { footprints, revisions } from './schema/footprints.ts'
import { members, organizations, persons } from './schema/parties.ts'
import { factorTableVersions } from './schema/registry.ts'
import { visibleTo as versionVisibleTo } from './table-visibility.ts'
import { actOnce, auditColumns, changeWithAudit, createOnce } from './write-once.ts'

/** The footprints of one database session. */
export function footprintRepository(db: Db): FootprintRepository {
  return {
    create: (by, footprint) => create(db, by, footprint),
    find: (actor, id) => find(db, actor, id),
    findWithPins: (actor, id, pins) => findWithPins(db, actor, id, pins),
    findWithFile: (actor, id, fileDigest) => findWithFile(db, actor, id, fileDigest),
    list: (actor, page) => list(db, actor, page),
    findForWrite: (actor, id, revisionId) => findForWrite(db, actor, id, revisionId),
    change: (by, standing, change, note) => applyChange(db, by, standing, change, note),
    submit: (by, standing, revision, saltKey, allocationIds) =>
      submit(db, by, standing, revision, saltKey, allocationIds),
    findRevision: (actor, footprintId, number) => {
      const reading = { action: 'read-revision', facts: { revision: number } }
      const read = (tx: Db) => findRevision(tx, actor, footprintId, number)
      return traced(db, actor, eq(engagements.footprintId, footprintId), reading, read)
    },
    listRevisions: async (actor, footprintId, page) => {
      const read = (tx: Db) => listRevisions(tx, actor, footprintId, page)
      return traced(db, actor, eq(engagements.footprintId, footprintId), { action: 'list-revisions' }, read)
    },
  }
}

type FootprintRow = typeof footprints.$inferSelect
type RevisionRow = typeof revisions.$inferSelect

function toFootprint({ requestDigest: _, ...row }: FootprintRow): Footprint {
  return row
}

/** A revision as actions know it; the person's name stands with the person. */
export function toRevision(row: RevisionRow, personName: string): Revision {
  const { requestDigest: _digest, saltKey: _key, declarationText, ...rest } = row
  const { declaredByMemberId, declaredByPersonId, ...revision } = rest
  const declaration = {
    memberId: declaredByMemberId,
    personId: declaredByPersonId,
    personName,
    text: declarationText,
    at: row.submittedAt,
  }
  return { ...revision, declaration }
}

const own = (actor: Actor, id: string) =>
  and(eq(footprints.id, id), eq(footprints.organizationId, actor.organizationId))

async function create(db: Db, by: Authorship, footprint: Footprint): Promise<Created<Footprint>> {
  const values = { ...footprint, requestDigest: by.mark.digest }
  const note = { action: 'create-footprint', resource: 'footprint' }
  const { row, replayed } = await createOnce(db, footprints, values, by, note)
  return { row: toFootprint(row), replayed }
}

async function find(db: Db, actor: Actor, id: string): Promise<Footprint | null> {
  const [row] = await db.select().from(footprints).where(own(actor, id))
  return row ? toFootprint(row) : null
}

async function findWithPins(
  db: Db,
  actor: Actor,
  id: string,
  pins?: readonly TablePin[],
): Promise<FootprintWithPins | null> {
  const rows = await db
    .select({ footprint: footprints, standing: factorTableVersions })
    .from(footprints)
    .leftJoin(eachPin(pins), sql`true`)
    .leftJoin(factorTableVersions, standsForPin(db, actor))
    .where(own(actor, id))
  return rows[0] ? { footprint: toFootprint(rows[0].footprint), standings: standingsOf(rows) } : null
}

/** A row `pin` for each of the pins, or of those in the footprint's definition: the registry is asked by its key. */
function eachPin(pins?: readonly TablePin[]) {
  const given = pins
    ? sql`${JSON.stringify(pins)}::jsonb`
    : sql`${footprints.definition} -> 'calculation' -> 'factorTables'`
  return sql`jsonb_to_recordset(${given}) as pin("table" text, version text)`
}

function standsForPin(db: Db, actor: Actor) {
  const { table, version, state } = factorTableVersions
  const isPinned = and(eq(table, sql`pin."table"`), eq(version, sql`pin.version`))
  return and(isPinned, ne(state, 'draft'), versionVisibleTo(db, actor))
}

type VersionRow = typeof factorTableVersions.$inferSelect

function standingsOf(rows: readonly { readonly standing: VersionRow | null }[]): FactorTableVersion[] {
  return rows.flatMap(({ standing }) => (standing ? [toVersion(standing)] : []))
}

/** One query for both: the other one is joined, its newest first. */
async function findWithFile(
  db: Db,
  actor: Actor,
  id: string,
  fileDigest: string,
): Promise<FootprintWithFile | null> {
  const other = alias(footprints, 'other')
  const holdsFile = and(
    eq(other.organizationId, footprints.organizationId),
    ne(other.id, footprints.id),
    eq(sql`${other.activityData} ->> 'fileDigest'`, fileDigest),
  )
  const [row] = await db
    .select({ footprint: footprints, other })
    .from(footprints)
    .leftJoin(other, holdsFile)
    .where(own(actor, id))
    .orderBy(...newestFirst(other.createdAt, other.id))
    .limit(1)
  if (!row) return null
  return { footprint: toFootprint(row.footprint), sameFileAs: row.other && toFootprint(row.other) }
}

/** A definition as lists show it: two hundred years of sites would fill an isolate. */
function inLists(definition: typeof footprints.definition | typeof revisions.definition) {
  return sql<
    FootprintRow['definition']
  >`${definition} #- '{calculation,siteData}' #- '{calculation,processes}'`
}

async function list(db: Db, actor: Actor, page: Page): Promise<Footprint[]> {
  const { organizationId, createdAt, id } = footprints
  const rows = await db
    .select({ ...getTableColumns(footprints), definition: inLists(footprints.definition) })
    .from(footprints)
    .where(and(eq(organizationId, actor.organizationId), afterCursor(createdAt, id, page.after)))
    .orderBy(...newestFirst(createdAt, id))
    .limit(page.limit)
  return rows.map(toFootprint)
}

async function findForWrite(
  db: Db,
  actor: Actor,
  id: string,
  revisionId: string,
): Promise<FootprintForWrite | null> {
  const isMe = and(
    eq(members.id, sql`${actor.memberId}::uuid`),
    eq(members.organizationId, footprints.organizationId),
  )
  const rows = await db
    .select({
      footprint: footprints,
      standing: factorTableVersions,
      client: organizations,
      callerRoles: members.roles,
      callerName: persons.name,
      revision: revisions,
      latestDigest: latestDigest(),
      isEngaged: isEngaged(),
    })
    .from(footprints)
    .innerJoin(organizations, eq(organizations.id, footprints.organizationId))
    .leftJoin(members, isMe)
    .leftJoin(persons, eq(persons.id, members.personId))
    .leftJoin(
      revisions,
      and(eq(revisions.id, revisionId), eq(revisions.organizationId, actor.organizationId)),
    )
    .leftJoin(eachPin(), sql`true`)
    .leftJoin(factorTableVersions, standsForPin(db, actor))
    .where(own(actor, id))
  const [row] = rows
  if (!row) return null
  const { footprint, client, callerRoles, callerName, revision, standing: _, ...rest } = row
  const madeBefore = revision && {
    revision: toRevision(revision, callerName ?? ''),
    requestDigest: revision.requestDigest,
  }
  return {
    ...rest,
    footprint: toFootprint(footprint),
    standings: standingsOf(rows),
    client: toOrganization(client),
    callerRoles: callerRoles ?? [],
    callerName,
    madeBefore,
  }
}

function latestDigest() {
  return sql<string | null>`(
    select latest.digest from revisions latest
    where latest.footprint_id = ${footprints.id} and latest.number = ${footprints.latestRevision}
  )`
}

function isEngaged() {
  return sql<boolean>`exists (
    select 1 from engagements live
    where live.footprint_id = ${footprints.id} and ${inArray(sql`live.state`, [...liveStates])}
  )`
}

async function applyChange(
  db: Db,
  by: Authorship,
  standing: Footprint,
  change: FootprintChange,
  note: { readonly auditId: string; readonly action: string },
): Promise<Footprint | null> {
  const changed = db
    .update(footprints)
    .set({ ...change, version: standing.version + 1, updatedAt: by.at })
    .where(unchanged(by.actor, standing))
    .returning()
  const { auditId, action } = note
  const entry = { id: auditId, action, resource: 'footprint', resourceId: standing.id }
  const rows = await actOnce(db, by, auditId, () =>
    changeWithAudit<FootprintRow>(db, changed, by, {
      ...entry,
      facts: factsOf(standing, change),
      counted: 'changed',
    }),
  )
  if (rows === null) return find(db, by.actor, standing.id)
  return rows[0] ? toFootprint(rows[0]) : null
}

/** What the trail keeps of a change, before and after: digests and states, not amounts. */
function factsOf(standing: Footprint, { activityData, state }: FootprintChange) {
  return {
    ...(activityData && { activityData, activityDataBefore: standing.activityData }),
    ...(state && { from: standing.state, to: state }),
  }
}

/** The compare of compare-and-swap: the footprint is still as it was read. */
function unchanged(actor: Actor, standing: Footprint) {
  return and(
    own(actor, standing.id),
    eq(footprints.state, standing.state),
    eq(footprints.version, standing.version),
  )
}

async function submit(
  db: Db,
  by: Authorship,
  standing: Footprint,
  revision: Revision,
  saltKey: string,
  allocationIds: readonly string[] = [],
): Promise<Revision | null> {
  const restsOn = new Set(allocationIds)
  const held = heldAllocations(db, by.actor, standing.id, [...restsOn])
  const holds = restsOn.size > 0 ? sql`(select count(*) from held) = ${restsOn.size}` : undefined
  const moved = db.$with('moved').as(
    db
      .update(footprints)
      .set({
        state: 'submitted',
        version: standing.version + 1,
        latestRevision: revision.number,
        updatedAt: by.at,
      })
      .where(and(unchanged(by.actor, standing), eq(footprints.latestRevision, revision.number - 1), holds))
      .returning({ id: footprints.id }),
  )
  const made = db.$with('made').as(
    db
      .insert(revisions)
      .select((query) => query.select(revisionColumns(revision, saltKey, by)).from(moved))
      .returning(),
  )
  const note = { id: revision.id, action: 'submit-revision', resource: 'footprint', resourceId: standing.id }
  const facts = { revision: revision.number, digest: revision.digest }
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, { ...note, facts })).from(moved))
      .returning({ id: audit.id }),
  )
  const parts = holds ? [held, moved, made, usedAllocations(db), logged] : [moved, made, logged]
  const [row] = await db
    .with(...parts)
    .select()
    .from(made)
  return row ? toRevision(row, revision.declaration.personName) : null
}

/** The columns of a revision as SQL, in the table's order, for `insert … select` from the footprint that moved. */
function revisionColumns(revision: Revision, saltKey: string, by: Authorship) {
  const json = (value: unknown, name: string) => sql<never>`${JSON.stringify(value)}::jsonb`.as(name)
  const text = (value: string, name: string) => sql<string>`${value}::text`.as(name)
  const uuid = (value: string, name: string) => sql<string>`${value}::uuid`.as(name)
  const integer = (value: number, name: string) => sql<number>`${value}::integer`.as(name)
  return {
    id: uuid(revision.id, 'id'),
    footprintId: uuid(revision.footprintId, 'footprint_id'),
    organizationId: uuid(revision.organizationId, 'organization_id'),
    number: integer(revision.number, 'number'),
    digest: text(revision.digest, 'digest'),
    recordDigest: text(revision.recordDigest, 'record_digest'),
    schemeDigest: text(revision.schemeDigest, 'scheme_digest'),
    lineCount: integer(revision.lineCount, 'line_count'),
    definition: json(revision.definition, 'definition'),
    result: json(revision.result, 'result'),
    saltKey: text(saltKey, 'salt_key'),
    declarationDigest: text(revision.declarationDigest, 'declaration_digest'),
    declarationText: json(revision.declaration.text, 'declaration_text'),
    declaredByMemberId: uuid(revision.declaration.memberId, 'declared_by_member_id'),
    declaredByPersonId: uuid(revision.declaration.personId, 'declared_by_person_id'),
    requestDigest: text(by.mark.digest, 'request_digest'),
    submittedAt: sql<Date>`${revision.submittedAt.toISOString()}::timestamptz`.as('submitted_at'),
  }
}

/** A body's own engagements; an assessor's are those that an assessment covers. */
function whoseEngagements(db: Db, actor: Actor) {
  if (actor.organizationKind === 'accreditation-body') return isAssessedBy(db, actor)
  return eq(engagements.bodyOrganizationId, actor.organizationId)
}

/** The owner sees all its revisions; a body those that were put before it, also after the work is done. */
function visibleTo(db: Db, actor: Actor) {
  const putBefore = db
    .select({ one: sql`1` })
    .from(engagements)
    .where(isPutBefore(whoseEngagements(db, actor)))
  return or(eq(revisions.organizationId, actor.organizationId), sql`exists (${putBefore})`)
}

async function findRevision(
  db: Db,
  actor: Actor,
  footprintId: string,
  number: number | null,
): Promise<Revision | null> {
  const numbered = number === null ? undefined : eq(revisions.number, number)
  const [row] = await revisionsWithNames(db)
    .where(and(eq(revisions.footprintId, footprintId), numbered, visibleTo(db, actor)))
    .orderBy(desc(revisions.number))
    .limit(1)
  return row ? toRevision(row.revision, row.personName) : null
}

async function listRevisions(db: Db, actor: Actor, footprintId: string, page: Page): Promise<Revision[]> {
  const after = page.after === null ? undefined : gt(revisions.number, Number(page.after) || 0)
  const rows = await revisionsWithNames(db, inLists(revisions.definition))
    .where(and(eq(revisions.footprintId, footprintId), visibleTo(db, actor), after))
    .orderBy(asc(revisions.number))
    .limit(page.limit)
  return rows.map((row) => toRevision(row.revision, row.personName))
}

function revisionsWithNames(db: Db, definition: ReturnType<typeof inLists> = sql`${revisions.definition}`) {
  return db
    .select({ revision: { ...getTableColumns(revisions), definition }, personName: persons.name })
    .from(revisions)
    .innerJoin(persons, eq(persons.id, revisions.declaredByPersonId))
    .$dynamic()
}
