/**
 * Two versions of a table, row by row: what came, what went, what moved and by how much. Pure, so that a page, a command and the
 * impact of a new edition on footprints all say the same. The rules with their reasons: docs/comparing-versions.md.
 */

import { inOrder } from '../engine/names.ts'
import type { Family, GwpSet, Names } from '../engine/types.ts'
import { type ComparedPair, comparePair, relativeChange, valueAlone } from './comparable-value.ts'
import { type Change, type Editions, factorChanges, fuelChanges } from './compare-rows.ts'
import { withoutEditionInId } from './edition-name.ts'
import type { PublishedFactor, PublishedFuel, PublishedTable } from './format.ts'

/** Kinds of entries; rows that are the same but for their edition have none. */
export const diffKinds = ['changed', 'added', 'removed'] as const
export type DiffKind = (typeof diffKinds)[number]

/** A row that differs. What it is (name, category, …) is told as the newer version has it, of a removed row as the older had it. */
export interface DiffEntry {
  readonly kind: DiffKind
  /** Its id in the older and in the newer version; null where it has no counterpart. */
  readonly from: string | null
  readonly to: string | null
  readonly name: Names
  readonly category: string
  readonly family: Family
  readonly region: string
  readonly year: number
  readonly unit: string
  /** Empty for what was added or removed. */
  readonly changes: readonly Change[]
  readonly value: ComparedPair
  /** (to − from) ÷ |from|; null where there is nothing to compare, and from zero. */
  readonly relativeChange: number | null
}

/** A fuel whose properties differ. */
export interface FuelDiffEntry {
  readonly kind: DiffKind
  readonly from: string | null
  readonly to: string | null
  readonly name: Names
  readonly changes: readonly Change[]
}

export interface TableDiff {
  readonly table: string
  readonly from: { readonly version: string; readonly digest: string }
  readonly to: { readonly version: string; readonly digest: string }
  /** The set that weighed gases where the rows state no CO2e on one basis. */
  readonly gwpSet: { readonly id: string; readonly version: string }
  readonly counts: Readonly<Record<DiffKind | 'unchanged', number>>
  /** Largest relative change first, up or down; then changes without one; then what was added, then what was removed. */
  readonly entries: readonly DiffEntry[]
  /** By kind, then id. */
  readonly fuels: readonly FuelDiffEntry[]
}

/** Items of two versions: those that are one item, and those without a counterpart. Each list in order of ids. */
export interface Matched<Item> {
  readonly pairs: readonly { readonly older: Item; readonly newer: Item }[]
  readonly added: readonly Item[]
  readonly removed: readonly Item[]
}

/**
 * Rows of two versions that are the same row: their ids are equal; or, of those left over, equal once each version's own name
 * is taken out as a whole token.
 */
export function matchRows(older: PublishedTable, newer: PublishedTable): Matched<PublishedFactor> {
  return match(older.table.factors, newer.table.factors, editionsOf(older, newer))
}

/** Fuels of two versions that are the same fuel; by the rule of {@link matchRows}. */
export function matchFuels(older: PublishedTable, newer: PublishedTable): Matched<PublishedFuel> {
  return match(older.table.fuels, newer.table.fuels, editionsOf(older, newer))
}

/** What changed from one version of a table to another, with the larger movers first. */
export function diffTables(older: PublishedTable, newer: PublishedTable, gwpSet: GwpSet): TableDiff {
  const editions = editionsOf(older, newer)
  const { pairs, added, removed } = matchRows(older, newer)
  const changed = pairs.flatMap((pair) => changedEntry(pair, editions, gwpSet))
  const alone = [
    ...added.map((row) => aloneEntry('added', row, gwpSet)),
    ...removed.map((row) => aloneEntry('removed', row, gwpSet)),
  ]
  const { table } = newer.table
  return {
    table,
    from: { version: older.table.version, digest: older.table.digest },
    to: { version: newer.table.version, digest: newer.table.digest },
    gwpSet: { id: gwpSet.id, version: gwpSet.version },
    counts: {
      changed: changed.length,
      added: added.length,
      removed: removed.length,
      unchanged: pairs.length - changed.length,
    },
    entries: [...changed, ...alone].sort(largestFirst),
    fuels: diffFuels(older, newer, editions),
  }
}

function editionsOf(older: PublishedTable, newer: PublishedTable): Editions {
  return { from: older.table.version, to: newer.table.version }
}

function match<Item extends { readonly id: string }>(
  older: readonly Item[],
  newer: readonly Item[],
  editions: Editions,
): Matched<Item> {
  const sameId = new Map(newer.map((item) => [item.id, item] as const))
  const kept = new Set(older.flatMap(({ id }) => (sameId.has(id) ? [id] : [])))
  const left = newer.filter(({ id }) => !kept.has(id))
  const moved = new Map(left.map((item) => [withoutEditionInId(item.id, editions.to), item] as const))
  const pairs = older.flatMap((item) => {
    const counterpart = sameId.get(item.id) ?? moved.get(withoutEditionInId(item.id, editions.from))
    return counterpart === undefined ? [] : [{ older: item, newer: counterpart }]
  })
  const matched = new Set<Item>(pairs.flatMap((pair) => [pair.older, pair.newer]))
  return {
    pairs: pairs.sort((a, b) => inOrder(a.newer.id, b.newer.id)),
    added: newer.filter((item) => !matched.has(item)).sort(byId),
    removed: older.filter((item) => !matched.has(item)).sort(byId),
  }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return inOrder(a.id, b.id)
}

function changedEntry(
  { older, newer }: { readonly older: PublishedFactor; readonly newer: PublishedFactor },
  editions: Editions,
  gwpSet: GwpSet,
): DiffEntry[] {
  const changes = factorChanges({ older, newer, editions })
  if (changes.length === 0) return []
  const value = comparePair(older, newer, gwpSet)
  const ids = { from: older.id, to: newer.id }
  return [
    { kind: 'changed', ...ids, ...described(newer), changes, value, relativeChange: relativeChange(value) },
  ]
}

function aloneEntry(kind: 'added' | 'removed', row: PublishedFactor, gwpSet: GwpSet): DiffEntry {
  const { from, to, ...value } = valueAlone(row, gwpSet)
  const isAdded = kind === 'added'
  const ids = { from: isAdded ? null : row.id, to: isAdded ? row.id : null }
  const sides = { from: isAdded ? null : from, to: isAdded ? to : null }
  return { kind, ...ids, ...described(row), changes: [], value: { ...sides, ...value }, relativeChange: null }
}

function described({ name, category, family, region, year, unit }: PublishedFactor) {
  return { name, category, family, region, year, unit }
}

function largestFirst(a: DiffEntry, b: DiffEntry): number {
  const size = ({ relativeChange }: DiffEntry) => Math.abs(relativeChange ?? 0)
  return place(a) - place(b) || size(b) - size(a) || inOrder(idOf(a), idOf(b))
}

/** Changes with a measure, changes without one, then additions, then removals. */
function place({ kind, relativeChange }: DiffEntry): number {
  return kind === 'changed' && relativeChange !== null ? 0 : 1 + diffKinds.indexOf(kind)
}

function idOf({ from, to }: Pick<DiffEntry, 'from' | 'to'>): string {
  return to ?? from ?? ''
}

function diffFuels(
  older: PublishedTable,
  newer: PublishedTable,
  editions: Editions,
): readonly FuelDiffEntry[] {
  const { pairs, added, removed } = match<PublishedFuel>(older.table.fuels, newer.table.fuels, editions)
  const changed = pairs.flatMap(({ older, newer }): FuelDiffEntry[] => {
    const changes = fuelChanges({ older, newer, editions })
    return changes.length === 0
      ? []
      : [{ kind: 'changed', from: older.id, to: newer.id, name: newer.name, changes }]
  })
  const come = added.map(
    ({ id, name }): FuelDiffEntry => ({ kind: 'added', from: null, to: id, name, changes: [] }),
  )
  const gone = removed.map(
    ({ id, name }): FuelDiffEntry => ({ kind: 'removed', from: id, to: null, name, changes: [] }),
  )
  return [...changed, ...come, ...gone]
}
