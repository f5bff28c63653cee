/**
 * A version's own name inside the words of its rows. Publishers write the edition into ids, source ids and remarks
 * (`desnz-2025-1_100`, `DESNZ-2025`); moving to the next edition changes those words and nothing else.
 */

/** Stands where the name stood: no id, source id or line of text holds it. */
const placeholder = '\u0000'

/**
 * An id with the first whole token that is the version's name taken out: `desnz-2025-1_100` of 2025 is that of 2026. The place
 * stays marked, so that no two ids of one version become one.
 */
export function withoutEditionInId(id: string, version: string): string {
  return id.replace(new RegExp(`(?<![A-Za-z0-9])${literal(version)}(?![A-Za-z0-9])`), placeholder)
}

/** A text with the version's name taken out wherever it stands as a word; a number that only holds its digits stays. */
export function withoutEdition(text: string, version: string): string {
  const name = new RegExp(`(?<![A-Za-z0-9]|\\d[.,])${literal(version)}(?![A-Za-z0-9]|[.,]\\d)`, 'g')
  return text.replace(name, placeholder)
}

/** The year of an edition whose name begins with one (`2025`, `2023.1`), else null. */
export function yearOfEdition(version: string): number | null {
  const [year] = /^\d{4}(?!\d)/.exec(version) ?? []
  return year === undefined ? null : Number(year)
}

function literal(version: string): string {
  return version.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
