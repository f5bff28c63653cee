/** The sheet of allocation: of each product of a process its basis, and by formula its share of what they have in common. */

import { parseDecimal } from '../../../engine/decimal.ts'
import type { ProductResult } from '../../../engine/types.ts'
import { formulaNumber, reference, type Sheet, type SheetCell } from '../workbook.ts'
import { isNear, type ProductPaperSource } from './source.ts'
import type { ProductWords } from './words.ts'

export const allocationColumn = {
  process: 0,
  product: 1,
  by: 2,
  basis: 3,
  unit: 4,
  sum: 5,
  share: 6,
  recorded: 7,
  check: 8,
  avoids: 9,
  avoided: 10,
  avoidedUnit: 11,
} as const

type Allocation = ProductResult<string>['allocations'][number]
type Share = Allocation['products'][number]

interface Row {
  readonly allocation: Allocation
  readonly share: Share
  /** Its place among the products of the process. */
  readonly place: number
}

export interface AllocationPlaces {
  /** The cell of a product's share. */
  share(process: string, product: string): string | undefined
  /** The cell of what a product makes needless per run. */
  avoided(process: string, product: string): string
  readonly sheet: Sheet | undefined
}

export function allocationPlaces(source: ProductPaperSource, words: ProductWords): AllocationPlaces {
  const rows = (source.result.product?.allocations ?? []).flatMap((allocation): Row[] =>
    allocation.products.map((share, place) => ({ allocation, share, place })),
  )
  const rowOf = (process: string, product: string) =>
    rows.findIndex((row) => row.allocation.process === process && row.share.product === product)
  const cell = (column: keyof typeof allocationColumn, row: number) =>
    reference(words.sheets.allocation, allocationColumn[column], row)
  return {
    share: (process, product) => {
      const row = rowOf(process, product)
      return row === -1 ? undefined : cell('share', row)
    },
    avoided: (process, product) => cell('avoided', rowOf(process, product)),
    sheet:
      rows.length === 0
        ? undefined
        : {
            name: words.sheets.allocation,
            note: words.notes.allocation,
            columns: words.columns.allocation.map((title) => ({ title })),
            rows: rows.map((row, at) => cellsOf(row, at, source, words)),
          },
  }
}

function cellsOf(
  { allocation, share, place }: Row,
  at: number,
  source: ProductPaperSource,
  words: ProductWords,
): SheetCell[] {
  const cell = (column: keyof typeof allocationColumn, row = at) =>
    reference(words.sheets.allocation, allocationColumn[column], row)
  const { process, by, key, products } = allocation
  const { product, basis, avoids } = share
  const first = at - place
  const sum = `SUM(${cell('basis', first)}:${cell('basis', first + products.length - 1).split('!')[1]})`
  const recorded = share.share === null ? null : Number(share.share)
  const { agrees, differs } = words.base
  const near = isNear(cell('share'), cell('recorded'))
  const sumNow = products.reduce((total, one) => total + Number(one.basis?.amount ?? 0), 0)
  return [
    ...[process, product, words.methodName(key ?? by)],
    basisCell(share),
    basis?.unit ?? null,
    basis === null ? null : { formula: sum, value: sumNow },
    shareCell({ allocation, share, place }, `${cell('basis')}/${cell('sum')}`, source),
    recorded,
    recorded === null ? null : { formula: `IF(${near},"${agrees}","${differs}")`, value: agrees },
    avoids === null
      ? null
      : `${avoids.process}${avoids.product === avoids.process ? '' : `/${avoids.product}`}`,
    avoids === null ? null : Number(avoids.amount),
    avoids?.unit ?? null,
  ]
}

/** Output × what one unit of it has, as the record worked it out. */
function basisCell({ basis, working }: Share): SheetCell {
  if (basis === null) return null
  const value = Number(basis.amount)
  const factors = working.map((step) => Number(step.value))
  const worked = factors.reduce((product, factor) => product * factor, 1)
  if (factors.length < 2) return value
  const ratio = worked === 0 ? 1 : value / worked
  const terms = Math.abs(ratio - 1) < 1e-12 ? factors : [...factors, ratio]
  return { formula: terms.map(formulaNumber).join('*'), value }
}

/** By formula where there is a basis; as it was given where there is none. */
function shareCell({ allocation, share }: Row, formula: string, { system }: ProductPaperSource): SheetCell {
  if (share.share === null) return null
  if (share.basis !== null) return { formula, value: Number(share.share) }
  const process = system.processes.find(({ id }) => id === allocation.process)
  const { shares, common } = process?.allocation ?? {}
  const given = (shares ?? common?.shares)?.find(({ product }) => product === share.product)
  return given === undefined ? Number(share.share) : parseDecimal(given.share)
}
