/**
 * Begins next year's footprint from this one's definition. What belongs to a year stays behind: activity data, contracts of purchased
 * power with their certificates, bases of intensities, and what sites metered and made; each of them would be last year's figure under this year's name.
 */

import type { Period } from '../../engine/types.ts'
import type { CalculationDefinition, Footprint, FootprintDefinition } from '../../ports/footprints.ts'
import type { Created } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { createFootprint } from './create-footprint.ts'
import { invisibleFootprint, requireEnterprise } from './definition.ts'

/**
 * A draft without activity data, for another period.
 *
 * @param title of the copy; the footprint's own where null.
 * @throws Problem `not-found`, whatever {@link createFootprint} refuses, such as a pinned table withdrawn meanwhile.
 */
export async function copyFootprint(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; footprintId: string; period: Period; title: string | null },
): Promise<Created<Footprint>> {
  const { actor, mark, footprintId, period } = request
  requireEnterprise(actor)
  const source = await ports.footprints.find(actor, footprintId)
  if (!source) throw invisibleFootprint()
  const title = request.title ?? source.definition.title
  return createFootprint(ports, { actor, mark, definition: copied(source.definition, period, title) })
}

function copied(
  { calculation, ...definition }: FootprintDefinition,
  period: Period,
  title: string,
): FootprintDefinition {
  return { ...definition, title, calculation: { ...lasting(calculation), period } }
}

function lasting(calculation: CalculationDefinition): CalculationDefinition {
  if (calculation.kind === 'product') {
    const { siteData: _year, contractualInstruments: _contracts, ...rest } = calculation
    return rest
  }
  const { marketBased: _contracts, intensityBases: _bases, ...rest } = calculation
  return rest
}
