/** Postgres from Node, over TCP: a pool for the life of the process, the same Drizzle query API. */

import { drizzle } from 'drizzle-orm/node-postgres'
import { Pool } from 'pg'
import type { Db } from './database.ts'

/** A pool of connections, shared by all requests of the process. */
export interface DatabasePool {
  /** A view of the pool that reports its own round trips. */
  open(onRoundTrip: () => void): Db
  close(): Promise<void>
}

/** Makes the pool; it connects when first asked. `connectionsMax` bounds what Postgres sees of this process. */
export function makePool(url: string, connectionsMax: number): DatabasePool {
  const pool = new Pool({ connectionString: url, max: connectionsMax, connectionTimeoutMillis: 10_000 })
  // An idle connection that the server ends is replaced at the next request; without a listener it would end the process.
  pool.on('error', () => {})
  return {
    open: (onRoundTrip) => drizzle(pool, { logger: { logQuery: () => onRoundTrip() } }) as Db,
    close: () => pool.end(),
  }
}
