/** Texts as a cell can hold them, so that what is read back is what was written. */

/**
 * A text as XML can hold it and a spreadsheet reads it back: the two code points that XML forbids beside controls become U+FFFD, since a
 * file with one of them does not open; what looks like an escaped character (ECMA-376-1 §22.9.2.19) has its own `_` escaped.
 */
export function plainText(text: string): string {
  return text.replace(/[\uFFFE\uFFFF]/g, '\uFFFD').replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

/** A name such as `#N/A` would be written as that error, and every sum over its column be one too; text in runs stays text. */
export function looksLikeError(text: string): boolean {
  return text.startsWith('#')
}
