/** Products: processes that feed each other. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine, Process, ProductInput, Quantity } from '../../../src/engine/types.ts'
import { co2eFactor, context, factor, product, refusalOf, table } from '../fixtures.ts'

const kg = (amount: string): Quantity => ({ amount, unit: 'kg' })

/** An input from another process. */
const from = (process: string, maker: string, amount: Quantity): ActivityLine => ({
  ...{ id: `${process}<${maker}`, category: 'material', process, from: maker, quantity: amount },
})

/** CO2 let go by a process, kg per run. */
const co2 = (process: string, amount: string): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg(amount) },
})

const process = (id: string, output = kg('1')): Pick<Process, 'id' | 'output'> => ({ id, output })

const run = (input: ProductInput) => calculate(input, context())

describe('a chain', () => {
  const bread = product(
    [process('bread'), process('flour', kg('1000'))],
    [from('bread', 'flour', kg('0.7')), co2('bread', '0.2'), co2('flour', '300')],
  )

  test('1 kg bread: 0.2 kg of its own and 0.7 kg flour at 0.3 kg/kg, together 0.41', () => {
    const result = run(bread)
    expect(result.total).toBeCloseTo(0.41, 15)
    expect(result.scaling).toEqual([
      { process: 'bread', product: null, runs: 1 },
      { process: 'flour', product: null, runs: 0.0007 },
    ])
    expect(result.byProcess.map(({ key }) => key)).toEqual(['bread', 'flour'])
    expect(result.byStage).toEqual([{ key: 'production', kgCo2e: result.total }])
    expect(result.declaredUnit).toEqual(kg('1'))
  })

  test('an input from a process carries no emissions of its own: they stand on that process’s lines', () => {
    const [link, own, upstream] = run(bread).lines
    expect(link).toMatchObject({
      from: 'flour',
      gases: [],
      kgCo2e: 0,
      activity: { amount: 0.7, unit: 'kg' },
      scaling: 1,
    })
    expect(own).toMatchObject({ from: null, scaling: 1, kgCo2e: 0.2 })
    expect(upstream).toMatchObject({ scaling: 0.0007, stage: 'production', process: 'flour' })
  })

  test('is per declared unit: four kilograms, written in grams, have exactly four times the footprint', () => {
    const four = run({ ...bread, declaredUnit: { amount: '4000', unit: 'g' } })
    expect(four.total).toBe(run(bread).total * 4)
  })

  test('converts between what is taken and what is made', () => {
    const lines = [from('bread', 'flour', { amount: '700', unit: 'g' }), ...bread.lines.slice(1)]
    expect(run({ ...bread, lines }).total).toBe(run(bread).total)
  })

  test('sums by stage', () => {
    const processes = bread.processes.map(
      (p): Process => (p.id === 'flour' ? { ...p, stage: 'raw-material-acquisition' } : p),
    )
    const { byStage } = run({ ...bread, processes })
    expect(byStage.map(({ key }) => key)).toEqual(['raw-material-acquisition', 'production'])
    expect(byStage[0]?.kgCo2e).toBeCloseTo(0.21, 15)
  })
})

describe('an input from a process', () => {
  test('may be a mass over a distance, where the maker makes transport: 2 kg over 500 km are 1 t.km', () => {
    const truck = { id: 'truck', output: { amount: '1', unit: 't.km' } }
    const haul: ActivityLine = { ...from('bread', 'truck', kg('2')), distance: { amount: '500', unit: 'km' } }
    const input = product([process('bread'), truck], [haul, co2('truck', '0.1')])
    expect(run(input)).toMatchObject({ total: 0.1, lines: [{ activity: { amount: 1, unit: 't.km' } }, {}] })
  })

  test('has no use for a density between two masses', () => {
    const line: ActivityLine = { ...from('bread', 'flour', kg('2')), density: { amount: '1', unit: 'kg/L' } }
    const refusal = refusalOf(() =>
      run(product([process('bread'), process('flour')], [line, co2('flour', '1')])),
    )
    expect([refusal.code, refusal.facts.pointer]).toEqual(['line-ambiguous', '/lines/0/density'])
  })
})

describe('a loop', () => {
  const mutual = product(
    [process('power', { amount: '1', unit: 'MWh' }), process('coal', { amount: '1', unit: 't' })],
    [
      from('power', 'coal', { amount: '0.4', unit: 't' }),
      from('coal', 'power', { amount: '0.05', unit: 'MWh' }),
      co2('power', '900'),
      co2('coal', '60'),
    ],
    { declaredUnit: { amount: '1000', unit: 'kWh' } },
  )

  test('is solved: power 1 / (1 − 0.4 × 0.05) runs, coal 0.4 of that', () => {
    // power = 1 + 0.05 coal, coal = 0.4 power: power = 1/0.98, coal = 0.4/0.98; 900/0.98 + 24/0.98 = 942.857….
    const result = run(mutual)
    expect(result.total).toBeCloseTo(924 / 0.98, 10)
    expect(result.scaling[0]).toEqual({
      process: 'coal',
      product: null,
      runs: expect.closeTo(0.4 / 0.98, 14),
    })
  })

  test('a process may take of its own product', () => {
    // A power station that uses 5 % itself makes 1/0.95 MWh for one delivered.
    const self = product([process('power')], [from('power', 'power', kg('0.05')), co2('power', '1')])
    expect(run(self).total).toBeCloseTo(1 / 0.95, 14)
  })

  /** The loop with other amounts, behind a factory that takes of it, and beside a credit that has nothing to do with it. */
  const fed = (coalPerPower: string, powerPerCoal: string) =>
    product(
      [process('a'), process('b'), process('coal'), process('power')],
      [
        from('a', 'power', kg('1')),
        from('a', 'b', kg('-0.5')),
        from('power', 'coal', kg(coalPerPower)),
        from('coal', 'power', kg(powerPerCoal)),
        ...[co2('coal', '60'), co2('b', '1')],
      ],
      { referenceProcess: 'a' },
    )

  test.each([
    ['that gives nothing back', '0.4', '2.5', 'singular'],
    ['that gives back a rest of rounding', '0.4', '2.4999999999', 'cancelling'],
    ['that takes more than it makes', '2', '1', 'unproductive'],
  ])('%s is refused, and its processes are named, not those around it', (_, coal, power, fault) => {
    const refusal = refusalOf(() => run(fed(coal, power)))
    expect(refusal.code).toBe('singular-system')
    expect(refusal.facts).toMatchObject({ pointer: '/processes/2', fault, processes: ['coal', 'power'] })
    expect(refusal.message).toContain('"coal", "power"')
  })

  test('of one process that takes more than it makes is refused by its name', () => {
    const refusal = refusalOf(() =>
      run(product([process('p'), process('q')], [from('p', 'q', kg('1')), from('q', 'q', kg('1.5'))])),
    )
    expect(refusal.facts).toMatchObject({
      pointer: '/processes/1',
      fault: 'unproductive',
      processes: ['q'],
    })
  })

  test('through two thousand processes is solved, and what each does adds up', () => {
    // Each takes 0.5 of the next, the last of the first: 1 + 0.5² + … of the first, all 2000 together 2 (as 0.5^2000 is nothing).
    const ids = Array.from({ length: 2_000 }, (_, k) => `p${k}`)
    const lines = ids.flatMap((id, k) => [
      from(id, ids[(k + 1) % ids.length] as string, kg('0.5')),
      co2(id, '1'),
    ])
    const result = run(
      product(
        ids.map((id) => process(id)),
        lines,
        { referenceProcess: 'p0' },
      ),
    )
    expect(result.total).toBeCloseTo(2, 14)
  })
})

describe('avoided production', () => {
  test('is a negative input from a process, and flagged', () => {
    const input = product(
      [process('p'), process('q')],
      [co2('p', '2'), from('p', 'q', kg('-0.5')), co2('q', '2')],
    )
    // 2 − 0.5 × 2 = 1.
    const result = run(input)
    expect(result.total).toBe(1)
    expect(result.flags).toEqual([{ code: 'avoided-production', lines: ['p<q'], share: null }])
  })
})

describe('background', () => {
  const tables = [
    table('t', [
      factor({
        id: 'power',
        family: 'electricity-life-cycle',
        category: 'electricity',
        unit: 'kWh',
        flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.5777' }],
        includesTransmission: true,
      }),
      factor({
        id: 'wind',
        family: 'electricity-life-cycle',
        category: 'electricity-wind',
        unit: 'kWh',
        flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.0336' }],
      }),
      factor({
        id: 'grid',
        family: 'transmission-and-distribution',
        category: 'electricity-transmission',
        unit: 'kWh',
        flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.03' }],
      }),
      co2eFactor({ id: 'steel', family: 'cradle-to-gate' }, '2000'),
    ]),
  ]
  const line = (id: string, category: string, kWh: string): ActivityLine => ({
    ...{
      id,
      category,
      process: 'p',
      quantity: { amount: kWh, unit: 'kWh' },
      factor: id === 'any' ? {} : { id },
    },
  })
  const input = (lines: readonly ActivityLine[]) => ({
    ...product([process('p')], lines),
    factorTables: [{ table: 't', version: '1' }],
  })
  const of = (lines: readonly ActivityLine[]) => calculate(input(lines), context(tables))

  test('electricity is chosen by selector: the average, not the wind', () => {
    expect(of([line('any', 'electricity', '10')])).toMatchObject({
      total: 5.777,
      byCategory: [{ key: 'electricity' }],
    })
  })

  test('transmission is not added to a factor that holds it', () => {
    const refusal = refusalOf(() =>
      of([line('power', 'electricity', '10'), line('grid', 'transmission', '10')]),
    )
    expect([refusal.code, refusal.facts.pointer]).toEqual(['transmission-counted-twice', '/lines/1/factor'])
  })

  test('it is, to as much electricity as lacks it', () => {
    const mixed = [line('power', 'electricity', '10'), line('wind', 'electricity', '5')]
    expect(of([...mixed, line('grid', 'transmission', '5')]).total).toBeCloseTo(5.777 + 0.168 + 0.15, 12)
    expect(() => of([...mixed, line('grid', 'transmission', '6')])).toThrow('transmission-counted-twice')
    expect(of([line('wind', 'electricity', '5'), line('grid', 'transmission', '5')]).total).toBeCloseTo(
      0.318,
      12,
    )
  })

  test('a generation factor is refused for a product, an organization’s category too', () => {
    expect(() => of([{ ...line('steel', 'electricity', '1'), quantity: kg('1') }])).toThrow('wrong-family')
    expect(() => of([line('power', 'purchased-electricity', '1')])).toThrow('unknown-category')
  })
})

describe('refusals of systems', () => {
  const two = product([process('p'), process('q')], [co2('p', '1'), from('p', 'q', kg('1')), co2('q', '1')])

  test.each<[string, Partial<ProductInput>, string, string]>([
    [
      'a line without process',
      { lines: [{ ...co2('p', '1'), process: undefined }] },
      'property-missing',
      '/lines/0/process',
    ],
    ['a line of an unknown process', { lines: [co2('x', '1')] }, 'unknown-process', '/lines/0/process'],
    [
      'an input from an unknown process',
      { lines: [from('p', 'x', kg('1'))] },
      'unknown-process',
      '/lines/0/from',
    ],
    [
      'an input in a unit its maker does not make',
      { lines: [from('p', 'q', { amount: '1', unit: 'kWh' })] },
      'incompatible-dimension',
      '/lines/0/quantity/unit',
    ],
    ['an unknown reference process', { referenceProcess: 'x' }, 'unknown-process', '/referenceProcess'],
    [
      'a declared unit the reference does not make',
      { declaredUnit: { amount: '1', unit: 'piece' } },
      'incompatible-dimension',
      '/declaredUnit/unit',
    ],
    [
      'a declared unit of nothing',
      { declaredUnit: kg('0') },
      'property-out-of-range',
      '/declaredUnit/amount',
    ],
    [
      'a process that nothing takes from',
      { lines: [co2('p', '1'), co2('q', '1')] },
      'unconnected-process',
      '/processes/1',
    ],
    [
      'a process of which nothing is said',
      { lines: [co2('p', '1'), from('p', 'q', kg('1'))] },
      'process-empty',
      '/processes/1',
    ],
    [
      'more of an input than numbers hold',
      {
        processes: product([process('p'), process('q', kg('1e-300'))], []).processes,
        lines: [from('p', 'q', kg('1e300')), co2('q', '1')],
      },
      'invalid-number',
      '/processes/1/output',
    ],
    ['a negative release', { lines: [co2('p', '-1')] }, 'negative-amount', '/lines/0/quantity/amount'],
  ])('%s', (_, given, code, pointer) => {
    const refusal = refusalOf(() => run({ ...two, ...given }))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })

  test('every process of which nothing is said is named, and one that is stated as nothing passes', () => {
    const lines = [co2('p', '1'), from('p', 'q', kg('1')), from('p', 'r', kg('1'))]
    const three = product([process('p'), process('q'), process('r')], lines)
    const { facts } = refusalOf(() => run(three))
    expect(facts).toMatchObject({
      process: 'q',
      others: [{ code: 'process-empty', pointer: '/processes/2' }],
    })
    expect(run({ ...three, lines: [...lines, co2('q', '0'), co2('r', '2')] }).total).toBe(3)
  })

  test.each<[string, Partial<Process>, string, string]>([
    ['the same id', { id: 'p' }, 'duplicate-id', '/processes/1/id'],
    ['no output', { output: kg('0') }, 'property-out-of-range', '/processes/1/output/amount'],
    [
      'an output in no unit',
      { output: { amount: '1', unit: 'x' } },
      'unknown-unit',
      '/processes/1/output/unit',
    ],
    ['a stage outside the boundary', { stage: 'use' }, 'property-out-of-range', '/processes/1/stage'],
  ])('a process with %s', (_, given, code, pointer) => {
    const [first, second] = two.processes as [Process, Process]
    const refusal = refusalOf(() => run({ ...two, processes: [first, { ...second, ...given }] }))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })

  test('more processes than the solver takes', () => {
    const many = Array.from({ length: 20_001 }, (_, index) => process(String(index)))
    expect(refusalOf(() => run(product(many, [co2('0', '1')]))).code).toBe('too-many-items')
  })
})
