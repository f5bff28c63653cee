/**
 * The network of a product system as its record has it: how often each node runs, what its own lines come to, and what part of its
 * production each other node takes. Nothing is calculated again that the record holds; what it embodies follows from it by sums.
 */

import { parseDecimal } from '../../engine/decimal.ts'
import { exactSum } from '../../engine/exact-sum.ts'
import { inOrder } from '../../engine/names.ts'
import { isFault, prepareNetwork } from '../../engine/network/network.ts'
import { sparseMatrix } from '../../engine/network/sparse-matrix.ts'
import { referenceFlowOf } from '../../engine/product/unit.ts'
import type { Quantity } from '../../engine/types.ts'
import { convert } from '../../engine/units.ts'
import type { ReportedLine } from '../types.ts'
import type { ProductSource } from './types.ts'

/** What one process makes, in the network. */
export interface Node {
  readonly process: string
  /** Per declared unit. */
  readonly runs: number
  /** What its own lines come to per declared unit, kg CO2e. */
  readonly direct: number
  /** With everything that was made for it. */
  readonly embodied: number
  /** The part of its production that the declared unit asks for directly. */
  readonly delivered: number
}

/** What a node takes of another’s production. */
export interface Taken {
  readonly maker: number
  readonly taker: number
  /** Part of what the maker makes; negative where it makes another product needless. */
  readonly share: number
  /** What it embodies, kg CO2e per declared unit. */
  readonly carried: number
}

export interface Network {
  readonly nodes: readonly Node[]
  /** At most one for each two nodes. */
  readonly taken: readonly Taken[]
}

type Given = Pick<ProductSource, 'result' | 'system'>

/**
 * Null where what the record says cannot be followed: a process of several products, one without runs that something is taken from,
 * or no single answer.
 */
export function networkOf(given: Given): Network | null {
  if (given.result.product?.allocations.length !== 0) return null
  const nodes = [...given.result.scaling].sort((a, b) => inOrder(a.process, b.process))
  const places = new Map(nodes.map(({ process }, place) => [process, place]))
  const direct = directOf(given.result.lines, places, nodes.length)
  const shares = sharesTaken(given, places)
  if (shares === null) return null
  const embodied = embodiedIn(direct, shares)
  if (embodied === null) return null
  return {
    nodes: nodes.map(({ process, runs }, place) => ({
      process,
      runs: Number(runs),
      direct: direct[place] as number,
      embodied: embodied[place] as number,
      delivered: deliveredOf(given, process, Number(runs)),
    })),
    taken: shares.map((share) => ({ ...share, carried: share.share * (embodied[share.maker] as number) })),
  }
}

type Places = ReadonlyMap<string, number>

function directOf(lines: readonly ReportedLine[], places: Places, size: number): readonly number[] {
  const terms = Array.from({ length: size }, (): number[] => [])
  for (const { process, kgCo2e } of lines) {
    const place = places.get(process ?? '')
    if (place !== undefined) terms[place]?.push(Number(kgCo2e))
  }
  return terms.map(exactSum)
}

type Share = Omit<Taken, 'carried'>

/** amount per run × runs of the taker ÷ (output per run × runs of the maker), lines between the same two together. */
function sharesTaken({ result, system }: Given, places: Places): readonly Share[] | null {
  const outputs = new Map(system.processes.map(({ id, output }) => [id, output]))
  const runs = new Map(result.scaling.map((one) => [one.process, Number(one.runs)]))
  const terms = new Map<string, { maker: number; taker: number; terms: number[] }>()
  for (const { from, process, activity, scaling } of result.lines) {
    if (from === null || Number(scaling) === 0 || Number(activity.amount) === 0) continue
    const [maker, taker] = [places.get(from), places.get(process ?? '')]
    const [output, times] = [outputs.get(from), runs.get(from)]
    if (maker === undefined || taker === undefined || output === undefined || !times) return null
    const made = perRun(output, activity.unit) * times
    const entry = terms.get(`${maker} ${taker}`) ?? { maker, taker, terms: [] }
    entry.terms.push((Number(activity.amount) * Number(scaling)) / made)
    terms.set(`${maker} ${taker}`, entry)
  }
  return [...terms.values()].map(({ terms: parts, ...ends }) => ({ ...ends, share: exactSum(parts) }))
}

function perRun({ amount, unit }: Quantity, into: string): number {
  return convert(parseDecimal(amount), unit, into)
}

/** E = direct + Σ share × E of the makers: what each node hands on is what it emits and what it took in. */
function embodiedIn(direct: readonly number[], shares: readonly Share[]): readonly number[] | null {
  const handed = sparseMatrix(direct.length, {
    rows: shares.map(({ maker }) => maker),
    columns: shares.map(({ taker }) => taker),
    values: shares.map(({ share }) => share),
  })
  const outcome = prepareNetwork(handed).solveAdjoint(Float64Array.from(direct))
  return isFault(outcome) ? null : [...outcome.values]
}

function deliveredOf({ system }: Given, process: string, runs: number): number {
  if (process !== system.referenceProcess || runs === 0) return 0
  const output = system.processes.find(({ id }) => id === process)?.output
  if (output === undefined) return 0
  const { amount, unit } = referenceFlowOf(system).quantity
  return convert(parseDecimal(amount), unit, output.unit) / parseDecimal(output.amount) / runs
}
