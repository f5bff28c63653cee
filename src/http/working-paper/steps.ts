/** Single operations on an amount, as a spreadsheet repeats them and a verifier reads them. */

import { parseDecimal } from '../../engine/decimal.ts'
import type { UnitCode } from '../../engine/types.ts'
import { convert } from '../../engine/units.ts'

export type Operation = '=' | '+' | '−' | '×' | '÷'

/** What an operation takes: a number, a small sum that is shown as it is written, or what another line measured. */
export type Operand =
  | { readonly number: number }
  | { readonly expression: string; readonly number: number }
  | { readonly line: string; readonly ratio: number }

export interface Step {
  readonly name: string
  readonly operation: Operation
  readonly operand: Operand
  /** The unit of the operand; of what there is after it where the operation changes that. */
  readonly unit: UnitCode
}

/** A step that takes a stated number. */
export function plain(name: string, operation: Operation, amount: string, unit: UnitCode): Step {
  return { name, operation, operand: { number: parseDecimal(amount) }, unit }
}

/** From one unit to another of the same dimension, by the engine's own ratio; nothing where they are one. */
export function unitStep(from: UnitCode, to: UnitCode): Step[] {
  if (from === to) return []
  const [forth, back] = [convert(1, from, to), convert(1, to, from)]
  const step = { name: `${from} → ${to}`, unit: to }
  return Number.isInteger(back) && !Number.isInteger(forth)
    ? [{ ...step, operation: '÷', operand: { number: back } }]
    : [{ ...step, operation: '×', operand: { number: forth } }]
}

/** What a chain comes to after each of its steps. @param measuredOf what another line measured. */
export function runningValues(steps: readonly Step[], measuredOf: (line: string) => number): number[] {
  let value = 0
  return steps.map((step) => {
    value = applied(value, step, measuredOf)
    return value
  })
}

function applied(value: number, { operation, operand }: Step, measuredOf: (line: string) => number): number {
  const by = 'line' in operand ? measuredOf(operand.line) * operand.ratio : operand.number
  if (operation === '=') return by
  if (operation === '+') return value + by
  if (operation === '−') return value - by
  return operation === '×' ? value * by : value / by
}
