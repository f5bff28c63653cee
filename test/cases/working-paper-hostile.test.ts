/** The working paper of an inventory that was made to break it: names that are patterns, endless formulas, characters that no file holds. */

import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
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

const { sheets } = wordsOf('en')

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
    // 1,000 lines of 110 kg, in one sum, and the sum of sums.
    expect(book.rows(sheets.scope2).map((row) => row[5])).toEqual([110_000, 110_000])
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
    expect(
      gaps.filter((row) => String(row[2]).endsWith(wordsOf('en').more(1))).length,
    ).toBeGreaterThanOrEqual(2)
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
