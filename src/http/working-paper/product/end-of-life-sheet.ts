/** The sheet of the end of life: each material's parameters, and by formula what its mass is multiplied by for each term. */

import type {
  CircularPart,
  CircularTerm,
  EndOfLifeMethod,
  MaterialResult,
  UnitCode,
} from '../../../engine/types.ts'
import { type Step, unitStep } from '../steps.ts'
import type { Found } from '../ways.ts'
import { reference, type Sheet, type SheetCell } from '../workbook.ts'
import { isNear, type ProductPaperSource } from './source.ts'
import type { ProductWords } from './words.ts'

export const circularColumn = { material: 0, name: 1, value: 2, unit: 3, recorded: 4, check: 5 } as const

/** Terms by the names of parameters, as the formula has them (EU Product Environmental Footprint, Annex C). */
const weights: Readonly<Record<EndOfLifeMethod, Readonly<Partial<Record<CircularTerm, string>>>>> = {
  'cut-off': { Ev: '1-R1', Erecycled: 'R1', EER: 'R3', ED: '1-R2-R3' },
  'circular-footprint-formula': {
    Ev: '(1-R1)+R1*(1-A)*QsinQp',
    Erecycled: 'R1*A',
    ErecyclingEoL: '(1-A)*R2',
    EvStar: '-(1-A)*R2*QsoutQp',
    EER: '(1-B)*R3',
    ESEheat: '-(1-B)*R3*LHV*XERheat',
    ESEelec: '-(1-B)*R3*LHV*XERelec',
    ED: '1-R2-R3',
  },
}

export interface CircularPlaces {
  /** What of a mass counts for a term, from the unit that the mass is in. */
  weighed(part: CircularPart, unit: UnitCode): Found
  readonly sheet: Sheet | undefined
}

type Material = MaterialResult<string>

interface PlacedRow {
  readonly material: Material
  readonly name: string
  readonly term: Material['terms'][number] | undefined
}

export function circularPlaces(source: ProductPaperSource, words: ProductWords): CircularPlaces {
  const circular = source.result.product?.circular ?? null
  const method = circular?.method ?? 'cut-off'
  const rows = (circular?.materials ?? []).flatMap(rowsOf)
  const at = (material: string, name: string) =>
    rows.findIndex((row) => row.material.id === material && row.name === name)
  const cell = (row: number, column: keyof typeof circularColumn = 'value') =>
    reference(words.sheets.endOfLife, circularColumn[column], row)
  const formula = ({ material, name }: PlacedRow) =>
    (weights[method][name as CircularTerm] ?? '0').replace(/[A-Z]\w*/g, (parameter) => {
      const row = at(material.id, parameter)
      return row === -1 ? '0' : cell(row)
    })
  return {
    weighed: ({ material, term }, unit) => {
      const row = at(material, term)
      const found = rows[row]?.term
      const [per = '1', energy] = (found?.unit ?? '1').split('/').reverse()
      const operand = { expression: cell(row), number: Number(found?.weight ?? 0) }
      const weigh: Step = { name: 'termWeight', operation: '×', operand, unit: found?.unit ?? '1' }
      return energy === undefined
        ? { steps: [weigh], unit }
        : { steps: [...unitStep(unit, per), weigh], unit: energy }
    },
    sheet: rows.length === 0 ? undefined : sheetOf(rows, { formula, cell }, words),
  }
}

/** What the record says it was read with, and what the terms have beside. */
function rowsOf(material: Material): readonly PlacedRow[] {
  const parameters = material.parameters.map(({ name }) => ({ material, name, term: undefined }))
  return [...parameters, ...material.terms.map((term) => ({ material, name: term.term, term }))]
}

function sheetOf(
  rows: readonly PlacedRow[],
  {
    formula,
    cell,
  }: {
    readonly formula: (row: PlacedRow) => string
    readonly cell: (row: number, column?: keyof typeof circularColumn) => string
  },
  words: ProductWords,
): Sheet {
  const cells = (row: PlacedRow, at: number): SheetCell[] => {
    const { material, name, term } = row
    const first = [words.base.nameOf(material.name), name]
    if (term === undefined) {
      const stated = material.parameters.find((one) => one.name === name)
      return [...first, Number(stated?.value ?? 0), stated?.unit ?? '1', null, null]
    }
    const recorded = Number(term.weight)
    const { agrees, differs } = words.base
    const near = isNear(cell(at), cell(at, 'recorded'))
    return [
      ...[...first, { formula: formula(row), value: recorded }, term.unit, recorded],
      { formula: `IF(${near},"${agrees}","${differs}")`, value: agrees },
    ]
  }
  return {
    name: words.sheets.endOfLife,
    note: words.notes.endOfLife,
    columns: words.columns.endOfLife.map((title) => ({ title })),
    rows: rows.map(cells),
  }
}

/** Years that a change of land use is spread over: what a year of activity counts of it. */
export function conversionSteps(
  { convertedIn, years }: { readonly convertedIn?: number | undefined; readonly years?: number | undefined },
  year: number,
): readonly Step[] {
  if (convertedIn === undefined || years === undefined) return []
  const since = year - convertedIn
  const counts = { expression: `IF(${since}<=${years - 1},1,0)`, number: since < years ? 1 : 0 }
  return [
    { name: 'yearsSinceConversion', operation: '×', operand: counts, unit: '1' },
    { name: 'amortisationYears', operation: '÷', operand: { number: years }, unit: 'a' },
  ]
}
