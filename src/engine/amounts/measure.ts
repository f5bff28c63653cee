/**
 * How much a line is about, before anything weighs it: measured, or taken from the year of a site. What each way needs and does
 * not find is refused by its name.
 */

import { Problem } from '../../problem.ts'
import { type AmountWay, amountWays } from '../line-properties.ts'
import { listed } from '../names.ts'
import type { KnownParameter } from '../product/parameters.ts'
import { type SiteSetting, takenFromSite } from '../site/take.ts'
import type { ActivityLine } from '../types.ts'
import { attributed, checkAttribution } from './attribution.ts'
import { readParameter } from './parameter.ts'
import { inPeriod, type LineAmount, measuredAmount, type Reported } from './stated.ts'
import { usedInLife } from './use.ts'

/** What a calculation says of the amounts of all its lines. */
export interface AmountSetting extends SiteSetting {
  /** Of a product system, by id. */
  readonly parameters: ReadonlyMap<string, KnownParameter>
}

/**
 * The amount of a line in the reporting period, as it was measured; never less than nothing unless it was stated so.
 * @throws Problem `line-ambiguous` unless there is exactly one way to it, `period-outside`, and what the way refuses.
 */
export function amountOf(line: ActivityLine, setting: AmountSetting, reported: Reported): LineAmount {
  checkAttribution(line)
  const way = wayOf(line)
  if (way === 'fromSite') return takenFromSite(line, setting)
  if (way === 'parameter') return inPeriod(line, readParameter(line, setting.parameters), reported)
  return measuredAmount(line, way, reported)
}

/**
 * What of a measured amount is weighed: the organization's part of it, and of sold products what they use.
 * @throws Problem `property-out-of-range`, `incompatible-dimension`, `line-ambiguous`.
 */
export function countedAmount(line: ActivityLine, amount: LineAmount): LineAmount {
  return usedInLife(line, attributed(line, amount))
}

/**
 * Refuses a way to the mass of a gas on a line that weighs something else.
 * @throws Problem `line-ambiguous`.
 */
export function requireGas(line: ActivityLine): void {
  const way = (['gasBalance', 'leakage'] as const).find((each) => line[each] !== undefined)
  if (way === undefined || line.gas !== undefined) return
  const detail = `What ${way} finds is the mass of a gas that got out: name it under gas, e.g. "HFC-134a" or "R-410A".`
  throw new Problem('line-ambiguous', detail, { pointer: `/${way}` })
}

function wayOf(line: ActivityLine): AmountWay {
  const given = amountWays.filter((way) => line[way] !== undefined)
  const [way, ...others] = given
  if (way && others.length === 0) return way
  const what = given.length === 0 ? 'none' : given.join(' and ')
  const detail = `Exactly one of ${listed(amountWays)} says how much; this line gives ${what}.`
  throw new Problem('line-ambiguous', detail, {
    given,
    pointer: given.length === 0 ? '/quantity' : `/${way}`,
  })
}
