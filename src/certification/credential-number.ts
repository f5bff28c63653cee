/** Numbers of documents as people write them: read over the telephone, copied from paper, typed on a Chinese keyboard. */

/** What stands between the groups: any kind of space or dash. */
const separators = /[\s\p{Z}\p{Pd}\u2212_.]/gu
const writtenForm = /^(?:EGRET)?([0-9]{4})([0-9A-HJKMNP-TV-Z]{4})([0-9A-HJKMNP-TV-Z]{4})$/
const writtenCaseForm = /^(?:CASE)?([0-9]{4})([0-9A-HJKMNP-TV-Z]{4})([0-9A-HJKMNP-TV-Z]{4})$/
const lettersMax = 100

/**
 * The number that somebody means, e.g. `EGRET-2026-8F3K-27QD`; undefined for what is none. Case, spaces, dashes and full-width
 * letters do not matter, and of Crockford's base 32 O is read as 0, I and L as 1.
 */
export function readCredentialNumber(written: string): string | undefined {
  return readNumber(written, 'EGRET', writtenForm)
}

/** The number of a case that somebody means, e.g. `CASE-2026-8F3K-27QD`, read as leniently. */
export function readCaseNumber(written: string): string | undefined {
  return readNumber(written, 'CASE', writtenCaseForm)
}

function readNumber(written: string, prefix: string, form: RegExp): string | undefined {
  if (written.length > lettersMax) return undefined
  const plain = written.normalize('NFKC').replaceAll(separators, '').toUpperCase()
  const [, year, first, last] = form.exec(plain.replaceAll('O', '0').replaceAll(/[IL]/g, '1')) ?? []
  return year === undefined ? undefined : `${prefix}-${year}-${first}-${last}`
}

/** Crockford's base 32: no I, L, O, U, so that a number read over the telephone survives. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `EGRET-2026-8F3K-27QD`: 40 random bits, telling nothing of how many there are; Postgres keeps it unique. */
export function writeNumber(prefix: 'EGRET' | 'CASE', at: Date, random: Uint8Array): string {
  let bits = 0n
  for (const byte of random) bits = (bits << 8n) | BigInt(byte)
  let text = ''
  for (let i = 0; i < 8; i++, bits >>= 5n) text = alphabet[Number(bits & 31n)] + text
  return `${prefix}-${at.getUTCFullYear()}-${text.slice(0, 4)}-${text.slice(4)}`
}
