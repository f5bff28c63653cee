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
  /** The rows of one family in one region, by id. */
  place(family: Family, region: string): readonly IndexedFactor[]
}

const indices = new WeakMap<FactorTable, TableIndex>()

/** The index of a table, made when first asked for; tables are frozen, so it never ages. */
export function indexOf(table: FactorTable): TableIndex {
  const known = indices.get(table)
  if (known) return known
  const places = new Map<string, IndexedFactor[]>()
  const rows = [...table.factors].sort((a, b) => inOrder(a.id, b.id))
  for (const row of rows) {
    const key = placeKey(row.family, row.region)
    const place = places.get(key)
    const indexed = { row, dimension: dimensionOrNull(row.unit) }
    if (place) place.push(indexed)
    else places.set(key, [indexed])
  }
  const index: TableIndex = {
    factors: new Map(rows.map((row) => [row.id, row])),
    fuels: new Map(table.fuels.map((row) => [row.id, row])),
    place: (family, region) => places.get(placeKey(family, region)) ?? [],
  }
  indices.set(table, index)
  return index
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
