/**
 * One row through time: the same row in every published version of its table, and, where a version holds one value a year, the
 * row of each of its years. A version or a year without the row is a gap with its reason, never a zero.
 */

import { matchRows } from './diff.ts'
import type { PublishedFactor, PublishedTable } from './format.ts'
import { oncePerPair } from './once-per-pair.ts'

/** The row in one version. */
export interface EditionOfRow {
  readonly version: string
  readonly factor: PublishedFactor | null
}

/** The row of one data year, in the same version. */
export interface YearOfRow {
  readonly year: number
  /** Null for a year without a row of this kind, or with several. */
  readonly factor: PublishedFactor | null
  readonly gap: 'none' | 'several' | null
}

/**
 * The row in each version, oldest first. It is followed away from where it is, each version held against the last that had the
 * row, so that one it skipped is a gap and not its end.
 *
 * @param versions in order of editions, `here` among them.
 */
export function editionsOfRow(
  versions: readonly PublishedTable[],
  here: PublishedTable,
  factor: PublishedFactor,
): readonly EditionOfRow[] {
  const at = versions.indexOf(here)
  const forth = follow(versions.slice(at), factor, 'newer')
  const back = follow(versions.slice(0, at + 1).reverse(), factor, 'older').slice(1)
  return [...back.reverse(), ...forth]
}

function follow(
  versions: readonly PublishedTable[],
  factor: PublishedFactor,
  towards: 'newer' | 'older',
): EditionOfRow[] {
  let known = { version: versions[0] as PublishedTable, factor }
  return versions.map((version) => {
    const found = version === known.version ? known.factor : counterpart(known, version, towards)
    if (found !== null) known = { version, factor: found }
    return { version: version.table.version, factor: found }
  })
}

function counterpart(
  { version, factor }: { readonly version: PublishedTable; readonly factor: PublishedFactor },
  other: PublishedTable,
  towards: 'newer' | 'older',
): PublishedFactor | null {
  const pairs = towards === 'newer' ? pairsOf(version, other).newer : pairsOf(other, version).older
  return pairs.get(factor) ?? null
}

/** Rows of two versions by each other. */
interface Pairs {
  readonly newer: ReadonlyMap<PublishedFactor, PublishedFactor>
  readonly older: ReadonlyMap<PublishedFactor, PublishedFactor>
}

/** Two versions are matched once, for all of their rows. */
const pairsOf = oncePerPair((older, newer): Pairs => {
  const { pairs } = matchRows(older, newer)
  return {
    newer: new Map(pairs.map((pair) => [pair.older, pair.newer])),
    older: new Map(pairs.map((pair) => [pair.newer, pair.older])),
  }
})

/** Years a series spans at most; a table of one value a decade is no series. */
const yearsMax = 60

/**
 * The rows that differ from this one by their year only: same category, family, region, unit. Empty where there is no other
 * year, or where this row's own year has several, which no selector could tell apart either.
 */
export function yearsOfRow(
  factors: readonly PublishedFactor[],
  factor: PublishedFactor,
): readonly YearOfRow[] {
  const byYear = Map.groupBy(
    factors.filter((other) => isSameKind(other, factor)),
    ({ year }) => year,
  )
  const [from, to] = [Math.min(...byYear.keys()), Math.max(...byYear.keys())]
  if (byYear.size < 2 || byYear.get(factor.year)?.length !== 1 || to - from >= yearsMax) return []
  return Array.from({ length: to - from + 1 }, (_, at): YearOfRow => {
    const [row, ...others] = byYear.get(from + at) ?? []
    const gap = row === undefined ? 'none' : others.length > 0 ? 'several' : null
    return { year: from + at, factor: gap === null ? (row ?? null) : null, gap }
  })
}

function isSameKind(a: PublishedFactor, b: PublishedFactor): boolean {
  return a.category === b.category && a.family === b.family && a.region === b.region && a.unit === b.unit
}
