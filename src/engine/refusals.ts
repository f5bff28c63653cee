/**
 * Refusals with their place. Whoever mends a file wants to hear of everything wrong with it at once, each with a pointer to
 * the field: so line problems are collected, and thrown together as the first with the others in its facts.
 */

import { isProblem, type Problem, type ProblemFacts } from '../problem.ts'
import type { ActivityLine } from './types.ts'

/** Beside the first problem at most this many more are named. */
const mostOthers = 50

/** Does something at a place: a Problem thrown there that names no place yet gets this pointer. */
export function at<Value>(pointer: string, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    if (isProblem(thrown) && thrown.facts.pointer === undefined) throw thrown.with({ pointer })
    throw thrown
  }
}

/** Does something inside a place: a Problem thrown there points below this pointer. */
export function within<Value>(pointer: string, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    const inside = typeof thrown.facts.pointer === 'string' ? thrown.facts.pointer : ''
    throw thrown.with({ pointer: `${pointer}${inside}` })
  }
}

/** Does something for a line: a Problem thrown there points into `/lines/<index>` and carries the line's id. */
export function atLine<Value>(index: number, line: Pick<ActivityLine, 'id'>, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    const inside = typeof thrown.facts.pointer === 'string' ? thrown.facts.pointer : ''
    throw thrown.with({ pointer: `/lines/${index}${inside}`, lineId: line.id })
  }
}

/** Does something for a system that stands at a place: a Problem thrown there, and the others it names, point below that place. */
export function below<Value>(place: string, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    throw place === '' ? thrown : moved(thrown, (pointer = '') => `${place}${pointer}`)
  }
}

/** Where a place of one document stands in another; undefined leaves a pointer as it is, and a refusal without one without. */
type Move = (pointer: string | undefined) => string | undefined

/** What was thrown, to be thrown on: a refusal with its pointer, and those of the others it names, moved. */
export function moved(thrown: unknown, move: Move): unknown {
  if (!isProblem(thrown)) return thrown
  const placed = ({ pointer }: ProblemFacts) => {
    const place = move(typeof pointer === 'string' ? pointer : undefined)
    return place === undefined ? {} : { pointer: place }
  }
  const { others } = thrown.facts
  if (!Array.isArray(others)) return thrown.with(placed(thrown.facts))
  const named = others.map((other: ProblemFacts) => ({ ...other, ...placed(other) }))
  return thrown.with({ ...placed(thrown.facts), others: named })
}

/** Problems met so far. */
export class Refusals {
  readonly #problems: Problem[] = []

  /** Runs `act`; keeps a Problem instead of passing it on. Anything else that is thrown is a fault of ours and passes. */
  attempt<Value>(act: () => Value): Value | undefined {
    try {
      return act()
    } catch (thrown) {
      if (!isProblem(thrown)) throw thrown
      this.#problems.push(thrown)
      return undefined
    }
  }

  /** Enough to answer with; looking further would only cost time. */
  get full(): boolean {
    return this.#problems.length > mostOthers
  }

  /** Throws the first problem, with the others under `others`. */
  throwIfAny(): void {
    const [first, ...others] = this.#problems
    if (!first) return
    if (others.length === 0) throw first
    const named = others.slice(0, mostOthers)
    throw first.with({ others: named.map((problem) => ({ code: problem.code, ...problem.facts })) })
  }
}
