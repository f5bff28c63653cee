/** Where two JSON documents differ, leaf by leaf, for a person who reads what a correction changed. */

import { pointerOf } from './pointer.ts'

/** A leaf that one has and the other has not, or has otherwise. Absent is not null: an absent side is left out. */
export interface JsonDifference {
  readonly pointer: string
  readonly before?: unknown
  readonly after?: unknown
}

type Path = readonly (string | number)[]

/**
 * The leaves that differ, in the order of the documents; members of lists are matched by their `id` where all have one, otherwise by place.
 *
 * @param max so many at most; the caller says that there may be more.
 */
export function jsonDifferences(before: unknown, after: unknown, max: number): readonly JsonDifference[] {
  const found: JsonDifference[] = []
  walk(before, after, [], (difference) => {
    if (found.length < max) found.push(difference)
    return found.length < max
  })
  return found
}

/** Tells each difference to `tell` until that says no. @returns whether to go on. */
function walk(
  before: unknown,
  after: unknown,
  path: Path,
  tell: (difference: JsonDifference) => boolean,
): boolean {
  if (Object.is(before, after)) return true
  const members = pairsOf(before, after)
  if (members === null) {
    return tell({
      pointer: pointerOf(path),
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    })
  }
  return members.every(([key, one, other]) => walk(one, other, [...path, key], tell))
}

/** Members of two objects, or of two lists, side by side; null where they cannot be told member by member. */
function pairsOf(
  before: unknown,
  after: unknown,
): readonly (readonly [string | number, unknown, unknown])[] | null {
  if (Array.isArray(before) && Array.isArray(after)) return pairsOfLists(before, after)
  if (!isObject(before) || !isObject(after)) return null
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.map((name) => [name, before[name], after[name]])
}

function pairsOfLists(before: readonly unknown[], after: readonly unknown[]) {
  const [byId, otherById] = [idsOf(before), idsOf(after)]
  if (byId && otherById) {
    const ids = [...new Set([...byId.keys(), ...otherById.keys()])]
    return ids.map((id) => [id, byId.get(id), otherById.get(id)] as const)
  }
  const length = Math.max(before.length, after.length)
  return Array.from({ length }, (_, at) => [at, before[at], after[at]] as const)
}

function idsOf(list: readonly unknown[]): ReadonlyMap<string, unknown> | null {
  const ids = list.map((one) => (isObject(one) && typeof one.id === 'string' ? one.id : null))
  if (ids.some((id) => id === null) || new Set(ids).size < ids.length) return null
  return new Map(list.map((one, at) => [ids[at] as string, one]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
