/** What the summary sums: the total, its breakdowns, what stands apart, and scope 2 by market; as recorded, and by which formula. */

import { exactSum } from '../../engine/exact-sum.ts'
import type { PresentedResult } from '../../engine/present.ts'
import { gasColumn } from './gases-sheet.ts'
import { lineColumn } from './lines-sheet.ts'
import { scope2Column } from './scope-2-sheet.ts'
import type { PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import { columnRange, reference, type Sheet } from './workbook.ts'

/** A sum as recorded, beside the formula that works it out once more. */
export interface SumRow {
  readonly group: string
  readonly name: string
  /** What the rows that are summed hold, exactly; null where all of them are. */
  readonly key: string | null
  readonly recorded: string
  /** @param key the cell of the key. */
  formula(key: string): string
}

/** What the sums are made of. */
export interface Summed {
  readonly source: PaperSource
  readonly gasCount: number
  readonly scope2: Sheet | undefined
  readonly words: PaperWords
}

export function summaryRows(summed: Summed): readonly SumRow[] {
  const { result } = summed.source
  const { groups, total } = summed.words
  const formula = () => `SUM(${lineRange('kgCo2e', summed)})`
  return [
    { group: total, name: total, key: null, recorded: result.total, formula },
    ...lineRows(summed),
    ...gasTotals(result).map(({ gas, kgCo2e }) => ({
      ...{ group: groups.gas, name: gas, key: gas, recorded: kgCo2e },
      formula: (key: string) => sumWhere(gasRange('gas', summed), key, gasRange('counted', summed)),
    })),
    ...kindRows(summed),
    ...apartRows(summed),
    ...marketRows(summed),
  ]
}

/** Σ of what stands beside exactly this text: SUMIFS would take `*` for anything, "ff" for "FF" and "01" for 1. */
export function sumWhere(range: string, key: string, sums: string): string {
  return `SUMPRODUCT(EXACT(${range},${key})*${sums})`
}

function lineRange(column: keyof typeof lineColumn, { source, words }: Summed): string {
  return columnRange(words.sheets.lines, lineColumn[column], source.result.lines.length)
}

function gasRange(column: keyof typeof gasColumn, { gasCount, words }: Summed): string {
  return columnRange(words.sheets.gases, gasColumn[column], gasCount)
}

/** The breakdowns by what is said of a line. */
function lineRows(summed: Summed): readonly SumRow[] {
  const { source, words } = summed
  const { result } = source
  const by = (
    group: Exclude<keyof PaperWords['groups'], 'gas' | 'kind' | 'apart' | 'scope2'>,
    subtotals: PresentedResult['byCategory'],
    nameOf = (key: string) => key,
    heldAs = (key: string) => key,
  ) =>
    subtotals.map(({ key, kgCo2e }) => ({
      ...{ group: words.groups[group], name: nameOf(key), key: heldAs(key), recorded: kgCo2e },
      formula: (cell: string) => sumWhere(lineRange(group, summed), cell, lineRange('kgCo2e', summed)),
    }))
  return [
    ...by('scope', result.byScope, words.scopeName),
    ...by('isoCategory', result.byIsoCategory),
    ...by('category', result.byCategory, source.categoryName, source.categoryName),
    ...by('facility', result.byFacility),
    ...by('entity', result.byEntity),
    ...by('month', result.byMonth),
  ]
}

/** By kind, what counts and what is shown only: biogenic CO2, removals, gases outside the total. */
function kindRows(summed: Summed): readonly SumRow[] {
  const { source, words } = summed
  const [kind, counted] = [gasRange('kind', summed), gasRange('counted', summed)]
  const weighed = gasRange('kgCo2e', summed)
  const isInside = `EXACT(${gasRange('apart', summed)},"")`
  return source.result.byKind.map(({ kind: of, inTotal, kgCo2e }) => {
    const name = words.kindName(of)
    return {
      ...{ group: words.groups.kind, key: name, recorded: kgCo2e },
      name: inTotal ? name : `${name}${words.outsideTotal}`,
      formula: (key: string) =>
        inTotal
          ? sumWhere(kind, key, counted)
          : `SUMPRODUCT(EXACT(${kind},${key})*${isInside}*(${weighed}-${counted}))`,
    }
  })
}

/** Energy that was exported or sold on: outside every total. */
function apartRows(summed: Summed): readonly SumRow[] {
  const { source, words } = summed
  const weighed = `${gasRange('kindCounts', summed)}*${gasRange('kgCo2e', summed)}`
  return source.result.apart.map(({ key, kgCo2e }) => {
    const name = source.categoryName(key)
    const formula = (cell: string) => sumWhere(gasRange('apart', summed), cell, weighed)
    return { group: words.groups.apart, name, key: name, recorded: kgCo2e, formula }
  })
}

/** Scope 2 by market, and the total with it in the place of scope 2 by location. */
function marketRows(summed: Summed): readonly SumRow[] {
  const { source, scope2, words } = summed
  const recorded = source.result.inventory?.scope2
  if (!recorded || !scope2) return []
  const market = reference(words.sheets.scope2, scope2Column.kgCo2e, scope2.rows.length - 1)
  const byLocation = (key: string) => sumWhere(lineRange('scope', summed), key, lineRange('kgCo2e', summed))
  const group = words.groups.scope2
  return [
    {
      ...{ group, name: words.marketBased, key: null, recorded: recorded.marketBasedKgCo2e },
      formula: () => market,
    },
    {
      ...{ group, name: words.totalByMarket, key: '2', recorded: recorded.totalMarketBasedKgCo2e },
      formula: (key) => `SUM(${lineRange('kgCo2e', summed)})-${byLocation(key)}+${market}`,
    },
  ]
}

/** By gas, of what counts, whatever its kind. */
export function gasTotals({ byGas }: PresentedResult): readonly { gas: string; kgCo2e: string }[] {
  const counted = Map.groupBy(
    byGas.filter(({ inTotal, kgCo2e }) => inTotal && kgCo2e !== null),
    ({ gas }) => gas,
  )
  return [...counted].map(([gas, results]) => ({
    gas,
    kgCo2e: String(exactSum(results.map(({ kgCo2e }) => Number(kgCo2e)))),
  }))
}
