/**
 * Cells of a table's CSV as typed values. A reader notes what is wrong and answers with a stand-in, so that the rest of the
 * row is still checked and every fault of a file is listed at once; a table with faults is never used.
 */

import { parseDecimal } from '../engine/decimal.ts'
import {
  type Confirmation,
  confirmations,
  type Decimal,
  type Flow,
  type FlowKind,
  flowKinds,
  type Gas,
  type Names,
} from '../engine/types.ts'
import { parseJson } from '../json/scan.ts'
import type { Fault, Rule, Uncertainty } from './format.ts'
import { rules } from './format.ts'

/** Characters of a name. */
const nameLengthMax = 500

const decimalForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Reads the cells of one row and notes their faults. */
export class RowReader<Column extends string> {
  private readonly file: string
  private readonly line: number
  private readonly cells: Readonly<Record<Column, string>>
  private readonly faults: Fault[]
  private readonly faulty = new Set<Column>()

  constructor(
    file: string,
    row: { readonly line: number; readonly cells: Readonly<Record<Column, string>> },
    faults: Fault[],
  ) {
    this.file = file
    this.line = row.line
    this.cells = row.cells
    this.faults = faults
  }

  fault(column: Column, rule: Rule, message: string): void {
    this.faulty.add(column)
    this.faults.push({ file: this.file, row: this.line, column, rule, message })
  }

  /** Whether one of these cells is a fault already: what would follow from its stand-in is not worth telling. */
  isFaulty(...columns: readonly Column[]): boolean {
    return columns.some((column) => this.faulty.has(column))
  }

  /** A cell that must not be blank. */
  text(column: Column): string {
    const cell = this.cells[column]
    if (cell === '') this.fault(column, 'form', 'the cell is blank; this column is never blank')
    return cell
  }

  /** The name in both languages; a name is read in a list, and found by its words. */
  names(en: Column, zh: Column): Names {
    for (const column of [en, zh]) {
      if (this.cells[column].length > nameLengthMax)
        this.fault(column, 'form', `the name has more than ${nameLengthMax} characters`)
    }
    return { en: this.text(en), zh: this.optional(zh) }
  }

  optional(column: Column): string | null {
    return this.cells[column] === '' ? null : this.cells[column]
  }

  /** One of a closed list. */
  oneOf<Value extends string>(column: Column, values: readonly Value[], rule: Rule = 'form'): Value {
    const cell = this.cells[column]
    const known = values.find((value) => value === cell)
    if (known === undefined) this.fault(column, rule, `"${cell}" is none of: ${values.join(', ')}`)
    return known ?? (values[0] as Value)
  }

  confirmation(column: Column): Confirmation {
    return this.oneOf(column, confirmations)
  }

  /** `yes` or `no`; a blank would leave open what was meant. */
  flag(column: Column): boolean {
    return this.oneOf(column, ['yes', 'no']) === 'yes'
  }

  /** A plain decimal, or `null` for a blank cell: absent, not zero. */
  decimal(column: Column): Decimal | null {
    const cell = this.cells[column]
    if (cell === '') return null
    if (!isDecimal(cell)) {
      this.fault(column, 'form', `"${cell}" is not ${decimalWanted}`)
      return null
    }
    return cell
  }

  requiredDecimal(column: Column): Decimal {
    const value = this.decimal(column)
    if (value === null && this.cells[column] === '')
      this.fault(column, 'form', 'the cell is blank; a number is needed')
    return value ?? '0'
  }

  /** Words separated by single spaces; blank is the empty list. */
  words(column: Column): readonly string[] {
    return this.cells[column] === '' ? [] : this.cells[column].split(' ')
  }

  /** A JSON object in a cell; blank is the empty object. */
  object(column: Column): Readonly<Record<string, unknown>> {
    const cell = this.cells[column]
    if (cell === '') return {}
    const value = this.json(column, cell)
    if (isObject(value)) return value
    if (value !== undefined) this.fault(column, 'form', 'the cell must hold a JSON object')
    return {}
  }

  private json(column: Column, cell: string): unknown {
    if (cell.includes('\\u')) {
      this.fault(column, 'form', 'the cell escapes a character (\\u…); write the character itself')
      return undefined
    }
    try {
      return parseJson(cell, { maxDepth: 4 })
    } catch (error) {
      this.fault(column, 'form', `the cell is not JSON: ${(error as Error).message}`)
      return undefined
    }
  }

  /** `{"fossil":{"HFC-134a":"0.0002"}}`: masses by kind and gas. */
  flows(column: Column): readonly Flow[] {
    return Object.entries(this.object(column)).flatMap(([kind, gases]) => {
      if (!flowKinds.includes(kind as FlowKind) || !isObject(gases)) {
        this.fault(column, 'form', `"${kind}" must be one of ${flowKinds.join(', ')} and hold gases`)
        return []
      }
      return Object.entries(gases).flatMap(([gas, kg]) => this.flow(column, kind as FlowKind, gas, kg))
    })
  }

  private flow(column: Column, kind: FlowKind, gas: string, kg: unknown): readonly Flow[] {
    if (typeof kg === 'string' && isDecimal(kg)) return [{ kind, gas, kg }]
    this.fault(column, 'form', `the mass of ${gas} must be a decimal string such as "0.0002"`)
    return []
  }

  /** `{"HFC-32":"0.5","HFC-125":"0.5"}`: a decimal by gas. */
  decimalsByGas(column: Column): Readonly<Record<Gas, Decimal>> {
    const flows = Object.entries(this.object(column)).flatMap(([gas, kg]) =>
      this.flow(column, 'fossil', gas, kg),
    )
    return Object.fromEntries(flows.map(({ gas, kg }) => [gas, kg]))
  }

  /** Reasons by rule, for the rules that can be acknowledged. */
  acknowledged(column: Column): Readonly<Partial<Record<Rule, string>>> {
    const reasons = this.object(column)
    for (const [rule, reason] of Object.entries(reasons)) {
      if (!Object.hasOwn(rules, rule) || !rules[rule as Rule].acknowledgeable) {
        this.fault(column, 'form', `"${rule}" is not a rule that can be acknowledged`)
      } else if (typeof reason !== 'string' || reason.length < 10) {
        this.fault(column, 'form', `the reason for "${rule}" must be a sentence`)
      }
    }
    return reasons as Partial<Record<Rule, string>>
  }

  uncertainty(column: Column): Uncertainty | null {
    const cell = this.optional(column)
    if (cell === null) return null
    const value = this.object(column)
    const decimals = [value.lowPercent, value.highPercent, value.confidencePercent]
    const isWhole =
      Object.keys(value).sort().join() === 'confidencePercent,confirmation,highPercent,lowPercent,of' &&
      typeof value.of === 'string' &&
      decimals.every((text) => typeof text === 'string' && isDecimal(text)) &&
      confirmations.some((one) => one === value.confirmation)
    if (!isWhole)
      this.fault(
        column,
        'form',
        'the cell needs of, lowPercent, highPercent, confidencePercent, confirmation',
      )
    return isWhole ? (value as unknown as Uncertainty) : null
  }
}

/**
 * Sizes that a table's number may have. Multiplied by any GWP and any unit they stay in a double's range, so that what was
 * published can always be weighed and compared.
 */
const [smallest, largest] = [1e-100, 1e100]

const decimalWanted = `a decimal number such as 0.5568: no grouping, no comma, at most 64 characters, zero or from ${smallest} to ${largest} in size`

/** Whether a text is a decimal that every calculation can use. */
export function isDecimal(text: string): boolean {
  if (!decimalForm.test(text)) return false
  try {
    const size = Math.abs(parseDecimal(text))
    return size === 0 || (size >= smallest && size <= largest)
  } catch {
    return false
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
