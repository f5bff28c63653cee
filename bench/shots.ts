/** What the bench fires: one request of each kind that has a budget, on a stack that has been set up. */

import { makeNodeApp } from '../src/node.ts'
import type { Shot } from './load.ts'

type Variables = Readonly<Record<string, string>>

/** Bytes of a signed credential, about as long as a real one; a public read does not look into it. */
const credentialBytes = 6000

/** The requests by name. What they need is made over the API first, through the app of `node.ts` on the same data. */
export async function shots(
  variables: Variables,
  operator: { readonly clientId: string; readonly secret: string },
  putPublic: (key: string, body: Uint8Array) => Promise<void>,
): Promise<[string, Shot][]> {
  const id = crypto.randomUUID()
  await putPublic(`credentials/${id}.jwt`, new Uint8Array(credentialBytes).fill(0x41))
  const app = makeNodeApp(variables)
  const call = caller(variables.PUBLIC_URL ?? '', app.fetch)
  try {
    return [
      ['answer nothing', { path: '/health' }],
      ['read a credential', { path: `/credentials/${id}.jwt` }],
      ['resolve 1,000 selectors', question()],
      ['calculate 100 lines', calculation(await enterpriseToken(call, await call.token(operator)))],
      ['look at a factor', { path: '/factors/uk-desnz/2025/desnz-2025-7_400_4000_5' }],
      ['compare two editions', { path: '/factors/uk-desnz/diff/2025/2026' }],
      ['search factors', { path: `/factors?q=${encodeURIComponent('福建 电力')}` }],
    ]
  } finally {
    await app.close()
  }
}

/** A thousand selectors on one table, falling back by region and year. */
function question(): Shot {
  const provinces = ['CN-FJ', 'CN-GD', 'CN-XZ', 'CN-BJ']
  const selectors = Array.from({ length: 1000 }, (_, index) => ({
    category: 'purchased-electricity',
    region: provinces[index % provinces.length],
    year: 2022 + (index % 4),
    unit: 'kWh',
  }))
  const factorTables = [{ table: 'cn-electricity-co2', version: '2023' }]
  return {
    path: '/v1/factors/resolve',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'organization', factorTables, selectors }),
  }
}

function calculation(token: string): Shot {
  const lines = Array.from({ length: 100 }, (_, index) => ({
    id: `line-${index}`,
    category: 'purchased-electricity',
    quantity: { amount: String(1000 + index), unit: 'kWh' },
    factor: { table: 'cn-electricity-co2' },
  }))
  const body = {
    kind: 'organization',
    period: { start: '2023-01-01', end: '2024-01-01' },
    region: 'CN-FJ',
    gwpSet: { id: 'ipcc-ar6', version: '2021' },
    factorTables: [{ table: 'cn-electricity-co2', version: '2023' }],
    lines,
  }
  return {
    path: '/v1/calculations',
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** A token of a new enterprise's client, which may calculate. */
async function enterpriseToken(call: Caller, operator: string): Promise<string> {
  const { id } = await call.post('/v1/organizations', operator, {
    kind: 'enterprise',
    slug: 'bench',
    name: { en: 'Bench', zh: null },
    country: 'SG',
  })
  const clients = `/v1/organizations/${id}/clients`
  const founding = await call.post(clients, operator, {
    name: 'administration',
    scopes: ['parties:read', 'parties:write'],
  })
  const administrator = await call.token({
    clientId: founding.id ?? '',
    secret: founding.secret ?? '',
  })
  const client = await call.post(clients, administrator, { name: 'bench', scopes: ['calculations:run'] })
  return call.token({ clientId: client.id ?? '', secret: client.secret ?? '' })
}

type Caller = ReturnType<typeof caller>

function caller(origin: string, send: (request: Request) => Response | Promise<Response>) {
  const answered = async (request: Request): Promise<Record<string, string>> => {
    const answer = await send(request)
    if (!answer.ok) throw new Error(`${request.url} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, string>
  }
  return {
    post: (path: string, token: string, body: unknown) =>
      answered(
        new Request(origin + path, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    token: async (client: { readonly clientId: string; readonly secret: string }): Promise<string> => {
      const headers = { authorization: `Basic ${btoa(`${client.clientId}:${client.secret}`)}` }
      const body = new URLSearchParams({ grant_type: 'client_credentials' })
      const answer = await answered(new Request(`${origin}/auth/token`, { method: 'POST', headers, body }))
      return answer.access_token ?? ''
    },
  }
}
