/**
 * `node bench/log.ts`: the log on PostgreSQL and the local S3. Appends a second, alone and by twenty at once, with publishing beside
 * them; how long one act waits until its leaf is public; and how fast a backlog is published. Times are wall-clock on the machine
 * it runs on, where database, store and bench share the cores.
 */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/build.ts'
import { newSecrets } from '../scripts/stack/folder.ts'
import { disposableFolders, startStack } from '../scripts/stack/stack.ts'
import { publishLog, publishThrough } from '../src/actions/log/publish-log.ts'
import { sweepLog } from '../src/actions/log/sweep-log.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { readEnvironment } from '../src/environment.ts'
import type { Cost } from '../src/http/context.ts'
import { nodeBackends } from '../src/node.ts'
import type { NewLogEntry } from '../src/ports/log.ts'
import type { Ports } from '../src/ports.ts'
import { openPorts } from '../src/wire.ts'

const folder = mkdtempSync(join(tmpdir(), 'egret-log-'))
// PostgreSQL runs as a user of its own where we are root.
chmodSync(folder, 0o755)

let count = 0
/** An entry of the size that credentials have. */
function entry(): NewLogEntry {
  count += 1
  const body = {
    at: '2026-11-26T00:00:00Z',
    digest: `sha256:${String(count).padStart(64, '0')}`,
    pad: 'x'.repeat(180),
  }
  return { subject: `bench:${count}`, type: 'engine', body: JSON.stringify(body) }
}

const append = (ports: Ports) => ports.log.append(entry(), ports.world.now())

async function seconds(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await act()
  return (performance.now() - startedAt) / 1000
}

/** Some at once, each one after the other. */
function atOnce(workers: number, each: number, act: () => Promise<unknown>): Promise<unknown> {
  const worker = async () => {
    for (let at = 0; at < each; at += 1) await act()
  }
  return Promise.all(Array.from({ length: workers }, worker))
}

function report(name: string, figure: string): void {
  console.log(`${name.padEnd(58)} ${figure}`)
}

async function throughput(ports: Ports): Promise<void> {
  report(
    'appends, one after the other',
    perSecond(1000, await seconds(() => atOnce(1, 1000, () => append(ports)))),
  )
  report(
    'appends, twenty at once',
    perSecond(6000, await seconds(() => atOnce(20, 300, () => append(ports)))),
  )
  const { size, publishedSize } = await ports.log.head()
  const backlog = size - publishedSize
  report(
    `a backlog of ${backlog}, published in batches`,
    perSecond(backlog, await seconds(() => publishLog(ports))),
  )
  let isDone = false
  let batches = 0
  const publishing = async () => {
    while (!isDone) batches += (await publishLog(ports)).batches
  }
  const both = Promise.all([publishing(), atOnce(20, 300, () => append(ports)).then(() => (isDone = true))])
  report('appends, twenty at once, published beside them', perSecond(6000, await seconds(() => both)))
  report('  batches that took', String(batches))
  await publishLog(ports)
  report(
    'everything read back',
    perSecond((await ports.log.head()).size, await seconds(() => sweepLog(ports))),
  )
}

function perSecond(many: number, took: number): string {
  return `${(many / took).toFixed(0)} leaves/s (${many} in ${took.toFixed(2)} s)`
}

async function latency(ports: Ports, cost: Cost): Promise<void> {
  const one = async () => {
    const { leafIndex } = await append(ports)
    const turn = await ports.log.takeTurn({
      token: ports.world.newId(),
      at: new Date(),
      until: new Date(Date.now() + 30_000),
    })
    const took = await seconds(() => publishThrough(ports, leafIndex, turn))
    return took * 1000
  }
  const before = { ...cost }
  const alone: number[] = []
  for (let at = 0; at < 200; at += 1) alone.push(await one())
  report('publishing one leaf, turn in hand', quantiles(alone))
  const each = (name: keyof Cost) => ((cost[name] - before[name]) / alone.length).toFixed(1)
  report('  of it, objects read and written', `${each('objectReads')} and ${each('objectWrites')}`)
  const together: number[] = []
  const act = async () => {
    const { leafIndex } = await append(ports)
    together.push((await seconds(() => publishThrough(ports, leafIndex, null))) * 1000)
  }
  const took = await seconds(() => atOnce(20, 20, act))
  report('twenty at once, each until its leaf is public', `${quantiles(together)}, ${perSecond(400, took)}`)
}

function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`
}

const stack = await startStack({
  kind: 'postgres',
  ...disposableFolders(folder, 'postgres'),
  secrets: newSecrets(),
  ports: { database: 0, proxy: 0, objects: 0 },
  // As in earnest: a commit waits for the disk.
  disposable: false,
})
try {
  await migrateDatabase(stack.databaseUrl, join(root, 'migrations'))
  const environment = readEnvironment({
    PUBLIC_URL: 'https://bench.test',
    ...stack.environment,
  })
  const backends = nodeBackends(environment)
  const { ports, cost } = openPorts(environment, backends)
  await ports.keys.ensureOwnKey('log')
  await latency(ports, cost)
  await throughput(ports)
  await backends.close()
} finally {
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
