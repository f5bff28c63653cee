/**
 * `npm run bench`: what an answer costs in plain workerd, beside a bare Hono handler in the same run. Figures are for the
 * machine they ran on; the ratio is what DESIGN's budgets speak of. `--json` prints one document,
 * `--seconds=N` lasts each load, `--only=N` fires the first N.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWorker, root } from '../scripts/build.ts'
import { buildEngine } from '../scripts/engine.ts'
import { newSecrets } from '../scripts/stack/folder.ts'
import { freePort } from '../scripts/stack/ports.ts'
import { disposableFolders, type RunningStack, startStack } from '../scripts/stack/stack.ts'
import { withPorts } from '../src/cli/local.ts'
import { type SetUp, setUp } from '../src/cli/set-up.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { readEnvironment } from '../src/environment.ts'
import { type LoadResult, load, type Shot } from './load.ts'
import { bareHono, type ServedWorker, serveWorker } from './plain-workerd.ts'
import { shots } from './shots.ts'

interface Row {
  readonly name: string
  readonly egret: LoadResult
  readonly bare: LoadResult
  /** Egret's throughput as a share of the bare handler's. */
  readonly share: number
  /** First answer of a fresh isolate to this request, milliseconds. */
  readonly coldMs: number
  /** Processor time of a fresh process until it answers `/health`, milliseconds: Egret's, and the bare handler's. */
  readonly startMs: readonly (number | null)[]
}

const seconds = Number(/--seconds=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 5)
const only = Number(/--only=(\d+)/.exec(process.argv.join(' '))?.[1] ?? Number.POSITIVE_INFINITY)
const folder = mkdtempSync(join(tmpdir(), 'egret-bench-'))

interface Prepared {
  readonly stack: RunningStack
  readonly variables: Record<string, string>
  readonly operator: NonNullable<SetUp['operator']>
}

/** A set-up stack and the variables of an entry on it. */
async function prepare(): Promise<Prepared> {
  const stack = await startStack({
    kind: 'pglite',
    ...disposableFolders(folder, 'pglite'),
    secrets: newSecrets(),
    ports: { database: 0, proxy: 0, objects: 0 },
    disposable: true,
  })
  const variables = {
    PUBLIC_URL: 'http://localhost',
    ...stack.environment,
  }
  await migrateDatabase(stack.databaseUrl, join(root, 'migrations'))
  const { operator } = await setUp(readEnvironment(variables))
  if (operator === null) throw new Error('the fresh stack has an operator already')
  return { stack, variables, operator }
}

/** Warm throughput of one shot at Egret, and at a bare handler that answers the same bytes. */
async function measure(
  name: string,
  shot: Shot,
  script: string,
  variables: Record<string, string>,
): Promise<Row> {
  const egret = await serveWorker(script, await freePort(), variables)
  try {
    const startMs = egret.cpuMs()
    const startedAt = performance.now()
    const body = await answerOf(egret, shot)
    const coldMs = performance.now() - startedAt
    const bare = await serveWorker(await bareHono(folder, body), await freePort(), {})
    const startBareMs = bare.cpuMs()
    try {
      await load(egret, shot, 1)
      const ours = await load(egret, shot, seconds)
      await load(bare, shot, 1)
      const yardstick = await load(bare, shot, seconds)
      return {
        name,
        egret: ours,
        bare: yardstick,
        share: ours.requestsPerSecond / yardstick.requestsPerSecond,
        coldMs,
        startMs: [startMs, startBareMs],
      }
    } finally {
      await bare.stop()
    }
  } finally {
    await egret.stop()
  }
}

async function answerOf({ url }: ServedWorker, shot: Shot): Promise<string> {
  const { path, method = 'GET', headers = {}, body } = shot
  const answer = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.text()
}

function print(rows: readonly Row[]): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(rows, null, 2))
    return
  }
  const starts = rows.map(({ startMs }) => startMs.join(' beside ')).join('; ')
  console.log(`Start-up CPU of workerd with Egret beside a bare Hono handler, ms: ${starts}\n`)
  console.log(
    '| work | requests/s | bare Hono | share | CPU µs | bare Hono | median ms | p99 ms | first ms |',
  )
  console.log('|---|---|---|---|---|---|---|---|---|')
  for (const { name, egret, bare, share, coldMs } of rows) {
    const rates = [egret.requestsPerSecond.toFixed(0), bare.requestsPerSecond.toFixed(0)]
    const cpu = [egret, bare].map(({ cpuMicros }) => cpuMicros?.toFixed(0) ?? '')
    const times = [`${egret.medianMs}`, `${egret.p99Ms}`, coldMs.toFixed(0)]
    console.log(`| ${[name, ...rates, `${(share * 100).toFixed(0)} %`, ...cpu, ...times].join(' | ')} |`)
  }
}

const { stack, variables, operator } = await prepare()
try {
  const script = buildWorker('production', await buildEngine())
  const putPublic = (key: string, body: Uint8Array) =>
    withPorts(readEnvironment(variables), ({ objects }) =>
      objects.put('public', key, body, { contentType: 'application/vc+jwt' }),
    )
  const rows: Row[] = []
  const fired = await shots(variables, operator, putPublic)
  for (const [name, shot] of fired.slice(0, only)) {
    rows.push(await measure(name, shot, script, variables))
  }
  print(rows)
} finally {
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
