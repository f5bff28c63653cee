/** Applies the migrations that a database has not seen yet; running it again changes nothing. */

import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client } from 'pg'

/**
 * Migrates over TCP, in one connection.
 *
 * @param url a direct connection; not a pooled one, whose sessions do not last.
 * @param folder path of the repository's `migrations/`.
 */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await migrate(drizzle(client), { migrationsFolder: folder })
  } finally {
    await client.end()
  }
}
