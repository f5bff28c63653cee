/**
 * What may be off in a system, each by itself: the amount of a line, with all amounts that rest on the same; a factor with all lines
 * it weighs at once; a parameter with all that follows from it. The rules are those of the error propagation of the result.
 */

import { sharedBy } from '../error-propagation.ts'
import { sharedAmountOf } from '../product/uncertainty.ts'
import { atLine, at as atPlace, Refusals } from '../refusals.ts'
import type { BareFlows } from './flows.ts'
import { restsOnAny } from './parameter-slopes.ts'
import { type Spread, spreadOf, spreadOfParameter } from './spread.ts'
import type { UncertainSource } from './types.ts'

/** A line that a source moves, and how far. */
export interface SpreadLine {
  readonly line: number
  readonly spread: Spread
}

/** Something that may be off. */
export interface Source {
  readonly of: UncertainSource
  /** What its numbers are drawn by: the same name, the same numbers. */
  readonly name: string
}

/** A source that multiplies: amounts, or what factors make of them. */
export interface LineSource extends Source {
  readonly moves: 'amount' | 'factor'
  readonly lines: readonly SpreadLine[]
}

export interface ParameterSource extends Source {
  readonly parameter: string
  readonly spread: Spread
}

export interface Sources {
  /** In the order of their names. */
  readonly ofLines: readonly LineSource[]
  readonly ofParameters: readonly ParameterSource[]
}

/**
 * Everything that is stated to be uncertain.
 * @throws Problem `invalid-number`, `property-out-of-range`, pointing to the statement.
 */
export function sourcesOf(flows: BareFlows): Sources {
  const refusals = new Refusals()
  const ofParameters = parameterSources(flows, refusals)
  const drawn = new Set(ofParameters.map(({ parameter }) => parameter))
  const amounts = amountSources(flows, drawn, refusals)
  const factors = factorSources(flows, refusals)
  refusals.throwIfAny()
  const ofLines = [...amounts, ...factors].sort(byName)
  return { ofLines, ofParameters: [...ofParameters].sort(byName) }
}

/**
 * Amounts, those of one parameter, material or figure of a site together. A parameter that states its own spread says all there is
 * to say of the amounts that follow from it.
 */
function amountSources(
  flows: BareFlows,
  drawn: ReadonlySet<string>,
  refusals: Refusals,
): readonly LineSource[] {
  const spreads = flows.lines.flatMap(({ weighed: { line } }, place) => {
    if (restsOnAny(flows.slopes, line.parameter?.id, drawn)) return []
    const spread = stated(flows, place, 'activity', refusals)
    const process = flows.processes.get(line.process as string)
    const of: UncertainSource = sharedAmountOf(line, process) ?? { kind: 'activity', line: line.id }
    return spread === undefined ? [] : [{ of, line: place, spread }]
  })
  return grouped(spreads, 'amount')
}

function factorSources(flows: BareFlows, refusals: Refusals): readonly LineSource[] {
  const spreads = flows.lines.flatMap(({ result }, line) => {
    const spread = stated(flows, line, 'factor', refusals)
    return spread === undefined
      ? []
      : [{ of: sharedBy(result) ?? { kind: 'factor-of-line', line: result.id }, line, spread }]
  })
  return grouped(spreads, 'factor')
}

/** Lines of one source are off together. */
function grouped(
  spreads: readonly (SpreadLine & { readonly of: UncertainSource })[],
  moves: LineSource['moves'],
): readonly LineSource[] {
  return [...Map.groupBy(spreads, ({ of }) => nameOf(of)).entries()].map(([name, group]) => {
    const { of } = group[0] as (typeof spreads)[number]
    return { of, name, moves, lines: group.map(({ line, spread }) => ({ line, spread })) }
  })
}

function parameterSources({ solved }: BareFlows, refusals: Refusals): readonly ParameterSource[] {
  return (solved.input.parameters ?? []).flatMap((parameter, index) => {
    const spread = refusals.attempt(() => atPlace(`/parameters/${index}`, () => spreadOfParameter(parameter)))
    if (spread === undefined) return []
    const of = { kind: 'parameter', id: parameter.id } as const
    return [{ of, name: nameOf(of), parameter: parameter.id, spread }]
  })
}

function stated(
  { lines }: BareFlows,
  place: number,
  what: 'activity' | 'factor',
  refusals: Refusals,
): Spread | undefined {
  const { weighed } = lines[place] as BareFlows['lines'][number]
  const { uncertainty } = weighed.line
  if (uncertainty === undefined) return undefined
  return refusals.attempt(() =>
    atLine(weighed.index, weighed.line, () =>
      atPlace(`/uncertainty/${what}Percent`, () =>
        spreadOf(uncertainty[`${what}Percent`], uncertainty[`${what}Distribution`]),
      ),
    ),
  )
}

/** A name that tells sources apart, the same wherever they stand. */
function nameOf(of: UncertainSource): string {
  return JSON.stringify(Object.values(of))
}

function byName(a: Source, b: Source): number {
  return a.name < b.name ? -1 : 1
}
