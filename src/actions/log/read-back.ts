/**
 * Reads back what publishing has written, and writes again what is missing or other. What was read as it should be is confirmed and
 * not read again; the checkpoint is looked at every time.
 */

import { batchMax, type LogHead, type LogRepository, type Subtree } from '../../ports/log.ts'
import { logKey } from '../../ports/objects.ts'
import { Problem } from '../../problem.ts'
import { readCheckpoint } from '../../transparency/checkpoint.ts'
import { growTree, type LogObject } from '../../transparency/grow.ts'
import { hashesAtLevel, parseTilePath, tileWidth, widthOf } from '../../transparency/tiles.ts'
import { aheadOfPostgres, growing } from './contradictions.ts'
import { inGroups } from './in-groups.ts'
import {
  checkpointObject,
  credentialObjects,
  type PublicObject,
  putObject,
  tileObject,
} from './log-objects.ts'
import { wantedTurn } from './publish-log.ts'
import type { LogPublisher } from './publish-turn.ts'

/** What one look came to. */
export interface Looked {
  readonly rewritten: number
  /** Whether more waits to be looked at now. */
  readonly hasMore: boolean
}

/**
 * Puts the published checkpoint back where it is gone or an older one is.
 *
 * @returns how many objects were rewritten. @throws Problem `log-inconsistent` for one that Postgres knows nothing of.
 */
export async function lookAtCheckpoint(ports: LogPublisher): Promise<number> {
  const head = await ports.log.head()
  const bytes = await ports.objects.get('public', logKey('checkpoint'))
  if (bytes !== null && sameBytes(bytes, checkpointObject(head.checkpoint ?? '').bytes)) return 0
  const shown = bytes === null ? null : await ports.logSigner.read(bytes)
  if (shown !== null && shown.size > head.publishedSize) {
    await requireComing(ports, shown.size)
    return 0
  }
  if (shown !== null) requireSameRoot(shown, head)
  return head.checkpoint === null ? 0 : putCheckpointBack(ports)
}

/** A publisher may be about to end its turn: then Postgres has the leaves. */
async function requireComing({ log }: LogPublisher, size: number): Promise<void> {
  const now = await log.head()
  if (size > now.size) throw aheadOfPostgres(size, now.publishedSize)
}

function requireSameRoot(shown: { readonly size: number; readonly root: Uint8Array }, head: LogHead): void {
  const stored = head.checkpoint === null ? undefined : readCheckpoint(head.checkpoint)
  if (stored === undefined || stored.size !== shown.size || sameBytes(stored.root, shown.root)) return
  const detail = 'The public bucket holds a checkpoint of this log with another root.'
  throw new Problem('log-inconsistent', detail, { size: shown.size })
}

/** Under a turn, so that it does not go back behind what another is publishing. */
async function putCheckpointBack(ports: LogPublisher): Promise<number> {
  const turn = await ports.log.takeTurn(wantedTurn(ports), 'idle')
  if (turn === null) return 0
  try {
    await putObject(ports, checkpointObject(turn.head.checkpoint ?? ''))
    ports.notices.tell('warn', 'log-rewritten', { object: logKey('checkpoint') })
    return 1
  } finally {
    await ports.log.giveBack(turn)
  }
}

/** Looks at the tiles and bundles of at most one batch that is published and not confirmed. */
export async function lookAtTiles(ports: LogPublisher): Promise<Looked> {
  const { confirmedSize, publishedSize } = await ports.log.head()
  if (confirmedSize === publishedSize) return { rewritten: 0, hasMore: false }
  const end = Math.min(publishedSize, confirmedSize + batchMax)
  const objects = await writtenBetween(ports.log, confirmedSize, end)
  // Of a tile that has grown since, only the wider one is asked for.
  const standing = objects.filter(({ path }) => isOfTree(path, publishedSize))
  const rewritten = await rewriteOther(ports, standing.map(tileObject))
  if (rewritten === 0) await ports.log.confirm(end)
  return { rewritten, hasMore: rewritten === 0 && end < publishedSize }
}

/** What publishing from one size to another writes. @throws Problem `log-inconsistent` where leaves are missing. */
export async function writtenBetween(
  log: LogRepository,
  from: number,
  to: number,
): Promise<readonly LogObject[]> {
  const first = Math.floor(from / tileWidth) * tileWidth
  const [edge, leaves] = [await edgeAt(log, from), await log.leaves(first, to - first)]
  if (leaves.length !== to - first) {
    const detail = 'Published leaves of the log are missing in Postgres.'
    throw new Problem('log-inconsistent', detail, { from: first, to, found: leaves.length })
  }
  return growing(() => growTree({ publishedSize: from, edge, leaves })).objects
}

/** Of each level, the hashes of its last tile in a tree of that size. */
async function edgeAt(log: LogRepository, size: number): Promise<readonly Subtree[]> {
  const edge: Subtree[] = []
  for (let level = 1; hashesAtLevel(size, level) > 0; level++) {
    const count = hashesAtLevel(size, level)
    const from = Math.floor(count / tileWidth) * tileWidth
    edge.push(...(await log.subtrees(level, from, count - from)))
  }
  return edge
}

/** Whether a tile is as wide as it is in a tree of that size: not one that has grown since. */
export function isOfTree(path: string, size: number): boolean {
  const tile = parseTilePath(path)
  if (tile === undefined) return false
  return tile.width === widthOf(tile, size)
}

/** Credentials of one look. */
const credentialsMax = 200
/** Longer than a write of a publisher that was given up may still take: after that, nothing puts an older receipt back. */
const settledSeconds = 120

/** Looks at credentials and receipts; each is confirmed when it was as it should be after everyone was done with it. */
export async function lookAtCredentials(ports: LogPublisher): Promise<Looked> {
  const unconfirmed = await ports.log.unconfirmedCredentials(credentialsMax)
  let rewritten = 0
  const settled: string[] = []
  const now = ports.world.now()
  await inGroups(unconfirmed, async (credential) => {
    const again = await rewriteOther(ports, credentialObjects(credential))
    rewritten += again
    const age = now.getTime() - credential.publishedAt.getTime()
    if (again === 0 && age > settledSeconds * 1000) settled.push(credential.id)
  })
  if (settled.length > 0) await ports.log.confirmCredentials(settled, now)
  return { rewritten, hasMore: settled.length === credentialsMax }
}

/** @returns how many objects had to be written again. */
async function rewriteOther(ports: LogPublisher, objects: readonly PublicObject[]): Promise<number> {
  let rewritten = 0
  await inGroups(objects, async (object) => {
    const found = await ports.objects.get('public', object.key)
    if (found !== null && sameBytes(found, object.bytes)) return
    await putObject(ports, object)
    rewritten += 1
    ports.notices.tell('warn', 'log-rewritten', {
      object: object.key,
      was: found === null ? 'missing' : 'other',
    })
  })
  return rewritten
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
