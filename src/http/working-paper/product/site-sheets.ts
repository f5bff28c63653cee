/**
 * The sheets of the sites: what was made of what was begun, and where every total of the year went. What was measured is worked out
 * in the working, like the amount of a line; the rest, the shares and the parts follow from it by formula.
 */

import { parseDecimal } from '../../../engine/decimal.ts'
import { inUnit } from '../../../engine/site/outputs.ts'
import type {
  ActivityLine,
  Quantity,
  SiteData,
  SitePart,
  SiteProduct,
  SiteProductResult,
  SiteResult,
  SiteTotalResult,
} from '../../../engine/types.ts'
import { convert, dimensionOf, unitCode } from '../../../engine/units.ts'
import type { Chain, PlacedChain } from '../chains.ts'
import { keyOf } from '../chains.ts'
import { withCodes } from '../codes.ts'
import { measuredSteps } from '../measured.ts'
import type { Step } from '../steps.ts'
import type { Found } from '../ways.ts'
import { formulaNumber, reference, type Sheet, type SheetCell } from '../workbook.ts'
import { outcome } from '../working-sheet.ts'
import { isNear, type ProductPaperSource } from './source.ts'
import type { ProductWords } from './words.ts'

export const siteColumn = {
  site: 0,
  total: 1,
  taker: 2,
  measured: 3,
  subMeters: 4,
  rest: 5,
  unit: 6,
  keyAmount: 7,
  keySum: 8,
  share: 9,
  part: 10,
  recorded: 11,
  check: 12,
} as const

export const madeColumn = {
  site: 0,
  product: 1,
  good: 2,
  unit: 3,
  scrap: 4,
  regrind: 5,
  scrapUnit: 6,
  massPerPiece: 7,
  scrapLeft: 8,
  leftUnit: 9,
  started: 10,
  startedUnit: 11,
  recorded: 12,
  check: 13,
} as const

/** What the working has for a total of a site. */
export const siteUse = 'site'

function totalKey(site: string, total: string): string {
  return `${site} / ${total}`
}

/** How each total was measured, as chains of the working. */
export function siteChains({ system }: ProductPaperSource): readonly Chain[] {
  return (system.siteData ?? []).flatMap(({ id, totals, period }) =>
    totals.map((total): Chain => {
      const steps = measuredSteps(withCodes(total as unknown as ActivityLine), period)
      return { line: totalKey(id, total.id), use: siteUse, way: { steps, measured: steps.length } }
    }),
  )
}

interface TotalRow {
  readonly site: SiteResult<string>
  readonly total: SiteTotalResult<string>
  readonly part: SitePart<string>
  /** Its place among the parts of the total, and how many there are. */
  readonly place: number
  readonly count: number
}

interface MadeRow {
  readonly site: SiteResult<string>
  readonly made: SiteProductResult<string>
}

export interface SitePlaces {
  /** What a line takes of its process's site for one run. */
  found(line: ActivityLine): Found | undefined
  sheets(placed: ReadonlyMap<string, PlacedChain>): readonly Sheet[]
}

export function sitePlaces(source: ProductPaperSource, words: ProductWords): SitePlaces {
  const years = source.result.product?.sites ?? []
  const totals = years.flatMap(totalRows)
  const made = years.flatMap((site): MadeRow[] => site.products.map((each) => ({ site, made: each })))
  const setting = { source, words, totals, made }
  return {
    found: (line) => foundOf(line, setting),
    sheets: (placed) => (years.length === 0 ? [] : [madeSheet(setting), divisionSheet(setting, placed)]),
  }
}

interface Setting {
  readonly source: ProductPaperSource
  readonly words: ProductWords
  readonly totals: readonly TotalRow[]
  readonly made: readonly MadeRow[]
}

function totalRows(site: SiteResult<string>): TotalRow[] {
  return site.totals.flatMap((total) =>
    total.parts.map((part, at) => ({ site, total, part, place: at, count: total.parts.length })),
  )
}

/** part, or count ÷ good output × output of the run. */
function foundOf({ fromSite, process }: ActivityLine, setting: Setting): Found | undefined {
  const { source, words, totals, made } = setting
  const at = source.system.processes.find(({ id }) => id === process)?.site
  const own = made.findIndex(({ site, made: each }) => site.site === at?.site && each.product === at?.product)
  const row = made[own]
  if (fromSite === undefined || at === undefined || row === undefined) return undefined
  const { good } = row.made
  const madeCell = (column: keyof typeof madeColumn) => reference(words.sheets.made, madeColumn[column], own)
  const rest: Step[] = [
    {
      name: 'goodOutput',
      operation: '÷',
      operand: { expression: madeCell('good'), number: Number(good.amount) },
      unit: good.unit,
    },
    {
      name: 'outputOfRun',
      operation: '×',
      operand: { number: outputOfRun(process ?? '', row, source) },
      unit: good.unit,
    },
  ]
  if (fromSite.flow !== undefined) {
    const flow = fromSite.flow === 'started' ? row.made.started : row.made.scrapLeft
    const column = fromSite.flow === 'started' ? 'started' : 'scrapLeft'
    const operand = { expression: madeCell(column), number: Number(flow?.amount ?? 0) }
    const unit = flow?.unit ?? good.unit
    return { steps: [{ name: column, operation: '=', operand, unit }, ...rest], unit }
  }
  const place = totals.findIndex(
    ({ site, total, part }) =>
      site.site === at.site && total.total === fromSite.total && part.product === at.product,
  )
  const part = totals[place]
  if (part === undefined) return undefined
  const operand = {
    expression: reference(words.sheets.sites, siteColumn.part, place),
    number: Number(part.part.amount),
  }
  const { unit } = part.total
  return { steps: [{ name: 'sitePart', operation: '=', operand, unit }, ...rest], unit }
}

/** The output of one run in the unit of the good output. */
function outputOfRun(process: string, { site, made }: MadeRow, { system }: ProductPaperSource): number {
  const output = system.processes.find(({ id }) => id === process)?.output
  const product = statedProduct(system.siteData, site.site, made.product)
  if (output === undefined) return 0
  return brought(output, made.good.unit, product)
}

function statedProduct(
  sites: readonly SiteData[] | undefined,
  site: string,
  product: string,
): SiteProduct | undefined {
  return sites?.find(({ id }) => id === site)?.products.find(({ id }) => id === product)
}

function measureOf({ amount, unit }: Quantity) {
  return { value: parseDecimal(amount), unit: unitCode(unit) }
}

/** A quantity in another unit, by the mass of a piece where that leads there. */
function brought(quantity: Quantity, unit: string, product: SiteProduct | undefined): number {
  const piece = product?.massPerPiece === undefined ? null : measureOf(product.massPerPiece)
  return inUnit(unit, measureOf(quantity), piece, '')
}

function madeSheet(setting: Setting): Sheet {
  const { words, made } = setting
  return {
    name: words.sheets.made,
    note: words.notes.made,
    columns: words.columns.made.map((title) => ({ title })),
    rows: made.map((row, at) => madeCells(row, at, setting)),
  }
}

/** scrap − regrind, in kg where a piece's mass is known. */
function madeCells({ site, made }: MadeRow, at: number, { source, words }: Setting): SheetCell[] {
  const cell = (column: keyof typeof madeColumn) => reference(words.sheets.made, madeColumn[column], at)
  const stated = statedProduct(source.system.siteData, site.site, made.product)
  const { good, scrap, regrind, started, scrapLeft } = made
  const reground = regrind && scrap ? brought(regrind, scrap.unit, stated) : null
  const piece =
    stated?.massPerPiece === undefined
      ? null
      : convert(parseDecimal(stated.massPerPiece.amount), stated.massPerPiece.unit, 'kg')
  const isPieces = scrap !== null && dimensionOf(scrap.unit) === 'count' && piece !== null
  const left = `(${cell('scrap')}-${cell('regrind')})${isPieces ? `*${cell('massPerPiece')}` : ''}`
  const recorded = scrapLeft === null ? null : Number(scrapLeft.amount)
  const { agrees, differs } = words.base
  const check = `IF(${isNear(cell('scrapLeft'), cell('recorded'))},"${agrees}","${differs}")`
  return [
    ...[site.site, nameOf(stated, made.product, words), Number(good.amount), good.unit],
    ...[scrap && Number(scrap.amount), reground, scrap?.unit ?? null, piece],
    recorded === null ? null : { formula: left, value: recorded },
    ...[scrapLeft?.unit ?? null, started && Number(started.amount), started?.unit ?? null, recorded],
    recorded === null ? null : { formula: check, value: agrees },
  ]
}

function nameOf(stated: SiteProduct | undefined, id: string, words: ProductWords): string {
  return stated === undefined ? id : words.base.nameOf(stated.name)
}

function divisionSheet(setting: Setting, placed: ReadonlyMap<string, PlacedChain>): Sheet {
  const { words, totals } = setting
  return {
    name: words.sheets.sites,
    note: words.notes.sites,
    columns: words.columns.sites.map((title) => ({ title })),
    rows: totals.map((row, at) => divisionCells(row, at, setting, placed)),
  }
}

function divisionCells(
  { site, total, part, place, count }: TotalRow,
  at: number,
  { source, words }: Setting,
  placed: ReadonlyMap<string, PlacedChain>,
): SheetCell[] {
  const cell = (column: keyof typeof siteColumn) => reference(words.sheets.sites, siteColumn[column], at)
  const { system } = source
  const stated = system.siteData?.find(({ id }) => id === site.site)
  const from = reference(words.sheets.sites, siteColumn.keyAmount, at - place)
  const until = reference(words.sheets.sites, siteColumn.keyAmount, at - place + count - 1).split('!')[1]
  const taker =
    part.product === null
      ? `${words.outside}: ${part.outside ?? ''}`
      : nameOf(statedProduct(system.siteData, site.site, part.product), part.product, words)
  const key = part.keyAmount === null ? null : Number(part.keyAmount)
  const recorded = Number(part.amount)
  const { agrees, differs } = words.base
  const near = isNear(cell('part'), cell('recorded'))
  const named = stated?.totals.find(({ id }) => id === total.total)
  return [
    ...[site.site, named ? words.base.nameOf(named.name) : total.total, taker],
    measuredOf(site.site, total.total, placed, words),
    {
      formula: subMeters({ site, total }, placed, words),
      value: Number(total.measured) - Number(total.rest),
    },
    { formula: `${cell('measured')}-${cell('subMeters')}`, value: Number(total.rest) },
    total.unit,
    key,
    key === null ? null : { formula: `SUM(${from}:${until})`, value: Number(total.keySum) },
    key === null ? 1 : { formula: `${cell('keyAmount')}/${cell('keySum')}`, value: Number(part.share) },
    { formula: `${cell('rest')}*${cell('share')}`, value: recorded },
    recorded,
    { formula: `IF(${near},"${agrees}","${differs}")`, value: agrees },
  ]
}

function measuredOf(
  site: string,
  total: string,
  placed: ReadonlyMap<string, PlacedChain>,
  words: ProductWords,
): { readonly formula: string; readonly value: number } {
  return outcome(placed, totalKey(site, total), siteUse, words.base)
}

/** What stands behind a total's meter, each in the total's unit. */
function subMeters(
  { site, total }: Pick<TotalRow, 'site' | 'total'>,
  placed: ReadonlyMap<string, PlacedChain>,
  words: ProductWords,
): string {
  const terms = total.subMeters.map(({ total: id }) => {
    const unit = placed.get(keyOf(totalKey(site.site, id), siteUse))?.way.steps[0]?.unit ?? total.unit
    const ratio = convert(1, unitOfTotal(site, id) ?? unit, total.unit)
    const { formula } = measuredOf(site.site, id, placed, words)
    return ratio === 1 ? formula : `${formula}*${formulaNumber(ratio)}`
  })
  return terms.length === 0 ? '0' : terms.join('+')
}

function unitOfTotal({ totals }: SiteResult<string>, id: string): string | undefined {
  return totals.find(({ total }) => total === id)?.unit
}
