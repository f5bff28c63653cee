/**
 * `node bench/issue.ts`: issuing on PostgreSQL and S3. Latency one by one and many at once, round trips and object writes of each,
 * the first issue of a new body beside the others, and the time from a withdrawal to the public "revoked". Servers are processes
 * of `node.ts`; database, S3 and the clients share the machine with them.
 *
 * `--issues=N` documents (200), `--at-once=N` (8), `--servers=N` (2), `--moves=N` (20), `--served=N` withdrawals that a reader with
 * warm caches waits for (2), `--kind=certificate|verification-statement`, `--json`.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/build.ts'
import { type Api, apiOf, type Caller } from '../scripts/demo/api.ts'
import { type Body, type Enterprise, registerBody, registerEnterprise } from '../scripts/demo/parties.ts'
import type { Story } from '../scripts/demo/story.ts'
import { buildEngine } from '../scripts/engine.ts'
import { newSecrets } from '../scripts/stack/folder.ts'
import { freePort } from '../scripts/stack/ports.ts'
import { disposableFolders, startStack } from '../scripts/stack/stack.ts'
import { untilHealthy } from '../scripts/stack/worker.ts'
import { withPorts } from '../src/cli/local.ts'
import { setUp } from '../src/cli/set-up.ts'
import { readCompact } from '../src/credential/compact.ts'
import { bitAt, readStatusList } from '../src/credential/status-list.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { readEnvironment } from '../src/environment.ts'
import { decodeUtf8 } from '../src/json/encoding.ts'
import { type ObjectStore, statusListKey } from '../src/ports/objects.ts'
import { decidedEngagement } from './decided.ts'

const option = (name: string, preset: number) =>
  Number(new RegExp(`--${name}=(\\d+)`).exec(process.argv.join(' '))?.[1] ?? preset)
const issues = option('issues', 200)
const atOnce = option('at-once', 8)
const serverCount = option('servers', 2)
const moveCount = option('moves', 20)
const servedCount = option('served', 2)
const kind = /--kind=(\S+)/.exec(process.argv.join(' '))?.[1] ?? 'certificate'
const newBodies = 3

const silent: Story = { chapter: () => {}, step: () => {}, exchange: () => {}, remark: () => {} }

/** An issue as it went. */
interface Issued {
  readonly milliseconds: number
  readonly roundTrips: number
  readonly reads: number
  readonly writes: number
  readonly state: string
  readonly id: string
  readonly jwt: string
}

async function issue({ caller }: Pick<Body['decider'], 'caller'>, engagementId: string): Promise<Issued> {
  const startedAt = performance.now()
  const { body, headers } = await caller.call<{ id: string; jwt: string; state: string }>(
    'POST',
    `/v1/engagements/${engagementId}/credential`,
    { expect: { status: 201 } },
  )
  const milliseconds = performance.now() - startedAt
  const cost = headers.get('x-egret-cost') ?? ''
  const count = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(cost)?.[1])
  const costs = { roundTrips: count('database'), reads: count('reads'), writes: count('writes') }
  return { milliseconds, ...costs, id: body.id, jwt: body.jwt, state: body.state }
}

/** Runs acts in their order, `width` at a time. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  width: number,
  act: (item: Item, at: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await act(items[at] as Item, at)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return results
}

const share = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ??
  Number.NaN

function summary(issued: readonly Issued[]) {
  const of = (name: 'milliseconds' | 'roundTrips' | 'reads' | 'writes') => {
    const values = issued.map((one) => one[name])
    return { p50: share(values, 0.5), p99: share(values, 0.99), max: Math.max(...values) }
  }
  return {
    issues: issued.length,
    milliseconds: of('milliseconds'),
    roundTrips: of('roundTrips'),
    reads: of('reads'),
    writes: of('writes'),
    pending: issued.filter(({ state }) => state !== 'public').length,
  }
}

interface Place {
  readonly listId: string
  readonly index: number
}

/** Where a document is looked up for revocation. */
function placeOf(jwt: string): Place {
  const read = readCompact(jwt)
  if (!('compact' in read)) throw new Error('the credential does not read')
  const entries = (read.compact.payload as { credentialStatus: Record<string, string>[] }).credentialStatus
  const entry = entries.find(({ statusPurpose }) => statusPurpose === 'revocation')
  const listId = entry?.statusListCredential?.split('/').at(-1)
  if (listId === undefined) throw new Error('the credential has no place for revocation')
  return { listId, index: Number(entry?.statusListIndex) }
}

function isRevoked(jwt: string, { index }: Place): boolean {
  const read = readCompact(jwt)
  const list = 'compact' in read ? readStatusList(read.compact.payload) : undefined
  return list !== undefined && bitAt(list.bits, index) === true
}

/** Milliseconds until `look` says so. */
async function until(look: () => Promise<boolean>, pauseMs: number): Promise<number> {
  const startedAt = performance.now()
  while (!(await look())) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  return performance.now() - startedAt
}

interface Withdrawal {
  readonly answeredMs: number
  /** Until the list in the bucket has the bit. */
  readonly publicMs: number
}

const withdrawal = { move: 'withdraw', reason: 'facts-discovered-later' }

async function withdraw(caller: Caller, objects: ObjectStore, { id, jwt }: Issued): Promise<Withdrawal> {
  const place = placeOf(jwt)
  const startedAt = performance.now()
  const [answeredMs, publicMs] = await Promise.all([
    caller
      .call('POST', `/v1/credentials/${id}/moves`, { body: withdrawal, expect: { status: 201 } })
      .then(() => performance.now() - startedAt),
    until(async () => {
      const bytes = await objects.get('public', statusListKey(place.listId))
      return bytes !== null && isRevoked(decodeUtf8(bytes), place)
    }, 2),
  ])
  return { answeredMs, publicMs }
}

/** The same for a reader at a server whose memory has the list just before. */
async function withdrawServed(caller: Caller, url: string, { id, jwt }: Issued): Promise<number> {
  const place = placeOf(jwt)
  const read = async () => (await fetch(`${url}/status/${place.listId}`)).text()
  await read()
  const seen = until(async () => isRevoked(await read(), place), 250)
  await caller.call('POST', `/v1/credentials/${id}/moves`, { body: withdrawal, expect: { status: 201 } })
  return seen
}

interface Server {
  readonly url: string
  readonly child: ChildProcess
}

async function startServer(variables: NodeJS.ProcessEnv, port: number): Promise<Server> {
  const env = { ...process.env, ...variables, PORT: String(port) }
  const child = spawn(process.execPath, [join(root, 'src/node.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://localhost:${port}`
  await untilHealthy(url, 30)
  return { url, child }
}

async function stopServer({ child }: Server): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Everyone, at one server; and the same persons at the others. */
interface Cast {
  readonly api: Api
  readonly operator: Caller
  readonly client: Enterprise
  readonly body: Body
}

async function castAt(url: string, login: { clientId: string; secret: string }): Promise<Cast> {
  const api = apiOf(url, silent)
  const operator = await api.login('operator', login)
  const registrar = { api, operator, story: silent }
  const client = await registerEnterprise(registrar, {
    name: { en: 'Bench Factory', zh: null },
    country: 'SG',
    persons: { preparer: 'P', responsible: 'R' },
  })
  return { api, operator, client, body: await registerBody(registrar) }
}

/** What the first issue of a body costs, which begins its lists. */
async function firstIssues({ api, operator, client }: Cast): Promise<Issued[]> {
  const first: Issued[] = []
  for (let made = 0; made < newBodies; made += 1) {
    const body = await registerBody({ api, operator, story: silent })
    first.push(await issue(body.decider, await decidedEngagement(client, body, kind)))
  }
  return first
}

async function measure(servers: readonly Server[], casts: readonly Cast[], objects: ObjectStore) {
  const [cast] = casts as [Cast]
  const first = await firstIssues(cast)
  const perServer = Math.ceil(issues / servers.length)
  const engagements = await Promise.all(
    casts.map(({ client, body }) =>
      inTurn(Array.from({ length: perServer + 10 }), 4, () => decidedEngagement(client, body, kind)),
    ),
  )
  for (const [at, { body }] of casts.entries()) {
    // Warms what an isolate remembers: keys, scheme, lists.
    for (const id of engagements[at]?.splice(0, 10) ?? []) await issue(body.decider, id)
  }
  const single = await inTurn(engagements[0]?.splice(0, Math.floor(perServer / 2)) ?? [], 1, (id) =>
    issue(cast.body.decider, id),
  )
  const startedAt = performance.now()
  const many = (
    await Promise.all(
      casts.map(({ body }, at) =>
        inTurn(engagements[at] ?? [], Math.ceil(atOnce / servers.length), (id) => issue(body.decider, id)),
      ),
    )
  ).flat()
  const perSecond = (many.length * 1000) / (performance.now() - startedAt)
  const moved: Withdrawal[] = []
  for (const issued of single.slice(0, moveCount)) {
    moved.push(await withdraw(cast.body.decider.caller, objects, issued))
  }
  const served: number[] = []
  for (const issued of single.slice(moveCount, moveCount + servedCount)) {
    served.push(await withdrawServed(cast.body.decider.caller, servers[0]?.url ?? '', issued))
  }
  return { first, single, many, perSecond, moved, served }
}

type Measured = Awaited<ReturnType<typeof measure>>

function report({ first, single, many, perSecond, moved, served }: Measured) {
  const times = (values: readonly number[]) => ({ p50: share(values, 0.5), max: Math.max(...values) })
  return {
    kind,
    servers: serverCount,
    firstOfABody: summary(first),
    oneByOne: summary(single),
    atOnce: { width: atOnce, perSecond, ...summary(many) },
    withdrawals: {
      count: moved.length,
      answeredMs: times(moved.map(({ answeredMs }) => answeredMs)),
      publicMs: times(moved.map(({ publicMs }) => publicMs)),
      servedMs: served,
    },
  }
}

function print(told: ReturnType<typeof report>): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(told, null, 2))
    return
  }
  const row = (
    name: string,
    { milliseconds, roundTrips, reads, writes, pending }: ReturnType<typeof summary>,
  ) =>
    console.log(
      `| ${name} | ${milliseconds.p50.toFixed(0)} | ${milliseconds.p99.toFixed(0)} | ${[
        roundTrips,
        reads,
        writes,
      ]
        .map(({ p50, max }) => `${p50} (${max})`)
        .join(' | ')} | ${pending} |`,
    )
  console.log(`Issuing a ${told.kind}, PostgreSQL and S3 on this machine, ${told.servers} servers\n`)
  console.log(
    '| issues | p50 ms | p99 ms | round trips (most) | object reads (most) | object writes (most) | pending |',
  )
  console.log('|---|---|---|---|---|---|---|')
  row(`first of a body, ${told.firstOfABody.issues}`, told.firstOfABody)
  row(`one by one, ${told.oneByOne.issues}`, told.oneByOne)
  row(`${told.atOnce.width} at once, ${told.atOnce.issues}`, told.atOnce)
  const { count, answeredMs, publicMs, servedMs } = told.withdrawals
  console.log(`\n${told.atOnce.perSecond.toFixed(1)} issues a second, ${told.atOnce.width} at once`)
  console.log(
    `${count} withdrawals: answered after ${answeredMs.p50.toFixed(0)} ms (most ${answeredMs.max.toFixed(0)}), in the public list after ${publicMs.p50.toFixed(0)} ms (most ${publicMs.max.toFixed(0)})`,
  )
  const seconds = servedMs.map((value) => (value / 1000).toFixed(1)).join(', ')
  console.log(`Seen by a reader at a server that had the list in memory: after ${seconds} s`)
}

const folder = mkdtempSync(join(tmpdir(), 'egret-issue-'))
// PostgreSQL runs as a user of its own where we are root.
chmodSync(folder, 0o755)
const stack = await startStack({
  kind: 'postgres',
  ...disposableFolders(folder, 'postgres'),
  secrets: newSecrets(),
  ports: { database: 0, proxy: 0, objects: 0 },
  disposable: true,
})
const servers: Server[] = []
try {
  const ports = await inTurn(Array.from({ length: serverCount }), 1, freePort)
  await buildEngine()
  const variables = {
    ...stack.environment,
    PUBLIC_URL: `http://localhost:${ports[0]}`,
    REPORT_COST: 'true',
  }
  await migrateDatabase(stack.databaseUrl, join(root, 'migrations'))
  const { operator } = await setUp(readEnvironment(variables))
  if (operator === null) throw new Error('the fresh stack has an operator already')
  for (const port of ports) servers.push(await startServer(variables, port))
  const casts: Cast[] = []
  for (const { url } of servers) casts.push(await castAt(url, operator))
  const measured = await withPorts(readEnvironment(variables), ({ objects }) =>
    measure(servers, casts, objects),
  )
  print(report(measured))
} finally {
  for (const server of servers) await stopServer(server)
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
