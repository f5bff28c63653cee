/**
 * What a product's result is per, held to its boundary: whoever stops at the gate knows no function and declares a unit; whoever goes
 * to the grave says what the product does, for how long, and how much of it is needed.
 */

import { Problem } from '../../problem.ts'
import { over } from '../arithmetic.ts'
import { missing, readMeasure, readPositive, requireDimension } from '../line-properties.ts'
import { at } from '../refusals.ts'
import type { FunctionalUnit, FunctionalUnitResult, Process, ProductInput, Quantity } from '../types.ts'
import { convert } from '../units.ts'

/** An amount of the reference process's product, and where the input states it. */
export interface ReferenceFlow {
  readonly quantity: Quantity
  readonly pointer: string
}

/** What a product's result is per: the declared unit, or the reference flow of the functional unit. */
export function referenceFlowOf({
  functionalUnit,
  declaredUnit,
}: Pick<ProductInput, 'functionalUnit' | 'declaredUnit'>): ReferenceFlow {
  if (functionalUnit !== undefined)
    return { quantity: functionalUnit.referenceFlow, pointer: '/functionalUnit/referenceFlow' }
  if (declaredUnit !== undefined) return { quantity: declaredUnit, pointer: '/declaredUnit' }
  throw missing(
    '/declaredUnit',
    'State what the result is per: declaredUnit, or functionalUnit from cradle to grave.',
  )
}

/**
 * Refuses a unit of the other kind than the boundary asks for, and one that is nothing.
 * @throws Problem `unit-not-for-boundary`, `property-missing`, `property-out-of-range`, `incompatible-dimension`.
 */
export function checkUnit(input: ProductInput): void {
  const { boundary, declaredUnit, functionalUnit } = input
  const toGrave = boundary === 'cradle-to-grave'
  if (toGrave && functionalUnit === undefined) throw functionMissing()
  if (toGrave && declaredUnit !== undefined) {
    throw notForBoundary(
      '/declaredUnit',
      'From cradle to grave a result is per functional unit, and its referenceFlow says how much product that is: leave declaredUnit out.',
    )
  }
  if (!toGrave && functionalUnit !== undefined) {
    throw notForBoundary(
      '/functionalUnit',
      `The boundary ${boundary} ends before the product does anything: state a declaredUnit, or calculate from cradle to grave.`,
    )
  }
  const { quantity, pointer } = referenceFlowOf(input)
  readPositive(quantity.amount, `${pointer}/amount`, toGrave ? 'A reference flow' : 'A declared unit')
  if (functionalUnit !== undefined) checkFunction(functionalUnit)
}

function checkFunction({ description, quantity, serviceLife }: FunctionalUnit): void {
  const pointer = '/functionalUnit'
  for (const language of ['en', 'zh'] as const) {
    if (description[language].trim() === '')
      throw missing(`${pointer}/description/${language}`, 'Say what the product does, in both languages.')
  }
  readMeasure(quantity, `${pointer}/quantity`)
  readPositive(quantity.amount, `${pointer}/quantity/amount`, 'A functional unit')
  requireDimension(`${pointer}/serviceLife`, readMeasure(serviceLife, `${pointer}/serviceLife`), 'time', 'a')
  readPositive(serviceLife.amount, `${pointer}/serviceLife/amount`, 'A service life')
}

/** @throws Problem `incompatible-dimension` where the reference process makes something else than the unit measures. */
export function requireReference(input: ProductInput, { output }: Pick<Process, 'output'>): void {
  const { quantity, pointer } = referenceFlowOf(input)
  const asked = readMeasure(quantity, pointer)
  at(`${pointer}/unit`, () => convert(asked.value, asked.unit, output.unit))
}

/** The functional unit with the total per one of it and per year. */
export function functionalUnitResult(
  unit: FunctionalUnit | undefined,
  total: number,
): FunctionalUnitResult | null {
  if (unit === undefined) return null
  const life = readMeasure(unit.serviceLife, '/functionalUnit/serviceLife')
  return {
    ...unit,
    kgCo2ePerUnit: over(total, readMeasure(unit.quantity, '/functionalUnit/quantity').value),
    kgCo2ePerYear: over(total, convert(life.value, life.unit, 'a')),
  }
}

function functionMissing(): Problem {
  const detail =
    'From cradle to grave a result is per functional unit: state functionalUnit with description, quantity, serviceLife and referenceFlow.'
  return missing('/functionalUnit', detail)
}

function notForBoundary(pointer: string, detail: string): Problem {
  return new Problem('unit-not-for-boundary', detail, { pointer })
}
