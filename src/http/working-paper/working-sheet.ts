/** The sheet of the working: from what was stated to the amount that the factor is per, one operation a row. */

import { keyOf, type PlacedChain } from './chains.ts'
import type { Operand, Operation } from './steps.ts'
import type { PaperWords } from './words.ts'
import { formulaNumber, reference, type Sheet, type SheetCell } from './workbook.ts'

export const workingColumn = {
  line: 0,
  use: 1,
  name: 2,
  operation: 3,
  operand: 4,
  unit: 5,
  result: 6,
} as const

const signs: Readonly<Record<Operation, string>> = { '=': '', '+': '+', '−': '-', '×': '*', '÷': '/' }

export function workingSheet(placed: ReadonlyMap<string, PlacedChain>, words: PaperWords): Sheet {
  const rows = [...placed.values()].flatMap((chain) => workingRows(chain, placed, words))
  return {
    name: words.sheets.working,
    note: words.notes.working,
    columns: words.columns.working.map((title) => ({ title })),
    rows,
  }
}

function workingRows(
  { line, use, way, row, values }: PlacedChain,
  placed: ReadonlyMap<string, PlacedChain>,
  words: PaperWords,
): SheetCell[][] {
  const sheet = words.sheets.working
  return way.steps.map(({ name, operation, operand, unit }, at): SheetCell[] => {
    const cell = reference(sheet, workingColumn.operand, row + at)
    const before = at === 0 ? '0' : reference(sheet, workingColumn.result, row + at - 1)
    const formula = operation === '=' ? cell : `${before}${signs[operation]}${cell}`
    return [
      line,
      words.useName(use),
      words.stepName(name),
      operation,
      operandCell(operand, placed, words),
      unit,
      { formula, value: values[at] ?? 0 },
    ]
  })
}

function operandCell(
  operand: Operand,
  placed: ReadonlyMap<string, PlacedChain>,
  words: PaperWords,
): SheetCell {
  if ('line' in operand) return partCell(operand, placed.get(keyOf(operand.line, 'activity')), words)
  return 'expression' in operand ? { formula: operand.expression, value: operand.number } : operand.number
}

/** What another line measured. */
function partCell(
  { ratio }: { readonly ratio: number },
  chain: PlacedChain | undefined,
  words: PaperWords,
): SheetCell {
  if (!chain) return 0
  const last = chain.way.measured - 1
  const place = reference(words.sheets.working, workingColumn.result, chain.row + last)
  const formula = ratio === 1 ? place : `${place}*${formulaNumber(ratio)}`
  return { formula, value: (chain.values[last] ?? 0) * ratio }
}

/** Where a chain's outcome stands, with its value now. */
export function outcome(
  placed: ReadonlyMap<string, PlacedChain>,
  line: string,
  use: string,
  words: PaperWords,
): { readonly formula: string; readonly value: number } {
  const chain = placed.get(keyOf(line, use))
  if (!chain || chain.values.length === 0) return { formula: '0', value: 0 }
  const last = chain.values.length - 1
  return {
    formula: reference(words.sheets.working, workingColumn.result, chain.row + last),
    value: chain.values[last] ?? 0,
  }
}
