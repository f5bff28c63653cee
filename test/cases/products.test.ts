/**
 * Published product systems, recalculated: textbook chains and loops, and the networks other people's software is tested
 * with. Their elementary flows go in as gases of a set that weighs them as the case says.
 */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, GwpSet, LineResult } from '../../src/engine/types.ts'
import { ar6, co2eFactor, context, factor, product, table } from '../engine/fixtures.ts'
import { caseNote, casesPresent, publishedJson, publishedText } from '../json/published.ts'

/** Networks in one common form. */
const networks = [
  'chain-two-processes',
  'cycle-nonunit-production',
  'heijungs-suh-electricity-fuel',
  'multi-score-gamma',
  'multi-score-gamma-2',
  'olca-avoided-product',
  'olca-avoided-waste',
  'olca-mutual-loop',
  'olca-system-in-system',
  'olca-waste-downstream',
  'steel-electricity-coal-cycle',
]

const others = [
  'biogenic-carbon-pact-examples',
  'electric-vehicle-by-region',
  'pool-of-servers',
  'sandwich-parameters',
]

/** One process that makes two products, and what each bears. */
const allocations = [
  'allocation-economic',
  'allocation-equal',
  'allocation-given',
  'allocation-mass',
  'allocation-revenue',
  'olca-allocation-products',
  'olca-allocation-waste-product',
  'olca-allocation-wastes',
]

interface Network {
  processes: readonly NetworkProcess[]
  demand: readonly { product: string; amount: number }[]
  characterization?: Readonly<Record<string, number>>
  expected: {
    scaling?: Readonly<Record<string, number>>
    inventory?: Readonly<Record<string, number>>
    direct?: Readonly<Record<string, Readonly<Record<string, number>>>>
    score?: number
  }
}

interface NetworkProcess {
  id: string
  outputs: readonly { product: string; amount: number }[]
  inputs: readonly { product: string; amount: number }[]
  elementary: readonly { flow: string; amount: number }[]
}

const published = describe.skipIf(!casesPresent)
const nothing: Network = { processes: [], demand: [], expected: {} }

test.skipIf(!casesPresent)(`every published product case is tested${caseNote}`, () => {
  const files = publishedText('index.json').match(/product\/[a-z0-9-]+\.json/g) ?? []
  const names = [...new Set(files)].map((file) => file.slice('product/'.length, -'.json'.length)).sort()
  expect(names).toEqual([...networks, ...allocations, ...others].sort())
})

published.each(networks)(`%s${caseNote}`, (name) => {
  test('runs, flows and score are as published', () => {
    const given = publishedJson(`product/${name}.json`, nothing)
    const result = calculated(given)
    const { scaling = {}, inventory = {}, direct = {}, score } = given.expected
    const runs = new Map(result.scaling.map(({ process, runs }) => [process, runs]))
    for (const [process, times] of Object.entries(scaling)) expectRelative(runs.get(process), times)
    for (const [flow, amount] of Object.entries(inventory)) {
      if (amount > 0) expectRelative(kgOf(flow, result.lines), amount)
    }
    for (const [process, flows] of Object.entries(direct)) {
      const lines = result.lines.filter((line) => line.process === process)
      for (const [flow, amount] of Object.entries(flows)) expectRelative(kgOf(flow, lines), amount)
    }
    if (score !== undefined) expectRelative(result.total, score)
    expect(result.lines.length).toBeGreaterThan(0)
  })
})

function kgOf(flow: string, lines: readonly LineResult[]): number {
  const gases = lines.flatMap((line) => line.gases).filter(({ gas }) => gas === flow)
  return gases.reduce((sum, { kg }) => sum + (kg ?? 0), 0)
}

/** A network as a product system. Everything is in kilograms; processes that the demand does not reach are left out. */
function calculated(given: Network) {
  const [demand] = given.demand
  const reached = reachedFrom(makerOf(given, demand?.product))
  const lines = reached.flatMap((process) => statedOf(given, process))
  const input = product(
    reached.map(({ id, outputs }) => ({
      ...{ id, output: kg(outputs[0]?.amount), treats: isTreatment(outputs[0]?.product) },
    })),
    lines,
    {
      declaredUnit: kg(demand?.amount),
      gwpSet: { id: 'case', version: '1' },
    },
  )
  return calculate(input, context([], setOf(given)))

  function reachedFrom(first: NetworkProcess): readonly NetworkProcess[] {
    const found = new Set([first])
    for (const process of found) for (const taken of process.inputs) found.add(makerOf(given, taken.product))
    return [...found]
  }
}

function makerOf({ processes }: Network, wanted: string | undefined): NetworkProcess {
  return processes.find(({ outputs }) => outputs[0]?.product === wanted) as NetworkProcess
}

/** Its lines. Where a source is silent of all that a process takes and releases, it means nothing, which a footprint has to say. */
function statedOf(given: Network, process: NetworkProcess): readonly ActivityLine[] {
  const lines = [...inputs(given, process), ...releases(given, process)]
  const [flow] = Object.keys(given.characterization ?? {})
  return lines.length > 0 || flow === undefined ? lines : [release(process, flow, 0)]
}

function inputs(given: Network, process: NetworkProcess): ActivityLine[] {
  return process.inputs.map(({ product, amount }) => {
    const maker = makerOf(given, product).id
    const way = isTreatment(product) ? { to: maker } : { from: maker }
    return {
      ...{ id: `${process.id} takes ${product}`, category: 'material', process: process.id },
      ...{ ...way, quantity: kg(amount) },
    }
  })
}

/** The sources speak of waste as an output; the common form has its treatment as an input. */
function isTreatment(product: string | undefined): boolean {
  return product?.startsWith('treatment of ') === true
}

/** Emissions; what is taken from nature weighs nothing in a footprint and is no release. */
function releases({ characterization }: Network, process: NetworkProcess): ActivityLine[] {
  const weighed = process.elementary.filter(
    ({ flow, amount }) =>
      amount > 0 && (characterization?.[flow] ?? 1) !== 0 && (!characterization || flow in characterization),
  )
  return weighed.map(({ flow, amount }) => release(process, flow, amount))
}

function release(process: NetworkProcess, flow: string, amount: number): ActivityLine {
  return {
    ...{ id: `${process.id} ${flow}`, category: 'process-emissions', process: process.id },
    ...{ gas: flow, quantity: kg(amount) },
  }
}

function setOf({ processes, characterization }: Network): GwpSet {
  const flows = processes.flatMap(({ elementary }) => elementary.map(({ flow }) => [flow, 1] as const))
  const values = Object.fromEntries(
    Object.entries(characterization ?? Object.fromEntries(flows)).map(([flow, gwp]) => [flow, String(gwp)]),
  )
  return { ...ar6, id: 'case', version: '1', values, inTotal: Object.keys(values), blends: {}, aliases: {} }
}

published(`electric-vehicle-by-region${caseNote}`, () => {
  const { processes, expected } = publishedJson<{
    processes: readonly { geo: string; kgCO2e_per_kWh?: number }[]
    expected: readonly { geo: string; kgCO2e: number }[]
  }>('product/electric-vehicle-by-region.json', { processes: [], expected: [] })
  const regions: Readonly<Record<string, string>> = { switzerland: 'CH', france: 'FR' }
  const grid = table(
    'grid',
    processes.flatMap(({ geo, kgCO2e_per_kWh }) =>
      kgCO2e_per_kWh === undefined
        ? []
        : [
            factor({
              ...{
                id: geo,
                region: regions[geo] as string,
                category: 'electricity',
                family: 'electricity-life-cycle',
                unit: 'kWh',
              },
              flows: [{ kind: 'fossil', gas: 'CO2', kg: String(kgCO2e_per_kWh) }],
            }),
          ],
    ),
  )

  test('a passenger-kilometre takes the electricity of its region', () => {
    for (const { geo, kgCO2e } of expected) {
      const line = {
        id: 'electricity',
        category: 'electricity',
        process: 'ev',
        quantity: { amount: '1', unit: 'kWh' },
        factor: {},
      }
      const unit = { amount: '1', unit: 'passenger.km' }
      const input = product([{ id: 'ev', output: unit }], [line], {
        declaredUnit: unit,
        region: regions[geo] as string,
        factorTables: [{ table: 'grid', version: '1' }],
      })
      expect(calculate(input, context([grid])).total).toBe(kgCO2e)
    }
    expect(expected).toHaveLength(2)
  })
})

published(`biogenic-carbon-pact-examples${caseNote}`, () => {
  interface Example {
    fossil: number
    land_use_change: number
    land_management_fossil: number
    land_management_biogenic_CO2: number
    biogenic_nonCO2: number
    biogenic_uptake: number
    expected_excluding_uptake: number
    expected_including_uptake: number
    computed: { all_parts: { excluding_uptake: number; including_uptake: number } }
  }
  const { rows } = publishedJson<{ rows: readonly Example[] }>('product/biogenic-carbon-pact-examples.json', {
    rows: [],
  })
  /** The parts as a system states them; what is not CO2 comes as a CO2e of an own factor. */
  const pactOf = (row: Example, nonCo2: number) => {
    const part = (id: string, amount: number, given: Partial<ActivityLine> = {}): ActivityLine => ({
      ...{ id, category: 'process-emissions', process: 'product', gas: 'CO2', quantity: kg(amount) },
      ...given,
    })
    const lines = [
      part('fossil', row.fossil),
      part('land', row.land_management_fossil, { flowOrigin: 'land-management' }),
      part('change', row.land_use_change, {
        ...{ flowKind: 'land-use-change', landUseChange: { kind: 'direct' } },
      }),
      part('soil', row.land_management_biogenic_CO2, {
        ...{ flowKind: 'biogenic', flowOrigin: 'land-management' },
      }),
      part('growth', row.biogenic_uptake, { flowKind: 'biogenic-uptake' }),
      part('other', nonCo2, { gas: undefined, factor: { id: 'other' } }),
    ]
    const other = co2eFactor({ id: 'other', family: 'process', unit: 'kg' }, '1')
    const ownFactors = [{ ...other, flows: [{ kind: 'biogenic', gas: 'CO2e', kg: '1' } as const] }]
    const input = product([{ id: 'product', output: kg(1) }], lines, { ownFactors })
    return calculate(input, context()).product?.sums.pact
  }

  test('the two sums, with every part that the specification adds', () => {
    for (const row of rows) {
      const { excluding_uptake: excluding, including_uptake: including } = row.computed.all_parts
      const pact = pactOf(row, row.biogenic_nonCO2)
      expect(pact?.pcfExcludingBiogenicUptake).toBeCloseTo(excluding, 12)
      expect(pact?.pcfIncludingBiogenicUptake).toBeCloseTo(including, 12)
      expect(pact).toMatchObject({
        biogenicCO2Uptake: row.biogenic_uptake,
        landManagementFossilGhgEmissions: row.land_management_fossil,
        biogenicNonCO2Emissions: row.biogenic_nonCO2,
      })
    }
    expect(rows).toHaveLength(2)
  })

  test('the published sums, to 0.005 kg, without the part that they leave out', () => {
    for (const row of rows) {
      const pact = pactOf(row, 0)
      const apart = (sum: number | undefined, stated: number) => Math.abs((sum ?? Number.NaN) - stated)
      expect(apart(pact?.pcfExcludingBiogenicUptake, row.expected_excluding_uptake)).toBeLessThan(0.005)
      expect(apart(pact?.pcfIncludingBiogenicUptake, row.expected_including_uptake)).toBeLessThan(0.005)
    }
  })
})

published(`pool-of-servers${caseNote}`, () => {
  const { rows, expected, rederived } = publishedJson<{
    rows: readonly { id: string; quantity: number; GWP_kg: number }[]
    expected: {
      total_kg_between: readonly [number, number]
      small_only_kg_between: readonly [number, number]
    }
    rederived: { total_kg: number }
  }>('product/pool-of-servers.json', {
    rows: [],
    expected: { total_kg_between: [0, 0], small_only_kg_between: [0, 0] },
    rederived: { total_kg: 0 },
  })

  test('a bill of 103 servers', () => {
    const lines = rows.map(
      ({ id, quantity }): ActivityLine => ({
        ...{
          id,
          category: 'material',
          process: 'pool',
          factor: { id },
          quantity: { amount: String(quantity), unit: 'piece' },
        },
      }),
    )
    const ownFactors = rows.map(({ id, GWP_kg }) =>
      co2eFactor({ id, family: 'cradle-to-gate', unit: 'piece' }, String(GWP_kg)),
    )
    const output = { amount: '1', unit: 'piece' }
    const { total, lines: results } = calculate(
      product([{ id: 'pool', output }], lines, { declaredUnit: output, ownFactors }),
      context(),
    )
    expectRelative(total, rederived.total_kg)
    expectWithin(total, expected.total_kg_between)
    expectWithin(results[0]?.kgCo2e, expected.small_only_kg_between)
  })
})

published(`sandwich-parameters${caseNote}`, () => {
  const { demands } = publishedJson<{ demands: readonly SandwichDemand[] }>(
    'product/sandwich-parameters.json',
    { demands: [] },
  )
  const ingredient = (id: string, more: Partial<ActivityLine>): ActivityLine => ({
    ...{ id, category: 'material', process: 'bake', factor: { id } },
    ...more,
  })
  // The bread's salt is what its taker asks for: 20 g for a sandwich, as the case says.
  const baked = (salt: string, of: 'bread' | 'sandwich') =>
    product(
      [
        ...(of === 'sandwich' ? [{ id: 'sandwich', output: { amount: '5', unit: 'piece' } }] : []),
        { id: 'bake', output: kg(1) },
      ],
      [
        ...(of === 'sandwich'
          ? [{ id: 'bread', category: 'material', process: 'sandwich', from: 'bake', quantity: kg(1) }]
          : []),
        ingredient('flour', { quantity: kg(1) }),
        ingredient('salt', { parameter: { id: 'salt_amount' } }),
      ],
      {
        parameters: [{ id: 'salt_amount', value: salt, unit: 'g' }],
        declaredUnit: of === 'sandwich' ? { amount: '1', unit: 'piece' } : kg(1),
        ownFactors: ['flour', 'salt'].map((id) =>
          co2eFactor({ id, family: 'cradle-to-gate', unit: 'g' }, '1'),
        ),
      },
    )

  test('a bread with the salt it is asked for, and the flour and salt of a sandwich', () => {
    const [bread, sandwich] = demands
    const gramsOf = (id: string, lines: readonly LineResult[]) =>
      (lines.find((line) => line.id === id)?.activity.amount ?? Number.NaN) *
      (lines.find((line) => line.id === id)?.scaling ?? Number.NaN)
    const alone = calculate(baked(String(bread?.salt_amount_g), 'bread'), context()).lines
    expect(gramsOf('salt', alone)).toBe(bread?.expected.salt_g)
    const taken = calculate(baked('20', 'sandwich'), context()).lines
    expect(gramsOf('flour', taken)).toBe((sandwich?.expected.flour_kg ?? 0) * 1000)
    expect(gramsOf('salt', taken)).toBe(sandwich?.expected.salt_g)
  })
})

interface SandwichDemand {
  readonly salt_amount_g?: number
  readonly expected: { readonly salt_g: number; readonly flour_kg?: number }
}

function kg(amount: number | undefined) {
  return { amount: String(amount), unit: 'kg' }
}

function expectRelative(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(Math.abs(expected) * 1e-9)
}

function expectWithin(actual: number | undefined, [low, high]: readonly [number, number]): void {
  expect(actual).toBeGreaterThanOrEqual(low)
  expect(actual).toBeLessThanOrEqual(high)
}
