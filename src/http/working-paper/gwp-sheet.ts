/** The sheet of the warming potentials: of each gas its GWP, and whether it counts in the total. */

import { fossilFugitiveMethane } from '../../engine/gwp.ts'
import type { GwpSet } from '../../engine/types.ts'
import type { PaperWords } from './words.ts'
import { reference, type Sheet } from './workbook.ts'

const gwpColumn = { gas: 0, gwp: 1, counts: 2 } as const

/** A cell, and its value. */
interface Place {
  readonly formula: string
  readonly value: number
}

/** Where a gas stands. */
export interface GwpPlace {
  /** The cell of its GWP. */
  readonly gwp: Place
  /** The cell that is 1 where it counts in the total. */
  readonly counts: Place
}

export function gwpPlaces(set: GwpSet, words: PaperWords): ReadonlyMap<string, GwpPlace> {
  const cell = (column: keyof typeof gwpColumn, row: number) =>
    reference(words.sheets.gwp, gwpColumn[column], row)
  const counted = countedGases(set)
  return new Map(
    Object.entries(set.values).map(([gas, gwp], row) => [
      gas,
      {
        gwp: { formula: cell('gwp', row), value: Number(gwp) },
        counts: { formula: cell('counts', row), value: counted.has(gas) ? 1 : 0 },
      },
    ]),
  )
}

function countedGases({ inTotal }: GwpSet): ReadonlySet<string> {
  return new Set([...inTotal, ...(inTotal.includes('CH4') ? [fossilFugitiveMethane] : [])])
}

export function gwpSheet(set: GwpSet, words: PaperWords): Sheet {
  const counted = countedGases(set)
  return {
    name: words.sheets.gwp,
    note: words.notes.gwp,
    columns: words.columns.gwp.map((title) => ({ title })),
    rows: Object.entries(set.values).map(([gas, gwp]) => [gas, Number(gwp), counted.has(gas) ? 1 : 0]),
  }
}
