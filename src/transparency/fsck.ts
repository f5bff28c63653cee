/**
 * Checks a whole log: that its checkpoint is signed, every entry is one, every tile of every level is what the entries give, and
 * the checkpoint's root is theirs. Entries are read in order, once, and forgotten: memory does not grow with the log.
 */

import { ahead, countFrom } from './ahead.ts'
import { type CheckpointFault, type CheckpointNote, verifyCheckpoint } from './checkpoint.ts'
import { type Cosignature, cosignaturesOf } from './cosignature.ts'
import { type LogEntry, readEntry } from './entries.ts'
import { type Hash, leafHash, merkleRoot, TreeBuilder } from './merkle.ts'
import type { VerifierKey, VerifyEd25519, WitnessPolicy } from './note.ts'
import { hashOfRange } from './ranges.ts'
import { type ReadObject, readBundle, readTile } from './reader.ts'
import { encodeTile, hashOfNode, type TileSlice, tilePath, tileWidth, widthIn } from './tiles.ts'

/** Whom a reader of a log trusts to sign its checkpoints. */
export interface LogTrust {
  readonly keys: readonly VerifierKey[]
  readonly verify: VerifyEd25519
}

/** What can be wrong with a log. */
export type LogFault =
  | CheckpointFault
  /** The object is not there, or not of the form that its path demands. */
  | 'missing-or-malformed'
  /** The leaf is no entry of a type that the log has, in its one spelling. */
  | 'not-an-entry'
  /** The tile holds other hashes than the entries give. */
  | 'tile-differs'
  /** The entries give another root than the checkpoint's. */
  | 'root-differs'
  /** Fewer witnesses than asked for have cosigned the checkpoint. */
  | 'too-few-witnesses'

/** One fault, and where it is. */
export interface FaultAt {
  readonly fault: LogFault
  /** Of the object, under the log's prefix. */
  readonly path: string
  readonly leafIndex?: number
}

/** What a check of a whole log comes to: sound where there are no faults. */
export interface LogReport {
  /** Null where it is not to be believed; nothing else was looked at then. */
  readonly checkpoint: CheckpointNote | null
  /** Of the witnesses that were asked for, those that cosigned it. */
  readonly cosignatures: readonly Cosignature[]
  readonly faults: readonly FaultAt[]
  /** Faults beyond those that are listed. */
  readonly moreFaults: number
  /** Entries by type. */
  readonly entries: Readonly<Record<string, number>>
  readonly tiles: number
}

/** How a log is read. */
export interface Reading {
  /** Bundles and tiles under way at once. */
  readonly atOnce?: number
  /** Called after each bundle with how many leaves were read. */
  readonly onProgress?: (leaves: number) => void
}

const faultsListed = 100

/** Checks the whole log that a reader reaches. @throws what the reader throws. */
export async function checkLog(
  read: ReadObject,
  { keys, verify, witnesses = { keys: [], quorum: 0 } }: LogTrust & { readonly witnesses?: WitnessPolicy },
  { atOnce = 16, onProgress = () => {} }: Reading = {},
): Promise<LogReport> {
  const source = await read('checkpoint')
  const verified =
    source === null
      ? { fault: 'missing-or-malformed' as const }
      : await verifyCheckpoint(source, keys, verify)
  const findings = new Findings()
  if ('fault' in verified) {
    findings.add({ fault: verified.fault, path: 'checkpoint' })
    return findings.report(null)
  }
  const { checkpoint } = verified
  findings.cosignatures = await cosignaturesOf(checkpoint.note, witnesses.keys, verify)
  if (findings.cosignatures.length < witnesses.quorum) {
    findings.add({ fault: 'too-few-witnesses', path: 'checkpoint' })
  }
  const walk = new Walk(read, checkpoint, findings)
  const bundles = countFrom(0, Math.ceil(checkpoint.size / tileWidth))
  for await (const { index, leaves, tile } of ahead(bundles, atOnce, (at) => walk.fetch(at))) {
    if (!(await walk.take(index, leaves, tile))) return findings.report(checkpoint)
    onProgress(Math.min(checkpoint.size, (index + 1) * tileWidth))
  }
  await walk.end()
  return findings.report(checkpoint)
}

/** Collects what is found. */
class Findings {
  private readonly faults: FaultAt[] = []
  private readonly entries: Record<string, number> = {}
  private more = 0
  cosignatures: readonly Cosignature[] = []
  tiles = 0

  add(fault: FaultAt): void {
    if (this.faults.length < faultsListed) this.faults.push(fault)
    else this.more += 1
  }

  count({ type }: LogEntry): void {
    this.entries[type] = (this.entries[type] ?? 0) + 1
  }

  report(checkpoint: CheckpointNote | null): LogReport {
    const { faults, more, entries, tiles, cosignatures } = this
    return { checkpoint, cosignatures, faults, moreFaults: more, entries, tiles }
  }
}

type Hashes = readonly Hash[] | null

/** Goes over the leaves from the left, and holds of each level the hashes of the tile that is not full yet. */
class Walk {
  private readonly read: ReadObject
  private readonly checkpoint: CheckpointNote
  private readonly findings: Findings
  private readonly levels: Level[] = []

  constructor(read: ReadObject, checkpoint: CheckpointNote, findings: Findings) {
    this.read = read
    this.checkpoint = checkpoint
    this.findings = findings
  }

  async fetch(index: number): Promise<{ index: number; leaves: readonly Uint8Array[] | null; tile: Hashes }> {
    const { size } = this.checkpoint
    const width = widthIn(size, 0, index)
    const [leaves, tile] = await Promise.all([
      readBundle(this.read, index, size),
      readTile(this.read, { level: 0, index, width }),
    ])
    return { index, leaves, tile }
  }

  /** Takes the next bundle with its tile of level 0; false where neither can be read, and nothing after them either. */
  async take(index: number, leaves: readonly Uint8Array[] | null, tile: Hashes): Promise<boolean> {
    const width = widthIn(this.checkpoint.size, 0, index)
    if (leaves === null) {
      this.findings.add({
        fault: 'missing-or-malformed',
        path: tilePath({ level: 'entries', index, width }),
      })
    }
    leaves?.forEach((leaf, at) => {
      this.judge(leaf, index, width, at)
    })
    const hashes = leaves?.map(leafHash) ?? tile
    if (hashes === null) return false
    this.compare(0, index, hashes, tile)
    await this.push(0, hashes)
    return true
  }

  private judge(leaf: Uint8Array, index: number, width: number, at: number): void {
    const entry = readEntry(leaf)
    const path = tilePath({ level: 'entries', index, width })
    if (entry !== undefined) this.findings.count(entry)
    else this.findings.add({ fault: 'not-an-entry', path, leafIndex: index * tileWidth + at })
  }

  private compare(level: number, index: number, hashes: readonly Hash[], tile: Hashes): void {
    const path = tilePath({ level, index, width: hashes.length })
    this.findings.tiles += 1
    if (tile === null) this.findings.add({ fault: 'missing-or-malformed', path })
    else if (!sameBytes(encodeTile(hashes), encodeTile(tile))) {
      this.findings.add({ fault: 'tile-differs', path })
    }
  }

  /** Adds hashes of a level; a tile that becomes full is one hash of the level above. */
  private async push(level: number, hashes: readonly Hash[]): Promise<void> {
    this.levels[level] ??= { full: 0, open: [] }
    const { full, open } = this.levels[level] as Level
    const together = [...open, ...hashes]
    if (together.length < tileWidth) {
      this.levels[level] = { full, open: together }
      return
    }
    if (level > 0) await this.compareRead(level, full, together)
    this.levels[level] = { full: full + 1, open: [] }
    await this.push(level + 1, [merkleRoot(together)])
  }

  private async compareRead(level: number, index: number, hashes: readonly Hash[]): Promise<void> {
    this.compare(level, index, hashes, await readTile(this.read, { level, index, width: hashes.length }))
  }

  /** What is left after the last leaf: tiles that are not full, and the root. */
  async end(): Promise<void> {
    for (const [level, { full, open }] of this.levels.entries()) {
      if (level > 0 && open.length > 0) await this.compareRead(level, full, open)
    }
    if (!sameBytes(this.root(), this.checkpoint.root)) {
      this.findings.add({ fault: 'root-differs', path: 'checkpoint' })
    }
  }

  private root(): Hash {
    const { size } = this.checkpoint
    if (size === 0) return new TreeBuilder().root()
    const own = ({ level, from, to }: TileSlice) => {
      const { full, open } = this.levels[level] as Level
      return open.slice(from - full * tileWidth, to - full * tileWidth)
    }
    return hashOfRange({ from: 0, to: size }, (node) => hashOfNode(node, own))
  }
}

/** Tiles of a level that are full, and the hashes after them. */
interface Level {
  readonly full: number
  readonly open: readonly Hash[]
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}
