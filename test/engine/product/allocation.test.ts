/** Processes that make several products: how they share the burden, and what is refused. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, exactSum } from '../../../src/engine/index.ts'
import type {
  ActivityLine,
  Allocation,
  CoProduct,
  Process,
  ProductInput,
  Quantity,
} from '../../../src/engine/types.ts'
import { context, product, refusalOf, toGrave } from '../fixtures.ts'

const kg = (amount: string): Quantity => ({ amount, unit: 'kg' })
const yuan = (amount: string): Quantity => ({ amount, unit: 'CNY' })
const because = 'No physical relationship holds between heat and steel'
const from = (process: string, maker: string, amount: string, fromProduct?: string): ActivityLine => ({
  ...{ id: `${process}<${maker}`, category: 'material', process, from: maker, quantity: kg(amount) },
  ...(fromProduct === undefined ? {} : { fromProduct }),
})
const co2 = (process: string, amount: string): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg(amount) },
})
const run = (input: ProductInput) => calculate(input, context())

/** One run of the dairy takes 10 kg of milk (1 kg CO2 each), lets go 10 kg CO2, and makes 1 kg butter and 9 kg buttermilk. */
function dairy(
  allocation: Allocation | undefined,
  given: { butter?: Partial<Process>; buttermilk?: Partial<CoProduct>; lines?: readonly ActivityLine[] } = {},
): ProductInput {
  const buttermilk = { id: 'buttermilk', output: kg('9'), ...given.buttermilk }
  const butter = { product: 'butter', output: kg('1'), ...given.butter }
  return product(
    [
      { id: 'dairy', ...butter, coProducts: [buttermilk], ...(allocation ? { allocation } : {}) },
      { id: 'farm', output: kg('1') },
    ] as Process[],
    [from('dairy', 'farm', '10'), co2('dairy', '10'), co2('farm', '1'), ...(given.lines ?? [])],
    { referenceProduct: 'butter' },
  )
}
const of = (input: ProductInput, referenceProduct: string, declaredUnit = kg('1')) =>
  run({ ...input, referenceProduct, declaredUnit })
const sharesIn = (input: ProductInput) =>
  run(input).product?.allocations[0]?.products.map(({ share }) => share)

describe('by a key', () => {
  test('by mass: butter has a tenth of the 20 kg, buttermilk nine tenths over 9 kg', () => {
    const input = dairy({ by: 'mass' })
    expect(of(input, 'butter').total).toBeCloseTo(2, 14)
    expect(of(input, 'buttermilk').total).toBeCloseTo(2, 14)
    expect(of(input, 'butter').product?.allocations).toEqual([
      {
        ...{ process: 'dairy', by: 'mass', key: 'mass', property: null, justification: null },
        products: [
          {
            ...{ product: 'butter', basis: { amount: 1, unit: 'kg' }, share: 0.1, avoids: null },
            working: [{ name: 'output', value: 1, unit: 'kg' }],
          },
          {
            ...{ product: 'buttermilk', basis: { amount: 9, unit: 'kg' }, share: 0.9, avoids: null },
            working: [{ name: 'output', value: 9, unit: 'kg' }],
          },
        ],
      },
    ])
  })

  test('a line counts with the share of each product that is wanted, and each product runs by itself', () => {
    const { lines, scaling } = of(dairy({ by: 'mass' }), 'butter')
    expect(lines.map((line) => line.scaling)).toEqual([0.1, 0.1, 1])
    expect(scaling).toEqual([
      { process: 'dairy', product: 'butter', runs: 1 },
      { process: 'dairy', product: 'buttermilk', runs: 0 },
      { process: 'farm', product: null, runs: 1 },
    ])
  })

  test('by mass of what is counted in pieces, where each piece states its mass', () => {
    const pieces = { output: { amount: '4', unit: 'piece' } }
    const input = dairy(
      { by: 'mass' },
      {
        butter: { ...pieces, properties: [{ name: 'mass', quantity: { amount: '250', unit: 'g' } }] },
      },
    )
    // 4 × 250 g beside 9 kg: 1 kg of 10.
    expect(of(input, 'butter', { amount: '4', unit: 'piece' }).total).toBeCloseTo(2, 14)
  })

  test('by energy, where one product is energy and the other says what it has', () => {
    const input = dairy(
      { by: 'energy' },
      {
        butter: { output: { amount: '3', unit: 'GJ' } },
        buttermilk: { properties: [{ name: 'energy', quantity: { amount: '1000', unit: 'MJ' } }] },
      },
    )
    // 3 GJ beside 9 × 1 GJ: a quarter.
    expect(of(input, 'butter', { amount: '3', unit: 'GJ' }).total).toBe(5)
    expect(of(input, 'buttermilk', kg('9')).total).toBe(15)
  })

  test('by economic value: 1 × 40 beside 9 × 1', () => {
    const input = dairy(
      { by: 'economic-value', justification: because },
      {
        butter: { price: yuan('40') },
        buttermilk: { price: yuan('1') },
      },
    )
    expect(sharesIn(input)).toEqual([40 / 49, 9 / 49])
    expect(of(input, 'butter').total).toBeCloseTo((20 * 40) / 49, 13)
  })

  test('a price of zero is a price: the product bears nothing', () => {
    const input = dairy(
      { by: 'economic-value', justification: because },
      {
        butter: { price: yuan('40') },
        buttermilk: { price: yuan('0') },
      },
    )
    expect(of(input, 'butter').total).toBe(20)
    expect(of(input, 'buttermilk').total).toBe(0)
  })

  test('by any physical property that both state', () => {
    const fat = (amount: string) => [{ name: 'fat', quantity: { amount, unit: 'g' } }]
    const input = dairy(
      { by: 'physical-property', property: 'fat' },
      {
        butter: { properties: fat('820') },
        buttermilk: { properties: fat('20') },
      },
    )
    // 820 beside 9 × 20 = 180.
    expect(sharesIn(input)).toEqual([0.82, 0.18])
  })

  test('by given shares; thirds written to six places are taken for thirds of what they come to', () => {
    const shares = (butter: string, buttermilk: string) => [
      { product: 'buttermilk', share: buttermilk },
      { product: 'butter', share: butter },
    ]
    const by = (butter: string, buttermilk: string) =>
      dairy({ by: 'shares', shares: shares(butter, buttermilk), justification: because })
    expect(sharesIn(by('0.3', '0.7'))).toEqual([0.3, 0.7])
    expect(sharesIn(by('0.333333', '0.666667'))).toEqual([0.333333, 0.666667])
    const [butter, buttermilk] = sharesIn(by('0.333333', '0.666666')) as [number, number]
    expect(butter + buttermilk).toBe(1)
    expect(butter).toBeCloseTo(0.333333 / 0.999999, 15)
  })
})

describe('by subdivision', () => {
  const churn: ActivityLine = { ...co2('dairy', '5'), id: 'churn', forProduct: 'butter' }
  const dry: ActivityLine = { ...co2('dairy', '27'), id: 'dry', forProduct: 'buttermilk' }

  test('a line for one product counts for that alone, what is common by its key', () => {
    const input = dairy({ by: 'subdivision', common: { by: 'mass' } }, { lines: [churn, dry] })
    // 1 kg butter: 20 × 0.1 + 5. 1 kg buttermilk: 20 × 0.9 ÷ 9 + 27 ÷ 9.
    expect(of(input, 'butter').total).toBeCloseTo(7, 13)
    expect(of(input, 'buttermilk').total).toBeCloseTo(5, 13)
    expect(of(input, 'butter').lines.map(({ scaling }) => scaling)).toEqual([0.1, 0.1, 1, 1, 0])
    expect(of(input, 'butter').lines[3]).toMatchObject({ forProduct: 'butter' })
  })

  test('needs no key where every line names its product', () => {
    const input = dairy({ by: 'subdivision' }, { lines: [] })
    const lines = [{ ...from('dairy', 'farm', '10'), forProduct: 'butter' }, co2('farm', '1'), churn, dry]
    expect(of({ ...input, lines }, 'butter').total).toBe(15)
    expect(of({ ...input, lines }, 'buttermilk').total).toBe(3)
    expect(of({ ...input, lines }, 'butter').product?.allocations[0]).toMatchObject({
      ...{ by: 'subdivision', key: null },
      products: [{ share: null }, { share: null }],
    })
  })
})

describe('by substitution', () => {
  const replaces = (quantity?: Quantity) =>
    dairy(
      { by: 'substitution' },
      { buttermilk: { avoids: { from: 'farm', ...(quantity ? { quantity } : {}) } } },
    )

  test('the main product bears all, less what its co-product replaces: 20 − 9 × 1 = 11', () => {
    const { total, product: result, scaling } = run(replaces())
    expect(total).toBe(11)
    expect(scaling).toEqual([
      { process: 'dairy', product: null, runs: 1 },
      { process: 'farm', product: null, runs: 1 },
    ])
    expect(result?.allocations[0]?.products[1]).toMatchObject({
      ...{ product: 'buttermilk', share: 0 },
      avoids: { process: 'farm', product: 'farm', amount: 9, unit: 'kg' },
    })
    expect(result?.findings).toEqual([
      { code: 'substitution-credit', lines: [], processes: ['dairy'], share: null },
    ])
  })

  test('which may be less than all of it: 20 − 4 = 16', () => {
    expect(run(replaces({ amount: '4000', unit: 'g' })).total).toBe(16)
  })

  test('and more than the whole: 20 − 25 is a negative total and a finding', () => {
    const { total, product: result } = run(replaces(kg('25')))
    expect(total).toBe(-5)
    expect(result?.findings.map(({ code }) => code)).toEqual(['negative-total', 'substitution-credit'])
  })

  test('is refused at the end of life, whose benefits have a method of their own', () => {
    const { processes, ...input } = replaces()
    const [first, farm] = processes as [Process, Process]
    const atEnd: ProductInput = {
      ...{ ...input, ...toGrave, boundary: 'cradle-to-grave', declaredUnit: undefined },
      processes: [{ ...first, stage: 'end-of-life' }, farm],
    }
    const refusal = refusalOf(() => run(atEnd))
    expect([refusal.code, refusal.facts.pointer]).toEqual([
      'end-of-life-credit',
      '/processes/0/allocation/by',
    ])
  })

  test('is the same to the bit as a negative input of the process', () => {
    const { lines, processes, ...rest } = replaces()
    const plain = processes.map(({ coProducts: _, allocation: __, ...process }) => process)
    const avoided = { ...from('dairy', 'farm', '-9'), id: 'avoided' }
    expect(run({ ...rest, processes: plain, lines: [...lines, avoided] }).total).toBe(run(replaces()).total)
  })
})

describe('the products of a process together', () => {
  const amount = fc.integer({ min: 1, max: 10_000 }).map((units) => units / 100)
  const allocations = fc.constantFrom<Allocation>(
    { by: 'mass' },
    { by: 'economic-value', justification: because },
    { by: 'physical-property', property: 'fat' },
    { by: 'subdivision', common: { by: 'mass' } },
  )

  test('carry what the process carries, whatever the way of sharing', () => {
    const drawn = fc.tuple(allocations, fc.array(amount, { minLength: 8, maxLength: 8 }))
    fc.assert(
      fc.property(drawn, ([allocation, sizes]) => {
        const [a, b, c, d, e, f, g, h] = sizes.map(String) as [string, ...string[]]
        const fat = (grams = '1') => [{ name: 'fat', quantity: { amount: grams, unit: 'g' } }]
        const input = dairy(allocation, {
          butter: { output: kg(a), price: yuan(c as string), properties: fat(e) },
          buttermilk: { output: kg(b as string), price: yuan(d as string), properties: fat(f) },
          lines:
            allocation.by === 'subdivision'
              ? [{ ...co2('dairy', g as string), id: 'own', forProduct: 'butter' }]
              : [],
        })
        const lines = [...input.lines, { ...co2('farm', h as string), id: 'more' }]
        const whole = 10 * (1 + Number(h)) + 10 + (allocation.by === 'subdivision' ? Number(g) : 0)
        const butter = of({ ...input, lines }, 'butter', kg(a)).total
        const buttermilk = of({ ...input, lines }, 'buttermilk', kg(b as string)).total
        expect(Math.abs(exactSum([butter, buttermilk, -whole]))).toBeLessThan(whole * 1e-14)
      }),
    )
  })

  test('do not depend on the order of processes, lines, products, properties and shares, to the bit', () => {
    const fat = (grams: string) => [
      { name: 'fat', quantity: { amount: grams, unit: 'g' } },
      { name: 'protein', quantity: { amount: grams, unit: 'g' } },
    ]
    const others: CoProduct[] = ['a', 'b', 'c'].map((id, index) => ({
      ...{ id, output: kg(`${index + 1}.7`), properties: fat(`1${index}.3`) },
    }))
    const input = dairy({ by: 'physical-property', property: 'fat' }, { butter: { properties: fat('820') } })
    const [first, farm] = input.processes as [Process, Process]
    const forward = { ...input, processes: [{ ...first, coProducts: others }, farm] }
    const turned = others.toReversed().map((each) => ({ ...each, properties: each.properties?.toReversed() }))
    const backward: ProductInput = {
      ...forward,
      processes: [farm, { ...first, coProducts: turned }],
      lines: forward.lines.toReversed(),
    }
    const [one, two] = [run(forward), run(backward)]
    expect(two.total).toBe(one.total)
    expect(two.scaling).toEqual(one.scaling)
    expect(two.product?.allocations).toEqual(one.product?.allocations)
  })
})

describe('which product is meant', () => {
  const input = dairy({ by: 'mass' })
  const cake = (line: Partial<ActivityLine>): ProductInput => ({
    ...input,
    ...{ referenceProcess: 'cake', referenceProduct: undefined },
    processes: [
      { id: 'cake', name: { en: 'Cake', zh: null }, stage: 'production', output: kg('1') },
      ...input.processes,
    ],
    lines: [{ ...from('cake', 'dairy', '0.5'), ...line }, ...input.lines],
  })

  test('by process and product', () => {
    const result = run(cake({ fromProduct: 'butter' }))
    expect(result.total).toBeCloseTo(1, 14)
    expect(result.lines[0]).toMatchObject({ from: 'dairy', fromProduct: 'butter' })
  })

  test('by product alone, where one process makes it', () => {
    const result = run(cake({ from: undefined, fromProduct: 'buttermilk' }))
    expect(result.total).toBeCloseTo(1, 14)
    expect(result.lines[0]).toMatchObject({ from: 'dairy', fromProduct: 'buttermilk' })
  })

  test.each<[string, Partial<ActivityLine>, string, string]>([
    ['a process of several products alone', {}, 'property-missing', '/lines/0/fromProduct'],
    ['a product it does not make', { fromProduct: 'cream' }, 'product-not-offered', '/lines/0/fromProduct'],
    [
      'a product nobody makes',
      { from: undefined, fromProduct: 'cream' },
      'unknown-product',
      '/lines/0/fromProduct',
    ],
    [
      'a product beside a factor',
      { from: undefined, fromProduct: 'butter', gas: 'CO2' },
      'line-ambiguous',
      '/lines/0',
    ],
    [
      'a product of an unknown process',
      { from: 'x', fromProduct: 'butter' },
      'unknown-process',
      '/lines/0/from',
    ],
    [
      'a product of a process that is not subdivided',
      { fromProduct: 'butter', forProduct: 'cake' },
      'property-unused',
      '/lines/0/forProduct',
    ],
  ])('refuses %s', (_, line, code, pointer) => {
    const refusal = refusalOf(() => run(cake(line)))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })

  test('refuses a product that two processes make, and names both', () => {
    const both = cake({ from: undefined, fromProduct: 'butter' })
    const creamery = {
      id: 'creamery',
      name: { en: 'Creamery', zh: null },
      stage: 'production',
      output: kg('1'),
      product: 'butter',
    } as const
    const refusal = refusalOf(() => run({ ...both, processes: [...both.processes, creamery] }))
    expect([refusal.code, refusal.facts.pointer, refusal.facts.processes]).toEqual([
      'process-ambiguous',
      '/lines/0/from',
      ['dairy', 'creamery'],
    ])
  })

  test('refuses a declared unit of a process that makes several, unless it says of which', () => {
    const refusal = refusalOf(() => run({ ...input, referenceProduct: undefined }))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['property-missing', '/referenceProduct'])
  })

  test('refuses to give away what is credited elsewhere', () => {
    const credited = dairy({ by: 'substitution' }, { buttermilk: { avoids: { from: 'farm' } } })
    const refusal = refusalOf(() => run({ ...credited, referenceProduct: 'buttermilk' }))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['product-not-offered', '/referenceProduct'])
  })
})

describe('refusals of an allocation', () => {
  type Given = NonNullable<Parameters<typeof dairy>[1]>
  const price = (butter: string, buttermilk: string): Given => ({
    ...{ butter: { price: yuan(butter) }, buttermilk: { price: yuan(buttermilk) } },
  })
  const value: Allocation = { by: 'economic-value', justification: because }
  const shares = (...given: [string, string][]): Allocation => ({
    ...{ by: 'shares', justification: because },
    shares: given.map(([product, share]) => ({ product, share })),
  })
  const churn: ActivityLine = { ...co2('dairy', '5'), id: 'churn', forProduct: 'butter' }
  const place = '/processes/0/allocation'
  const beside = '/processes/0/coProducts/0'

  test.each<[string, Allocation | undefined, Given, string, string]>([
    ['none at all', undefined, {}, 'allocation-missing', place],
    ['a missing price', value, { butter: { price: yuan('1') } }, 'property-missing', `${beside}/price`],
    ['prices of zero alone', value, price('0', '0'), 'property-out-of-range', place],
    ['a negative price', value, price('1', '-1'), 'negative-amount', `${beside}/price/amount`],
    [
      'a price that is no money',
      value,
      { butter: { price: kg('1') } },
      'incompatible-dimension',
      '/processes/0/price/unit',
    ],
    [
      'prices in two currencies',
      value,
      { ...price('1', '1'), buttermilk: { price: { amount: '1', unit: 'EUR' } } },
      'incompatible-dimension',
      beside,
    ],
    [
      'economic value without a reason',
      { by: 'economic-value' },
      price('1', '1'),
      'property-missing',
      `${place}/justification`,
    ],
    ['energy of what states none', { by: 'energy' }, {}, 'property-missing', '/processes/0/properties'],
    [
      'a mass beside an output in kilograms',
      { by: 'mass' },
      { butter: { properties: [{ name: 'mass', quantity: kg('1') }] } },
      'property-unused',
      '/processes/0/properties/0',
    ],
    [
      'a mass in litres',
      { by: 'mass' },
      {
        buttermilk: {
          output: { amount: '1', unit: 'piece' },
          properties: [{ name: 'mass', quantity: { amount: '1', unit: 'L' } }],
        },
      },
      'incompatible-dimension',
      `${beside}/properties/0/quantity/unit`,
    ],
    ['a property unnamed', { by: 'physical-property' }, {}, 'property-missing', `${place}/property`],
    [
      'a property of another key',
      { by: 'mass', property: 'fat' },
      {},
      'property-unused',
      `${place}/property`,
    ],
    ['shares of another key', { by: 'mass', shares: [] }, {}, 'property-unused', `${place}/shares`],
    [
      'shares that are not there',
      { by: 'shares', justification: because },
      {},
      'property-missing',
      `${place}/shares`,
    ],
    [
      'shares that come to less than 1',
      shares(['butter', '0.3'], ['buttermilk', '0.6']),
      {},
      'shares-not-whole',
      `${place}/shares`,
    ],
    [
      'thirds of two places',
      shares(['butter', '0.33'], ['buttermilk', '0.66']),
      {},
      'shares-not-whole',
      `${place}/shares`,
    ],
    ['a product without share', shares(['butter', '1']), {}, 'property-missing', `${place}/shares`],
    [
      'a share twice',
      shares(['butter', '0.5'], ['butter', '0.5']),
      {},
      'duplicate-id',
      `${place}/shares/1/product`,
    ],
    [
      'a share of something else',
      shares(['cream', '1']),
      {},
      'product-not-offered',
      `${place}/shares/0/product`,
    ],
    [
      'a negative share',
      shares(['butter', '-0.5'], ['buttermilk', '1.5']),
      {},
      'property-out-of-range',
      `${place}/shares/0/share`,
    ],
    [
      'a share that is no number',
      shares(['butter', 'half'], ['buttermilk', '0.5']),
      {},
      'invalid-number',
      `${place}/shares/0/share`,
    ],
    [
      'common lines without a key',
      { by: 'subdivision' },
      { lines: [churn] },
      'property-missing',
      `${place}/common`,
    ],
    [
      'a key for common lines elsewhere',
      { by: 'mass', common: { by: 'mass' } },
      {},
      'property-unused',
      `${place}/common`,
    ],
    [
      'a line for a product it does not make',
      { by: 'subdivision', common: { by: 'mass' } },
      { lines: [{ ...churn, forProduct: 'cream' }] },
      'product-not-offered',
      '/lines/3/forProduct',
    ],
    [
      'common lines by value without a reason',
      { by: 'subdivision', common: { by: 'economic-value' } },
      price('1', '1'),
      'property-missing',
      `${place}/justification`,
    ],
    [
      'a co-product that replaces nothing',
      { by: 'substitution' },
      {},
      'property-missing',
      `${beside}/avoids`,
    ],
    [
      'a credit beside a share',
      { by: 'mass' },
      { buttermilk: { avoids: { from: 'farm' } } },
      'property-unused',
      `${beside}/avoids`,
    ],
    [
      'a credit from an unknown process',
      { by: 'substitution' },
      { buttermilk: { avoids: { from: 'x' } } },
      'unknown-process',
      `${beside}/avoids/from`,
    ],
    [
      'a credit of another unit',
      { by: 'substitution' },
      { buttermilk: { avoids: { from: 'farm', quantity: { amount: '1', unit: 'kWh' } } } },
      'incompatible-dimension',
      `${beside}/avoids/quantity/unit`,
    ],
    [
      'a negative credit',
      { by: 'substitution' },
      { buttermilk: { avoids: { from: 'farm', quantity: kg('-1') } } },
      'property-out-of-range',
      `${beside}/avoids/quantity/amount`,
    ],
    [
      'a main product without a name',
      { by: 'mass' },
      { butter: { product: undefined } },
      'property-missing',
      '/processes/0/product',
    ],
    [
      'two products of one name',
      { by: 'mass' },
      { buttermilk: { id: 'butter' } },
      'duplicate-id',
      `${beside}/id`,
    ],
    [
      'a co-product of nothing',
      { by: 'mass' },
      { buttermilk: { output: kg('0') } },
      'property-out-of-range',
      `${beside}/output/amount`,
    ],
    [
      'a co-product of less than nothing',
      { by: 'mass' },
      { buttermilk: { output: kg('-9') } },
      'property-out-of-range',
      `${beside}/output/amount`,
    ],
    [
      'a property twice',
      { by: 'mass' },
      {
        buttermilk: {
          properties: [
            { name: 'fat', quantity: kg('1') },
            { name: 'fat', quantity: kg('2') },
          ],
        },
      },
      'duplicate-id',
      `${beside}/properties/1/name`,
    ],
  ])('%s', (_, allocation, given, code, pointer) => {
    const refusal = refusalOf(() => run(dairy(allocation, given)))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })

  test('a missing property names product and property', () => {
    const fat = [{ name: 'fat', quantity: kg('0.82') }]
    const input = dairy({ by: 'physical-property', property: 'fat' }, { butter: { properties: fat } })
    const { code, facts } = refusalOf(() => run(input))
    expect([code, facts.pointer, facts.product, facts.property]).toEqual([
      'property-missing',
      `${beside}/properties`,
      'buttermilk',
      'fat',
    ])
  })

  test('a negative mass is none', () => {
    const mass = [{ name: 'mass', quantity: kg('-1') }]
    const input = dairy(
      { by: 'mass' },
      {
        buttermilk: { output: { amount: '9', unit: 'piece' }, properties: mass },
      },
    )
    const { code, facts } = refusalOf(() => run(input))
    expect([code, facts.pointer]).toEqual(['negative-amount', `${beside}/properties/0/quantity/amount`])
  })

  test('every line for one product leaves another to come from nothing', () => {
    const input = dairy({ by: 'subdivision' })
    const lines = [{ ...from('dairy', 'farm', '10'), forProduct: 'butter' }, co2('farm', '1')]
    const refusal = refusalOf(() => run({ ...input, lines }))
    expect([refusal.code, refusal.facts.pointer, refusal.facts.product]).toEqual([
      'property-missing',
      place,
      'buttermilk',
    ])
  })

  test('a key for what is common, where nothing is', () => {
    const input = dairy({ by: 'subdivision', common: { by: 'mass' } })
    const lines = [
      { ...from('dairy', 'farm', '10'), forProduct: 'butter' },
      { ...co2('dairy', '1'), forProduct: 'buttermilk' },
      co2('farm', '1'),
    ]
    const refusal = refusalOf(() => run({ ...input, lines }))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['property-unused', `${place}/common`])
  })

  test.each<[string, Partial<Process>, string]>([
    ['an allocation', { allocation: { by: 'mass' } }, '/processes/1/allocation'],
    ['a price', { price: yuan('1') }, '/processes/1/price'],
    ['a property', { properties: [{ name: 'fat', quantity: kg('1') }] }, '/processes/1/properties'],
  ])('%s of a process that makes one product', (_, given, pointer) => {
    const { processes, ...input } = dairy({ by: 'mass' })
    const [first, farm] = processes as [Process, Process]
    const refusal = refusalOf(() => run({ ...input, processes: [first, { ...farm, ...given }] }))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['property-unused', pointer])
  })

  test('a process whose id is another’s product is not taken for it', () => {
    const { processes, ...input } = dairy({ by: 'mass' })
    const [first, farm] = processes as [Process, Process]
    const refusal = refusalOf(() =>
      run({ ...input, processes: [first, farm, { ...farm, id: 'dairy/butter' }] }),
    )
    expect([refusal.code, refusal.facts.pointer]).toEqual(['duplicate-id', '/processes/2'])
  })
})
