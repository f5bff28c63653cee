/**
 * What a line comes to per unit of its amount, also where the amount is zero: a true zero says nothing of what a little more would
 * do, so such a line is weighed once more with one unit.
 */

import { over } from '../arithmetic.ts'
import { exactSum } from '../exact-sum.ts'
import { amountWays } from '../line-properties.ts'
import { takingKinds } from '../product/direct-flow.ts'
import type { KnownParameter } from '../product/parameters.ts'
import { countedCo2e } from '../totals.ts'
import type { ActivityLine } from '../types.ts'
import { countLine, type Frame, prepareLine, type WeighedLine, weighLine } from '../weigh-line.ts'
import type { FlowLine } from './flows.ts'

/** kg CO2e that count per unit of the line's amount, in the unit of its factor. */
export function perUnitOf({ weighed, perRun }: FlowLine, frame: Frame): number {
  const { amount } = weighed.activity
  if (amount !== 0) return over(perRun, amount)
  if (weighed.factor === null && weighed.fuel === null && weighed.line.gas === undefined) return 0
  const { line, amount: stated } = weighed
  const one = { amount: takesUp(line) ? '-1' : '1', unit: stated.quantity.unit }
  const other = weighedAnew(
    { ...line, ...otherWays, attribution: undefined, use: undefined, quantity: one },
    frame,
  )
  // What the method counts nothing of stays nothing, however much there is.
  if (other.activity.amount === 0) return 0
  return over(exactSum(other.gases.map(countedCo2e)), other.activity.amount)
}

/** The line's amount per unit of the parameter that it follows from. */
export function perParameterOf(
  { weighed }: FlowLine,
  { value, parameter }: KnownParameter,
  frame: Frame,
): number {
  if (value !== 0) return over(weighed.activity.amount, value)
  const one = takesUp(weighed.line) ? -1 : 1
  const known = frame.parameters.get(parameter.id) as KnownParameter
  const parameters = new Map(frame.parameters).set(parameter.id, { ...known, value: one })
  return over(weighedAnew(weighed.line, { ...frame, parameters }).activity.amount, one)
}

/** A quantity takes the place of any other way to the amount. */
const otherWays = Object.fromEntries(
  [...amountWays, 'apportion', 'partOf', 'estimate'].map((way) => [way, undefined]),
)

function takesUp({ flowKind }: ActivityLine): boolean {
  return flowKind !== undefined && takingKinds.includes(flowKind)
}

function weighedAnew(line: ActivityLine, frame: Frame): WeighedLine {
  return weighLine(countLine(prepareLine(line, 0, frame), frame), frame)
}
