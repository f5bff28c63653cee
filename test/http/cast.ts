/** The people of an engagement, and the requests they make: an enterprise and a body with everyone in place. */

import { expect } from 'vitest'
import {
  type Answer,
  call,
  type Login,
  machine,
  member,
  operatorToken,
  organization,
  person,
  unique,
} from './api.ts'

const clientScopes = [
  'calculations:run',
  'factors:write',
  'footprints:read',
  'footprints:write',
  'engagements:read',
  'engagements:write',
]
const bodyScopes = ['footprints:read', 'engagements:read', 'engagements:write']

/** Someone who acts through a client of their own. */
export interface Someone {
  readonly memberId: string
  readonly personId: string
  readonly token: string
  readonly login: Login
}

export interface Enterprise {
  readonly id: string
  readonly slug: string
  readonly preparer: Someone
  readonly responsible: Someone
  /** A client bound to nobody: an ERP system. */
  readonly machine: string
}

export interface Body {
  readonly id: string
  readonly slug: string
  readonly manager: Someone
  readonly lead: Someone
  readonly verifier: Someone
  readonly reviewer: Someone
  readonly decider: Someone
}

/** A new person in an organization. */
export async function someone(
  organizationId: string,
  roles: readonly string[],
  scopes: readonly string[] = bodyScopes,
  personId?: string,
): Promise<Someone> {
  const operator = await operatorToken()
  const id = personId ?? (await person(operator, `${roles[0]} ${unique('person')}`))
  return member(operator, organizationId, id, roles, scopes)
}

export async function enterprise(): Promise<Enterprise> {
  const operator = await operatorToken()
  const { id, slug } = await organization(operator, 'enterprise')
  return {
    id,
    slug,
    preparer: await someone(id, ['preparer'], clientScopes),
    responsible: await someone(id, ['responsible'], clientScopes),
    machine: await machine(id, clientScopes, 'ERP'),
  }
}

export async function body(): Promise<Body> {
  const { id, slug } = await organization(await operatorToken(), 'certification-body')
  return {
    id,
    slug,
    manager: await someone(id, ['body-manager']),
    lead: await someone(id, ['lead-verifier']),
    verifier: await someone(id, ['verifier']),
    reviewer: await someone(id, ['reviewer']),
    decider: await someone(id, ['decision-maker']),
  }
}

export const development = { id: 'egret-development', version: '1.2' }

const period = { start: '2024-01-01', end: '2025-01-01' }

/** A factory's inventory of 2024 on the Fujian grid factor of 2023 and the default diesel factor. */
export function inventory(changes: Record<string, unknown> = {}) {
  return {
    kind: 'organization',
    period,
    region: 'CN-FJ',
    gwpSet: { id: 'ipcc-ar6', version: '2021' },
    factorTables: [
      { table: 'cn-electricity-co2', version: '2023' },
      { table: 'cn-fuel', version: '2015' },
    ],
    ...changes,
  }
}

/** By hand: 118,400 kWh × 0.4211 kg = 49,858.24 kg in scope 2; 2 t × 3,145.122493 kg = 6,290.244986 kg in scope 1. */
export const inventoryLines = [
  {
    id: 'power',
    category: 'purchased-electricity',
    period,
    quantity: { amount: '118400', unit: 'kWh' },
    factor: { table: 'cn-electricity-co2', year: 2023 },
  },
  {
    id: 'diesel',
    category: 'mobile-combustion',
    quantity: { amount: '2', unit: 't' },
    factor: { table: 'cn-fuel', id: 'cn-fuel-set-a-diesel' },
  },
]

export const inventoryTotalKg = 56148.484986

/** The same lines as CSV. */
export const inventoryCsv = `id,category,period.start,period.end,quantity.amount,quantity.unit,factor.table,factor.id,factor.year
power,purchased-electricity,2024-01-01,2025-01-01,118400,kWh,cn-electricity-co2,,2023
diesel,mobile-combustion,,,2,t,cn-fuel,cn-fuel-set-a-diesel,
`

export function footprintBody(changes: Record<string, unknown> = {}) {
  return {
    title: 'Inventory 2024',
    scheme: development,
    consolidationApproach: 'operational-control',
    responsibleParty: { name: { en: 'Xiamen Test Factory', zh: '厦门测试工厂' } },
    calculation: inventory(),
    ...changes,
  }
}

/** A product's footprint: one fan of two castings. */
export function productBody(changes: Record<string, unknown> = {}) {
  const process = (id: string, zh: string, stage: string, unit: string) => {
    return { id, name: { en: `Process ${id}`, zh }, stage, output: { amount: '1', unit } }
  }
  return footprintBody({
    title: 'Fan 2024',
    consolidationApproach: null,
    product: { name: { en: 'Fan', zh: '风机' } },
    calculation: {
      kind: 'product',
      boundary: 'cradle-to-gate',
      declaredUnit: { amount: '1', unit: 'piece' },
      referenceProcess: 'fan',
      processes: [
        process('fan', '装配', 'production', 'piece'),
        process('casting', '铸造', 'raw-material-acquisition', 'kg'),
      ],
      ...{ period, region: 'CN-FJ', gwpSet: { id: 'ipcc-ar6', version: '2021' } },
      factorTables: [{ table: 'cn-electricity-life-cycle', version: '2024' }],
    },
    ...changes,
  })
}

/** By hand: 3 kg of CO2 in welding, and 2 kg of castings with 0.5 kg each: 4 kg a fan. */
export const productLines = [
  {
    ...{ id: 'welding-gas', category: 'process-emissions', process: 'fan', gas: 'CO2' },
    quantity: { amount: '3', unit: 'kg' },
  },
  {
    ...{ id: 'castings', category: 'material', process: 'fan', from: 'casting' },
    quantity: { amount: '2', unit: 'kg' },
  },
  {
    ...{ id: 'furnace', category: 'process-emissions', process: 'casting', gas: 'CO2' },
    quantity: { amount: '0.5', unit: 'kg' },
  },
]

/** A draft of the enterprise with its activity data. */
export async function draft(by: Enterprise, definition = footprintBody(), lines: unknown = inventoryLines) {
  const { token } = by.preparer
  const made = await call('POST', '/v1/footprints', { token, body: definition })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const put = await putData(token, made.body.id, { lines }, made.headers.get('etag') ?? '')
  expect(put.status, JSON.stringify(put.body)).toBe(200)
  return put.body as { id: string; version: number }
}

export function putData(token: string, id: string, data: unknown, etag: string, type = 'application/json') {
  return call('PUT', `/v1/footprints/${id}/activity-data`, {
    token,
    body: data,
    headers: { 'if-match': etag, 'content-type': type },
  })
}

export function submit(token: string, id: string, headers: Record<string, string> = {}): Promise<Answer> {
  const body = { declaration: { accepted: true } }
  return call('POST', `/v1/footprints/${id}/revisions`, { token, body, headers })
}

/** A submitted footprint. */
export async function submitted(by: Enterprise, definition = footprintBody()): Promise<string> {
  const { id } = await draft(by, definition)
  const answer = await submit(by.responsible.token, id)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return id
}

export function apply(
  token: string,
  footprintId: string,
  slug: string,
  changes: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = { footprintId, body: slug, documentKind: 'verification-statement', ...changes }
  return call('POST', '/v1/engagements', { token, body, headers })
}

/** A move of an engagement; the path begins after its id. */
export function move(
  token: string,
  engagementId: string,
  path: string,
  sent?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const url = `/v1/engagements/${engagementId}/${path}`
  return call('POST', url, { token, headers, ...(sent === undefined ? {} : { body: sent }) })
}

export const read = (token: string, engagementId: string) =>
  call('GET', `/v1/engagements/${engagementId}`, { token })

const bothParts = [
  { part: 'scope-1', assurance: 'reasonable', materiality: '0.05' },
  { part: 'scope-2', assurance: 'limited', materiality: '0.05' },
]

export const contractReview = {
  objectives: 'An opinion on the inventory of 2024.',
  scope: 'One factory, scopes 1 and 2.',
  criteria: ['ISO 14064-1:2018'],
  parts: bothParts,
  personDays: '4.5',
  competenceConfirmed: true,
}

export function acceptance(by: Body, changes: Record<string, unknown> = {}) {
  return {
    contractReview,
    team: [
      { memberId: by.lead.memberId, role: 'lead-verifier', impartial: true },
      { memberId: by.verifier.memberId, role: 'verifier', impartial: true },
    ],
    ...changes,
  }
}

export const proposal = {
  opinion: 'unmodified',
  parts: bothParts.map(({ part, assurance }) => ({ part, assurance })),
  rationale: 'Meter readings and invoices agree with the lines.',
}

const steps = ['applied', 'in-verification', 'in-review', 'reviewed', 'decided'] as const

/** An engagement brought as far as a state, the shortest way; `reviewed` is in review with the reviewer's concurrence. */
export async function engagementIn(
  state: (typeof steps)[number],
  client: Enterprise,
  by: Body,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const answer = await apply(client.preparer.token, await submitted(client), by.slug, changes)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  const { id } = answer.body
  const walk = [
    () => move(by.manager.token, id, 'accept', acceptance(by)),
    () => move(by.lead.token, id, 'propose', proposal),
    () => move(by.reviewer.token, id, 'review', { outcome: 'concur', notes: 'Complete.' }),
    () => move(by.decider.token, id, 'decide', { outcome: 'granted', reason: 'Conforms.' }),
  ]
  for (const step of walk.slice(0, steps.indexOf(state))) {
    const moved = await step()
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)
  }
  return id
}

/** The code of a refusal. */
export function code(answer: Answer): string {
  return (
    String(answer.body?.type ?? '')
      .split('/')
      .pop() ?? ''
  )
}
