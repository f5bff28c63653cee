/**
 * A working paper works everything out once more. Its formulas are worked out here, not read: on the worked examples they come to
 * what the record says, line by line, and what is changed in the paper moves all that hangs on it.
 */

import { strFromU8, unzipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { calculationOf, readExample } from '../../scripts/demo/examples.ts'
import { calculate, presentResult } from '../../src/engine/index.ts'
import type { ActivityLine, CalculationInput, InventoryInput } from '../../src/engine/types.ts'
import { gasColumn } from '../../src/http/working-paper/gases-sheet.ts'
import { lineColumn } from '../../src/http/working-paper/lines-sheet.ts'
import { workingPaper } from '../../src/http/working-paper/paper.ts'
import { scope2Column } from '../../src/http/working-paper/scope-2-sheet.ts'
import type { PaperSource } from '../../src/http/working-paper/source.ts'
import { summaryColumn } from '../../src/http/working-paper/summary-sheet.ts'
import { wordsOf } from '../../src/http/working-paper/words.ts'
import { writeWorkbook } from '../../src/http/working-paper/workbook.ts'
import { workingColumn } from '../../src/http/working-paper/working-sheet.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import { ar6, context, factor, gridFactor, inventory, table } from '../engine/fixtures.ts'
import { Spreadsheet } from '../harness/formulas.ts'
import { contextOf } from './published-tables.ts'

function sourceOf(given: CalculationInput, on = contextOf): PaperSource {
  const input = canonicalInput(given) as InventoryInput
  const context = on(input)
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
      ...compared(book, names.lines, lineColumn.kgCo2e, lineColumn.recorded),
      ...compared(book, names.gases, gasColumn.kgCo2e, gasColumn.recorded),
      ...compared(book, names.summary, summaryColumn.formula, summaryColumn.recorded),
      ...compared(book, names.scope2, scope2Column.kgCo2e, scope2Column.recorded),
    ]
    expect(rows.length).toBeGreaterThan(40)
    for (const [again, recorded] of rows)
      expect(Math.abs(again - recorded)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(recorded)))
    const words = wordsOf(language)
    expect(new Set(book.rows(names.summary).map((row) => row[summaryColumn.check]))).toEqual(
      new Set([words.agrees]),
    )
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
    const before = Number(book.at(sheets.summary, summaryColumn.formula, 0))
    // The first step of the first line is its amount: twice as much adds once more what the line comes to.
    const [amount, line] = [
      Number(book.at(sheets.working, workingColumn.operand, 0)),
      Number(book.at(sheets.lines, lineColumn.kgCo2e, 0)),
    ]
    book.change(sheets.working, workingColumn.operand, 0, amount * 2)
    expect(Number(book.at(sheets.summary, summaryColumn.formula, 0))).toBeCloseTo(before + line, 6)
    expect(book.at(sheets.summary, summaryColumn.check, 0)).toBe(wordsOf('en').differs)
  })

  test('is an XLSX file that is recalculated when it is opened', async () => {
    const bytes = await writeWorkbook(workingPaper(source, 'zh'))
    // A ZIP archive begins with "PK".
    expect([...bytes.slice(0, 2)]).toEqual([0x50, 0x4b])
  })
})

const grid = gridFactor('grid', 'CN', 2023, '0.5')
const straw = factor({
  ...{ id: 'straw', unit: 't' },
  flows: [
    { kind: 'biogenic', gas: 'CO2', kg: '1500' },
    { kind: 'biogenic', gas: 'CH4', kg: '2' },
    { kind: 'removal', gas: 'CO2', kg: '-100' },
  ],
})
const tables = [table('t', [grid, straw])]

function smallSource(lines: InventoryInput['lines']): PaperSource {
  return sourceOf(inventory(lines, tables), () => context(tables))
}

function power(id: string, kWh: string, more: Partial<ActivityLine> = {}): ActivityLine {
  const quantity = { amount: kWh, unit: 'kWh' }
  return { id, category: 'purchased-electricity', factor: { id: 'grid' }, quantity, ...more }
}

/** The rows of the summary by breakdown and item: recorded, and by formula. */
function summaryOf(source: PaperSource): ReadonlyMap<string, readonly [number, number]> {
  const rows = new Spreadsheet(workingPaper(source, 'en')).rows(sheets.summary)
  return new Map(
    rows.map((row) => [
      `${row[summaryColumn.group]}: ${row[summaryColumn.name]}`,
      [Number(row[summaryColumn.recorded]), Number(row[summaryColumn.formula])],
    ]),
  )
}

test('sums facilities by exactly their names, which a pattern, a case, a number or a formula would not tell apart', () => {
  const names = ['F*', 'FF', 'ff', '01', '1', '2024-01', '=1+1', '@x"y', '~?']
  const lines = names.map((facility, at) => power(`l${at}`, String(10 ** at), { facility }))
  const sums = summaryOf(smallSource(lines))
  // The line at place n is 10^n kWh × 0.5 kg.
  for (const [at, name] of names.entries())
    expect(sums.get(`Facility: ${name}`)).toEqual([0.5 * 10 ** at, 0.5 * 10 ** at])
})

test('sums what stands apart, each kind, and the total with scope 2 by market', () => {
  const sums = summaryOf(
    smallSource([
      power('bought', '1000'),
      power('sold', '300', { category: 'exported-electricity' }),
      {
        ...{ id: 'burnt', category: 'stationary-combustion', factor: { id: 'straw' } },
        quantity: { amount: '2', unit: 't' },
      },
    ]),
  )
  // 300 kWh × 0.5; straw: 2 t × 1500, 2 t × 2 × 27, 2 t × −100; all of scope 1 and 2 by location is 500 + 108.
  expect(sums.get('Outside the total: the category exported-electricity')).toEqual([150, 150])
  expect(sums.get('Kind: Fossil')).toEqual([500, 500])
  expect(sums.get('Kind: Biogenic, outside the total')).toEqual([3000, 3000])
  expect(sums.get('Kind: Biogenic')).toEqual([108, 108])
  expect(sums.get('Kind: Removals, outside the total')).toEqual([-200, -200])
  // No residual mix is pinned: the grid's own factor stands for it, so both methods come to the same.
  expect(sums.get('Scope 2: Scope 2 by market')).toEqual([500, 500])
  expect(sums.get('Scope 2: Total with scope 2 by market')).toEqual([608, 608])
})

test('counts a gas as its sheet says, whatever the record had', () => {
  const book = new Spreadsheet(workingPaper(smallSource([power('bought', '1000')]), 'en'))
  const co2 = Object.keys(ar6.values).indexOf('CO2')
  book.change(sheets.gwp, 2, co2, 0)
  expect(book.at(sheets.summary, summaryColumn.formula, 0)).toBe(0)
  expect(book.at(sheets.gases, gasColumn.kgCo2e, 0)).toBe(500)
})

test('states the GWP of a gas also where there is none of it', () => {
  const paper = workingPaper(smallSource([power('bought', '0')]), 'en')
  const cell = paper.find(({ name }) => name === sheets.gases)?.rows[0]?.[gasColumn.gwp]
  expect(cell).toMatchObject({ value: 1 })
})

test('says how many lines a list leaves out', () => {
  const lines = Array.from({ length: 53 }, (_, at) => power(`l${at}`, '1'))
  const gaps = (language: 'en' | 'zh') =>
    workingPaper(smallSource(lines), language).find(({ name }) => name === wordsOf(language).sheets.gaps)
  // 50 of the 53 are named.
  expect(gaps('en')?.rows[0]?.[2]).toMatch(/^l0, .*, l49, and 3 more$/)
  expect(gaps('zh')?.rows[0]?.[2]).toMatch(/, l49, 另有 3 条$/)
})

test('calls steps and chains by words of its language', () => {
  const line: ActivityLine = {
    ...{ id: 'a', category: 'fugitive-emissions', gas: 'SF6' },
    gasBalance: { unit: 'kg', opening: '5', purchased: '3', returned: '1', closing: '2', newCharge: '0' },
  }
  const first = (language: 'en' | 'zh') =>
    workingPaper(smallSource([line]), language)
      .find(({ name }) => name === wordsOf(language).sheets.working)
      ?.rows.map((row) => [row[workingColumn.use], row[workingColumn.name]])[0]
  expect(first('en')).toEqual(['Activity', 'Opening stock'])
  expect(first('zh')).toEqual(['活动数据', '期初库存'])
})

test('writes what a client named as text, whatever it looks like', async () => {
  const named = power('=cmd|x!A1', '1', { facility: '#N/A', description: '=HYPERLINK("http://x.test")' })
  const files = unzipSync(await writeWorkbook(workingPaper(smallSource([named]), 'en')))
  const xml = Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)] as const)
  const formulas = xml.flatMap(([, text]) =>
    [...text.matchAll(/<f[^>]*>([^<]*)<\/f>/g)].map((found) => found[1]),
  )
  expect(formulas.length).toBeGreaterThan(10)
  expect(formulas.filter((formula) => /cmd|HYPERLINK|#N/.test(formula ?? ''))).toEqual([])
  const strings = xml.filter(([name]) => /sharedStrings|sheet\d/.test(name)).map(([, text]) => text)
  expect(strings.join('')).toContain('=cmd|x!A1')
  expect(strings.join('')).toContain('=HYPERLINK(')
  // An error cell (t="e") would make every sum over its column an error.
  expect(strings.join('')).toContain('#N/A')
  expect(strings.join('')).not.toContain('t="e"')
})

test('weighs by the client’s own factor where a published one has its name', () => {
  const own = { ...grid, flows: [{ kind: 'fossil' as const, gas: 'CO2', kg: '0.25' }] }
  const line = power('bought', '1000', { factor: { table: 'own', id: 'grid' } })
  const input = inventory([line, power('other', '1000', { factor: { table: 't', id: 'grid' } })], tables, {
    ownFactors: [own],
  })
  const book = new Spreadsheet(
    workingPaper(
      sourceOf(input, () => context(tables)),
      'en',
    ),
  )
  // 1000 kWh × 0.25 by the own factor, × 0.5 by the table's.
  expect(book.rows(sheets.lines).map((row) => row[lineColumn.kgCo2e])).toEqual([250, 500])
})

test('writes a small number inside a formula as a spreadsheet reads it', () => {
  const line: ActivityLine = {
    ...{ id: 'a', category: 'fugitive-emissions', gas: 'SF6' },
    leakage: { unit: 'kg', charge: '1e-7', toppedUp: '2e-8', days: '365' },
  }
  const working = workingPaper(smallSource([line]), 'en').find(({ name }) => name === sheets.working)
  expect(working?.rows[1]?.[workingColumn.operand]).toMatchObject({ formula: '2E-8/1E-7*365/365' })
})

test('is written in one face, numbers under the right edge of their titles, to the last day of its period', async () => {
  const paper = workingPaper(smallSource([power('meter', '1')]), 'zh')
  expect(paper[0]?.note).toMatch(/^Paper · 2023-01-01 – 2023-12-31 · /)
  const bytes = await writeWorkbook(paper, '微软雅黑')
  const styles = strFromU8(unzipSync(bytes)['xl/styles.xml'] ?? new Uint8Array())
  const [fonts = ''] = /<fonts.*<\/fonts>/s.exec(styles) ?? []
  const faces = fonts.split('<font>').slice(1)
  expect(faces.length).toBeGreaterThan(3)
  for (const face of faces) expect(face).toContain('<name val="微软雅黑"/>')
  const [summary] = (await readXlsx(bytes, { readStyles: true })).sheets
  const alignment = (column: number) => summary?.cells?.get(`1,${column}`)?.style?.alignment?.horizontal
  expect([0, 2, 3, 5].map(alignment)).toEqual([undefined, 'right', 'right', 'left'])
})
