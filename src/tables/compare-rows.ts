/** What two versions say differently of one row: every member is compared, so that a new one is never overlooked. */

import { inOrder } from '../engine/names.ts'
import type { Decimal } from '../engine/types.ts'
import { canonicalize } from '../json/canonical.ts'
import { olderPerNewer, perNewerUnit } from './comparable-value.ts'
import { withoutEdition, withoutEditionInId, yearOfEdition } from './edition-name.ts'
import type { PublishedFactor, PublishedFuel } from './format.ts'

/** One member of a row that two versions state differently, as each states it; null where it states none. */
export interface Change {
  /** `unit`, `statedCo2eKg`, `flows.fossil.CO2`, `name.zh`, `source.id`, … */
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

/** The names of the versions, which their rows may carry in their words. */
export interface Editions {
  readonly from: string
  readonly to: string
}

type Row = PublishedFactor | PublishedFuel
interface Compared<Item> {
  readonly older: Item
  readonly newer: Item
  readonly editions: Editions
}

/** Changes of a factor, by field. What follows from being in another edition is none (docs/comparing-versions.md). */
export function factorChanges(pair: Compared<PublishedFactor>): readonly Change[] {
  const changes = [
    ...commonChanges(pair),
    ...amountChanges(pair.older, pair.newer),
    ...coverageChange(pair),
    ...yearChange(pair),
  ]
  return inOrderOfField([...changes, ...otherChanges(pair, factorMembers)])
}

/** Changes of a fuel's properties, by field. */
export function fuelChanges(pair: Compared<PublishedFuel>): readonly Change[] {
  const { older, newer, editions } = pair
  const [from, to] = [older.factorId ?? '', newer.factorId ?? '']
  const isSame =
    from === to || withoutEditionInId(from, editions.from) === withoutEditionInId(to, editions.to)
  const factor = isSame ? [] : [{ field: 'factorId', from: older.factorId, to: newer.factorId }]
  return inOrderOfField([...commonChanges(pair), ...factor, ...otherChanges(pair, fuelMembers)])
}

/** Members with a comparison of their own. All others are compared as they are. */
const commonMembers = ['id', 'name', 'source', 'notes']
const factorMembers = new Set([...commonMembers, 'flows', 'statedCo2eKg', 'gasesNotCovered', 'year'])
const fuelMembers = new Set([...commonMembers, 'factorId'])

function inOrderOfField(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((a, b) => inOrder(a.field, b.field))
}

function commonChanges({ older, newer, editions }: Compared<Row>): Change[] {
  const text = (field: string, from: string | null, to: string | null): Change[] => {
    return isSameText(from, to, editions) ? [] : [{ field, from, to }]
  }
  return [
    ...text('name.en', older.name.en, newer.name.en),
    ...text('name.zh', older.name.zh, newer.name.zh),
    ...text('notes', older.notes, newer.notes),
    ...sourceChanges(older, newer, editions),
  ]
}

/** Whether two versions say the same but for their own names. */
function isSameText(from: string | null, to: string | null, editions: Editions): boolean {
  if (from === null || to === null) return from === to
  return from === to || withoutEdition(from, editions.from) === withoutEdition(to, editions.to)
}

/** The document, and the place in it. In the next edition's document the same row has a place of its own: no change. */
function sourceChanges({ source: from }: Row, { source: to }: Row, editions: Editions): Change[] {
  const isSameSeries = withoutEditionInId(from.id, editions.from) === withoutEditionInId(to.id, editions.to)
  const isSamePlace = isSameText(from.locator, to.locator, editions)
  if (from.id !== to.id && isSameSeries) return []
  const document = from.id === to.id ? [] : [{ field: 'source.id', from: from.id, to: to.id }]
  const place = isSamePlace ? [] : [{ field: 'source.locator', from: from.locator, to: to.locator }]
  return [...document, ...place]
}

/** Stated CO2e and every flow, as numbers and per one unit: another unit of the same amount changes none of them. */
function amountChanges(older: PublishedFactor, newer: PublishedFactor): Change[] {
  const ratio = olderPerNewer(older.unit, newer.unit)
  const [before, after] = [amountsOf(older), amountsOf(newer)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field): Change[] => {
    const [from, to] = [before.get(field) ?? null, after.get(field) ?? null]
    return isSameAmount(from, to, ratio) ? [] : [{ field, from, to }]
  })
}

function amountsOf({ statedCo2eKg, flows }: PublishedFactor): ReadonlyMap<string, Decimal> {
  const amounts = new Map<string, Decimal>(flows.map(({ kind, gas, kg }) => [`flows.${kind}.${gas}`, kg]))
  if (statedCo2eKg !== null) amounts.set('statedCo2eKg', statedCo2eKg)
  return amounts
}

function isSameAmount(from: Decimal | null, to: Decimal | null, ratio: number | null): boolean {
  if (from === null || to === null || ratio === null) return from === null && to === null
  const [before, after] = [Number(perNewerUnit(from, ratio)), Number(to)]
  return ratio === 1 ? before === after : Math.abs(before - after) <= Math.abs(after) * 1e-12
}

/** The order in which gases are listed says nothing. */
function coverageChange({ older, newer }: Compared<PublishedFactor>): Change[] {
  const [from, to] = [[...older.gasesNotCovered].sort(inOrder), [...newer.gasesNotCovered].sort(inOrder)]
  return from.join() === to.join() ? [] : [{ field: 'gasesNotCovered', from, to }]
}

/** A year that is the edition's own moves with it. */
function yearChange({ older, newer, editions }: Compared<PublishedFactor>): Change[] {
  const isOwn = older.year === yearOfEdition(editions.from) && newer.year === yearOfEdition(editions.to)
  return isOwn || older.year === newer.year ? [] : [{ field: 'year', from: older.year, to: newer.year }]
}

function otherChanges({ older, newer }: Compared<Row>, apart: ReadonlySet<string>): Change[] {
  const [before, after] = [new Map(Object.entries(older)), new Map(Object.entries(newer))]
  const fields = [...new Set([...before.keys(), ...after.keys()])].filter((field) => !apart.has(field))
  return fields.flatMap((field): Change[] => {
    const [from, to] = [before.get(field) ?? null, after.get(field) ?? null]
    return from === to || canonicalize(from) === canonicalize(to) ? [] : [{ field, from, to }]
  })
}
