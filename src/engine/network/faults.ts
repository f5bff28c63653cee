/** Why a network has no answer, and which of its nodes are why. */

/**
 * - `unproductive`: a process, or a loop, takes more of its own product than it makes.
 * - `singular`: the equations of the nodes determine no single answer.
 * - `cancelling`: they would, but on what rounding left of a zero.
 * - `unsolved`: no method reached an answer that withstood its check.
 */
export type FaultKind = 'unproductive' | 'singular' | 'cancelling' | 'unsolved'

/** `nodes` are the fewest that were found to be at fault, ascending, at most `mostNamed`. */
export interface NetworkFault {
  readonly fault: FaultKind
  readonly nodes: readonly number[]
}

/** More names than these help nobody. */
export const mostNamed = 20

/** Below this part of the terms that made it, a number is what rounding left of a zero: nine of fifteen digits are lost. */
export const cancelled = 1e-9

/** A fault by the positions of a layout. */
export interface LocalFault {
  readonly fault: FaultKind
  readonly positions: readonly number[]
}

/** What is wrong where `left` remains of what is made for others, the terms that it was made from being as large as `terms`. */
export function leftFault(left: number, terms: number): FaultKind | undefined {
  if (Math.abs(left) > cancelled * terms) return left > 0 ? undefined : 'unproductive'
  return left === 0 ? 'singular' : 'cancelling'
}
