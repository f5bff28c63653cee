/**
 * A product's working paper works everything out once more, the network with it. Its formulas are worked out here, not read: on worked
 * examples and made-up systems of every kind they come to what the record says, and what is changed moves all that hangs on it.
 */

import { describe, expect, test } from 'vitest'
import { calculationOf, type ExampleName, exampleNames, readExample } from '../../scripts/demo/examples.ts'
import type { ActivityLine, ProductInput } from '../../src/engine/types.ts'
import { gasColumn } from '../../src/http/working-paper/gases-sheet.ts'
import { lineColumn } from '../../src/http/working-paper/lines-sheet.ts'
import { allocationColumn } from '../../src/http/working-paper/product/allocation-sheet.ts'
import { circularColumn } from '../../src/http/working-paper/product/end-of-life-sheet.ts'
import { processColumn } from '../../src/http/working-paper/product/network-sheets.ts'
import { productPaper } from '../../src/http/working-paper/product/product-paper.ts'
import { siteColumn } from '../../src/http/working-paper/product/site-sheets.ts'
import type { ProductPaperSource } from '../../src/http/working-paper/product/source.ts'
import { productWordsOf } from '../../src/http/working-paper/product/words.ts'
import { summaryColumn } from '../../src/http/working-paper/summary-sheet.ts'
import { workingColumn } from '../../src/http/working-paper/working-sheet.ts'
import { co2eFactor, context, product, table } from '../engine/fixtures.ts'
import { Spreadsheet } from '../harness/formulas.ts'
import { paperSourceOf, type SourcedProduct } from '../report/made-up-paper.ts'
import * as madeUp from '../report/made-up-product.ts'
import { contextOf } from './published-tables.ts'

function exampleSource(name: ExampleName): ProductPaperSource {
  const input = calculationOf(readExample(name)) as ProductInput
  return paperSourceOf(input, contextOf(input))
}

const made: Readonly<Record<string, SourcedProduct>> = {
  loop: madeUp.loopInput(),
  chair: madeUp.chairInput(),
  cake: madeUp.cakeInput(),
  dairy: madeUp.dairyInput(),
  credited: madeUp.creditedInput(),
  site: madeUp.siteInput(),
  circle: madeUp.circleInput(),
  green: madeUp.greenInput(),
}
const sources: Readonly<Record<string, () => ProductPaperSource>> = {
  ...Object.fromEntries(Object.entries(made).map(([name, one]) => [name, () => paperSourceOf(...one)])),
  ...Object.fromEntries(
    exampleNames
      .filter((name) => name.startsWith('product-'))
      .map((name) => [name, () => exampleSource(name)]),
  ),
}

const { base, sheets } = productWordsOf('en')

describe.each(Object.keys(sources))('the working paper of %s', (name) => {
  const source = (sources[name] as () => ProductPaperSource)()
  const size = source.result.lines.reduce((sum, { kgCo2e }) => sum + Math.abs(Number(kgCo2e)), 0)

  test.each(['en', 'zh'] as const)(
    'agrees with the record in every line, gas, sum and check (%s)',
    (language) => {
      const words = productWordsOf(language)
      const paper = productPaper(source, language)
      const book = new Spreadsheet(paper)
      const near = (again: unknown, recorded: unknown) =>
        expect(Math.abs(Number(again) - Number(recorded))).toBeLessThanOrEqual(
          1e-9 * Math.max(size, Math.abs(Number(recorded))),
        )
      for (const row of book.rows(words.base.sheets.lines))
        near(row[lineColumn.kgCo2e], row[lineColumn.recorded])
      for (const row of book.rows(words.base.sheets.gases))
        near(row[gasColumn.kgCo2e], row[gasColumn.recorded])
      for (const row of book.rows(words.base.sheets.summary))
        near(row[summaryColumn.formula], row[summaryColumn.recorded])
      const checks = paper.flatMap(({ name: sheet, columns }) => {
        const column = columns.findIndex(({ title }) => title === words.check)
        return column === -1 ? [] : book.rows(sheet).map((row) => row[column])
      })
      expect(new Set(checks.filter((check) => check !== null))).toEqual(new Set([words.base.agrees]))
      expect(checks.length).toBeGreaterThan(8)
    },
  )

  test('writes beside each formula the value that it has', () => {
    const paper = productPaper(source, 'en')
    const book = new Spreadsheet(paper)
    for (const { name: sheet, rows } of paper) {
      for (const [row, cells] of rows.entries()) {
        for (const [column, cell] of cells.entries()) {
          if (typeof cell !== 'object' || cell === null || typeof cell.value !== 'number') continue
          const value = Number(book.at(sheet, column, row))
          const off = Math.abs(value - cell.value)
          expect([sheet, row, column, off <= 1e-9 * Math.max(1, Math.abs(value))]).toEqual([
            ...[sheet, row, column],
            true,
          ])
        }
      }
    }
  })
})

/** The row of a sheet whose cells are these, and the sheet's number of it. */
function rowWhere(book: Spreadsheet, sheet: string, wanted: Readonly<Record<number, unknown>>): number {
  const row = book
    .rows(sheet)
    .findIndex((cells) => Object.entries(wanted).every(([column, value]) => cells[Number(column)] === value))
  if (row === -1) throw new Error(`no such row in ${sheet}`)
  return row
}

describe('the network in the paper', () => {
  const book = () => new Spreadsheet(productPaper(paperSourceOf(...madeUp.loopInput()), 'en'))

  test('makes what others take and what is asked for', () => {
    // 1.25 kg of steel: 0.1 × 2.5 for the power, 1 asked for; 2.5 kWh, all for the steel.
    const rows = book().rows(sheets.processes)
    expect(
      rows.map((row) => [row[processColumn.key], ...row.slice(processColumn.made, processColumn.asked + 1)]),
    ).toEqual([
      ['power', 2.5, 2.5, 0],
      ['steel', 1.25, 0.25, 1],
    ])
  })

  test('says so where the record’s runs are not its solution', () => {
    const changed = book()
    const row = rowWhere(changed, sheets.processes, { [processColumn.key]: 'steel' })
    changed.change(sheets.processes, processColumn.runs, row, 1.5)
    expect(changed.at(sheets.processes, processColumn.check, row)).toBe(base.differs)
    // 1.5 × 3 of melting, and power as recorded.
    expect(changed.at(base.sheets.summary, summaryColumn.formula, 0)).toBeCloseTo(4.5 + 2.5, 12)
    const check = rowWhere(changed, base.sheets.summary, { [summaryColumn.name]: sheets.processes })
    expect(changed.at(base.sheets.summary, summaryColumn.formula, check)).toBe(2)
  })
})

test('what a verifier changes in an allocation, a site, a material or a parameter moves the total', () => {
  const totalOf = (book: Spreadsheet) => Number(book.at(base.sheets.summary, summaryColumn.formula, 0))
  // Half a cake's dairy as given shares would have it: 2 × 0.5 × 20 + 1/3 × 0.5 × 20 instead of 2 × 0.1 × 20 + 1/3 × 0.9 × 20.
  const dairy = new Spreadsheet(productPaper(paperSourceOf(...madeUp.dairyInput()), 'en'))
  for (const product of ['butter', 'buttermilk']) {
    const row = rowWhere(dairy, sheets.allocation, { [allocationColumn.product]: product })
    dairy.change(sheets.allocation, allocationColumn.share, row, 0.5)
  }
  const own = rowWhere(dairy, base.sheets.lines, { 0: 'dairy-co2' })
  expect(dairy.at(base.sheets.lines, lineColumn.kgCo2e, own)).toBeCloseTo((2 + 1 / 3) * 0.5 * 10, 12)

  // The main meter: 6 MWh of housings for 1000 are 6 kWh; twice the key hours of grilles leave them 300/500 × 8 = 4.8.
  const site = new Spreadsheet(productPaper(paperSourceOf(...madeUp.siteInput()), 'en'))
  const before = totalOf(site)
  const grille = rowWhere(site, sheets.sites, {
    [siteColumn.total]: 'Main meter',
    [siteColumn.taker]: 'Grille',
  })
  site.change(sheets.sites, siteColumn.keyAmount, grille, 200)
  expect(totalOf(site)).toBeCloseTo(before - 1.2 * 0.5, 10)

  // R1 from 0.4 to 0.5: Ev 0.5 + 0.5 × 0.8 × 0.9 = 0.86, Erecycled 0.1; was 0.888 and 0.08.
  const circle = new Spreadsheet(productPaper(paperSourceOf(...madeUp.circleInput()), 'en'))
  const whole = totalOf(circle)
  for (const [row, cells] of circle.rows(sheets.endOfLife).entries())
    if (cells[circularColumn.name] === 'R1') circle.change(sheets.endOfLife, circularColumn.value, row, 0.5)
  expect(totalOf(circle)).toBeCloseTo(whole + (0.86 - 0.888) * 1.3 + (0.1 - 0.08) * 1.07, 10)
})

test('names among the gaps what the engine found', () => {
  const source = paperSourceOf(...madeUp.chairInput())
  const found = source.result.product?.findings.length ?? 0
  const rows = new Spreadsheet(productPaper(source, 'en')).rows(base.sheets.gaps)
  expect(rows.filter(([what]) => String(what).startsWith('Finding: '))).toHaveLength(found)
  expect(found).toBeGreaterThan(0)
})

test('works out parameters by their formulas', () => {
  const tables = [table('t', [co2eFactor({ id: 'steel', unit: 'kg', family: 'cradle-to-gate' }, '2')])]
  const line: ActivityLine = {
    ...{ id: 'steel', category: 'material', process: 'part', factor: { id: 'steel' } },
    parameter: { id: 'charged', times: '3' },
  }
  const input = product([{ id: 'part', output: { amount: '1', unit: 'kg' } }], [line], {
    factorTables: [{ table: 't', version: '1' }],
    parameters: [
      { id: 'charged', formula: 'net ÷ (1 − scrap)', unit: 'kg' },
      { id: 'net', value: '0.9' },
      { id: 'scrap', value: '0.1' },
    ],
  })
  const book = new Spreadsheet(productPaper(paperSourceOf(input, context(tables)), 'en'))
  // 0.9 ÷ 0.9 × 3 kg × 2.
  expect(book.at(base.sheets.summary, summaryColumn.formula, 0)).toBeCloseTo(6, 12)
  book.change(sheets.parameters, 3, 2, 0.55)
  // 0.9 ÷ 0.45 × 3 × 2.
  expect(book.at(base.sheets.summary, summaryColumn.formula, 0)).toBeCloseTo(12, 12)
})

test('spreads a conversion over its years, and counts none that lies elsewhere', () => {
  const line = (id: string, kind: 'direct' | 'indirect', convertedIn: number): ActivityLine => ({
    ...{ id, category: 'process-emissions', process: 'field', gas: 'CO2', flowKind: 'land-use-change' },
    ...{ quantity: { amount: '300', unit: 'kg' }, landUseChange: { kind, convertedIn, years: 20 } },
  })
  const lines = [line('new', 'direct', 2010), line('old', 'direct', 2003), line('far', 'indirect', 2010)]
  const input = product([{ id: 'field', output: { amount: '1', unit: 'kg' } }], lines)
  const book = new Spreadsheet(productPaper(paperSourceOf(input, context()), 'en'))
  // 300 ÷ 20 in 2023; 2003 + 20 years are over; elsewhere counts nowhere.
  expect(book.rows(base.sheets.lines).map((row) => row[lineColumn.kgCo2e])).toEqual([15, 0, 0])
  const steps = book.rows(base.sheets.working).map((row) => row[workingColumn.name])
  expect(steps.slice(0, 3)).toEqual(['Amount', 'Counts in this year', 'Years it is spread over'])
})
