/** Whose activities count, and how far: shares down the chain, over time, under each approach. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysOf } from '../../../src/engine/index.ts'
import { boundaryOf } from '../../../src/engine/inventory/boundary.ts'
import { consolidate } from '../../../src/engine/inventory/consolidate.ts'
import { Refusals } from '../../../src/engine/refusals.ts'
import type { ActivityLine, Consolidation, ConsolidationApproach } from '../../../src/engine/types.ts'
import type { WeighedLine } from '../../../src/engine/weigh-line.ts'
import { calculated, refusalOf } from '../fixtures.ts'
import { consolidation, days, emitting, entity, facility, grid, heldBy, holding, of, year } from './groups.ts'

const sharesOf = (given: Partial<Consolidation>) =>
  of([emitting(1, 'own')], {
    ...given,
    facilities: [facility('own', 'group'), ...(given.facilities ?? [])],
  }).inventory?.consolidation?.shares.filter(({ facility }) => facility !== 'own')

describe('a chain of holdings', () => {
  test('multiplies equity: 60 % of 50 % is 30 %', () => {
    const entities = [
      entity('group'),
      entity('half', heldBy('group', { equityShare: '0.5' })),
      entity('mill', heldBy('half', { equityShare: '0.6' })),
    ]
    const result = of([emitting(1000, 'works')], { entities, facilities: [facility('works', 'mill')] })
    // 1000 kg × 0.5 × 0.6.
    expect(result.total).toBe(300)
    expect(result.lines[0]).toMatchObject({ scaling: 0.3, entity: 'mill', facility: 'works', kgCo2e: 300 })
    expect(result.byEntity).toEqual([{ key: 'mill', kgCo2e: 300 }])
    expect(result.inventory?.consolidation).toEqual({
      approach: 'equity-share',
      changeOption: 'from-date',
      shares: [{ facility: 'works', entity: 'mill', from: '2024-01-01', to: '2025-01-01', share: 0.3 }],
    })
  })

  test('adds two ways to one entity: all of 60 % and half of 40 %', () => {
    const entities = [
      entity('group'),
      entity('whole', heldBy('group')),
      entity('half', heldBy('group', { equityShare: '0.5' })),
      entity('mill', heldBy('whole', { equityShare: '0.6' }), heldBy('half', { equityShare: '0.4' })),
    ]
    // 1 × 0.6 + 0.5 × 0.4.
    expect(sharesOf({ entities, facilities: [facility('works', 'mill')] })).toMatchObject([{ share: 0.8 }])
  })

  test('controls where every link of one way does', () => {
    const through = (upper: boolean, lower: boolean, beside: boolean) =>
      sharesOf({
        approach: 'operational-control',
        entities: [
          entity('group'),
          entity('a', heldBy('group', { operationalControl: upper })),
          entity('b', heldBy('group', { equityShare: '0.1', operationalControl: beside })),
          entity(
            'mill',
            heldBy('a', { equityShare: '0.3', operationalControl: lower }),
            heldBy('b', { equityShare: '0.3' }),
          ),
        ],
        facilities: [facility('works', 'mill')],
      })?.map(({ share }) => share)
    expect(through(true, true, false)).toEqual([1])
    expect(through(true, false, false)).toEqual([0])
    expect(through(false, true, false)).toEqual([0])
    expect(through(false, false, true)).toEqual([1])
    expect(through(true, true, true)).toEqual([1])
  })

  test('counts the equity share where financial control is joint, and what two such shares are together', () => {
    const joint = (equityShare: string) => ({ equityShare, financialControl: 'joint' as const })
    const entities = [
      entity('group'),
      entity('a', heldBy('group')),
      entity('one', heldBy('group', joint('0.4'))),
      entity('both', heldBy('group', joint('0.4')), heldBy('a', joint('0.35'))),
    ]
    const facilities = [facility('b', 'both'), facility('o', 'one')]
    const shares = sharesOf({ approach: 'financial-control', entities, facilities })
    expect(shares?.map(({ share }) => share)).toEqual([0.75, 0.4])
  })
})

describe('one ledger', () => {
  const lines = [emitting(500, 'works'), emitting(1000, 'venture'), emitting(60, 'office')]
  const group = {
    entities: [
      entity('group'),
      // Run by the group, which has 40 % of it and no say over its finances.
      entity('jv', heldBy('group', { equityShare: '0.4', financialControl: 'none' })),
    ],
    facilities: [
      facility('works', 'group'),
      facility('venture', 'jv'),
      // Leased: somebody else's building, run by the group.
      facility('office', 'group', holding({ equityShare: '0', financialControl: 'none' })),
    ],
  }
  const by = (approach: ConsolidationApproach) => of(lines, { ...group, approach })

  test('is three totals by three approaches', () => {
    // 500 + 1000 × 0.4 + 60 × 0.
    expect(by('equity-share').total).toBe(900)
    // 500 + 1000 + 60.
    expect(by('operational-control').total).toBe(1560)
    // 500 alone.
    expect(by('financial-control').total).toBe(500)
  })

  test('keeps what does not count as a line of nothing, and says so', () => {
    const { lines: results, flags } = by('financial-control')
    expect(results.map(({ scaling, kgCo2e }) => [scaling, kgCo2e])).toEqual([
      [1, 500],
      [0, 0],
      [0, 0],
    ])
    expect(flags.find(({ code }) => code === 'outside-boundary')?.lines).toEqual(['venture ', 'office '])
    expect(by('equity-share').flags.find(({ code }) => code === 'outside-boundary')?.lines).toEqual([
      'office ',
    ])
    expect(by('operational-control').flags.map(({ code }) => code)).not.toContain('outside-boundary')
  })

  test('without a boundary counts everything, at places of any name', () => {
    const result = calculated([...lines, emitting(1, 'anywhere')], [grid], { period: year })
    expect(result.total).toBe(1561)
    expect(result.inventory?.consolidation).toBeNull()
    expect(result.byEntity).toEqual([])
  })
})

describe('a plant bought on 29 February 2024', () => {
  const group = {
    entities: [entity('group'), entity('new', heldBy('group', { equityShare: '0.6', from: '2024-02-29' }))],
    facilities: [facility('plant', 'new')],
  }
  const before = emitting(100, 'plant', days('2024-01-01', '2024-02-29'))
  const after = emitting(1000, 'plant', days('2024-02-29', '2025-01-01'))

  test('counts from that day', () => {
    const result = of([after], group)
    // 1000 × 0.6.
    expect(result.total).toBe(600)
    expect(result.inventory?.consolidation?.shares).toEqual([
      { facility: 'plant', entity: 'new', from: '2024-02-29', to: '2025-01-01', share: 0.6 },
    ])
  })

  test('counts for nothing earlier: what happened before is refused, naming the day', () => {
    const refusal = refusalOf(() => of([after, before], group))
    expect([refusal.code, refusal.facts.pointer, refusal.facts.lineId]).toEqual([
      'not-held',
      '/lines/1/period',
      before.id,
    ])
    expect(refusal.facts).toMatchObject({ facility: 'plant', heldFrom: '2024-02-29' })
  })

  test('and so is an activity that says no time, since it would be of the whole year', () => {
    const refusal = refusalOf(() => of([emitting(1, 'plant')], group))
    expect([refusal.code, refusal.facts.heldFrom]).toEqual(['not-held', '2024-02-29'])
  })

  test('counts the whole year where that option is followed', () => {
    const wholeYear = { ...group, changeOption: 'whole-year' as const }
    // (100 + 1000) × 0.6, in one line or two.
    expect(of([before, after], wholeYear).total).toBe(660)
    const result = of([emitting(1100, 'plant')], wholeYear)
    expect(result.total).toBe(660)
    expect(result.inventory?.consolidation).toMatchObject({
      changeOption: 'whole-year',
      shares: [{ from: '2024-01-01', to: '2025-01-01', share: 0.6 }],
    })
  })
})

describe('a plant sold on 1 October 2024', () => {
  const group = {
    entities: [entity('group'), entity('old', heldBy('group', { to: '2024-10-01' }))],
    facilities: [facility('plant', 'old')],
  }

  test('counts until that day', () => {
    expect(of([emitting(90, 'plant', days('2024-01-01', '2024-10-01'))], group).total).toBe(90)
  })

  test.each(['from-date', 'whole-year'] as const)('counts for nothing later, with %s', (changeOption) => {
    for (const period of [days('2024-09-01', '2024-10-02'), days('2024-11-01', '2024-12-01'), {}]) {
      const refusal = refusalOf(() => of([emitting(1, 'plant', period)], { ...group, changeOption }))
      expect([refusal.code, refusal.facts.heldUntil, refusal.facts.pointer]).toEqual([
        'not-held',
        '2024-10-01',
        '/lines/0/period',
      ])
    }
  })

  test('and sold by the way, with the entity that holds its own', () => {
    const entities = [...group.entities, entity('under', heldBy('old'))]
    const facilities = [facility('plant', 'under')]
    expect(sharesOf({ entities, facilities })).toMatchObject([{ to: '2024-10-01', share: 1 }])
  })

  test('and bought back in December counts again, not in between', () => {
    const entities = [
      entity('group'),
      entity('old', heldBy('group', { to: '2024-10-01' }), heldBy('group', { from: '2024-12-01' })),
    ]
    const facilities = [facility('plant', 'old')]
    expect(of([emitting(5, 'plant', days('2024-12-01', '2025-01-01'))], { entities, facilities }).total).toBe(
      5,
    )
    const between = () =>
      of([emitting(5, 'plant', days('2024-10-01', '2024-11-01'))], {
        ...{ entities, facilities, changeOption: 'whole-year' },
      })
    expect(refusalOf(between).facts.heldUntil).toBe('2024-10-01')
  })
})

test('what is held on no day of the period is named so', () => {
  const entities = [entity('group'), entity('next', heldBy('group', { from: '2025-01-01' }))]
  for (const changeOption of ['from-date', 'whole-year'] as const) {
    const refusal = refusalOf(() =>
      of([emitting(1, 'plant')], { entities, changeOption, facilities: [facility('plant', 'next')] }),
    )
    expect(refusal.code).toBe('not-held')
    expect(refusal.facts.detail).toContain('on no day of the reporting period')
  }
})

describe('a share that changes on 1 July', () => {
  const group = {
    entities: [
      entity('group'),
      entity(
        'mill',
        heldBy('group', { equityShare: '0.3', to: '2024-07-01' }),
        heldBy('group', { equityShare: '0.6', from: '2024-07-01' }),
      ),
    ],
    facilities: [facility('works', 'mill')],
  }

  test('weighs each part at its own: 182 and 184 days', () => {
    const halves = [
      emitting(91_000, 'works', days('2024-01-01', '2024-07-01')),
      emitting(92_000, 'works', days('2024-07-01', '2025-01-01')),
    ]
    // 91 000 × 0.3 + 92 000 × 0.6.
    expect(of(halves, group).total).toBe(82_500)
    expect(
      of(halves, group).inventory?.consolidation?.shares.map(({ from, share }) => [from, share]),
    ).toEqual([
      ['2024-01-01', 0.3],
      ['2024-07-01', 0.6],
    ])
  })

  test('refuses an activity over it, naming the day, with either option', () => {
    for (const changeOption of ['from-date', 'whole-year'] as const) {
      for (const period of [{}, days('2024-06-30', '2024-07-02')]) {
        const refusal = refusalOf(() => of([emitting(1, 'works', period)], { ...group, changeOption }))
        expect([refusal.code, refusal.facts.pointer]).toEqual(['share-changes', '/lines/0/period'])
        expect(refusal.facts).toMatchObject({ splitAt: '2024-07-01', shares: ['0.3', '0.6'] })
      }
    }
  })

  test('is none where control stays: the year is one line', () => {
    expect(of([emitting(10, 'works')], { ...group, approach: 'operational-control' }).total).toBe(10)
  })
})

describe('a place held for itself', () => {
  test('takes its part of what its entity counts for, while it is held', () => {
    const entities = [entity('group'), entity('mill', heldBy('group', { equityShare: '0.5' }))]
    const facilities = [facility('shed', 'mill', holding({ equityShare: '0.4', to: '2024-03-01' }))]
    // 0.5 × 0.4.
    expect(sharesOf({ entities, facilities })).toEqual([
      { facility: 'shed', entity: 'mill', from: '2024-01-01', to: '2024-03-01', share: 0.2 },
    ])
  })

  test('is not run by who does not run its entity, nor by who lets another run it', () => {
    const by = (entityRun: boolean, placeRun: boolean) =>
      sharesOf({
        approach: 'operational-control',
        entities: [entity('group'), entity('mill', heldBy('group', { operationalControl: entityRun }))],
        facilities: [facility('shed', 'mill', holding({ operationalControl: placeRun }))],
      })?.[0]?.share
    expect([by(true, true), by(true, false), by(false, true)]).toEqual([1, 0, 0])
  })
})

describe('months', () => {
  const monthly = (first: number) =>
    Array.from({ length: 13 - first }, (_, at) => first + at).map((month) =>
      emitting(10, 'plant', days(first2024(month), first2024(month + 1))),
    )
  const first2024 = (month: number) =>
    month > 12 ? '2025-01-01' : `2024-${String(month).padStart(2, '0')}-01`
  const bought = (changeOption: 'from-date' | 'whole-year') => ({
    changeOption,
    entities: [entity('group'), entity('new', heldBy('group', { from: '2024-07-01' }))],
    facilities: [facility('plant', 'new')],
  })

  test('are asked for from the purchase on', () => {
    expect(of(monthly(7), bought('from-date')).total).toBe(60)
    expect(refusalOf(() => of(monthly(8), bought('from-date'))).facts).toMatchObject({ months: ['2024-07'] })
  })

  test('are asked for from the year’s start where the whole of it counts', () => {
    const refusal = refusalOf(() => of(monthly(7), bought('whole-year')))
    expect([refusal.code, (refusal.facts.months as string[]).length]).toEqual(['month-missing', 6])
    expect(of(monthly(1), bought('whole-year')).total).toBe(120)
  })
})

describe('a line', () => {
  const group = { facilities: [facility('haicang', 'group'), facility('xiang-an', 'group')] }

  test('names its facility', () => {
    const { facility: _, ...nowhere } = emitting(1, 'haicang')
    const refusal = refusalOf(() => of([nowhere], group))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['property-missing', '/lines/0/facility'])
  })

  test('names one that is known; the nearest are offered', () => {
    const refusal = refusalOf(() => of([emitting(1, 'haicang'), emitting(1, 'haichang')], group))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['unknown-facility', '/lines/1/facility'])
    expect(refusal.facts).toMatchObject({ facility: 'haichang', candidates: ['haicang'] })
  })

  test('whose meters tell its time is refused at the meters', () => {
    const entities = [entity('group'), entity('mill', heldBy('group', { from: '2024-07-01' }))]
    const boundary = boundaryOf(
      consolidation({ entities, facilities: [facility('works', 'mill')] }),
      daysOf(year),
    )
    const { quantity: _, ...line } = emitting(1, 'works', { meter: { unit: 'kWh', meters: [] } })
    const weighed = { index: 0, line, amount: { period: year } } as unknown as WeighedLine
    const refusals = new Refusals()
    consolidate(boundary, [weighed], daysOf(year), refusals)
    expect(refusalOf(() => refusals.throwIfAny()).facts.pointer).toBe('/lines/0/meter')
  })

  test('is refused beside the others, all at once', () => {
    const refusal = refusalOf(() => of([emitting(1, 'a'), emitting(1, 'haicang'), emitting(1, 'b')], group))
    expect(refusal.facts.others).toMatchObject([{ code: 'unknown-facility', pointer: '/lines/2/facility' }])
  })
})

describe('an investment', () => {
  const group = {
    entities: [
      entity('group'),
      entity(
        'jv',
        heldBy('group', { equityShare: '0.4', financialControl: 'none', operationalControl: false }),
      ),
    ],
    facilities: [facility('office', 'group'), facility('venture', 'jv')],
  }
  const investing = (investee: string | undefined, given: Partial<ActivityLine> = {}) =>
    emitting(100, 'office', {
      ...{ id: 'investment', category: 'investments', attribution: '1', investee },
      ...given,
    })

  test.each(['jv', 'jv Ltd', 'jv公司'])('in an entity that counts by equity is refused: %s', (investee) => {
    const refusal = refusalOf(() => of([investing(investee)], group))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['entity-counted-twice', '/lines/0/investee'])
    expect(refusal.facts).toMatchObject({ entity: 'jv', approach: 'equity-share' })
  })

  test('in one that is not controlled counts under control', () => {
    for (const approach of ['operational-control', 'financial-control'] as const)
      expect(of([investing('jv')], { ...group, approach }).total).toBe(100)
  })

  test('in a controlled entity, or in the organization itself, is refused just the same', () => {
    const entities = [entity('group'), entity('jv', heldBy('group'))]
    for (const investee of ['jv', 'group']) {
      const act = () => of([investing(investee)], { ...group, entities, approach: 'operational-control' })
      expect(refusalOf(act).code).toBe('entity-counted-twice')
    }
  })

  test('in an entity outside the tree counts, and must be named', () => {
    expect(of([investing('somebody else')], group).total).toBe(100)
    const refusal = refusalOf(() => of([investing(undefined)], group))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['property-missing', '/lines/0/investee'])
  })

  test('after the entity was sold counts as one', () => {
    const given = {
      ...group,
      entities: [entity('group'), entity('jv', heldBy('group', { to: '2024-07-01' }))],
    }
    expect(of([investing('jv', days('2024-07-01', '2025-01-01'))], given).total).toBe(100)
    expect(refusalOf(() => of([investing('jv', days('2024-06-30', '2024-07-31'))], given)).code).toBe(
      'entity-counted-twice',
    )
  })

  test('before the entity was bought counts as one, unless the whole year of it counts', () => {
    const given = {
      ...group,
      entities: [entity('group'), entity('jv', heldBy('group', { from: '2024-07-01' }))],
    }
    const earlier = investing('jv', days('2024-01-01', '2024-07-01'))
    expect(of([earlier], given).total).toBe(100)
    expect(refusalOf(() => of([earlier], { ...given, changeOption: 'whole-year' })).code).toBe(
      'entity-counted-twice',
    )
    expect(refusalOf(() => of([investing('jv')], given)).code).toBe('entity-counted-twice')
  })
})

describe('laws', () => {
  const amounts = fc.array(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 8 })
  const ledger = (kgs: readonly number[]) =>
    kgs.map((kg, at) => emitting(kg, at % 2 === 0 ? 'a' : 'b', { id: `line ${at}` }))
  const facilities = [facility('a', 'mill'), facility('b', 'mill')]

  test('half of the equity is half of the total, exactly', () => {
    const total = (kgs: readonly number[], equityShare: string) =>
      of(ledger(kgs), {
        facilities,
        entities: [entity('group'), entity('mill', heldBy('group', { equityShare }))],
      }).total
    fc.assert(fc.property(amounts, (kgs) => total(kgs, '0.5') === total(kgs, '1') / 2))
  })

  test('neither the order of entities nor of facilities, holdings or lines moves anything', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 333 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(
        amounts,
        shares,
        fc.constantFrom('equity-share', 'financial-control'),
        (kgs, parts, way) => {
          const given = {
            approach: way as ConsolidationApproach,
            facilities,
            entities: [
              entity('group'),
              ...['x', 'y', 'z'].map((id) => entity(id, heldBy('group', { equityShare: '0.7' }))),
              entity(
                'mill',
                ...['x', 'y', 'z'].map((by, at) =>
                  heldBy(by, {
                    equityShare: String((parts[at] as number) / 1000),
                    financialControl: 'joint',
                  }),
                ),
              ),
            ],
          }
          const forwards = of(ledger(kgs), given)
          const backwards = of(ledger(kgs).reverse(), {
            ...given,
            facilities: [...facilities].reverse(),
            entities: given.entities
              .map((one) => (one.holdings ? { ...one, holdings: [...one.holdings].reverse() } : one))
              .reverse(),
          })
          expect(backwards.total).toBe(forwards.total)
          expect(backwards.inventory?.consolidation).toEqual(forwards.inventory?.consolidation)
          expect(backwards.byFacility).toEqual(forwards.byFacility)
        },
      ),
    )
  })

  test('a chain of ones changes nothing', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('equity-share', 'financial-control', 'operational-control'),
        (kgs, length, approach) => {
          const links = Array.from({ length }, (_, at) =>
            entity(at === length - 1 ? 'mill' : `e${at}`, heldBy(at === 0 ? 'group' : `e${at - 1}`)),
          )
          const result = of(ledger(kgs), {
            ...{ approach: approach as ConsolidationApproach, facilities },
            entities: [entity('group'), ...links],
          })
          expect(result.total).toBe(calculated(ledger(kgs), [grid], { period: year }).total)
        },
      ),
    )
  })
})

describe('every parameter of a consolidation', () => {
  const base: Consolidation = consolidation({
    entities: [
      entity('group'),
      entity(
        'jv',
        heldBy('group', {
          ...{ equityShare: '0.4', financialControl: 'joint', operationalControl: true },
          from: '2024-03-01',
        }),
      ),
      entity(
        'other',
        heldBy('group', { equityShare: '0.9', financialControl: 'none', operationalControl: false }),
      ),
    ],
    facilities: [facility('venture', 'jv', holding({ to: '2024-11-01', equityShare: '0.5' }))],
  })
  const line = emitting(1000, 'venture', days('2024-03-01', '2024-11-01'))
  const [jv, place] = [base.entities[1], base.facilities[0]]
  const withHolding = (given: object): Consolidation => ({
    ...base,
    entities: base.entities.map((one) =>
      one === jv ? entity('jv', heldBy('group', { ...jv?.holdings?.[0], ...given })) : one,
    ),
  })
  const withPlace = (given: object): Consolidation => ({
    ...base,
    facilities: [{ ...(place as (typeof base.facilities)[number]), ...given }],
  })
  const outcome = (given: Consolidation) => {
    try {
      const { total, byEntity, byFacility, inventory } = of([line], given)
      return JSON.stringify([total, byEntity, byFacility, inventory?.consolidation])
    } catch (thrown) {
      return String(thrown)
    }
  }

  test('counts 1000 kg × 0.4 × 0.5 to begin with', () => {
    expect(of([line], base).total).toBe(200)
  })

  test.each<[string, Consolidation, ConsolidationApproach]>([
    ['approach', { ...base, approach: 'operational-control' }, 'equity-share'],
    ['changeOption', { ...base, changeOption: 'whole-year' }, 'equity-share'],
    ['entity', { ...base, entities: [entity('group')] }, 'equity-share'],
    ['facility', { ...base, facilities: [] }, 'equity-share'],
    ['by', withHolding({ by: 'other' }), 'equity-share'],
    ['by', withHolding({ by: 'other' }), 'operational-control'],
    ['from', withHolding({ from: '2024-03-02' }), 'equity-share'],
    ['to', withHolding({ to: '2024-10-31' }), 'equity-share'],
    ['equityShare', withHolding({ equityShare: '0.41' }), 'equity-share'],
    ['equityShare', withHolding({ equityShare: '0.41' }), 'financial-control'],
    ['financialControl', withHolding({ financialControl: 'sole' }), 'financial-control'],
    ['financialControl', withHolding({ financialControl: 'none' }), 'financial-control'],
    ['operationalControl', withHolding({ operationalControl: false }), 'operational-control'],
    ['facility id', withPlace({ id: 'venture 2' }), 'equity-share'],
    ['facility entity', withPlace({ entity: 'other' }), 'equity-share'],
    ['facility to', withPlace({ holdings: [holding({ to: '2024-10-31' })] }), 'equity-share'],
    ['facility from', withPlace({ holdings: [holding({ from: '2024-04-01' })] }), 'equity-share'],
    ['facility equityShare', withPlace({ holdings: [holding()] }), 'equity-share'],
    [
      'facility financialControl',
      withPlace({ holdings: [holding({ financialControl: 'none' })] }),
      'financial-control',
    ],
    [
      'facility operationalControl',
      withPlace({ holdings: [holding({ operationalControl: false })] }),
      'operational-control',
    ],
  ])('changes the result or is refused: %s', (name, changed, approach) => {
    const before = { ...base, approach }
    const after = name === 'approach' ? changed : { ...changed, approach }
    expect(outcome(after)).not.toBe(outcome(before))
  })
})
