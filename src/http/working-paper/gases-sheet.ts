/** The sheet of gases: each gas of each line, from its mass per unit to what it adds to the total. */

import { kindCounts, statedCo2e } from '../../engine/gwp.ts'
import type { GwpSet } from '../../engine/types.ts'
import type { PlacedChain } from './chains.ts'
import { type FactorRows, massPlace } from './factors-sheet.ts'
import { type GwpPlace, gwpPlaces } from './gwp-sheet.ts'
import { lineColumn } from './lines-sheet.ts'
import { factorKey, type Gas, type Line, type PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import { formulaNumber, reference, type Sheet, type SheetCell } from './workbook.ts'
import { outcome } from './working-sheet.ts'

export interface GasRow {
  readonly line: Line
  readonly position: number
  readonly gas: Gas
  readonly perUnit: SheetCell
  readonly amount: SheetCell
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
  kindCounts: 9,
  apart: 10,
  counts: 11,
  counted: 12,
  recorded: 13,
} as const

/** What the gases of lines are read in. */
interface Setting {
  readonly source: PaperSource
  readonly placed: ReadonlyMap<string, PlacedChain>
  readonly factors: FactorRows
  readonly words: PaperWords
  /** The released gas of each line that names one. */
  readonly released: ReadonlyMap<string, string>
  /** The lines that burn a fuel by its carbon. */
  readonly burnt: ReadonlySet<string>
}

export function gasRows(
  source: PaperSource,
  placed: ReadonlyMap<string, PlacedChain>,
  factors: FactorRows,
  words: PaperWords,
): readonly GasRow[] {
  const released = new Map(source.lines.flatMap(({ id, gas }) => (gas === undefined ? [] : [[id, gas]])))
  const burnt = new Set(source.lines.filter(({ fuel }) => fuel !== undefined).map(({ id }) => id))
  const setting = { source, placed, factors, words, released, burnt }
  return source.result.lines.flatMap((line, position) =>
    partsOfGases(line, setting).flatMap(({ gases, use }) => {
      const amount = outcome(placed, line.id, use, words)
      return gases
        .filter(({ gas }) => gas.kind !== 'pollutant')
        .map(({ gas, perUnit }) => ({ line, position, gas, perUnit, amount }))
    }),
  )
}

interface GasPart {
  readonly use: string
  readonly gases: readonly { readonly gas: Gas; readonly perUnit: SheetCell }[]
}

/** Takes the next gases of a line's result. */
type Take = (count: number) => readonly Gas[]

/** A line's gases in the order of the result, each with the mass per unit that it comes of. */
function partsOfGases(line: Line, setting: Setting): readonly GasPart[] {
  let taken = 0
  const take = (count: number) => {
    taken += count
    return line.gases.slice(taken - count, taken)
  }
  const own = ownPart(line, setting, take)
  const others = (line.beside ?? []).map((used, at): GasPart => {
    const key = factorKey(used.table, used.version, used.id)
    const gases = ofFactor(key, setting, take, (gas) => used.gases.includes(gas))
    return { use: `beside ${at}`, gases }
  })
  return [own, ...others]
}

function ownPart({ id, factor }: Line, setting: Setting, take: Take): GasPart {
  if (factor) {
    const key = factorKey(factor.table, factor.version, factor.id)
    return { use: 'activity', gases: ofFactor(key, setting, take, () => true) }
  }
  if (setting.burnt.has(id)) return { use: 'fuel', gases: take(1).map((gas) => ({ gas, perUnit: 1 })) }
  const released = setting.released.get(id)
  if (released === undefined) return { use: 'activity', gases: [] }
  const fractions = fractionsOf(released, setting.source.gwpSet)
  const gases = take(fractions.length).map((gas, at) => ({ gas, perUnit: fractions[at] ?? 1 }))
  return { use: 'activity', gases }
}

/** The flows of a factor, a blend's by its parts. */
function ofFactor(
  key: string,
  { factors, source, words }: Setting,
  take: Take,
  isWanted: (gas: string) => boolean,
): GasPart['gases'] {
  const flows = (factors.get(key) ?? []).filter(({ gas }) => isWanted(gas))
  return flows.flatMap((flow) => {
    const place = massPlace(flow, words)
    const fractions = fractionsOf(flow.gas, source.gwpSet)
    return take(fractions.length).map((gas, at) => {
      const fraction = fractions[at] ?? 1
      const formula = fraction === 1 ? place : `${place}*${formulaNumber(fraction)}`
      return { gas, perUnit: { formula, value: flow.kg * fraction } }
    })
  })
}

/** Mass fractions of a blend; 1 for a gas. */
function fractionsOf(gas: string, { aliases, blends }: GwpSet): readonly number[] {
  const blend = own(blends, own(aliases, gas) ?? gas)
  return blend === undefined ? [1] : Object.values(blend).map(Number)
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

export function gasesSheet(rows: readonly GasRow[], source: PaperSource, words: PaperWords): Sheet {
  const places = gwpPlaces(source.gwpSet, words)
  return {
    name: words.sheets.gases,
    note: words.notes.gases,
    columns: words.columns.gases.map((title) => ({ title })),
    rows: rows.map((row, at) => gasCells(row, at, { places, source, words })),
  }
}

function gasCells(
  { line, position, gas, perUnit, amount }: GasRow,
  at: number,
  {
    places,
    source,
    words,
  }: { places: ReadonlyMap<string, GwpPlace>; source: PaperSource; words: PaperWords },
): SheetCell[] {
  const cell = (column: keyof typeof gasColumn) => reference(words.sheets.gases, gasColumn[column], at)
  const share = reference(words.sheets.lines, lineColumn.share, position)
  const weighed = gas.kgCo2e === null ? null : Number(gas.kgCo2e)
  const { gwp, counts } = weightOf(gas, places)
  return [
    ...[line.id, words.kindName(gas.kind), gas.gas, perUnit, amount],
    { formula: share, value: Number(line.scaling) },
    {
      formula: `${cell('perUnit')}*${cell('amount')}*${cell('share')}`,
      value: Number(gas.kg ?? gas.kgCo2e ?? 0),
    },
    gwp,
    { formula: `${cell('kg')}*${cell('gwp')}`, value: weighed ?? 0 },
    isCounted(line, gas) ? 1 : 0,
    line.apart === undefined ? null : source.categoryName(line.category),
    {
      formula: `${counts}*${cell('kindCounts')}*IF(${cell('apart')}="",1,0)`,
      value: gas.inTotal ? 1 : 0,
    },
    { formula: `${cell('kgCo2e')}*${cell('counts')}`, value: gas.inTotal ? (weighed ?? 0) : 0 },
    weighed,
  ]
}

/** Whether its kind counts: not a change of land use elsewhere. */
function isCounted({ landUseChange }: Line, gas: Gas): boolean {
  return kindCounts(gas) && (gas.kind !== 'land-use-change' || landUseChange?.kind !== 'indirect')
}

/** Where the GWP of a gas stands and whether it counts; 1 for a CO2e that its source stated. One without a GWP weighs nothing. */
function weightOf({ gas, kg }: Gas, places: ReadonlyMap<string, GwpPlace>) {
  const place = places.get(gas)
  if (place && kg !== null) return { gwp: place.gwp, counts: place.counts.formula }
  const isStated = kg === null
  return { gwp: isStated ? 1 : 0, counts: gas === statedCo2e ? '1' : '0' }
}
