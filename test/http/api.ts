/** A client for tests: tokens, JSON, and organizations made on the way. Everything goes over HTTP. */

import { expect } from 'vitest'
import { request, token } from '../harness/http.ts'

export { token as tokenFor } from '../harness/http.ts'

/** An API client's credentials. */
export type Login = { readonly clientId: string; readonly secret: string }

/** What a test reads of an answer. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds and asserts on it
  readonly body: any
}

/** Calls the API; an object body is sent as JSON. */
export async function call(
  method: string,
  path: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { ...options.headers }
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`
  const raw = typeof options.body === 'string' || options.body instanceof Uint8Array
  if (options.body !== undefined && !raw) headers['content-type'] ??= 'application/json'
  const body = options.body === undefined ? undefined : raw ? options.body : JSON.stringify(options.body)
  const response = await request(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: body as string }),
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

/** The operator that the harness bootstrapped. */
export function operatorToken(): Promise<string> {
  return token()
}

/** The operator's own organization, however many there are: lists are by slug, page by page. */
export async function operatorOrganization(): Promise<string> {
  const operator = await operatorToken()
  for (let after = ''; ; ) {
    const path = `/v1/organizations?limit=200&after=${after}`
    const { organizations } = (await call('GET', path, { token: operator })).body
    const own = organizations.find(({ kind }: { kind: string }) => kind === 'operator')
    if (own) return own.id
    expect(organizations.length, 'no operator among the organizations').toBe(200)
    after = organizations.at(-1).slug
  }
}

let serial = 0
/** A name no other test uses, also over several files on one database. */
export function unique(name: string): string {
  serial += 1
  return `${name}-${crypto.randomUUID().slice(0, 8)}-${serial}`
}

/** Whether a test made the name; what such a test leaves may be half of what a real writer leaves. */
export function isMadeByTest(name: string): boolean {
  return /-[0-9a-f]{8}-\d+$/.test(name)
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** A fictional unified social credit code of Xiamen with its check digit (GB 32100). */
export function creditCode(): string {
  const random = crypto.getRandomValues(new Uint8Array(9))
  const head = `91350200${[...random].map((byte) => alphabet[byte % 31]).join('')}`
  let sum = 0
  let weight = 1
  for (const character of head) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return head + alphabet[(31 - (sum % 31)) % 31]
}

/** Registers an organization; answers its id and slug. */
export async function organization(
  operator: string,
  kind: 'enterprise' | 'certification-body' | 'accreditation-body' | 'relying-party',
): Promise<{ id: string; slug: string }> {
  const slug = unique(kind === 'enterprise' ? 'factory' : 'body')
  const body = {
    kind,
    slug,
    name: { en: slug, zh: '测试机构' },
    country: 'CN',
    unifiedSocialCreditCode: creditCode(),
  }
  const answer = await call('POST', '/v1/organizations', { token: operator, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  await found(operator, answer.body.id)
  return { id: answer.body.id, slug }
}

const administrators = new Map<string, string>()

/** The client that founds an organization: the operator makes it, the organization keeps it. */
async function found(operator: string, organizationId: string): Promise<void> {
  const client = { name: 'Administration', scopes: ['parties:read', 'parties:write'] }
  const made = await call('POST', `/v1/organizations/${organizationId}/clients`, {
    token: operator,
    body: client,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  administrators.set(organizationId, await token({ clientId: made.body.id, secret: made.body.secret }))
}

/** A token of the client that administers an organization which a test founded; undefined for any other. */
export function administrator(organizationId: string): string | undefined {
  return administrators.get(organizationId)
}

/** A client of an organization, bound to nobody, made by the organization itself. */
export async function machine(
  organizationId: string,
  scopes: readonly string[],
  name = 'Machine',
): Promise<string> {
  const made = await call('POST', `/v1/organizations/${organizationId}/clients`, {
    token: administrator(organizationId) ?? '',
    body: { name, scopes },
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return token({ clientId: made.body.id, secret: made.body.secret })
}

/** What the operator made for an organization, the organization confirms. */
export async function confirmClient(organizationId: string, clientId: string): Promise<void> {
  const path = `/v1/organizations/${organizationId}/clients/${clientId}/confirm`
  const confirmed = await call('POST', path, { token: administrator(organizationId) ?? '' })
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
}

/** Registers a person who exists nowhere else. */
export async function person(operator: string, name: string): Promise<string> {
  const number = crypto.randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()
  const body = { name, identityDocument: { kind: 'passport', country: 'CN', number } }
  const answer = await call('POST', '/v1/persons', { token: operator, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

/** A member with its own client; answers a token that acts for the person. */
export async function member(
  operator: string,
  organizationId: string,
  personId: string,
  roles: readonly string[],
  scopes: readonly string[],
): Promise<{ memberId: string; personId: string; token: string; login: Login }> {
  const path = `/v1/organizations/${organizationId}`
  const made = await call('POST', `${path}/members`, { token: operator, body: { personId, roles } })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const client = { name: roles.join(' '), memberId: made.body.id, scopes }
  const answer = await call('POST', `${path}/clients`, { token: operator, body: client })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  if (answer.body.confirmedAt === null) await confirmClient(organizationId, answer.body.id)
  const login = { clientId: answer.body.id, secret: answer.body.secret }
  return { memberId: made.body.id, personId, token: await token(login), login }
}
