/** The same activity data as JSON, CSV and workbook come to the same bytes; and the template reads as what it asks for. */

import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { calculationOf, readExample } from '../../scripts/demo/examples.ts'
import { calculate, organizationCategories, unitCode } from '../../src/engine/index.ts'
import type { ActivityLine } from '../../src/engine/types.ts'
import { type CsvColumn, columnOf, csvColumns } from '../../src/http/activity-columns.ts'
import { csvActivityData, workbookActivityData } from '../../src/http/activity-data.ts'
import { readLines } from '../../src/http/activity-rows.ts'
import { activityTemplate, commonUnits, sheetNames } from '../../src/http/activity-template.ts'
import { readActivitySheet } from '../../src/http/workbook/activity-sheet.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { canonicalLine } from '../../src/record/canonical-input.ts'
import { dataWorkbook, type MadeCell } from '../http/made-workbook.ts'
import { contextOf } from './published-tables.ts'

const bytesOf = (lines: readonly ActivityLine[]) =>
  new TextDecoder().decode(
    canonicalBytes({ lines: lines.map((line, at) => canonicalLine(line, ['lines', at])) }),
  )

/** Texts that a cell may hold: quotes, commas, markup, spaces around, Chinese. */
const text = fc
  .string({ unit: fc.constantFrom(...'ab"\',;<&>_x000D= 厦门电表é'), minLength: 1, maxLength: 12 })
  .filter((written) => written.trim() !== '' && !/_x000D_/.test(written))
const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const amount = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })
  .map((value) => String(value + 0))

const line = fc.record(
  {
    id: text,
    category: fc.constantFrom('purchased-electricity', 'mobile-combustion'),
    description: text,
    period: fc.record({ start: day, end: day }),
    quantity: fc.record({ amount, unit: fc.constantFrom('kWh', '万kWh', 't') }),
    density: fc.record({ amount, unit: fc.constant('kg/L') }),
    factor: fc.record({ table: text, year: fc.integer({ min: 1990, max: 2100 }) }),
    beside: fc.tuple(fc.record({ id: text, gases: fc.constantFrom(['CH4'], ['CH4', 'N2O']) })),
  },
  { requiredKeys: ['id', 'category', 'quantity'] },
) as fc.Arbitrary<ActivityLine>
const lines = fc.uniqueArray(line, { selector: ({ id }) => id.normalize('NFC'), maxLength: 6 })

/** The cell of a column, as text. */
function cellOf(of: ActivityLine, column: CsvColumn): string {
  // biome-ignore lint/suspicious/noExplicitAny: members are followed by their names
  const found = column.split('.').reduce<any>((value, name) => {
    const member = value?.[name]
    return name === 'beside' ? member?.[0] : member
  }, of)
  return Array.isArray(found) ? found.join(' ') : found === undefined ? '' : String(found)
}

const used = csvColumns.filter((name) =>
  /^(?:id|category|description|period|quantity|density|factor\.(?:table|year)|beside\.(?:id|gases))/.test(
    name,
  ),
)
const dayNumber = (written: string) => Date.parse(written) / 86_400_000 + 25_569

/** A cell as Excel would store it: numbers and days as numbers, everything else as text. */
function storedCell(of: ActivityLine, column: CsvColumn): MadeCell {
  const written = cellOf(of, column)
  if (written === '') return null
  const { kind } = columnOf(column)
  if (kind === 'date') return { v: String(dayNumber(written)), s: 1 }
  return kind === 'decimal' || kind === 'year' ? { v: written } : written
}

describe('the same data', () => {
  test('as JSON, CSV and workbook, in any language of the headers, come to the same bytes', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('zh', 'en', null), fc.boolean(), (sent, language, inline) => {
        const head = used.map((name) => (language === null ? name : columnOf(name).title[language]))
        const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
        const csv = [head, ...sent.map((one) => used.map((name) => cellOf(one, name)))]
          .map((cells) => cells.map(quoted).join(','))
          .join('\r\n')
        const stored = [head, ...sent.map((one) => used.map((name) => storedCell(one, name)))]
        const workbook = dataWorkbook(stored, { formats: ['General', 14], inline })
        const expected = bytesOf(sent)
        expect(bytesOf(csvActivityData(new TextEncoder().encode(csv)).lines)).toBe(expected)
        expect(bytesOf(workbookActivityData(workbook).lines)).toBe(expected)
      }),
      { numRuns: 200 },
    )
  })

  test('in a workbook that another program wrote come to the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom('shared', 'inline'), async (sent, stringMode) => {
        const cell = (one: ActivityLine, name: CsvColumn) => {
          const written = cellOf(one, name)
          if (written === '') return null
          const { kind } = columnOf(name)
          if (kind === 'date') return new Date(`${written}T00:00:00Z`)
          return kind === 'decimal' || kind === 'year' ? Number(written) : written
        }
        const rows = [
          used.map((name) => columnOf(name).title.zh),
          ...sent.map((one) => used.map((name) => cell(one, name))),
        ]
        const bytes = await writeXlsx({
          sheets: [{ name: 'Data', rows }],
          stringMode: stringMode as 'shared',
        })
        expect(bytesOf(workbookActivityData(bytes).lines)).toBe(bytesOf(sent))
      }),
      { numRuns: 60 },
    )
  })
})

describe.each(['zh', 'en'] as const)('the template in %s', (language) => {
  const examplesOf = async (kind: 'organization' | 'product') => {
    const bytes = await activityTemplate(language, kind)
    const { header, rows } = readActivitySheet(bytes, [sheetNames.examples[language]])
    return readLines(header, rows)
  }

  test.each(['organization', 'product'] as const)(
    'of %s reads as no lines, under every column of its own',
    async (kind) => {
      const bytes = await activityTemplate(language, kind)
      expect(workbookActivityData(bytes).lines).toEqual([])
      const { header } = readActivitySheet(bytes)
      const missing = csvColumns.filter((name) => !header.columns.includes(name))
      expect(missing).toEqual(kind === 'product' ? [] : ['process', 'from'])
      expect(header.columns.slice(0, 8)).toEqual(
        csvColumns.filter((name) => columnOf(name).group === 'essential'),
      )
    },
  )

  test('has examples that import as they stand and come to the year of the worked example', async () => {
    const read = await examplesOf('organization')
    expect(read).toHaveLength(6)
    const example = readExample('organization-xiamen-factory')
    const input = { ...calculationOf(example), lines: read } as ReturnType<typeof calculationOf>
    // The same year, an activity a line instead of a month: the total worked out by hand beside the example holds.
    const { total } = calculate(input, contextOf(input))
    expect(Math.abs(total - Number(example.expected.totals.total))).toBeLessThan(
      Number(example.expected.tolerance),
    )
  })

  test('has examples of a product that import as they stand', async () => {
    const read = await examplesOf('product')
    expect(read).toHaveLength(6)
    expect(read.map(({ process }) => process)).toEqual(Array(6).fill('assembly'))
    for (const { quantity } of read) expect(unitCode(quantity?.unit ?? '')).toEqual(expect.any(String))
  })

  test('offers only units and categories that are known', async () => {
    for (const [unit] of commonUnits) expect(unitCode(unit)).toEqual(expect.any(String))
    const bytes = await activityTemplate(language, 'organization')
    const sheet = new TextDecoder().decode(unzipSync(bytes)['xl/worksheets/sheet2.xml'])
    const list = sheetNames.lists[language]
    // The categories stand in A2 and below of the lists.
    const last = Object.keys(organizationCategories).length + 1
    expect(sheet).toContain(`<formula1>'${list}'!$A$2:$A$${last}</formula1>`)
    expect(sheet).toMatch(/<pane xSplit="1" ySplit="3"[^>]*state="frozen"/)
  })

  test('is the same bytes each time', async () => {
    expect(await activityTemplate(language, 'product')).toEqual(await activityTemplate(language, 'product'))
  })
})
