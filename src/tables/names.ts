/**
 * Names of tables. A table of the public registry has a plain name; a private one is named after the enterprise it belongs to,
 * with a dot between: the two can never meet, and whoever reads a pin sees which it is.
 */

/** The form of a plain name. */
export const nameForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** The form of a table's name, private ones included: `cn-fuel`, `xiamen-steel.suppliers`. */
export const tableNameForm = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)?[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Characters of a table's name: an organization's slug has up to 60. */
export const tableNameMax = 120

/** Whether a table belongs to an enterprise: by its name alone, so that a record says it without the registry. */
export function isPrivateTable(name: string): boolean {
  return name.includes('.')
}

/** The slug of the enterprise that a private table is named after; null for a table of the public registry. */
export function ownerSlugOf(name: string): string | null {
  return isPrivateTable(name) ? name.slice(0, name.indexOf('.')) : null
}
