/** Postgres from a Worker: Neon's WebSocket driver, one connection for one request, opened at its first query. */

import { neonConfig, Pool } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-serverless'
import type { Db } from './database.ts'

/** A database opened for one request. */
export interface OpenDatabase {
  readonly db: Db
  close(): Promise<void>
}

export interface ConnectionOptions {
  readonly url: string
  /** `host:port` of a WebSocket-to-TCP proxy; absent for Neon, which has its own. */
  readonly webSocketProxy?: string | undefined
  /** Called before every statement: one statement is one round trip, `begin` and `commit` included. */
  onRoundTrip(): void
}

/** Opens nothing yet: the connection is made by the first statement, and ended by `close`. */
export function openDatabase(options: ConnectionOptions): OpenDatabase {
  if (options.webSocketProxy !== undefined) useProxy(options.webSocketProxy)
  const pool = new Pool({ connectionString: options.url, max: 1 })
  // A connection lost while idle is replaced by the next statement; without a listener it would be an uncaught exception.
  pool.on('error', () => {})
  const logger = { logQuery: () => options.onRoundTrip() }
  return { db: drizzle(pool, { logger }) as Db, close: () => pool.end() }
}

/** The local stack's proxy speaks plain WebSocket, and Postgres behind it wants one answer before the next question. */
function useProxy(proxy: string): void {
  neonConfig.wsProxy = () => `${proxy}/v2`
  neonConfig.useSecureWebSocket = false
  neonConfig.pipelineTLS = false
  neonConfig.pipelineConnect = false
}
