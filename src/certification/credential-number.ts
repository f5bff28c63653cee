/** Numbers of documents as people write them: read over the telephone, copied from paper, typed on a Chinese keyboard. */

/** What stands between the groups: any kind of space or dash. */
const separators = /[\s\p{Z}\p{Pd}\u2212_.]/gu
const writtenForm = /^(?:EGRET)?([0-9]{4})([0-9A-HJKMNP-TV-Z]{4})([0-9A-HJKMNP-TV-Z]{4})$/
const lettersMax = 100

/**
 * The number that somebody means, e.g. `EGRET-2026-8F3K-27QD`; undefined for what is none. Case, spaces, dashes and full-width
 * letters do not matter, and of Crockford's base 32 O is read as 0, I and L as 1.
 */
export function readCredentialNumber(written: string): string | undefined {
  if (written.length > lettersMax) return undefined
  const plain = written.normalize('NFKC').replaceAll(separators, '').toUpperCase()
  const [, year, first, last] = writtenForm.exec(plain.replaceAll('O', '0').replaceAll(/[IL]/g, '1')) ?? []
  return year === undefined ? undefined : `EGRET-${year}-${first}-${last}`
}
