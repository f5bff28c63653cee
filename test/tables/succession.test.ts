/** Editions follow each other in one line: what forbids a version to join, and in which order many are published. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inPublishingOrder, type Succession, successionFaults } from '../../src/tables/succession.ts'

const version = (name: string, supersedes: string | null = null, supersededBy: string | null = null) => ({
  table: 't',
  version: name,
  supersedes,
  supersededBy,
})
const columns = (joining: Succession, published: readonly Succession[]) =>
  successionFaults(joining, published).map(({ column }) => column)

describe('a version may join', () => {
  test.each([
    ['as the first', version('2025'), []],
    ['beside another that it does not replace', version('2015-b'), [version('2015')]],
    ['after the newest', version('2026', '2025'), [version('2025')]],
    ['after a withdrawn one', version('2025.1', '2025'), [version('2025')]],
    ['before the oldest, when it is published late', version('2024', null, '2025'), [version('2025')]],
    [
      'between two, when neither knows another neighbour',
      version('2024', '2023', '2025'),
      [version('2023'), version('2025')],
    ],
    ['again, when it stands already', version('2026', '2025'), [version('2025', null, '2026')]],
  ] as const)('%s', (_, joining, published) => {
    expect(successionFaults(joining, published)).toEqual([])
  })
})

describe('a version may not', () => {
  test.each([
    ['supersede what is not published', version('2026', '2025'), [], '/supersedes'],
    ['supersede itself', version('2026', '2026'), [version('2026')], '/supersedes'],
    [
      'branch off',
      version('2026-b', '2025'),
      [version('2025', null, '2026'), version('2026', '2025')],
      '/supersedes',
    ],
    ['name a successor that is not published', version('2024', null, '2025'), [], '/supersededBy'],
    ['be its own successor', version('2024', null, '2024'), [version('2024')], '/supersededBy'],
    [
      'be a second predecessor',
      version('2023', null, '2025'),
      [version('2024', null, '2025'), version('2025')],
      '/supersededBy',
    ],
    [
      'take the place of the predecessor that its successor names',
      version('2024-b', null, '2025'),
      [version('2024', null, '2025'), version('2025', '2024')],
      '/supersededBy',
    ],
    [
      'close a ring',
      version('x', '2025', '2023'),
      [version('2023', null, '2024'), version('2024', null, '2025'), version('2025')],
      '/supersededBy',
    ],
  ] as const)('%s', (_, joining, published, column) => {
    expect(columns(joining, published)).toEqual([column])
  })
})

describe('publishing many from nothing', () => {
  const chain = [
    version('2024', null, '2025'),
    version('2025'),
    version('2026', '2025'),
    version('2027', '2026'),
  ]

  test('takes each after those it names, in whatever order they are found', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(chain, { minLength: chain.length }), (found) => {
        const published: Succession[] = []
        for (const one of inPublishingOrder(found)) {
          expect(successionFaults(one, published)).toEqual([])
          published.push(one)
        }
        expect(published).toHaveLength(chain.length)
      }),
    )
  })

  test('ends where two name each other', () => {
    const order = inPublishingOrder([version('a', 'b', 'b'), version('b', 'a', 'a')])
    expect(order.map((one) => one.version).sort()).toEqual(['a', 'b'])
  })
})
