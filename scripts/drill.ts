/**
 * `npm run drill`: loses everything public and the database, and gets it back from a backup of the database alone. On a stack of its
 * own: issues credentials over HTTP, dumps, destroys, restores, rebuilds, and compares the public bucket byte by byte (status lists
 * by their bits, as they are signed anew); then shows that an older backup is refused beside a newer log.
 */

import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { serve } from '@hono/node-server'
import { rebuildFrom } from '../src/cli/rebuild.ts'
import { setUp } from '../src/cli/set-up.ts'
import { readCompact } from '../src/credential/compact.ts'
import { readStatusList } from '../src/credential/status-list.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { readEnvironment } from '../src/environment.ts'
import { makeNodeApp } from '../src/node.ts'
import { isProblem } from '../src/problem.ts'
import { dumpDatabase, restoreDatabase } from './backup.ts'
import { root } from './build.ts'
import { briefStory } from './demo/story.ts'
import { walkExamples } from './demo/walk.ts'
import { newSecrets } from './stack/folder.ts'
import { freePort } from './stack/ports.ts'
import { chooseDatabase, startPostgres } from './stack/postgres.ts'
import { disposableFolders, startStack } from './stack/stack.ts'

const folder = mkdtempSync(join(tmpdir(), 'egret-drill-'))
chmodSync(folder, 0o755)
const kind = chooseDatabase(process.env)
const startedAt = Date.now()
const say = (text: string) =>
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}`)

type Objects = ReadonlyMap<string, string>
/** Tiles that were grown over since: the tree does not need them. */
const partialTile = /^log\/tile\/.*\.p\//

/** Every object of the public bucket: its bytes, of a status list its bits. */
function publicObjects(bucket: string): Objects {
  const files = readdirSync(bucket, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('._S3rver_object') && statSync(join(bucket, name)).isFile(),
  )
  return new Map(
    files.map((name) => {
      const key = relative('.', name).replace(/\._S3rver_object$/, '')
      return [key, contentsOf(key, readFileSync(join(bucket, name)))]
    }),
  )
}

function contentsOf(key: string, bytes: Buffer): string {
  if (!key.startsWith('status/')) return bytes.toString('base64')
  const read = readCompact(bytes.toString('utf8'))
  const list = 'compact' in read ? readStatusList(read.compact.payload) : undefined
  if (list === undefined) throw new Error(`${key} is no status list`)
  return Buffer.from(list.bits).toString('base64')
}

function differences(before: Objects, after: Objects): string[] {
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys].filter((key) => !partialTile.test(key) && before.get(key) !== after.get(key)).sort()
}

async function issue(
  variables: Record<string, string>,
  operator: { clientId: string; secret: string },
): Promise<void> {
  const app = makeNodeApp(variables)
  const url = variables.PUBLIC_URL ?? ''
  const server = serve({ fetch: (request) => app.fetch(request), port: Number(new URL(url).port) })
  try {
    const system = { url, operator, own: true, stop: async () => {} }
    await walkExamples(system, ['product-electricity-from-fuel'], briefStory(process.stderr))
  } finally {
    server.close()
    await app.close()
  }
}

async function refusal(act: () => Promise<unknown>): Promise<string> {
  try {
    await act()
    return 'nothing'
  } catch (thrown) {
    return isProblem(thrown) ? thrown.code : String(thrown)
  }
}

async function emptyDatabase(name: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const directory = kind === 'pglite' ? null : join(folder, name)
  const postgres = await startPostgres({ kind, directory, port: 0, password: 'egret', disposable: true })
  await migrateDatabase(postgres.url, join(root, 'migrations'))
  return postgres
}

async function drill(): Promise<void> {
  const stack = await startStack({
    kind,
    ...disposableFolders(folder, kind),
    secrets: newSecrets(),
    ports: { database: 0, proxy: 0, objects: 0 },
    disposable: true,
  })
  const others: { stop(): Promise<void> }[] = []
  try {
    const variables = { ...stack.environment, PUBLIC_URL: `http://localhost:${await freePort()}` }
    await migrateDatabase(stack.databaseUrl, join(root, 'migrations'))
    const { operator } = await setUp(readEnvironment(variables))
    if (operator === null) throw new Error('the stack was not empty')
    say('the installation is set up')
    await dumpDatabase(stack.databaseUrl, join(folder, 'older'))
    await issue(variables, operator)
    say('a credential is issued')
    say(`${await dumpDatabase(stack.databaseUrl, join(folder, 'backup'))} rows are in the backup`)
    const bucket = join(folder, 's3', stack.environment.S3_PUBLIC_BUCKET ?? '')
    const before = publicObjects(bucket)
    const older = await emptyDatabase('older-database')
    others.push(older)
    await restoreDatabase(older.url, join(folder, 'older'))
    const refused = await refusal(() =>
      rebuildFrom(readEnvironment({ ...variables, DATABASE_URL: older.url })),
    )
    if (refused !== 'log-inconsistent') throw new Error(`an older backup beside a newer log met: ${refused}`)
    say('an older backup is refused beside the newer log: log-inconsistent')
    for (const name of readdirSync(bucket)) rmSync(join(bucket, name), { recursive: true, force: true })
    if (publicObjects(bucket).size > 0) throw new Error('the bucket is not empty')
    const restored = await emptyDatabase('restored-database')
    others.push(restored)
    await restoreDatabase(restored.url, join(folder, 'backup'))
    say('the bucket is empty, and the database is another, restored from the backup')
    const rebuilt = await rebuildFrom(readEnvironment({ ...variables, DATABASE_URL: restored.url }))
    say(`rebuilt: ${JSON.stringify(rebuilt)}`)
    const wrong = [...rebuilt.missing, ...differences(before, publicObjects(bucket))]
    if (wrong.length > 0) throw new Error(`not as before: ${wrong.join(', ')}`)
    say(`all ${before.size} public objects are as before`)
  } finally {
    for (const other of others) await other.stop()
    await stack.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

try {
  await drill()
  process.exit(0)
} catch (error) {
  console.error(error)
  process.exit(1)
}
