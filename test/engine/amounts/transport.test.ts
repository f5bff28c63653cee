/** Freight by mass and distance, and by vehicle and distance. */

import { describe, expect, test } from 'vitest'
import type { ActivityLine, TransportDetail } from '../../../src/engine/types.ts'
import { calculated, factor, refusalOf, table } from '../fixtures.ts'
import { refusedAt, workingOf } from './lines.ts'

const tables = [
  table('t', [
    factor({ id: 'road-tkm', family: 'transport', unit: 't.km' }),
    factor({ id: 'truck-km', family: 'transport', unit: 'vehicle.km' }),
    factor({ id: 'lorry-km', family: 'transport', unit: 'km' }),
    factor({ id: 'flight', family: 'travel', unit: 'passenger.km' }),
  ]),
]

const freight = (id: string, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id: 'leg', category: 'upstream-transportation-and-distribution', factor: { id } },
  ...{ quantity: { amount: '36', unit: 't' }, distance: { amount: '400', unit: 'km' } },
  ...given,
})
const of = (line: ActivityLine) => calculated([line], tables)
const amountOf = (line: ActivityLine) => of(line).lines[0]?.activity.amount

describe('by mass and distance', () => {
  test('is their product: 36 t × 400 km', () => {
    expect(amountOf(freight('road-tkm'))).toBe(14_400)
    expect(
      amountOf(freight('road-tkm', { quantity: { amount: '1.44', unit: '万吨公里' }, distance: undefined })),
    ).toBe(14_400)
  })

  test('by the shortest way has its adjustment: 36 × (400 × 1.05)', () => {
    const transport: TransportDetail = { distanceBasis: 'shortest-feasible', distanceAdjustment: '1.05' }
    const result = of(freight('road-tkm', { transport }))
    expect(result.lines[0]?.activity.amount).toBe(15_120)
    expect(workingOf(result)).toEqual({
      shortestFeasibleDistance: 400,
      distanceAdjustment: 1.05,
      distance: 420,
    })
  })

  test('by the actual way has none, and says so', () => {
    expect(workingOf(of(freight('road-tkm', { transport: { distanceBasis: 'actual' } })))).toEqual({
      actualDistance: 400,
    })
  })

  test.each<[string, TransportDetail, string, string]>([
    ['emptyReturn', { emptyReturn: '1' }, 'line-ambiguous', 'emptyReturn'],
    ['payload', { payload: { amount: '18', unit: 't' } }, 'line-ambiguous', 'payload'],
    ['loadFactor', { loadFactor: '0.5' }, 'line-ambiguous', 'loadFactor'],
    [
      'an adjusted actual distance',
      { distanceBasis: 'actual', distanceAdjustment: '1.1' },
      'line-ambiguous',
      'distanceAdjustment',
    ],
    ['an adjustment of who knows what', { distanceAdjustment: '1.1' }, 'property-missing', 'distanceBasis'],
    ['a great circle driven', { distanceBasis: 'great-circle' }, 'property-missing', 'distanceAdjustment'],
    [
      'an adjustment below 1',
      { distanceBasis: 'great-circle', distanceAdjustment: '0.99' },
      'property-out-of-range',
      'distanceAdjustment',
    ],
    [
      'another basis',
      { distanceBasis: 'guess' as 'actual', distanceAdjustment: '1' },
      'property-out-of-range',
      'distanceBasis',
    ],
  ])('%s leads nowhere', (_, transport, code, member) => {
    expect(refusedAt(() => of(freight('road-tkm', { transport })))).toEqual([
      code,
      `/lines/0/transport/${member}`,
    ])
  })

  test('stated already leaves a transport no use', () => {
    const known = freight('road-tkm', { quantity: { amount: '1', unit: 't.km' }, distance: undefined })
    expect(refusedAt(() => of({ ...known, transport: { distanceBasis: 'actual' } }))).toEqual([
      'line-ambiguous',
      '/lines/0/transport/distanceBasis',
    ])
  })
})

test('a factor per kilometre of a lorry asks for the kilometres, not for another unit', () => {
  const refusal = refusalOf(() => of(freight('lorry-km')))
  expect(refusal.code).toBe('line-ambiguous')
  expect(refusal.facts.pointer).toBe('/lines/0/distance')
  expect(refusal.message).toContain('State the km driven as the amount')
  expect(
    amountOf(freight('lorry-km', { quantity: { amount: '800', unit: 'km' }, distance: undefined })),
  ).toBe(800)
})

describe('by vehicle and distance', () => {
  const truck: TransportDetail = { payload: { amount: '18', unit: 't' }, loadFactor: '0.5', emptyReturn: '1' }

  test('a mass needs vehicles: 36 t ÷ (18 t × 0.5) = 4; × 400 km × (1 + 1)', () => {
    const result = of(freight('truck-km', { transport: truck }))
    expect(result.lines[0]?.activity).toEqual({ amount: 3200, unit: 'vehicle.km' })
    expect(workingOf(result)).toEqual({
      distance: 400,
      payload: 18,
      loadFactor: 0.5,
      vehicles: 4,
      emptyReturn: 1,
    })
  })

  test('the load may be lighter than a truck’s: 4.5 t are half a truck, and a payload in kg the same', () => {
    const light = { quantity: { amount: '4500', unit: 'kg' } }
    expect(amountOf(freight('truck-km', { ...light, transport: truck }))).toBe(400)
    const inKilograms = { ...truck, payload: { amount: '18000', unit: 'kg' } }
    expect(amountOf(freight('truck-km', { ...light, transport: inKilograms }))).toBe(400)
  })

  test('vehicles are counted: 3 × 400 km, with a third of it back empty 3 × 400 × 1.25', () => {
    const vehicles = { quantity: { amount: '3', unit: 'vehicle' } }
    expect(amountOf(freight('truck-km', vehicles))).toBe(1200)
    expect(amountOf(freight('truck-km', { ...vehicles, transport: { emptyReturn: '0.25' } }))).toBe(1500)
    expect(
      refusedAt(() =>
        of(freight('truck-km', { ...vehicles, transport: { ...truck, loadFactor: undefined } })),
      ),
    ).toEqual(['line-ambiguous', '/lines/0/transport/payload'])
  })

  test.each<[string, Partial<TransportDetail>, string, string]>([
    ['payload', { payload: undefined }, 'property-missing', 'payload'],
    ['loadFactor', { loadFactor: undefined }, 'property-missing', 'loadFactor'],
    ['emptyReturn', { emptyReturn: undefined }, 'property-missing', 'emptyReturn'],
    [
      'a payload of nothing',
      { payload: { amount: '0', unit: 't' } },
      'property-out-of-range',
      'payload/amount',
    ],
    [
      'a payload of volume',
      { payload: { amount: '9', unit: 'm3' } },
      'incompatible-dimension',
      'payload/unit',
    ],
    ['a load factor of 0', { loadFactor: '0' }, 'property-out-of-range', 'loadFactor'],
    ['a load factor in percent', { loadFactor: '60' }, 'property-out-of-range', 'loadFactor'],
    ['a negative way back', { emptyReturn: '-1' }, 'property-out-of-range', 'emptyReturn'],
    ['a way back in percent', { emptyReturn: '40' }, 'property-out-of-range', 'emptyReturn'],
  ])('without %s, or with it, a mass is refused', (_, given, code, member) => {
    expect(refusedAt(() => of(freight('truck-km', { transport: { ...truck, ...given } })))).toEqual([
      code,
      `/lines/0/transport/${member}`,
    ])
  })

  test('a mass without a distance is told all that it lacks', () => {
    expect(refusedAt(() => of(freight('truck-km', { distance: undefined, transport: truck })))).toEqual([
      'property-missing',
      '/lines/0/distance',
    ])
  })

  test('a selector looks for what the line leads to', () => {
    const by = (transport?: TransportDetail) =>
      of(freight('', { factor: { family: 'transport' }, transport })).lines[0]?.factor?.id
    expect([by(), by(truck)]).toEqual(['road-tkm', 'truck-km'])
  })
})

test('people fly the great circle and a bit: 2 × (1000 + 9 %) passenger-km', () => {
  const flight: ActivityLine = {
    ...{ id: 'flight', category: 'business-travel', factor: { id: 'flight' } },
    ...{ quantity: { amount: '2', unit: 'passenger' }, distance: { amount: '1000', unit: 'km' } },
    transport: { distanceBasis: 'great-circle', distanceAdjustment: '1.09' },
  }
  expect(amountOf(flight)).toBe(2180)
})
