/** The sheet of the working: from what was stated to the amount that the factor is per, one operation a row. */

import { keyOf, measuredValue, type PlacedChain } from './chains.ts'
import { type Step, stepValue } from './steps.ts'
import type { PaperWords } from './words.ts'
import { reference, type Sheet, type SheetCell } from './workbook.ts'

const workingColumn = { line: 0, use: 1, name: 2, operation: 3, operand: 4, unit: 5, result: 6 } as const

export function workingSheet(placed: ReadonlyMap<string, PlacedChain>, words: PaperWords): Sheet {
  const rows = [...placed.values()].flatMap((chain) => workingRows(chain, placed, words))
  return {
    name: words.sheets.working,
    note: words.notes.working,
    columns: words.columns.working.map((title, at) => ({
      title,
      width: [18, 12, 26, 6, 18, 12, 20][at] ?? 12,
    })),
    rows,
  }
}

function workingRows(
  { line, use, way, row }: PlacedChain,
  placed: ReadonlyMap<string, PlacedChain>,
  words: PaperWords,
): SheetCell[][] {
  const measuredOf = (id: string) => measuredValue(id, placed)
  let value = 0
  return way.steps.map((step, at): SheetCell[] => {
    const { operation, operand } = step
    const cell = reference(words.sheets.working, workingColumn.operand, row + at)
    const before = at === 0 ? '0' : reference(words.sheets.working, workingColumn.result, row + at - 1)
    value = stepValue(value, step, measuredOf)
    const sign = { '=': '', '+': '+', '−': '-', '×': '*', '÷': '/' }[operation]
    return [
      line,
      use,
      words.stepName(step.name),
      operation,
      operandCell(operand, placed, words),
      step.unit,
      { formula: operation === '=' ? cell : `${before}${sign}${cell}`, value },
    ]
  })
}

function operandCell(
  operand: Step['operand'],
  placed: ReadonlyMap<string, PlacedChain>,
  words: PaperWords,
): SheetCell {
  if ('line' in operand) {
    const other = placed.get(keyOf(operand.line, 'activity'))
    const place = other
      ? reference(words.sheets.working, workingColumn.result, other.row + other.way.measured - 1)
      : '0'
    const formula = operand.ratio === 1 ? place : `${place}*${operand.ratio}`
    return { formula, value: measuredValue(operand.line, placed) * operand.ratio }
  }
  return 'expression' in operand ? { formula: operand.expression, value: operand.number } : operand.number
}

/** Where a chain's outcome stands, with its value now. */
export function outcome(
  placed: ReadonlyMap<string, PlacedChain>,
  line: string,
  use: string,
  words: PaperWords,
) {
  const chain = placed.get(keyOf(line, use))
  if (!chain) return { formula: '0', value: 0 }
  const last = chain.row + Math.max(chain.way.steps.length, 1) - 1
  return { formula: reference(words.sheets.working, workingColumn.result, last), value: chain.value }
}
