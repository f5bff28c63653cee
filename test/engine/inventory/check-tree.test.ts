/** A tree of entities that cannot be is refused by the name of what is wrong with it. */

import { describe, expect, test } from 'vitest'
import { checkConsolidation } from '../../../src/engine/index.ts'
import { mostChanges } from '../../../src/engine/inventory/boundary.ts'
import type { Consolidation } from '../../../src/engine/types.ts'
import { refusalOf } from '../fixtures.ts'
import { consolidation, emitting, entity, facility, heldBy, holding, of } from './groups.ts'

function refused(given: Partial<Consolidation>) {
  const refusal = refusalOf(() => checkConsolidation(consolidation(given)))
  // What a definition is refused for, a calculation is refused for too.
  expect(refusalOf(() => of([emitting(1, 'works')], given)).facts).toEqual(refusal.facts)
  return { code: refusal.code, ...refusal.facts }
}

const group = entity('group')
const works = facility('works', 'group')

describe('the reporting organization', () => {
  test('is the one entity that nobody holds', () => {
    expect(() =>
      checkConsolidation(consolidation({ entities: [entity('mill', heldBy('group')), group] })),
    ).not.toThrow()
  })

  test('is not clear where two are held by nobody', () => {
    expect(refused({ entities: [group, entity('mill')], facilities: [works] })).toMatchObject({
      code: 'reporting-entity-unclear',
      pointer: '/consolidation/entities/1/holdings',
      entities: ['group', 'mill'],
    })
  })

  test('is missing where there is no entity', () => {
    expect(refused({ entities: [], facilities: [] })).toMatchObject({
      code: 'reporting-entity-unclear',
      pointer: '/consolidation/entities',
    })
  })
})

describe('holders', () => {
  test('are known entities; the nearest are offered', () => {
    expect(refused({ entities: [group, entity('mill', heldBy('gruop'))] })).toMatchObject({
      code: 'unknown-entity',
      pointer: '/consolidation/entities/1/holdings/0/by',
      entity: 'gruop',
      candidates: ['group'],
    })
    expect(refused({ facilities: [facility('works', 'grup')] })).toMatchObject({
      code: 'unknown-entity',
      pointer: '/consolidation/facilities/0/entity',
    })
  })

  test('do not hold themselves, nor each other in a circle, of which each is named', () => {
    const entities = [
      group,
      entity('under', heldBy('b')),
      entity('a', heldBy('group', { equityShare: '0.5' }), heldBy('c', { equityShare: '0.5' })),
      entity('b', heldBy('a')),
      entity('c', heldBy('b')),
    ]
    const { code, entities: ids, detail } = refused({ entities }) as Record<string, unknown>
    expect(code).toBe('holding-loop')
    expect([...(ids as string[])].sort()).toEqual(['a', 'b', 'c'])
    expect(detail).toContain('b is held by a is held by c is held by b')
    expect(refused({ entities: [group, entity('a', heldBy('a'))] })).toMatchObject({
      code: 'holding-loop',
      entities: ['a'],
      pointer: '/consolidation/entities/1/holdings',
    })
  })

  test('do not in a circle of which the whole tree is one', () => {
    const entities = [entity('a', heldBy('b')), entity('b', heldBy('a'))]
    expect(refused({ entities }).code).toBe('holding-loop')
  })

  test('do not hold each other at different times either', () => {
    const entities = [
      group,
      entity('a', heldBy('group'), heldBy('b', { equityShare: '0', to: '2020-01-01' })),
      entity('b', heldBy('a', { from: '2022-01-01' })),
    ]
    expect(refused({ entities }).code).toBe('holding-loop')
  })
})

describe('shares', () => {
  const mill = (...shares: [string, (string | undefined)?, string?][]) =>
    entity(
      'mill',
      ...shares.map(([equityShare, from, to], at) =>
        heldBy(['group', 'a'][at] ?? 'b', { equityShare, from, to }),
      ),
    )
  const tree = (...shares: [string, (string | undefined)?, string?][]) => ({
    entities: [group, entity('a', heldBy('group')), entity('b', heldBy('group')), mill(...shares)],
  })

  test('of several holders may be the whole together: 0.7 + 0.2 + 0.1', () => {
    expect(() => checkConsolidation(consolidation(tree(['0.7'], ['0.2'], ['0.1'])))).not.toThrow()
  })

  test('are not more than the whole on any day: 60 % and 50 %', () => {
    expect(refused(tree(['0.6'], ['0.5']))).toMatchObject({
      code: 'holdings-over-whole',
      pointer: '/consolidation/entities/3/holdings',
      share: '1.1',
      holdings: [0, 1],
    })
    expect(refused(tree(['0.6'], ['0.4000000001'])).code).toBe('holdings-over-whole')
    const late = tree(['0.6', undefined, '2024-07-01'], ['0.5', '2024-06-30'])
    expect(refused(late).code).toBe('holdings-over-whole')
    const inTurn = tree(['0.6', undefined, '2024-07-01'], ['0.5', '2024-07-01'])
    expect(() => checkConsolidation(consolidation(inTurn))).not.toThrow()
  })

  test.each(['1.01', '-0.1', '60'])('are fractions of the whole, not %s', (equityShare) => {
    expect(refused(tree([equityShare]))).toMatchObject({
      code: 'property-out-of-range',
      pointer: '/consolidation/entities/3/holdings/0/equityShare',
    })
  })

  test('are numbers', () => {
    expect(refused(tree(['half']))).toMatchObject({
      code: 'invalid-number',
      pointer: '/consolidation/entities/3/holdings/0/equityShare',
    })
  })

  test('of one holder are one at a time, in whatever order they stand', () => {
    const early = heldBy('group', { equityShare: '0.3', to: '2024-08-01' })
    const late = heldBy('group', { equityShare: '0.4', from: '2024-07-01' })
    for (const holdings of [
      [early, late],
      [late, early],
    ])
      expect(refused({ entities: [group, entity('mill', ...holdings)] })).toMatchObject({
        code: 'holdings-overlap',
        pointer: '/consolidation/entities/1/holdings/1',
        holdings: [0, 1],
      })
  })

  test('of a facility too', () => {
    const twice = (equityShare: string) => ({
      facilities: [facility('works', 'group', holding({ equityShare }), holding({ equityShare }))],
    })
    expect(refused(twice('0.4'))).toMatchObject({
      code: 'holdings-overlap',
      pointer: '/consolidation/facilities/0/holdings/1',
    })
    expect(refused(twice('0.6'))).toMatchObject({
      code: 'holdings-over-whole',
      pointer: '/consolidation/facilities/0/holdings',
    })
  })
})

describe('dates', () => {
  const dated = (from: string, to: string) => ({
    entities: [group, entity('mill', heldBy('group', { from, to }))],
  })

  test('exist', () => {
    expect(refused(dated('2023-02-29', '2024-01-01'))).toMatchObject({
      code: 'period-invalid',
      pointer: '/consolidation/entities/1/holdings/0/from',
    })
  })

  test.each(['2024-01-01', '2023-12-31'])('end after they start: 2024-01-01 to %s', (to) => {
    expect(refused(dated('2024-01-01', to))).toMatchObject({
      code: 'period-invalid',
      pointer: '/consolidation/entities/1/holdings/0/to',
    })
  })
})

test('ids are given once, and everything wrong is named at once', () => {
  const given = {
    entities: [group, entity('mill', heldBy('nobody')), entity('mill', heldBy('group'))],
    facilities: [works, works],
  }
  expect(refused(given)).toMatchObject({
    code: 'duplicate-id',
    pointer: '/consolidation/entities/2/id',
    others: [
      { code: 'duplicate-id', pointer: '/consolidation/facilities/1/id' },
      { code: 'unknown-entity', pointer: '/consolidation/entities/1/holdings/0/by' },
    ],
  })
})

test('a tree whose days of change multiply is refused before it costs anything', () => {
  const shares = Array.from({ length: 40 }, (_, at) => {
    const day = (ordinal: number) =>
      `2024-${ordinal < 28 ? '03' : '04'}-${String((ordinal % 28) + 1).padStart(2, '0')}`
    return heldBy('group', { equityShare: `0.${at + 10}`, from: day(at), to: day(at + 1) })
  })
  const facilities = Array.from({ length: 2000 }, (_, at) => facility(`f${at}`, 'mill'))
  const refusal = refusalOf(() =>
    of([emitting(1, 'f0')], { entities: [group, entity('mill', ...shares)], facilities }),
  )
  expect([refusal.code, refusal.facts.pointer, refusal.facts.limit]).toEqual([
    'too-many-items',
    '/consolidation',
    mostChanges,
  ])
})
