/**
 * `node bench/log-scale.ts [ENTRIES]`: a log of 1,000,000 made-up entries in a temporary folder. Bytes on the disk, how long a check of
 * the whole log takes and how much memory, and inclusion proofs a second out of tiles, each verified.
 */

import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { logAt } from '../src/cli/log-source.ts'
import { encodeUtf8 } from '../src/json/encoding.ts'
import { checkpointText } from '../src/transparency/checkpoint.ts'
import { entryText } from '../src/transparency/entries.ts'
import { checkLog } from '../src/transparency/fsck.ts'
import { growTree, type LevelHash } from '../src/transparency/grow.ts'
import { leafHash, verifyInclusion } from '../src/transparency/merkle.ts'
import { signatureLine, verifierKey, webCryptoEd25519 } from '../src/transparency/note.ts'
import { inclusionFromTiles, remembering } from '../src/transparency/reader.ts'
import { parseTilePath, widthIn } from '../src/transparency/tiles.ts'

const size = Number(process.argv[2] ?? 1_000_000)
const batch = 4096
const folder = mkdtempSync(join(tmpdir(), 'egret-log-scale-'))
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const raw = Uint8Array.from(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'))
const key = verifierKey('bench.example/log', 'ed25519', raw)

function body(index: number): string {
  const id = index.toString(16).padStart(12, '0')
  return entryText('credential', '2026-11-26T08:00:00Z', {
    credential: `https://bench.example/credentials/00000000-0000-4000-8000-${id}`,
    digest: `sha256:${index.toString(16).padStart(64, '0')}`,
    issuer: `did:web:bench.example:org:body-${index % 40}`,
    kind: 'VerificationStatement',
    development: false,
  })
}

function report(name: string, figure: string): void {
  console.log(`${name.padEnd(44)} ${figure}`)
}

/** Whether the finished log has a tile; partial ones on the way are left out. */
function isLast(path: string): boolean {
  const tile = parseTilePath(path)
  if (tile === undefined) return false
  return tile.width === widthIn(size, tile.level === 'entries' ? 0 : tile.level, tile.index)
}

/** Writes the log in batches, as a turn would, without the partial tiles between them. @returns its root. */
function write(): { readonly root: Uint8Array; readonly bytes: number; readonly objects: number } {
  let subtrees: LevelHash[] = []
  let [bytes, objects, root] = [0, 0, new Uint8Array()]
  for (let published = 0; published < size; ) {
    const to = Math.min(size, published + batch)
    const leaves = Array.from({ length: to - published }, (_, at) => ({
      leafIndex: published + at,
      body: body(published + at),
    }))
    const grown = growTree({ publishedSize: published, edge: subtrees, leaves })
    for (const object of grown.objects) {
      if (!isLast(object.path)) continue
      const path = join(folder, object.path)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, object.bytes)
      bytes += object.bytes.length
      objects += 1
    }
    subtrees = [...subtrees, ...grown.subtrees].filter(
      ({ level, index }) => index >= Math.floor(grown.size / 256 ** level / 256) * 256,
    )
    root = Uint8Array.from(grown.root)
    published = to
  }
  const text = checkpointText({ origin: key.name, size, root })
  const line = signatureLine(key, sign(null, encodeUtf8(text), privateKey))
  writeFileSync(join(folder, 'checkpoint'), `${text}\n${line}`)
  return { root, bytes, objects }
}

async function seconds<Result>(act: () => Result | Promise<Result>): Promise<[Result, number]> {
  const startedAt = performance.now()
  const result = await act()
  return [result, (performance.now() - startedAt) / 1000]
}

async function prove(root: Uint8Array, count: number): Promise<void> {
  const read = remembering(logAt(folder))
  for (let at = 0; at < count; at += 1) {
    const index = (at * 7_919_003) % size
    const proof = await inclusionFromTiles(read, index, size)
    const leaf = leafHash(encodeUtf8(body(index)))
    if (proof === null || !verifyInclusion({ index, size, leaf, root }, proof))
      throw new Error(`leaf ${index}`)
  }
}

try {
  const [{ root, bytes, objects }, writing] = await seconds(write)
  report('entries', String(size))
  report('objects, bytes on disk', `${objects}, ${(bytes / 1e6).toFixed(1)} MB`)
  report('growing and writing, 4096 a batch', `${writing.toFixed(1)} s`)
  const before = process.memoryUsage().rss
  const trust = { keys: [key], verify: webCryptoEd25519(crypto.subtle) }
  let most = before
  const onProgress = () => {
    most = Math.max(most, process.memoryUsage().rss)
  }
  const [{ faults, tiles }, checking] = await seconds(() => checkLog(logAt(folder), trust, { onProgress }))
  if (faults.length > 0) throw new Error(JSON.stringify(faults))
  report('fsck', `${checking.toFixed(1)} s, ${Math.round(size / checking)} entries/s, ${tiles} tiles`)
  report('memory before, at most', `${Math.round(before / 1e6)} MB, ${Math.round(most / 1e6)} MB`)
  const count = 5000
  const [, proving] = await seconds(() => prove(root, count))
  report('inclusion proofs from tiles, verified', `${Math.round(count / proving)} /s (${count}, scattered)`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
