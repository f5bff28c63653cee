/** Whether a file is text, read as it comes: in UTF-8 or GB18030, without controls, and nothing a browser would run. */

import { type Content, isOf, isRefused } from './media-types.ts'

/** Kept of what was read, so that a mark which two pieces share is seen. */
const overlap = 64

/** Anywhere in a text: markup that is run or fetched, and what XML takes in from elsewhere. */
const activeMarkup =
  /<(?:!doctype|!entity|\?xml-stylesheet|(?:\w+:)?(?:html|script|svg)|iframe)(?![\w-])|http:\/\/www\.w3\.org\/1999\/xhtml/i

/** What a browser takes for HTML where a text begins with it (WHATWG MIME Sniffing, 7.1). */
const beginsAsHtml = /^<(?:head|h1|div|font|table|a|title|b|br|p|!--)(?:[\s>]|$)/i

const control = /[^\P{Cc}\t\n\r\f]/u

/** One of the two ways to read bytes; null from the first byte on that does not fit. */
class Reading {
  #decoder: InstanceType<typeof TextDecoder> | null
  text = ''

  constructor(label: string) {
    this.#decoder = new TextDecoder(label, { fatal: true })
  }

  get fits(): boolean {
    return this.#decoder !== null
  }

  read(bytes: Uint8Array | null): void {
    try {
      this.text = this.#decoder?.decode(bytes ?? new Uint8Array(), { stream: bytes !== null }) ?? ''
    } catch {
      this.#decoder = null
      this.text = ''
    }
  }
}

/** Reads a file piece by piece, and says what kind of text it is. */
export class TextScan {
  readonly #readings = [new Reading('utf-8'), new Reading('gb18030')]
  #isText = true
  #isActive = false
  #begin = ''
  #end = ''

  /** @param bytes the next of the file; null at its end. */
  push(bytes: Uint8Array | null): void {
    if (!this.#isText) return
    for (const reading of this.#readings) reading.read(bytes)
    const reading = this.#readings.find(({ fits }) => fits)
    this.#isText = reading !== undefined && !control.test(reading.text)
    if (reading !== undefined) this.#look(reading.text)
  }

  #look(text: string): void {
    const seen = this.#end + text
    this.#isActive ||= activeMarkup.test(seen)
    if (this.#begin.length < overlap) this.#begin = (this.#begin + text).trimStart().slice(0, overlap)
    this.#end = seen.slice(-overlap)
  }

  /** What the text is, once the end was pushed; null where it is none. */
  content(): Content | null {
    if (!this.#isText) return null
    if (this.#begin.startsWith('#!')) return isRefused('executable')
    if (this.#isActive || beginsAsHtml.test(this.#begin)) return isRefused('active-content')
    if (!this.#begin.startsWith('<')) return isOf('text/csv', 'text/plain')
    return this.#end.trimEnd().endsWith('>') ? isOf('application/xml') : isRefused('damaged')
  }
}
