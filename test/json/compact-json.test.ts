/** The quick way into the parser accepts what the parser accepts, refuses what it refuses, and in the same words. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCompactJson } from '../../src/json/compact-json.ts'
import { parseJson } from '../../src/json/scan.ts'

type Parse = (text: string, limits: { maxDepth: number }) => unknown

/** The value as it came, with `-0` told from `0`, or the refusal's words. */
function outcome(parse: Parse, text: string, maxDepth: number): unknown {
  try {
    return { value: parse(text, { maxDepth }) }
  } catch (thrown) {
    return { refused: String(thrown) }
  }
}

function expectSame(text: string, maxDepth = 5): void {
  expect(outcome(parseCompactJson, text, maxDepth)).toStrictEqual(outcome(parseJson, text, maxDepth))
}

const strange = [
  '{"a":1,"a":1}',
  '{"a":1,"a":2}',
  '{"__proto__":1}',
  '{"__proto__":{"a":1},"__proto__":1}',
  '{"toJSON":1}',
  '{"2":1,"1":2}',
  '-0',
  '1e999',
  '1.0',
  '0.1',
  '9007199254740993',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\ud800"',
  '"😂"',
  '"\\ud83d\\ude02"',
  '"\\\\ud800"',
  '"\\u0041"',
  '"\\b\\u0001"',
  ' {}',
  '{} ',
  '\ufeff{}',
  '',
  'null',
  '[[[[[]]]]]',
  '[[[[[[]]]]]]',
  '[[[[[1]]]]]',
  '{"a":{"a":{"a":{"a":{"a":{}}}}}}',
  '['.repeat(50_000) + ']'.repeat(50_000),
]

test('strange documents as the parser has them', () => {
  for (const text of strange) expectSame(text)
})

test('any document as the parser has it, written tightly or loosely', () => {
  fc.assert(fc.property(fc.json({ depthSize: 'large' }), fc.nat(8), expectSame))
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expectSame(JSON.stringify(value))
      expectSame(JSON.stringify(value, null, 1))
    }),
  )
})

test('a document with some of it cut, doubled or replaced', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), fc.nat(20), fc.string({ maxLength: 4 }), (value, at, cut, put) => {
      const text = JSON.stringify(value)
      const from = at % (text.length + 1)
      expectSame(text.slice(0, from) + put + text.slice(from + cut))
      expectSame(text.slice(0, from) + text.slice(Math.max(0, from - cut)))
    }),
  )
})
