/** Revisions and calculation records: their exact bytes, and that no changed byte goes unnoticed. */

import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityLine } from '../../src/engine/types.ts'
import type { Digest } from '../../src/json/digest.ts'
import { isProblem } from '../../src/problem.ts'
import { buildRecord, openRecord, resultOf } from '../../src/record/calculation-record.ts'
import { canonicalInput, canonicalLine } from '../../src/record/canonical-input.ts'
import { chunkKey, recordKey, revisionKey } from '../../src/record/manifest.ts'
import { recompute } from '../../src/record/recompute.ts'
import { buildRevision, inputOf, openRevision, type Sealed } from '../../src/record/revision.ts'
import {
  discloseLine,
  LineSealer,
  openLines,
  saltOf,
  sealLines,
  verifyDisclosedLine,
} from '../../src/record/sealed-lines.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'
import { context, digest, double, facts, input, pins, saltKey } from './example.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const byDigest = (sealed: Pick<Sealed<unknown>, 'chunks'>): Map<Digest, Uint8Array> =>
  new Map(sealed.chunks.map((chunk) => [chunk.digest, chunk.bytes]))

const revision = buildRevision(facts, input, pins, saltKey)
const recordFacts = {
  revision: revision.digest,
  engine: { version: '0.1.0', digest: digest('e') },
  scheme: facts.scheme,
}
const record = buildRecord(recordFacts, double(canonicalInput(input)), saltKey)
const opened = () => ({
  revision: openRevision(revision.bytes, revision.digest, byDigest(revision)),
  record: openRecord(record.bytes, record.digest, byDigest(record)),
})

describe('canonicalLine', () => {
  test('writes amounts as the shortest decimal of their double', () => {
    const amounts = ['118400.0', '1.184e5', '0.1', '-0', '1e21', '0.10000000000000000555', '1e-7']
    const written = amounts.map((amount) => {
      const line = { id: 'l', category: 'c', quantity: { amount, unit: 'kWh' } }
      return canonicalLine(line).quantity?.amount
    })
    expect(written).toEqual(['118400', '118400', '0.1', '0', '1e+21', '0.1', '1e-7'])
  })

  test('brings texts into NFC and leaves absent members out', () => {
    const line: ActivityLine = {
      id: 'cafe\u0301',
      category: 'c',
      description: undefined,
      quantity: { amount: '1', unit: 'kWh' },
      factor: { id: 'x', year: 2024, region: undefined },
    }
    expect(JSON.stringify(canonicalLine(line))).toBe(
      '{"id":"caf\u00e9","category":"c","quantity":{"amount":"1","unit":"kWh"},"factor":{"id":"x","year":2024}}',
    )
  })

  test('knows what stands beside a factor', () => {
    const line: ActivityLine = {
      ...{ id: 'l', category: 'c', quantity: { amount: '1', unit: 't' } },
      ...{ netCalorificValue: { amount: '43.0', unit: 'GJ/t' }, sulphurPercent: '0.80' },
      beside: [{ table: 't', id: 'e\u0301', gases: ['CH4', 'N2O'] }],
    }
    expect(canonicalLine(line)).toMatchObject({
      ...{ netCalorificValue: { amount: '43', unit: 'GJ/t' }, sulphurPercent: '0.8' },
      beside: [{ table: 't', id: '\u00e9', gases: ['CH4', 'N2O'] }],
    })
  })

  test('refuses what is no decimal, and members nobody knows, by their pointer', () => {
    const line = { id: 'l', category: 'c', quantity: { amount: '1,000', unit: 'kWh' } }
    const refusal = (given: unknown): unknown => {
      try {
        return canonicalInput({ ...input, lines: [given as ActivityLine] })
      } catch (thrown) {
        return isProblem(thrown) ? `${thrown.code} ${thrown.facts.pointer}` : thrown
      }
    }
    expect(refusal(line)).toBe('invalid-number /lines/0/quantity/amount')
    expect(refusal({ ...line, quantity: { amount: '1', unit: 'kWh', note: '' } })).toBe(
      'invalid-request /lines/0/quantity/note',
    )
  })

  test('is the form of its own form', () => {
    const amount = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String)
    fc.assert(
      fc.property(amount, fc.string({ unit: 'grapheme' }), (given, description) => {
        const once = canonicalLine({
          id: 'l',
          category: 'c',
          description,
          quantity: { amount: given, unit: 'kg' },
        })
        expect(canonicalLine(once)).toEqual(once)
        expect(Number(once.quantity?.amount)).toBe(Number(given) + 0)
      }),
    )
  })
})

describe('sealed lines', () => {
  test('have exactly these bytes', () => {
    const { seal, chunks } = sealLines('egret/activity-lines', saltKey, [{ id: 'a' }, { id: 'b' }])
    // Salt of line i: first 16 bytes of HMAC-SHA-256(key, "egret/activity-lines/i"), here by Node's own HMAC.
    const salts = [0, 1].map((index) =>
      createHmac('sha256', saltKey)
        .update(`egret/activity-lines/${index}`)
        .digest()
        .subarray(0, 16)
        .toString('base64url'),
    )
    const leaves = [`{"line":{"id":"a"},"salt":"${salts[0]}"}`, `{"line":{"id":"b"},"salt":"${salts[1]}"}`]
    expect(chunks.map(({ bytes }) => text(bytes))).toEqual([
      `{"lines":[${leaves.join(',')}],"schemaVersion":"1","type":"egret/activity-lines"}`,
    ])
    // Root of two leaves: SHA-256(0x01 ‖ SHA-256(0x00 ‖ leaf 0) ‖ SHA-256(0x00 ‖ leaf 1)).
    const hashes = leaves.map((leaf) => createHash('sha256').update('\0').update(leaf).digest())
    const root = createHash('sha256').update('\x01').update(Buffer.concat(hashes)).digest('hex')
    expect(seal.merkleRoot).toBe(root)
    expect(seal.chunks).toEqual([
      { digest: sha256(chunks[0]!.bytes), count: 2, bytes: chunks[0]!.bytes.length },
    ])
  })

  test('fill a chunk with a thousand lines, and hand it out at once', () => {
    const sealer = new LineSealer('egret/line-results', saltKey)
    const full = Array.from({ length: 2001 }, (_, index) => sealer.add({ id: index })).filter(Boolean)
    expect(full).toHaveLength(2)
    const { last, seal } = sealer.end()
    expect(last).toBeDefined()
    expect(seal.chunks.map(({ count }) => count)).toEqual([1000, 1000, 1])
    expect(seal.count).toBe(2001)
  })

  test('salt every line differently, and results apart from activity data', () => {
    const salts = new Set(
      [0, 1, 2].flatMap((index) => [
        saltOf(saltKey, 'egret/activity-lines', index),
        saltOf(saltKey, 'egret/line-results', index),
        saltOf(new Uint8Array(32), 'egret/line-results', index),
      ]),
    )
    expect(salts.size).toBe(9)
    expect(() => new LineSealer('egret/line-results', new Uint8Array(16))).toThrow('32 bytes')
  })

  test('name the chunk that is missing, changed, cut, in another place or of another kind', () => {
    const lines = Array.from({ length: 1500 }, (_, index) => ({ id: index }))
    const { seal, chunks } = sealLines('egret/activity-lines', saltKey, lines)
    const [first, second] = chunks.map(({ bytes }) => bytes)
    const stored = (a: Uint8Array, b: Uint8Array) =>
      new Map([
        [chunks[0]!.digest, a],
        [chunks[1]!.digest, b],
      ])
    expect(openLines('egret/activity-lines', seal, stored(first!, second!)).lines).toHaveLength(1500)
    expect(() => openLines('egret/activity-lines', seal, stored(second!, first!))).toThrow('Chunk 1 of')
    expect(() => openLines('egret/activity-lines', seal, stored(first!, second!.slice(1)))).toThrow(
      'Chunk 2 of',
    )
    expect(() => openLines('egret/activity-lines', seal, new Map())).toThrow(
      'Chunk 1 of egret/activity-lines is missing',
    )
    expect(() => openLines('egret/line-results', seal, stored(first!, second!))).toThrow('is no chunk of')
    const fewer = { ...seal, chunks: seal.chunks.slice(0, 1) }
    expect(() => openLines('egret/activity-lines', fewer, stored(first!, second!))).toThrow(
      'another number of lines',
    )
    const otherRoot = { ...seal, merkleRoot: '0'.repeat(64) }
    expect(() => openLines('egret/activity-lines', otherRoot, stored(first!, second!))).toThrow('Merkle root')
  })
})

describe('a revision', () => {
  test('gives the same bytes for the same data, however they were written', () => {
    const other = {
      ...input,
      lines: [
        { quantity: { unit: 'kWh', amount: '1.184e5' }, category: 'electricity', id: 'a', gas: undefined },
        { ...input.lines[1]!, quantity: { amount: '-2.5', unit: 'MWh' }, description: 'cafe\u0301' },
      ],
    }
    expect(text(buildRevision(facts, other, pins, saltKey).bytes)).toBe(text(revision.bytes))
  })

  test('has exactly this manifest', () => {
    const { seal } = sealLines('egret/activity-lines', saltKey, [
      { id: 'a', category: 'electricity', quantity: { amount: '118400', unit: 'kWh' } },
      { id: 'b', category: 'electricity', quantity: { amount: '-2.5', unit: 'MWh' }, description: 'café' },
    ])
    expect(text(revision.bytes)).toBe(
      [
        '{"boundary":"operational-control"',
        `"calculation":{"factorTables":[{"digest":"${digest('a')}","table":"cn-electricity","version":"1"}]`,
        `"gwpSet":{"digest":"${digest('b')}","id":"ipcc-ar6","version":"1"},"kind":"organization"`,
        '"period":{"end":"2025-01-01","start":"2024-01-01"},"region":"CN-FJ"}',
        '"client":{"country":"CN","name":{"en":"Example Ltd","zh":"示例有限公司"}',
        '"unifiedSocialCreditCode":"91350200MA00000000"},"exclusions":[],"factory":null',
        '"footprint":{"id":"3f0c5a54-7c1e-4b61-9a54-0d6d4a1f9b01","revision":1,"supersedes":null},"intendedUsers":null',
        `"lines":{"chunks":[{"bytes":${seal.chunks[0]!.bytes},"count":2,"digest":"${seal.chunks[0]!.digest}"}],"count":2`,
        `"merkleRoot":"${seal.merkleRoot}"},"managementDeclaration":{"digest":"${digest('d')}"}`,
        '"manufacturer":null,"product":null,"productCategoryRules":null',
        '"responsibleParty":{"address":null,"name":{"en":"Example Ltd","zh":"示例有限公司"}},"schemaVersion":"1"',
        `"scheme":{"digest":"${digest('c')}","id":"egret-development","version":"1"}`,
        '"sites":[{"address":{"en":"1 Sea Road, Xiamen","zh":null},"name":{"en":"Works 1","zh":null}}]',
        '"title":"Xiamen example factory 2024","type":"egret/revision"}',
      ].join(','),
    )
    expect(revision.digest).toBe(sha256(revision.bytes))
    expect(revisionKey(revision.digest)).toBe(`revisions/${revision.digest.slice(7)}.json`)
    expect(chunkKey(revision.chunks[0]!.digest)).toBe(`chunks/${revision.chunks[0]!.digest.slice(7)}`)
  })

  test('opens to the input it froze', () => {
    expect(inputOf(opened().revision)).toEqual(canonicalInput(input))
  })

  test('freezes a product system with its processes', () => {
    const product = {
      ...input,
      kind: 'product' as const,
      boundary: 'cradle-to-gate' as const,
      declaredUnit: { amount: '1.0', unit: 'kg' },
      referenceProcess: 'p',
      processes: [
        {
          id: 'p',
          name: { en: 'P', zh: null },
          stage: 'production' as const,
          output: { amount: '1e3', unit: 'kg' },
        },
      ],
    }
    const sealed = buildRevision({ ...facts, boundary: 'cradle-to-gate' }, product, pins, saltKey)
    const again = inputOf(openRevision(sealed.bytes, sealed.digest, byDigest(sealed)))
    expect(again).toEqual(canonicalInput(product))
    expect(again).toMatchObject({
      declaredUnit: { amount: '1' },
      processes: [{ output: { amount: '1000' } }],
    })
  })

  test('is refused by name when any byte of it or of its chunks is changed', () => {
    const objects = [revision.bytes, revision.chunks[0]!.bytes]
    fc.assert(
      fc.property(fc.nat(1), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, at, change) => {
        const changed = objects.map((bytes) => Uint8Array.from(bytes))
        const target = changed[which]!
        target[at % target.length]! ^= change
        const chunks = new Map([[revision.chunks[0]!.digest, changed[1]!]])
        expect(() => openRevision(changed[0]!, revision.digest, chunks)).toThrow(
          which === 0
            ? 'The revision does not match its digest'
            : 'Chunk 1 of egret/activity-lines does not match',
        )
      }),
    )
  })

  test('of another schema version is refused, not guessed at', () => {
    const other = new TextEncoder().encode(
      text(revision.bytes).replace('"schemaVersion":"1","scheme"', '"schemaVersion":"2","scheme"'),
    )
    expect(() => openRevision(other, sha256(other) as Digest, byDigest(revision))).toThrow('schemaVersion')
  })
})

describe('a calculation record', () => {
  test('names everything the figure stands on, and keeps lines as runs of positions', () => {
    const { result, ...names } = record.manifest
    expect(names).toMatchObject({
      type: 'egret/calculation-record',
      revision: { digest: revision.digest },
      engine: { version: '0.1.0', digest: digest('e') },
      scheme: facts.scheme,
      ...pins,
    })
    // 2 × 118400 + 2 × −2.5 = 236795.
    expect(result).toEqual({
      kind: 'organization',
      total: '236795',
      gasesNotCovered: [{ gas: 'CH4', lines: [[0, 2]] }],
      flags: [{ code: 'own-factor', lines: [[1, 2]] }],
    })
    expect(recordKey(record.digest)).toBe(`records/${record.digest.slice(7)}.json`)
  })

  test('has exactly this manifest', () => {
    const [chunk] = record.chunks
    const { merkleRoot } = record.manifest.lines
    expect(text(record.bytes)).toBe(
      [
        `{"engine":{"digest":"${digest('e')}","version":"0.1.0"}`,
        `"factorTables":[{"digest":"${digest('a')}","table":"cn-electricity","version":"1"}]`,
        `"gwpSet":{"digest":"${digest('b')}","id":"ipcc-ar6","version":"1"}`,
        `"lines":{"chunks":[{"bytes":${chunk!.bytes.length},"count":2,"digest":"${sha256(chunk!.bytes)}"}],"count":2`,
        `"merkleRoot":"${merkleRoot}"},"result":{"flags":[{"code":"own-factor","lines":[[1,2]]}]`,
        '"gasesNotCovered":[{"gas":"CH4","lines":[[0,2]]}],"kind":"organization","total":"236795"}',
        `"revision":{"digest":"${revision.digest}"},"schemaVersion":"1"`,
        `"scheme":{"digest":"${digest('c')}","id":"egret-development","version":"1"},"type":"egret/calculation-record"}`,
      ].join(','),
    )
    expect(record.digest).toBe(sha256(record.bytes))
  })

  test('opens to the very result it was made of', () => {
    expect(resultOf(opened().record)).toEqual(double(canonicalInput(input)))
  })

  test('stays small when a flag concerns a hundred thousand lines', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => ({ id: `line-${index}` }))
    const ids = lines.map(({ id }) => id)
    const result = { kind: 'organization', ...pins, lines, gasesNotCovered: [], flags: [{ lines: ids }] }
    const sealed = buildRecord(recordFacts, result, saltKey)
    expect(sealed.manifest.result.flags).toEqual([{ lines: [[0, 100_000]] }])
    expect(sealed.bytes.length).toBeLessThan(20_000)
  })

  test('is refused by name when any byte of it or of its chunks is changed', () => {
    fc.assert(
      fc.property(fc.nat(1), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, at, change) => {
        const changed = [record.bytes, record.chunks[0]!.bytes].map((bytes) => Uint8Array.from(bytes))
        const target = changed[which]!
        target[at % target.length]! ^= change
        const chunks = new Map([[record.chunks[0]!.digest, changed[1]!]])
        expect(() => openRecord(changed[0]!, record.digest, chunks)).toThrow(
          which === 0
            ? 'The calculation record does not match'
            : 'Chunk 1 of egret/line-results does not match',
        )
      }),
    )
  })
})

describe('recompute', () => {
  test('agrees with the engine that made the record', () => {
    const { record: ofRecord, revision: ofRevision } = opened()
    expect(recompute(ofRecord, ofRevision, context, double)).toEqual({ equal: true })
  })

  test('names what another engine computes differently', () => {
    const { record: ofRecord, revision: ofRevision } = opened()
    const other = recompute(
      ofRecord,
      ofRevision,
      context,
      (given) => ({ ...double(given), total: '236796' }) as never,
    )
    expect(other).toEqual({
      equal: false,
      differences: [{ part: 'result', pointer: '/total', recorded: '236795', recomputed: '236796' }],
    })
    const lines = recompute(ofRecord, ofRevision, context, (given) => {
      const result = double(given)
      return { ...result, lines: [result.lines[0]!, { id: 'b', kgCo2e: '0' }] } as never
    })
    expect(lines).toMatchObject({ differences: [{ part: 'lines', pointer: '/1/kgCo2e', recorded: '-5' }] })
  })

  test('will not compute on another revision, table or GWP set', () => {
    const { record: ofRecord, revision: ofRevision } = opened()
    const never = (): never => {
      throw new Error('must not be called')
    }
    const otherRevision = { ...ofRevision, digest: digest('f') }
    expect(recompute(ofRecord, otherRevision, context, never)).toMatchObject({
      equal: false,
      differences: [{ part: 'revision', pointer: '/digest' }],
    })
    expect(recompute(ofRecord, ofRevision, { ...context, tables: [] }, never)).toMatchObject({
      differences: [{ part: 'context', pointer: '/factorTables/0/digest', recomputed: 'missing' }],
    })
  })
})

describe('one line', () => {
  const lines = Array.from({ length: 1003 }, (_, index) => ({ id: `l-${index}`, amount: String(index) }))
  const sealed = sealLines('egret/activity-lines', saltKey, lines)
  const openedLines = openLines('egret/activity-lines', sealed.seal, byDigest(sealed))

  test('can be shown without the others', () => {
    for (const index of [0, 1, 999, 1000, 1002]) {
      const shown = discloseLine(openedLines, index)
      expect(shown.line).toEqual(lines[index])
      expect(verifyDisclosedLine(JSON.parse(JSON.stringify(shown)), sealed.seal.merkleRoot)).toBe(true)
      expect(JSON.stringify(shown)).not.toContain(`l-${(index + 1) % 1003}"`)
    }
    expect(() => discloseLine(openedLines, 1003)).toThrow(RangeError)
  })

  test('cannot be passed off as another, nor against another root', () => {
    const shown = discloseLine(openedLines, 7)
    const root = sealed.seal.merkleRoot
    const forged = [
      { ...shown, line: { ...(shown.line as object), amount: '8' } },
      { ...shown, salt: discloseLine(openedLines, 8).salt },
      { ...shown, index: 8 },
      { ...shown, proof: shown.proof.slice(1) },
      { ...shown, merkleRoot: '0'.repeat(64) },
      { ...shown, extra: true },
      null,
      [],
    ]
    for (const disclosure of forged) expect(verifyDisclosedLine(disclosure, root)).toBe(false)
    expect(verifyDisclosedLine(shown, '0'.repeat(64))).toBe(false)
  })
})

describe.skipIf(!casesPresent)(`naughty strings${caseNote}`, () => {
  interface Naughty {
    readonly cases?: readonly unknown[]
    readonly strings?: readonly unknown[]
  }
  const published = publishedJson<Naughty>('hostile/naughty-strings.json', {})
  const strings = [...(published.cases ?? []), ...(published.strings ?? [])].filter(
    (one) => typeof one === 'string',
  )

  test('are frozen and opened unchanged, but for their Unicode normal form', () => {
    expect(strings.length).toBeGreaterThan(300)
    const lines = strings.map((description, at) => ({
      id: `l-${at}`,
      category: 'c',
      description,
      quantity: { amount: '1', unit: 'kg' },
    }))
    const sealed = buildRevision(facts, { ...input, lines }, pins, saltKey)
    const { lines: again } = inputOf(openRevision(sealed.bytes, sealed.digest, byDigest(sealed)))
    expect(again.map((line) => line.description)).toEqual(strings.map((one) => one.normalize('NFC')))
  })
})
