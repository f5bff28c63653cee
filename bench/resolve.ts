/**
 * `node --expose-gc bench/resolve.ts`: what finding factors costs in one isolate, without HTTP, database or object store.
 * Selectors a second on tables that are loaded, the first answer on a cold one (document read, digest checked, table indexed),
 * and the memory that loaded tables hold. Times are the process's own (CPU), so that a busy machine does not move them; figures
 * are for the machine they ran on, V8 is the same in workerd. The whole way over HTTP is a shot of `npm run bench`.
 */

import { join } from 'node:path'
import { root } from '../scripts/build.ts'
import { resolveSelector, type Selector } from '../src/engine/selector.ts'
import type { FactorTable } from '../src/engine/types.ts'
import { gwpSetFolders, readGwpSet, readTable, tableFolders } from '../src/factors/files.ts'
import type { Digest } from '../src/json/digest.ts'
import { isProblem } from '../src/problem.ts'
import { canonicalTable, readCanonicalTable } from '../src/tables/canonical.ts'
import { parseGwpSet, parseTable } from '../src/tables/parse.ts'

/** A published version as object storage holds it. */
interface Document {
  readonly name: string
  readonly digest: Digest
  readonly bytes: Uint8Array
  readonly rows: number
}

function documents(): readonly Document[] {
  const folder = join(root, 'emission-factors')
  const sets = gwpSetFolders(folder).map(({ path }) => parseGwpSet(readGwpSet(path)))
  return tableFolders(folder).map(({ name, version, path }) => {
    const published = parseTable(readTable(path), sets)
    const { digest, factors } = published.table
    return { name: `${name}@${version}`, digest, bytes: canonicalTable(published), rows: factors.length }
  })
}

const load = ({ bytes, digest }: Document): FactorTable => readCanonicalTable(bytes, digest).table

const power: Selector = { category: 'purchased-electricity', region: 'CN-FJ', year: 2025, unit: 'MWh' }

/** What the measured selectors ask: found at once, found after falling back, by id, ambiguous, and not at all. */
const questions: readonly (readonly [string, readonly Selector[]])[] = [
  [
    'electricity by place and year',
    ['CN-FJ', 'CN-XZ', 'CN-GD', 'GB'].map((region) => ({ ...power, region })),
  ],
  ['a fuel by id', [{ ...power, category: 'stationary-combustion', unit: 't', id: 'cn-fuel-set-a-diesel' }]],
  [
    'one of many left (refused)',
    [{ ...power, category: 'business-travel', region: 'GB', unit: 'passenger.km' }],
  ],
  ['nothing left (refused)', [{ ...power, year: 2011 }]],
  ['an unknown id (refused)', [{ ...power, id: 'cn-grid-co2-2032-fj' }]],
]

/** Selectors a CPU second: rounds until a second has passed, after a warm-up of a tenth. */
function perSecond(selectors: readonly Selector[], tables: readonly FactorTable[]): number {
  const frame = { kind: 'organization', library: { tables, own: [] } } as const
  const round = () => {
    for (const selector of selectors) attempt(() => resolveSelector(selector, frame))
  }
  lasting(100, round)
  const { rounds, milliseconds } = lasting(1000, round)
  return (rounds * selectors.length * 1000) / milliseconds
}

function attempt(act: () => unknown): void {
  try {
    act()
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
  }
}

function lasting(milliseconds: number, act: () => void) {
  const startedAt = cpuMs()
  let rounds = 0
  do {
    for (let again = 0; again < 20; again += 1) act()
    rounds += 20
  } while (cpuMs() - startedAt < milliseconds)
  return { rounds, milliseconds: cpuMs() - startedAt }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** CPU milliseconds from a document's bytes to the first answer: the median of nine loads, each of a table never seen. */
function coldMs(document: Document): number {
  const times = Array.from({ length: 9 }, () => {
    const startedAt = cpuMs()
    const frame = { kind: 'organization', library: { tables: [load(document)], own: [] } } as const
    attempt(() => resolveSelector(power, frame))
    return cpuMs() - startedAt
  })
  return times.sort((a, b) => a - b)[4] as number
}

/** Bytes of heap that loaded and indexed tables hold: what is freed when they are let go; the median of five. */
function heldBytes(given: readonly Document[]): number {
  const freed = Array.from({ length: 5 }, () => {
    const holder = { tables: indexed(given) }
    const holding = settledHeap()
    if (holder.tables.length !== given.length) throw new Error('a table was let go too early')
    holder.tables = []
    return holding - settledHeap()
  })
  return freed.sort((a, b) => a - b)[2] as number
}

/** Tables as a first selector leaves them. */
function indexed(given: readonly Document[]): FactorTable[] {
  const tables = given.map(load)
  const frame = { kind: 'organization', library: { tables, own: [] } } as const
  attempt(() => resolveSelector({ ...power, id: 'no such row' }, frame))
  return tables
}

function settledHeap(): number {
  if (globalThis.gc === undefined) throw new Error('run with node --expose-gc')
  for (let pass = 0; pass < 4; pass += 1) globalThis.gc()
  return process.memoryUsage().heapUsed
}

const mebibyte = 1024 * 1024
const all = documents()
const rows = all.reduce((sum, document) => sum + document.rows, 0)
const bytes = all.reduce((sum, document) => sum + document.bytes.length, 0)
const held = heldBytes(all)
const tables = all.map(load)

console.log(`${all.length} versions, ${rows} rows, ${(bytes / mebibyte).toFixed(1)} MiB of documents\n`)
console.log('| selector, all versions pinned | a CPU second |\n|---|---|')
for (const [name, selectors] of questions)
  console.log(`| ${name} | ${perSecond(selectors, tables).toFixed(0)} |`)
console.log('\n| cold table | rows | KiB | first answer, CPU ms |\n|---|---|---|---|')
for (const document of [...all].sort((a, b) => b.rows - a.rows).slice(0, 5)) {
  const { name, rows, bytes } = document
  console.log(`| ${name} | ${rows} | ${(bytes.length / 1024).toFixed(0)} | ${coldMs(document).toFixed(1)} |`)
}
console.log(
  `\nHeld in memory: ${(held / mebibyte).toFixed(1)} MiB, ${((held / mebibyte / rows) * 10_000).toFixed(1)} MiB per 10,000 rows, ${(held / bytes).toFixed(1)} × the documents`,
)
