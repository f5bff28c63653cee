/** A migrated database of a test's own, of the kind that `EGRET_DB` asks for. */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/build.ts'
import { chooseDatabase, startPostgres } from '../../scripts/stack/postgres.ts'
import { makePool } from '../../src/db/client-node.ts'
import type { Db } from '../../src/db/database.ts'
import { migrateDatabase } from '../../src/db/migrate.ts'

export interface FreshDatabase {
  readonly db: Db
  /** For a connection of one's own. */
  readonly url: string
  /** Whether it is one session, in which nothing can race. */
  readonly isOneSession: boolean
  stop(): Promise<void>
}

const connectionsMax = 24

/** @param migrations the folder that it is migrated with. */
export async function startFreshDatabase(migrations = join(root, 'migrations')): Promise<FreshDatabase> {
  const directory = mkdtempSync(join(tmpdir(), 'egret-fresh-'))
  chmodSync(directory, 0o755)
  const kind = process.env.EGRET_DB === 'postgres' ? chooseDatabase({ EGRET_DB: 'postgres' }) : 'pglite'
  const postgres = await startPostgres({
    kind,
    directory: kind === 'pglite' ? null : join(directory, 'data'),
    port: 0,
    password: 'egret',
    disposable: true,
  })
  await migrateDatabase(postgres.url, migrations)
  const pool = makePool(postgres.url, connectionsMax)
  return {
    db: pool.open(() => {}),
    url: postgres.url,
    isOneSession: kind === 'pglite',
    stop: async () => {
      await pool.close()
      await postgres.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
