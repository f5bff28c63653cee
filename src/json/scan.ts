/**
 * The one JSON parser (RFC 8259, narrowed to I-JSON, RFC 7493). It says where a document breaks, refuses a name given
 * twice, and bounds depth and count while it reads: `JSON.parse` does none of this, and a second parser beside it
 * would sooner or later read the same bytes as something else.
 */

import { Problem, type ProblemCode } from '../problem.ts'
import { type Place, placeAt } from './place.ts'
import { pointerOf, pointerPath } from './pointer.ts'

/** How much a document may ask of us. */
export interface ParseLimits {
  /** Arrays and objects inside each other; 64 unless told. */
  readonly maxDepth?: number
  /** Items and members in the whole document; no limit unless told. */
  readonly maxItems?: number
  /** Items of any one list; no limit unless told. What is longer is refused at the first item too many, and not read to its end. */
  readonly maxListItems?: number
  /** Items of all lists of these names together, wherever they stand: what is nested may be as many in short lists. */
  readonly together?: { readonly names: readonly string[]; readonly maxItems: number }
}

const depthMaxDefault = 64

/**
 * Reads a JSON document.
 *
 * Numbers become doubles, rounded to nearest, and `-0` stays `-0`. A member named `__proto__` becomes an ordinary own
 * member, as `JSON.parse` has it.
 *
 * @throws Problem `malformed-json` (line, column, expected, found); also for a number beyond the doubles and for half of a
 * surrogate pair. `duplicate-key` (line, column, pointer). `nesting-too-deep` (line, column, maxDepth).
 * `too-many-items` (line, column, maxItems; of a list its pointer and maxListItems).
 */
export function parseJson(text: string, limits: ParseLimits = {}): unknown {
  return new Scanner(text, limits).document()
}

/**
 * Where the value that a pointer names begins, in a document that {@link parseJson} accepts; for a value that is not
 * there, where the innermost one around it begins. Undefined where the text or the pointer cannot be read.
 */
export function locate(text: string, pointer: string): Place | undefined {
  const path = pointerPath(pointer)
  if (path === undefined) return undefined
  const scanner = new Scanner(text, { maxDepth: Infinity })
  try {
    return placeAt(text, scanner.find(path))
  } catch {
    return undefined
  }
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const literals: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]
const numberForm = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const hexForm = /[0-9a-fA-F]{4}/y

/** Reads one text from front to back; `at` is the next character, `path` the names on the way to it. */
class Scanner {
  private readonly text: string
  private readonly maxDepth: number
  private readonly maxItems: number
  private readonly maxListItems: number
  private readonly together: ParseLimits['together']
  private counted = 0
  private readonly path: (string | number)[] = []
  private at = 0
  private items = 0

  constructor(
    text: string,
    { maxDepth = depthMaxDefault, maxItems = Infinity, maxListItems = Infinity, together }: ParseLimits,
  ) {
    this.text = text
    this.maxDepth = maxDepth
    this.maxItems = maxItems
    this.maxListItems = maxListItems
    this.together = together
  }

  /** The whole text as one value. */
  document(): unknown {
    this.skipSpace()
    const value = this.value()
    this.skipSpace()
    if (this.at < this.text.length) this.expected('the end of the document')
    return value
  }

  /** Position of the value at a path, or of the innermost one around it. */
  find(path: readonly string[]): number {
    this.skipSpace()
    for (const name of path) {
      const outer = this.at
      if (!this.enter(name)) return outer
    }
    return this.at
  }

  /** Moves to the member or item of that name of the container that begins here; false where it has none. */
  private enter(name: string): boolean {
    const code = this.text.charCodeAt(this.at)
    if (code === openBrace) return this.enterMember(name)
    if (code === openBracket) return this.enterItem(name)
    return false
  }

  private enterMember(name: string): boolean {
    this.at += 1
    this.skipSpace()
    while (this.text.charCodeAt(this.at) !== closeBrace) {
      const found = this.memberName()
      if (found === name) return true
      this.value()
      this.separator(closeBrace)
    }
    return false
  }

  private enterItem(name: string): boolean {
    this.at += 1
    this.skipSpace()
    for (let index = 0; this.text.charCodeAt(this.at) !== closeBracket; index += 1) {
      if (String(index) === name) return true
      this.value()
      this.separator(closeBracket)
    }
    return false
  }

  /** The value that begins here; afterwards `at` stands right behind it. */
  private value(): unknown {
    const code = this.text.charCodeAt(this.at)
    if (code === quote) return this.string()
    if (code === openBrace) return this.object()
    if (code === openBracket) return this.array()
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.number()
    return this.literal()
  }

  private object(): Record<string, unknown> {
    this.open()
    const members: Record<string, unknown> = {}
    const depth = this.path.push('') - 1
    while (this.text.charCodeAt(this.at) !== closeBrace) {
      const start = this.at
      const name = this.memberName()
      this.path[depth] = name
      if (Object.hasOwn(members, name)) this.duplicate(start)
      this.count()
      setMember(members, name, this.value())
      this.separator(closeBrace)
    }
    return this.close(members)
  }

  private array(): unknown[] {
    this.open()
    const items: unknown[] = []
    const depth = this.path.push(0) - 1
    const isCounted = this.together?.names.includes(String(this.path[depth - 1]))
    while (this.text.charCodeAt(this.at) !== closeBracket) {
      this.path[depth] = items.length
      if (items.length === this.maxListItems) this.listTooLong()
      if (isCounted) this.countTogether()
      this.count()
      items.push(this.value())
      this.separator(closeBracket)
    }
    return this.close(items)
  }

  /** Past the opening bracket, which must not be one too deep. */
  private open(): void {
    if (this.path.length >= this.maxDepth) this.tooDeep()
    this.at += 1
    this.skipSpace()
  }

  private close<Container>(container: Container): Container {
    this.path.pop()
    this.at += 1
    return container
  }

  /** A member's name and its colon; afterwards `at` stands at its value. */
  private memberName(): string {
    if (this.text.charCodeAt(this.at) !== quote) this.expected('a member name in double quotes, or "}"')
    const name = this.string()
    this.skipSpace()
    if (this.text.charCodeAt(this.at) !== colon) this.expected('":"')
    this.at += 1
    this.skipSpace()
    return name
  }

  /** After a value: a comma with something behind it, or the closing bracket, at which it stops. */
  private separator(closing: number): void {
    this.skipSpace()
    const code = this.text.charCodeAt(this.at)
    if (code === closing) return
    if (code !== comma) this.expected(`"," or "${String.fromCharCode(closing)}"`)
    this.at += 1
    this.skipSpace()
    if (this.text.charCodeAt(this.at) === closing) this.expected('another value after the comma')
  }

  private string(): string {
    const start = this.at + 1
    let at = start
    let code = this.text.charCodeAt(at)
    while (code !== quote && code !== backslash && code >= 0x20 && (code & 0xf800) !== 0xd800) {
      at += 1
      code = this.text.charCodeAt(at)
    }
    if (code !== quote) return this.stringWithEscapes(start, at)
    this.at = at + 1
    return this.text.slice(start, at)
  }

  /** The slower way, for strings with escapes, surrogates, or a fault at `at`. */
  private stringWithEscapes(start: number, at: number): string {
    let value = this.text.slice(start, at)
    this.at = at
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code === quote) break
      if (Number.isNaN(code)) this.expected('the closing quote of the string')
      if (code < 0x20) this.expected('no control character inside a string (escape it)')
      value += code === backslash ? this.escape() : this.text.charAt(this.at++)
    }
    if (!value.isWellFormed()) this.fail(start - 1, 'whole characters', 'half of a surrogate pair')
    this.at += 1
    return value
  }

  private escape(): string {
    const letter = this.text.charAt(this.at + 1)
    const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined
    if (simple !== undefined) {
      this.at += 2
      return simple
    }
    hexForm.lastIndex = this.at + 2
    const hex = letter === 'u' ? hexForm.exec(this.text)?.[0] : undefined
    if (hex === undefined) this.expected('one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX')
    this.at += 6
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  private number(): number {
    numberForm.lastIndex = this.at
    const digits = numberForm.exec(this.text)?.[0]
    if (digits === undefined) this.expected('a digit after "-"')
    const next = this.text.charCodeAt(this.at + digits.length)
    const value = Number(digits)
    if (!Number.isFinite(value)) this.fail(this.at, 'a number within ±1.8e308', digits.slice(0, 40))
    if (isNumberLetter(next)) this.fail(this.at, 'a JSON number', this.wordAt(this.at))
    this.at += digits.length
    return value
  }

  private literal(): boolean | null {
    for (const [word, value] of literals) {
      if (!this.text.startsWith(word, this.at)) continue
      this.at += word.length
      return value
    }
    return this.expected('a value')
  }

  private skipSpace(): void {
    let code = this.text.charCodeAt(this.at)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      this.at += 1
      code = this.text.charCodeAt(this.at)
    }
  }

  private count(): void {
    this.items += 1
    if (this.items <= this.maxItems) return
    this.refuse(
      'too-many-items',
      this.at,
      `the document holds more than ${this.maxItems} items; send it in parts.`,
      { maxItems: this.maxItems },
    )
  }

  private listTooLong(): never {
    const list = this.path.slice(0, -1)
    const name = list.at(-1)
    const called = typeof name === 'string' ? name.slice(0, 40) : 'items'
    const pointer = pointerOf(list)
    this.refuse(
      'too-many-items',
      this.at,
      `${pointer || 'the document'} has more than ${this.maxListItems} ${called}; merge what need not stand apart.`,
      { pointer, maxListItems: this.maxListItems },
    )
  }

  private countTogether(): void {
    const { names, maxItems } = this.together as NonNullable<ParseLimits['together']>
    this.counted += 1
    if (this.counted <= maxItems) return
    const lists = names.map((name) => `"${name}"`).join(', ')
    this.refuse(
      'too-many-items',
      this.at,
      `the lists called ${lists} have more than ${maxItems} items together; merge what need not stand apart.`,
      { pointer: pointerOf(this.path.slice(0, -1)), maxListItems: maxItems },
    )
  }

  private tooDeep(): never {
    this.refuse(
      'nesting-too-deep',
      this.at,
      `the document is nested deeper than ${this.maxDepth} levels; flatten it.`,
      { maxDepth: this.maxDepth },
    )
  }

  private duplicate(start: number): never {
    const pointer = pointerOf(this.path)
    this.refuse('duplicate-key', start, `the member ${pointer} stands twice; keep one of them.`, { pointer })
  }

  private expected(expected: string): never {
    this.fail(this.at, expected, this.wordAt(this.at))
  }

  private fail(position: number, expected: string, found: string): never {
    const detail = `expected ${expected}, found ${found}.`
    this.refuse('malformed-json', position, detail, { expected, found })
  }

  private refuse(code: ProblemCode, position: number, fault: string, facts: Record<string, unknown>): never {
    const { line, column } = placeAt(this.text, position)
    throw new Problem(code, `Line ${line}, column ${column}: ${fault}`, { line, column, ...facts })
  }

  /** What stands at a position, short enough for a sentence. */
  private wordAt(position: number): string {
    const point = this.text.codePointAt(position)
    if (point === undefined) return 'the end of the document'
    if (point === 0xfeff) return 'a byte order mark (save the file without one)'
    const word = /^[A-Za-z0-9_+.-]{1,20}/.exec(this.text.slice(position, position + 20))?.[0]
    if (word !== undefined) return word
    const visible = point > 0x20 && point !== 0x7f && (point < 0xd800 || point > 0xdfff)
    return visible ? String.fromCodePoint(point) : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  }
}

/** Letters that would go on with a number in some other language: `01`, `1.`, `1e`, `0x1`, `1_000`. */
function isNumberLetter(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
  return isDigit || isLetter || code === 0x2e || code === 0x2b || code === 0x2d || code === 0x5f
}

/** Sets an own member whatever its name: assigning `__proto__` would change the object's prototype instead. */
function setMember(members: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(members, name, { value, writable: true, enumerable: true, configurable: true })
  } else {
    members[name] = value
  }
}
