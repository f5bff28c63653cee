/** Organizations, persons, members and API clients in Postgres. Every query carries the caller's relation. */

import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import {
  type ApiClient,
  type Authorship,
  type ClientLogin,
  type Created,
  foundingAgainDays,
  foundingScopes,
  type Member,
  type MemberRole,
  type NewClient,
  type NewMember,
  type Organization,
  type Page,
  type PartyRepository,
  type Person,
  type Scope,
} from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import { chainOf } from '../transparency/trail.ts'
import type { Db } from './database.ts'
import { erasePerson, restorePerson } from './erase-person.ts'
import { bodiesToPublish, bodiesWhere, nameOwnDid } from './keyed-bodies.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { toOrganization } from './organization-rows.ts'
import { apiClients, members, organizations, persons } from './schema/parties.ts'
import { changeWithAudit, createOnce } from './write-once.ts'

/** The parties of one database session. */
export function partyRepository(db: Db): PartyRepository {
  return {
    createOrganization: (by, organization) => createOrganization(db, by, organization),
    findOrganization: (actor, id) => findOrganization(db, actor, id),
    listOrganizations: (actor, page) => listOrganizations(db, actor, page),
    createPerson: (by, person, identityHash) => createPerson(db, by, person, identityHash),
    erasePerson: (by, id, auditId) => erasePerson(db, by, id, auditId),
    createMember: (by, member) => createMember(db, by, member),
    listMembers: (actor, organizationId, page) => listMembers(db, actor, organizationId, page),
    createClient: (by, client, secretHash) => createClient(db, by, client, secretHash),
    confirmClient: (by, id) => confirmClient(db, by, id),
    listClients: (actor, organizationId, page) => listClients(db, actor, organizationId, page),
    revokeClient: (by, organizationId, id) => revokeClient(db, by, organizationId, id),
    findLogin: (clientId) => findLogin(db, clientId),
    bootstrapOperator: (operator, client, secretHash) => bootstrapOperator(db, operator, client, secretHash),
    findBySlug: (slug) => findBySlug(db, slug),
    rolesOf: (actor) => rolesOf(db, actor),
    nameOwnDid: (by, named, entry) => nameOwnDid(db, by, named, entry),
    bodiesToPublish: (changedSince, slot) => bodiesToPublish(db, changedSince, slot),
    allBodies: () => bodiesWhere(db, undefined),
  }
}

type OrganizationRow = typeof organizations.$inferSelect
type MemberRow = typeof members.$inferSelect
type ClientRow = typeof apiClients.$inferSelect

function fromOrganization(organization: Organization, requestDigest: string): OrganizationRow {
  const { name, ...rest } = organization
  return { ...rest, nameEn: name.en, nameZh: name.zh, requestDigest }
}

function toClient(row: ClientRow): ApiClient {
  const { secretHash: _hash, requestDigest: _digest, ...rest } = row
  return { ...rest, scopes: rest.scopes as Scope[] }
}

function toMember(row: MemberRow, personName: string): Member {
  const { requestDigest: _, ...rest } = row
  return { ...rest, personName, roles: rest.roles as MemberRole[] }
}

/** What an actor may see of organizations: operators all, others their own. */
function visibleTo(actor: Actor) {
  return actor.organizationKind === 'operator' ? undefined : eq(organizations.id, actor.organizationId)
}

async function createOrganization(
  db: Db,
  by: Authorship,
  organization: Organization,
): Promise<Created<Organization>> {
  const values = fromOrganization(organization, by.mark.digest)
  const note = { action: 'create-organization', resource: 'organization' }
  const taken = { organizations_slug_key: '/slug', organizations_uscc_key: '/unifiedSocialCreditCode' }
  const { row, replayed } = await createOnce(db, organizations, values, by, note, taken)
  return { row: toOrganization(row), replayed }
}

async function findOrganization(db: Db, actor: Actor, id: string): Promise<Organization | null> {
  const [row] = await db
    .select()
    .from(organizations)
    .where(and(eq(organizations.id, id), visibleTo(actor)))
  return row ? toOrganization(row) : null
}

async function listOrganizations(db: Db, actor: Actor, page: Page): Promise<Organization[]> {
  const rows = await db
    .select()
    .from(organizations)
    .where(and(visibleTo(actor), page.after === null ? undefined : gt(organizations.slug, page.after)))
    .orderBy(asc(organizations.slug))
    .limit(page.limit)
  return rows.map(toOrganization)
}

async function findBySlug(db: Db, slug: string): Promise<Organization | null> {
  const [row] = await db.select().from(organizations).where(eq(organizations.slug, slug))
  return row ? toOrganization(row) : null
}

async function rolesOf(db: Db, { memberId, organizationId }: Actor): Promise<readonly MemberRole[]> {
  if (memberId === null) return []
  const [row] = await db
    .select({ roles: members.roles })
    .from(members)
    .where(and(eq(members.id, memberId), eq(members.organizationId, organizationId)))
  return (row?.roles ?? []) as MemberRole[]
}

async function createPerson(
  db: Db,
  by: Authorship,
  person: Person,
  identityHash: string,
): Promise<Created<Person>> {
  const restored = await restorePerson(db, by, person, identityHash)
  if (restored) return restored
  const values = { ...person, identityHash, requestDigest: by.mark.digest }
  const note = { action: 'create-person', resource: 'person' }
  const { row, replayed } = await createOnce(db, persons, values, by, note, {
    persons_identity_key: '/identityDocument',
  })
  return { row: { id: row.id, name: row.name, createdAt: row.createdAt }, replayed }
}

async function createMember(db: Db, by: Authorship, member: NewMember): Promise<Created<NewMember>> {
  const values = { ...member, roles: [...member.roles], requestDigest: by.mark.digest }
  const note = {
    action: 'create-member',
    resource: 'member',
    chain: chainOf('organization', member.organizationId),
  }
  const taken = { members_person_key: '/personId', members_person_fkey: '/personId' }
  const { row, replayed } = await createOnce(db, members, values, by, note, taken)
  const { requestDigest: _, ...rest } = row
  return { row: { ...rest, roles: rest.roles as MemberRole[] }, replayed }
}

async function listMembers(db: Db, actor: Actor, organizationId: string, page: Page): Promise<Member[]> {
  const rows = await db
    .select({ member: members, personName: persons.name })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(
      and(
        eq(members.organizationId, organizationId),
        visibleTo(actor),
        page.after === null ? undefined : gt(members.id, page.after),
      ),
    )
    .orderBy(asc(members.id))
    .limit(page.limit)
  return rows.map(({ member, personName }) => toMember(member, personName))
}

async function createClient(
  db: Db,
  by: Authorship,
  client: NewClient,
  secretHash: string,
): Promise<Created<ApiClient>> {
  const confirmedAt = confirmation(by, client)
  const values = {
    ...client,
    scopes: [...client.scopes],
    confirmedAt,
    secretHash,
    requestDigest: by.mark.digest,
  }
  const note = {
    action: 'create-client',
    resource: 'client',
    chain: chainOf('organization', client.organizationId),
  }
  const { row, replayed } = await createOnce(db, apiClients, values, by, note, {
    api_clients_member_fkey: '/memberId',
  })
  return { row: toClient(row), replayed }
}

/** From when a new client gets tokens: told by the statement that makes it, of what stands at that moment. */
function confirmation(
  { actor, at }: Authorship,
  { organizationId, scopes: asked }: NewClient,
): Date | SQL<Date | null> {
  if (actor.organizationId === organizationId) return at
  const now = sql`${at.toISOString()}::timestamptz`
  const others = sql`from api_clients other where other.organization_id = ${organizationId}::uuid and 'parties:write' = any (other.scopes)`
  const founds = asked.every((scope) => (foundingScopes as readonly Scope[]).includes(scope))
  return sql<Date | null>`case
    when not ${founds}::boolean or exists (select ${others} and other.revoked_at is null and other.confirmed_at <= ${now}) then null
    when exists (select ${others} and other.confirmed_at is not null) then ${now} + make_interval(days => ${sql.raw(String(foundingAgainDays))})
    else ${now} end`
}

async function confirmClient(db: Db, by: Authorship, id: string): Promise<ApiClient | null> {
  const { organizationId } = by.actor
  const mine = and(
    eq(apiClients.id, id),
    eq(apiClients.organizationId, organizationId),
    isNull(apiClients.revokedAt),
  )
  const confirmed = db
    .update(apiClients)
    .set({ confirmedAt: by.at })
    .where(and(mine, isNull(apiClients.confirmedAt)))
    .returning()
  const note = { id: crypto.randomUUID(), action: 'confirm-client', resource: 'client', resourceId: id }
  const [row] = await changeWithAudit<ClientRow>(db, confirmed, by, note)
  const [standing] = row ? [row] : await db.select().from(apiClients).where(mine)
  return standing ? toClient(standing) : null
}

async function listClients(db: Db, actor: Actor, organizationId: string, page: Page): Promise<ApiClient[]> {
  const isVisible = actor.organizationKind === 'operator' || actor.organizationId === organizationId
  if (!isVisible) return []
  const rows = await db
    .select()
    .from(apiClients)
    .where(
      and(
        eq(apiClients.organizationId, organizationId),
        afterCursor(apiClients.createdAt, apiClients.id, page.after),
      ),
    )
    .orderBy(...newestFirst(apiClients.createdAt, apiClients.id))
    .limit(page.limit)
  return rows.map(toClient)
}

async function revokeClient(
  db: Db,
  by: Authorship,
  organizationId: string,
  id: string,
): Promise<ApiClient | null> {
  const mine = and(eq(apiClients.id, id), eq(apiClients.organizationId, organizationId))
  const revoked = db
    .update(apiClients)
    .set({ revokedAt: by.at })
    .where(and(mine, isNull(apiClients.revokedAt)))
    .returning()
  const chain = chainOf('organization', organizationId)
  const note = { id: crypto.randomUUID(), action: 'revoke-client', resource: 'client', resourceId: id, chain }
  const [row] = await changeWithAudit<ClientRow>(db, revoked, by, note)
  const [standing] = row ? [row] : await db.select().from(apiClients).where(mine)
  return standing ? toClient(standing) : null
}

async function findLogin(db: Db, clientId: string): Promise<ClientLogin | null> {
  const [row] = await db
    .select({ client: apiClients, kind: organizations.kind, personId: members.personId })
    .from(apiClients)
    .innerJoin(organizations, eq(organizations.id, apiClients.organizationId))
    .leftJoin(members, eq(members.id, apiClients.memberId))
    .where(and(eq(apiClients.id, clientId), isNull(apiClients.revokedAt)))
  if (!row) return null
  const { client, kind, personId } = row
  return { client: toClient(client), secretHash: client.secretHash, organizationKind: kind, personId }
}

/** The operator's row and its first client, unless they stand: then the client keeps its old secret. */
async function bootstrapOperator(
  db: Db,
  operator: Organization,
  client: ApiClient,
  secretHash: string,
): Promise<ApiClient> {
  await db.insert(organizations).values(fromOrganization(operator, 'bootstrap')).onConflictDoNothing()
  const home = await findBySlug(db, operator.slug)
  const organizationId = home?.id ?? operator.id
  await db
    .insert(apiClients)
    .values({ ...client, organizationId, scopes: [...client.scopes], secretHash, requestDigest: 'bootstrap' })
    .onConflictDoNothing()
  return { ...client, organizationId }
}
