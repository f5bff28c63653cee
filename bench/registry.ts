/**
 * What an isolate keeps of the registry: heap held by all bundled tables, loaded as a Worker loads them, beside the bound's own
 * count of it; and how long a cold load takes. `node --expose-gc bench/registry.ts`.
 */

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { indexOf } from '../src/engine/table-index.ts'
import { gwpSetFolders, readGwpSet, readTable, tableFolders } from '../src/factors/files.ts'
import { heldBytes } from '../src/factors/kept-documents.ts'
import type { Digest } from '../src/json/digest.ts'
import { canonicalTable, readCanonicalTable } from '../src/tables/canonical.ts'
import type { PublishedTable } from '../src/tables/format.ts'
import { parseGwpSet, parseTable } from '../src/tables/parse.ts'

const root = join(fileURLToPath(new URL('..', import.meta.url)), 'emission-factors')

interface Document {
  readonly digest: Digest
  readonly rows: number
  readonly bytes: Uint8Array
}

function documents(): readonly Document[] {
  const sets = gwpSetFolders(root).map(({ path }) => parseGwpSet(readGwpSet(path)))
  return tableFolders(root).map(({ path }) => {
    const published = parseTable(readTable(path), sets)
    const { digest, factors } = published.table
    return { digest, rows: factors.length, bytes: canonicalTable(published) }
  })
}

/** Heap in use after everything that nobody holds is gone, bytes. */
function heap(): number {
  if (globalThis.gc === undefined) throw new Error('run with: node --expose-gc bench/registry.ts')
  for (let at = 0; at < 8; at += 1) globalThis.gc()
  return process.memoryUsage().heapUsed
}

const all = documents()
const rows = all.reduce((sum, one) => sum + one.rows, 0)
const bytes = all.reduce((sum, one) => sum + one.bytes.length, 0)
const load = (): PublishedTable[] => all.map((one) => readCanonicalTable(one.bytes, one.digest))

load()
const before = heap()
const start = performance.now()
const kept = load()
const milliseconds = performance.now() - start
const held = heap() - before
for (const { table } of kept) indexOf(table)
const indexed = heap() - before
const counted = all.reduce((sum, one) => sum + heldBytes(one.bytes.length, one.rows), 0)
const perTenThousand = (held: number) =>
  `${((held / rows / 1024 / 1024) * 10_000).toFixed(1)} MiB per 10,000 rows`

console.log(`${all.length} versions, ${rows} rows, ${bytes} bytes of documents`)
console.log(
  `held parsed            ${held} bytes, ${(held / bytes).toFixed(2)} × documents, ${perTenThousand(held)}`,
)
console.log(`held parsed, indexed   ${indexed} bytes, ${perTenThousand(indexed)}`)
console.log(`counted by the bound   ${counted} bytes, ${perTenThousand(counted)}`)
console.log(`verified and parsed in ${milliseconds.toFixed(0)} ms, all of them, cold`)
