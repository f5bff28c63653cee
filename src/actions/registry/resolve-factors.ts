/** Answers many selectors at once: for each the factor and the way to it, or why there is none. */

import { checkNewId } from '../../engine/names.ts'
import type { Chosen } from '../../engine/resolve.ts'
import { resolveSelector, type Selector, type SelectorFrame } from '../../engine/selector.ts'
import type { CalculationInput, EmissionFactor, TablePin } from '../../engine/types.ts'
import type { Reader } from '../../ports/registry.ts'
import type { Ports } from '../../ports.ts'
import { isProblem, type Problem } from '../../problem.ts'
import type { PublishedTable } from '../../tables/format.ts'
import { type OutdatedTable, outdatedPins, pinnedStandings } from './pinned-versions.ts'

/** Selectors, with what they share. */
export interface FactorQuestion {
  readonly kind: CalculationInput['kind']
  /** Where a selector starts that names no region. */
  readonly region?: string | undefined
  /** In the order in which selectors look. */
  readonly factorTables: readonly TablePin[]
  readonly selectors: readonly Selector[]
}

/** One selector's answer: a factor, or the refusal that a line would meet, pointing into the question. */
export type ResolvedSelector = { readonly chosen: Chosen<EmissionFactor> } | { readonly refused: Problem }

/** The answers in the order of the selectors, and the tables they were looked for in. */
export interface ResolvedFactors {
  readonly tables: readonly PublishedTable[]
  readonly answers: readonly ResolvedSelector[]
  /** Pinned versions that are superseded or withdrawn: told, since nothing kept rests on an answer. */
  readonly outdatedTables: readonly OutdatedTable[]
}

/**
 * Resolves selectors against pinned versions; what is wrong with one selector fails no other. The same selector against the
 * same versions has the same answer, whoever asks.
 *
 * @throws Problem `unknown-factor-table`, `duplicate-id`, `stored-object-corrupt`, for a pin.
 */
export async function resolveFactors(
  ports: Pick<Ports, 'registry'>,
  reader: Reader,
  question: FactorQuestion,
): Promise<ResolvedFactors> {
  const { registry } = ports
  const { kind, region, factorTables, selectors } = question
  const seen = new Set<string>()
  for (const [index, { table, version }] of factorTables.entries())
    checkNewId(`${table}@${version}`, seen, `/factorTables/${index}`)
  const load = (pin: TablePin, index: number) =>
    pointing(`/factorTables/${index}`, registry.loadPublished(reader, pin))
  const tables = await Promise.all(factorTables.map(load))
  const library = { tables: tables.map(({ table }) => table), own: [] }
  const answers = selectors.map((selector, index) => answerOf(selector, index, { kind, region, library }))
  const outdated = await outdatedPins(ports, reader, await pinnedStandings(ports, reader, factorTables))
  return { tables, answers, outdatedTables: outdated }
}

function answerOf(selector: Selector, index: number, frame: SelectorFrame): ResolvedSelector {
  try {
    return { chosen: resolveSelector(selector, frame) }
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    const inside = typeof thrown.facts.pointer === 'string' ? thrown.facts.pointer : ''
    return { refused: thrown.with({ pointer: `/selectors/${index}${inside}` }) }
  }
}

/** What the registry refuses is a pin of the question. */
async function pointing<Value>(pointer: string, found: Promise<Value>): Promise<Value> {
  try {
    return await found
  } catch (thrown) {
    throw isProblem(thrown) && thrown.status < 500 ? thrown.with({ pointer }) : thrown
  }
}
