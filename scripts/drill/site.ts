/** What the drill runs on: a stack of its own, the database it is restored into, and the server over either. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { root } from '../build.ts'
import { newSecrets } from '../stack/folder.ts'
import { freePort } from '../stack/ports.ts'
import { type DatabaseKind, type RunningPostgres, startPostgres } from '../stack/postgres.ts'
import { disposableFolders, startStack } from '../stack/stack.ts'
import { untilHealthy } from '../stack/worker.ts'

/** The variables that an entry reads. */
export type Variables = Readonly<Record<string, string>>

export interface Site {
  /** Where it is served, before and after the loss. */
  readonly url: string
  readonly databaseUrl: string
  /** Over the first database. */
  readonly variables: Variables
  /** Folder of the public bucket. */
  readonly bucket: string
  /** A folder for dumps. */
  readonly dumps: string
  /** Another database, migrated and empty. @returns its URL. */
  startAnother(): Promise<string>
  close(): Promise<void>
}

/** Starts it in a temporary folder, with data that nobody will miss. */
export async function openSite(kind: DatabaseKind): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'egret-drill-'))
  // Run by root, PostgreSQL becomes another user, who must be able to reach its folder.
  chmodSync(folder, 0o755)
  const running: Running[] = []
  const close = async () => {
    for (const part of running.splice(0).reverse()) await part.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    return { ...(await start(kind, folder, running)), close }
  } catch (error) {
    await close()
    throw error
  }
}

interface Running {
  stop(): Promise<void>
}

async function start(kind: DatabaseKind, folder: string, running: Running[]): Promise<Omit<Site, 'close'>> {
  const stack = await startStack({ ...disposableFolders(folder, kind), ...ownStack, kind })
  running.push(stack)
  await migrate(stack.databaseUrl)
  const url = `http://localhost:${await freePort()}`
  return {
    url,
    databaseUrl: stack.databaseUrl,
    variables: { ...stack.environment, PUBLIC_URL: url, PORT: new URL(url).port },
    bucket: join(folder, 's3', stack.environment.S3_PUBLIC_BUCKET ?? ''),
    dumps: join(folder, 'dumps'),
    startAnother: async () => {
      const another = await startAnother(kind, folder)
      running.push(another)
      await migrate(another.url)
      return another.url
    },
  }
}

const ownStack = {
  secrets: newSecrets(),
  ports: { database: 0, proxy: 0, objects: 0 },
  disposable: true,
} as const

function startAnother(kind: DatabaseKind, folder: string): Promise<RunningPostgres> {
  const directory = kind === 'pglite' ? null : join(folder, 'another')
  return startPostgres({ kind, directory, port: 0, password: 'egret', disposable: true })
}

function migrate(url: string): Promise<void> {
  return migrateDatabase(url, join(root, 'migrations'))
}

const startSeconds = 60

/** Serves the API in a process of its own, which remembers nothing of an earlier one, for as long as `act` takes. */
export async function whileServed<Result>(variables: Variables, act: () => Promise<Result>): Promise<Result> {
  const child = spawn(process.execPath, [join(root, 'src/node.ts')], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...variables },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const lastResort = () => child.kill('SIGKILL')
  process.once('exit', lastResort)
  try {
    await untilHealthy(variables.PUBLIC_URL ?? '', startSeconds)
    return await act()
  } finally {
    await end(child)
    process.removeListener('exit', lastResort)
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
