/**
 * A tree of entities that can be one: somebody reports, nobody holds himself, and nobody has more than all of anything. What no
 * reporting period and no activity is needed for is checked here, so that a definition can be refused before its data come.
 */

import { Problem } from '../../problem.ts'
import { dayNumber } from '../calendar.ts'
import { parseDecimal } from '../decimal.ts'
import { exactSum } from '../exact-sum.ts'
import { checkNewId, listed, nearest } from '../names.ts'
import { at, Refusals } from '../refusals.ts'
import type { Consolidation, EntityHolding, Holding, LegalEntity } from '../types.ts'

/** A sentence names at most this many entities. */
const mostNamed = 10

/**
 * Refuses a tree that cannot be.
 * @throws Problem the first thing wrong with it, the others in `others`; pointers begin with `/consolidation`.
 */
export function checkConsolidation({ entities, facilities }: Consolidation): void {
  const refusals = new Refusals()
  const known = checkIds(entities, 'entities', refusals)
  checkIds(facilities, 'facilities', refusals)
  for (const [index, entity] of entities.entries()) checkEntity(entity, index, known, refusals)
  for (const [index, { entity, holdings }] of facilities.entries()) {
    const place = `/consolidation/facilities/${index}`
    refusals.attempt(() => at(`${place}/entity`, () => requireEntity(entity, known)))
    checkHoldings(holdings ?? [], place, refusals)
  }
  refusals.throwIfAny()
  refuseLoop(entities)
  requireOneOnTop(entities)
}

/** The entities so that each stands after all that hold it; those in a loop, and all that these hold, are left out. */
export function fromTheTop(entities: readonly LegalEntity[]): readonly LegalEntity[] {
  const placed = new Set<string>()
  const ordered: LegalEntity[] = []
  for (let waiting = entities; ; waiting = waiting.filter(({ id }) => !placed.has(id))) {
    const ready = waiting.filter(({ holdings }) => (holdings ?? []).every(({ by }) => placed.has(by)))
    if (ready.length === 0) return ordered
    ordered.push(...ready)
    for (const { id } of ready) placed.add(id)
  }
}

function checkIds(
  items: readonly { readonly id: string }[],
  member: 'entities' | 'facilities',
  refusals: Refusals,
): ReadonlySet<string> {
  const seen = new Set<string>()
  for (const [index, { id }] of items.entries()) {
    if (refusals.full) break
    refusals.attempt(() => checkNewId(id, seen, `/consolidation/${member}/${index}/id`))
  }
  return seen
}

function checkEntity(
  { holdings }: LegalEntity,
  index: number,
  known: ReadonlySet<string>,
  refusals: Refusals,
) {
  const place = `/consolidation/entities/${index}`
  for (const [nth, { by }] of (holdings ?? []).entries())
    refusals.attempt(() => at(`${place}/holdings/${nth}/by`, () => requireEntity(by, known)))
  checkHoldings(holdings ?? [], place, refusals)
}

function requireEntity(id: string, known: ReadonlySet<string>): void {
  if (known.has(id)) return
  const asked = id.slice(0, 128)
  const detail = `No entity of the consolidation has the id "${asked}"; add it to entities or correct the name.`
  throw new Problem('unknown-entity', detail, { entity: asked, candidates: nearest(id, known) })
}

/** When something is held, with days for dates and without ends where they are open. */
interface Held {
  readonly start: number
  readonly end: number
  readonly equityShare: number
  readonly by: string | undefined
  readonly nth: number
}

/** The holdings of one entity or facility: each by itself, then all on each day. */
function checkHoldings(
  holdings: readonly (Holding | EntityHolding)[],
  place: string,
  refusals: Refusals,
): void {
  if (refusals.full) return
  const held = holdings.flatMap((holding, nth) => {
    const read = refusals.attempt(() =>
      at(`${place}/holdings/${nth}`, () => ({ ...readHolding(holding, `${place}/holdings/${nth}`), nth })),
    )
    return read ? [read] : []
  })
  if (held.length === holdings.length) refusals.attempt(() => refuseTooMuch(held, `${place}/holdings`))
}

function readHolding(holding: Holding | EntityHolding, place: string): Omit<Held, 'nth'> {
  const { start, end } = daysHeld(holding, place)
  if (start >= end) {
    const detail = `This holding ends on ${holding.to}, not after it starts on ${holding.from}: \`to\` is the first day after it.`
    throw new Problem('period-invalid', detail, { pointer: `${place}/to` })
  }
  const equityShare = at(`${place}/equityShare`, () => parseDecimal(holding.equityShare))
  if (!(equityShare >= 0 && equityShare <= 1)) {
    const detail = `A share is a fraction from 0 to 1, such as "0.6" for 60 %; "${holding.equityShare.slice(0, 64)}" is not.`
    throw new Problem('property-out-of-range', detail, { pointer: `${place}/equityShare` })
  }
  return { start, end, equityShare, by: 'by' in holding ? holding.by : undefined }
}

/**
 * The days of a holding; infinite where an end is open.
 * @throws Problem `period-invalid` for a date that does not exist.
 */
export function daysHeld(
  { from, to }: Holding,
  place = '',
): { readonly start: number; readonly end: number } {
  return {
    start: from === undefined ? -Infinity : at(`${place}/from`, () => dayNumber(from)),
    end: to === undefined ? Infinity : at(`${place}/to`, () => dayNumber(to)),
  }
}

/**
 * More is held on no day than on some day on which a holding begins. Decimals that sum to 1 do so as doubles too: each is off by at most
 * 2^-53 of itself, so their exact sum is by 2^-53 at most, which rounds to 1.
 */
function refuseTooMuch(held: readonly Held[], pointer: string): void {
  for (const { start, nth } of held) {
    const together = held.filter((other) => other.start <= start && start < other.end)
    const share = exactSum(together.map(({ equityShare }) => equityShare))
    if (share > 1) throw overWhole(share, together, pointer)
    const twice = together.filter(({ by }) => by === held[nth]?.by)
    if (twice.length > 1) throw overlapping(twice, pointer)
  }
}

function overWhole(share: number, together: readonly Held[], pointer: string): Problem {
  const detail = `Together these holdings are ${Math.round(share * 1e6) / 1e4} %, more than the whole, at the same time; correct the shares, or end one holding before the next.`
  return new Problem('holdings-over-whole', detail, {
    pointer,
    share: String(share),
    holdings: together.map(({ nth }) => nth),
  })
}

function overlapping(twice: readonly Held[], pointer: string): Problem {
  const holdings = twice.map(({ nth }) => nth)
  const detail = `Holdings ${listed(holdings.map(String))} of one holder overlap in time; end each on the day on which the next starts.`
  return new Problem('holdings-overlap', detail, { pointer: `${pointer}/${holdings.at(-1)}`, holdings })
}

function requireOneOnTop(entities: readonly LegalEntity[]): void {
  const top = entities.filter(({ holdings }) => (holdings ?? []).length === 0)
  if (top.length === 1) return
  const ids = top.map(({ id }) => id.slice(0, 128))
  const detail =
    top.length === 0
      ? 'There is no reporting organization: exactly one entity is held by nobody.'
      : `${listed(ids.slice(0, mostNamed))} are held by nobody, and only the reporting organization is: say by whom and how the others are held.`
  const index = top.length === 0 ? '' : `/${entities.indexOf(top[1] as LegalEntity)}/holdings`
  throw new Problem('reporting-entity-unclear', detail, {
    pointer: `/consolidation/entities${index}`,
    entities: ids,
  })
}

/** Nobody holds himself, not through others either and not at another time: whose share would it be? */
function refuseLoop(entities: readonly LegalEntity[]): void {
  const ordered = new Set(fromTheTop(entities))
  const rest = new Map(entities.filter((entity) => !ordered.has(entity)).map((entity) => [entity.id, entity]))
  if (rest.size === 0) return
  const loop = loopIn(rest)
  const ids = loop.map(({ id }) => id.slice(0, 128))
  const way = ids.length > mostNamed ? [...ids.slice(0, mostNamed), '…', ids[0]] : [...ids, ids[0]]
  const detail = `${way.join(' is held by ')}: nobody holds himself. Leave out one of these holdings.`
  const pointer = `/consolidation/entities/${entities.indexOf(loop[0] as LegalEntity)}/holdings`
  throw new Problem('holding-loop', detail, { pointer, entities: ids })
}

/** A loop among entities of which each is held by another of them. */
function loopIn(rest: ReadonlyMap<string, LegalEntity>): readonly LegalEntity[] {
  const way: LegalEntity[] = []
  let next = rest.values().next().value as LegalEntity
  while (!way.includes(next)) {
    way.push(next)
    const holder = next.holdings?.find(({ by }) => rest.has(by)) as EntityHolding
    next = rest.get(holder.by) as LegalEntity
  }
  return way.slice(way.indexOf(next))
}
