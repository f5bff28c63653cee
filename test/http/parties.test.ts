/** Parties and access over HTTP: who may call, what is checked, and that tenants cannot see each other. */

import { beforeAll, describe, expect, inject, test } from 'vitest'
import {
  type Answer,
  administrator,
  call,
  creditCode,
  member,
  operatorToken,
  organization,
  person,
  tokenFor,
  unique,
} from './api.ts'
import { code } from './cast.ts'

let operator: string
beforeAll(async () => {
  operator = await operatorToken()
})

function enterpriseBody(overrides: Record<string, unknown> = {}) {
  const slug = unique('factory')
  const name = { en: 'A factory', zh: '一家工厂' }
  return {
    kind: 'enterprise',
    slug,
    name,
    country: 'CN',
    unifiedSocialCreditCode: creditCode(),
    ...overrides,
  }
}

describe('POST /auth/token', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }

  test('answers a bearer token that ends soon, never cached', async () => {
    const { clientId, secret } = inject('operator')
    const answer = await call('POST', '/auth/token', {
      body: 'grant_type=client_credentials&scope=parties:read',
      headers: { ...form, authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
    })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ token_type: 'Bearer', scope: 'parties:read' })
    expect(answer.body.expires_in).toBeLessThanOrEqual(900)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['a wrong secret', () => `${inject('operator').clientId}:wrong`],
    ['an unknown client', () => `${crypto.randomUUID()}:wrong`],
    ['something that is no client id', () => `' or 1=1:x`],
  ])('refuses %s in OAuth form, the same each time', async (_, basic) => {
    const answer = await call('POST', '/auth/token', {
      body: 'grant_type=client_credentials',
      headers: { ...form, authorization: `Basic ${btoa(basic())}` },
    })
    expect(answer.status).toBe(401)
    expect(answer.body).toEqual({
      error: 'invalid_client',
      error_description: 'The client id or secret is wrong.',
    })
    expect(answer.headers.get('www-authenticate')).toContain('Basic')
  })

  test('refuses other grants and scopes beyond the client', async () => {
    const { clientId, secret } = inject('operator')
    const headers = { ...form, authorization: `Basic ${btoa(`${clientId}:${secret}`)}` }
    const password = await call('POST', '/auth/token', { body: 'grant_type=password', headers })
    expect([password.status, password.body.error]).toEqual([400, 'unsupported_grant_type'])
    const body = 'grant_type=client_credentials&scope=footprints:write'
    const beyond = await call('POST', '/auth/token', { body, headers })
    expect([beyond.status, beyond.body.error]).toEqual([400, 'invalid_scope'])
  })
})

describe('access', () => {
  test('is closed without a token, with a broken one, and without the scope', async () => {
    const none = await call('GET', '/v1/organizations')
    expect([none.status, none.body.type]).toEqual([401, expect.stringMatching(/\/problems\/unauthorized$/)])
    expect(none.headers.get('www-authenticate')).toBe('Bearer')
    const broken = await call('GET', '/v1/organizations', { token: `${operator.slice(0, -4)}AAAA` })
    expect(broken.status).toBe(401)
    const reader = await tokenFor(inject('operator'), 'parties:read')
    const beyond = await call('POST', '/v1/organizations', { token: reader, body: enterpriseBody() })
    expect([beyond.status, beyond.body.scope]).toEqual([403, 'parties:write'])
  })
})

describe('organizations', () => {
  test('carry a unified social credit code whose check digit is verified', async () => {
    const good = await call('POST', '/v1/organizations', { token: operator, body: enterpriseBody() })
    expect(good.status).toBe(201)
    const wrong = enterpriseBody({ unifiedSocialCreditCode: '9144030071526726XH' })
    const slip = await call('POST', '/v1/organizations', { token: operator, body: wrong })
    expect(slip.status).toBe(422)
    expect(slip.body).toMatchObject({
      pointer: '/unifiedSocialCreditCode',
      title: 'An identifier fails its check',
    })
    const none = enterpriseBody({ unifiedSocialCreditCode: null })
    const missing = await call('POST', '/v1/organizations', { token: operator, body: none })
    expect(missing.status).toBe(422)
    const abroad = enterpriseBody({ unifiedSocialCreditCode: null, country: 'DE' })
    expect((await call('POST', '/v1/organizations', { token: operator, body: abroad })).status).toBe(201)
  })

  test('keep their slug to themselves', async () => {
    const body = enterpriseBody()
    expect((await call('POST', '/v1/organizations', { token: operator, body })).status).toBe(201)
    const again = { ...enterpriseBody(), slug: body.slug }
    const answer = await call('POST', '/v1/organizations', { token: operator, body: again })
    expect([answer.status, answer.body.pointer]).toEqual([409, '/slug'])
  })

  test('are made once under one idempotency key, and the key serves no other request', async () => {
    const headers = { 'idempotency-key': unique('key') }
    const body = enterpriseBody()
    const first = await call('POST', '/v1/organizations', { token: operator, body, headers })
    const retry = await call('POST', '/v1/organizations', { token: operator, body, headers })
    expect(retry.body).toEqual(first.body)
    const other = await call('POST', '/v1/organizations', {
      token: operator,
      body: enterpriseBody(),
      headers,
    })
    expect([other.status, other.body.type]).toEqual([422, expect.stringContaining('idempotency-key-reused')])
  })

  test('of others look like none', async () => {
    const [mine, theirs] = [
      await organization(operator, 'enterprise'),
      await organization(operator, 'enterprise'),
    ]
    const { token } = await member(
      operator,
      mine.id,
      await person(operator, 'Lin'),
      ['admin'],
      ['parties:read'],
    )
    expect((await call('GET', `/v1/organizations/${mine.id}`, { token })).status).toBe(200)
    const foreign = await call('GET', `/v1/organizations/${theirs.id}`, { token })
    const none = await call('GET', `/v1/organizations/${crypto.randomUUID()}`, { token })
    const bare = ({ instance: _, ...rest }: Record<string, unknown>) => rest
    expect(foreign.status).toBe(404)
    expect(bare(foreign.body)).toEqual(bare(none.body))
    expect((await call('GET', `/v1/organizations/${theirs.id}/members`, { token })).status).toBe(404)
    const list = await call('GET', '/v1/organizations', { token })
    expect(list.body.organizations.map((row: { id: string }) => row.id)).toEqual([mine.id])
  })

  test('are registered by operators only', async () => {
    const home = await organization(operator, 'enterprise')
    const scopes = ['parties:read', 'parties:write']
    const { token } = await member(operator, home.id, await person(operator, 'Chen'), ['admin'], scopes)
    const answer = await call('POST', '/v1/organizations', { token, body: enterpriseBody() })
    expect([answer.status, answer.body.role]).toEqual([403, 'operator'])
  })

  test('are listed in pages that lose nobody', async () => {
    for (let i = 0; i < 3; i++) await organization(operator, 'enterprise')
    const seen: string[] = []
    let path: string | undefined = '/v1/organizations?limit=2'
    while (path !== undefined) {
      const answer = await call('GET', path, { token: operator })
      seen.push(...answer.body.organizations.map((row: { slug: string }) => row.slug))
      const next: string | undefined = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
      path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search
    }
    expect(new Set(seen).size).toBe(seen.length)
    const whole = await call('GET', '/v1/organizations?limit=200', { token: operator })
    if (!whole.headers.has('link'))
      expect(seen.length).toBeGreaterThanOrEqual(whole.body.organizations.length)
  })
})

describe('persons and members', () => {
  test('a person exists once across all organizations', async () => {
    const identityDocument = {
      kind: 'passport',
      country: 'CN',
      number: unique('E').replace(/\W/g, '').slice(0, 20),
    }
    const body = { name: 'Huang Min', identityDocument }
    expect((await call('POST', '/v1/persons', { token: operator, body })).status).toBe(201)
    const number = identityDocument.number.toLowerCase()
    const again = { name: 'Huang M.', identityDocument: { ...identityDocument, number } }
    const answer = await call('POST', '/v1/persons', { token: operator, body: again })
    expect([answer.status, answer.body.pointer]).toEqual([409, '/identityDocument'])
  })

  test('a resident identity number with a slip is refused', async () => {
    const identityDocument = { kind: 'resident-identity-card', country: 'CN', number: '110105194912310021' }
    const answer = await call('POST', '/v1/persons', {
      token: operator,
      body: { name: 'Wu', identityDocument },
    })
    expect([answer.status, answer.body.pointer]).toEqual([422, '/identityDocument/number'])
  })

  test('one resident identity card makes no second person under another country', async () => {
    // Digits 1 to 17 at random, the check character after GB 11643: (12 − Σ digit × 2^(18−i) mod 11) mod 11, X for 10.
    const random = crypto.getRandomValues(new Uint8Array(6))
    const head = `35020019900101${[...random]
      .slice(0, 3)
      .map((byte) => byte % 10)
      .join('')}`
    const sum = [...head].reduce((total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11), 0)
    const number = head + '10X98765432'[sum % 11]
    const register = (country: string) => {
      const identityDocument = { kind: 'resident-identity-card', country, number }
      return call('POST', '/v1/persons', { token: operator, body: { name: 'Wu', identityDocument } })
    }
    expect((await register('CN')).status).toBe(201)
    const again = await register('DE')
    expect([again.status, again.body.pointer]).toEqual([422, '/identityDocument/country'])
  })

  test('roles fit the kind of organization', async () => {
    const home = await organization(operator, 'enterprise')
    const body = { personId: await person(operator, 'Zheng'), roles: ['preparer', 'decision-maker'] }
    const answer = await call('POST', `/v1/organizations/${home.id}/members`, { token: operator, body })
    expect([answer.status, answer.body.pointer]).toEqual([400, '/roles/1'])
  })

  test('a member needs a person, a client its own organization’s member', async () => {
    const [home, other] = [
      await organization(operator, 'enterprise'),
      await organization(operator, 'enterprise'),
    ]
    const nobody = { personId: crypto.randomUUID(), roles: ['preparer'] }
    const unknown = await call('POST', `/v1/organizations/${home.id}/members`, {
      token: operator,
      body: nobody,
    })
    expect([unknown.status, unknown.body.pointer]).toEqual([404, '/personId'])
    const { memberId } = await member(
      operator,
      other.id,
      await person(operator, 'Xu'),
      ['admin'],
      ['parties:read'],
    )
    const body = { name: 'borrowed', memberId, scopes: ['footprints:read'] }
    const borrowed = await call('POST', `/v1/organizations/${home.id}/clients`, { token: operator, body })
    expect([borrowed.status, borrowed.body.pointer]).toEqual([404, '/memberId'])
  })

  test('nobody but an operator hands out another person’s hand', async () => {
    const home = await organization(operator, 'certification-body')
    const scopes = ['parties:read', 'parties:write']
    const admin = await member(operator, home.id, await person(operator, 'Ye'), ['admin'], scopes)
    const decider = await member(
      operator,
      home.id,
      await person(operator, 'Su'),
      ['decision-maker'],
      ['engagements:write'],
    )
    const path = `/v1/organizations/${home.id}/clients`
    const body = { name: 'forged hand', memberId: decider.memberId, scopes: ['engagements:write'] }
    expect((await call('POST', path, { token: admin.token, body })).status).toBe(403)
    const own = { name: 'machine', scopes: ['engagements:read'] }
    expect((await call('POST', path, { token: admin.token, body: own })).status).toBe(201)
  })

  test('a secret is shown once, and a revoked client gets no token', async () => {
    const home = await organization(operator, 'enterprise')
    const path = `/v1/organizations/${home.id}/clients`
    const headers = { 'idempotency-key': unique('key') }
    const body = { name: 'erp', scopes: ['footprints:write'] }
    const token = administrator(home.id) ?? ''
    const first = await call('POST', path, { token, body, headers })
    expect(first.body.secret).toMatch(/^[\w-]{43}$/)
    const retry = await call('POST', path, { token, body, headers })
    expect([retry.body.id, retry.body.secret]).toEqual([first.body.id, null])
    const login = { clientId: first.body.id, secret: first.body.secret }
    await tokenFor(login)
    const revoked = await call('DELETE', `${path}/${first.body.id}`, { token: operator })
    expect(revoked.body.revokedAt).not.toBeNull()
    await expect(tokenFor(login)).rejects.toThrow('401')
  })
})

describe('a client that the operator makes for an organization', () => {
  const made = (id: string, scopes: readonly string[], token = operator) =>
    call('POST', `/v1/organizations/${id}/clients`, { token, body: { name: 'x', scopes } })
  const confirm = (id: string, clientId: string, token: string) =>
    call('POST', `/v1/organizations/${id}/clients/${clientId}/confirm`, { token })
  const loginOf = ({ body }: Answer) => ({ clientId: body.id, secret: body.secret })
  const admin = (id: string) => administrator(id) ?? ''
  /** Without its founding client. */
  async function registered(): Promise<string> {
    const slug = unique('bare')
    const body = { kind: 'certification-body', slug, name: { en: slug, zh: null }, country: 'SG' }
    return (await call('POST', '/v1/organizations', { token: operator, body })).body.id
  }

  test('gets no token before the organization confirms it, whatever it may do', async () => {
    const { id } = await organization(operator, 'certification-body')
    for (const scopes of [['engagements:read'], ['parties:read'], ['parties:read', 'parties:write']]) {
      const client = await made(id, scopes)
      expect([client.status, client.body.confirmedAt]).toEqual([201, null])
      await expect(tokenFor(loginOf(client))).rejects.toThrow('unauthorized_client')
      expect(code(await confirm(id, client.body.id, operator))).toBe('role-required')
      const stranger = await organization(operator, 'enterprise')
      expect(code(await confirm(id, client.body.id, admin(stranger.id)))).toBe('not-found')
      expect(code(await confirm(stranger.id, client.body.id, admin(stranger.id)))).toBe('not-found')
      await expect(tokenFor(loginOf(client))).rejects.toThrow('unauthorized_client')
      const confirmed = await confirm(id, client.body.id, admin(id))
      expect(confirmed.body.confirmedAt, JSON.stringify(confirmed.body)).not.toBeNull()
      expect((await confirm(id, client.body.id, admin(id))).body).toEqual(confirmed.body)
      expect(await tokenFor(loginOf(client))).toBeTruthy()
    }
  })

  test('founds it where nobody is there to confirm, and reads no file by that', async () => {
    const id = await registered()
    // Nobody is there: what reads files waits all the same.
    expect((await made(id, ['engagements:read'])).body.confirmedAt).toBeNull()
    expect((await made(id, ['parties:write', 'engagements:read'])).body.confirmedAt).toBeNull()
    const founding = await made(id, ['parties:read', 'parties:write'])
    const token = await tokenFor(loginOf(founding))
    expect(code(await call('GET', '/v1/engagements', { token }))).toBe('insufficient-scope')
    expect((await made(id, ['parties:read', 'parties:write'])).body.confirmedAt).toBeNull()
    const own = await made(id, ['engagements:read'], token)
    expect(own.body.confirmedAt).not.toBeNull()
    const listed = (await call('GET', `/v1/organizations/${id}/clients`, { token })).body.clients
    expect(listed.map((client: { confirmedAt: string | null }) => client.confirmedAt === null)).toEqual([
      false,
      true,
      false,
      true,
      true,
    ])
  })

  test('founds it again after seven days, where all that administered were revoked; the organization is told', async () => {
    const id = await registered()
    const founding = await made(id, ['parties:read', 'parties:write'])
    const reads = await machineOf(await tokenFor(loginOf(founding)), id, ['notices:read'])
    await call('DELETE', `/v1/organizations/${id}/clients/${founding.body.id}`, { token: operator })
    const again = await made(id, ['parties:write'])
    const days = (Date.parse(again.body.confirmedAt) - Date.parse(again.body.createdAt)) / 86_400_000
    expect(days).toBe(7)
    await expect(tokenFor(loginOf(again))).rejects.toThrow('unauthorized_client')
    // And so does the next: the clock of one that waits helps no other.
    expect(Date.parse((await made(id, ['parties:write'])).body.confirmedAt)).toBeGreaterThanOrEqual(
      Date.parse(again.body.confirmedAt),
    )
    const { messages } = (await call('GET', '/v1/messages', { token: reads })).body
    expect(messages.map(({ type }: { type: string }) => type)).toEqual([
      'client.made',
      'client.made',
      'client.revoked',
      'client.made',
      'client.made',
    ])
    expect(messages.map(({ facts }: { facts: { by: string } }) => facts.by)).toEqual([
      'operator',
      'operator',
      'operator',
      'organization',
      'operator',
    ])
  })

  const machineOf = async (token: string, id: string, scopes: readonly string[]) =>
    tokenFor(loginOf(await made(id, scopes, token)))
})
