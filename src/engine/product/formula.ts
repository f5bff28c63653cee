/**
 * Formulas of parameters: + − × ÷, parentheses, decimals and names of other parameters, read by a grammar of its own and worked
 * out by the same checked arithmetic as everything else. Nothing is ever run as code.
 *
 *   sum     = product { ("+" | "−") product }
 *   product = signed { ("×" | "÷") signed }
 *   signed  = [ "−" | "+" ] signed | decimal | name | "(" sum ")"
 */

import { Problem } from '../../problem.ts'
import { over, times } from '../arithmetic.ts'
import { parseDecimal } from '../decimal.ts'

/** A formula has at most so many characters, and is nested at most so deep. */
export const formulaLengthMax = 500
const deepest = 50

/** A formula, read. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: Operator; readonly left: Expression; readonly right: Expression }

type Operator = '+' | '-' | '*' | '/'

/** What a parameter may be called, so that a formula can name it. */
const nameForm = /^[\p{L}_][\p{L}\p{N}_]*$/u
const token = /\s*(?:(?<number>\d[\d.]*(?:[eE][+-]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>\S))/uy

/** The signs as people write them, by those that are worked with. */
const signs: ReadonlyMap<string, string> = new Map([
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['（', '('],
  ['）', ')'],
])

export function isName(text: string): boolean {
  return nameForm.test(text)
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end'
  readonly text: string
  /** Counted from 1. */
  readonly column: number
}

/**
 * Reads a formula.
 * @throws Problem `parameter-invalid`, with the column where it cannot be read on.
 */
export function readFormula(text: string): Expression {
  if (text.length > formulaLengthMax)
    throw new Problem(
      'parameter-invalid',
      `A formula has at most ${formulaLengthMax} characters; name its parts as parameters of their own.`,
    )
  return new Reader(tokensOf(text)).whole()
}

/** Descends through the grammar, a method a rule. */
class Reader {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Expression {
    const found = this.#sum(0)
    const rest = this.#next()
    if (rest.kind !== 'end') throw unreadable(rest, 'an operator or the end')
    return found
  }

  #sum(depth: number): Expression {
    return this.#chain('+-', () => this.#product(depth))
  }

  #product(depth: number): Expression {
    return this.#chain('*/', () => this.#signed(depth))
  }

  /** What operators of one rank join, from the left. */
  #chain(operators: string, part: () => Expression): Expression {
    let left = part()
    for (let sign = this.#take(operators); sign !== undefined; sign = this.#take(operators))
      left = { kind: sign as Operator, left, right: part() }
    return left
  }

  #signed(depth: number): Expression {
    if (depth > deepest) throw unreadable(this.#next(), `no more than ${deepest} levels`)
    const sign = this.#take('+-(')
    if (sign === '+') return this.#signed(depth + 1)
    if (sign === '-') return { kind: '-', left: { kind: 'number', value: 0 }, right: this.#signed(depth + 1) }
    return sign === '(' ? this.#inside(depth) : this.#value()
  }

  #inside(depth: number): Expression {
    const found = this.#sum(depth + 1)
    if (this.#take(')') === undefined) throw unreadable(this.#next(), '")"')
    return found
  }

  #value(): Expression {
    const here = this.#next()
    this.#at++
    if (here.kind === 'name') return { kind: 'name', name: here.text }
    if (here.kind === 'number') return { kind: 'number', value: decimalAt(here) }
    throw unreadable(here, 'a number, a name or "("')
  }

  #next(): Token {
    return this.#tokens[this.#at] as Token
  }

  /** One of some signs, where it is next. */
  #take(wanted: string): string | undefined {
    const { kind, text } = this.#next()
    if (kind !== 'sign' || !wanted.includes(text)) return undefined
    this.#at++
    return text
  }
}

/** The names a formula uses, each once. */
export function namesIn(expression: Expression): ReadonlySet<string> {
  if (expression.kind === 'number') return new Set()
  if (expression.kind === 'name') return new Set([expression.name])
  return new Set([...namesIn(expression.left), ...namesIn(expression.right)])
}

/**
 * What a formula comes to.
 * @throws Problem `invalid-number` for a division by zero, and for a value beyond the range of a double.
 */
export function evaluate(expression: Expression, worthOf: (name: string) => number): number {
  if (expression.kind === 'number') return expression.value
  if (expression.kind === 'name') return worthOf(expression.name)
  const left = evaluate(expression.left, worthOf)
  const right = evaluate(expression.right, worthOf)
  return operations[expression.kind](left, right)
}

const operations: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '+': (left, right) => finite(left + right),
  '-': (left, right) => finite(left - right),
  '*': times,
  '/': (left, right) => {
    if (right === 0) throw new Problem('invalid-number', 'The formula divides by zero.')
    return over(left, right)
  },
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value
  throw new Problem('invalid-number', 'The formula comes to a number too large to calculate with.')
}

function tokensOf(text: string): readonly Token[] {
  const found: Token[] = []
  const end = text.trimEnd().length
  token.lastIndex = 0
  while (token.lastIndex < end) {
    const groups = token.exec(text)?.groups ?? {}
    const [kind, written] = Object.entries(groups).find(([, part]) => part !== undefined) as [
      Token['kind'],
      string,
    ]
    found.push({ kind, text: signs.get(written) ?? written, column: token.lastIndex - written.length + 1 })
  }
  return [...found, { kind: 'end', text: '', column: end + 1 }]
}

function decimalAt(here: Token): number {
  try {
    return parseDecimal(here.text)
  } catch {
    throw unreadable(here, 'a plain decimal number')
  }
}

function unreadable({ kind, text, column }: Token, expected: string): Problem {
  const found = kind === 'end' ? 'it ends' : `"${text.slice(0, 40)}" stands there`
  return new Problem(
    'parameter-invalid',
    `The formula needs ${expected} at column ${column}, and ${found}.`,
    {
      column,
    },
  )
}
