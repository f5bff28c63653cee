/** Who takes part: the operator registers organizations, persons, members and their API clients. All of them are made up. */

import type { Names } from '../../src/engine/types.ts'
import type { MemberRole, Scope } from '../../src/ports/parties.ts'
import type { Api, Caller } from './api.ts'
import { fictionalCreditCode, fictionalPassport, fictionalResidentNumber, fresh } from './identities.ts'
import type { Story } from './story.ts'

/** An organization, registered. */
export interface Party {
  readonly id: string
  readonly slug: string
  readonly name: Names
  readonly country: string
  /** The client that administers it: the operator made it, and has no other. */
  readonly administrator: Caller
}

/** A person in an organization, with a client of their own. */
export interface Member {
  readonly memberId: string
  readonly personId: string
  readonly name: string
  readonly caller: Caller
}

/** An enterprise and its two persons. */
export interface Enterprise extends Party {
  readonly preparer: Member
  readonly responsible: Member
}

/** A certification body and its five persons. */
export interface Body extends Party {
  readonly manager: Member
  readonly lead: Member
  readonly verifier: Member
  readonly reviewer: Member
  readonly decider: Member
}

/** An enterprise before it is registered. */
export interface NewEnterprise {
  readonly name: Names
  /** ISO 3166-1. */
  readonly country: string
  readonly persons: { readonly preparer: string; readonly responsible: string }
}

/** The operator's hand: everything that only it may do. */
export interface Registrar {
  readonly api: Api
  readonly operator: Caller
  readonly story: Story
}

const enterpriseScopes: readonly Scope[] = [
  'calculations:run',
  'footprints:read',
  'footprints:write',
  'engagements:read',
  'engagements:write',
]
const bodyScopes: readonly Scope[] = [
  'calculations:run',
  'footprints:read',
  'engagements:read',
  'engagements:write',
]

/** Registers an enterprise: one person prepares, another answers for the claim. */
export async function registerEnterprise(
  registrar: Registrar,
  { name, country, persons }: NewEnterprise,
): Promise<Enterprise> {
  const party = await registerOrganization(registrar, {
    kind: 'enterprise',
    slug: fresh('demo-enterprise'),
    name,
    country,
  })
  const hire = (person: string, roles: readonly MemberRole[]) =>
    registerMember(registrar, party, { person, roles, scopes: enterpriseScopes })
  return {
    ...party,
    preparer: await hire(persons.preparer, ['preparer']),
    responsible: await hire(persons.responsible, ['responsible']),
  }
}

/** Registers a body. Its lead verifier may decide elsewhere, which makes the refusal later on worth seeing. */
export async function registerBody(registrar: Registrar): Promise<Body> {
  const name = { en: 'Lujiang Verification (fictional)', zh: '鹭江认证（虚构示例）' }
  const party = await registerOrganization(registrar, {
    kind: 'certification-body',
    slug: fresh('demo-body'),
    name,
    country: 'CN',
  })
  const hire = (person: string, roles: readonly MemberRole[]) =>
    registerMember(registrar, party, { person, roles, scopes: bodyScopes })
  return {
    ...party,
    manager: await hire('Huang Min 黄敏', ['body-manager']),
    lead: await hire('Wu Lei 吴磊', ['lead-verifier', 'decision-maker']),
    verifier: await hire('Zheng Xue 郑雪', ['verifier']),
    reviewer: await hire('Cai Hong 蔡虹', ['reviewer']),
    decider: await hire('Su Yang 苏扬', ['decision-maker']),
  }
}

interface NewOrganization {
  readonly kind: 'enterprise' | 'certification-body'
  readonly slug: string
  readonly name: Names
  readonly country: string
}

async function registerOrganization(
  { api, operator, story }: Registrar,
  organization: NewOrganization,
): Promise<Party> {
  story.step('The operator', `registers ${organization.name.en}.`)
  const unifiedSocialCreditCode = organization.country === 'CN' ? fictionalCreditCode() : null
  const { body } = await operator.call<Omit<Party, 'administrator'>>('POST', '/v1/organizations', {
    body: { ...organization, unifiedSocialCreditCode },
    expect: { status: 201 },
  })
  const founding = await operator.call<Login>('POST', `/v1/organizations/${body.id}/clients`, {
    body: { name: 'administration', scopes: ['parties:read', 'parties:write'] },
    expect: { status: 201 },
  })
  const login = { clientId: founding.body.id, secret: founding.body.secret }
  return { ...body, administrator: await api.login(organization.name.en, login) }
}

/** A client as it is answered when it is made. */
type Login = { readonly id: string; readonly secret: string }

interface NewMember {
  readonly person: string
  readonly roles: readonly MemberRole[]
  readonly scopes: readonly Scope[]
}

async function registerMember(
  { api, operator, story }: Registrar,
  { id: organizationId, country, administrator }: Party,
  { person: name, roles, scopes }: NewMember,
): Promise<Member> {
  story.step(
    'The operator',
    `registers ${name}: ${roles.join(', ')}; and a client that acts for this person, once the organization confirms it.`,
  )
  const person = await operator.call<{ id: string }>('POST', '/v1/persons', {
    body: { name, identityDocument: identityDocument(country) },
    expect: { status: 201 },
  })
  const member = await operator.call<{ id: string }>('POST', `/v1/organizations/${organizationId}/members`, {
    body: { personId: person.body.id, roles },
    expect: { status: 201 },
  })
  const clients = `/v1/organizations/${organizationId}/clients`
  const client = await operator.call<Login>('POST', clients, {
    body: { name: roles.join(', '), memberId: member.body.id, scopes },
    expect: { status: 201 },
  })
  await administrator.call('POST', `${clients}/${client.body.id}/confirm`, { expect: { status: 200 } })
  const caller = await api.login(name, { clientId: client.body.id, secret: client.body.secret })
  return { memberId: member.body.id, personId: person.body.id, name, caller }
}

function identityDocument(country: string) {
  return country === 'CN'
    ? { kind: 'resident-identity-card', country, number: fictionalResidentNumber() }
    : { kind: 'passport', country, number: fictionalPassport() }
}
