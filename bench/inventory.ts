/**
 * `node bench/inventory.ts`: a large inventory through the whole system in plain workerd, with Postgres and S3 on the same machine:
 * activity data sent as JSON and as CSV, the draft calculated, submitted and frozen. Seconds of each request, and the most memory
 * that the workerd process had resident, a fresh process for each way; its size when idle stands beside it.
 *
 * `--lines=N` (100,000), `--postgres`, `--json`.
 */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWorker, root } from '../scripts/build.ts'
import { apiOf } from '../scripts/demo/api.ts'
import { type Enterprise, registerEnterprise } from '../scripts/demo/parties.ts'
import type { Story } from '../scripts/demo/story.ts'
import { buildEngine } from '../scripts/engine.ts'
import { newSecrets } from '../scripts/stack/folder.ts'
import { freePort } from '../scripts/stack/ports.ts'
import { disposableFolders, startStack } from '../scripts/stack/stack.ts'
import { setUp } from '../src/cli/set-up.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import type { ActivityLine } from '../src/engine/types.ts'
import { readEnvironment } from '../src/environment.ts'
import { type ServedWorker, serveWorker } from './plain-workerd.ts'

const count = Number(/--lines=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 100_000)
const kind = process.argv.includes('--postgres') ? 'postgres' : 'pglite'
const silent: Story = { chapter: () => {}, step: () => {}, exchange: () => {}, remark: () => {} }

const definition = {
  title: 'Inventory 2024',
  scheme: { id: 'egret-development', version: '1.2' },
  consolidationApproach: 'operational-control',
  responsibleParty: { name: { en: 'Bench Factory', zh: null } },
  calculation: {
    kind: 'organization',
    period: { start: '2024-01-01', end: '2025-01-01' },
    region: 'CN-FJ',
    gwpSet: { id: 'ipcc-ar6', version: '2021' },
    factorTables: [
      { table: 'cn-electricity-co2', version: '2023' },
      { table: 'cn-fuel', version: '2015' },
    ],
  },
}

/** What four series of each facility are weighed by: power, diesel, gas by volume, a refrigerant. */
const ways = [
  { category: 'purchased-electricity', unit: 'kWh', factor: { table: 'cn-electricity-co2' } },
  { category: 'mobile-combustion', unit: 't', fuel: { table: 'cn-fuel', id: 'set-b-diesel' } },
  { category: 'stationary-combustion', unit: '1e4m3', fuel: { table: 'cn-fuel', id: 'set-b-natural-gas' } },
  { category: 'fugitive-emissions', unit: 'kg', gas: 'R-410A' },
] as const

/** Twelve months of each series, facility after facility: as many whole years as fit. */
function linesOf(wanted: number): ActivityLine[] {
  return Array.from({ length: Math.floor(wanted / 12) * 12 }, (_, at) => {
    const [month, series] = [at % 12, Math.floor(at / 12)]
    const { unit, ...way } = ways[series % ways.length] as (typeof ways)[number]
    return {
      id: `line-${at}`,
      ...way,
      facility: `plant-${Math.floor(series / ways.length)}`,
      period: { start: dayOf(month), end: dayOf(month + 1) },
      quantity: { amount: String(((at * 7919) % 1_000_000) / 1000), unit },
    }
  })
}

function dayOf(month: number): string {
  return month === 12 ? '2025-01-01' : `2024-${String(month + 1).padStart(2, '0')}-01`
}

const columns = [
  'id',
  'category',
  'facility',
  'period.start',
  'period.end',
  'quantity.amount',
  'quantity.unit',
  'factor.table',
  'fuel.table',
  'fuel.id',
  'gas',
]

function csvOf(lines: readonly ActivityLine[]): string {
  const rows = lines.map(({ id, category, facility, period, quantity, factor, fuel, gas }) =>
    [id, category, facility, period?.start, period?.end, quantity?.amount, quantity?.unit]
      .concat([factor?.table, fuel?.table, fuel?.id, gas])
      .join(','),
  )
  return [columns.join(','), ...rows].join('\n')
}

interface Step {
  readonly name: string
  readonly seconds: number
}

interface Measured {
  readonly way: string
  readonly megabytes: number
  readonly steps: readonly Step[]
  readonly total: string
  readonly digest: string
  readonly idleMb: number | null
  readonly peakMb: number | null
}

interface Answer {
  readonly id: string
  readonly digest: string
  readonly result: { readonly total: string }
}

/** One way through the system: data in, calculated, frozen. */
async function walk(
  worker: ServedWorker,
  { preparer, responsible }: Enterprise,
  way: string,
  raw: { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string },
): Promise<Measured> {
  const idleMb = worker.peakMemoryMb()
  const made = await preparer.caller.call<Answer>('POST', '/v1/footprints', {
    body: definition,
    expect: { status: 201 },
  })
  const path = `/v1/footprints/${made.body.id}`
  const steps: Step[] = []
  const timed = async (name: string, act: () => Promise<{ readonly body: Answer }>) => {
    const startedAt = performance.now()
    const { body } = await act()
    steps.push({ name, seconds: (performance.now() - startedAt) / 1000 })
    return body
  }
  await timed('activity data', () =>
    preparer.caller.call<Answer>('PUT', `${path}/activity-data`, {
      raw,
      headers: { 'if-match': made.headers.get('etag') ?? '' },
      expect: { status: 200 },
    }),
  )
  const { result } = await timed('calculate', () =>
    preparer.caller.call<Answer>('POST', `${path}/calculations`, { expect: { status: 200 } }),
  )
  const { digest } = await timed('submit', () =>
    responsible.caller.call<Answer>('POST', `${path}/revisions`, {
      body: { declaration: { accepted: true } },
      expect: { status: 201 },
    }),
  )
  const megabytes = raw.bytes.length / 1e6
  return { way, megabytes, steps, total: result.total, digest, idleMb, peakMb: worker.peakMemoryMb() }
}

function print(rows: readonly Measured[]): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(rows, null, 2))
    return
  }
  console.log(`${Math.floor(count / 12) * 12} lines in plain workerd, ${kind} and S3 on this machine\n`)
  console.log('| way | MB | activity data s | calculate s | submit s | idle MB | peak MB | total kg CO2e |')
  console.log('|---|---|---|---|---|---|---|---|')
  for (const { way, megabytes, steps, idleMb, peakMb, total } of rows) {
    const seconds = steps.map((step) => step.seconds.toFixed(2))
    console.log(`| ${[way, megabytes.toFixed(1), ...seconds, idleMb, peakMb, total].join(' | ')} |`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'egret-inventory-'))
// PostgreSQL runs as a user of its own where we are root.
chmodSync(folder, 0o755)
const stack = await startStack({
  kind,
  ...disposableFolders(folder, kind),
  secrets: newSecrets(),
  ports: { database: 0, proxy: 0, objects: 0 },
  disposable: true,
})
try {
  const script = buildWorker('production', await buildEngine())
  const variables = { ...stack.environment, PUBLIC_URL: 'http://localhost' }
  await migrateDatabase(stack.databaseUrl, join(root, 'migrations'))
  const { operator } = await setUp(readEnvironment(variables))
  if (operator === null) throw new Error('the fresh stack has an operator already')
  const lines = linesOf(count)
  const encoder = new TextEncoder()
  const files = {
    JSON: { bytes: encoder.encode(JSON.stringify({ lines })), type: 'application/json' },
    CSV: { bytes: encoder.encode(csvOf(lines)), type: 'text/csv' },
  }
  const rows: Measured[] = []
  for (const [way, raw] of Object.entries(files)) {
    const worker = await serveWorker(script, await freePort(), variables)
    try {
      const api = apiOf(worker.url, silent)
      const registrar = { api, operator: await api.login('operator', operator), story: silent }
      const enterprise = await registerEnterprise(registrar, {
        name: { en: 'Bench Factory', zh: null },
        country: 'SG',
        persons: { preparer: 'P', responsible: 'R' },
      })
      rows.push(await walk(worker, enterprise, way, raw))
    } finally {
      await worker.stop()
    }
  }
  print(rows)
} finally {
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
