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
import { activityTemplate, commonUnits, type Language, sheetNames } from '../../src/http/activity-template.ts'
import { readActivitySheet } from '../../src/http/workbook/activity-sheet.ts'
import { lettersOf } from '../../src/http/workbook/sheet.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { canonicalLine } from '../../src/record/canonical-input.ts'
import { dataWorkbook, type MadeCell } from '../http/made-workbook.ts'
import { contextOf } from './published-tables.ts'

const bytesOf = (lines: readonly ActivityLine[]) =>
  new TextDecoder().decode(
    canonicalBytes({ lines: lines.map((line, at) => canonicalLine(line, ['lines', at])) }),
  )

/** Texts that a cell may hold: quotes, commas, markup, spaces around, Chinese; no escape, which one of the writers here leaves as it is. */
const text = fc
  .string({ unit: fc.constantFrom(...'ab"\',;<&>_x000D= 厦门电表é'), minLength: 1, maxLength: 12 })
  .filter((written) => written.trim() !== '' && !/_x[0-9A-F]{4}_/i.test(written))
const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const amount = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })
  .map((value) => String(value + 0))

const unit = fc.constantFrom('kWh', '万kWh', 't')
const quantity = fc.record({ amount, unit })
const year = fc.integer({ min: 1990, max: 2100 })
const score = fc.integer({ min: 1, max: 5 })
const readings = fc.array(fc.record({ date: day, value: amount }), { minLength: 2, maxLength: 4 })
const factor = { table: text, version: text, id: text, factorCategory: text, region: text, year }

/** Every member that a line can have; of a list, as much as a row holds. */
const members = {
  id: text,
  category: fc.constantFrom('purchased-electricity', 'mobile-combustion'),
  activityKind: fc.constantFrom('hotel-stay', 'storage'),
  description: text,
  facility: text,
  period: fc.record({ start: day, end: day }),
  quantity,
  meter: fc.record({
    unit,
    meters: fc.tuple(
      fc.record(
        { serial: text, multiplier: amount, digits: fc.integer({ min: 1, max: 12 }), readings },
        { requiredKeys: ['serial', 'multiplier', 'readings'] },
      ),
    ),
  }),
  stock: fc.record({ unit, opening: amount, received: amount, passedOn: amount, closing: amount }),
  gasBalance: fc.record({
    unit,
    opening: amount,
    purchased: amount,
    returned: amount,
    closing: amount,
    newCharge: amount,
  }),
  leakage: fc.record(
    { unit, charge: amount, annualRate: amount, toppedUp: amount, days: amount },
    { requiredKeys: ['unit', 'charge'] },
  ),
  apportion: fc.constant('by-days'),
  estimate: fc.record({
    method: fc.constantFrom('interpolation', 'similar-facility'),
    basis: text,
    approvedBy: text,
  }),
  attribution: amount,
  partOf: text,
  transport: fc.record(
    {
      payload: quantity,
      loadFactor: amount,
      emptyReturn: amount,
      distanceBasis: fc.constantFrom('actual', 'great-circle'),
      distanceAdjustment: amount,
    },
    { requiredKeys: ['loadFactor'] },
  ),
  spend: fc.record(
    { year, priceIndex: amount, exchangeRate: amount, source: text },
    { requiredKeys: ['year'] },
  ),
  use: fc.record({ consumption: quantity, times: amount }),
  coefficientOfPerformance: amount,
  distance: quantity,
  density: quantity,
  enthalpy: quantity,
  netCalorificValue: quantity,
  sulphurPercent: amount,
  factor: fc.record({ ...factor, family: fc.constant('combustion') }),
  fuel: fc.record({
    table: text,
    version: text,
    id: text,
    netCalorificValue: quantity,
    carbonContent: quantity,
    oxidation: amount,
  }),
  gas: text,
  beside: fc.tuple(
    fc.record({
      ...factor,
      family: fc.constant('combustion'),
      gases: fc.constantFrom(['CH4'], ['CH4', 'N2O']),
    }),
  ),
  zone: text,
  interval: fc.constantFrom('PT15M', 'P1M'),
  attributes: fc.constantFrom('kept', 'sold'),
  investee: text,
  dataQuality: fc.record({
    reliability: score,
    completeness: score,
    temporal: score,
    geographical: score,
    technological: score,
  }),
  uncertainty: fc.record({ activityPercent: amount, factorPercent: amount }),
  process: text,
  from: text,
  circular: fc.record({ material: text, term: fc.constantFrom('Ev', 'EvStar', 'ED') }),
  recycledContent: amount,
}
const line = fc.record(members, { requiredKeys: ['id', 'category'] }) as unknown as fc.Arbitrary<ActivityLine>
const lines = fc.uniqueArray(line, { selector: ({ id }) => id.normalize('NFC'), maxLength: 6 })
const asWords = fc.constantFrom('zh', 'en', null)

/** The cells of a line by column, as a person writes them; two readings of a meter in four cells, more in one. */
function cellsOf(
  { meter, dataQuality, beside, ...rest }: ActivityLine,
  language: Language | null,
): ReadonlyMap<string, string> {
  const leaves = (value: object, path: string): [string, string][] =>
    Object.entries(value).flatMap(([name, member]) =>
      typeof member === 'object'
        ? leaves(member, `${path}${name}.`)
        : [[path + name, word(path + name, String(member))] as [string, string]],
    )
  const word = (name: string, code: string) => {
    const words = columnOf(name as CsvColumn).choices?.[code]
    return language === null || words === undefined ? code : words[language]
  }
  const [only] = meter?.meters ?? []
  const [companion] = beside ?? []
  const of = (value: object | undefined, path: string) => (value === undefined ? [] : leaves(value, path))
  const [first, last, more] = only?.readings ?? []
  const read: [string, string][] =
    more === undefined && first && last
      ? [
          ['meter.firstDate', first.date],
          ['meter.firstReading', first.value],
          ['meter.lastDate', last.date],
          ['meter.lastReading', last.value],
        ]
      : (only?.readings.length ?? 0) > 0
        ? [['meter.readings', (only?.readings ?? []).map((one) => `${one.date}=${one.value}`).join(' ')]]
        : []
  return new Map([
    ...of(rest, ''),
    ...of(companion && { ...companion, gases: companion.gases.join(' ') }, 'beside.'),
    ...of(only && { serial: only.serial, multiplier: only.multiplier }, 'meter.'),
    ...of(meter && { unit: meter.unit }, 'meter.'),
    ...(only?.digits === undefined ? [] : ([['meter.digits', String(only.digits)]] as const)),
    ...read,
    ...(dataQuality === undefined
      ? []
      : ([
          [
            'dataQuality',
            `(${[dataQuality.reliability, dataQuality.completeness, dataQuality.temporal, dataQuality.geographical, dataQuality.technological]})`,
          ],
        ] as const)),
  ])
}

const cellOf = (of: ActivityLine, column: CsvColumn, language: Language | null) =>
  cellsOf(of, language).get(column) ?? ''
const dayNumber = (written: string) => Date.parse(written) / 86_400_000 + 25_569

const isNumber = (kind: string) => kind === 'decimal' || kind === 'year' || kind === 'count'

/** A cell as Excel would store it: numbers and days as numbers, everything else as text. */
function storedCell(of: ActivityLine, column: CsvColumn, language: Language | null): MadeCell {
  const written = cellOf(of, column, language)
  if (written === '') return null
  const { kind } = columnOf(column)
  if (kind === 'date') return { v: String(dayNumber(written)), s: 1 }
  return isNumber(kind) ? { v: written } : written
}

describe('the same data', () => {
  test('as JSON, CSV and workbook, in any language of the headers, come to the same bytes', () => {
    fc.assert(
      fc.property(lines, asWords, fc.boolean(), (sent, language, inline) => {
        const head = csvColumns.map((name) => (language === null ? name : columnOf(name).title[language]))
        const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
        const csv = [head, ...sent.map((one) => csvColumns.map((name) => cellOf(one, name, language)))]
          .map((cells) => cells.map(quoted).join(','))
          .join('\r\n')
        const stored = [head, ...sent.map((one) => csvColumns.map((name) => storedCell(one, name, language)))]
        const workbook = dataWorkbook(stored, { formats: ['General', 14], inline })
        const expected = bytesOf(sent)
        expect(bytesOf(csvActivityData(new TextEncoder().encode(csv)).lines)).toBe(expected)
        expect(bytesOf(workbookActivityData(workbook).lines)).toBe(expected)
      }),
      { numRuns: 40 },
    )
  })

  test('in a workbook that another program wrote come to the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom('shared', 'inline'), async (sent, stringMode) => {
        const cell = (one: ActivityLine, name: CsvColumn) => {
          const written = cellOf(one, name, 'zh')
          if (written === '') return null
          const { kind } = columnOf(name)
          if (kind === 'date') return new Date(`${written}T00:00:00Z`)
          return isNumber(kind) ? Number(written) : written
        }
        const rows = [
          csvColumns.map((name) => columnOf(name).title.zh),
          ...sent.map((one) => csvColumns.map((name) => cell(one, name))),
        ]
        const bytes = await writeXlsx({
          sheets: [{ name: 'Data', rows }],
          stringMode: stringMode as 'shared',
        })
        expect(bytesOf(workbookActivityData(bytes).lines)).toBe(bytesOf(sent))
      }),
      { numRuns: 25 },
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
      const others = kind === 'product' ? 'organization' : 'product'
      expect(missing).toEqual(csvColumns.filter((name) => columnOf(name).only === others))
      expect(missing).toEqual(
        expect.arrayContaining(kind === 'product' ? ['spend.year'] : ['process', 'from']),
      )
      expect(header.columns.slice(0, 8)).toEqual(
        csvColumns.filter((name) => columnOf(name).group === 'essential'),
      )
    },
  )

  test('has examples that import as they stand and come to the year of the worked example', async () => {
    const read = await examplesOf('organization')
    expect(read).toHaveLength(10)
    const example = readExample('organization-xiamen-factory')
    const { factorTables, ...rest } = calculationOf(example)
    const input = {
      ...rest,
      factorTables: [...factorTables, { table: 'uk-desnz', version: '2025' }],
      lines: read,
    } as ReturnType<typeof calculationOf>
    const { total, lines: weighed } = calculate(input, contextOf(input))
    const kgOf = (id: string) => weighed.find((one) => one.id === id)?.kgCo2e
    // (5310 − 1200) × 80 = 328 800 kWh of Fujian's grid.
    expect(kgOf('power-hall-2-2025')).toBeCloseTo(328_800 * 0.4211, 6)
    // 12 + 86.5 − 0 − 18.5 = 80 t of bituminous coal: 23.204 GJ/t, 26.18 tC/TJ, 93 % burnt.
    expect(kgOf('coal-2025')).toBeCloseTo((80 * 23.204 * 26.18 * 0.93 * 44) / 12, 6)
    // 50 + 30 − 5 − 40 − 12 = 23 kg, half HFC-32 (771), half HFC-125 (3740).
    expect(kgOf('r410a-balance-2025')).toBeCloseTo(23 * (0.5 * 771 + 0.5 * 3740), 6)
    // 36 t over 400 km × 1.05 are 15 120 t·km; CO2, CH4 (27.0) and N2O (273) per t·km.
    const perTonneKm = 0.10012 + 0.000000714285714286 * 27 + 0.000005622641509434 * 273
    expect(kgOf('freight-2025')).toBeCloseTo(15_120 * perTonneKm, 6)
    // 138 457.68 + 165 720.740416 + 51 876.5 + 1 537.314915 = 357 592.235331.
    // The first six are the same year, an activity a line instead of a month: the total worked out by hand beside the example holds.
    expect(Math.abs(total - 357_592.235331 - Number(example.expected.totals.total))).toBeLessThan(
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

  test.each(['organization', 'product'] as const)(
    'lets choose from every closed list of %s, and stops what is not in it',
    async (kind) => {
      const bytes = await activityTemplate(language, kind)
      const sheet = new TextDecoder().decode(unzipSync(bytes)['xl/worksheets/sheet2.xml'])
      const { header } = readActivitySheet(bytes)
      const stopping = (sheet.match(/<dataValidation [^>]*>/g) ?? []).filter((one) =>
        /type="list".*showErrorMessage="(?:1|true)"/.test(one),
      )
      const closed = csvColumns.filter((name) => {
        const { choices, only = kind } = columnOf(name)
        return only === kind && (choices || name === 'category' || name.endsWith('.family'))
      })
      expect(stopping.map((one) => /sqref="([A-Z]+)4:/.exec(one)?.[1]).sort()).toEqual(
        closed.map((name) => lettersOf(header.columns.indexOf(name) + 1)).sort(),
      )
    },
  )

  test('is the same bytes each time', async () => {
    expect(await activityTemplate(language, 'product')).toEqual(await activityTemplate(language, 'product'))
  })
})
