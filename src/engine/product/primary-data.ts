/**
 * The primary data share (PACT Technical Specifications 3, `primaryDataShare`; Methodology 4.2.2): the part of the footprint without
 * uptake, by absolute values, whose amount and factor are both primary. What a process of the system brings counts only as far as the
 * amounts of the inputs that ask for it are primary: s' = B'·s' + f over those inputs alone. A mean asks for its plants as they are, and inherits
 * what is primary of them (docs/decisions/0037).
 */

import { over, times } from '../arithmetic.ts'
import { exactSum } from '../exact-sum.ts'
import { isFault } from '../network/network.ts'
import type { LineResult, PrimaryDataShare } from '../types.ts'
import { isPrimary, isStated } from './data-source.ts'
import type { Link } from './network.ts'
import { countingTerms } from './pact-parts.ts'
import { preparedOf } from './runs.ts'
import type { SolvedProduct } from './solve-product.ts'

/** @param lines those that PACT sums up. */
export function primaryDataShareOf(solved: SolvedProduct, lines: readonly LineResult[]): PrimaryDataShare {
  const weights = lines.map(weightOf)
  const whole = exactSum(weights)
  if (whole === 0) return { primary: null, stated: null }
  if (lines.every(({ dataSource }) => dataSource === undefined)) return { primary: 0, stated: 0 }
  const counted = new Map(lines.map(({ id }, place) => [id, weights[place] as number]))
  const shareOf = (holds: (place: number) => boolean) => {
    const known = knownParts(solved, holds)
    const terms = solved.placed.map(({ line }, place) =>
      holds(place) ? times(counted.get(line.id) ?? 0, known[place] as number) : 0,
    )
    return over(exactSum(terms), whole)
  }
  const lineAt = (place: number) => (solved.placed[place] as SolvedProduct['placed'][number]).line
  return {
    primary: shareOf((place) => isPrimary(lineAt(place))),
    stated: shareOf((place) => isStated(lineAt(place))),
  }
}

/** What a line weighs for PACT: |kg CO2e| without uptake. */
export function weightOf(line: LineResult): number {
  return Math.abs(exactSum(countingTerms(line.gases, line)))
}

/** Of each line the part, 0 to 1, that inputs which hold ask for. */
function knownParts(solved: SolvedProduct, holds: (place: number) => boolean): readonly number[] {
  const { network, runs } = solved
  const parts = partsOfNodes(solved, holds)
  return network.lines.map(({ serves }) => {
    const size = (node: number, share: number) => Math.abs(share * (runs[node] as number))
    const all = exactSum(serves.map(({ node, share }) => size(node, share)))
    const held = exactSum(serves.map(({ node, share }) => size(node, share) * (parts[node] as number)))
    return all === 0 ? 0 : Math.min(1, held / all)
  })
}

/** Of each node's runs the part that inputs which hold ask for. What others avoid is no demand. */
function partsOfNodes(
  { network, runs }: SolvedProduct,
  holds: (place: number) => boolean,
): readonly number[] {
  const isAsked = ({ line, amount }: Link) => amount > 0 && (line === null || holds(line))
  if (network.links.every(isAsked)) return runs.map((times) => (times > 0 ? 1 : 0))
  const asked = preparedOf(network, isAsked).solve(Float64Array.from(network.demand))
  // Without the production that is avoided, the rest may ask without end: then only the demand itself is known.
  const known = isFault(asked) ? network.demand : asked.values
  return runs.map((times, node) => partOf(known[node] as number, times))
}

function partOf(known: number, runs: number): number {
  return runs <= 0 || known <= 0 ? 0 : Math.min(1, known / runs)
}
