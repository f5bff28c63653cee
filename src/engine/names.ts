/** Names that come from clients: looked up safely, ordered alike everywhere, and guessed at when nobody knows them. */

import { Problem } from '../problem.ts'

/** Names below this likeness are no help. */
const alikeEnough = 0.3

/**
 * The known names most like `asked`, best first (Dice's coefficient over pairs of letters, letter case ignored); names of
 * equal likeness in code-unit order, so that a refusal reads the same whatever the order of `known`.
 */
export function nearest(asked: string, known: Iterable<string>, limit = 5): readonly string[] {
  const wanted = pairsOf(asked.slice(0, 64))
  const scored: { name: string; score: number }[] = []
  for (const name of known) {
    const score = likeness(wanted, name)
    if (score >= alikeEnough) scored.push({ name, score })
  }
  scored.sort((a, b) => b.score - a.score || inOrder(a.name, b.name))
  return scored.slice(0, limit).map(({ name }) => name)
}

/** Code-unit order: the same on every machine, unlike a locale's. */
export function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A record's own member, so that a client's `constructor` or `__proto__` names nothing. */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** " and " between the last two, commas between the others. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/**
 * Refuses an id met before.
 * @throws Problem `duplicate-id`.
 */
export function checkNewId(id: string, seen: Set<string>, pointer: string): void {
  if (seen.has(id))
    throw new Problem('duplicate-id', `The id "${id.slice(0, 128)}" stands twice; give each its own.`, {
      pointer,
      id: id.slice(0, 128),
    })
  seen.add(id)
}

/** The distinct pairs of letters of a name, its ends included. */
function pairsOf(name: string): readonly string[] {
  const letters = [...edged(name)]
  return [...new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`))]
}

/** Searches instead of taking the name apart: a refusal may go through thousands of names. */
function likeness(wanted: readonly string[], name: string): number {
  const text = edged(name)
  const shared = wanted.filter((pair) => text.includes(pair)).length
  return (2 * shared) / (wanted.length + text.length - 1)
}

function edged(name: string): string {
  return ` ${name.toLowerCase()} `
}
