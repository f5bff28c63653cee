/** The sheets of what the lines are weighed by: each flow of each factor as published, and the warming potentials. */

import type { EmissionFactor, FlowKind, GwpSet } from '../../engine/types.ts'
import { convert, dimensionOf } from '../../engine/units.ts'
import { factorKey, type PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import type { Sheet } from './workbook.ts'

export interface FactorRow {
  readonly key: string
  readonly factor: EmissionFactor
  readonly table: string
  readonly version: string
  readonly kind: FlowKind
  readonly gas: string
  readonly kg: number
  /** kWh of one unit, for factors of electricity; 1 for all others. */
  readonly perKWh: number
}

/** Every flow of every factor that weighs a line or stands beside one. */
export function factorRows({ result, tables, ownFactors }: PaperSource): readonly FactorRow[] {
  const { instruments = [], rest = [] } = result.inventory?.scope2 ?? {}
  const ofLines = result.lines.flatMap(({ factor, beside }) => [
    ...(factor ? [factor] : []),
    ...(beside ?? []),
  ])
  const used = new Map(
    [...ofLines, ...[...instruments, ...rest].map(({ factor }) => factor)].map((factor) => [
      factorKey(factor.table, factor.version, factor.id),
      factor,
    ]),
  )
  return [...used].flatMap(([key, { table, version, id }]) => {
    const rows = tables.find((one) => one.table === table && one.version === version)?.factors ?? ownFactors
    const factor = rows.find((row) => row.id === id)
    if (!factor) return []
    return factor.flows.map(({ kind, gas, kg }) => ({
      ...{ key, factor, table, version, kind, gas },
      kg: Number(kg),
      perKWh: dimensionOf(factor.unit) === 'energy' ? convert(1, factor.unit, 'kWh') : 1,
    }))
  })
}

export const factorColumn = { key: 0, name: 1, kind: 2, gas: 3, kg: 4 } as const

export function factorsSheet(rows: readonly FactorRow[], words: PaperWords): Sheet {
  return {
    name: words.sheets.factors,
    note: words.notes.factors,
    columns: words.columns.factors.map((title, at) => ({
      title,
      width: [44, 40, 12, 16, 18, 12, 10, 8, 14, 14, 40][at] ?? 12,
    })),
    rows: rows.map(({ key, factor, kind, gas, kg }) => [
      key,
      words.nameOf(factor.name),
      words.kindName(kind),
      gas,
      kg,
      factor.unit,
      factor.region,
      factor.year,
      factor.gwpBasis,
      factor.confirmation,
      `${factor.source.id}, ${factor.source.locator}`,
    ]),
  }
}

export function gwpSheet({ values, inTotal }: GwpSet, words: PaperWords): Sheet {
  const counted = new Set([...inTotal, ...(inTotal.includes('CH4') ? ['CH4-fossil-fugitive'] : [])])
  return {
    name: words.sheets.gwp,
    note: words.notes.gwp,
    columns: words.columns.gwp.map((title, at) => ({ title, width: [24, 14, 18][at] ?? 12 })),
    rows: Object.entries(values).map(([gas, gwp]) => [gas, Number(gwp), counted.has(gas) ? 1 : 0]),
  }
}
