/**
 * What the tables of moves have in common, whatever they move: the order in which a move is refused (person, role, state, guards), the
 * words of it, and how a caller is told beforehand.
 */

import { Problem } from '../problem.ts'

/** A move as its caller sees it. */
export interface Possible<Move extends string, State extends string> {
  readonly move: Move
  readonly to: State
  readonly possible: boolean
  /** Why not: the problem's code and its sentence. */
  readonly because: { readonly code: Problem['code']; readonly detail: string } | null
}

/** What a refusal, or none, says of a move. */
export function possibility<Move extends string, State extends string>(
  move: Move,
  to: State,
  refusal: Problem | null,
): Possible<Move, State> {
  const because = refusal && { code: refusal.code, detail: String(refusal.facts.detail) }
  return { move, to, possible: refusal === null, because }
}

/** Who asks, as a member. */
export interface AskingMember {
  readonly personId: string | null
  readonly roles: readonly string[]
}

/**
 * Why somebody may not make a move: no person answers for it, or holds none of the roles that it is for.
 *
 * @param whose in words, e.g. `the body's`.
 */
export function memberRefusal(
  move: string,
  { personId, roles }: AskingMember,
  by: readonly string[],
  whose: string,
): Problem | null {
  if (personId === null) {
    return new Problem('member-required', `A person answers for "${move}": use a client bound to a member.`, {
      move,
    })
  }
  return by.some((role) => roles.includes(role)) ? null : roleRefusal(move, by, whose)
}

/** That a move is for others. */
export function roleRefusal(move: string, by: readonly string[], whose: string): Problem {
  return new Problem('role-required', `"${move}" is for ${whose} ${by.join(' or ')}.`, { move, roles: by })
}

/** Why a move does not start here. @param what is moved, in words. */
export function stateRefusal(
  what: string,
  move: string,
  from: readonly string[],
  state: string,
): Problem | null {
  if (from.includes(state)) return null
  const detail = `"${move}" is possible when the ${what} is ${from.join(' or ')}; it is ${state}.`
  return new Problem('invalid-transition', detail, { move, state, from })
}

/** The first guard that refuses, by its name. */
export function guardRefusal<Name extends string>(
  names: readonly Name[],
  ask: (name: Name) => Problem | null,
): Problem | null {
  for (const name of names) {
    const refusal = ask(name)
    if (refusal) return refusal.with({ guard: name })
  }
  return null
}
