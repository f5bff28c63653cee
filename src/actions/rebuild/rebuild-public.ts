/**
 * Writes the public bucket anew from what Postgres knows: keys, the log, credentials, facts and status lists. Every object is a
 * function of rows, so that it has the bytes it had; status lists are signed anew, over the same bits.
 */

import { readScheme, schemeBytes } from '../../certification/scheme.ts'
import type { Digest } from '../../json/digest.ts'
import { encodeUtf8 } from '../../json/encoding.ts'
import { batchMax } from '../../ports/log.ts'
import {
  accreditationKey,
  factorTableArea,
  factorTableKey,
  frozenCache,
  gwpSetKey,
  logKey,
} from '../../ports/objects.ts'
import type { Ports } from '../../ports.ts'
import {
  publishBodyKeys,
  publishInstallationKeys,
  publishLogKeys,
  publishTokenKeys,
} from '../keys/publish-keys.ts'
import { inGroups } from '../log/in-groups.ts'
import { credentialObjects, putObject, tileObject } from '../log/log-objects.ts'
import { publicCredentialPages } from '../log/public-credential-pages.ts'
import { publishLog } from '../log/publish-log.ts'
import { isOfTree, lookAtCheckpoint, writtenBetween } from '../log/read-back.ts'
import { publishScheme } from '../registry/publish.ts'
import { publishList } from '../status/publish-lists.ts'

/** What was written, and what neither Postgres nor this release holds. */
export interface Rebuilt {
  readonly tiles: number
  readonly credentials: number
  readonly accreditations: number
  readonly statusLists: number
  /** Keys of documents that only their bucket held, and it does not any more. */
  readonly missing: readonly string[]
}

/**
 * Refuses before anything is written where the bucket's checkpoint contradicts the rows: an older backup must not be written over
 * a newer log. @throws Problem `log-inconsistent`.
 */
export async function requireNoNewerLog(ports: Ports): Promise<void> {
  if (await ports.objects.exists('public', logKey('checkpoint'))) await lookAtCheckpoint(ports)
}

/** Everything but the documents of this release, which come before. The checkpoint is the last: what it promises is there. */
export async function rebuildPublic(ports: Ports): Promise<Rebuilt> {
  await publishEveryKey(ports)
  await writeSchemes(ports)
  const tiles = await writeTiles(ports)
  const credentials = await writeCredentials(ports)
  const accreditations = await writeAccreditations(ports)
  const lists = await ports.publicRows.statusListIds()
  for (const id of lists) await publishList(ports, id)
  await lookAtCheckpoint(ports)
  await publishLog(ports)
  return {
    tiles,
    credentials,
    accreditations,
    statusLists: lists.length,
    missing: await missingDocuments(ports),
  }
}

async function publishEveryKey(ports: Ports): Promise<void> {
  await publishTokenKeys(ports)
  await publishInstallationKeys(ports)
  await publishLogKeys(ports)
  for (const body of await ports.publicRows.bodies()) await publishBodyKeys(ports, body)
}

/** Schemes stand in Postgres whole, also those that this release does not bring. */
async function writeSchemes(ports: Ports): Promise<void> {
  for (const version of await ports.registry.listSchemes()) {
    await publishScheme(ports, { version, canonical: () => schemeBytes(readScheme(version.body)) })
  }
}

async function writeTiles(ports: Ports): Promise<number> {
  const { publishedSize } = await ports.log.head()
  let written = 0
  for (let from = 0; from < publishedSize; from += batchMax) {
    const objects = await writtenBetween(ports.log, from, Math.min(publishedSize, from + batchMax))
    const standing = objects.filter(({ path }) => isOfTree(path, publishedSize))
    await inGroups(standing.map(tileObject), (object) => putObject(ports, object))
    written += standing.length
  }
  return written
}

async function writeCredentials(ports: Ports): Promise<number> {
  let written = 0
  for await (const page of publicCredentialPages(ports)) {
    await inGroups(page.flatMap(credentialObjects), (object) => putObject(ports, object))
    written += page.length
  }
  return written
}

async function writeAccreditations(ports: Ports): Promise<number> {
  const facts = await ports.publicRows.accreditations()
  const meta = { contentType: 'application/vc+jwt', cacheControl: frozenCache('public') }
  await inGroups(facts, ({ id, jwt }) =>
    ports.objects.put('public', accreditationKey(id), encodeUtf8(jwt), meta),
  )
  return facts.length
}

/** Tables that were published through the API, and GWP sets of other releases: Postgres has their digests only. */
async function missingDocuments({ objects, registry }: Ports): Promise<string[]> {
  const tables = (await registry.listEverPublished()).map(({ digest, redistributable }) => ({
    area: factorTableArea(redistributable),
    key: factorTableKey(digest as Digest),
  }))
  const sets = (await registry.listGwpSets()).map(({ digest }) => ({
    area: 'public' as const,
    key: gwpSetKey(digest as Digest),
  }))
  const missing: string[] = []
  await inGroups([...tables, ...sets], async ({ area, key }) => {
    if (!(await objects.exists(area, key))) missing.push(`${area}/${key}`)
  })
  return missing.sort()
}
