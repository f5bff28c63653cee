/** The sheet of scope 2 by market: what instruments cover and what is left, each × the rate of its factor, beside the record. */

import { exactSum } from '../../engine/exact-sum.ts'
import { gasBySource, isStated, kindCounts } from '../../engine/gwp.ts'
import type { FactorUsed } from '../../engine/types.ts'
import { type FactorRow, type FactorRows, massPlace } from './factors-sheet.ts'
import { gwpPlaces } from './gwp-sheet.ts'
import { lineColumn } from './lines-sheet.ts'
import { factorKey, type PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import { columnRange, formulaNumber, reference, type Sheet, type SheetCell } from './workbook.ts'

export const scope2Column = { what: 0, name: 1, factor: 2, kWh: 3, rate: 4, kgCo2e: 5, recorded: 6 } as const

/** Undefined where an inventory has no scope 2. */
export function scope2Sheet(source: PaperSource, factors: FactorRows, words: PaperWords): Sheet | undefined {
  const { scope2 } = source.result.inventory ?? {}
  if (!scope2) return undefined
  const weighed = [...weighedRows(source, factors, words), ...sameByBoth(source, words)]
  const [first, last] = [0, weighed.length - 1].map((row) => cellOf('kgCo2e', row, words))
  const sum = weighed.length === 0 ? '0' : `SUM(${first}:${last?.split('!')[1]})`
  const market = Number(scope2.marketBasedKgCo2e)
  return {
    name: words.sheets.scope2,
    note: words.notes.scope2,
    columns: words.columns.scope2.map((title) => ({ title })),
    rows: [
      ...weighed,
      [words.marketBased, ...[null, null, null, null], { formula: sum, value: market }, market],
    ],
  }
}

function cellOf(column: keyof typeof scope2Column, row: number, words: PaperWords): string {
  return reference(words.sheets.scope2, scope2Column[column], row)
}

function weighedRows(source: PaperSource, factors: FactorRows, words: PaperWords): SheetCell[][] {
  const { instruments = [], rest = [] } = source.result.inventory?.scope2 ?? {}
  const weighed = [
    ...instruments.map((use) => ({ ...use, what: words.instrument, name: use.id })),
    ...rest.map((use) => ({ ...use, what: words.basisName(use.basis), name: '' })),
  ]
  return weighed.map(({ what, name, factor, kWh, kgCo2e }, row) => [
    ...[what, name, factorKey(factor.table, factor.version, factor.id), Number(kWh)],
    rateCell(factor, source, factors, words),
    {
      formula: `${cellOf('kWh', row, words)}*${cellOf('rate', row, words)}`,
      value: Number(kgCo2e),
    },
    Number(kgCo2e),
  ])
}

/** Heat, cooling, and electricity whose kWh nobody knows: by market what they are by location. */
function sameByBoth({ result }: PaperSource, words: PaperWords): SheetCell[][] {
  const alike = result.lines.filter(({ marketBased }) => marketBased?.kWh === null)
  if (alike.length === 0) return []
  const range = (column: keyof typeof lineColumn) =>
    columnRange(words.sheets.lines, lineColumn[column], result.lines.length)
  const value = exactSum(alike.map(({ kgCo2e }) => Number(kgCo2e)))
  const formula = `SUMPRODUCT(${range('sameByBoth')}*${range('kgCo2e')})`
  return [[words.sameByBoth, null, null, null, null, { formula, value }, value]]
}

/** kg CO2e per kWh: Σ kg of each gas that counts × its warming potential. */
function rateCell(
  { table, version, id }: FactorUsed,
  source: PaperSource,
  factors: FactorRows,
  words: PaperWords,
): SheetCell {
  const flows = factors.get(factorKey(table, version, id)) ?? []
  const terms = flows.flatMap((flow) => rateTerm(flow, source, words))
  if (terms.length === 0) return 0
  return {
    formula: terms.map(({ formula }) => formula).join('+'),
    value: exactSum(terms.map(({ value }) => value)),
  }
}

function rateTerm(flow: FactorRow, { gwpSet }: PaperSource, words: PaperWords) {
  const { kind, gas, kg, factor, perKWh } = flow
  const stated = { kind, gas, kg: String(kg) }
  if (!kindCounts(stated)) return []
  const per = perKWh === 1 ? '' : `/${formulaNumber(perKWh)}`
  const mass = massPlace(flow, words)
  if (isStated(gas)) return gas === 'CO2e' ? [{ formula: `${mass}${per}`, value: kg / perKWh }] : []
  const named = gasBySource(stated, factor)
  const place = gwpPlaces(gwpSet, words).get(gwpSet.aliases[named] ?? named)
  if (!place) return []
  const { gwp, counts } = place
  const formula = `${mass}*${gwp.formula}*${counts.formula}${per}`
  return [{ formula, value: (kg * gwp.value * counts.value) / perKWh }]
}
