/** Organizations as rows. */

import type { Organization } from '../ports/parties.ts'
import type { organizations } from './schema/parties.ts'

/** An organization as actions know it. */
export function toOrganization(row: typeof organizations.$inferSelect): Organization {
  const { nameEn, nameZh, requestDigest: _, ...rest } = row
  return { ...rest, name: { en: nameEn, zh: nameZh } }
}
