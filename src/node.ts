/**
 * The same app on Node, with any Postgres over TCP and any S3: for clouds where Workers cannot go, and as proof that the
 * walls stand. Run it with `node src/node.ts` (Node 22.18 or newer); it reads the variables that the Worker reads.
 */

import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ServerType, serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { makePool } from './db/client-node.ts'
import { EngineRefused, readEngineFile } from './engine-file.ts'
import { type Environment, EnvironmentRefused, readEnvironment } from './environment.ts'
import type { WakeUps } from './ports/jobs.ts'
import { writeRecord } from './records.ts'
import { sweep, workOn } from './schedule.ts'
import { makeS3Client, s3ObjectStore } from './storage/s3.ts'
import { s3FileStore } from './storage/s3-files.ts'
import { assetHeaders } from './web/asset-headers.ts'
import { type Backends, makeFetch, objectCounts, storageOptions } from './wire.ts'

const connectionsMax = 20
const sweepSeconds = 60
/** What answers under way may still take at the end. */
const graceSeconds = 10

export interface NodeBackends extends Backends {
  /** Lets go of the pool, at the end of the process. */
  close(): Promise<void>
}

/** Postgres over TCP and S3, for the life of a process. Commands open their ports over these too. */
export function nodeBackends(environment: Environment): NodeBackends {
  const storage = storageOptions(environment)
  const client = makeS3Client(storage)
  const pool = makePool(environment.DATABASE_URL, connectionsMax)
  return {
    database: (cost) => ({
      db: pool.open(() => {
        cost.roundTrips += 1
      }),
      close: async () => {},
    }),
    objects: (cost) => s3ObjectStore(client, storage.buckets, objectCounts(cost)),
    files: (cost) => s3FileStore(client, storage, objectCounts(cost)),
    close: () => pool.close(),
  }
}

type NodeApp = ReturnType<typeof makeNodeApp>

/** The app over those backends; `fetch` answers one request, files excepted. */
export function makeNodeApp(source: Readonly<Record<string, unknown>>) {
  const environment = readEnvironment(source)
  readEngineFile()
  const backends = nodeBackends(environment)
  const working = { ...backends, wakeUps: { send: async (jobId: string) => wakeUps.send(jobId) } }
  const wakeUps = inProcess((jobId) => workOn(environment, working, jobId))
  return {
    fetch: makeFetch(environment, working),
    sweep: () => sweep(environment, working),
    close: async () => {
      await wakeUps.stop()
      await backends.close()
    },
  }
}

/** Wakes the process itself: one job at a time, slice by slice in turn, so that requests are served between them. */
function inProcess(work: (jobId: string) => Promise<unknown>): WakeUps & { stop(): Promise<void> } {
  const waiting = new Set<string>()
  let working: Promise<void> | null = null
  let isStopped = false
  const workOff = async () => {
    for (const jobId of waiting) {
      if (isStopped) return
      waiting.delete(jobId)
      await work(jobId).catch((thrown) => writeRecord('error', 'job', { job: jobId, error: thrown }))
    }
  }
  return {
    send: async (jobId) => {
      waiting.add(jobId)
      working ??= workOff().finally(() => {
        working = null
      })
    },
    /** After the slice in hand; another process, or the next start, goes on. */
    stop: async () => {
      isStopped = true
      await working
    },
  }
}

/** The files of `npm run build`, as Workers' static assets would serve them: `/problems/x` is `problems/x.html`. */
export function staticFiles(folder: string): Hono {
  const root = relative(process.cwd(), folder) || '.'
  const files = new Hono()
  files.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(assetHeaders(c.req.path))) c.header(name, value)
  })
  const named = { root, rewriteRequestPath: (path: string) => (path.startsWith('/_') ? '/none' : path) }
  const pages = {
    root,
    rewriteRequestPath: (path: string) => (/\.|\/$/.test(path) ? '/none' : `${path}.html`),
  }
  return files.get('*', serveStatic(named)).get('*', serveStatic(pages))
}

/** Listens on `port`, serving the built files and, for everything else, the app. */
function listen(source: NodeJS.ProcessEnv, port: number): { server: ServerType; close(): Promise<void> } {
  const app = makeNodeApp(source)
  const files = staticFiles(fileURLToPath(new URL('../dist/assets', import.meta.url)))
  const server = serve({ fetch: (request) => answer(request, files, app.fetch), port }, (address) => {
    writeRecord('info', 'listening', { port: address.port })
  })
  const sweeping = setInterval(
    () => void app.sweep().catch((thrown) => writeRecord('error', 'schedule', { error: thrown })),
    sweepSeconds * 1000,
  )
  const close = () => {
    clearInterval(sweeping)
    return app.close()
  }
  return { server, close }
}

async function answer(request: Request, files: Hono, app: NodeApp['fetch']): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return app(request)
  const file = await files.fetch(request)
  return file.status === 404 ? app(request) : file
}

function main(): void {
  const { server, close } = listen(process.env, Number(process.env.PORT || 8787))
  const stop = () => {
    server.close(() => void close().then(() => process.exit(0)))
    // Whoever watches a job would keep the process for a minute.
    if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), graceSeconds * 1000)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

if (import.meta.main) {
  try {
    main()
  } catch (error) {
    const refused = error instanceof EnvironmentRefused || error instanceof EngineRefused
    console.error(refused ? error.message : error)
    process.exit(1)
  }
}
