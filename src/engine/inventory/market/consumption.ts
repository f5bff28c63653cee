/**
 * The electricity that scope 2 weighs by market: what was bought, and own renewable power whose attributes were sold, which
 * then is power of the grid like any other.
 */

import { times } from '../../arithmetic.ts'
import { daysOf } from '../../calendar.ts'
import { purchasedElectricity } from '../../categories.ts'
import { isSelfGenerated } from '../../electricity.ts'
import type { Electricity } from '../../instruments/criteria.ts'
import type { LineResult } from '../../types.ts'
import { convert, dimensionOf } from '../../units.ts'
import { activityYear, type Frame, type WeighedLine } from '../../weigh-line.ts'

/** A line's electricity, as far as the organization counts it; of the whole reporting period where the line does not say when. */
export interface Consumption extends Electricity {
  readonly line: WeighedLine
  readonly result: LineResult
}

/** The electricity of a line that counts otherwise by market; undefined where it does not, or is not measured as energy. */
export function consumptionOf(
  weighed: WeighedLine,
  result: LineResult,
  frame: Frame,
): Consumption | undefined {
  const { line, amount } = weighed
  if (!isBought(weighed) && line.attributes !== 'sold') return undefined
  return {
    line: weighed,
    result,
    origin: { region: line.zone ?? frame.input.region, year: activityYear(line, amount.period, frame) },
    facility: line.facility,
    days: amount.period === undefined ? frame.reporting : daysOf(amount.period),
    kWh: countedKWh(result),
  }
}

/** Electricity in kWh, and not the kilometres of a vehicle that a factor is per. */
function isBought({ line, activity }: WeighedLine): boolean {
  return line.category === purchasedElectricity && dimensionOf(activity.unit) === dimensionOf('kWh')
}

/** Whether a line is own power whose attributes were kept. */
export function isKept({ line }: WeighedLine): boolean {
  return isSelfGenerated(line) && line.attributes === 'kept'
}

/** The kWh of a line × what the organization counts of it. */
export function countedKWh({ activity, scaling }: LineResult): number {
  return times(convert(activity.amount, activity.unit, 'kWh'), scaling)
}
