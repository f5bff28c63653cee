/** Whose activities count, and how far: each line takes the share of the facility at which it happened. */

import { Problem } from '../../problem.ts'
import { type Days, dateOf, daysOf } from '../calendar.ts'
import { inOrder, nearest } from '../names.ts'
import { at, atLine, type Refusals } from '../refusals.ts'
import type { ActivityLine, ConsolidatedShare, ConsolidationResult, LegalEntity } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'
import type { Boundary, HeldFacility } from './boundary.ts'
import { heldStretches, placeOf, type Stretch } from './stretches.ts'

/** What a line counts for. */
export interface Held {
  readonly share: number
  readonly entity?: string | undefined
}

export interface Consolidated {
  /** For each weighed line, in order. */
  readonly held: readonly Held[]
  readonly result: ConsolidationResult | null
}

/**
 * What each line counts for: all of it without a boundary. Refused at its line: a facility that is not of the boundary, an activity at
 * a time when it is not held or over a day on which its share changes, an investment in an entity that counts already.
 */
export function consolidate(
  boundary: Boundary | undefined,
  lines: readonly WeighedLine[],
  reporting: Days,
  refusals: Refusals,
): Consolidated {
  if (boundary === undefined) return { held: lines.map(() => ({ share: 1 })), result: null }
  const named = entitiesByName(boundary.consolidation.entities)
  const held = lines.map((weighed): Held => {
    const { index, line, amount } = weighed
    const days = amount.period === undefined ? reporting : daysOf(amount.period)
    const found = refusals.full
      ? undefined
      : refusals.attempt(() =>
          atLine(index, line, () => {
            refuseCountedTwice(line, days, boundary, named)
            return heldLine(line, days, boundary)
          }),
        )
    return found ?? { share: 0 }
  })
  return { held, result: resultOf(boundary) }
}

function resultOf({ consolidation: { approach, changeOption }, facilities }: Boundary): ConsolidationResult {
  const inIdOrder = [...facilities.values()].sort((a, b) => inOrder(a.facility.id, b.facility.id))
  return { approach, changeOption, shares: inIdOrder.flatMap(sharesOf) }
}

function sharesOf({ facility: { id, entity }, stretches }: HeldFacility): readonly ConsolidatedShare[] {
  return heldStretches(stretches).map(({ start, end, share }) => ({
    ...{ facility: id, entity, from: dateOf(start), to: dateOf(end), share },
  }))
}

function heldLine(line: ActivityLine, days: Days, boundary: Boundary): Held {
  const held = at('/facility', () => facilityOf(line, boundary))
  const pointer = line.period === undefined && line.meter !== undefined ? '/meter' : '/period'
  return { share: at(pointer, () => shareOver(days, held)), entity: held.facility.entity }
}

function facilityOf({ facility }: ActivityLine, { facilities }: Boundary): HeldFacility {
  if (facility === undefined) {
    const detail = 'Whose activity this is, is not known: name one of the facilities of the consolidation.'
    throw new Problem('property-missing', detail)
  }
  const held = facilities.get(facility)
  if (held) return held
  const asked = facility.slice(0, 128)
  const detail = `No facility of the consolidation has the id "${asked}"; add it to facilities or correct the name.`
  throw new Problem('unknown-facility', detail, {
    facility: asked,
    candidates: nearest(facility, facilities.keys()),
  })
}

/** The one share of all the days; neighbouring stretches never have the same. */
function shareOver({ start, end }: Days, { facility, stretches }: HeldFacility): number {
  const place = placeOf(stretches, start)
  const [first, next] = [stretches[place] as Stretch, stretches[place + 1]]
  if (first.share === null) throw notHeld(facility.id, first, place > 0, next)
  if (next === undefined || end <= next.start) return first.share
  if (next.share === null) throw notHeld(facility.id, next, true, stretches[place + 2])
  throw changing(facility.id, first.share, next.share, dateOf(next.start))
}

/** `gap` are the days on which it is not held. */
function notHeld(facility: string, gap: Days, isSold: boolean, next: Stretch | undefined): Problem {
  const [until, from] = [dateOf(gap.start), dateOf(gap.end)]
  const name = `"${facility.slice(0, 128)}"`
  if (isSold) {
    const detail = `${name} is not held any more from ${until}: end the activity on that day; what happens later is not the organization's.`
    return new Problem('not-held', detail, { facility: facility.slice(0, 128), heldUntil: until })
  }
  if (next === undefined) {
    const detail = `${name} is held on no day of the reporting period; leave the activity out, or correct the holdings.`
    return new Problem('not-held', detail, { facility: facility.slice(0, 128) })
  }
  const detail = `${name} is held from ${from}: start the activity on that day, or count the whole year of the purchase (changeOption whole-year).`
  return new Problem('not-held', detail, { facility: facility.slice(0, 128), heldFrom: from })
}

function changing(facility: string, before: number, after: number, day: string): Problem {
  const detail = `What "${facility.slice(0, 128)}" counts for changes on ${day} from ${before} to ${after}: split the activity on that day into two lines.`
  return new Problem('share-changes', detail, {
    facility: facility.slice(0, 128),
    splitAt: day,
    shares: [String(before), String(after)],
  })
}

/** Entities by what a line may call them: their id, or a name of theirs. */
function entitiesByName(entities: readonly LegalEntity[]): ReadonlyMap<string, readonly string[]> {
  const names = entities.flatMap(({ id, name: { en, zh } }) =>
    [...new Set([id, en, ...(zh === null ? [] : [zh])])].map((name) => ({ name, id })),
  )
  const grouped = Map.groupBy(names, ({ name }) => name)
  return new Map([...grouped].map(([name, group]) => [name, group.map(({ id }) => id)]))
}

/** An investment is what the boundary does not hold: an entity that counts by share or control is in the inventory already. */
function refuseCountedTwice(
  { category, investee }: ActivityLine,
  days: Days,
  { entities, consolidation: { approach } }: Boundary,
  named: ReadonlyMap<string, readonly string[]>,
): void {
  if (investee === undefined) {
    if (category !== 'investments') return
    const detail = 'Say in whom: an entity that the consolidation counts already is no investment beside it.'
    throw new Problem('property-missing', detail, { pointer: '/investee' })
  }
  const counted = named.get(investee)?.find((id) => countsIn(entities.get(id) ?? [], days))
  if (counted === undefined) return
  const detail = `"${counted.slice(0, 128)}" is counted by ${approach} at its facilities already; leave out this line, or take the entity out of the tree.`
  throw new Problem('entity-counted-twice', detail, {
    pointer: '/investee',
    entity: counted.slice(0, 128),
    approach,
  })
}

function countsIn(stretches: readonly Stretch[], { start, end }: Days): boolean {
  return stretches.some((stretch) => stretch.start < end && start < stretch.end && (stretch.share ?? 0) > 0)
}
