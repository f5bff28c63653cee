/**
 * What only electricity says of itself: the zone of its grid, how finely its meter tells the time, and what became of the
 * attributes of own renewable power. Each is refused where nothing could come of it.
 */

import { Problem } from '../problem.ts'
import { selfGenerated } from './categories.ts'
import { listed } from './names.ts'
import type { ActivityLine, FactorUsed, Family } from './types.ts'

/** Families of what comes through a grid. */
const gridFamilies: readonly Family[] = [
  'electricity-generation',
  'electricity-life-cycle',
  'electricity-carbon-market',
  'electricity-marginal',
  'transmission-and-distribution',
  'upstream',
]

/** Whether a line is own renewable power that is used. */
export function isSelfGenerated({ category }: ActivityLine): boolean {
  return category === selfGenerated
}

/**
 * Own renewable power says what became of its attributes, since scope 2 by market turns on it; nothing else has any.
 * @throws Problem `property-missing`, `line-ambiguous`.
 */
export function checkAttributes(line: ActivityLine): void {
  if (isSelfGenerated(line) === (line.attributes !== undefined)) return
  const pointer = '/attributes'
  if (line.attributes !== undefined) {
    const detail = `Attributes are kept or sold of own renewable power only (${selfGenerated}); for electricity bought under contract state an instrument. Leave it out.`
    throw new Problem('line-ambiguous', detail, { pointer })
  }
  const detail =
    'State whether the certificates of this power were kept, and so used up with it, or sold: "attributes": "kept" or "sold".'
  throw new Problem('property-missing', detail, { pointer })
}

/**
 * Refuses a way to weigh own renewable power: nothing is burnt, and what burns is another category's.
 * @throws Problem `line-ambiguous`.
 */
export function refuseWay(given: readonly string[]): void {
  if (given.length === 0) return
  const detail = `Own renewable power burns nothing, and no factor weighs it: leave out ${listed(given)}. Power made by burning something is reported by its fuel.`
  throw new Problem('line-ambiguous', detail, { pointer: `/${given[0]}`, given })
}

/**
 * Refuses a zone or an interval of what does not come through an electric grid.
 * @throws Problem `line-ambiguous`.
 */
export function refuseOffGrid(line: ActivityLine, method: string, factor: FactorUsed | null): void {
  if (method === 'self-generated' || (factor !== null && gridFamilies.includes(factor.family))) return
  const idle = (['zone', 'interval'] as const).find((member) => line[member] !== undefined)
  if (idle === undefined) return
  const detail = `The ${idle} leads nowhere: it tells of electricity, and no electricity factor weighs this line. Leave it out.`
  throw new Problem('line-ambiguous', detail, { pointer: `/${idle}` })
}
