/**
 * A working paper works everything out once more. Its formulas are worked out here, not read: on the worked examples they come to
 * what the record says, line by line, and what is changed in the paper moves all that hangs on it.
 */

import { describe, expect, test } from 'vitest'
import { calculationOf, readExample } from '../../scripts/demo/examples.ts'
import { calculate, presentResult } from '../../src/engine/index.ts'
import type { CalculationInput, InventoryInput } from '../../src/engine/types.ts'
import { workingPaper } from '../../src/http/working-paper/paper.ts'
import type { PaperSource } from '../../src/http/working-paper/source.ts'
import { wordsOf } from '../../src/http/working-paper/words.ts'
import { writeWorkbook } from '../../src/http/working-paper/workbook.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import { Spreadsheet } from '../harness/formulas.ts'
import { contextOf } from './published-tables.ts'

function sourceOf(given: CalculationInput): PaperSource {
  const input = canonicalInput(given) as InventoryInput
  const context = contextOf(input)
  const { result } = presentResult(calculate(input, context))
  return {
    ...{ title: 'Paper', period: input.period, lines: input.lines, result },
    ...{ tables: context.tables, gwpSet: context.gwpSet, ownFactors: input.ownFactors ?? [] },
    categoryName: (category) => `the category ${category}`,
  }
}

/** Of every row of a sheet, the figure by formula beside the recorded one. */
function compared(book: Spreadsheet, sheet: string, formula: number, recorded: number) {
  return book.rows(sheet).map((row) => [Number(row[formula]), Number(row[recorded])] as const)
}

const { sheets } = wordsOf('en')
const examples = ['organization-food-processing-site', 'organization-xiamen-factory'] as const

describe.each(examples)('the working paper of examples/%s', (name) => {
  const source = sourceOf(calculationOf(readExample(name)))

  test.each(['en', 'zh'] as const)('agrees with the record in every line, gas and sum (%s)', (language) => {
    const names = wordsOf(language).sheets
    const book = new Spreadsheet(workingPaper(source, language))
    const rows = [
      ...compared(book, names.lines, 13, 14),
      ...compared(book, names.gases, 8, 11),
      ...compared(book, names.summary, 3, 2),
      ...compared(book, names.scope2, 5, 6),
    ]
    expect(rows.length).toBeGreaterThan(40)
    for (const [again, recorded] of rows)
      expect(Math.abs(again - recorded)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(recorded)))
    const words = wordsOf(language)
    expect(new Set(book.rows(names.summary).map((row) => row[5]))).toEqual(new Set([words.agrees]))
  })

  test('writes beside each formula the value that it has', () => {
    const paper = workingPaper(source, 'en')
    const book = new Spreadsheet(paper)
    for (const { name: sheet, rows } of paper) {
      for (const [row, cells] of rows.entries()) {
        for (const [column, cell] of cells.entries()) {
          if (typeof cell !== 'object' || cell === null || typeof cell.value !== 'number') continue
          const value = Number(book.at(sheet, column, row))
          expect(Math.abs(value - cell.value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)))
        }
      }
    }
  })

  test('moves when a verifier changes an amount, and says so', () => {
    const book = new Spreadsheet(workingPaper(source, 'en'))
    const before = Number(book.at(sheets.summary, 3, 0))
    // The first step of the first line is its amount: twice as much adds once more what the line comes to.
    const [amount, line] = [Number(book.at(sheets.working, 4, 0)), Number(book.at(sheets.lines, 13, 0))]
    book.change(sheets.working, 4, 0, amount * 2)
    expect(Number(book.at(sheets.summary, 3, 0))).toBeCloseTo(before + line, 6)
    expect(book.at(sheets.summary, 5, 0)).toBe(wordsOf('en').differs)
  })

  test('is an XLSX file that is recalculated when it is opened', async () => {
    const bytes = await writeWorkbook(workingPaper(source, 'zh'))
    // A ZIP archive begins with "PK".
    expect([...bytes.slice(0, 2)]).toEqual([0x50, 0x4b])
  })
})

describe('units as they were written', () => {
  /** A record keeps 万元, 公里 and 吨 as the client wrote them; the paper reads them as the engine does. */
  const source = sourceOf({
    kind: 'organization',
    period: { start: '2025-01-01', end: '2026-01-01' },
    region: 'CN-FJ',
    gwpSet: { id: 'ipcc-ar5', version: '2013' },
    factorTables: [
      { table: 'us-supply-chain', version: '1.3' },
      { table: 'cn-cpcd-core', version: '2025' },
      { table: 'cn-fuel', version: '2015' },
    ],
    lines: [
      {
        id: 'consulting',
        category: 'purchased-goods-and-services',
        quantity: { amount: '350', unit: '万元' },
        spend: { year: 2025, priceIndex: '0.98', exchangeRate: '0.14' },
        factor: { table: 'us-supply-chain', id: 'useeio-sc-1.3-541611-wm' },
      },
      {
        id: 'freight',
        category: 'upstream-transportation-and-distribution',
        quantity: { amount: '1500', unit: '吨' },
        distance: { amount: '420', unit: '公里' },
        factor: { table: 'cn-cpcd-core', id: 'cpcd-65119x0322024c' },
      },
      {
        id: 'gas',
        category: 'stationary-combustion',
        quantity: { amount: '11', unit: '万立方米' },
        fuel: {
          table: 'cn-fuel',
          id: 'set-a-natural-gas',
          netCalorificValue: { amount: '382.5', unit: '吉焦/万立方米' },
        },
      },
    ],
  })
  const book = new Spreadsheet(workingPaper(source, 'zh'))
  const names = wordsOf('zh').sheets

  test('come to what the record says', () => {
    for (const [again, recorded] of compared(book, names.lines, 13, 14))
      expect(Math.abs(again - recorded)).toBeLessThanOrEqual(1e-9 * recorded)
  })

  // 1500 t × 420 km × 0.1502; 11 × 10⁴ m³ × 382.5 GJ × 15.3 kgC/GJ × 0.99 × 44 ÷ 12.
  test.each([
    ['freight', 94_626],
    ['gas', 233_680.3425],
  ])('%s comes to %d kg by hand', (id, kg) => {
    const row = book.rows(names.lines).find(([name]) => name === id)
    expect(Number(row?.[13])).toBeCloseTo(kg, 6)
  })
})
