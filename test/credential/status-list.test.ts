/** Status lists: the specification's vectors, another implementation's reading of ours, and what is no list. */

import { decodeList } from '@digitalbazaar/vc-bitstring-status-list'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bitAt,
  decodeStatusList,
  encodeStatusList,
  readStatusList,
  statusBits,
  statusListDocument,
  statusListLength,
} from '../../src/credential/status-list.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'

const facts = {
  url: 'https://egret.example/status/1',
  issuer: 'did:web:egret.example:bodies:green',
  purpose: 'revocation',
  validFrom: '2026-11-26T00:00:00Z',
  validUntil: '2026-11-26T00:15:00Z',
} as const

describe('a list', () => {
  test('reads back as it was written, and as another implementation reads it', async () => {
    const set = [0, 7, 8, 50_000, statusListLength - 1]
    const encoded = encodeStatusList(statusBits(statusListLength, set))
    const bits = decodeStatusList(encoded)
    const other = await decodeList({ encodedList: encoded })
    for (const index of [...set, 1, 6, 9, 49_999]) {
      expect(bitAt(bits ?? new Uint8Array(), index)).toBe(set.includes(index))
      expect(other.getStatus(index)).toBe(set.includes(index))
    }
    expect(other.length).toBe(statusListLength)
    expect(bitAt(bits ?? new Uint8Array(), statusListLength)).toBeUndefined()
  })

  test('is the same text for the same bits, and another one for any others', () => {
    const place = fc.integer({ min: 0, max: statusListLength - 1 })
    fc.assert(
      fc.property(fc.uniqueArray(place, { maxLength: 20 }), (set) => {
        const bits = statusBits(statusListLength, set)
        expect(encodeStatusList(bits)).toBe(encodeStatusList(statusBits(statusListLength, set.toReversed())))
        expect(decodeStatusList(encodeStatusList(bits))).toEqual(bits)
      }),
      { numRuns: 20 },
    )
  })

  test('is read from its document, whole or not at all', () => {
    const document = statusListDocument(facts, statusBits(statusListLength, [3]))
    expect(bitAt(readStatusList(document)?.bits ?? new Uint8Array(), 3)).toBe(true)
    const short = statusListDocument(facts, new Uint8Array(statusListLength / 8 - 1))
    const subject = document.credentialSubject as Record<string, unknown>
    const cut = String(subject.encodedList).slice(0, -20)
    const faulty = [
      short,
      { ...document, type: ['VerifiableCredential'] },
      { ...document, credentialSubject: { ...subject, statusPurpose: 'message' } },
      { ...document, credentialSubject: { ...subject, encodedList: cut } },
      { ...document, credentialSubject: { ...subject, encodedList: `z${cut}` } },
      null,
    ]
    expect(faulty.map(readStatusList)).toEqual(faulty.map(() => undefined))
  })

  test('refuses to set a place that it has not', () => {
    for (const index of [-1, 1.5, statusListLength]) {
      expect(() => statusBits(statusListLength, [index])).toThrow(RangeError)
    }
  })
})

describe('published lists', () => {
  const runs = test.skipIf(!casesPresent)

  runs(`one place set of 100,000${caseNote}`, () => {
    const absent = { encodedList: '', expect: {} as Record<string, boolean> }
    const one = publishedJson('crypto/status-list/db-list-one-set.json', absent)
    const bits = decodeStatusList(one.encodedList) ?? new Uint8Array()
    for (const [index, value] of Object.entries(one.expect)) expect(bitAt(bits, Number(index))).toBe(value)
  })

  runs(`the specification's empty list${caseNote}`, () => {
    const empty = publishedJson('crypto/status-list/w3c-empty-list.json', { encodedList: '', bytes: 0 })
    expect(decodeStatusList(empty.encodedList)).toEqual(new Uint8Array(empty.bytes))
  })

  runs(`a small text that stands for very much is left unread${caseNote}`, () => {
    const bombs = publishedJson('hostile/decompression-bomb.json', { cases: [] as { encodedList: string }[] })
    for (const { encodedList } of bombs.cases) expect(decodeStatusList(encodedList)).toBeUndefined()
  })
})
