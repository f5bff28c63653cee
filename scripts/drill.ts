/**
 * `npm run drill`: loses everything public and the database, and gets it back from a backup of the database alone. On a stack of its
 * own: issues, suspends, withdraws and records over HTTP, dumps, destroys, restores, rebuilds, and compares the public bucket byte by
 * byte (status lists by their bits, as they are signed anew). The restored system is served again: its log is checked whole and its
 * documents are verified, and it takes the next move. An older backup is refused beside the newer log.
 */

import { join } from 'node:path'
import { rebuildFrom } from '../src/cli/rebuild.ts'
import { setUp } from '../src/cli/set-up.ts'
import { readEnvironment } from '../src/environment.ts'
import { isProblem } from '../src/problem.ts'
import { dumpDatabase, restoreDatabase } from './backup.ts'
import { briefStory } from './demo/story.ts'
import { differences, emptyBucket, type Objects, owed, publicObjects } from './drill/bucket.ts'
import { type Lived, live } from './drill/history.ts'
import {
  publicAnswers,
  requireGoingOn,
  requireSame,
  requireSomethingToLose,
  requireSoundLog,
  requireVerdicts,
} from './drill/proof.ts'
import { openSite, type Site, type Variables, whileServed } from './drill/site.ts'
import { chooseDatabase } from './stack/postgres.ts'

const startedAt = Date.now()
const say = (text: string) =>
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}`)

/** What stood before the loss. */
interface Standing {
  readonly lived: Lived
  readonly answers: readonly string[]
  readonly objects: Objects
}

async function drill(site: Site): Promise<void> {
  const [older, backup] = [join(site.dumps, 'older'), join(site.dumps, 'backup')]
  const standing = await liveAndDump(site, older, backup)
  const another = await site.startAnother()
  const variables = { ...site.variables, DATABASE_URL: another }
  await restoreDatabase(another, older)
  requireSame('an older backup beside a newer log', await refusalToRebuild(variables), 'log-inconsistent')
  say('an older backup is refused beside the newer log: log-inconsistent')
  emptyBucket(site.bucket)
  await restoreDatabase(another, backup)
  say('the bucket is empty, and the database is another, restored from the backup')
  await rebuild(site, variables, standing)
  await whileServed(variables, () => proveAgain(site, standing))
}

/** Sets up, lives, and dumps twice: before anything was issued, and after everything. */
async function liveAndDump(site: Site, older: string, backup: string): Promise<Standing> {
  const { operator } = await setUp(readEnvironment(site.variables))
  if (operator === null) throw new Error('the stack was not empty')
  say('the installation is set up')
  await dumpDatabase(site.databaseUrl, older)
  const system = { url: site.url, operator, own: true, stop: async () => {} }
  const lived = await whileServed(site.variables, async () => {
    const lived = await live(system, briefStory(process.stderr))
    await requireVerdicts(lived)
    return { lived, answers: await publicAnswers(site.url, lived) }
  })
  const objects = publicObjects(site.bucket)
  requireSomethingToLose(objects)
  say('one document is in force, one is suspended, one is withdrawn; facts are recorded')
  say(`${await dumpDatabase(site.databaseUrl, backup)} rows are in the backup`)
  return { ...lived, objects }
}

async function refusalToRebuild(variables: Variables): Promise<string> {
  try {
    await rebuildFrom(readEnvironment(variables))
    return 'nothing'
  } catch (thrown) {
    return isProblem(thrown) ? thrown.code : String(thrown)
  }
}

async function rebuild(site: Site, variables: Variables, { objects }: Standing): Promise<void> {
  const { missing, ...written } = await rebuildFrom(readEnvironment(variables))
  say(`rebuilt: ${JSON.stringify(written)}`)
  const wanted = owed(objects)
  requireSame('not as before', [...missing, ...differences(wanted, publicObjects(site.bucket))], [])
  say(`all ${wanted.size} public objects are as before; ${objects.size - wanted.size} tiles had grown`)
}

async function proveAgain({ url }: Site, { lived, answers, objects }: Standing): Promise<void> {
  requireSame('what the public is told', await publicAnswers(url, lived), answers)
  const { leaves, tiles } = await requireSoundLog(url, objects)
  say(`the log is sound: ${leaves} leaves, ${tiles} tiles`)
  await requireVerdicts(lived)
  say('the documents are verified: valid, suspended, revoked, as before')
  say(`the log goes on from where it was: leaf ${await requireGoingOn(lived, objects)} is a reinstatement`)
}

try {
  // A database of the caller's own is not for losing.
  const site = await openSite(chooseDatabase({ ...process.env, DATABASE_URL: undefined }))
  await drill(site).finally(() => site.close())
  process.exit(0)
} catch (error) {
  console.error(error)
  process.exit(1)
}
