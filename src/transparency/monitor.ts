/**
 * Follows a log: each checkpoint has to grow out of the one that was seen before, shown by a proof out of tiles, and each new
 * entry has to stand under it and be readable. What was seen is one text, the last checkpoint; whoever keeps it cannot be shown
 * another history.
 */

import { ahead, countFrom } from './ahead.ts'
import { type CheckpointFault, type CheckpointNote, readCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import { type LogEntry, readEntry } from './entries.ts'
import type { LogTrust } from './fsck.ts'
import { verifyConsistency } from './merkle.ts'
import { consistencyFromTiles, provenBundle, type ReadObject, remembering } from './reader.ts'
import { tilePath, tileWidth, widthIn } from './tiles.ts'

/** What a monitor cries out about. */
export type Alarm =
  | CheckpointFault
  /** There is no checkpoint, or an object that the checkpoint promises is not there or broken. */
  | 'missing-or-malformed'
  /** The log is of another origin than the one that was followed. */
  | 'other-log'
  /** The log is smaller than it was: an old checkpoint served late, or history taken back. */
  | 'rollback'
  /** Another root at the size that was seen: two histories, both signed. */
  | 'equivocation'
  /** The log did not grow out of what was seen: another history, signed. */
  | 'fork'
  /** A leaf is no entry of a type that the log has. */
  | 'unreadable-entry'
  /** The bundle's entries are not those under the checkpoint. */
  | 'not-under-the-root'

/** An entry as it stands. */
export interface SeenEntry {
  readonly leafIndex: number
  readonly entry: LogEntry
}

/** One thing a look at the log comes to, in order: entries; alarms; last, where nothing contradicts what was seen, what to keep. */
export type Sight =
  | SeenEntry
  | {
      readonly alarm: Alarm
      readonly path: string
      readonly leafIndex?: number
      /** The checkpoint that was served: beside the one that was seen, the evidence. */
      readonly checkpoint?: string
    }
  | { readonly seen: string; readonly size: number; readonly grownBy: number }

const bundlesAtOnce = 8
/** Bundles that are cried out about before a look ends: a checkpoint may speak of 2^53 leaves, and nobody could ever show them. */
const brokenMax = 100

/**
 * Looks at the log once.
 *
 * @param seen the checkpoint that the last look came to, as it was given; null at the first, which goes over the whole log.
 * @throws what the reader throws: then nothing was seen, and the next look begins where this one did. RangeError where `seen`
 * is no checkpoint: to begin anew in silence would forget what was seen.
 */
export async function* lookAtLog(
  read: ReadObject,
  seen: string | null,
  { keys, verify }: LogTrust,
): AsyncGenerator<Sight> {
  const source = await read('checkpoint')
  if (source === null) return yield alarmed('missing-or-malformed')
  const verified = await verifyCheckpoint(source, keys, verify)
  const text = textOf(source)
  if ('fault' in verified) return yield alarmed(verified.fault, text)
  const now = verified.checkpoint
  const before = seen === null ? null : remember(seen)
  const remembered = remembering(read)
  const against = before === null ? null : await contradiction(remembered, before, now)
  if (against !== null) return yield alarmed(against, text)
  let broken = 0
  for await (const sight of newEntries(remembered, before?.size ?? 0, now)) {
    yield sight
    if (!('alarm' in sight) || sight.alarm === 'unreadable-entry') continue
    broken += 1
    if (broken >= brokenMax) break
  }
  if (broken === 0) yield { seen: text, size: now.size, grownBy: now.size - (before?.size ?? 0) }
}

function remember(seen: string): CheckpointNote {
  const checkpoint = readCheckpoint(seen)
  if (checkpoint === undefined) throw new RangeError('what was kept of the last look is no checkpoint')
  return checkpoint
}

function alarmed(alarm: Alarm, checkpoint?: string): Sight {
  return { alarm, path: 'checkpoint', ...(checkpoint === undefined ? {} : { checkpoint }) }
}

/** What of a checkpoint can be shown to others. */
function textOf(source: Uint8Array): string {
  return new TextDecoder().decode(source)
}

/** Why the log cannot be the one that was seen, grown; null where a proof shows that it is. */
async function contradiction(
  read: ReadObject,
  before: CheckpointNote,
  now: CheckpointNote,
): Promise<Alarm | null> {
  if (now.origin !== before.origin) return 'other-log'
  if (now.size < before.size) return 'rollback'
  if (before.size === 0) return null
  const proof = now.size === before.size ? [] : await consistencyFromTiles(read, before.size, now.size)
  if (proof === null) return 'missing-or-malformed'
  const claim = { oldSize: before.size, newSize: now.size, oldRoot: before.root, newRoot: now.root }
  if (verifyConsistency(claim, proof)) return null
  return now.size === before.size ? 'equivocation' : 'fork'
}

/** Entries from a leaf on, each shown to stand under the checkpoint before it is told. */
async function* newEntries(read: ReadObject, from: number, tree: CheckpointNote): AsyncGenerator<Sight> {
  const bundles = countFrom(
    Math.floor(from / tileWidth),
    tree.size > from ? Math.ceil(tree.size / tileWidth) : 0,
  )
  const proven = ahead(bundles, bundlesAtOnce, async (index) => ({
    index,
    entries: await provenBundle(read, index, tree),
  }))
  for await (const { index, entries } of proven) {
    const path = tilePath({ level: 'entries', index, width: widthIn(tree.size, 0, index) })
    if (typeof entries === 'string') yield { alarm: entries, path }
    else yield* told(entries, index * tileWidth, from, path)
  }
}

function* told(leaves: readonly Uint8Array[], first: number, from: number, path: string): Generator<Sight> {
  for (const [at, leaf] of leaves.entries()) {
    const leafIndex = first + at
    if (leafIndex < from) continue
    const entry = readEntry(leaf)
    yield entry === undefined ? { alarm: 'unreadable-entry', path, leafIndex } : { leafIndex, entry }
  }
}
