/** What a product's summary sums: the total, its breakdowns, and the rows of the other sheets that differ. */

import type { PresentedResult } from '../../../engine/present.ts'
import { gasColumn } from '../gases-sheet.ts'
import { lineColumn } from '../lines-sheet.ts'
import { gasTotals, type SumRow, sumWhere } from '../summary-rows.ts'
import { columnRange, type Sheet } from '../workbook.ts'
import type { ProductPaperSource } from './source.ts'
import type { ProductWords } from './words.ts'

interface Summed {
  readonly source: ProductPaperSource
  readonly gasCount: number
  readonly words: ProductWords
  /** Sheets whose rows are checked, each in its column of that title. */
  readonly checked: readonly Sheet[]
}

/** Where a product's lines say what they are summed by. */
const keyColumn = { category: 2, process: 3, stage: 5 } as const

export function productSums(summed: Summed): readonly SumRow[] {
  const { source, words } = summed
  const { result } = source
  const { groups, total } = words.base
  const byGas = (key: string) => sumWhere(gasRange('gas', summed), key, gasRange('counted', summed))
  return [
    {
      ...{ group: total, name: total, key: null, recorded: result.total },
      formula: () => `SUM(${lineRange(lineColumn.kgCo2e, summed)})`,
    },
    ...lineSums(summed, words.groups.stage, 'stage', result.byStage, words.stageName),
    ...lineSums(summed, words.groups.process, 'process', result.byProcess),
    ...lineSums(summed, groups.category, 'category', result.byCategory, source.categoryName),
    ...gasTotals(result).map(({ gas, kgCo2e }) => ({
      ...{ group: groups.gas, name: gas, key: gas, recorded: kgCo2e },
      formula: byGas,
    })),
    ...kindSums(summed),
    ...summed.checked.map((sheet) => checkRow(sheet, words)),
  ]
}

function lineRange(column: number, { source, words }: Summed): string {
  return columnRange(words.base.sheets.lines, column, source.result.lines.length)
}

function gasRange(column: keyof typeof gasColumn, { gasCount, words }: Summed): string {
  return columnRange(words.base.sheets.gases, gasColumn[column], gasCount)
}

function lineSums(
  summed: Summed,
  group: string,
  by: keyof typeof keyColumn,
  subtotals: PresentedResult['byStage'],
  nameOf: (key: string) => string = (key) => key,
): readonly SumRow[] {
  return subtotals.map(({ key, kgCo2e }) => ({
    ...{ group, name: nameOf(key), key: nameOf(key), recorded: kgCo2e },
    formula: (cell: string) =>
      sumWhere(lineRange(keyColumn[by], summed), cell, lineRange(lineColumn.kgCo2e, summed)),
  }))
}

/** By kind, what counts and what is shown only. */
function kindSums(summed: Summed): readonly SumRow[] {
  const { source, words } = summed
  const [kind, counted] = [gasRange('kind', summed), gasRange('counted', summed)]
  const weighed = gasRange('kgCo2e', summed)
  return source.result.byKind.map(({ kind: of, inTotal, kgCo2e }) => {
    const name = words.base.kindName(of)
    return {
      ...{ group: words.base.groups.kind, key: name, recorded: kgCo2e },
      name: inTotal ? name : `${name}${words.base.outsideTotal}`,
      formula: (key: string) =>
        inTotal ? sumWhere(kind, key, counted) : `SUMPRODUCT(EXACT(${kind},${key})*(${weighed}-${counted}))`,
    }
  })
}

/** How many rows of a sheet differ: none. */
function checkRow({ name, columns, rows }: Sheet, words: ProductWords): SumRow {
  const column = columns.findIndex(({ title }) => title === words.check)
  const range = columnRange(name, column, rows.length)
  return {
    ...{ group: words.groups.checks, name, key: words.base.differs, recorded: '0' },
    formula: (key) => `SUMPRODUCT(EXACT(${range},${key})*1)`,
  }
}
