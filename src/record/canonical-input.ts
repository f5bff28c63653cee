/**
 * One form for every calculation input, so that the same data give the same bytes whether they came as CSV or JSON, with
 * `1.0` or `1`, with `é` in one character or two. The calculation and the record both read this form.
 */

import { formatDecimal, parseDecimal } from '../engine/decimal.ts'
import type { ActivityLine, CalculationInput } from '../engine/types.ts'
import { pointerOf } from '../json/pointer.ts'
import { isProblem, Problem } from '../problem.ts'
import type { Form } from './forms.ts'
import { inventory } from './inventory-form.ts'
import { activityLine } from './line-form.ts'
import { product } from './product-form.ts'

type Path = readonly (string | number)[]

/**
 * The one form of a calculation input: amounts as the shortest decimal of their double, texts in Unicode NFC, absent
 * members left out, order of lines as given.
 *
 * @throws Problem `invalid-number` for an amount that is no decimal, `invalid-request` for a member the engine does not
 * know; both with their pointer.
 */
export function canonicalInput(input: CalculationInput): CalculationInput {
  const members: Readonly<Record<string, Form>> = input.kind === 'product' ? product : inventory
  return inForm(input, { members }, []) as CalculationInput
}

/** The one form of one line of activity data, as {@link canonicalInput} has it; `path` is where it stands. */
export function canonicalLine(line: ActivityLine, path: Path = []): ActivityLine {
  return inForm(line, activityLine, path) as ActivityLine
}

function inForm(value: unknown, form: Form, path: Path): unknown {
  if (value === null) return null
  if (form === 'decimal') return shortestDecimal(value, path)
  if (form === 'text') return (value as string).normalize('NFC')
  if (typeof form === 'string') return value
  if ('list' in form)
    return (value as readonly unknown[]).map((item, at) => inForm(item, form.list, [...path, at]))
  return membersInForm(value as object, form.members, path)
}

function membersInForm(value: object, forms: Readonly<Record<string, Form>>, path: Path): object {
  const members: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined
    if (form === undefined) throw unknownMember(name, [...path, name])
    if (member !== undefined) members[name] = inForm(member, form, [...path, name])
  }
  return members
}

/** The shortest decimal that reads back as the same double; `-0` becomes `0`. */
function shortestDecimal(value: unknown, path: Path): string {
  try {
    return formatDecimal(parseDecimal(value as string))
  } catch (thrown) {
    throw isProblem(thrown) ? thrown.with({ pointer: pointerOf(path) }) : thrown
  }
}

function unknownMember(name: string, path: Path): Problem {
  const pointer = pointerOf(path)
  return new Problem('invalid-request', `${pointer} is not a known member; remove it or correct its name.`, {
    pointer,
    member: name,
  })
}
