/** Texts that others wrote, for a terminal: nothing in them moves the cursor of whoever reads, or turns the reading around. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const moving = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Of several lines. */
export function printable(text: string): string {
  return text.replaceAll(moving, '\ufffd')
}

/** Of one line, which stays one. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\ufffd')
}
