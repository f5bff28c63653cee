/** Where the data of a line are said to come from, held to what the line is weighed by. */

import { Problem } from '../../problem.ts'
import { outOfRange } from '../line-properties.ts'
import { listed } from '../names.ts'
import type { ActivityLine } from '../types.ts'
import { dataOrigins } from './carbon-types.ts'

/**
 * Refuses what cannot be said of a line's data.
 * @param isEstimated whether the amount is an estimate.
 * @throws Problem `line-ambiguous` for a factor where there is none, and for an estimate called primary; `property-out-of-range`.
 */
export function checkDataSource(line: ActivityLine, isEstimated: boolean): void {
  const { dataSource } = line
  if (dataSource === undefined) return
  for (const member of ['activity', 'factor'] as const) {
    const origin = dataSource[member]
    if (origin !== undefined && !dataOrigins.includes(origin))
      throw outOfRange(`/dataSource/${member}`, `Data are ${listed(dataOrigins)}.`)
  }
  if (dataSource.factor !== undefined && !hasFactor(line)) {
    const detail =
      line.gas !== undefined
        ? 'No factor weighs a gas released as such: say only where the amount comes from.'
        : 'The lines of the process that makes this input say where its data come from: say only where the amount comes from.'
    throw new Problem('line-ambiguous', detail, { pointer: '/dataSource/factor' })
  }
  if (dataSource.activity !== 'primary' || !isEstimated) return
  const detail = 'An estimated amount is no primary datum: call it secondary, or measure it.'
  throw new Problem('line-ambiguous', detail, { pointer: '/dataSource/activity' })
}

type Said = Pick<ActivityLine, 'dataSource' | 'factor' | 'fuel' | 'instrument'>

/** Its own, or the one that its instrument conveys. */
function hasFactor({ factor, fuel, instrument }: Said): boolean {
  return factor !== undefined || fuel !== undefined || instrument !== undefined
}

/** Whether a line says where all its data come from. */
export function isStated(line: Said): boolean {
  const { dataSource } = line
  return dataSource !== undefined && (!hasFactor(line) || dataSource.factor !== undefined)
}

/** Whether all of a line's data are primary. */
export function isPrimary(line: Said): boolean {
  const { activity, factor = 'primary' } = line.dataSource ?? {}
  return isStated(line) && activity === 'primary' && factor === 'primary'
}
