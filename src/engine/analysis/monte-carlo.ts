/**
 * Uncertainty by Monte Carlo (IPCC 2006 Vol. 1 Ch. 3, approach 2): everything that is stated to be uncertain is drawn, each by its
 * own stream of numbers, and the system is solved again wherever what processes take of each other was drawn. Draws that have no
 * answer are counted and told, never dropped in silence.
 */

import { inOrder } from '../names.ts'
import { DrawState, type Unanswered } from './draw-state.ts'
import type { Flows } from './flows.ts'
import { Stream } from './philox.ts'
import type { LineSource, Sources } from './sources.ts'
import type { DrawFault } from './types.ts'

/** The totals of all draws, in their order. */
export interface Draws {
  /** NaN where the draw has no answer. */
  readonly totals: Float64Array
  /** How many of them have none, and what was at fault, the most frequent first. */
  readonly refused: number
  readonly faults: readonly DrawFault[]
  /** How many have an amount or a factor on the other side of zero. */
  readonly signChanged: number
  /** Independent things that were drawn. */
  readonly sources: number
}

/** Faults that are named at most. */
const mostFaults = 20

/** How much work drawing is: numbers drawn and terms summed, and what is read where the network is solved again. */
export function workOf(flows: Flows, draws: number): number {
  const { ofLines, ofParameters } = flows.sources
  if (ofLines.length + ofParameters.length === 0) return 0
  const drawn = ofLines.reduce((sum, { lines }) => sum + 1 + lines.length, ofParameters.length)
  const formulas = ofParameters.length === 0 ? 0 : flows.solved.frame.parameters.size
  const solving = movesNetwork(flows) ? flows.nodes.length + 2 * flows.links.length : 0
  return draws * (drawn + formulas + flows.lines.length + solving)
}

/**
 * Draws the totals of a system.
 * @param seed 0 up to 2^53 − 1. The same seed gives the same bits, whatever the order of the lines: what is off is drawn by its name.
 */
export function drawTotals(flows: Flows, draws: number, seed: number): Draws {
  const { sources } = flows
  const solvesAgain = movesNetwork(flows)
  const state = new DrawState(flows)
  const all = [...sources.ofLines, ...sources.ofParameters]
  const numbers = new NumbersOf(all.map(({ name }) => new Stream(seed, name)))
  const totals = new Float64Array(draws).fill(flows.result.total)
  const unanswered: Unanswered[] = []
  let signChanged = 0
  for (let draw = 0; draw < draws && all.length > 0; draw++) {
    drawOnce(state, sources, numbers.of(draw))
    if (state.signChanged) signChanged++
    const total = state.total(solvesAgain)
    totals[draw] = typeof total === 'number' ? total : Number.NaN
    if (typeof total !== 'number') unanswered.push(total)
  }
  const faults = faultsOf(unanswered)
  return { totals, refused: unanswered.length, faults, signChanged, sources: all.length }
}

function drawOnce(state: DrawState, { ofLines, ofParameters }: Sources, parts: Float64Array): void {
  state.reset()
  for (let at = 0; at < ofLines.length; at++) state.moveLines(ofLines[at] as LineSource, parts[at] as number)
  for (const [at, { parameter, spread }] of ofParameters.entries())
    state.moveParameter(parameter, spread.at(parts[ofLines.length + at] as number))
  state.followParameters()
}

/** Draws whose numbers are made at once: a stream is faster asked for many than once in every round. */
const atOnce = 16

/** The numbers of all streams, draw by draw. */
class NumbersOf {
  readonly #streams: readonly Stream[]
  readonly #held: readonly Float64Array[]
  #first = -1

  constructor(streams: readonly Stream[]) {
    this.#streams = streams
    this.#held = Array.from({ length: atOnce }, () => new Float64Array(streams.length))
  }

  of(draw: number): Float64Array {
    const first = draw - (draw % atOnce)
    if (first !== this.#first) this.#make(first)
    return this.#held[draw - first] as Float64Array
  }

  #make(first: number): void {
    for (const [at, stream] of this.#streams.entries())
      for (let k = 0; k < atOnce; k++) (this.#held[k] as Float64Array)[at] = stream.at(first + k)
    this.#first = first
  }
}

/** Whether anything drawn changes what processes take of each other. */
function movesNetwork({ lines, sources: { ofLines, ofParameters } }: Flows): boolean {
  const takes = (place: number) => (lines[place]?.links.length ?? 0) > 0
  return (
    ofLines.some(({ moves, lines: moved }) => moves === 'amount' && moved.some(({ line }) => takes(line))) ||
    (ofParameters.length > 0 &&
      lines.some(({ weighed, links }) => weighed.line.parameter !== undefined && links.length > 0))
  )
}

function faultsOf(unanswered: readonly Unanswered[]): readonly DrawFault[] {
  const each = unanswered.flatMap(({ kind, ids }) => ids.map((id) => ({ kind, id })))
  const groups = Map.groupBy(each, ({ kind, id }) => `${kind} ${id}`)
  return [...groups.values()]
    .map((group) => ({ ...(group[0] as (typeof each)[number]), draws: group.length }))
    .sort((a, b) => b.draws - a.draws || inOrder(a.id, b.id))
    .slice(0, mostFaults)
}
