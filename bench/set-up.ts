/**
 * `node bench/set-up.ts`: how long it takes to set up an installation from empty: the schema, then every bundled table read,
 * checked, stored as a document and its rows published; and once more, when all stands. On PGlite in memory, which runs in this
 * process; `--postgres` on PostgreSQL.
 */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/build.ts'
import { newSecrets } from '../scripts/stack/folder.ts'
import { disposableFolders, startStack } from '../scripts/stack/stack.ts'
import { setUp } from '../src/cli/set-up.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { readEnvironment } from '../src/environment.ts'

const kind = process.argv.includes('--postgres') ? 'postgres' : 'pglite'
const folder = mkdtempSync(join(tmpdir(), 'egret-set-up-'))
// PostgreSQL runs as a user of its own where we are root.
chmodSync(folder, 0o755)

async function timed(name: string, act: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(cpu)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(
    `${kind} ${name.padEnd(10)} ${seconds} s, of this process ${((user + system) / 1e6).toFixed(1)} s CPU`,
  )
}

const stack = await startStack({
  kind,
  ...disposableFolders(folder, kind),
  secrets: newSecrets(),
  ports: { database: 0, proxy: 0, objects: 0 },
  disposable: true,
})
try {
  const variables = {
    PUBLIC_URL: 'http://localhost',
    ...stack.environment,
  }
  const run = () => setUp(readEnvironment(variables))
  await timed('migrate', () => migrateDatabase(stack.databaseUrl, join(root, 'migrations')))
  await timed('set up', run)
  await timed('again', run)
} finally {
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
