/** The sheet of what the lines are weighed by: each flow of each factor as published. */

import { ownTable } from '../../engine/resolve.ts'
import type { EmissionFactor, FlowKind } from '../../engine/types.ts'
import { convert, dimensionOf } from '../../engine/units.ts'
import { factorKey, type PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import { reference, type Sheet } from './workbook.ts'

/** A flow of a factor, in the row that it stands in. */
export interface FactorRow {
  readonly key: string
  readonly factor: EmissionFactor
  readonly kind: FlowKind
  readonly gas: string
  readonly kg: number
  /** kWh of one unit, for factors of electricity; 1 for all others. */
  readonly perKWh: number
  /** From 0. */
  readonly row: number
}

/** By the factor's key, every flow of every factor that weighs a line or stands beside one. */
export type FactorRows = ReadonlyMap<string, readonly FactorRow[]>

export function factorRows(source: PaperSource): FactorRows {
  const known = factorsByKey(source)
  let row = 0
  return new Map(
    keysUsed(source).map((key) => {
      const factor = known.get(key)
      const flows = (factor?.flows ?? []).map(({ kind, gas, kg }) => ({ kind, gas, kg: Number(kg) }))
      const rows = factor
        ? flows.map((flow) => ({ key, factor, ...flow, perKWh: perKWhOf(factor), row: row++ }))
        : []
      return [key, rows]
    }),
  )
}

function perKWhOf({ unit }: EmissionFactor): number {
  return dimensionOf(unit) === 'energy' ? convert(1, unit, 'kWh') : 1
}

function keysUsed({ result }: PaperSource): readonly string[] {
  const { instruments = [], rest = [] } = result.inventory?.scope2 ?? {}
  const ofLines = result.lines.flatMap(({ factor, beside = [] }) => [...(factor ? [factor] : []), ...beside])
  const used = [...ofLines, ...[...instruments, ...rest].map(({ factor }) => factor)]
  return [...new Set(used.map(({ table, version, id }) => factorKey(table, version, id)))]
}

/** The published ones, and the client's own, whose table and version the engine calls the same. */
function factorsByKey({ tables, ownFactors }: PaperSource): ReadonlyMap<string, EmissionFactor> {
  const published = tables.flatMap(({ table, version, factors }) =>
    factors.map((factor) => [factorKey(table, version, factor.id), factor] as const),
  )
  const own = ownFactors.map((factor) => [factorKey(ownTable, ownTable, factor.id), factor] as const)
  return new Map([...own, ...published])
}

const factorColumn = { key: 0, name: 1, kind: 2, gas: 3, kg: 4 } as const

/** The cell of a flow's mass per unit. */
export function massPlace({ row }: FactorRow, words: PaperWords): string {
  return reference(words.sheets.factors, factorColumn.kg, row)
}

export function factorsSheet(rows: FactorRows, words: PaperWords): Sheet {
  return {
    name: words.sheets.factors,
    note: words.notes.factors,
    columns: words.columns.factors.map((title) => ({ title })),
    rows: [...rows.values()]
      .flat()
      .map(({ key, factor, kind, gas, kg }) => [
        ...[key, words.nameOf(factor.name), words.kindName(kind), gas, kg],
        ...[factor.unit, factor.region, factor.year, factor.gwpBasis, factor.confirmation],
        `${factor.source.id}, ${factor.source.locator}`,
      ]),
  }
}
