/** The base year that an inventory names: a submitted revision of the organization's own, and never a guess. */

import type { BaseYear, FootprintDefinition, Revision } from '../../ports/footprints.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { requirePolicy } from '../../years/recalculation.ts'

/**
 * The revision of the base year; null where none is named.
 *
 * @throws Problem `unknown-base-year` unless it is an inventory of the same organization that begins no later; `invalid-number`,
 *   `property-out-of-range` about its policy.
 */
export async function baseYearOf(
  ports: Pick<Ports, 'footprints'>,
  actor: Actor,
  { baseYear, calculation }: FootprintDefinition,
): Promise<Revision | null> {
  if (!baseYear) return null
  requirePolicy(baseYear.policy, '/baseYear/policy')
  const { footprintId, revision: number } = baseYear
  const found = await ports.footprints.findRevision(actor, footprintId, number)
  const isOwn = found?.organizationId === actor.organizationId
  const ofInventory = found?.definition.calculation.kind === 'organization'
  if (!found || !isOwn || !ofInventory)
    throw unknown(baseYear, 'Your organization has submitted no inventory of that name.')
  const began = found.definition.calculation.period.start
  if (began <= calculation.period.start) return found
  throw unknown(baseYear, `It begins on ${began}, after the year that is to be compared with it.`)
}

function unknown({ footprintId, revision }: BaseYear, why: string): Problem {
  const detail = `Revision ${revision} of ${footprintId} cannot be the base year. ${why} Name a submitted revision of an earlier inventory of yours.`
  return new Problem('unknown-base-year', detail, { pointer: '/baseYear', footprintId, revision })
}
