/**
 * Any bill of materials against two pieces of code that know nothing of the expansion: one writes the product system out, reading a flat list
 * of what was drawn; the other adds up what a kilogram takes, item by item, and never sees a system.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calculate, expandBillOfMaterials, inBill } from '../../../src/engine/index.ts'
import type {
  ActivityLine,
  BillItem,
  BillLine,
  BillOfMaterials,
  BillPart,
  ProductInput,
} from '../../../src/engine/types.ts'
import { canonicalBytes } from '../../../src/json/canonical.ts'
import { isProblem } from '../../../src/problem.ts'
import { canonicalInput } from '../../../src/record/canonical-input.ts'
import { context } from '../fixtures.ts'

/** Thousandths, so that they multiply as whole numbers do. */
type Thousandths = number

/** What an item is drawn as; its place in the list of all is its number. */
interface Drawn {
  readonly output: Thousandths
  readonly yield: Thousandths | null
  /** kg of CO2 that one run emits, line by line. */
  readonly emits: readonly Thousandths[]
  /** CO2 of scrap: null for all that is rejected. */
  readonly scrap: readonly (Thousandths | null)[]
  readonly parts: readonly Taken[]
}
interface Taken {
  readonly takes: Thousandths
  readonly isPackaging: boolean
  /** An item that stands here, or how far back one stands that is made already. */
  readonly item: Drawn | number
}

const amount = fc.integer({ min: 1, max: 50_000 })
const drawn = (depth: number): fc.Arbitrary<Drawn> =>
  fc
    .record({
      output: amount,
      yield: fc.option(fc.integer({ min: 100, max: 1000 })),
      emits: fc.array(amount, { minLength: 1, maxLength: 3 }),
      scrapped: fc.array(amount, { maxLength: 2 }),
      scrapsAll: fc.boolean(),
      parts: depth === 0 ? fc.constant([]) : fc.array(taken(depth - 1), { maxLength: 3 }),
    })
    .map(({ scrapped, scrapsAll, ...rest }) => ({
      ...rest,
      scrap: [...scrapped, ...(scrapsAll && rest.yield !== null ? [null] : [])],
    }))
const taken = (depth: number): fc.Arbitrary<Taken> =>
  fc.record({
    takes: amount,
    isPackaging: fc.boolean(),
    item: fc.oneof(drawn(depth), drawn(depth), fc.nat(20)),
  })

/** The bill as whoever sends one nests it. */
class Nested {
  private count = 0
  private readonly made: string[] = []

  bill(product: Drawn): BillOfMaterials {
    return {
      kind: 'bill-of-materials',
      ...frame,
      item: this.item(product),
    }
  }

  private item({ output, yield: share, emits, scrap, parts }: Drawn): BillItem {
    this.count += 1
    const id = `item-${this.count}`
    const line = (kind: string, kg: Thousandths | null, at: number): BillLine => ({
      ...{ id: `${id}-${kind}-${at}`, category: 'process-emissions', gas: 'CO2' },
      ...(kg !== null && { quantity: kilograms(kg) }),
    })
    const item: BillItem = {
      ...{ id, name: { en: id, zh: null }, stage: 'production', output: kilograms(output) },
      ...(share !== null && { yield: decimal(share) }),
      lines: emits.map((kg, at) => line('emits', kg, at)),
      ...(scrap.length > 0 && { scrap: scrap.map((kg, at) => line('scrap', kg, at)) }),
      parts: parts.flatMap((one, at) => this.part(one, `${id}-takes-${at}`)),
    }
    this.made.push(id)
    return item
  }

  /** None where nothing is made yet that could be taken again. */
  private part({ takes, isPackaging, item }: Taken, line: string): BillPart[] {
    const taking = {
      ...{ takes: kilograms(takes), line },
      ...(isPackaging && { category: 'packaging' }),
    }
    if (typeof item !== 'number') return [{ ...this.item(item), ...taking }]
    const use = this.made.at(-1 - (item % Math.max(1, this.made.length)))
    return use === undefined ? [] : [{ use, ...taking }]
  }
}

const frame = {
  period: { start: '2023-01-01', end: '2024-01-01' },
  region: 'CN-FJ',
  gwpSet: { id: 'ipcc-ar6', version: '1' },
  factorTables: [],
  boundary: 'cradle-to-gate',
  declaredUnit: { amount: '1', unit: 'kg' },
} as const

const decimal = (thousandths: number): string => millionths(thousandths * 1000)
const kilograms = (thousandths: Thousandths) => ({ amount: decimal(thousandths), unit: 'kg' })
/** 1234500 is 1.2345. */
function millionths(value: number): string {
  const digits = String(value).padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '')
}
const thousandthsOf = (text: string): number => Math.round(Number(text) * 1000)

/** The system that the bill is short for, written out from a stack instead of by recursion. */
function systemOf({ kind: _kind, item, ...rest }: BillOfMaterials): ProductInput {
  const processes: ProductInput['processes'][number][] = []
  const lines: ActivityLine[] = []
  const todo: (() => void)[] = [() => write(item)]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) next()
  return { ...rest, kind: 'product', referenceProcess: item.id, processes, lines }

  function write(one: BillItem): void {
    const { id, name, stage, output, yield: share, lines: inputs = [], scrap = [], parts = [] } = one
    const started = thousandthsOf(output.amount)
    const good = share === undefined ? 1000 : thousandthsOf(share)
    processes.push({ id, name, stage, output: { ...output, amount: millionths(started * good) } })
    for (const line of inputs) lines.push({ ...line, process: id })
    for (const line of scrap) {
      const all = { amount: millionths(started * (1000 - good)), unit: output.unit }
      lines.push({ ...line, quantity: line.quantity ?? all, process: id })
    }
    for (const part of [...parts].reverse()) todo.push(() => writePart(part, id))
  }

  function writePart(part: BillPart, process: string): void {
    const { takes: quantity, category = 'material', line: id = '' } = part
    const from = 'use' in part ? part.use : part.id
    lines.push({ id, category, process, from, quantity })
    if (!('use' in part)) write(part)
  }
}

/** kg of CO2 that a kilogram of the product stands for. */
function perKilogram({ item }: BillOfMaterials): number {
  const known = new Map<string, number>()
  const of = ({ id, output, yield: share = '1', lines = [], scrap = [], parts = [] }: BillItem): number => {
    const started = Number(output.amount)
    const rejected = started - started * Number(share)
    const own = [...lines, ...scrap].map(({ quantity }) => (quantity ? Number(quantity.amount) : rejected))
    const bought = parts.map((part) => {
      const each = 'use' in part ? (known.get(part.use) ?? Number.NaN) : of(part)
      return Number(part.takes.amount) * each
    })
    const per = [...own, ...bought].reduce((sum, kg) => sum + kg, 0) / (started * Number(share))
    known.set(id, per)
    return per
  }
  return of(item)
}

const bills = drawn(4).map((product) => new Nested().bill(product))
const bytesOf = (input: ProductInput) => new TextDecoder().decode(canonicalBytes(canonicalInput(input)))

test('any bill is the system that other code writes out, to the byte', () => {
  fc.assert(
    fc.property(bills, (bill) => {
      expect(bytesOf(expandBillOfMaterials(bill).input)).toBe(bytesOf(systemOf(bill)))
    }),
    { numRuns: 300 },
  )
})

test('and comes to what adding up each kilogram does', () => {
  fc.assert(
    fc.property(bills, (bill) => {
      const { total } = calculate(expandBillOfMaterials(bill).input, context())
      const expected = perKilogram(bill)
      expect(Math.abs(total - expected)).toBeLessThanOrEqual(1e-12 * expected)
    }),
    { numRuns: 150 },
  )
})

test('a line that cannot be, wherever it stands, is refused in the item that has it', async () => {
  await fc.assert(
    fc.asyncProperty(bills, fc.nat(), async (bill, which) => {
      const places = linesIn(bill.item, '/item')
      const wrong = places[which % places.length] as string
      const broken = withNegative(bill, wrong)
      const expanded = expandBillOfMaterials(broken)
      const refusal = await inBill(expanded, () => calculate(expanded.input, context())).catch(
        (thrown: unknown) => thrown,
      )
      expect(isProblem(refusal) && [refusal.code, refusal.facts.pointer]).toEqual([
        'negative-amount',
        `${wrong}/quantity/amount`,
      ])
    }),
    { numRuns: 100 },
  )
})

function linesIn({ lines = [], parts = [] }: BillItem, place: string): string[] {
  return [
    ...lines.map((_, at) => `${place}/lines/${at}`),
    ...parts.flatMap((part, at) => ('use' in part ? [] : linesIn(part, `${place}/parts/${at}`))),
  ]
}

/** The bill with an emission below zero at a place of it. */
function withNegative(bill: BillOfMaterials, pointer: string): BillOfMaterials {
  const copy = structuredClone(bill)
  const found = pointer
    .slice(1)
    .split('/')
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], copy) as {
    quantity: { amount: string }
  }
  found.quantity.amount = '-1'
  return copy
}
