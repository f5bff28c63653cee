/**
 * A working paper works everything out once more. Its formulas are worked out here, not read: on the worked examples they come to
 * what the record says, line by line, and what is changed in the paper moves all that hangs on it.
 */

import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { calculationOf, readExample } from '../../scripts/demo/examples.ts'
import { calculate, presentResult } from '../../src/engine/index.ts'
import type { ActivityLine, CalculationInput, InventoryInput } from '../../src/engine/types.ts'
import { workingPaper } from '../../src/http/working-paper/paper.ts'
import type { PaperSource } from '../../src/http/working-paper/source.ts'
import { wordsOf } from '../../src/http/working-paper/words.ts'
import { writeWorkbook } from '../../src/http/working-paper/workbook.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import { co2eFactor } from '../engine/fixtures.ts'
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

describe('the working paper of an inventory that means no good', () => {
  const power = (id: string, changes: Partial<ActivityLine> = {}): ActivityLine => ({
    ...{ id, category: 'purchased-electricity', quantity: { amount: '1', unit: 'kWh' } },
    factor: { table: 'cn-electricity-co2', year: 2023 },
    ...changes,
  })
  const inventory = (
    lines: readonly ActivityLine[],
    changes: Partial<InventoryInput> = {},
  ): InventoryInput => ({
    ...{ kind: 'organization', period: { start: '2024-01-01', end: '2025-01-01' }, region: 'CN-FJ' },
    ...{ gwpSet: { id: 'ipcc-ar6', version: '2021' }, lines },
    factorTables: [{ table: 'cn-electricity-co2', version: '2023' }],
    ...changes,
  })
  const many = (count: number) => Array.from({ length: count }, (_, at) => at)

  test('sums by facility where their names are patterns to a spreadsheet, or alike but for letter case', () => {
    const names = ['*', 'A*', 'AB', 'ab', '1', '01', '<>', '>0', '=A', '~', '"', '2024-01']
    const lines = names.map((facility, at) =>
      power(`line ${at}`, { facility, quantity: { amount: String(2 ** at), unit: 'kWh' } }),
    )
    const book = new Spreadsheet(workingPaper(sourceOf(inventory(lines)), 'en'))
    const rows = book.rows(sheets.summary).filter(([group]) => group === wordsOf('en').groups.facility)
    expect(rows.map((row) => row[1]).sort()).toEqual([...names].sort())
    // Each has its own power of two of kWh, so that no sum of others comes to it.
    for (const [, , recorded, again] of rows) expect(again).toBeCloseTo(Number(recorded), 9)
  })

  test('has no formula that is longer than a spreadsheet takes', () => {
    const steam = co2eFactor({ id: 'steam', category: 'purchased-heat', family: 'heat', unit: 'GJ' }, '110')
    const lines = many(1000).map(
      (at): ActivityLine => ({
        ...{ id: `heat ${at}`, category: 'purchased-heat', quantity: { amount: '1', unit: 'GJ' } },
        factor: { table: 'own', id: 'steam' },
      }),
    )
    const paper = workingPaper(sourceOf(inventory(lines, { ownFactors: [steam] })), 'en')
    const formulas = paper.flatMap(({ rows }) =>
      rows.flat().flatMap((cell) => (typeof cell === 'object' && cell !== null ? [cell.formula] : [])),
    )
    // Excel's limit; 1,000 references of a dozen characters in one formula would be beyond it.
    expect(Math.max(...formulas.map(({ length }) => length))).toBeLessThanOrEqual(8192)
    const book = new Spreadsheet(paper)
    // 1,000 lines of 110 kg, in sums of 200 lines and their sum.
    expect(book.rows(sheets.scope2).map((row) => row[5])).toEqual([...many(5).map(() => 22_000), 110_000])
  })

  test('takes many parts off one meter in little time', () => {
    const parts = many(9_999).map((at) => power(`part ${at}`, { partOf: 'main' }))
    const main = power('main', { quantity: { amount: '10000', unit: 'kWh' } })
    const working = workingPaper(sourceOf(inventory([main, ...parts])), 'en').find(
      ({ name }) => name === sheets.working,
    )
    // 10,000 kWh, and one less with each part: after the last one there is 1 kWh left.
    expect(working?.rows[9_999]?.[6]).toMatchObject({ value: 1 })
  })

  test('is refused where its working would be longer than a sheet', () => {
    const meters = many(20).map((at) => ({
      ...{ serial: `meter ${at}`, multiplier: '1' },
      readings: [
        { date: `2024-01-${String(at + 1).padStart(2, '0')}`, value: '0' },
        { date: at === 19 ? '2025-01-01' : `2024-01-${String(at + 2).padStart(2, '0')}`, value: '1' },
      ],
    }))
    const metered = many(5001).map((at) =>
      power(`line ${at}`, { quantity: undefined, meter: { unit: 'kWh', meters } }),
    )
    // 5,001 × 20 = 100,020 operations.
    expect(() => workingPaper(sourceOf(inventory(metered)), 'en')).toThrow(
      expect.objectContaining({ code: 'too-many-items', facts: expect.objectContaining({ count: 100_020 }) }),
    )
  }, 20_000)

  test('says of how many lines a gap is where it does not name them all', () => {
    const source = sourceOf(inventory(many(51).map((at) => power(`line ${at}`))))
    const gaps = workingPaper(source, 'en').find(({ name }) => name === sheets.gaps)?.rows ?? []
    // The grid factor states no CH4 and no N2O, for each of the 51 lines.
    expect(gaps.filter((row) => String(row[2]).endsWith(', … (51)')).length).toBeGreaterThanOrEqual(2)
  })

  test('is well-formed XML that reads back as what was written', async () => {
    const sent = ['a\uFFFEb', '_x0041_', '=HYPERLINK("http://127.0.0.1","x")']
    const lines = sent.map((description, at) => power(`line ${at}`, { description }))
    const files = unzipSync(await writeWorkbook(workingPaper(sourceOf(inventory(lines)), 'en')))
    const texts = strFromU8(files['xl/sharedStrings.xml'] as Uint8Array)
    expect(texts).toContain('<t>a\uFFFDb</t>')
    expect(texts).not.toMatch(/[\uFFFE\uFFFF]/)
    expect(texts).toContain('<t>_x005F_x0041_</t>')
    expect(texts).toContain('=HYPERLINK(')
    const formulas = Object.entries(files).flatMap(([, bytes]) => strFromU8(bytes).match(/<f>[^<]*/g) ?? [])
    expect(formulas.filter((formula) => formula.includes('HYPERLINK'))).toEqual([])
  })
})
