/** The engine as one module: what it is called, what it may be released as, and that its file alone recomputes a record. */

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { engineRelease } from '#engine'
import { buildEngine, releaseFault, secondEngine, withRelease } from '../../scripts/engine.ts'
import type { InventoryInput } from '../../src/engine/types.ts'
import { readEngineFile, requireDigest } from '../../src/engine-file.ts'
import { type Digest, digestOfBytes } from '../../src/json/digest.ts'
import { buildRecord, openRecord } from '../../src/record/calculation-record.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import { type Calculate, recompute } from '../../src/record/recompute.ts'
import { buildRevision, openRevision, type Sealed } from '../../src/record/revision.ts'
import { ar6, gridFactor } from '../engine/fixtures.ts'
import { digest, facts, saltKey } from '../record/example.ts'

const byDigest = ({ chunks }: Pick<Sealed<unknown>, 'chunks'>) =>
  new Map<Digest, Uint8Array>(chunks.map((chunk) => [chunk.digest, chunk.bytes]))

const input: InventoryInput = {
  kind: 'organization',
  period: { start: '2024-01-01', end: '2025-01-01' },
  region: 'CN-FJ',
  gwpSet: { id: 'ipcc-ar6', version: '1' },
  factorTables: [{ table: 'grid', version: '1' }],
  lines: [
    {
      id: 'meter',
      category: 'purchased-electricity',
      quantity: { amount: '250', unit: 'kWh' },
      factor: { table: 'grid', version: '1', id: 'fj' },
    },
  ],
}
const context = {
  tables: [
    {
      table: 'grid',
      version: '1',
      digest: digest('a'),
      title: { en: 'Grid', zh: null },
      factors: [gridFactor('fj', 'CN-FJ', 2024, '0.4211')],
      fuels: [],
      yearFallbackLimit: 0,
    },
  ],
  gwpSet: { ...ar6, digest: digest('b') },
}

describe('the built engine', () => {
  test('is named by the digest of its bytes, and the same sources give the same bytes', async () => {
    const [once, again] = [await buildEngine(), await buildEngine()]
    expect(again).toEqual(once)
    expect(digestOfBytes(readFileSync(once.path))).toBe(once.digest)
    expect(engineRelease).toEqual({ version: once.version, digest: once.digest })
  })

  test('recomputes a record from its file alone', async () => {
    const { path, version, digest: engineDigest } = await buildEngine()
    const engine = await import(/* @vite-ignore */ pathToFileURL(path).href)
    const calculate: Calculate = (given, pinned) =>
      engine.presentResult(engine.calculate(given, pinned)).result
    const pins = { gwpSet: context.gwpSet, factorTables: context.tables }
    const revision = buildRevision(facts, input, pins, saltKey)
    const bound = {
      revision: revision.digest,
      engine: { version, digest: engineDigest },
      scheme: facts.scheme,
    }
    const record = buildRecord(bound, calculate(canonicalInput(input), context), saltKey)
    // 250 kWh × 0.4211 kg CO2/kWh = 105.275 kg; the double next to it, which prints as 105.28.
    expect(record.manifest.result).toMatchObject({ total: '105.27499999999999' })
    const opened = openRecord(record.bytes, record.digest, byDigest(record))
    const ofRevision = openRevision(revision.bytes, revision.digest, byDigest(revision))
    expect(recompute(opened, ofRevision, context, calculate)).toEqual({ equal: true })
  })

  test('is refused by name where its bytes are not those of the digest it claims', () => {
    const bytes = readEngineFile()
    expect(digestOfBytes(bytes)).toBe(engineRelease.digest)
    const other = bytes.slice()
    other[0] = other[0]! ^ 1
    expect(() => requireDigest(other, engineRelease.digest)).toThrow(/^engine-digest-mismatch/)
  })

  test('is in the Worker once: no source that decides a figure is bundled beside it', async () => {
    expect(await secondEngine()).toEqual([])
  })
})

describe('releasing an engine', () => {
  const engine = { version: '1.0.0', digest: digest('a') }

  test('lets an unreleased version change, and a released one never', () => {
    expect(releaseFault({}, engine)).toBeNull()
    expect(releaseFault({ '1.0.0': digest('a') }, engine)).toBeNull()
    expect(releaseFault({ '1.0.0': digest('b') }, engine)).toContain('a released engine never changes')
  })

  test('writes the version beside those that stand, and nothing over them', () => {
    expect(withRelease({ '0.9.0': digest('c') }, engine)).toEqual({
      '0.9.0': digest('c'),
      '1.0.0': digest('a'),
    })
    expect(() => withRelease({ '1.0.0': digest('b') }, engine)).toThrow('a released engine never changes')
  })
})
