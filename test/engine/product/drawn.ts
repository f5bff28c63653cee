/**
 * Systems drawn with everything that a network can hold: loops, processes that share their burden in each of the ways, a credit, a
 * treatment of waste, a mean of plants, factors, parameters, outputs in several units. And what they come to, worked out by other means:
 * equations written down from the input as the documentation has them, solved by elimination.
 */

import fc from 'fast-check'
import type { ActivityLine, Allocation, Process, ProductInput, Quantity } from '../../../src/engine/types.ts'
import { co2eFactor, product } from '../fixtures.ts'

const kilograms: Readonly<Record<string, number>> = { g: 1e-3, kg: 1, t: 1e3 }
const massOf = ({ amount, unit }: Quantity) => Number(amount) * (kilograms[unit] as number)

/** Whole numbers decide everything, so that a case shrinks to small ones. */
interface Drawn {
  readonly outputs: readonly number[]
  readonly units: readonly string[]
  readonly emitted: readonly number[]
  readonly bought: readonly number[]
  readonly beside: readonly number[]
  readonly taken: readonly (readonly [
    taker: number,
    maker: number,
    parts: number,
    product: number,
    way: number,
  ])[]
  readonly plants: readonly [number, number]
  readonly parameter: number
}

/** Processes 0 to 7; 1, 3, 5 and 7 make several products, 6 treats waste. `mean` is the mean of 2 and 4. */
const count = 8
const place = fc.nat(count - 1)
const each = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: count, maxLength: count })
const number = fc.integer({ min: 1, max: 999 })

const drawn: fc.Arbitrary<Drawn> = fc.record({
  outputs: each(number),
  units: each(fc.constantFrom('g', 'kg', 't')),
  emitted: each(number),
  bought: each(fc.nat(999)),
  beside: each(number),
  taken: fc.array(fc.tuple(place, place, fc.integer({ min: 1, max: 40 }), fc.nat(2), fc.nat(2)), {
    maxLength: 14,
  }),
  plants: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
  parameter: number,
})

const because = { justification: 'drawn' }
const allocations: Readonly<Record<number, Allocation>> = {
  1: { by: 'economic-value', ...because },
  3: { by: 'subdivision', common: { by: 'physical-property', property: 'starch' } },
  5: {
    ...{ by: 'shares', ...because },
    shares: [
      { product: 'p5', share: '0.625' },
      { product: 'p5b', share: '0.375' },
    ],
  },
  7: { by: 'substitution' },
}

export const factorKg = 1.25

function processOf(index: number, given: Drawn): Omit<Process, 'name' | 'stage'> & Pick<Process, 'stage'> {
  const id = `p${index}`
  const unit = given.units[index] as string
  const output = { amount: String((given.outputs[index] as number) / 10), unit }
  const stage = index % 3 === 1 ? 'raw-material-acquisition' : 'production'
  const allocation = allocations[index]
  if (allocation === undefined) return { id, stage, output, ...(index === 6 ? { treats: true } : {}) }
  const half = (given.beside[index] as number) / 10
  const facts = (price: number, starch: number) => ({
    price: { amount: String(price), unit: 'CNY' },
    properties: [{ name: 'starch', quantity: { amount: String(starch), unit } }],
  })
  const avoids = {
    from: 'p0',
    quantity: { amount: String((given.outputs[0] as number) / 1000), unit: given.units[0] as string },
  }
  return {
    ...{ id, stage, output, product: id, allocation, ...facts(7, 0.3) },
    coProducts: [
      {
        ...{ id: `${id}b`, output: { amount: String(half), unit }, ...facts(3, 0.9) },
        ...(allocation.by === 'substitution' ? { avoids } : {}),
      },
    ],
  }
}

function linesOf(
  given: Drawn,
  processes: readonly ReturnType<typeof processOf>[],
  mean: Quantity,
): ActivityLine[] {
  /** So little of what a run makes of a product that no loop takes all of it. */
  const partOf = ({ amount, unit }: Quantity, parts: number): Quantity => {
    return { amount: String((Number(amount) * parts) / 1000), unit }
  }
  /** What is taken of a process: of the one that treats, treatment; of those that make several, one of them. */
  const taking = (
    id: string,
    taker: number,
    maker: number,
    parts: number,
    product: number,
    way: number,
  ): ActivityLine => {
    const offers = allocations[maker]?.by === 'substitution' ? 1 : allocations[maker] ? 2 : 1
    const isSide = product % offers === 1
    const wanted = offers === 1 ? undefined : `p${maker}${isSide ? 'b' : ''}`
    const { output, coProducts = [] } = processes[maker] as (typeof processes)[number]
    const made = isSide ? (coProducts[0] as (typeof coProducts)[number]).output : output
    const names = maker === 6 ? { to: 'p6' } : { from: `p${maker}`, fromProduct: wanted }
    const forProduct = taker === 3 && way > 0 ? `p3${way === 1 ? '' : 'b'}` : undefined
    const amount = partOf(made, parts)
    return {
      id,
      category: maker === 6 ? 'waste-treatment' : 'material',
      process: `p${taker}`,
      ...names,
      forProduct,
      quantity: amount,
    }
  }
  const gas = (process: string, amount: number): ActivityLine => ({
    ...{ id: `${process} gas`, category: 'process-emissions', process, gas: 'CO2' },
    quantity: { amount: String(amount / 100), unit: 'kg' },
  })
  return [
    // The first takes of all others, so that each is needed, and of the mean; the mean has something of its own.
    ...processes.slice(1).map((_, index) => taking(`first ${index}`, 0, index + 1, 20, 0, 0)),
    { ...taking('first mean', 0, 2, 0, 0, 0), from: 'mean', quantity: partOf(mean, 10) },
    gas('mean', 77),
    ...processes.map(({ id }, index) => gas(id, given.emitted[index] as number)),
    ...processes.flatMap(({ id }, index): readonly ActivityLine[] => {
      const bought = given.bought[index] as number
      const line = { category: 'material', process: id, factor: { table: 'own', id: 'steel' } }
      return bought === 0
        ? []
        : [{ ...line, id: `${id} steel`, quantity: { amount: String(bought / 10), unit: 'kg' } }]
    }),
    { ...gas('p2', 1), id: 'follows', quantity: undefined, parameter: { id: 'rate' } },
    ...given.taken.map(([taker, maker, parts, product, way], index) =>
      taking(`more ${index}`, taker, maker, parts, product, way),
    ),
  ]
}

export const wholeSystems: fc.Arbitrary<ProductInput> = drawn.map((given) => {
  const processes = Array.from({ length: count }, (_, index) => processOf(index, given))
  // One run of the mean is the period: what both plants made in a few runs, in kilograms.
  const made = given.plants.map((runs, at) => {
    const { id, output } = processes[at === 0 ? 2 : 4] as (typeof processes)[number]
    return { from: id, output: { amount: String(Number(output.amount) * runs), unit: output.unit } }
  })
  const whole = made.reduce((sum, { output }) => sum + massOf(output), 0)
  const mean = { id: 'mean', output: { amount: String(whole), unit: 'kg' }, meanOf: made }
  return product([...processes, mean], linesOf(given, processes, mean.output), {
    declaredUnit: { amount: '1', unit: 'kg' },
    ownFactors: [co2eFactor({ id: 'steel', family: 'cradle-to-gate', unit: 'kg' }, String(factorKg))],
    parameters: [
      { id: 'base', value: String(given.parameter / 100), unit: 'kg' },
      { id: 'rate', formula: 'base * 2 + base * base', unit: 'kg' },
    ],
  })
})

/** A product of a process, with what part of its process's lines is its own. */
interface Node {
  readonly process: Process
  readonly product: string
  readonly made: number
  readonly share: number
}

/** Shares by their definitions: what each product has of the key, over all of it. */
function sharesOf(process: Process): readonly number[] {
  const { allocation, coProducts = [] } = process
  const all = [process, ...coProducts]
  const key = allocation?.by === 'subdivision' ? allocation.common : allocation
  const basis = all.map(({ output, price, properties }, at) => {
    if (key === undefined) return 1
    if (key.by === 'substitution') return at === 0 ? 1 : 0
    if (key.by === 'shares') return Number(key.shares?.[at]?.share)
    if (key.by === 'economic-value') return Number(output.amount) * Number(price?.amount)
    return Number(output.amount) * Number(properties?.[0]?.quantity.amount)
  })
  const sum = basis.reduce((before, one) => before + one, 0)
  return basis.map((one) => one / sum)
}

function nodesOf({ processes }: ProductInput): readonly Node[] {
  return processes.flatMap((process): readonly Node[] => {
    const shares = sharesOf(process)
    const main = {
      process,
      product: process.product ?? process.id,
      made: massOf(process.output),
      share: shares[0] as number,
    }
    if (process.allocation?.by === 'substitution') return [main]
    const others = (process.coProducts ?? []).map(({ id, output }, at) => ({
      ...{ process, product: id, made: massOf(output), share: shares[at + 1] as number },
    }))
    return [main, ...others]
  })
}

/** Emissions of a line for one run of its process, kg CO2e, where it has any. */
function emittedBy(line: ActivityLine, { parameters = [] }: ProductInput): number {
  if (line.parameter !== undefined) {
    const base = Number(parameters.find(({ id }) => id === 'base')?.value)
    return base * 2 + base * base
  }
  const mass = massOf(line.quantity as Quantity)
  return line.gas !== undefined ? mass : line.factor !== undefined ? mass * factorKg : 0
}

/** The runs of each product, and the total: s = f + B·s by elimination with pivots, total = d·s. */
export function workedOut(input: ProductInput): {
  readonly runs: ReadonlyMap<string, number>
  readonly total: number
} {
  const nodes = nodesOf(input)
  const at = (process: string | undefined, wanted?: string | undefined) =>
    nodes.findIndex(
      ({ process: { id }, product: name }) => id === process && (wanted === undefined || name === wanted),
    )
  const equations = nodes.map((_, row) => nodes.map((_, column) => (row === column ? 1 : 0)))
  const needs = (maker: number, taker: number, runs: number) => {
    const row = equations[maker] as number[]
    row[taker] = (row[taker] as number) - runs
  }
  const direct = nodes.map(() => 0)
  for (const line of input.lines) {
    const maker =
      line.to !== undefined ? at(line.to) : line.from !== undefined ? at(line.from, line.fromProduct) : -1
    for (const [node, { process, product: name, share }] of nodes.entries()) {
      if (process.id !== line.process || (line.forProduct ?? name) !== name) continue
      const part = line.forProduct === undefined ? share : 1
      direct[node] = (direct[node] as number) + part * emittedBy(line, input)
      if (maker >= 0)
        needs(maker, node, (part * massOf(line.quantity as Quantity)) / (nodes[maker] as Node).made)
    }
  }
  for (const { id, meanOf = [], coProducts = [] } of input.processes) {
    for (const { from, output } of meanOf)
      needs(at(from), at(id), massOf(output as Quantity) / (nodes[at(from)] as Node).made)
    for (const { avoids } of coProducts)
      if (avoids?.quantity)
        needs(at(avoids.from), at(id), -massOf(avoids.quantity) / (nodes[at(avoids.from)] as Node).made)
  }
  const asked = at(input.referenceProcess, input.referenceProduct)
  const demand = nodes.map((_, node) =>
    node === asked ? massOf(input.declaredUnit as Quantity) / (nodes[node] as Node).made : 0,
  )
  const runs = eliminated(equations, demand)
  const keyed = nodes.map(
    ({ process, product: name }, node) => [`${process.id}/${name}`, runs[node] as number] as const,
  )
  return {
    runs: new Map(keyed),
    total: runs.reduce((sum, times, node) => sum + times * (direct[node] as number), 0),
  }
}

/** Gauss with partial pivoting. */
function eliminated(equations: number[][], demand: readonly number[]): readonly number[] {
  const rows = equations.map((row, index) => [...row, demand[index] as number])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    const best = rows
      .slice(column)
      .reduce(
        (most, row, at, all) =>
          Math.abs(row[column] as number) > Math.abs(all[most]?.[column] as number) ? at : most,
        0,
      )
    const [pivot] = rows.splice(column + best, 1) as [number[]]
    rows.splice(column, 0, pivot)
    for (let other = 0; other < size; other++) {
      if (other === column) continue
      const row = rows[other] as number[]
      const times = (row[column] as number) / (pivot[column] as number)
      for (let k = column; k <= size; k++) row[k] = (row[k] as number) - times * (pivot[k] as number)
    }
  }
  return rows.map((row, index) => (row[size] as number) / (row[index] as number))
}
