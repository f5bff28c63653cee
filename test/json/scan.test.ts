/** The one JSON parser: what it reads, what it refuses, and whether it names the place. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf8 } from '../../src/json/encoding.ts'
import { locate, type ParseLimits, parseJson } from '../../src/json/scan.ts'
import { isProblem } from '../../src/problem.ts'
import { caseNote, casesPresent, publishedJson } from './published.ts'

/** Code and place of a refusal, e.g. `malformed-json 1:5`. */
function refusal(text: string, limits?: ParseLimits): string {
  try {
    parseJson(text, limits)
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    return `${thrown.code} ${thrown.facts.line}:${thrown.facts.column}`
  }
  return 'accepted'
}

describe('parseJson', () => {
  test('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'large' }), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('reads a document with spaces, escapes and a surrogate pair', () => {
    const text = '\n { "a\\u002fb" : [ 1.50e1 , -0 , "\\ud83d\\ude02😂\\n" ] ,\t"c":{} } \r\n'
    expect(parseJson(text)).toEqual({ 'a/b': [15, -0, '😂😂\n'], c: {} })
  })

  test('names line and column, counting characters', () => {
    expect(refusal('{"a": 1,\n "b": tru}')).toBe('malformed-json 2:7')
    expect(refusal('["😂😂", x]')).toBe('malformed-json 1:8')
    expect(refusal('')).toBe('malformed-json 1:1')
    expect(refusal('{"a": 1} x')).toBe('malformed-json 1:10')
    expect(refusal('[1,]')).toBe('malformed-json 1:4')
    expect(refusal('\ufeff{}')).toBe('malformed-json 1:1')
  })

  test('says what was expected and what stands there', () => {
    expect(() => parseJson('{"a" 1}')).toThrow('Line 1, column 6: expected ":", found 1.')
    expect(() => parseJson('[1 2]')).toThrow('expected "," or "]", found 2.')
    expect(() => parseJson('"a\nb"')).toThrow(
      'no control character inside a string (escape it), found U+000A.',
    )
  })

  test('refuses a member given twice, also written differently, with its pointer', () => {
    expect(refusal('{"a": {"b": 1,\n  "\\u0062": 2}}')).toBe('duplicate-key 2:3')
    expect(() => parseJson('{"x/y": [0, {"b": 1, "b": 2}]}')).toThrow('the member /x~1y/1/b stands twice')
    expect(refusal('{"__proto__": 1, "__proto__": 2}')).toBe('duplicate-key 1:18')
  })

  test('keeps __proto__ and constructor as plain members', () => {
    const value = parseJson('{"__proto__": {"admin": true}, "constructor": 1}') as Record<string, unknown>
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect(value.admin).toBeUndefined()
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  test('refuses numbers no double holds, and other languages numbers', () => {
    expect(refusal('[1e400]')).toBe('malformed-json 1:2')
    for (const text of ['01', '1.', '.5', '+1', '1e', '0x1', '1_000', '-', 'NaN', 'Infinity', '-Infinity']) {
      expect(refusal(text), text).toMatch(/^malformed-json/)
    }
  })

  test('refuses half of a surrogate pair, however written', () => {
    for (const text of ['"\\ud800"', '"\\udc00\\ud800"', '"a\ud800"', '{"\\udfaa":0}']) {
      expect(refusal(text)).toMatch(/^malformed-json 1:/)
    }
  })

  test('bounds depth and count while it reads', () => {
    expect(refusal('[[[]]]', { maxDepth: 2 })).toBe('nesting-too-deep 1:3')
    expect(refusal('[[[]]]', { maxDepth: 3 })).toBe('accepted')
    expect(refusal('['.repeat(100_000))).toBe('nesting-too-deep 1:65')
    expect(refusal('{"a":[1,2]}', { maxItems: 2 })).toBe('too-many-items 1:9')
    expect(refusal('{"a":[1,2]}', { maxItems: 3 })).toBe('accepted')
    expect(refusal('{"a":[1,2],"b":[1,2]}', { maxListItems: 2 })).toBe('accepted')
    expect(refusal('{"a":[1,2,3]}', { maxListItems: 2 })).toBe('too-many-items 1:11')
  })

  test('names a list that is too long, and reads no further', () => {
    const facts = (text: string) => {
      try {
        return parseJson(text, { maxListItems: 2 })
      } catch (thrown) {
        return isProblem(thrown) && thrown.facts
      }
    }
    expect(facts('{"lines":[1,2,3,')).toMatchObject({
      ...{ pointer: '/lines', maxListItems: 2, line: 1, column: 15 },
      detail: 'Line 1, column 15: /lines has more than 2 lines; merge what need not stand apart.',
    })
    expect(facts('[[1],[1,2,3]')).toMatchObject({ pointer: '/1', detail: expect.stringMatching(/2 items/) })
    expect(facts('[1,2,3')).toMatchObject({ pointer: '' })
  })

  test('counts lists of some names together, however they are nested', () => {
    const together = { names: ['lines', 'parts'], maxItems: 4 }
    expect(refusal('{"parts":[{"lines":[1,2,3]}],"other":[1,2,3,4,5]}', { together })).toBe('accepted')
    expect(refusal('{"parts":[{"lines":[1,2]},{"lines":[3]}]}', { together })).toBe('too-many-items 1:37')
  })

  test('reads 1 MiB of activity lines within a tenth of a second', () => {
    const line =
      '{"id":"l-000001","category":"electricity","quantity":{"amount":"118400.25","unit":"kWh"},"n":12.5},'
    const text = `[${line.repeat(Math.ceil(2 ** 20 / line.length)).slice(0, -1)}]`
    parseJson(text)
    const started = performance.now()
    parseJson(text)
    expect(performance.now() - started).toBeLessThan(100)
  })
})

describe('locate', () => {
  const text = '{\n  "a": [1, {"b/c": "x"}],\n  "d": null\n}'
  test('finds the value a pointer names', () => {
    expect(locate(text, '')).toEqual({ line: 1, column: 1 })
    expect(locate(text, '/a')).toEqual({ line: 2, column: 8 })
    expect(locate(text, '/a/1/b~1c')).toEqual({ line: 2, column: 20 })
    expect(locate(text, '/d')).toEqual({ line: 3, column: 8 })
  })
  test('names the innermost place around what is missing', () => {
    expect(locate(text, '/a/1/missing')).toEqual({ line: 2, column: 12 })
    expect(locate(text, '/a/7')).toEqual({ line: 2, column: 8 })
    expect(locate(text, '/d/e')).toEqual({ line: 3, column: 8 })
  })
  test('is undefined for what is no pointer, or no JSON', () => {
    expect(locate(text, 'a')).toBeUndefined()
    expect(locate('{"a" 1}', '/b')).toBeUndefined()
  })
})

describe('decodeUtf8', () => {
  const bytes = (...parts: (string | number)[]): Uint8Array =>
    Uint8Array.from(
      parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [part])),
    )

  test('returns the text, byte order mark included', () => {
    expect(decodeUtf8(bytes('\ufeff厦门'))).toBe('\ufeff厦门')
  })
  test('names the place of the first byte that is not UTF-8', () => {
    expect(() => decodeUtf8(bytes('ab\n厦门', 0xff, 'x'))).toThrow('Line 2, column 3')
    expect(() => decodeUtf8(bytes('厦', 0xe5, 0x8e))).toThrow('Line 1, column 2')
    expect(() => decodeUtf8(bytes('a\n\n', 0xc0, 0x80))).toThrow('Line 3, column 1')
    // Replacement characters that were really written are characters, however many.
    expect(() => decodeUtf8(bytes('\ufffd'.repeat(100_000), 0xff))).toThrow('Line 1, column 100001')
    expect(() => decodeUtf8(bytes('😀\ufffd', 0xff))).toThrow('Line 1, column 3')
  })
})

interface ParsingCase {
  readonly name: string
  readonly expect: string
  readonly bytes_b64: string
}

const { cases } = publishedJson<{ cases: ParsingCase[] }>('hostile/json-parsing.json', { cases: [] })
const ambiguous = publishedJson<{ cases: ParsingCase[] }>('hostile/json-transform.json', { cases: [] }).cases

/** `accept`, or the code of the refusal; anything else is thrown on. */
function verdict(published: ParsingCase): string {
  try {
    parseJson(decodeUtf8(Buffer.from(published.bytes_b64, 'base64')), { maxDepth: 512 })
    return 'accept'
  } catch (thrown) {
    if (isProblem(thrown)) return thrown.code
    throw thrown
  }
}

describe.skipIf(!casesPresent)(`JSONTestSuite${caseNote}`, () => {
  test.each(cases)('$name: $expect', (published) => {
    const outcome = verdict(published)
    // The suite accepts a repeated name, as RFC 8259 does; what is signed must not have two meanings, so we refuse it.
    const repeated = published.name.startsWith('y_object_duplicated_key')
    if (published.expect === 'accept') expect(outcome).toBe(repeated ? 'duplicate-key' : 'accept')
    if (published.expect === 'reject') expect(outcome).not.toBe('accept')
  })

  test('refuses every document whose meaning differs between parsers by a repeated name or a lone surrogate', () => {
    const refused = ambiguous.filter((published) => verdict(published) !== 'accept').map(({ name }) => name)
    const risky = ambiguous
      .filter(({ name }) => /same_key|invalid_codepoint/.test(name))
      .map(({ name }) => name)
    expect(refused).toEqual(risky)
    expect(risky).toHaveLength(9)
  })
})
