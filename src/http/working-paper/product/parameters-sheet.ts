/** The sheet of parameters: what was stated, and what formulas make of it. */

import { parseDecimal } from '../../../engine/decimal.ts'
import { type Expression, readFormula } from '../../../engine/product/formula.ts'
import type { Parameter } from '../../../engine/types.ts'
import { unitCode } from '../../../engine/units.ts'
import type { Found } from '../ways.ts'
import { formulaNumber, reference, type Sheet, type SheetCell } from '../workbook.ts'
import type { ProductPaperSource } from './source.ts'
import type { ProductWords } from './words.ts'

const valueColumn = 3

/** Where each parameter stands, and what it is now. */
export interface ParameterPlaces {
  /** What a line takes of a parameter, in the parameter's unit. */
  found(id: string): Found | undefined
  readonly sheet: Sheet | undefined
}

export function parameterPlaces({ system }: ProductPaperSource, words: ProductWords): ParameterPlaces {
  const parameters = system.parameters ?? []
  const rows = new Map(parameters.map(({ id }, row) => [id, row]))
  const cell = (id: string) => reference(words.sheets.parameters, valueColumn, rows.get(id) ?? 0)
  const values = valuesOf(parameters)
  const rowOf = (parameter: Parameter): SheetCell[] => {
    const { id, name, value, formula, unit } = parameter
    const worked = { formula: formulaText(formula, cell), value: values(id) }
    const stated = value === undefined ? worked : parseDecimal(value)
    return [id, name ? words.base.nameOf(name) : null, formula ?? null, stated, unit ?? null]
  }
  return {
    found: (id) => {
      const unit = parameters.find((one) => one.id === id)?.unit
      if (unit === undefined) return undefined
      const operand = { expression: cell(id), number: values(id) }
      return {
        steps: [{ name: 'parameter', operation: '=', operand, unit: unitCode(unit) }],
        unit: unitCode(unit),
      }
    },
    sheet:
      parameters.length === 0
        ? undefined
        : {
            name: words.sheets.parameters,
            note: words.notes.parameters,
            columns: words.columns.parameters.map((title) => ({ title })),
            rows: parameters.map(rowOf),
          },
  }
}

function formulaText(formula: string | undefined, cell: (id: string) => string): string {
  return formula === undefined ? '0' : written(readFormula(formula))

  function written(expression: Expression): string {
    if (expression.kind === 'number') return formulaNumber(expression.value)
    if (expression.kind === 'name') return cell(expression.name)
    return `(${written(expression.left)}${expression.kind}${written(expression.right)})`
  }
}

function valuesOf(parameters: readonly Parameter[]): (id: string) => number {
  const byId = new Map(parameters.map((parameter) => [parameter.id, parameter]))
  const known = new Map<string, number>()
  const worthOf = (id: string): number => {
    const { value, formula } = byId.get(id) ?? {}
    const found =
      known.get(id) ?? (value === undefined ? worked(readFormula(formula ?? '0')) : parseDecimal(value))
    known.set(id, found)
    return found
  }
  return worthOf

  function worked(expression: Expression): number {
    if (expression.kind === 'number') return expression.value
    if (expression.kind === 'name') return worthOf(expression.name)
    const [left, right] = [worked(expression.left), worked(expression.right)]
    if (expression.kind === '+') return left + right
    if (expression.kind === '-') return left - right
    return expression.kind === '*' ? left * right : left / right
  }
}
