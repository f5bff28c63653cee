/**
 * What each entity and facility of a group counts for on each day of the reporting period, by equity share or by control (GHG Protocol
 * Corporate Standard, ch. 3; ISO 14064-1:2018, 5.1). Down a chain shares are multiplied; several chains to one entity are added.
 */

import { Problem } from '../../problem.ts'
import { times } from '../arithmetic.ts'
import type { Days } from '../calendar.ts'
import { parseDecimal } from '../decimal.ts'
import { exactSum } from '../exact-sum.ts'
import { at } from '../refusals.ts'
import type {
  ChangeOption,
  Consolidation,
  ConsolidationApproach,
  Facility,
  Holding,
  LegalEntity,
} from '../types.ts'
import { checkConsolidation, daysHeld, fromTheTop } from './check-tree.ts'
import { heldStretches, type Stretch, shareAt, stretchesOf } from './stretches.ts'

/** Days of change that one tree may have, counted at every entity and facility to which they come down. */
export const mostChanges = 50_000

/** A consolidation, worked out for a reporting period. */
export interface Boundary {
  readonly consolidation: Consolidation
  readonly entities: ReadonlyMap<string, readonly Stretch[]>
  readonly facilities: ReadonlyMap<string, HeldFacility>
}

export interface HeldFacility {
  readonly facility: Facility
  readonly stretches: readonly Stretch[]
}

/**
 * @throws Problem what {@link checkConsolidation} refuses; `too-many-items` for more days of change than {@link mostChanges}.
 */
export function boundaryOf(consolidation: Consolidation, reporting: Days): Boundary {
  checkConsolidation(consolidation)
  const working = new Working(consolidation, reporting)
  const chains = new Map<string, readonly Stretch[]>()
  for (const entity of fromTheTop(consolidation.entities))
    chains.set(entity.id, working.entity(entity, chains))
  const counted = (stretches: readonly Stretch[]) => beforePurchase(consolidation.changeOption, stretches)
  return {
    consolidation,
    entities: new Map([...chains].map(([id, stretches]) => [id, counted(stretches)])),
    facilities: new Map(
      consolidation.facilities.map((facility, index) => {
        const stretches = counted(working.facility(facility, index, chains))
        return [facility.id, { facility, stretches }]
      }),
    ),
  }
}

/** The days that must be reported at a facility: those on which it is held, and all of them where no boundary is drawn. */
export function reportedDays(
  boundary: Boundary | undefined,
  reporting: Days,
): (facility: string | undefined) => readonly Days[] {
  return (facility) => {
    const held = boundary?.facilities.get(facility ?? '')
    return held ? heldStretches(held.stretches) : [reporting]
  }
}

/** What one holding passes on of what its holder counts for. */
const passedOn: Readonly<Record<ConsolidationApproach, (holding: Holding) => number>> = {
  'equity-share': equityShareOf,
  'financial-control': (holding) => {
    if (holding.financialControl === 'joint') return equityShareOf(holding)
    return holding.financialControl === 'sole' ? 1 : 0
  },
  'operational-control': ({ operationalControl }) => (operationalControl ? 1 : 0),
}

function equityShareOf({ equityShare }: Holding): number {
  return parseDecimal(equityShare)
}

type Chains = ReadonlyMap<string, readonly Stretch[]>

class Working {
  readonly #consolidation: Consolidation
  readonly #reporting: Days
  #changes = 0

  constructor(consolidation: Consolidation, reporting: Days) {
    this.#consolidation = consolidation
    this.#reporting = reporting
  }

  /** The reporting organization is itself; another entity counts for what its holders pass on together. */
  entity({ id, holdings }: LegalEntity, chains: Chains): readonly Stretch[] {
    if (holdings === undefined || holdings.length === 0) return [{ ...this.#reporting, share: 1 }]
    const dated = holdings.map((holding) => ({ ...this.#read(holding), by: chainOf(holding.by, chains) }))
    const days = [...daysOfChange(dated), ...startsOf(dated.map(({ by }) => by))]
    const pointer = `/consolidation/entities/${this.#consolidation.entities.findIndex((one) => one.id === id)}`
    return at(pointer, () =>
      this.#stretches(days, (day) => {
        const parts = dated.flatMap(({ start, end, part, by }) => {
          const share = start <= day && day < end ? shareAt(by, day) : null
          return share === null ? [] : [times(share, part)]
        })
        return parts.length === 0 ? null : Math.min(1, exactSum(parts))
      }),
    )
  }

  /** A facility counts for what its entity does, of which its own holdings pass on a part where it states any. */
  facility({ entity, holdings }: Facility, index: number, chains: Chains): readonly Stretch[] {
    const chain = chainOf(entity, chains)
    if (holdings === undefined || holdings.length === 0) return this.#stretches(startsOf([chain]), of(chain))
    const dated = holdings.map((holding) => this.#read(holding))
    const days = [...daysOfChange(dated), ...startsOf([chain])]
    return at(`/consolidation/facilities/${index}`, () =>
      this.#stretches(days, (day) => {
        const own = dated.find(({ start, end }) => start <= day && day < end)
        const share = shareAt(chain, day)
        return own && share !== null ? times(share, own.part) : null
      }),
    )
  }

  #read(holding: Holding) {
    return { ...daysHeld(holding), part: passedOn[this.#consolidation.approach](holding) }
  }

  #stretches(days: readonly number[], shareOn: (day: number) => number | null): readonly Stretch[] {
    this.#changes += days.length
    if (this.#changes <= mostChanges) return stretchesOf(days, this.#reporting, shareOn)
    const detail = `In this tree more than ${mostChanges} days of change come down to entities and facilities; make an inventory for each part of the group.`
    throw new Problem('too-many-items', detail, { pointer: '/consolidation', limit: mostChanges })
  }
}

function chainOf(entity: string, chains: Chains): readonly Stretch[] {
  return chains.get(entity) as readonly Stretch[]
}

function of(stretches: readonly Stretch[]): (day: number) => number | null {
  return (day) => shareAt(stretches, day)
}

function daysOfChange(dated: readonly Days[]): readonly number[] {
  return dated.flatMap(({ start, end }) => [start, end])
}

function startsOf(chains: readonly (readonly Stretch[])[]): readonly number[] {
  return [...new Set(chains)].flatMap((stretches) => stretches.map(({ start }) => start))
}

/** With the whole year counted, what was bought in the period counts before that day as on it. */
function beforePurchase(option: ChangeOption, stretches: readonly Stretch[]): readonly Stretch[] {
  const [before, bought, ...later] = stretches
  if (option === 'from-date' || before?.share !== null || bought === undefined) return stretches
  return [{ ...bought, start: before.start }, ...later]
}
