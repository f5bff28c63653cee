/** An amount that follows from a parameter of the product system: parameter × times, in the parameter's unit. */

import { Problem } from '../../problem.ts'
import { times } from '../arithmetic.ts'
import { readNumber } from '../line-properties.ts'
import { type KnownParameter, unknownParameter } from '../product/parameters.ts'
import type { ActivityLine, ParameterUse, Working } from '../types.ts'
import type { Found } from './stated.ts'

/** @throws Problem `unknown-parameter`, `property-missing` for a parameter without a unit, `invalid-number`, `line-ambiguous`. */
export function readParameter(line: ActivityLine, parameters: ReadonlyMap<string, KnownParameter>): Found {
  const { id, times: many } = line.parameter as ParameterUse
  const known = parameters.get(id)
  if (known === undefined) throw unknownParameter(id, parameters.keys(), '/parameter/id')
  const { value, unit } = known
  if (unit === undefined) {
    const detail = `The parameter "${id}" states no unit, so a line cannot take it as its amount; state one, e.g. "kg".`
    throw new Problem('property-missing', detail, { pointer: '/parameter/id' })
  }
  refusePart(line)
  const stated: Working = { name: 'parameter', value, unit, of: id }
  if (many === undefined) return { quantity: { value, unit }, working: [stated] }
  const by = readNumber(many, '/parameter/times')
  const amount = times(value, by)
  const working = [stated, { name: 'times', value: by, unit: '1' }, { name: 'amount', value: amount, unit }]
  return { quantity: { value: amount, unit }, working }
}

/** What stands behind a meter is measured; a parameter is an assumption, and moves alone. */
function refusePart({ partOf }: ActivityLine): void {
  if (partOf === undefined) return
  const detail =
    'A part of a meter’s amount is measured itself; state it as a quantity or by its own meter instead of a parameter.'
  throw new Problem('line-ambiguous', detail, { pointer: '/partOf' })
}
