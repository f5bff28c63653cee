/** Green power in a product: at the generation's own life-cycle factor plus its way through the grid, covered whole, never zero. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type {
  ActivityLine,
  ContractualInstruments,
  Process,
  ProductInput,
  ProductInstrument,
} from '../../../src/engine/types.ts'
import { context, factor, product, refusalOf } from '../fixtures.ts'
import { numbered } from '../inventory/scope-2-fixtures.ts'
import {
  average,
  bottled,
  calculated,
  contracts,
  covered,
  findingsOf,
  kilogram,
  kWh,
  powers,
  takes,
  way,
  wind,
} from './green-power-fixtures.ts'

/** 2 kWh of wind with their way, and 3 of the grid. */
const lines = [covered(2), way(2), average(3)]

const refused = (...given: Parameters<typeof bottled>) => {
  const { code, facts } = refusalOf(() => calculated(...given))
  return { code, pointer: facts.pointer, criterion: facts.criterion, others: facts.others }
}
const claimed = (given: Partial<ProductInstrument>, more: Partial<ContractualInstruments> = {}) => ({
  contractualInstruments: contracts([wind(given)], more),
})

describe('green power in a product', () => {
  test('is weighed by its generation, its way added once, and the rest by the grid', () => {
    // By hand: 2 × 0.03 + 2 × 0.04 + 3 × 0.6 = 0.06 + 0.08 + 1.8 = 1.94 kg CO2e per kg.
    const result = calculated(lines)
    expect(result.total).toBeCloseTo(1.94, 12)
    expect(result.lines[0]).toMatchObject({ instrument: 'wind', factor: { id: 'wind' } })
    expect(result.lines[2]).not.toHaveProperty('instrument')
  })

  test('tells what the instruments cover, and what all that was made took of them', () => {
    // 2 of 5 kWh per kg; 1000 kg took 2000 kWh.
    expect(calculated(lines).product?.contractualInstruments).toEqual({
      ...{ produced: { amount: '1000', unit: 'kg' }, electricityKWh: 5, coveredKWh: 2 },
      instruments: [
        {
          ...{ id: 'wind', kind: 'green-certificate', named: 'wind', kWh: 2000, takenKWh: 2000 },
          factor: expect.objectContaining({ id: 'wind', family: 'electricity-life-cycle' }),
        },
      ],
    })
  })

  test('says nothing of instruments where there are none', () => {
    const result = calculated([average(3)], { contractualInstruments: undefined })
    expect(result.product).not.toHaveProperty('contractualInstruments')
  })

  test('is chosen in the market of the instrument and the year of generation', () => {
    // `delivered` is of 2022 and holds the way: 2 × 0.07 + 3 × 0.6 = 1.94.
    const generated = { start: '2022-12-01', end: '2023-01-01' }
    const given = claimed({ generated, factor: { factorCategory: 'electricity-wind' } })
    const result = calculated([covered(2), average(3)], given)
    expect(result.lines[0]).toMatchObject({ factor: { id: 'delivered', year: 2022 } })
    expect(result.total).toBeCloseTo(1.94, 12)
  })

  test('takes an own factor of the generation', () => {
    const own = factor({
      ...{ id: 'our-wind', family: 'electricity-life-cycle', category: 'electricity-wind', unit: 'MWh' },
      flows: [{ kind: 'fossil', gas: 'CO2', kg: '20' }],
    })
    const given = { ...claimed({ factor: { id: 'our-wind' } }), ownFactors: [own] }
    // 2 × 0.02 + 2 × 0.04 + 3 × 0.6 = 1.92; the kWh are told in kWh all the same.
    const result = calculated(lines, given)
    expect(result.total).toBeCloseTo(1.92, 12)
    expect(result.product?.contractualInstruments?.coveredKWh).toBeCloseTo(2, 12)
    expect(result.flags.map(({ code }) => code)).toContain('own-factor')
  })

  test('several certificates of one generation cover the same lines as a group', () => {
    const months = [1, 2].map((month) =>
      wind({
        ...{ id: `wind-${month}`, group: 'wind', quantity: { amount: '1000', unit: 'kWh' } },
        generated: { start: `2023-0${month}-01`, end: `2023-0${month + 1}-01` },
        certificates: [{ from: numbered(month), to: numbered(month), certificates: 1 }],
      }),
    )
    const result = calculated(lines, { contractualInstruments: contracts(months) })
    expect(result.total).toBeCloseTo(1.94, 12)
    expect(
      result.product?.contractualInstruments?.instruments.map(({ id, named, takenKWh }) => [
        id,
        named,
        takenKWh,
      ]),
    ).toEqual([
      ['wind-1', 'wind', 1000],
      ['wind-2', 'wind', 1000],
    ])
  })

  test('passes through processes: what is taken counts with their runs', () => {
    // A kWh of compressed air's power takes 0.5 kWh of wind; a bottle takes 4 of it: 2 kWh of wind, as before.
    const processes = [kilogram('bottle'), kilogram('air')]
    const through = [
      { ...takes('air', 0, {}), category: 'material', from: 'air', quantity: { amount: '4', unit: 'kg' } },
      ...[covered(0.5, {}, 'air'), way(0.5, 'air'), average(3)],
    ]
    const result = calculated(through, {}, processes)
    expect(result.total).toBeCloseTo(1.94, 12)
    expect(result.product?.contractualInstruments).toMatchObject({ coveredKWh: 2, electricityKWh: 5 })
    const short = claimed({}, { produced: { amount: '1001', unit: 'kg' } })
    expect(refused(through, short, processes).code).toBe('instrument-exceeded')
  })
})

describe('instruments of a product are refused', () => {
  const instrument = '/contractualInstruments/instruments/0'

  test.each<[string, Partial<ProductInstrument>, string]>([
    ['power older than asked', { generated: { start: '2021-12-01', end: '2022-01-01' } }, 'age'],
    ['another market', { market: 'DE' }, 'market'],
    ['power that someone else claims', { exclusive: false }, 'exclusivity'],
    ['no consumer', { consumption: { ...wind().consumption, consumer: ' ' } }, 'consumption'],
    [
      'consumption outside the period',
      { consumption: { ...wind().consumption, period: { start: '2022-01-01', end: '2023-01-01' } } },
      'consumption',
    ],
    [
      'consumption in a part of the line’s time',
      { consumption: { ...wind().consumption, period: { start: '2023-01-01', end: '2023-07-01' } } },
      'consumption',
    ],
    ['numbers that are of other kWh', { quantity: { amount: '2500', unit: 'kWh' } }, 'unit-amount'],
    [
      'certificates that have expired',
      { consumption: { ...wind().consumption, retiredOn: '2026-01-02' } },
      'validity',
    ],
  ])('%s', (_, given, criterion) => {
    expect(refused(lines, claimed(given))).toMatchObject({
      ...{ code: 'instrument-criteria', criterion },
      pointer: expect.stringContaining(instrument),
    })
  })

  test('where lines take more than they are of', () => {
    // 2 kWh × 1001 kg = 2002 of 2000 kWh.
    const refusal = refusalOf(() =>
      calculated(lines, claimed({}, { produced: { amount: '1001', unit: 'kg' } })),
    )
    expect([refusal.code, refusal.facts.pointer]).toEqual(['instrument-exceeded', `${instrument}/quantity`])
    expect(refusal.facts).toMatchObject({ takenKWh: '2002', kWh: '2000' })
    expect(calculated(lines, claimed({}, { produced: { amount: '0.9', unit: 't' } })).total).toBeCloseTo(
      1.94,
      12,
    )
  })

  test('without a factor of the generation: a selector would find the grid’s average', () => {
    for (const factor of [{}, { region: 'CN' }, { year: 2023 }]) {
      expect(refused(lines, claimed({ factor }))).toMatchObject({
        code: 'property-missing',
        pointer: `${instrument}/factor`,
      })
    }
  })

  test('that convey nothing', () => {
    expect(refused(lines, claimed({ factor: { id: 'nothing' } }))).toMatchObject({
      code: 'generation-factor-zero',
      pointer: `${instrument}/factor`,
    })
    expect(refused(lines, claimed({ factor: { id: 'turbine' } }))).toMatchObject({
      code: 'wrong-family',
      pointer: `${instrument}/factor`,
    })
  })

  test('that no line names, or that are none', () => {
    expect(refused([average(3)])).toMatchObject({ code: 'property-unused', pointer: instrument })
    const none = { contractualInstruments: contracts([]) }
    expect(refused([average(3)], none)).toMatchObject({
      code: 'property-unused',
      pointer: '/contractualInstruments',
    })
  })

  test('twice by one name, or by the name of a group', () => {
    const twice = { contractualInstruments: contracts([wind(), wind()]) }
    expect(refused(lines, twice).code).toBe('duplicate-id')
    const inGroup = wind({
      id: 'other',
      group: 'wind',
      certificates: [{ from: numbered(8), to: numbered(9), certificates: 2 }],
    })
    expect(refused(lines, { contractualInstruments: contracts([wind(), inGroup]) })).toMatchObject({
      code: 'duplicate-id',
      pointer: `${instrument}/id`,
    })
  })

  test('as one group of two generations', () => {
    const both = [
      wind({ id: 'a', group: 'wind' }),
      wind({ id: 'b', group: 'wind', factor: { id: 'photovoltaic' } }),
    ]
    expect(refused(lines, { contractualInstruments: contracts(both) })).toMatchObject({
      code: 'line-ambiguous',
      pointer: '/contractualInstruments/instruments/1/factor',
    })
  })

  test('with an amount produced that is none, or is of something else', () => {
    expect(refused(lines, claimed({}, { produced: { amount: '0', unit: 'kg' } }))).toMatchObject({
      code: 'property-out-of-range',
      pointer: '/contractualInstruments/produced/amount',
    })
    expect(refused(lines, claimed({}, { produced: { amount: '5', unit: 'm3' } }))).toMatchObject({
      code: 'incompatible-dimension',
      pointer: '/contractualInstruments/produced/unit',
    })
  })
})

describe('lines that name an instrument', () => {
  test('name one that is stated', () => {
    expect(refused([covered(2, { instrument: 'wnd' }), covered(2, { id: 'x' }), way(4)])).toMatchObject({
      code: 'unknown-instrument',
      pointer: '/lines/0/instrument',
    })
    const none = { contractualInstruments: undefined }
    expect(refused(lines, none).code).toBe('unknown-instrument')
  })

  test('are of electricity', () => {
    expect(refused([covered(2, { category: 'heat' }), covered(2, { id: 'x' }), way(2)])).toMatchObject({
      code: 'line-ambiguous',
      pointer: '/lines/0/instrument',
    })
  })

  test('have no factor beside it', () => {
    expect(refused([covered(2, { factor: {} }), way(2)]).code).toBe('line-ambiguous')
  })

  test('are not of what is used or thrown away later', () => {
    const used = bottled([covered(2, {}, 'using'), way(2, 'using'), average(1)], {}, [
      kilogram('bottle'),
      kilogram('using', { stage: 'use' }),
    ])
    const system: ProductInput = product(
      used.processes,
      [
        ...used.lines,
        {
          ...average(0),
          id: 'use',
          category: 'material',
          from: 'using',
          factor: undefined,
          quantity: { amount: '1', unit: 'kg' },
        },
      ],
      {
        ...{ factorTables: used.factorTables, contractualInstruments: used.contractualInstruments },
        boundary: 'cradle-to-grave',
        emptyStages: [{ stage: 'end-of-life', reason: 'It is refilled for ever' }],
      },
    )
    const { code, facts } = refusalOf(() => calculate(system, context([powers])))
    expect([code, facts.criterion, facts.pointer]).toEqual([
      'instrument-criteria',
      'consumption',
      '/lines/0/instrument',
    ])
  })
})

describe('transmission is counted once', () => {
  test('covered electricity of generation alone does not go without', () => {
    const refusal = refusalOf(() => calculated([covered(2), average(3)]))
    expect([refusal.code, refusal.facts.pointer, refusal.facts.kWh]).toEqual([
      'transmission-missing',
      '/lines/0/instrument',
      '2',
    ])
    expect(refused([covered(2), way(1.5), average(3)]).code).toBe('transmission-missing')
  })

  test('nor is it added to what holds it', () => {
    expect(refused([covered(2), way(5), average(3)]).code).toBe('transmission-counted-twice')
    const delivered = claimed({ factor: { id: 'delivered' } })
    expect(calculated([covered(2), average(3)], delivered).total).toBeCloseTo(1.94, 12)
    expect(refused([covered(2), way(2), average(3)], delivered).code).toBe('transmission-counted-twice')
  })

  /** The site's intake: 40 % wind, 60 % of the grid; a bottle takes 5 kWh of it, which is the bottle of before. */
  const processes = [kilogram('bottle'), kWh('intake')]
  const intake = [covered(0.4, {}, 'intake'), average(0.6, 'intake')]
  const taken = takes('taken', 5, { from: 'intake' })

  test('through a process that adds it', () => {
    expect(calculated([...intake, way(0.4, 'intake'), taken], {}, processes).total).toBeCloseTo(1.94, 12)
    const twice = [...intake, way(0.4, 'intake'), taken, way(1, undefined, 'again')]
    expect(refused(twice, {}, processes)).toMatchObject({
      code: 'transmission-counted-twice',
      pointer: '/lines/4/factor',
    })
  })

  test('or by the process that takes', () => {
    // 40 % of 5 kWh lack it.
    expect(calculated([...intake, taken, way(2)], {}, processes).total).toBeCloseTo(1.94, 12)
    expect(refused([...intake, taken, way(2.1)], {}, processes).code).toBe('transmission-counted-twice')
    expect(refused([...intake, taken, way(1.9)], {}, processes)).toMatchObject({
      code: 'transmission-missing',
      pointer: '/lines/2/from',
    })
  })

  test('or part here and part there', () => {
    // The intake adds 0.1 of 0.4; 0.3 × 5 kWh are left.
    const part = [...intake, way(0.1, 'intake', 'first'), taken]
    expect(calculated([...part, way(1.5)], {}, processes).total).toBeCloseTo(1.94, 12)
    expect(refused([...part, way(1.6)], {}, processes).code).toBe('transmission-counted-twice')
    expect(refused(part, {}, processes).code).toBe('transmission-missing')
  })

  test('also where a process makes it, and where the intake loses some', () => {
    // 1 kWh of transmission as a process of its own; 1 kWh in, 0.8 out: of each kWh that comes out 40 % lack their way.
    const own = [kilogram('bottle'), kWh('intake', '0.8'), kWh('lines')]
    const made = [
      ...intake,
      takes('taken', 4, { from: 'intake' }),
      takes('way', 1.6, { category: 'transmission', from: 'lines' }),
      way(1, 'lines', 'lines'),
    ]
    // 5 runs of the intake take 2 kWh of wind and 3 of the grid; 1.6 kWh go through the lines: 0.06 + 1.8 + 0.064.
    expect(calculated(made, {}, own).total).toBeCloseTo(1.924, 12)
  })

  test('own power has none, and may have it added', () => {
    const own = [kilogram('bottle'), kWh('turbine')]
    const gas = { id: 'gas', category: 'process-emissions', process: 'turbine', gas: 'CO2' }
    const burnt = { ...gas, quantity: { amount: '0.5', unit: 'kg' } }
    const given = { contractualInstruments: undefined }
    const line = takes('taken', 4, { from: 'turbine' })
    expect(findingsOf(calculated([burnt, line], given, own))).toEqual([])
    expect(calculated([burnt, line, way(4)], given, own).total).toBeCloseTo(4 * 0.54, 12)
  })

  test('whatever the order of processes, in circles too', () => {
    // Two intakes that feed each other a tenth: 0.9 in from outside.
    const circle = [kilogram('bottle'), kWh('a'), kWh('b')]
    const parts = [
      covered(0.9, {}, 'a'),
      way(0.9, 'a'),
      takes('a<b', 0.1, { from: 'b' }, 'a'),
      takes('b<a', 1, { from: 'a' }, 'b'),
      takes('taken', 2, { from: 'b' }),
    ]
    const forth = calculated(parts, {}, circle).total
    expect(calculated(parts, {}, [circle[0], circle[2], circle[1]] as typeof circle).total).toBe(forth)
    // a = 1.1 … : 2 kWh of b take 2/0.9 of a, each 0.9 of wind: 2 × (0.03 + 0.04).
    expect(forth).toBeCloseTo(0.14, 12)
  })

  describe('of a process that makes electricity beside something else', () => {
    const worth = [{ name: 'worth', quantity: { amount: '1', unit: 'kg' } }]
    const works: Process = {
      ...{ ...kilogram('works'), name: { zh: null, en: 'Works' }, stage: 'production', product: 'caps' },
      ...{
        properties: worth,
        coProducts: [{ id: 'spare', output: kWh('', '0.1').output, properties: worth }],
      },
      allocation: { by: 'physical-property', property: 'worth', justification: 'Both are worth as much' },
    }
    const around: readonly ActivityLine[] = [
      covered(1, {}, 'works'),
      {
        ...{ id: 'caps', category: 'material', process: 'bottle', from: 'works', fromProduct: 'caps' },
        quantity: { amount: '1', unit: 'kg' },
      },
      takes('spare', 0.1, { from: 'works', fromProduct: 'spare' }),
    ]
    const of = (...lines: readonly ActivityLine[]) =>
      calculated([...around, ...lines], {}, [kilogram('bottle'), works])

    test('what it uses itself has its way, and what it passes on', () => {
      // All of its 1 kWh ends in the bottle: 1 × (0.03 + 0.04), with the way of 0.9 kWh at the works or of all.
      for (const ways of [[way(0.9, 'works'), way(0.1, 'bottle', 'rest')], [way(1, 'works')]])
        expect(of(...ways).total).toBeCloseTo(0.07, 12)
    })

    test('is refused where the way of either is missing, with its kWh', () => {
      const lacking = (...lines: readonly ActivityLine[]) => {
        const { code, facts } = refusalOf(() => of(...lines))
        return [code, facts.lineId, Number(facts.kWh).toFixed(9)]
      }
      expect(lacking(way(0.1))).toEqual(['transmission-missing', 'covered', '0.900000000'])
      expect(lacking(way(0.9, 'works'))).toEqual(['transmission-missing', 'spare', '0.100000000'])
    })
  })

  test('what one takes as electricity is electricity to whoever takes it', () => {
    const sold = { ...takes('sold', 0.9, { from: 'intake' }), category: 'material' } as const
    const of = (...lines: readonly ActivityLine[]) =>
      calculated([covered(1, {}, 'intake'), takes('taken', 0.1, { from: 'intake' }), sold, ...lines], {}, [
        kilogram('bottle'),
        kWh('intake'),
      ])
    expect(of(way(1)).total).toBeCloseTo(0.07, 12)
    expect(() => of(way(0.1))).toThrow('transmission-missing')
  })

  describe.each([
    ['before', 'a', 'b'],
    ['before, the other way round', 'b', 'a'],
    ['behind', 'x', 'y'],
    ['behind, the other way round', 'y', 'x'],
  ])('in a circle whose ids come %s that of the process it feeds', (_, one, other) => {
    const around = [
      takes('one<other', 1, { from: other }, one),
      takes('other<one', 0.1, { from: one }, other),
      takes('taken', 2, { from: one }),
    ]
    const of = (...lines: readonly ActivityLine[]) =>
      calculated([...around, ...lines], {}, [kilogram('bottle'), kWh(one), kWh(other)])
    const into = covered(0.9, {}, other)

    test('covered electricity whose way nobody adds is refused', () => {
      expect(() => of(into)).toThrow('transmission-missing')
      // 2 kWh are all of wind: 2 × (0.03 + 0.04), wherever the way is added.
      for (const added of [way(2), way(0.9, other)]) expect(of(into, added).total).toBeCloseTo(0.14, 12)
    })

    test('so is the way of electricity that comes with it', () => {
      const own = [covered(1), way(1)]
      expect(of(average(0.9, other), ...own).total).toBeCloseTo(2 * 0.6 + 0.07, 12)
      expect(() => of(average(0.9, other), covered(1), way(2))).toThrow('transmission-counted-twice')
    })
  })
})

describe('what a verifier sees of electricity', () => {
  const none = { contractualInstruments: undefined }

  test('power of one generation that no instrument says is the product’s', () => {
    const sun = takes('sun', 2, { factor: { id: 'photovoltaic' } })
    const findings = findingsOf(calculated([sun, way(2), average(3)], none))
    expect(findings).toEqual([['generation-without-instrument', ['sun']]])
    expect(findingsOf(calculated(lines))).toEqual([])
  })

  test('a way through the grid that is missing, through processes too', () => {
    const sun = takes('sun', 2, { factor: { id: 'photovoltaic' } })
    expect(findingsOf(calculated([sun, average(3)], none))).toEqual([
      ['generation-without-instrument', ['sun']],
      ['transmission-missing', ['sun']],
    ])
    const processes = [kilogram('bottle'), kWh('roof')]
    const through = [{ ...sun, process: 'roof' }, takes('taken', 4, { from: 'roof' })]
    expect(findingsOf(calculated(through, none, processes))).toContainEqual([
      'transmission-missing',
      ['taken'],
    ])
  })
})
