/** How the rows of a bill look while they are filled in: items stand out, deeper ones are set in, and cells of other kinds of rows are grey. */

import type { CellStyle, ConditionalRule } from 'hucre/xlsx'
import { lettersOf } from '../../workbook/sheet.ts'
import { type BillColumn, columnsOfRow, levelMax, type RowKind, rowKinds } from '../bill-columns.ts'
import type { ShownColumn } from './columns.ts'
import { say, type TemplateLanguage } from './words.ts'

/** Rows that follow the rules, from the first one on. */
const rowsRuled = 1000

/** In a rule some programs take the one colour for the ground, and some the other. */
const ground = (rgb: string): NonNullable<CellStyle['fill']> => ({
  ...{ type: 'pattern', pattern: 'solid', fgColor: { rgb }, bgColor: { rgb } },
})

const ofItem: CellStyle = { font: { bold: true }, fill: ground('FBF6E9') }

const kinds = Object.keys(rowKinds) as RowKind[]

export function rulesOfBill(
  language: TemplateLanguage,
  columns: readonly ShownColumn[],
  first: number,
): ConditionalRule[] {
  const lettersFor = (name: BillColumn) => lettersOf(columns.findIndex((one) => one.name === name) + 1)
  const [level, kind, id] = (['level', 'kind', 'id'] as const).map(lettersFor)
  const last = first + rowsRuled - 1
  const isKind = (of: readonly RowKind[]) =>
    `OR(${of.map((one) => `$${kind}${first}="${say(language, rowKinds[one])}"`).join(',')})`
  /** An item first, since some programs follow the first rule that holds and no other. */
  const setIn = (deep: number): Omit<ConditionalRule, 'priority'>[] => {
    const isDeep = `$${level}${first}&""="${deep}"`
    const range = `${id}${first}:${id}${last}`
    const style = { numFmt: `"${'   '.repeat(deep)}"@` }
    return [
      {
        type: 'expression',
        formula: `AND(${isKind(['item'])},${isDeep})`,
        range,
        style: { ...ofItem, ...style },
      },
      { type: 'expression', formula: isDeep, range, style },
    ]
  }
  const written: Omit<ConditionalRule, 'priority'>[] = [
    ...runsOf(columns).flatMap(({ from, to, without }) =>
      without.length === 0
        ? []
        : [
            {
              ...{ type: 'expression' as const, formula: isKind(without), stopIfTrue: true },
              range: `${lettersOf(from)}${first}:${lettersOf(to)}${last}`,
              style: { fill: ground('E4E6E8') },
            },
          ],
    ),
    ...Array.from({ length: levelMax }, (_, at) => setIn(at + 1)).flat(),
    {
      ...{ type: 'expression', formula: isKind(['item']) },
      range: `A${first}:${lettersOf(columns.length)}${last}`,
      style: ofItem,
    },
  ]
  return written.map((rule, at) => ({ ...rule, priority: at + 1 }))
}

/** Runs of columns that the same kinds of rows do without. */
function runsOf(columns: readonly ShownColumn[]) {
  const without = columns.map(({ name }) =>
    kinds.filter((kind) => !['level', 'kind'].includes(name) && !columnsOfRow[kind].has(name as BillColumn)),
  )
  const starts = without.flatMap((one, at) => (String(one) === String(without[at - 1] ?? '-') ? [] : [at]))
  return starts.map((start, index) => ({
    ...{ from: start + 1, to: starts[index + 1] ?? columns.length },
    without: without[start] ?? [],
  }))
}
