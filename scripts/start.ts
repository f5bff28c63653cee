/** `npm start`: brings the whole system up on this machine, says what is where, and runs until interrupted. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type SetUp, setUp } from '../src/cli/set-up.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { EnvironmentRefused, environmentVariables, readEnvironment } from '../src/environment.ts'
import { buildAssets, root } from './build.ts'
import { lockFolder, openFolder, type StackFolder } from './stack/folder.ts'
import { choosePort, freePort, type PortChoice, requireFree, StartRefused } from './stack/ports.ts'
import { chooseDatabase } from './stack/postgres.ts'
import { keepingSignals, untilInterrupted } from './stack/signals.ts'
import { type RunningStack, startStack } from './stack/stack.ts'
import { runWorker, untilHealthy } from './stack/worker.ts'

interface Ports {
  readonly api: PortChoice
  readonly database: PortChoice
  readonly proxy: PortChoice
  readonly objects: PortChoice
}

/** Where each thing listens unless told otherwise. */
async function choosePorts(env: NodeJS.ProcessEnv): Promise<Ports> {
  const ports = {
    api: choosePort(env, 'PORT', 8787, 'the API'),
    database: choosePort(env, 'EGRET_DB_PORT', 8788, 'the database'),
    proxy: choosePort(env, 'EGRET_PROXY_PORT', 8789, "the database's WebSocket proxy"),
    objects: choosePort(env, 'EGRET_S3_PORT', 8790, 'object storage'),
  }
  for (const port of Object.values(ports)) await requireFree(port)
  return ports
}

async function start(env: NodeJS.ProcessEnv, watch: boolean): Promise<() => Promise<void>> {
  const kind = chooseDatabase(env)
  const ports = await choosePorts(env)
  const apiPort = ports.api.port || (await freePort())
  const folder = openFolder(resolve(env.EGRET_DATA || join(root, '.egret')), kind)
  const unlock = lockFolder(folder.path)
  try {
    const stop = await startOn(folder, { env, kind, ports, apiPort, watch })
    return () => stop().finally(unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/** What a start was asked for. */
interface Asked {
  readonly env: NodeJS.ProcessEnv
  readonly kind: ReturnType<typeof chooseDatabase>
  readonly ports: Ports
  readonly apiPort: number
  readonly watch: boolean
}

/** Starts everything on the folder's data; what had started is stopped again when the rest fails. */
async function startOn(
  folder: StackFolder,
  { env, kind, ports, apiPort, watch }: Asked,
): Promise<() => Promise<void>> {
  console.log('Starting. The first time all factor tables are published, which takes up to a minute or two.')
  await buildAssets()
  const stack = await startStack({
    kind,
    url: env.DATABASE_URL,
    databaseDirectory: folder.database,
    objectsDirectory: folder.objects,
    secrets: folder.secrets,
    ports: { database: ports.database.port, proxy: ports.proxy.port, objects: ports.objects.port },
  })
  try {
    const variables = {
      PUBLIC_URL: env.PUBLIC_URL || `http://localhost:${apiPort}`,
      ...stack.environment,
      LOG_LEVEL: 'warn',
      ...chosenIn(env),
    }
    if (existsSync(join(root, 'migrations')))
      await migrateDatabase(stack.databaseUrl, join(root, 'migrations'))
    const operator = await setUpOnce(variables, folder)
    const worker = await runWorker({ port: apiPort, variables, watch })
    await untilHealthy(worker.url, 30)
    say(variables.PUBLIC_URL, stack, folder, operator)
    return async () => {
      await worker.stop()
      await stack.stop()
    }
  } catch (error) {
    await stack.stop()
    throw error
  }
}

/** What this installation is told besides: its witnesses, hosts that it may ask, terms. */
function chosenIn(env: NodeJS.ProcessEnv): Record<string, string> {
  const chosen = environmentVariables.chosen.map((name) => [name, env[name] ?? ''] as const)
  return Object.fromEntries(chosen.filter(([, value]) => value !== ''))
}

type Operator = NonNullable<SetUp['operator']>

/** Runs the set-up, and keeps the operator's secret, shown only when it is made, beside the other local secrets. */
async function setUpOnce(
  variables: Readonly<Record<string, string>>,
  folder: StackFolder,
): Promise<Operator | null> {
  const path = join(folder.path, 'operator.json')
  const { operator } = await setUp(readEnvironment(variables))
  if (operator) writeFileSync(path, `${JSON.stringify(operator, null, 2)}\n`, { mode: 0o600 })
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Operator) : null
}

function say(url: string, stack: RunningStack, folder: StackFolder, operator: Operator | null): void {
  const client = operator ? `${operator.clientId}:${operator.secret}` : '<client id>:<client secret>'
  const database = { pglite: 'PGlite', postgres: 'PostgreSQL', url: 'DATABASE_URL' }[stack.databaseKind]
  console.log(`
Egret runs.

  API               ${url}/v1
  API reference     ${url}/docs
  verification      ${url}/verify
  emission factors  ${url}/factors
  database          ${withoutPassword(stack.databaseUrl)} (${database})
  object storage    ${stack.objectsEndpoint} (S3)
  data and secrets  ${folder.path}

A token for the operator:

  curl -s -u '${client}' -d grant_type=client_credentials ${url}/auth/token

Stop with Ctrl-C; the data stay.`)
}

function withoutPassword(url: string): string {
  const shown = new URL(url)
  if (shown.password !== '') shown.password = '***'
  return shown.href
}

/** Runs until interrupted, then stops everything in order. */
async function main(): Promise<void> {
  const interrupted = untilInterrupted()
  const stop = await keepingSignals(() => start(process.env, process.argv.includes('--watch')))
  await interrupted
  console.log('\nStopping.')
  await stop()
}

try {
  await main()
  process.exit(0)
} catch (error) {
  const refused = error instanceof StartRefused || error instanceof EnvironmentRefused
  console.error(refused ? error.message : error)
  process.exit(1)
}
