/** The sheet of gases: each gas of each line, from its mass per unit to what it adds to the total. */

import type { ActivityLine, GwpSet } from '../../engine/types.ts'
import type { PlacedChain } from './chains.ts'
import { type FactorRow, factorColumn } from './factors-sheet.ts'
import { lineColumn } from './lines-sheet.ts'
import { factorKey, type Gas, type Line, type PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import { reference, type Sheet, type SheetCell } from './workbook.ts'
import { outcome } from './working-sheet.ts'

export interface GasRow {
  readonly line: Line
  readonly position: number
  readonly gas: Gas
  readonly perUnit: SheetCell
  readonly amount: SheetCell
  readonly words: PaperWords
}

export const gasColumn = {
  line: 0,
  kind: 1,
  gas: 2,
  perUnit: 3,
  amount: 4,
  share: 5,
  kg: 6,
  gwp: 7,
  kgCo2e: 8,
  counts: 9,
  counted: 10,
  recorded: 11,
} as const

export function gasRows(
  source: PaperSource,
  placed: ReadonlyMap<string, PlacedChain>,
  factors: readonly FactorRow[],
  words: PaperWords,
): readonly GasRow[] {
  const given = new Map(source.lines.map((line) => [line.id, line]))
  const flows = Map.groupBy(
    factors.map((row, at) => ({ ...row, at })),
    ({ key }) => key,
  )
  return source.result.lines.flatMap((line, position) =>
    partsOfGases(line, given.get(line.id), source, flows, words).flatMap(({ gases, use }) =>
      gases
        .filter(({ gas }) => gas.kind !== 'pollutant')
        .map(({ gas, perUnit }) => ({
          ...{ line, position, gas, perUnit, words },
          amount: outcome(placed, line.id, use, words),
        })),
    ),
  )
}

/** A flow of a factor with its row in the sheet of factors, from 0. */
type PlacedFlow = FactorRow & { readonly at: number }

interface GasPart {
  readonly use: string
  readonly gases: readonly { readonly gas: Gas; readonly perUnit: SheetCell }[]
}

/** A line's gases in the order of the result, each with the mass per unit that it comes of. */
function partsOfGases(
  line: Line,
  given: ActivityLine | undefined,
  source: PaperSource,
  flows: ReadonlyMap<string, readonly PlacedFlow[]>,
  words: PaperWords,
): readonly GasPart[] {
  const rest = [...line.gases]
  const take = (count: number) => rest.splice(0, count)
  const ofFactor = (key: string, wanted: (gas: string) => boolean) => {
    const published = (flows.get(key) ?? []).filter(({ gas }) => wanted(gas))
    return published.flatMap((flow) => {
      const place = reference(words.sheets.factors, factorColumn.kg, flow.at)
      const fractions = fractionsOf(flow.gas, source.gwpSet)
      return take(fractions.length).map((gas, at) => ({
        gas,
        perUnit: {
          formula: fractions[at] === 1 ? place : `${place}*${fractions[at]}`,
          value: flow.kg * (fractions[at] ?? 1),
        },
      }))
    })
  }
  const { factor, fuel, beside } = line
  const own: GasPart = factor
    ? { use: 'activity', gases: ofFactor(factorKey(factor.table, factor.version, factor.id), () => true) }
    : fuel !== null || given?.fuel !== undefined
      ? { use: 'fuel', gases: take(1).map((gas) => ({ gas, perUnit: 1 })) }
      : { use: 'activity', gases: ofReleased(given, source, take) }
  const others = (beside ?? []).map((used, at): GasPart => {
    const key = factorKey(used.table, used.version, used.id)
    return { use: `beside ${at}`, gases: ofFactor(key, (gas) => used.gases.includes(gas)) }
  })
  return [own, ...others]
}

/** A gas or blend that got out as such: its parts by mass. */
function ofReleased(
  given: ActivityLine | undefined,
  { gwpSet }: PaperSource,
  take: (count: number) => Gas[],
): GasPart['gases'] {
  const fractions = fractionsOf(given?.gas ?? '', gwpSet)
  return take(fractions.length).map((gas, at) => ({ gas, perUnit: fractions[at] ?? 1 }))
}

/** Mass fractions of a blend; 1 for a gas. */
function fractionsOf(gas: string, { aliases, blends }: GwpSet): readonly number[] {
  const blend = own(blends, own(aliases, gas) ?? gas)
  return blend === undefined ? [1] : Object.values(blend).map(Number)
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

export function gasesSheet(rows: readonly GasRow[], words: PaperWords): Sheet {
  const sheet = words.sheets.gases
  return {
    name: sheet,
    note: words.notes.gases,
    columns: words.columns.gases.map((title, at) => ({
      title,
      width: [18, 12, 16, 18, 18, 10, 20, 10, 20, 8, 20, 22][at] ?? 14,
    })),
    rows: rows.map(({ line, position, gas, perUnit, amount }, at) => {
      const cell = (column: keyof typeof gasColumn) => reference(sheet, gasColumn[column], at)
      const weighed = gas.kgCo2e === null ? null : Number(gas.kgCo2e)
      const isCo2e = gas.kg === null
      return [
        line.id,
        words.kindName(gas.kind),
        gas.gas,
        perUnit,
        amount,
        {
          formula: reference(words.sheets.lines, lineColumn.share, position),
          value: Number(line.scaling),
        },
        {
          formula: `${cell('perUnit')}*${cell('amount')}*${cell('share')}`,
          value: Number(gas.kg ?? gas.kgCo2e ?? 0),
        },
        isCo2e ? 1 : gwpCell(gas, words),
        { formula: `${cell('kg')}*${cell('gwp')}`, value: weighed ?? 0 },
        gas.inTotal ? 1 : 0,
        { formula: `${cell('kgCo2e')}*${cell('counts')}`, value: gas.inTotal ? (weighed ?? 0) : 0 },
        weighed,
      ]
    }),
  }
}

/** The warming potential out of its sheet; a gas without one weighs nothing and stands outside the total. */
function gwpCell({ gas, kg, kgCo2e }: Gas, words: PaperWords): SheetCell {
  if (kgCo2e === null || kg === null) return 0
  const sheet = words.sheets.gwp
  const [gases, values] = [`'${sheet}'!$A:$A`, `'${sheet}'!$B:$B`]
  const now = Number(kg) === 0 ? 0 : Number(kgCo2e) / Number(kg)
  return { formula: `INDEX(${values},MATCH("${gas}",${gases},0))`, value: now }
}
