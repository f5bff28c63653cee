/** Text of others on a terminal: nothing in it moves the cursor, opens a line of its own, or turns the direction of what follows. */

/** In place of everything that is not to be seen. */
const stand = '\ufffd'

/** One line. */
export function printableLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, stand)
}

/** A text of lines. */
export function printable(text: string): string {
  return text.split('\n').map(printableLine).join('\n')
}
