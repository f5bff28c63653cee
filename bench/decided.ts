/** Engagements that are decided and wait for their document: what the issue bench needs, made over the API. */

import type { Caller } from '../scripts/demo/api.ts'
import type { Body, Enterprise } from '../scripts/demo/parties.ts'

const period = { start: '2024-01-01', end: '2025-01-01' }

const definition = {
  title: 'Inventory 2024',
  scheme: { id: 'egret-development', version: '1.0' },
  consolidationApproach: 'operational-control',
  responsibleParty: { name: { en: 'Bench Factory', zh: null } },
  calculation: {
    kind: 'organization',
    period,
    region: 'CN-FJ',
    gwpSet: { id: 'ipcc-ar6', version: '2021' },
    factorTables: [{ table: 'cn-electricity-co2', version: '2023' }],
  },
}

const lines = [
  {
    id: 'power',
    category: 'purchased-electricity',
    period,
    quantity: { amount: '118400', unit: 'kWh' },
    factor: { table: 'cn-electricity-co2', year: 2023 },
  },
]

const part = { part: 'scope-2', assurance: 'limited' }

/** Brings one footprint as far as the decision. @returns the engagement's id. */
export async function decidedEngagement(
  enterprise: Enterprise,
  body: Body,
  documentKind: string,
): Promise<string> {
  const footprintId = await submittedFootprint(enterprise)
  const applied = { footprintId, body: body.slug, documentKind }
  const id = await post(enterprise.responsible.caller, '/v1/engagements', applied, 201)
  const path = `/v1/engagements/${id}`
  await post(body.manager.caller, `${path}/accept`, {
    contractReview: {
      objectives: 'An opinion on the inventory.',
      scope: 'One factory.',
      criteria: ['ISO 14064-1:2018'],
      parts: [{ ...part, materiality: '0.05' }],
      personDays: '1',
      competenceConfirmed: true,
    },
    team: [{ memberId: body.lead.memberId, role: 'lead-verifier', impartial: true }],
  })
  await post(body.lead.caller, `${path}/propose`, {
    opinion: 'unmodified',
    parts: [part],
    rationale: 'Meter readings and invoices agree with the lines.',
  })
  await post(body.reviewer.caller, `${path}/review`, { outcome: 'concur', notes: 'Complete.' })
  await post(body.decider.caller, `${path}/decide`, { outcome: 'granted', reason: 'Conforms.' })
  return id
}

async function submittedFootprint({ preparer, responsible }: Enterprise): Promise<string> {
  const made = await preparer.caller.call<{ id: string }>('POST', '/v1/footprints', {
    body: definition,
    expect: { status: 201 },
  })
  const path = `/v1/footprints/${made.body.id}`
  await preparer.caller.call('PUT', `${path}/activity-data`, {
    body: { lines },
    headers: { 'if-match': made.headers.get('etag') ?? '' },
    expect: { status: 200 },
  })
  await post(responsible.caller, `${path}/revisions`, { declaration: { accepted: true } }, 201)
  return made.body.id
}

async function post(caller: Caller, path: string, body: unknown, status = 200): Promise<string> {
  const answer = await caller.call<{ id: string }>('POST', path, { body, expect: { status } })
  return answer.body.id
}
