/** `egret migrate`: applies the migrations that the database of `DATABASE_URL` lacks. */

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrateDatabase } from '../db/migrate.ts'
import { UsageRefused } from './usage.ts'

const folder = join(fileURLToPath(new URL('../..', import.meta.url)), 'migrations')

/** @returns the exit code. @throws UsageRefused without a database; whatever Postgres refuses. */
export async function migrate(): Promise<number> {
  const url = process.env.DATABASE_URL
  if (!url) throw new UsageRefused('DATABASE_URL must name the database')
  await migrateDatabase(url, folder)
  process.stdout.write('The database is up to date.\n')
  return 0
}
