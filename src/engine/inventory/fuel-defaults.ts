/**
 * One family of fuel defaults. Chinese guidelines print two sets that differ by up to three percent for the same fuel, and the guideline
 * of the sector says which applies. A total that takes the smaller value of each would follow none of them.
 */

import { Problem } from '../../problem.ts'
import { listed } from '../names.ts'
import { atLine, type Refusals } from '../refusals.ts'
import type { Library } from '../resolve.ts'
import { indexOf } from '../table-index.ts'
import type { SectorGuideline, Working } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'

/** A line that rests on defaults of a fuel, and whose they are. */
interface Resting {
  readonly weighed: WeighedLine
  readonly source: string
  readonly pointer: '/fuel' | '/factor'
  readonly what: string
}

/**
 * Refuses fuel defaults of another source than the sector's guideline asks for, and, where none is stated, of more than one source.
 * A line that states all the properties it takes rests on no defaults.
 */
export function checkFuelDefaults(
  guideline: SectorGuideline | undefined,
  lines: readonly WeighedLine[],
  library: Library,
  refusals: Refusals,
): void {
  const sources = fuelSources(library)
  const resting = lines.flatMap((line) => restingOn(line, sources, library))
  if (guideline === undefined) {
    refusals.attempt(() => refuseMixed(resting))
    return
  }
  for (const line of resting) {
    if (refusals.full) return
    refusals.attempt(() => requireAsked(line, guideline, sources))
  }
}

/** The sources whose fuels the pinned tables hold. */
function fuelSources({ tables }: Library): ReadonlySet<string> {
  return new Set(tables.flatMap(({ fuels }) => fuels.map(({ source }) => source.id)))
}

/** By a default property of its fuel, or by a combustion factor made of such defaults. */
function restingOn(
  weighed: WeighedLine,
  sources: ReadonlySet<string>,
  { tables }: Library,
): readonly Resting[] {
  const { fuel, factor, working, beside } = weighed
  if (fuel !== null) {
    const takes = [working, ...beside.map((companion) => companion.working)].some(holdsDefault)
    return takes ? [{ weighed, source: fuel.source, pointer: '/fuel', what: `fuel "${fuel.id}"` }] : []
  }
  if (factor?.family !== 'combustion') return []
  const table = tables.find((one) => one.table === factor.table && one.version === factor.version)
  const source = table && indexOf(table).factors.get(factor.id)?.source.id
  if (source === undefined || !sources.has(source)) return []
  return [{ weighed, source, pointer: '/factor', what: `factor "${factor.id}"` }]
}

function holdsDefault(working: readonly Working[]): boolean {
  return working.some(({ origin }) => origin === 'default')
}

function refuseMixed(resting: readonly Resting[]): void {
  const [first] = resting
  const other = resting.find(({ source }) => source !== first?.source)
  if (!first || !other) return
  const sources = [...new Set(resting.map(({ source }) => source))]
  const { index, line } = other.weighed
  atLine(index, line, () => {
    const detail = `Fuel defaults of ${listed(sources)} stand in one inventory (line "${first.weighed.line.id}": ${first.what}; this line: ${other.what}): take them of one source, state the sector's guideline, or state measured properties.`
    throw new Problem('fuel-defaults-mixed', detail, { pointer: other.pointer, sources })
  })
}

function requireAsked(
  { weighed: { index, line }, source, pointer, what }: Resting,
  { id, fuelDefaults }: SectorGuideline,
  sources: ReadonlySet<string>,
): void {
  if (source === fuelDefaults) return
  atLine(index, line, () => {
    const detail = `The defaults of ${what} are of ${source}, and ${id} asks for those of ${fuelDefaults}: name a fuel of that source, or state measured properties.`
    throw new Problem('wrong-fuel-defaults', detail, {
      pointer,
      source,
      asked: fuelDefaults,
      sources: [...sources],
    })
  })
}
