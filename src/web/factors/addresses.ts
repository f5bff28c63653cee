/** Where the pages of the registry are. Names and ids are encoded: an id may hold dots, and one day more than that. */

export const factorsPath = '/factors'

const path = (...parts: readonly string[]): string =>
  [factorsPath, ...parts.map((part) => encodeURIComponent(part))].join('/')

/** A table with its editions. */
export function tablePath(table: string): string {
  return path(table)
}

/** One edition on its table's page. */
export function editionPath(table: string, version: string): string {
  return `${path(table)}#v-${encodeURIComponent(version)}`
}

/** One factor. */
export function factorPath(table: string, version: string, id: string): string {
  return path(table, version, id)
}

/** What changed from one version to another; `query` without its question mark. */
export function diffPath(table: string, from: string, to: string, query = ''): string {
  return `${path(table, 'diff', from, to)}${query === '' ? '' : `?${query}`}`
}

/** The same differences for programs, as JSON or CSV. */
export function diffDataPath(table: string, from: string, to: string): string {
  const [named, a, b] = [table, from, to].map(encodeURIComponent)
  return `/v1/factor-tables/${named}/versions/${a}/diff/${b}`
}

/** A search. */
export function searchPath(filters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString()
  return query === '' ? factorsPath : `${factorsPath}?${query}`
}

/** The frozen document of a version, by digest. */
export function documentPath(digest: string): string {
  return `/factor-tables/${digest.replace(/^sha256:/, '')}.json`
}
