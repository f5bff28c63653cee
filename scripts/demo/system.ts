/** The system the demo walks: the one that runs, or one it starts for itself and takes down again. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../stack/ports.ts'
import type { Login } from './api.ts'

/** A system that answers, and the operator's client. */
export interface System {
  readonly url: string
  readonly operator: Login
  /** Whether the demo started it. */
  readonly own: boolean
  stop(): Promise<void>
}

/** Nothing to walk through; the message says what to do. */
export class NoSystem extends Error {
  override name = 'NoSystem'
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const startSeconds = 180
const stopSeconds = 10

/** An interrupted demo leaves nothing running. */
const endings = ['SIGINT', 'SIGTERM'] as const

/**
 * `EGRET_URL` where it is set; else what listens on `PORT` (8787) of this machine; else a new one on free ports with a
 * temporary folder. The operator's client comes from `EGRET_OPERATOR_CLIENT_ID` and `EGRET_OPERATOR_SECRET`, or from the local data folder.
 *
 * @throws NoSystem
 */
export async function findSystem(env: NodeJS.ProcessEnv): Promise<System> {
  const url = (env.EGRET_URL ?? `http://localhost:${env.PORT || 8787}`).replace(/\/$/, '')
  if (await isEgret(url))
    return { url, operator: standingOperator(env, url), own: false, stop: async () => {} }
  if (env.EGRET_URL) throw new NoSystem(`No Egret answers at EGRET_URL, ${url}.`)
  return startSystem(env)
}

async function isEgret(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5000) })
    const health = (await answer.json()) as { status?: unknown; engine?: unknown }
    return answer.status === 200 && health.status === 'ok' && health.engine !== undefined
  } catch {
    return false
  }
}

function standingOperator(env: NodeJS.ProcessEnv, url: string): Login {
  const { EGRET_OPERATOR_CLIENT_ID: clientId, EGRET_OPERATOR_SECRET: secret } = env
  if (clientId && secret) return { clientId, secret }
  const login = readOperator(env.EGRET_DATA || join(root, '.egret'))
  if (login) return login
  throw new NoSystem(
    `Egret answers at ${url}, but its operator's client is not known here. Set EGRET_OPERATOR_CLIENT_ID and EGRET_OPERATOR_SECRET, or EGRET_DATA to the folder it was started with.`,
  )
}

/** What `npm start` keeps beside its data; null where it keeps nothing. */
function readOperator(folder: string): Login | null {
  const path = join(folder, 'operator.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Login) : null
}

/** Runs `scripts/start.ts` on free ports, with data that nobody will miss. @throws NoSystem when it does not come up. */
export async function startSystem(env: NodeJS.ProcessEnv): Promise<System> {
  const started = await spawnSystem(env)
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= takeDown(started)
    return stopping
  }
  for (const signal of endings) process.once(signal, () => void stop().finally(() => process.exit(130)))
  try {
    await untilRunning(started)
    const operator = readOperator(started.data)
    if (!operator) throw new NoSystem(`The system started, but ${started.data} holds no operator's client.`)
    return { url: started.url, operator, own: true, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A system on its way up. */
interface Started {
  readonly url: string
  readonly child: ChildProcess
  /** What it said, for when it does not come up. */
  readonly output: readonly string[]
  /** Everything it keeps, and its data folder in there. */
  readonly folder: string
  readonly data: string
}

async function spawnSystem(env: NodeJS.ProcessEnv): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'egret-demo-'))
  // Run by root, PostgreSQL becomes another user, who must be able to reach its folder.
  chmodSync(folder, 0o755)
  const data = join(folder, 'data')
  const port = await freePort()
  const output: string[] = []
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts')], {
    env: ownEnvironment(env, port, data),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C reaches the demo alone, which then takes its system down in order.
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(String(text)))
  return { url: `http://localhost:${port}`, child, output, folder, data }
}

/** This machine's environment without what would point the new system at other data. */
function ownEnvironment(env: NodeJS.ProcessEnv, port: number, data: string): NodeJS.ProcessEnv {
  const { DATABASE_URL: _database, PUBLIC_URL: _url, ...rest } = env
  const anyPort = { EGRET_DB_PORT: '0', EGRET_PROXY_PORT: '0', EGRET_S3_PORT: '0' }
  return { ...rest, ...anyPort, PORT: String(port), EGRET_DATA: data }
}

async function untilRunning({ url, child, output }: Started): Promise<void> {
  const until = Date.now() + startSeconds * 1000
  while (!(await isEgret(url))) {
    if (child.exitCode !== null) throw new NoSystem(`The system did not start:\n${output.join('')}`)
    if (Date.now() > until)
      throw new NoSystem(`The system did not start in ${startSeconds} s:\n${output.join('')}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Stops the system in order, or at once where that takes too long (a second SIGINT), and removes what it kept. */
async function takeDown({ child, folder }: Started): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    const tooLong = setTimeout(() => child.kill('SIGINT'), stopSeconds * 1000)
    await ended
    clearTimeout(tooLong)
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
