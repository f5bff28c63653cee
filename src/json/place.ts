/** Places in a text, as people look for them: lines and columns. */

/** A place in a text: lines and columns from 1, columns in characters. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Line and column of a position; counted in place, since a text of many megabytes may stand in one line. */
export function placeAt(text: string, position: number): Place {
  let [line, lineStart] = [1, 0]
  for (let end = text.indexOf('\n'); end !== -1 && end < position; end = text.indexOf('\n', end + 1)) {
    line += 1
    lineStart = end + 1
  }
  return { line, column: charactersIn(text, lineStart, position) + 1 }
}

/** Code units that are not the second half of a surrogate pair. */
function charactersIn(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) if ((text.charCodeAt(at) & 0xfc00) !== 0xdc00) count += 1
  return count
}
