import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonDifferences } from '../../src/json/difference.ts'

describe('where two documents differ', () => {
  test('is told leaf by leaf, absent and null apart', () => {
    const before = { a: 1, b: { c: null, d: 'x' }, list: [1, 2] }
    const after = { a: 2, b: { d: 'x', e: 0 }, list: [1, 2, 3] }
    expect(jsonDifferences(before, after, 10)).toEqual([
      { pointer: '/a', before: 1, after: 2 },
      { pointer: '/b/c', before: null },
      { pointer: '/b/e', after: 0 },
      { pointer: '/list/2', after: 3 },
    ])
  })

  test('matches members of a list by id where all have one', () => {
    const before = [
      { id: 'a', x: 1 },
      { id: 'b', x: 2 },
    ]
    const after = [
      { id: 'b', x: 3 },
      { id: 'a', x: 1 },
    ]
    expect(jsonDifferences(before, after, 10)).toEqual([{ pointer: '/b/x', before: 2, after: 3 }])
    const twice = [
      { id: 'a', x: 1 },
      { id: 'a', x: 2 },
    ]
    expect(jsonDifferences(twice, [...twice].reverse(), 10).map(({ pointer }) => pointer)).toEqual([
      '/0/x',
      '/1/x',
    ])
  })

  test('stops at the most that were asked for', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`m${at}`, at]))
    expect(jsonDifferences(many, {}, 7)).toHaveLength(7)
  })

  test('is nothing between a document and itself, and as much one way as the other', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(jsonDifferences(one, structuredClone(one), 1000)).toEqual([])
        const [there, back] = [jsonDifferences(one, other, 1000), jsonDifferences(other, one, 1000)]
        expect(there.map(({ pointer }) => pointer).sort()).toEqual(back.map(({ pointer }) => pointer).sort())
      }),
    )
  })
})
