/** A system while it is drawn: by how much each amount and factor differs from what is stated, and what the total is then. */

import { isProblem } from '../../problem.ts'
import { inOrder } from '../names.ts'
import { isFault } from '../network/network.ts'
import { evaluate } from '../product/formula.ts'
import type { KnownParameter } from '../product/parameters.ts'
import type { FlowLine, FlowLink, Flows } from './flows.ts'
import { perParameterOf, perUnitOf } from './per-unit.ts'
import type { LineSource } from './sources.ts'

/** What had no answer in a draw. */
export interface Unanswered {
  readonly kind: 'process' | 'parameter'
  readonly ids: readonly string[]
}

/** A line that follows from a parameter. */
interface Following {
  readonly place: number
  readonly parameter: string
  /** What its parameter is stated as; where that is zero nothing can be a multiple of it, and these two say what a unit comes to. */
  readonly stated: number
  readonly perParameter: number
  readonly perUnit: number
}

/** Links by the entry of the network that they are part of, each entry's by their lines' ids, so that they are summed in one order. */
interface Entries {
  /** Entry `entries[e]` is made up of the links from `starts[e]` up to `starts[e + 1]`. */
  readonly entries: Int32Array
  readonly starts: Int32Array
  readonly links: readonly FlowLink[]
  /** Of each link: runs of its maker as stated, and its line; -1 where no line states it. */
  readonly runs: Float64Array
  readonly lines: Int32Array
}

export class DrawState {
  readonly #flows: Flows
  /** The lines by their ids, so that no order of lines shows in a sum. */
  readonly #order: readonly number[]
  readonly #amounts: Float64Array
  readonly #factors: Float64Array
  readonly #following: ReadonlyMap<number, Following>
  readonly #drawn = new Map<string, number>()
  readonly #entries: Entries
  /** Whether the parameter of a line is stated as zero, so that multiples do not tell. */
  readonly #hasZero: boolean
  #unanswered: Unanswered | undefined
  #signChanged = false

  constructor(flows: Flows) {
    this.#flows = flows
    const ids = flows.lines.map(({ weighed }) => weighed.line.id)
    this.#order = [...ids.keys()].sort((a, b) => inOrder(ids[a] as string, ids[b] as string))
    this.#amounts = new Float64Array(ids.length)
    this.#factors = new Float64Array(ids.length)
    this.#following = new Map(followingOf(flows).map((one) => [one.place, one]))
    this.#hasZero = [...this.#following.values()].some(({ stated }) => stated === 0)
    this.#entries = entriesOf(flows.links, ids)
  }

  reset(): void {
    this.#amounts.fill(1)
    this.#factors.fill(1)
    this.#drawn.clear()
    this.#unanswered = undefined
    this.#signChanged = false
  }

  moveLines({ moves, lines }: LineSource, part: number): void {
    const multipliers = moves === 'amount' ? this.#amounts : this.#factors
    for (const { line, spread } of lines) {
      const multiplier = spread.at(part)
      multipliers[line] = (multipliers[line] as number) * multiplier
      if (multiplier < 0) this.#signChanged = true
    }
  }

  moveParameter(id: string, value: number): void {
    this.#drawn.set(id, value)
  }

  /** Works out the parameters that follow from what was drawn, and moves the amounts that follow from them. */
  followParameters(): void {
    if (this.#drawn.size === 0) return
    for (const [id, { formula }] of this.#flows.solved.frame.parameters) {
      if (formula === undefined) continue
      try {
        this.#drawn.set(
          id,
          evaluate(formula, (name) => this.#worth(name)),
        )
      } catch (thrown) {
        if (!isProblem(thrown)) throw thrown
        this.#unanswered = { kind: 'parameter', ids: [id] }
        return
      }
    }
    for (const { place, parameter, stated } of this.#following.values()) {
      if (stated === 0) continue
      const multiplier = this.#worth(parameter) / stated
      this.#amounts[place] = (this.#amounts[place] as number) * multiplier
      if (multiplier < 0) this.#signChanged = true
    }
  }

  /** Whether an amount or a factor came out on the other side of zero. */
  get signChanged(): boolean {
    return this.#signChanged
  }

  /**
   * The total as drawn.
   * @param solvesAgain whether what processes take of each other was drawn.
   */
  total(solvesAgain: boolean): number | Unanswered {
    if (this.#unanswered !== undefined) return this.#unanswered
    if (!solvesAgain) return this.#totalBy(({ scaling }) => scaling)
    const { nodes, demand, network } = this.#flows
    const outcome = network.withValues(this.#needs()).solve(Float64Array.from(demand))
    if (isFault(outcome))
      return { kind: 'process', ids: outcome.nodes.map((node) => nodes[node]?.key as string) }
    return this.#totalBy(({ serves }) => {
      let runs = 0
      for (const { node, share } of serves) runs += share * (outcome.values[node] as number)
      return runs
    })
  }

  /** The stated total and what each line adds to it or takes off (compensated summation, in one order). */
  #totalBy(scalingOf: (line: FlowLine) => number): number {
    const { lines, result } = this.#flows
    let [sum, lost] = [result.total, 0]
    for (const place of this.#order) {
      const line = lines[place] as FlowLine
      const more = this.#perRun(place, line) * scalingOf(line) - line.perRun * line.scaling
      const next = sum + more
      lost += Math.abs(sum) >= Math.abs(more) ? sum - next + more : more - next + sum
      sum = next
    }
    return sum + lost
  }

  #needs(): Float64Array {
    const values = Float64Array.from(this.#flows.network.needs.values)
    const { entries, starts, runs, lines } = this.#entries
    const amounts = this.#amounts
    for (let e = 0; e < entries.length; e++) {
      let sum = 0
      for (let k = starts[e] as number; k < (starts[e + 1] as number); k++) {
        const line = lines[k] as number
        if (this.#hasZero) sum += this.#linkRuns(k)
        else sum += line < 0 ? (runs[k] as number) : (runs[k] as number) * (amounts[line] as number)
      }
      values[entries[e] as number] = sum
    }
    return values
  }

  #worth(id: string): number {
    return this.#drawn.get(id) ?? (this.#flows.solved.frame.parameters.get(id) as KnownParameter).value
  }

  #perRun(place: number, { perRun }: FlowLine): number {
    const factor = this.#factors[place] as number
    const zero = this.#fromZero(place)
    if (zero !== undefined) return zero.amount * zero.perUnit * factor
    return perRun * (this.#amounts[place] as number) * factor
  }

  #linkRuns(k: number): number {
    const { line, maker, runs, share } = this.#entries.links[k] as FlowLink
    if (line === null) return runs
    const zero = this.#fromZero(line)
    if (zero === undefined) return runs * (this.#amounts[line] as number)
    return (share * zero.amount) / (this.#flows.nodes[maker] as Flows['nodes'][number]).output.value
  }

  /** The amount of a line whose parameter is stated as zero. */
  #fromZero(place: number): { readonly amount: number; readonly perUnit: number } | undefined {
    if (!this.#hasZero) return undefined
    const found = this.#following.get(place)
    if (found === undefined || found.stated !== 0) return undefined
    const amount = found.perParameter * this.#worth(found.parameter) * (this.#amounts[place] as number)
    return { amount, perUnit: found.perUnit }
  }
}

function followingOf(flows: Flows): readonly Following[] {
  const { frame } = flows.solved
  return flows.lines.flatMap((line, place): readonly Following[] => {
    const used = line.weighed.line.parameter
    if (used === undefined) return []
    const known = frame.parameters.get(used.id) as KnownParameter
    const slopes =
      known.value === 0
        ? { perParameter: perParameterOf(line, known, frame), perUnit: perUnitOf(line, frame) }
        : { perParameter: 0, perUnit: 0 }
    return [{ place, parameter: used.id, stated: known.value, ...slopes }]
  })
}

function entriesOf(given: readonly FlowLink[], ids: readonly string[]): Entries {
  const idOf = ({ line }: FlowLink) => (line === null ? '' : (ids[line] as string))
  const links = given.toSorted((a, b) => a.entry - b.entry || inOrder(idOf(a), idOf(b)))
  const firsts = links.flatMap(({ entry }, k) => (k === 0 || links[k - 1]?.entry !== entry ? [k] : []))
  return {
    entries: Int32Array.from(firsts, (k) => (links[k] as FlowLink).entry),
    starts: Int32Array.from([...firsts, links.length]),
    links,
    runs: Float64Array.from(links, ({ runs }) => runs),
    lines: Int32Array.from(links, ({ line }) => line ?? -1),
  }
}
