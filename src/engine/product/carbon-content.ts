/** The carbon that a product holds, read from what the calculation states, and refused where a product cannot hold it. */

import { Problem } from '../../problem.ts'
import { times } from '../arithmetic.ts'
import { exactSum } from '../exact-sum.ts'
import { missing, outOfRange, readMeasure, requireDimension } from '../line-properties.ts'
import { at } from '../refusals.ts'
import type { CarbonContent, CarbonHeld, ProductInput, Quantity } from '../types.ts'
import { convert, dimensionOf, type Measure } from '../units.ts'
import { type ReferenceFlow, referenceFlowOf } from './unit.ts'

/** Masses are printed to so many digits: carbon may exceed them by this much. */
const rounding = 1e-9

/**
 * The carbon content per declared unit; null where the calculation states none.
 * @throws Problem `invalid-number`, `unknown-unit`, `incompatible-dimension`, `negative-amount`, `property-missing`,
 * `property-out-of-range`, `carbon-exceeds-mass`, pointing into `/carbonContent`.
 */
export function carbonHeldOf(input: ProductInput): CarbonHeld | null {
  const { carbonContent } = input
  if (carbonContent === undefined) return null
  const productMassKg = productMassOf(carbonContent, referenceFlowOf(input))
  const read = (member: 'fossil' | 'biogenic' | 'recycled') => {
    const given = carbonContent[member]
    return given === undefined ? null : carbonOf(given, `/carbonContent/${member}`, productMassKg)
  }
  const held = {
    productMassKg,
    fossilKgC: read('fossil') as number,
    biogenicKgC: read('biogenic') as number,
    recycledKgC: read('recycled'),
    packagingBiogenicKgC: packagingOf(carbonContent),
  }
  checkHeld(held)
  return held
}

function productMassOf({ productMass }: CarbonContent, flow: ReferenceFlow): number | null {
  const pointer = productMass === undefined ? flow.pointer : '/carbonContent/productMass'
  const mass = readMeasure(productMass ?? flow.quantity, pointer)
  if (productMass === undefined && dimensionOf(mass.unit) !== 'mass') return null
  requireDimension(pointer, mass, 'mass', 'kg')
  if (mass.value > 0) return convert(mass.value, mass.unit, 'kg')
  throw outOfRange(`${pointer}/amount`, 'The mass of a product is greater than zero.')
}

/** As a mass of carbon, or a share of the product's mass. */
function carbonOf(given: Quantity, pointer: string, productMassKg: number | null): number {
  const stated = notNegative(given, pointer)
  if (dimensionOf(stated.unit) !== 'carbon/mass') return at(`${pointer}/unit`, () => inKgC(stated))
  if (productMassKg !== null) return times(convert(stated.value, stated.unit, 'kgC/kg'), productMassKg)
  const detail =
    'Carbon as a share of the mass needs the mass of the declared unit: state productMass, or the carbon in kgC.'
  throw missing('/carbonContent/productMass', detail)
}

function packagingOf({ packagingBiogenic }: CarbonContent): number | null {
  if (packagingBiogenic === undefined) return null
  const pointer = '/carbonContent/packagingBiogenic'
  const stated = notNegative(packagingBiogenic, pointer)
  return at(`${pointer}/unit`, () => inKgC(stated))
}

function notNegative(given: Quantity, pointer: string): Measure {
  const stated = readMeasure(given, pointer)
  if (stated.value >= 0) return stated
  const detail = 'What a product holds of carbon is not less than nothing; an uptake is a line.'
  throw new Problem('negative-amount', detail, {
    pointer: `${pointer}/amount`,
    given: given.amount.slice(0, 64),
  })
}

function inKgC({ value, unit }: Measure): number {
  return convert(value, unit, 'kgC')
}

function checkHeld({ productMassKg, fossilKgC, biogenicKgC, recycledKgC }: CarbonHeld): void {
  const carbonKg = exactSum([fossilKgC, biogenicKgC])
  if (recycledKgC !== null && recycledKgC > carbonKg * (1 + rounding)) {
    const detail =
      'Recycled material brings no more carbon than the product holds, fossil and biogenic together.'
    throw outOfRange('/carbonContent/recycled/amount', detail)
  }
  if (productMassKg === null || carbonKg <= productMassKg * (1 + rounding)) return
  const detail = `The product holds ${carbonKg} kg of carbon in ${productMassKg} kg; correct the contents, their units, or the mass.`
  throw new Problem('carbon-exceeds-mass', detail, { pointer: '/carbonContent', carbonKg, productMassKg })
}
