/**
 * The same app on Node, with any Postgres over TCP and any S3: for clouds where Workers cannot go, and as proof that the
 * walls stand. Run it with `node src/node.ts` (Node 22.18 or newer); it reads the variables that the Worker reads.
 */

import { type ServerType, serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { makePool } from './db/client-node.ts'
import { type Environment, EnvironmentRefused, readEnvironment } from './environment.ts'
import { makeS3Client, s3ObjectStore } from './storage/s3.ts'
import { type Backends, makeFetch, storageOptions } from './wire.ts'

const connectionsMax = 20

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
    objects: (cost) =>
      s3ObjectStore(client, storage.buckets, {
        onRead: () => {
          cost.objectReads += 1
        },
        onWrite: () => {
          cost.objectWrites += 1
        },
      }),
    close: () => pool.close(),
  }
}

/** The app over those backends; `fetch` answers one request, files excepted. */
export function makeNodeApp(source: Readonly<Record<string, unknown>>) {
  const environment = readEnvironment(source)
  const backends = nodeBackends(environment)
  return { fetch: makeFetch(environment, backends), close: () => backends.close() }
}

/** Listens on `port`, serving the built files (`npm run build`) and, for everything else, the app. */
function listen(source: NodeJS.ProcessEnv, port: number): { server: ServerType; close(): Promise<void> } {
  const app = makeNodeApp(source)
  const served = new Hono()
  const rewriteRequestPath = (path: string) => (/^\/(docs|verify)\/?$/.test(path) ? `${path}.html` : path)
  served.get('/docs', serveStatic({ root: './dist/assets', rewriteRequestPath }))
  served.get('/verify', serveStatic({ root: './dist/assets', rewriteRequestPath }))
  served.get('/assets/*', serveStatic({ root: './dist/assets' }))
  served.all('*', (c) => app.fetch(c.req.raw))
  const server = serve({ fetch: served.fetch, port }, ({ port: given }) => {
    console.log(JSON.stringify({ level: 'info', message: 'listening', port: given }))
  })
  return { server, close: () => app.close() }
}

function main(): void {
  const { server, close } = listen(process.env, Number(process.env.PORT || 8787))
  const stop = () => server.close(() => void close().then(() => process.exit(0)))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

if (import.meta.main) {
  try {
    main()
  } catch (error) {
    console.error(error instanceof EnvironmentRefused ? error.message : error)
    process.exit(1)
  }
}
