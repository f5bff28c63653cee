/** Names within a site's year: looked up, and refused with what is near them where nobody knows them. */

import { Problem } from '../../problem.ts'
import { nearest } from '../names.ts'

/** What site data name. */
export type SiteNoun = 'site' | 'total' | 'product' | 'key'

/** The members of a list by their ids, which have been checked. */
export function byId<Member extends { readonly id: string }>(
  members: readonly Member[],
): ReadonlyMap<string, Member> {
  return new Map(members.map((member) => [member.id, member]))
}

/**
 * What a name stands for.
 * @throws Problem `unknown-site-data` at the pointer.
 */
export function named<Value>(
  known: ReadonlyMap<string, Value>,
  noun: SiteNoun,
  name: string,
  pointer: string,
): Value {
  const found = known.get(name)
  if (found !== undefined) return found
  const candidates = nearest(name, known.keys())
  const near = candidates.length > 0 ? ` Near it: ${candidates.map((id) => `"${id}"`).join(', ')}.` : ''
  const where = noun === 'site' ? 'siteData has' : 'The site has'
  const detail = `${where} no ${noun} "${name.slice(0, 128)}"; add it, or correct the name.${near}`
  throw new Problem('unknown-site-data', detail, { pointer, [noun]: name.slice(0, 128), candidates })
}
