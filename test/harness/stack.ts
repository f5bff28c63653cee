/**
 * The one place that brings up what tests run against: Postgres with its proxy, and S3, on ports of the system's choice,
 * with data nobody will miss; migrated and set up once for the whole run. `EGRET_DB=postgres` makes it a PostgreSQL.
 */

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { root } from '../../scripts/build.ts'
import { newSecrets } from '../../scripts/stack/folder.ts'
import { chooseDatabase } from '../../scripts/stack/postgres.ts'
import { disposableFolders, type RunningStack, startStack } from '../../scripts/stack/stack.ts'
import { setUp } from '../../src/cli/set-up.ts'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { readEnvironment } from '../../src/environment.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The variables an entry reads. */
    environment: Record<string, string>
    /** Which entry answers requests. */
    entry: 'worker' | 'node'
    /** Whether races and isolation can be tested: PGlite is one session. */
    databaseKind: 'pglite' | 'postgres' | 'url'
    /** The first operator's client, made by this run's set-up. */
    operator: { clientId: string; secret: string }
    /** Published hostile cases by file name, as text; empty where this machine has none. workerd reads no files itself. */
    hostile: Record<string, string>
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'egret-test-'))
  // PostgreSQL refuses to run as root, and runs as a user who must be able to reach its data.
  chmodSync(directory, 0o755)
  const kind = chooseDatabase(process.env)
  const stack = await startStack({
    kind,
    url: process.env.DATABASE_URL,
    ...disposableFolders(directory, kind),
    secrets: newSecrets(),
    ports: { database: 0, proxy: 0, objects: 0 },
    disposable: true,
  })
  const stop = async () => {
    await stack.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    await prepare(project, stack)
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

/** Migrates, sets up, and hands on what tests need. */
async function prepare(project: TestProject, stack: RunningStack): Promise<void> {
  const environment = {
    PUBLIC_URL: 'https://egret.test',
    REPORT_COST: 'true',
    LOG_LEVEL: 'warn',
    // Nobody listens there: what is sent fails at once.
    WEBHOOK_HOSTS: 'localhost:1 *.hooks.example',
    ...stack.environment,
  }
  await migrateDatabase(stack.databaseUrl, join(root, 'migrations'))
  const { operator } = await setUp(readEnvironment(environment))
  project.provide('environment', environment)
  project.provide('entry', process.env.EGRET_ENTRY === 'node' ? 'node' : 'worker')
  project.provide('databaseKind', stack.databaseKind)
  if (operator === null) {
    throw new Error('DATABASE_URL names a database that was set up before; the tests need an empty one.')
  }
  project.provide('operator', operator)
  project.provide('hostile', hostileCases())
}

/** The files of `hostile/` that tests inside workerd read. */
const hostileFiles = [
  'json-parsing',
  'json-transform',
  'naughty-strings',
  'csv-good-and-bad',
  'csv-valid',
  'csv-injection',
  'jwt-attacks',
  'unicode-confusables',
]

function hostileCases(): Record<string, string> {
  const folder = join(process.env.EGRET_CASES ?? '../shared/cases', 'hostile')
  if (!existsSync(folder)) return {}
  return Object.fromEntries(
    hostileFiles.map((name) => [name, readFileSync(join(folder, `${name}.json`), 'utf8')]),
  )
}
