/** How much of a product's footprint is primary data, and how good the data are. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine, DataSource, ProductInput, ProductResult } from '../../../src/engine/types.ts'
import { co2eFactor, context, diesel, inventory, product, refusalOf, table } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const both: DataSource = { activity: 'primary', factor: 'primary' }
const ownFactors = [co2eFactor({ id: 'own', family: 'cradle-to-gate', unit: 'kg' }, '1')]
const tables = [
  table('t', [co2eFactor({ id: 'bought', family: 'cradle-to-gate', unit: 'kg' }, '1')], [diesel]),
]

/** As many kg CO2e as kg, by a factor of the client's own. */
const bought = (id: string, amount: string, dataSource?: DataSource, given: Partial<ActivityLine> = {}) =>
  ({
    ...{ id, category: 'material', process: 'a', factor: { table: 'own', id: 'own' } },
    ...{ quantity: kg(amount), dataSource, ...given },
  }) satisfies ActivityLine
const gas = (id: string, amount: string, dataSource?: DataSource, given: Partial<ActivityLine> = {}) =>
  bought(id, amount, dataSource, { category: 'process-emissions', factor: undefined, gas: 'CO2', ...given })
const from = (process: string, maker: string, amount: string, dataSource?: DataSource): ActivityLine => ({
  ...{ id: `${process}<${maker}`, category: 'material', process, from: maker, quantity: kg(amount) },
  dataSource,
})

const of = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}) => {
  const names = [...new Set(['a', ...lines.map(({ process = 'a' }) => process)])]
  const system = product(
    names.map((id) => ({ id, output: kg('1') })),
    lines,
    { ownFactors, factorTables: [{ table: 't', version: '1' }], ...given },
  )
  return calculate(system, context(tables)).product as ProductResult
}
const shareOf = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}) => {
  const { primary, stated } = of(lines, given).primaryDataShare
  return [primary, stated]
}

describe('the primary data share', () => {
  test('counts a line only where amount and factor are primary: 30 of 100', () => {
    const lines = [
      bought('both', '30', both),
      bought('amount only', '20', { activity: 'primary', factor: 'secondary' }),
      bought('factor only', '10', { activity: 'secondary', factor: 'primary' }),
      bought('nothing said', '40'),
    ]
    const [primary, stated] = shareOf(lines)
    expect(primary).toBeCloseTo(0.3, 14)
    expect(stated).toBeCloseTo(0.6, 14)
  })

  test('takes half a statement for none', () => {
    expect(shareOf([bought('a', '1', { activity: 'primary' })])).toEqual([0, 0])
  })

  test('asks of a gas for its amount only, since nothing else weighs it', () => {
    expect(shareOf([gas('a', '1', { activity: 'primary' })])).toEqual([1, 1])
  })

  test('is of absolute values: a removal of 30 beside an emission of 10 is three quarters', () => {
    const removal = gas(
      'b',
      '-30',
      { activity: 'primary' },
      {
        ...{ flowKind: 'removal', flowOrigin: 'land-management' },
      },
    )
    expect(shareOf([gas('a', '10'), removal])).toEqual([0.75, 0.75])
  })

  test('leaves uptake out, as PACT does', () => {
    const uptake = gas('b', '-30', { activity: 'primary' }, { flowKind: 'biogenic-uptake' })
    expect(shareOf([gas('a', '10'), uptake])).toEqual([0, 0])
  })

  test('is null of nothing', () => {
    expect(shareOf([gas('a', '0', { activity: 'primary' })])).toEqual([null, null])
  })

  test('counts what a process brings only as far as the amounts that ask for it are primary', () => {
    // 2 kg of b at 10 kg CO2 a kg: 20, of 30 in all; b's own data are primary, the amount taken of it is not.
    const lines = (source?: DataSource) => [
      gas('own', '10', { activity: 'primary' }),
      from('a', 'b', '2', source),
      gas('b CO2', '10', { activity: 'primary' }, { process: 'b' }),
    ]
    const [secondary] = shareOf(lines({ activity: 'secondary' }))
    expect(secondary).toBeCloseTo(1 / 3, 14)
    expect(shareOf(lines())[1]).toBeCloseTo(1 / 3, 14)
    expect(shareOf(lines({ activity: 'primary' }))).toEqual([1, 1])
  })

  test('takes of a process that two ask for the part of the primary one: 3 of 4 runs', () => {
    const lines = [
      from('a', 'b', '3', { activity: 'primary' }),
      from('a', 'c', '1', { activity: 'primary' }),
      from('c', 'b', '1', { activity: 'secondary' }),
      gas('b CO2', '1', { activity: 'primary' }, { process: 'b' }),
      gas('c CO2', '0', undefined, { process: 'c' }),
    ]
    expect(shareOf(lines)[0]).toBeCloseTo(0.75, 14)
  })

  test('goes round a loop: b takes a quarter of its own product by an amount nobody measured', () => {
    // Runs 1 ÷ (1 − 0.25); of these the one that is asked for from outside is known.
    const lines = [
      from('a', 'b', '1', { activity: 'primary' }),
      from('b', 'b', '0.25', { activity: 'secondary' }),
      gas('b CO2', '1', { activity: 'primary' }, { process: 'b' }),
    ]
    expect(shareOf(lines)[0]).toBeCloseTo(0.75, 14)
  })

  describe('of a mean of plants', () => {
    /** 1 piece of the mean: plant x makes 3 of 10 pieces at 2 kg CO2, plant y 7 at 1 kg, half of it by data nobody measured. */
    const measured: DataSource = { activity: 'primary' }
    const atPlants = (ofX: DataSource, ofY: DataSource) => [
      gas('x CO2', '2', ofX, { process: 'x' }),
      gas('y CO2', '0.5', ofY, { process: 'y' }),
      gas('y more', '0.5', { activity: 'secondary' }, { process: 'y' }),
    ]
    const shareOfMean = (lines: readonly ActivityLine[], reference = 'mean') => {
      const piece = (amount: string) => ({ amount, unit: 'piece' })
      const meanOf = [
        { from: 'x', output: piece('3') },
        { from: 'y', output: piece('7') },
      ]
      const plants = ['x', 'y', ...(reference === 'mean' ? [] : [reference])]
      const processes = [
        { id: 'mean', output: piece('10'), meanOf },
        ...plants.map((id) => ({ id, output: piece('1') })),
      ]
      const given = { referenceProcess: reference, declaredUnit: piece('1') }
      const { primary, stated } = (
        calculate(product(processes, lines, given), context()).product as ProductResult
      ).primaryDataShare
      return [primary, stated]
    }

    test('is the share of its plants, weighted by what each weighs in it: (0.6 + 0.35) of 1.3', () => {
      const [share, stated] = shareOfMean(atPlants(measured, measured))
      expect(share).toBeCloseTo(0.95 / 1.3, 14)
      expect(stated).toBe(1)
      expect(shareOfMean(atPlants(measured, { activity: 'secondary' }))[0]).toBeCloseTo(0.6 / 1.3, 14)
    })

    test('is never primary for being a mean: nothing where no plant measured anything', () => {
      expect(shareOfMean(atPlants({ activity: 'secondary' }, { activity: 'secondary' }))).toEqual([0, 1])
    })

    test('has the lines of its own beside: 1.3 kg of the mean’s own in 2.6', () => {
      // For the period, which makes 10 pieces: 13 kg.
      const own = gas('own', '13', measured, { process: 'mean' })
      expect(shareOfMean([...atPlants(measured, measured), own])[0]).toBeCloseTo(2.25 / 2.6, 14)
    })

    test('goes on only as far as the amounts are primary that take of it', () => {
      const taken = (source: DataSource) => ({
        ...from('a', 'mean', '1', source),
        quantity: { amount: '1', unit: 'piece' },
      })
      expect(shareOfMean([...atPlants(measured, measured), taken(measured)], 'a')[0]).toBeCloseTo(
        0.95 / 1.3,
        14,
      )
      expect(shareOfMean([...atPlants(measured, measured), taken({ activity: 'secondary' })], 'a')[0]).toBe(0)
    })
  })

  test('is 0 to 1, and does not depend on the order of lines or the declared unit', () => {
    const source = fc.constantFrom(undefined, both, { activity: 'secondary', factor: 'primary' } as const)
    const drawn = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), source), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(drawn, (parts) => {
        const lines = parts.map(([amount, said], at) => bought(String(at), String(amount), said))
        const [primary, stated] = shareOf(lines) as [number | null, number | null]
        expect(shareOf(lines.toReversed())).toEqual([primary, stated])
        expect(shareOf(lines, { declaredUnit: kg('1024') })).toEqual([primary, stated])
        if (primary === null || stated === null) return
        expect(primary).toBeGreaterThanOrEqual(0)
        expect(stated).toBeGreaterThanOrEqual(primary)
        expect(stated).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('what is said of data', () => {
  test('is held to what there is', () => {
    const refused = (line: ActivityLine) => {
      const { code, facts } = refusalOf(() => of([line, gas('b CO2', '1', undefined, { process: 'b' })]))
      return [code, facts.pointer]
    }
    const factor = ['line-ambiguous', '/lines/0/dataSource/factor']
    expect(refused(gas('a', '1', both))).toEqual(factor)
    expect(refused(from('a', 'b', '1', both))).toEqual(factor)
    const estimate = { method: 'engineering', basis: 'rating × hours', approvedBy: 'engineer' } as const
    expect(refused(bought('a', '1', both, { estimate }))).toEqual([
      'line-ambiguous',
      '/lines/0/dataSource/activity',
    ])
    expect(refused(bought('a', '1', { activity: 'best' as 'primary' }))).toEqual([
      'property-out-of-range',
      '/lines/0/dataSource/activity',
    ])
    const line: ActivityLine = { ...gas('a', '1', { activity: 'primary' }), process: undefined }
    expect(refusalOf(() => calculate(inventory([line]), context())).facts.pointer).toBe('/lines/0/dataSource')
  })

  test('a primary factor that stands in a table is seen, and one of the client’s own is not', () => {
    const burnt: ActivityLine = {
      ...{ id: 'burnt', category: 'fuel-combustion', process: 'a', quantity: { amount: '1', unit: 't' } },
      ...{ fuel: { id: 'diesel' }, dataSource: both },
    }
    const lines = [bought('own', '1', both), bought('table', '1', both, { factor: { id: 'bought' } }), burnt]
    const { findings } = of(lines)
    expect(findings.map(({ code, lines: about }) => [code, about])).toEqual([
      ['primary-factor-not-specific', ['table', 'burnt']],
      ['fuel-supply-missing', ['burnt']],
    ])
  })
})

describe('ratings', () => {
  const rated = (technological: number) => ({
    dataQuality: { reliability: 1, completeness: 2, temporal: 3, geographical: 4, technological },
  })

  test('are weighted by what lines weigh without uptake: (60 × 1 + 20 × 5) ÷ 80 = 2, of 80 in 200', () => {
    const lines = [
      bought('one', '60', undefined, rated(1)),
      gas('stored', '-20', undefined, {
        ...{ flowKind: 'removal', flowOrigin: 'technological-removal', ...rated(5) },
      }),
      bought('unrated', '120'),
      gas('grown', '-500', undefined, { flowKind: 'biogenic-uptake', ...rated(5) }),
    ]
    const { dataQuality } = of(lines)
    expect(dataQuality).toEqual({
      ratedShare: 0.4,
      ratings: { reliability: 1, completeness: 2, temporal: 3, geographical: 4, technological: 2 },
    })
  })

  test('are none where nobody rated', () => {
    expect(of([gas('a', '1')]).dataQuality).toEqual({ ratedShare: 0, ratings: null })
  })

  test('stop a score that is none, with its place', () => {
    const { code, facts } = refusalOf(() => of([gas('a', '1'), gas('b', '1', undefined, rated(6))]))
    expect([code, facts.pointer]).toEqual(['property-out-of-range', '/lines/1/dataQuality/technological'])
  })
})
