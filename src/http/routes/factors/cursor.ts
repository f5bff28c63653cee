/**
 * The cursor of a search for factors: the rank of the last row shown. Whoever writes one of their own looks behind another place
 * in the same answer, and sees no more than they would anyway.
 */

import type { FactorRank } from '../../../ports/registry.ts'
import { Problem } from '../../../problem.ts'

/** `way.standing.remoteness.year.doubt/table/version/id`; an id may hold slashes itself. */
const form = /^(\d)\.(\d)\.(\d{1,3})\.(\d{4})\.(\d)\/([^/]+)\/([^/]+)\/(.+)$/su

/** A rank as the text that `after` takes. */
export function cursorOf({ way, standing, remoteness, year, doubt, table, version, id }: FactorRank): string {
  return `${[way, standing, remoteness, year, doubt].join('.')}/${table}/${version}/${id}`
}

/** @throws Problem `invalid-request` for what is no cursor of a search. */
export function rankOf(cursor: string): FactorRank {
  const [, way, standing, remoteness, year, doubt, table, version, id] = form.exec(cursor) ?? []
  if (table === undefined || version === undefined || id === undefined) {
    const detail = '/after: is no cursor of this search; take it from the Link header.'
    throw new Problem('invalid-request', detail, { in: 'query', pointer: '/after' })
  }
  const numbers = { way: Number(way), standing: Number(standing), remoteness: Number(remoteness) }
  return { ...numbers, year: Number(year), doubt: Number(doubt), table, version, id }
}
