/** Organizations, persons, members and API clients, as actions ask for them. */

import { processRoles } from '../certification/engagement.ts'
import type { NewLogEntry } from './log.ts'
import type { Actor, RequestMark } from './request.ts'

export type OrganizationKind = Actor['organizationKind']

export interface Organization {
  readonly id: string
  readonly kind: OrganizationKind
  /** Short name in URLs and in the body's DID, e.g. `xiamen-green-certification`. */
  readonly slug: string
  readonly name: { readonly en: string; readonly zh: string | null }
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** 统一社会信用代码 (GB 32100); always present for a Chinese organization. */
  readonly unifiedSocialCreditCode: string | null
  /** A body's own did:web on its own domain; null: its DID is hosted here. */
  readonly did: string | null
  readonly createdAt: Date
}

/** A natural person, one across all organizations. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
}

/** What a member may do in its organization; the process names which act asks for which role. */
export const memberRoles = ['operator', 'admin', 'assessor', ...processRoles] as const
export type MemberRole = (typeof memberRoles)[number]

/** A person in an organization, with roles. */
export interface Member {
  readonly id: string
  readonly organizationId: string
  readonly personId: string
  readonly personName: string
  readonly roles: readonly MemberRole[]
  readonly createdAt: Date
}

/** A membership as it is made; the person's name stands with the person. */
export type NewMember = Omit<Member, 'personName'>

export const scopes = [
  'parties:read',
  'parties:write',
  'calculations:run',
  'factors:write',
  'footprints:read',
  'footprints:write',
  'engagements:read',
  'engagements:write',
  'notices:read',
  'notices:write',
  'metrics:read',
] as const
export type Scope = (typeof scopes)[number]

/** A machine's account in an organization; where it acts for a person it is bound to that member. */
export interface ApiClient {
  readonly id: string
  readonly organizationId: string
  readonly memberId: string | null
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly createdAt: Date
  /** From when it gets tokens; null: its organization has not confirmed what the operator made. */
  readonly confirmedAt: Date | null
  readonly revokedAt: Date | null
}

/** A client as it is made; who makes it, and for whom, says whether it is confirmed. */
export type NewClient = Omit<ApiClient, 'confirmedAt' | 'revokedAt'>

/** Scopes of the client that founds an organization: they administer it, and read no file. */
export const foundingScopes = ['parties:read', 'parties:write'] as const satisfies readonly Scope[]

/** Days after which an organization is founded again that has lost every client of that kind: time to notice. */
export const foundingAgainDays = 7

/** What the token endpoint needs to know of a client, in one read. */
export interface ClientLogin {
  readonly client: ApiClient
  readonly secretHash: string
  readonly organizationKind: OrganizationKind
  readonly personId: string | null
}

/** Who wrote, for the audit row born in the same statement. */
export interface Authorship {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly at: Date
  /** The role that let the act pass; absent where none was asked for. */
  readonly role?: string | null
}

/** A created row, or the row that the same request created before. */
export interface Created<Row> {
  readonly row: Row
  readonly replayed: boolean
}

export interface Page {
  readonly limit: number
  readonly after: string | null
}

/** Every write is one statement with its audit row. `already-exists` names the field that is taken. */
export interface PartyRepository {
  createOrganization(by: Authorship, organization: Organization): Promise<Created<Organization>>
  /** Seen by its own members and by operators; null otherwise. Bodies and enterprises see each other's public face by slug only. */
  findOrganization(actor: Actor, id: string): Promise<Organization | null>
  listOrganizations(actor: Actor, page: Page): Promise<readonly Organization[]>
  createPerson(by: Authorship, person: Person, identityHash: string): Promise<Created<Person>>
  /** Null for nobody of this id; a null instant where the person still acts and was not erased. */
  erasePerson(by: Authorship, id: string, auditId: string): Promise<{ readonly erasedAt: Date | null } | null>
  createMember(by: Authorship, member: NewMember): Promise<Created<NewMember>>
  listMembers(actor: Actor, organizationId: string, page: Page): Promise<readonly Member[]>
  /**
   * Of one's own organization it is confirmed at once. What the operator makes for another waits until a client of that organization
   * confirms it; but for the one that founds it, where nobody is there to confirm: at once the first time, later after
   * {@link foundingAgainDays}.
   */
  createClient(by: Authorship, client: NewClient, secretHash: string): Promise<Created<ApiClient>>
  /** By a client of the same organization; idempotent. Null where it has none of this id that is not revoked. */
  confirmClient(by: Authorship, id: string): Promise<ApiClient | null>
  /** Newest first; of one's own organization, or of any for operators. */
  listClients(actor: Actor, organizationId: string, page: Page): Promise<readonly ApiClient[]>
  /** Idempotent: a revoked client stays revoked since the first time. */
  revokeClient(by: Authorship, organizationId: string, id: string): Promise<ApiClient | null>
  findLogin(clientId: string): Promise<ClientLogin | null>
  /** First start only: an operator organization with its client, unless one exists. */
  bootstrapOperator(operator: Organization, client: ApiClient, secretHash: string): Promise<ApiClient>
  /** A certification body's or enterprise's public face. */
  findBySlug(slug: string): Promise<Organization | null>
  /** The roles of the member that the caller acts for, now; none for a client that is bound to nobody. */
  rolesOf(actor: Actor): Promise<readonly MemberRole[]>
  /** A body's own DID with its log entry. Null where it has one, or has issued anything; `already-exists` for another body's. */
  nameOwnDid(
    by: Authorship,
    named: { readonly id: string; readonly did: string; readonly auditId: string },
    entry: NewLogEntry,
  ): Promise<Organization | null>
  /**
   * Bodies whose keys changed since an instant, that have none, or whose turn it is: each body has a slot of its own among as many
   * as there are.
   */
  bodiesToPublish(
    changedSince: Date,
    slot: { readonly number: number; readonly of: number },
  ): Promise<readonly Organization[]>
  allBodies(): Promise<readonly Organization[]>
}
