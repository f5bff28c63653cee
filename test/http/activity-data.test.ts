import { describe, expect, test } from 'vitest'
import { type CsvColumn, columnOf } from '../../src/http/activity-columns.ts'
import { csvActivityData, csvColumns, jsonActivityData, withPlaces } from '../../src/http/activity-data.ts'
import { ActivityLineBody, CalculationBody, linesMax } from '../../src/http/calculation.ts'
import { isProblem, Problem } from '../../src/problem.ts'
import { canonicalLine } from '../../src/record/canonical-input.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => csvActivityData(bytes(text))

function refusal(act: () => unknown) {
  try {
    act()
  } catch (thrown) {
    if (isProblem(thrown)) return { code: thrown.code, line: thrown.facts.line, column: thrown.facts.column }
    throw thrown
  }
  return 'accepted'
}

const head = 'id,category,quantity.amount,quantity.unit'

describe('CSV of activity data', () => {
  test('gives the lines that the same data give as JSON, empty cells left out', () => {
    const csv = [
      'id,category,description,period.start,period.end,quantity.amount,quantity.unit,factor.table,factor.year,fuel.id,fuel.netCalorificValue.amount,fuel.netCalorificValue.unit',
      'e1,purchased-electricity,"灯, 1 号楼",2024-01-01,2024-02-01,118400,kWh,cn-electricity-co2,2023,,,',
      'd1,stationary-combustion,,,,12.5,t,,,diesel,42.7,GJ/t',
    ].join('\n')
    const json = [
      {
        id: 'e1',
        category: 'purchased-electricity',
        description: '灯, 1 号楼',
        period: { start: '2024-01-01', end: '2024-02-01' },
        quantity: { amount: '118400', unit: 'kWh' },
        factor: { table: 'cn-electricity-co2', year: 2023 },
      },
      {
        id: 'd1',
        category: 'stationary-combustion',
        quantity: { amount: '12.5', unit: 't' },
        fuel: { id: 'diesel', netCalorificValue: { amount: '42.7', unit: 'GJ/t' } },
      },
    ]
    const { lines } = read(csv)
    expect(lines).toEqual(json)
    expect(JSON.stringify(lines.map((line) => canonicalLine(line)))).toBe(
      JSON.stringify(json.map((line) => canonicalLine(ActivityLineBody.parse(line)))),
    )
  })

  test('may have LF or CRLF, a last line end or none, a byte order mark or none', () => {
    const rows = [head, 'a,c,1,kWh', 'b,c,2,kWh']
    const expected = read(rows.join('\n')).lines
    expect(expected).toHaveLength(2)
    for (const end of ['\n', '\r\n']) {
      expect(read(rows.join(end)).lines).toEqual(expected)
      expect(read(rows.join(end) + end).lines).toEqual(expected)
      expect(read(`\uFEFF${rows.join(end)}`).lines).toEqual(expected)
    }
  })

  test('keeps what stands in a cell: spaces, doubled quotes, commas', () => {
    const [line] = read(`${head},description\na,c,1,kWh," say ""1, 2"" "`).lines
    expect(line?.description).toBe(' say "1, 2" ')
  })

  test('takes one factor beside the line’s own, its gases apart by spaces', () => {
    const columns = `${head},fuel.id,beside.table,beside.id,beside.gases`
    const csv = `${columns}\nb1,stationary-combustion,10,t,diesel,ipcc,diesel-tj,CH4 N2O\nb2,stationary-combustion,10,t,diesel,,,`
    const line = { category: 'stationary-combustion', quantity: { amount: '10', unit: 't' } }
    const fuel = { id: 'diesel' }
    expect(read(csv).lines).toEqual([
      { id: 'b1', ...line, fuel, beside: [{ table: 'ipcc', id: 'diesel-tj', gases: ['CH4', 'N2O'] }] },
      { id: 'b2', ...line, fuel },
    ])
    expect(read(csv).place('/lines/0/beside/0/gases')).toEqual({ line: 2, column: 53 })
    expect(read(csv).place('/lines/0/beside/0')).toEqual({ line: 2, column: 38 })
    // Two spaces hold a gas without a name.
    expect(refusal(() => read(csv.replace('CH4 N2O', 'CH4  N2O')))).toEqual({
      ...{ code: 'invalid-request', line: 2, column: 53 },
    })
    expect(refusal(() => read(csv.replace('CH4 N2O', '')))).toMatchObject({
      code: 'invalid-request',
      line: 2,
    })
  })

  test('has a column for every member a line can have', () => {
    const samples: Partial<Record<string, string>> = { year: '2023', decimal: '1' }
    const cell = (column: CsvColumn) =>
      column.endsWith('.family') ? 'combustion' : (samples[columnOf(column).kind] ?? 'x')
    const full = Object.fromEntries(csvColumns.map((column) => [column, cell(column)]))
    const [line] = read(`${Object.keys(full).join(',')}\n${Object.values(full).join(',')}`).lines
    // Lists have one member here, so their places are left out.
    const paths = (value: object, path: readonly string[] = []): string[] =>
      Object.entries(value).flatMap(([name, member]) => {
        const at = name === '0' ? path : [...path, name]
        return typeof member === 'object' ? paths(member as object, at) : [at.join('.')]
      })
    expect(paths(line as object).sort()).toEqual([...csvColumns].sort())
    expect(Object.keys(line as object).sort()).toEqual(Object.keys(ActivityLineBody.shape).sort())
  })

  test('without rows gives no lines; the engine says what that means', () => {
    expect(read(head).lines).toEqual([])
  })
})

describe('CSV is refused with line and column', () => {
  const cases: readonly (readonly [string, string, string, number, number])[] = [
    ['an unknown column', `${head},colour\n`, 'malformed-csv', 1, 43],
    ['a column twice', `${head},id\n`, 'malformed-csv', 1, 43],
    ['a missing column', 'id,category,quantity.amount\n', 'malformed-csv', 1, 1],
    ['an empty file', '', 'malformed-csv', 1, 1],
    ['a cell too many', `${head}\na,c,1,kWh\nb,c,1,000,kWh`, 'malformed-csv', 3, 1],
    ['a cell too few', `${head}\na,c,1`, 'malformed-csv', 2, 1],
    ['an empty line between', `${head}\na,c,1,kWh\n\nb,c,1,kWh`, 'malformed-csv', 3, 1],
    ['a quote inside a plain cell', `${head}\na,c,1,k"Wh`, 'malformed-csv', 2, 7],
    ['something behind a quoted cell', `${head}\na,"c"d,1,kWh`, 'malformed-csv', 2, 3],
    ['a quote that does not end', `${head}\na,c,1,kWh\nb,"c,1,kWh\nd,c,1,kWh`, 'malformed-csv', 3, 3],
    ['an empty cell that is needed', `${head}\na,c,,kWh`, 'invalid-request', 2, 5],
    ['a control character', `${head}\na,c,1,k\u0000Wh`, 'invalid-request', 2, 7],
    ['a carriage return alone', `${head}\na,c,1,kWh\rb,c,1,kWh`, 'malformed-csv', 2, 1],
    ['a text too long', `${head}\n${'x'.repeat(101)},c,1,kWh`, 'invalid-request', 2, 1],
    ['a year that is none', `factor.year,${head}\n23,a,c,1,kWh`, 'invalid-request', 2, 1],
    [
      'a member wrong behind a cell with line breaks',
      `${head},description,gas\na,c,1,kWh,"1\n2\n3","\u0001"`,
      'invalid-request',
      2,
      11,
    ],
  ]

  test.each(cases)('%s', (_, csv, code, line, column) => {
    expect(refusal(() => read(csv))).toEqual({ code, line, column })
  })

  test('in words that name the column', () => {
    const said = (csv: string) => {
      try {
        return read(csv)
      } catch (thrown) {
        return isProblem(thrown) ? thrown.facts.detail : thrown
      }
    }
    expect(said(`${head}\na,c,,kWh`)).toBe('Line 2, column 5: quantity.amount is needed.')
    expect(said(`factor.year,${head}\n23,a,c,1,kWh`)).toBe(
      'Line 2, column 1: factor.year is a year such as 2023.',
    )
  })

  test('a byte that is not UTF-8', () => {
    const file = bytes(`${head}\na,c,1,kWh\nb,c,1,k?h`)
    file[file.indexOf(0x3f)] = 0xff
    expect(refusal(() => csvActivityData(file))).toEqual({ code: 'malformed-csv', line: 3, column: 8 })
  })

  test('a cell longer than any activity datum: a quote that does not end in a large file', () => {
    const rows = Array.from({ length: 5000 }, (_, at) => `r${at},c,1,kWh`)
    const file = `${head}\nq,"c,1,kWh\n${rows.join('\n')}`
    expect(refusal(() => read(file))).toMatchObject({ code: 'malformed-csv', line: 2 })
  })

  test('one line more than one reads at once, and no line is dropped instead', () => {
    const rows = Array.from({ length: linesMax + 1 }, (_, at) => `r${at},c,1,kWh`)
    expect(read([head, ...rows.slice(1)].join('\n')).lines).toHaveLength(linesMax)
    expect(refusal(() => read([head, ...rows].join('\n')))).toMatchObject({ code: 'too-many-items' })
  })
})

describe('a refusal of a line by the engine', () => {
  const refuse = () => {
    throw new Problem('unknown-unit', 'No such unit.', { pointer: '/lines/1/quantity/unit' })
  }

  test('is given its place in the CSV', async () => {
    const data = read(`${head}\n"a, b",c,1,kWh\n"d",c,1,kwh`)
    await expect(withPlaces(data, refuse)).rejects.toMatchObject({ facts: { line: 3, column: 9 } })
  })

  test('is given its place in the JSON', async () => {
    const text = '{"lines":[\n {"id":"a"},\n {"id":"b","quantity":{"unit":"kwh"}}]}'
    const data = jsonActivityData([], bytes(text))
    await expect(withPlaces(data, refuse)).rejects.toMatchObject({ facts: { line: 3, column: 31 } })
  })

  test('of another place is left alone', async () => {
    const data = read(head)
    const other = () => {
      throw new Problem('unknown-gwp-set', 'Not published.', { pointer: '/gwpSet' })
    }
    await expect(withPlaces(data, other)).rejects.toMatchObject({ facts: { pointer: '/gwpSet' } })
  })
})

describe('a calculation as JSON', () => {
  const sound = {
    kind: 'organization',
    period: { start: '2024-01-01', end: '2025-01-01' },
    region: 'CN-FJ',
    gwpSet: { id: 'ar6', version: '1.0' },
    factorTables: [],
    lines: [{ id: 'a', category: 'c', quantity: { amount: '1', unit: 'kWh' } }],
  }
  const firstPath = (value: unknown) => CalculationBody.safeParse(value).error?.issues[0]?.path

  test('is read', () => {
    expect(CalculationBody.parse(sound)).toEqual(sound)
  })

  test('with an unknown member anywhere is refused, since a setting nobody reads would be lost', () => {
    const [line] = sound.lines
    expect(CalculationBody.safeParse({ ...sound, boundary: 'cradle-to-gate' }).success).toBe(false)
    expect(firstPath({ ...sound, lines: [{ ...line, quantitiy: {} }] })).toEqual(['lines', 0])
    expect(
      firstPath({ ...sound, lines: [{ ...line, quantity: { amount: '1', unit: 'kWh', per: 'a' } }] }),
    ).toEqual(['lines', 0, 'quantity'])
  })

  test('with an amount as a number is refused: quantities are decimal strings', () => {
    const [line] = sound.lines
    const lines = [{ ...line, quantity: { amount: 1, unit: 'kWh' } }]
    expect(firstPath({ ...sound, lines })).toEqual(['lines', 0, 'quantity', 'amount'])
  })
})
