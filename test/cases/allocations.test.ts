/** Published allocations, recalculated: one process, two products, and what the sources' own tests say each of them bears. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, Allocation, CoProduct, Process, Quantity } from '../../src/engine/types.ts'
import { context, product } from '../engine/fixtures.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'

const published = describe.skipIf(!casesPresent)
const justification = 'As the published case has it'

interface Made {
  readonly id: string
  readonly output: Quantity
  readonly treats?: boolean
  readonly facts?: Partial<CoProduct>
}

/** What one process lets go for so much of one of its two products, or of the wastes it treats. */
function borne(
  allocation: Allocation,
  [first, second]: readonly [Made, Made],
  kg: number,
  of: Quantity,
  id: string,
) {
  const process: Pick<Process, 'id' | 'output'> & Partial<Process> = {
    ...{ id: 'p', product: first.id, output: first.output, treats: first.treats, ...first.facts, allocation },
    coProducts: [{ id: second.id, output: second.output, treats: second.treats, ...second.facts }],
  }
  const emitted: ActivityLine = {
    ...{ id: 'emission', category: 'process-emissions', process: 'p', gas: 'CO2' },
    quantity: { amount: String(kg), unit: 'kg' },
  }
  const input = product([process], [emitted], { declaredUnit: of, referenceProduct: id })
  return calculate(input, context()).total
}

interface Multifunctional {
  readonly process: {
    readonly products: readonly {
      readonly id: string
      readonly amount: number
      readonly properties: {
        readonly price: number
        readonly mass: number
        readonly manual_allocation: number
      }
    }[]
    readonly emissions: Readonly<Record<string, number>>
  }
  readonly expected: {
    readonly emissions_of_allocated_process: Readonly<Record<string, number>>
    readonly score_per_unit_with_factor_5?: Readonly<Record<string, number>>
  }
}

/** The properties are per unit of a product, and are made up: "4 kg" of 6 kg each are taken as 4 pieces. */
const ways: Readonly<Record<string, (case_: Multifunctional['process']['products']) => Allocation>> = {
  economic: () => ({ by: 'economic-value', justification }),
  mass: () => ({ by: 'mass' }),
  equal: (products) => ({
    ...{ by: 'shares', justification },
    shares: products.map(({ id }) => ({ product: id, share: String(1 / products.length) })),
  }),
  // 2 : 8, as shares of 10.
  given: (products) => ({
    ...{ by: 'shares', justification },
    shares: products.map(({ id, properties }) => ({
      product: id,
      share: String(properties.manual_allocation / 10),
    })),
  }),
}

published.each(Object.keys(ways))(`allocation-%s${caseNote}`, (name) => {
  test('what each product bears, and what a unit of it scores', () => {
    const given = publishedJson<Multifunctional>(`product/allocation-${name}.json`, {
      process: { products: [], emissions: {} },
      expected: { emissions_of_allocated_process: {} },
    })
    const { products, emissions } = given.process
    const kg = emissions['flow - a'] ?? Number.NaN
    const made = products.map(
      ({ id, amount, properties }): Made => ({
        id,
        output: { amount: String(amount), unit: 'piece' },
        facts: {
          price: { amount: String(properties.price), unit: 'EUR' },
          properties: [{ name: 'mass', quantity: { amount: String(properties.mass), unit: 'kg' } }],
        },
      }),
    ) as unknown as readonly [Made, Made]
    const allocation = ways[name]?.(products) as Allocation
    for (const [key, expected] of Object.entries(given.expected.emissions_of_allocated_process)) {
      const product = made.find(({ id }) => key.startsWith(id)) as Made
      expectRelative(borne(allocation, made, kg, product.output, product.id), expected, 1e-5)
    }
    for (const [key, score] of Object.entries(given.expected.score_per_unit_with_factor_5 ?? {})) {
      const { id } = made.find((product) => key.startsWith(product.id)) as Made
      expectRelative(5 * borne(allocation, made, kg, { amount: '1', unit: 'piece' }, id), score, 1e-5)
    }
    expect(Object.keys(given.expected.emissions_of_allocated_process)).toHaveLength(2)
  })
})

published(`allocation-revenue${caseNote}`, () => {
  test('by revenue, per unit of each product', () => {
    const { products, emission, expected } = publishedJson<{
      products: readonly { id: string; amount: number; price: number }[]
      emission: number
      expected: { emission_per_unit: Readonly<Record<string, number>> }
    }>('product/allocation-revenue.json', { products: [], emission: 0, expected: { emission_per_unit: {} } })
    const made = products.map(
      ({ id, amount, price }): Made => ({
        id,
        output: { amount: String(amount), unit: 'kg' },
        facts: { price: { amount: String(price), unit: 'EUR' } },
      }),
    ) as unknown as readonly [Made, Made]
    for (const [id, each] of Object.entries(expected.emission_per_unit)) {
      const one = { amount: '1', unit: 'kg' }
      expectRelative(borne({ by: 'economic-value', justification }, made, emission, one, id), each, 1e-12)
    }
    expect(products).toHaveLength(2)
  })
})

interface OpenLca {
  readonly process: {
    readonly reference: { readonly flow: string; readonly amount: number }
    readonly other: { readonly flow: string; readonly amount: number }
    readonly emissions: { readonly CO2: number }
    readonly allocation: Readonly<Record<string, number>>
  }
  readonly demand: Readonly<Record<string, number>>
  readonly expected: { readonly CO2: number }
}

published.each(['olca-allocation-products', 'olca-allocation-waste-product', 'olca-allocation-wastes'])(
  `%s${caseNote}`,
  (name) => {
    test.each(['given shares', 'mass'])('by %s', (way) => {
      const nothing = { flow: '', amount: 0 }
      const { process, demand, expected } = publishedJson<OpenLca>(`product/${name}.json`, {
        process: { reference: nothing, other: nothing, emissions: { CO2: 0 }, allocation: {} },
        ...{ demand: {}, expected: { CO2: 0 } },
      })
      const made = [process.reference, process.other].map(
        ({ flow, amount }): Made => ({
          ...{ id: flow, output: { amount: String(amount), unit: 'kg' }, treats: flow.startsWith('waste ') },
        }),
      ) as unknown as readonly [Made, Made]
      const shares = Object.entries(process.allocation).map(([product, share]) => ({
        product,
        share: String(share),
      }))
      const allocation: Allocation = way === 'mass' ? { by: 'mass' } : { by: 'shares', shares, justification }
      for (const [id, amount] of Object.entries(demand)) {
        const unit = { amount: String(amount), unit: 'kg' }
        const found = borne(allocation, made, process.emissions.CO2, unit, id)
        expect(Math.abs(found - expected.CO2)).toBeLessThanOrEqual(1e-12)
      }
      expect(Object.keys(demand)).toHaveLength(1)
    })
  },
)

function expectRelative(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.abs(expected) * tolerance)
}
