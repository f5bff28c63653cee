/**
 * A small spreadsheet: it works out the formulas of a working paper, so that a test sees what a verifier's program would show and not
 * the values that were written beside them. It knows the functions that the paper uses, and refuses every other.
 */

import { headRows, type Sheet, type SheetCell } from '../../src/http/working-paper/workbook.ts'

export type Value = number | string | boolean | null
type Range = readonly Value[]

const token =
  /\s*('(?:[^']|'')*'!|\$?[A-Z]+\$?\d+|\$?[A-Z]+:\$?[A-Z]+|[A-Z]+(?=\()|\d+\.?\d*(?:[eE][+-]?\d+)?|"(?:[^"]|"")*"|<=|>=|<>|[-+*/^(),:<>=])/y

/** Sheets whose cells are worked out when they are asked for. */
export class Spreadsheet {
  readonly #sheets: ReadonlyMap<string, Sheet>
  readonly #known = new Map<string, Value>()
  /** Values put in place of what the paper holds: what a verifier changes. */
  readonly #changed = new Map<string, Value>()

  constructor(sheets: readonly Sheet[]) {
    this.#sheets = new Map(sheets.map((sheet) => [sheet.name, sheet]))
  }

  /** Puts another value into a cell, and forgets what hung on it. */
  change(sheet: string, column: number, row: number, value: Value): void {
    this.#changed.set(placeOf(sheet, column, row), value)
    this.#known.clear()
  }

  /** The value of a cell of data; column and row from 0. */
  at(sheet: string, column: number, row: number): Value {
    const place = placeOf(sheet, column, row)
    if (this.#changed.has(place)) return this.#changed.get(place) ?? null
    const known = this.#known.get(place)
    if (known !== undefined) return known
    const value = this.#work(this.#sheets.get(sheet)?.rows[row]?.[column] ?? null)
    this.#known.set(place, value)
    return value
  }

  /** The rows of a sheet, worked out. */
  rows(name: string): Value[][] {
    const rows = this.#sheets.get(name)?.rows ?? []
    return rows.map((cells, row) => cells.map((_, column) => this.at(name, column, row)))
  }

  #work(cell: SheetCell): Value {
    return typeof cell === 'object' && cell !== null ? new Parser(cell.formula, this).whole() : cell
  }

  range(sheet: string, from: string, to: string): Range {
    const [a, b] = [cellOf(from), cellOf(to)]
    const last = b.row ?? (this.#sheets.get(sheet)?.rows.length ?? 0) - 1
    const first = a.row ?? 0
    return Array.from({ length: Math.max(last - first + 1, 0) }, (_, at) =>
      this.at(sheet, a.column, first + at),
    )
  }
}

function placeOf(sheet: string, column: number, row: number): string {
  return `${sheet}\n${column}\n${row}`
}

function cellOf(reference: string): { column: number; row: number | undefined } {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d*)$/.exec(reference.replaceAll('$', '')) ?? []
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { column, row: digits === '' ? undefined : Number(digits) - headRows - 1 }
}

class Parser {
  readonly #tokens: readonly string[]
  readonly #book: Spreadsheet
  #at = 0

  constructor(formula: string, book: Spreadsheet) {
    this.#book = book
    const tokens: string[] = []
    token.lastIndex = 0
    while (token.lastIndex < formula.length) {
      const from = token.lastIndex
      const found = token.exec(formula)
      if (!found) throw new Error(`cannot read the formula ${formula} at ${from}`)
      tokens.push(found[1] as string)
    }
    this.#tokens = tokens
  }

  whole(): Value {
    const value = this.#comparison()
    if (this.#at < this.#tokens.length) throw new Error(`a formula goes on with ${this.#tokens[this.#at]}`)
    return single(value)
  }

  #take(wanted: string): boolean {
    if (this.#tokens[this.#at] !== wanted) return false
    this.#at += 1
    return true
  }

  #comparison(): Value | Range {
    const left = this.#sum()
    if (this.#take('<=')) return number(left) <= number(this.#sum())
    // An empty cell is equal to an empty text; texts are equal whatever their case.
    if (this.#take('=')) return text(left).toLowerCase() === text(this.#sum()).toLowerCase()
    return left
  }

  #sum(): Value | Range {
    let left = this.#product()
    for (;;) {
      if (this.#take('+')) left = eachWith(left, this.#product(), (a, b) => a + b)
      else if (this.#take('-')) left = eachWith(left, this.#product(), (a, b) => a - b)
      else return left
    }
  }

  #product(): Value | Range {
    let left = this.#power()
    for (;;) {
      if (this.#take('*')) left = eachWith(left, this.#power(), (a, b) => a * b)
      else if (this.#take('/')) left = eachWith(left, this.#power(), (a, b) => a / b)
      else return left
    }
  }

  #power(): Value | Range {
    if (this.#take('-')) return -number(this.#power())
    const base = this.#atom()
    return this.#take('^') ? number(base) ** number(this.#power()) : base
  }

  #atom(): Value | Range {
    if (this.#take('(')) {
      const inner = this.#comparison()
      if (!this.#take(')')) throw new Error('a parenthesis does not close')
      return inner
    }
    const word = this.#tokens[this.#at++] ?? ''
    if (/^\d/.test(word)) return Number(word)
    if (word.startsWith('"')) return word.slice(1, -1).replaceAll('""', '"')
    if (word.endsWith('!')) return this.#reference(word.slice(1, -2).replaceAll("''", "'"))
    if (this.#take('(')) return this.#call(word)
    throw new Error(`the paper's formulas do not use ${word}`)
  }

  #reference(sheet: string): Value | Range {
    const from = this.#tokens[this.#at++] ?? ''
    const columns = /^(\$?[A-Z]+):(\$?[A-Z]+)$/.exec(from)
    if (columns) return this.#book.range(sheet, columns[1] as string, columns[2] as string)
    if (this.#take(':')) return this.#book.range(sheet, from, this.#tokens[this.#at++] ?? '')
    const { column, row } = cellOf(from)
    return this.#book.at(sheet, column, row ?? 0)
  }

  #call(name: string): Value | Range {
    const given: (Value | Range)[] = []
    if (!this.#take(')')) {
      do given.push(this.#comparison())
      while (this.#take(','))
      if (!this.#take(')')) throw new Error(`${name} does not close`)
    }
    const list = (at: number): Range => {
      const one = given[at]
      return isRange(one) ? one : [single(one)]
    }
    switch (name) {
      case 'SUM':
        return list(0).reduce<number>((sum, value) => sum + number(value), 0)
      case 'SUMPRODUCT':
        return list(0).reduce<number>((sum, value) => sum + number(value), 0)
      case 'EXACT': {
        const wanted = exactText(given[1])
        return isRange(given[0])
          ? given[0].map((value) => exactText(value) === wanted)
          : exactText(given[0]) === wanted
      }
      case 'ABS':
        return Math.abs(number(given[0]))
      case 'MAX':
        return Math.max(...given.map(number))
      case 'IF':
        return single(single(given[0]) === true ? given[1] : given[2])
      default:
        throw new Error(`the paper's formulas do not use ${name}`)
    }
  }
}

function isRange(value: Value | Range | undefined): value is Range {
  return Array.isArray(value)
}

function single(value: Value | Range | undefined): Value {
  if (isRange(value)) throw new Error('a range stands where one value is needed')
  return value ?? null
}

/** An operation on two values, or on each value of one or two ranges of one length. */
function eachWith(
  left: Value | Range,
  right: Value | Range,
  operate: (a: number, b: number) => number,
): Value | Range {
  if (!isRange(left) && !isRange(right)) return operate(number(left), number(right))
  const length = isRange(left) ? left.length : isRange(right) ? right.length : 0
  if (isRange(left) && isRange(right) && left.length !== right.length)
    throw new Error(`ranges of ${left.length} and ${right.length} cells stand side by side`)
  const of = (side: Value | Range, at: number) => number(isRange(side) ? side[at] : side)
  return Array.from({ length }, (_, at) => operate(of(left, at), of(right, at)))
}

/** An empty cell is an empty text; a number is the text that it shows. */
function text(value: Value | Range | undefined): string {
  return String(single(value) ?? '')
}

/** A text, or an empty cell: of numbers, Excel and LibreOffice do not think alike. */
function exactText(value: Value | Range | undefined): string {
  if (typeof value === 'number') throw new Error('EXACT compares texts, and this is a number')
  return text(value)
}

function number(value: Value | Range | undefined): number {
  const one = single(value)
  if (typeof one === 'number') return one
  if (typeof one === 'boolean') return one ? 1 : 0
  if (one === null) return 0
  throw new Error(`"${one}" is not a number`)
}
