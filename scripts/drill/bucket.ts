/** The public bucket as it lies on disk: what is in it, what a rebuild owes of that, and what differs. */

import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readCompact } from '../../src/credential/compact.ts'
import { readStatusList } from '../../src/credential/status-list.ts'
import { decodeUtf8 } from '../../src/json/encoding.ts'
import { logKey } from '../../src/ports/objects.ts'
import { readCheckpoint } from '../../src/transparency/checkpoint.ts'
import { parseTilePath, tilePath, widthOf } from '../../src/transparency/tiles.ts'

/** Contents by key: the bytes, and of a status list, which is signed anew, its bits. */
export type Objects = ReadonlyMap<string, Uint8Array>

/** As s3rver names the file of an object's bytes. */
const ending = '._S3rver_object'

/** Every object of the bucket in that folder. */
export function publicObjects(bucket: string): Objects {
  const files = readdirSync(bucket, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith(ending) && statSync(join(bucket, name)).isFile(),
  )
  return new Map(
    files.map((name) => {
      const key = name.slice(0, -ending.length)
      return [key, contentsOf(key, readFileSync(join(bucket, name)))]
    }),
  )
}

function contentsOf(key: string, bytes: Uint8Array): Uint8Array {
  if (!key.startsWith('status/')) return bytes
  const read = readCompact(decodeUtf8(bytes))
  const list = 'compact' in read ? readStatusList(read.compact.payload) : undefined
  if (list === undefined) throw new Error(`${key} is no status list`)
  return list.bits
}

/** Removes everything in the bucket, and not the bucket. */
export function emptyBucket(bucket: string): void {
  for (const name of readdirSync(bucket)) rmSync(join(bucket, name), { recursive: true, force: true })
  if (publicObjects(bucket).size > 0) throw new Error('the bucket is not empty')
}

/** Contents of the objects under a prefix. */
export function under(objects: Objects, prefix: string): readonly Uint8Array[] {
  return [...objects].filter(([key]) => key.startsWith(prefix)).map(([, contents]) => contents)
}

/** What a rebuild owes: everything, but tiles in whose place the tree has a wider one. */
export function owed(objects: Objects): Objects {
  const checkpoint = readCheckpoint(objects.get(logKey('checkpoint')) ?? '')
  if (checkpoint === undefined) throw new Error('the bucket holds no checkpoint')
  return new Map([...objects].filter(([key]) => !isSuperseded(key, objects, checkpoint.size)))
}

function isSuperseded(key: string, objects: Objects, size: number): boolean {
  const tile = key.startsWith(logKey('')) ? parseTilePath(key.slice(logKey('').length)) : undefined
  if (tile === undefined) return false
  const width = widthOf(tile, size)
  return tile.width < width && objects.has(logKey(tilePath({ ...tile, width })))
}

/** Keys of what is in one alone, or has other contents in the other. */
export function differences(one: Objects, other: Objects): readonly string[] {
  const keys = [...new Set([...one.keys(), ...other.keys()])]
  return keys.filter((key) => !areSame(one.get(key), other.get(key))).sort()
}

function areSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one !== undefined && other !== undefined && Buffer.compare(one, other) === 0
}
