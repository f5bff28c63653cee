/** Canonical JSON, digests and encodings: one value, one text, one name. */

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalBytes, canonicalize } from '../../src/json/canonical.ts'
import { digestHex, digestOf, digestOfBytes, hmacSha256, isDigest, sha256 } from '../../src/json/digest.ts'
import {
  decodeBase64url,
  decodeHex,
  encodeBase64url,
  encodeHex,
  encodeUtf8,
} from '../../src/json/encoding.ts'
import { pointerOf, pointerPath } from '../../src/json/pointer.ts'
import { parseJson } from '../../src/json/scan.ts'
import { caseNote, casesPresent, publishedJson, publishedText } from './published.ts'

describe('canonicalize', () => {
  test('orders names by UTF-16 code units and writes no space', () => {
    // RFC 8785 §3.2.3: U+1F602 begins with the unit D83D, so it stands before U+FB33.
    expect(canonicalize({ '\ufb33': 1, '\ud83d\ude02': 2, b: [true, null], a: 'é' })).toBe(
      '{"a":"é","b":[true,null],"\ud83d\ude02":2,"\ufb33":1}',
    )
  })

  test('has one text for every value, whatever the order of its members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalize(turned)).toBe(canonicalize(value))
        expect(canonicalize(parseJson(canonicalize(value)))).toBe(canonicalize(value))
      }),
    )
  })

  test.each([
    ['NaN', [Number.NaN]],
    ['infinity', { a: Infinity }],
    ['an undefined member', { a: undefined }],
    ['a hole in an array', Array(2)],
    ['a function', { a: () => 1 }],
    ['a bigint', 1n],
    ['a Map', new Map([[1, 2]])],
    ['a Date', new Date(0)],
    ['an object that rewrites itself', { toJSON: () => 1 }],
    ['half a surrogate pair', ['\ud800']],
    ['half a surrogate pair in a name', { '\udc00': 1 }],
  ])('refuses %s instead of writing something else', (_name, value) => {
    expect(() => canonicalize(value)).toThrow(TypeError)
  })

  test('refuses a cycle', () => {
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    expect(() => canonicalize(cycle)).toThrow('in a cycle')
  })
})

describe('digests', () => {
  test('are SHA-256 over the canonical bytes', () => {
    // NIST: SHA-256("abc"); and the digest of {"a":1} as `printf '{"a":1}' | sha256sum` has it.
    expect(encodeHex(sha256(encodeUtf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
    expect(digestOf({ a: 1 })).toBe('sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862')
    expect(digestHex(digestOfBytes(encodeUtf8('abc')))).toMatch(/^ba7816bf/)
  })

  test('HMAC-SHA-256 is that of RFC 4231, case 2', () => {
    expect(encodeHex(hmacSha256(encodeUtf8('Jefe'), encodeUtf8('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })

  test('are known by their form', () => {
    expect(isDigest(digestOf(null))).toBe(true)
    for (const text of ['sha256:AB', digestOf(null).toUpperCase(), `${digestOf(null)}0`, null]) {
      expect(isDigest(text)).toBe(false)
    }
  })
})

describe('encodings', () => {
  test('go there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64url(encodeBase64url(bytes))).toEqual(bytes)
        expect(decodeHex(encodeHex(bytes))).toEqual(bytes)
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      }),
    )
  })

  test('refuse a second way to write the same bytes', () => {
    // "Zg" is the byte 0x66; "Zh" differs in spare bits only (RFC 4648 §3.5).
    expect(decodeBase64url('Zg')).toEqual(Uint8Array.of(0x66))
    for (const text of ['Zh', 'Zg==', 'Z', 'Zg ', 'Zg\n', 'Z+', 'Z/', 'é']) {
      expect(decodeBase64url(text), text).toBeUndefined()
    }
    for (const text of ['A0', 'a', '0g', ' 00']) expect(decodeHex(text)).toBeUndefined()
  })

  test('pointers escape what RFC 6901 escapes', () => {
    expect(pointerOf(['a/b', 'm~n', 0, ''])).toBe('/a~1b/m~0n/0/')
    expect(pointerPath('/a~1b/m~0n/0/')).toEqual(['a/b', 'm~n', '0', ''])
    expect(pointerPath('a')).toBeUndefined()
    expect(pointerPath('/~2')).toBeUndefined()
  })
})

interface CanonicalCase {
  readonly input_utf8: string
  readonly expected_utf8: string
  readonly expected_hex: string
}
const absent: CanonicalCase = { input_utf8: '0', expected_utf8: '0', expected_hex: '30' }

describe.skipIf(!casesPresent)(`RFC 8785 vectors${caseNote}`, () => {
  test.each(['arrays', 'french', 'structures', 'values', 'weird'])('%s', (name) => {
    const vector = publishedJson(`crypto/jcs/${name}.json`, absent)
    const value = parseJson(vector.input_utf8)
    expect(canonicalize(value)).toBe(vector.expected_utf8)
    expect(encodeHex(canonicalBytes(value))).toBe(vector.expected_hex)
  })

  test('writes the first thousand published doubles, and reads them back', () => {
    const file = publishedText('crypto/jcs/es6-numbers-1000.csv')
    expect(createHash('sha256').update(file).digest('hex')).toBe(
      'be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687',
    )
    for (const row of file.trimEnd().split('\n')) {
      const [bits = '', expected = ''] = row.split(',')
      const double = new DataView(new ArrayBuffer(8))
      double.setBigUint64(0, BigInt(`0x${bits}`))
      expect(canonicalize(double.getFloat64(0))).toBe(expected)
      expect(canonicalize(parseJson(expected))).toBe(expected)
    }
  })
})
