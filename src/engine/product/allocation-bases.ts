/** How much of a key each product of a process has: its mass, its energy, what it sells for, or any property it states. */

import { Problem } from '../../problem.ts'
import { times } from '../arithmetic.ts'
import { readMeasure } from '../line-properties.ts'
import { at } from '../refusals.ts'
import type { Quantity, Working } from '../types.ts'
import { convert, dimensionOf, incompatible, type Measure, moneyOf, unitOf } from '../units.ts'
import type { AllocationKey } from './allocation-types.ts'
import type { MadeProduct } from './offers.ts'

/** How much of the key a product has, per run of its process. */
export interface Basis extends Measure {
  readonly working: readonly Working[]
}

/** A key that goes by what the products are. */
export type ByFacts = Exclude<AllocationKey['by'], 'shares'>

/** What mass and energy are measured in; an output that is measured so already needs no property. */
const dimensions: Readonly<Partial<Record<ByFacts, readonly string[]>>> = {
  mass: ['mass'],
  energy: ['energy', 'net calorific energy', 'gross calorific energy'],
}

/**
 * How much of the key each product has, all in one unit.
 * @throws Problem `property-missing` naming product and property, `incompatible-dimension`, `negative-amount`, `property-unused`.
 */
export function basesOf(products: readonly MadeProduct[], by: ByFacts, property: string): readonly Basis[] {
  const found = products.map((product) => basisOf(product, by, property))
  const unit = found[0]?.unit as string
  return found.map((basis, index) => {
    const { pointer } = products[index] as MadeProduct
    return { ...basis, unit, value: at(pointer, () => convert(basis.value, basis.unit, unit)) }
  })
}

function basisOf(product: MadeProduct, by: ByFacts, property: string): Basis {
  if (by === 'economic-value') return revenueOf(product)
  const output = readMeasure(product.output, `${product.pointer}/output`)
  const place = product.properties?.findIndex(({ name }) => name === property) ?? -1
  if (dimensions[by]?.includes(dimensionOf(output.unit))) return itself(product, output, property, place)
  const stated = product.properties?.[place]
  if (stated === undefined) throw propertyMissing(product, output, property)
  const pointer = `${product.pointer}/properties/${place}/quantity`
  const perUnit = readPerUnit(stated.quantity, pointer, `The ${property} of a product`)
  requireDimensionOf(by, perUnit, pointer)
  return multiplied(output, perUnit, property)
}

/** A product whose output is measured in the key’s own units. */
function itself(product: MadeProduct, output: Measure, property: string, place: number): Basis {
  if (place < 0) return { ...output, working: [{ name: 'output', ...output }] }
  const detail = `The output of "${product.product}" is in ${output.unit}, which says its ${property} already: leave out the property, or give the output in pieces.`
  const pointer = `${product.pointer}/properties/${place}`
  throw new Problem('property-unused', detail, { pointer, product: product.product, property })
}

/** output × price per unit of it. Zero is a price; a price that nobody states is a gap. */
function revenueOf(product: MadeProduct): Basis {
  const output = readMeasure(product.output, `${product.pointer}/output`)
  if (product.price === undefined) throw priceMissing(product, output)
  const pointer = `${product.pointer}/price`
  const price = readPerUnit(product.price, pointer, 'A price')
  if (moneyOf(price.unit) === undefined) {
    throw incompatible(unitOf(price.unit), { code: 'CNY', dimension: 'money' }).with({
      pointer: `${pointer}/unit`,
    })
  }
  return multiplied(output, price, 'price')
}

function multiplied(output: Measure, perUnit: Measure, name: string): Basis {
  const working = [
    { name: 'output', ...output },
    { name, value: perUnit.value, unit: `${perUnit.unit}/${output.unit}` },
  ]
  return { value: times(output.value, perUnit.value), unit: perUnit.unit, working }
}

function readPerUnit(quantity: Quantity, pointer: string, what: string): Measure {
  const measure = readMeasure(quantity, pointer)
  if (measure.value >= 0) return measure
  const detail = `${what} is never less than nothing; it is ${quantity.amount}.`
  throw new Problem('negative-amount', detail, { pointer: `${pointer}/amount`, given: quantity.amount })
}

function requireDimensionOf(by: ByFacts, perUnit: Measure, pointer: string): void {
  const allowed = dimensions[by]
  if (allowed === undefined || allowed.includes(dimensionOf(perUnit.unit))) return
  const needed = { code: by === 'mass' ? 'kg' : 'MJ', dimension: allowed[0] as string }
  throw incompatible(unitOf(perUnit.unit), needed).with({ pointer: `${pointer}/unit` })
}

function propertyMissing({ product, pointer }: MadeProduct, output: Measure, property: string): Problem {
  const name = property.slice(0, 128)
  const detail = `Product "${product.slice(0, 128)}" states no ${name}: add the property "${name}" per ${output.unit} of it, or allocate by something that every product has.`
  return new Problem('property-missing', detail, {
    pointer: `${pointer}/properties`,
    product: product.slice(0, 128),
    property: name,
  })
}

function priceMissing({ product, pointer }: MadeProduct, output: Measure): Problem {
  const name = product.slice(0, 128)
  const detail = `Product "${name}" states no price: add it per ${output.unit}, also where it is 0; a missing price is not a price of zero.`
  return new Problem('property-missing', detail, {
    pointer: `${pointer}/price`,
    product: name,
    property: 'price',
  })
}
