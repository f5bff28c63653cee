/** The sheet of scope 2 by market: what instruments cover and what is left, each × the rate of its factor, beside the record. */

import { gasBySource, isStated, kindCounts } from '../../engine/gwp.ts'
import type { FactorUsed } from '../../engine/types.ts'
import { type FactorRow, factorColumn } from './factors-sheet.ts'
import { lineColumn } from './lines-sheet.ts'
import { factorKey, type PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import { reference, type Sheet, type SheetCell } from './workbook.ts'

const column = { what: 0, name: 1, factor: 2, kWh: 3, rate: 4, kgCo2e: 5, recorded: 6 } as const

/** Undefined where an inventory has no scope 2. */
export function scope2Sheet(
  source: PaperSource,
  factors: readonly FactorRow[],
  words: PaperWords,
): Sheet | undefined {
  const { scope2 } = source.result.inventory ?? {}
  if (!scope2) return undefined
  const sheet = words.sheets.scope2
  const weighed = [
    ...scope2.instruments.map((use) => ({ ...use, what: words.instrument, name: use.id })),
    ...scope2.rest.map((use) => ({ ...use, what: words.basisName(use.basis), name: '' })),
  ]
  const cell = (at: keyof typeof column, row: number) => reference(sheet, column[at], row)
  const rows: SheetCell[][] = weighed.map(({ what, name, factor, kWh, kgCo2e }, row) => [
    what,
    name,
    factorKey(factor.table, factor.version, factor.id),
    Number(kWh),
    rateCell(factor, source, factors, words),
    { formula: `${cell('kWh', row)}*${cell('rate', row)}`, value: Number(kgCo2e) },
    Number(kgCo2e),
  ])
  for (const alike of sameByBoth(source, words))
    rows.push([words.sameByBoth, null, null, null, null, alike, alike.value])
  const sum = (last: number) => `SUM(${cell('kgCo2e', 0)}:${cell('kgCo2e', last).split('!')[1]})`
  rows.push([
    words.marketBased,
    ...[null, null, null, null],
    { formula: rows.length === 0 ? '0' : sum(rows.length - 1), value: Number(scope2.marketBasedKgCo2e) },
    Number(scope2.marketBasedKgCo2e),
  ])
  return {
    name: sheet,
    note: words.notes.scope2,
    columns: words.columns.scope2.map((title, at) => ({
      title,
      width: [34, 20, 44, 18, 18, 20, 22][at] ?? 14,
    })),
    rows,
  }
}

/** References of one formula: a spreadsheet takes no formula of more than 8,192 characters. */
const referencesMax = 200

/** Heat, cooling, and electricity whose kWh nobody knows: by market what they are by location; in several sums where they are many. */
function sameByBoth({ result }: PaperSource, words: PaperWords) {
  const places = result.lines.flatMap((line, row) =>
    line.marketBased?.kWh === null
      ? [{ place: reference(words.sheets.lines, lineColumn.kgCo2e, row), kgCo2e: Number(line.kgCo2e) }]
      : [],
  )
  const sums = Math.ceil(places.length / referencesMax)
  return Array.from({ length: sums }, (_, at) => {
    const some = places.slice(at * referencesMax, (at + 1) * referencesMax)
    return {
      formula: some.map(({ place }) => place).join('+'),
      value: some.reduce((sum, { kgCo2e }) => sum + kgCo2e, 0),
    }
  })
}

/** kg CO2e per kWh: Σ kg of each gas that counts × its warming potential. */
function rateCell(
  { table, version, id }: FactorUsed,
  { gwpSet }: PaperSource,
  factors: readonly FactorRow[],
  words: PaperWords,
): SheetCell {
  const key = factorKey(table, version, id)
  const terms = factors.flatMap(({ key: of, factor, kind, gas, kg, perKWh }, row) => {
    const flow = { kind, gas, kg: String(kg) }
    const named = gasBySource(flow, factor)
    const gwp = isStated(gas) ? 1 : Number(gwpSet.values[gwpSet.aliases[named] ?? named] ?? 0)
    if (of !== key || !kindCounts(flow) || gwp === 0) return []
    const place = reference(words.sheets.factors, factorColumn.kg, row)
    const weight = isStated(gas)
      ? '1'
      : `INDEX('${words.sheets.gwp}'!$B:$B,MATCH("${named}",'${words.sheets.gwp}'!$A:$A,0))`
    return [{ formula: `${place}*${weight}/${perKWh}`, value: (kg * gwp) / perKWh }]
  })
  if (terms.length === 0) return 0
  return {
    formula: terms.map(({ formula }) => formula).join('+'),
    value: terms.reduce((sum, { value }) => sum + value, 0),
  }
}
