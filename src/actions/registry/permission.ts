/** Who writes which factor table: the operator the public registry, an enterprise the tables named after it. */

import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { isPrivateTable, ownerSlugOf } from '../../tables/names.ts'

/**
 * The owner that a version of this name has when this caller writes it: null for the public registry. Said of the name alone,
 * so that nobody learns which tables of others exist.
 *
 * @throws Problem `role-required`.
 */
export async function ownerFor(
  ports: Pick<Ports, 'parties'>,
  actor: Actor,
  table: string,
): Promise<string | null> {
  if (actor.organizationKind === 'operator') {
    if (!isPrivateTable(table)) return null
    throw new Problem('role-required', 'A private table is written by the enterprise it is named after.', {
      role: 'enterprise',
    })
  }
  if (actor.organizationKind === 'enterprise') {
    const home = await ports.parties.findOrganization(actor, actor.organizationId)
    if (home !== null && ownerSlugOf(table) === home.slug) return home.id
    const prefix = `${home?.slug}.`
    const detail = `An enterprise writes its own tables only; their names begin with "${prefix}".`
    throw new Problem('role-required', detail, { role: 'operator', prefix })
  }
  throw new Problem('role-required', 'A certification body publishes no factor tables.', { role: 'operator' })
}

/** The same answer for a version that is not there and one that is not the caller's to see. */
export function invisibleVersion(table: string, version: string): Problem {
  return new Problem('not-found', `No version ${version} of the factor table ${table} is visible to you.`)
}
