/** What an inventory asks of its instruments beside the criteria of all: electricity of its own to cover, and no more than there is. */

import { Problem } from '../../../problem.ts'
import { over, times } from '../../arithmetic.ts'
import type { Days } from '../../calendar.ts'
import { exactSum } from '../../exact-sum.ts'
import type { Claim, Reach, ReadInstrument } from '../../instruments/criteria.ts'
import type { ContractualInstrument, MarketBased } from '../../types.ts'
import type { Frame } from '../../weigh-line.ts'
import type { Consumption } from './consumption.ts'

/** The member of an inventory's calculation that states instruments. */
export const member = 'marketBased'

export function claimOf(
  { instruments, ageMonthsMax }: MarketBased,
  consumptions: readonly Consumption[],
  frame: Frame,
): Claim {
  const byFacility = Map.groupBy(consumptions, ({ facility }) => facility)
  return {
    ...{ instruments, ageMonthsMax, member, frame },
    isInTime: (days, consumed) => days.start < consumed.end && consumed.start < days.end,
    outOfTime: 'has no electricity in the period that the instrument was retired for.',
    reach: (instrument) => reachOf(instrument, consumptions, byFacility),
    checkAmount: (read) => checkTime(read, consumptions),
  }
}

/** Every facility named, or the organization, has electricity of that grid and time to cover. */
function reachOf(
  { facilities }: ContractualInstrument,
  consumptions: readonly Consumption[],
  byFacility: ReadonlyMap<string | undefined, readonly Consumption[]>,
): readonly Reach[] {
  if (facilities === undefined) return [{ candidates: consumptions, who: 'The inventory', place: '/market' }]
  return facilities.map((facility, index) => ({
    candidates: byFacility.get(facility) ?? [],
    who: `Facility "${facility.slice(0, 128)}"`,
    place: `/facilities/${index}`,
  }))
}

/** Roundings of days and shares; a real excess does not hide in a billionth. */
const rounding = 1 + 1e-9

/**
 * What an instrument was retired for is a time, and no more electricity than falls into it: of a line that reaches beyond, its
 * days inside, taken to be as the others.
 */
function checkTime(
  { kWh, consumed, covers, pointer }: ReadInstrument,
  consumptions: readonly Consumption[],
): void {
  const inTime = exactSum(consumptions.filter(covers).map((one) => kWhWithin(one, consumed)))
  // Where it covers nothing at all another criterion has said so.
  if (inTime === 0 || kWh <= inTime * rounding) return
  const detail = `The instrument is of ${kWh} kWh, and about ${inTime} kWh fall into the time it was retired for; state the part that was used then, or the whole time.`
  throw new Problem('instrument-exceeds-consumption', detail, {
    pointer: `${pointer}/consumption/period`,
    kWh: String(kWh),
    uncoveredKWh: String(inTime),
  })
}

function kWhWithin({ kWh, days }: Consumption, consumed: Days): number {
  const inside = Math.min(days.end, consumed.end) - Math.max(days.start, consumed.start)
  const whole = days.end - days.start
  return inside === whole ? kWh : over(times(kWh, inside), whole)
}
