/** A factor table made searchable once: thousands of lines then each find their factor in a handful of rows. */

import { inOrder } from './names.ts'
import type { EmissionFactor, FactorTable, Family, FuelProperties } from './types.ts'
import { dimensionOf } from './units.ts'

/** A row with the dimension of its unit; null where the unit is not of the list, so that no selector finds it. */
export interface IndexedFactor {
  readonly row: EmissionFactor
  readonly dimension: string | null
}

export interface TableIndex {
  /** By id, in the order of ids. */
  readonly factors: ReadonlyMap<string, EmissionFactor>
  readonly fuels: ReadonlyMap<string, FuelProperties>
  /** In code-unit order. */
  readonly factorIds: readonly string[]
  readonly fuelIds: readonly string[]
  /** The rows of one family in one region, by id. */
  place(family: Family, region: string): readonly IndexedFactor[]
  /** The rows of one family, by id. */
  ofFamily(family: Family): readonly EmissionFactor[]
}

const indices = new WeakMap<FactorTable, TableIndex>()

/** The index of a table, made when first asked for; tables are frozen, so it never ages. */
export function indexOf(table: FactorTable): TableIndex {
  const known = indices.get(table)
  if (known) return known
  const rows = [...table.factors].sort((a, b) => inOrder(a.id, b.id))
  const places = Map.groupBy(rows.map(indexed), ({ row }) => placeKey(row.family, row.region))
  const byFamily = Map.groupBy(rows, ({ family }) => family)
  const index: TableIndex = {
    factors: new Map(rows.map((row) => [row.id, row])),
    fuels: new Map(table.fuels.map((row) => [row.id, row])),
    factorIds: rows.map(({ id }) => id),
    fuelIds: table.fuels.map(({ id }) => id).sort(inOrder),
    place: (family, region) => places.get(placeKey(family, region)) ?? [],
    ofFamily: (family) => byFamily.get(family) ?? [],
  }
  indices.set(table, index)
  return index
}

function indexed(row: EmissionFactor): IndexedFactor {
  return { row, dimension: dimensionOrNull(row.unit) }
}

function placeKey(family: Family, region: string): string {
  return `${family} ${region}`
}

function dimensionOrNull(unit: string): string | null {
  try {
    return dimensionOf(unit)
  } catch {
    return null
  }
}
