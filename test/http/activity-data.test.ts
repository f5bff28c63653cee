import { z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { organizationCategories } from '../../src/engine/categories.ts'
import { activityKinds } from '../../src/http/activity-choices.ts'
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

/** A value that a column takes; one of each kind. */
function sample(column: CsvColumn): string {
  const { kind, choices } = columnOf(column)
  if (choices !== undefined) return Object.values(choices)[0]?.zh ?? ''
  if (column.endsWith('.family')) return 'combustion'
  if (kind === 'date') return column === 'meter.lastDate' ? '2025/1/1' : '2024年1月1日'
  const samples = { year: '2023', decimal: '1', count: '5', pedigree: '(1,2,3,4,5)' }
  if (kind === 'readings') return '2024-01-01=1 2025-01-01=1'
  return samples[kind as keyof typeof samples] ?? 'x'
}

/** The members of a value by their dotted names; places in lists left out. */
function membersOf(value: unknown, path: readonly string[] = []): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set([path.join('.')])
  const inside = (name: string) => (/^\d+$/.test(name) ? path : [...path, name])
  return new Set(Object.entries(value).flatMap(([name, member]) => [...membersOf(member, inside(name))]))
}

/** The members that the schema of a line knows, down to the last. */
const schemaMembers = (() => {
  // biome-ignore lint/suspicious/noExplicitAny: JSON Schema is walked by its own names
  const walk = (schema: any, path: readonly string[]): string[] => {
    if (schema.items) return walk(schema.items, path)
    if (!schema.properties) return [path.join('.')]
    return Object.entries(schema.properties).flatMap(([name, member]) => walk(member, [...path, name]))
  }
  return walk(z.toJSONSchema(ActivityLineBody), [])
})()

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
    // Of what a list holds, a row has one: a changed meter is the next row, a second factor beside needs JSON. Of the readings of that
    // meter it has all. No member is left without a column.
    const full: Readonly<Record<string, string>> = Object.fromEntries(
      csvColumns.map((column) => [column, sample(column)]),
    )
    const kept = (pattern: RegExp) => {
      const columns = csvColumns.filter((column) => !pattern.test(column))
      return read(`${columns.join(',')}\n${columns.map((column) => `"${full[column]}"`).join(',')}`).lines[0]
    }
    // Readings stand in one cell or in four.
    const lines = [kept(/^meter\.(?:first|last)/), kept(/^meter\.readings$/)]
    for (const line of lines) expect([...membersOf(line)].sort()).toEqual([...schemaMembers].sort())
    expect(lines[1]).toEqual(lines[0])
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

describe('a meter in a row', () => {
  const meter = 'id,category,meter.serial,meter.multiplier,meter.unit'
  const of = (header: string, ...rows: readonly string[]) => [header, ...rows].join('\n')
  const said = (csv: string) => {
    try {
      return read(csv).lines
    } catch (thrown) {
      if (!isProblem(thrown)) throw thrown
      const { detail, others } = thrown.facts
      return [detail, ...((others ?? []) as { detail: string }[]).map((other) => other.detail)]
    }
  }
  const line = (readings: readonly { date: string; value: string }[]) => ({
    id: 'm',
    category: 'purchased-electricity',
    meter: { unit: 'kWh', meters: [{ serial: 'A', multiplier: '80', readings }] },
  })
  const two = [
    { date: '2024-01-01', value: '1200' },
    { date: '2025-01-01', value: '5310' },
  ]

  test('has its readings in one cell, days as people write them, apart by spaces or line breaks', () => {
    const rows = (cell: string) => of(`${meter},meter.readings`, `m,外购电力,A,80,kWh,"${cell}"`)
    expect(read(rows('2024-01-01=1200 2025-01-01=5310')).lines).toEqual([line(two)])
    expect(read(rows(' 2024/1/1＝1200\n2025年1月1日=5310 ')).lines).toEqual([line(two)])
    const three = [two[0], { date: '2024-07-01', value: '3000' }, two[1]]
    expect(read(rows('2024-01-01=1200 2024-07-01=3000 2025-01-01=5310')).lines).toEqual([
      line(three as typeof two),
    ])
  })

  const four = `${meter},meter.firstDate,meter.firstReading,meter.lastDate,meter.lastReading`

  test('has its first and last reading in four cells', () => {
    const csv = of(four, 'm,外购电力,A,80,kWh,2024-01-01,1200,2025/1/1,5310')
    expect(read(csv).lines).toEqual([line(two)])
    expect(read(csv).place('/lines/0/meter/meters/0/readings/1/value')).toEqual({ line: 2, column: 42 })
    expect(read(csv).place('/lines/0/meter/meters/0/multiplier')).toEqual({ line: 2, column: 10 })
  })

  test.each([
    ['2024-01-01', /"2024-01-01" is not/],
    ['2024-01-01=1200 2025-01-01=', /"2025-01-01=" is not/],
    ['2024-01-01=1=2', /"2024-01-01=1=2" is not/],
    ['2024-01-01 = 1200', /"2024-01-01" is not/],
    ['2024-01-01=1200', /meter\.readings/],
  ])('is refused with its cell for the readings %s, once', (cell, words) => {
    const found = said(of(`${meter},meter.readings`, `m,c,A,80,kWh,${cell}`))
    expect(found).toEqual([expect.stringMatching(words)])
    expect(found).toEqual([expect.stringMatching(/^Line 2, column 14: /)])
  })

  test('is refused where its readings stand in both', () => {
    const csv = of(
      `${four},meter.readings`,
      'm,c,A,80,kWh,2024-01-01,1200,2025-01-01,5310,2024-01-01=1200 2025-01-01=5310',
    )
    expect(said(csv)).toEqual([
      'Line 2, column 46: meter.readings: the readings stand here and in the columns of the first and the last reading; keep one of the two.',
    ])
  })

  test('is refused for each of its cells that is left empty, under its name', () => {
    expect(said(of(four, 'm,c,A,80,kWh,2024-01-01,1200,,5310', 'n,c,A,,kWh,,,,', 'o,c,,,kWh,,,,'))).toEqual([
      'Line 2, column 30: meter.lastDate is needed.',
      'Line 3, column 7: meter.multiplier is needed.',
      'Line 3, column 12: meter.firstDate is needed.',
      'Line 4, column 5: meter.serial is needed.',
      'Line 4, column 6: meter.multiplier is needed.',
      'Line 4, column 11: meter.firstDate is needed.',
    ])
  })
})

describe('a way to the amount', () => {
  const missing = (header: string) => {
    try {
      return read(header).lines
    } catch (thrown) {
      return isProblem(thrown) ? thrown.facts.missing : thrown
    }
  }

  test('has columns, and amount and unit are needed only where there is no other', () => {
    expect(missing('id,category')).toEqual(['quantity.amount', 'quantity.unit'])
    for (const other of [
      'meter.serial',
      'stock.opening',
      'gasBalance.unit',
      'leakage.charge',
      'fromSite.total',
    ])
      expect(missing(`id,category,${other}`)).toEqual([])
    expect(missing('id,category,quantity.amount,stock.opening')).toEqual(['quantity.unit'])
    expect(missing('id,stock.opening,distance.amount')).toEqual(['category'])
  })

  test('may be a total of a site, or a count of its product, in either language', () => {
    const csv = [
      'id,category,单元过程,工厂总量,Count of the site’s product',
      'a,electricity,moulding,power,',
      'b,waste-treatment,moulding,,废料',
    ].join('\n')
    expect(read(csv).lines).toEqual([
      { id: 'a', category: 'electricity', process: 'moulding', fromSite: { total: 'power' } },
      { id: 'b', category: 'waste-treatment', process: 'moulding', fromSite: { flow: 'scrap' } },
    ])
  })

  test('that a line does not have is refused by the calculation, with the place of its row', async () => {
    const data = read('id,category,quantity.amount,quantity.unit,stock.unit\na,c,1,kWh,\nb,c,,,')
    const refuse = () => {
      throw new Problem('line-ambiguous', 'None.', { pointer: '/lines/1/quantity' })
    }
    await expect(withPlaces(data, refuse)).rejects.toMatchObject({ facts: { line: 3, column: 5 } })
  })
})

describe('closed lists', () => {
  const columns = csvColumns.filter((name) => columnOf(name).choices !== undefined)
  /** What has to stand beside some of them. */
  const needs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'estimate.method': { 'estimate.basis': 'x', 'estimate.approvedBy': 'y' },
    'circular.term': { 'circular.material': 'steel' },
    'dataSource.factor': { 'dataSource.activity': 'primary' },
    'uncertainty.activityDistribution': {
      ...{ 'uncertainty.activityPercent': '5', 'uncertainty.factorPercent': '10' },
    },
    'uncertainty.factorDistribution': {
      ...{ 'uncertainty.activityPercent': '5', 'uncertainty.factorPercent': '10' },
    },
  }
  const valueIn = (column: CsvColumn, word: string) => {
    const others = Object.entries(needs[column] ?? {})
    const header = [head, column, ...others.map(([name]) => name)].join(',')
    const [line] = read(
      `${header}\na,c,1,kWh,"${word}"${others.map(([, cell]) => `,${cell}`).join('')}`,
    ).lines
    // biome-ignore lint/suspicious/noExplicitAny: members are followed by their names
    return column.split('.').reduce<any>((value, name) => value?.[name], line)
  }

  test('are read by code, Chinese and English name; width, case and spaces do not matter', () => {
    expect(columns).toContain('estimate.method')
    for (const column of columns) {
      const words = Object.entries(columnOf(column).choices ?? {})
      for (const [code, { zh, en }] of words)
        for (const word of [code, zh, en, en.toUpperCase(), ` ${zh} `])
          expect(valueIn(column, word)).toBe(code)
      const names = words.flatMap(([code, { zh, en }]) => [...new Set([code, zh, en])])
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test('name the kinds of activity that the engine knows, and no others', () => {
    const known = Object.values(organizationCategories).flatMap((rule: { kinds?: object }) =>
      Object.keys(rule.kinds ?? {}),
    )
    expect(Object.keys(activityKinds).sort()).toEqual(known.sort())
  })

  test('are listed where a cell holds something else', () => {
    const thrown = (() => {
      try {
        return read(`${head},attributes\na,c,1,kWh,留着`)
      } catch (refused) {
        return isProblem(refused) ? refused.facts.detail : refused
      }
    })()
    expect(thrown).toBe('Line 2, column 11: attributes is one of kept (绿证自留), sold (绿证已售).')
  })
})

describe('a pedigree', () => {
  test('is five scores in one cell, and a fault in it is told once, with its cell', () => {
    const of = (cell: string) => read(`${head},dataQuality\na,c,1,kWh,"${cell}"`)
    expect(of('(1,2,3,4,5)').lines[0]?.dataQuality).toEqual({
      reliability: 1,
      completeness: 2,
      temporal: 3,
      geographical: 4,
      technological: 5,
    })
    for (const cell of ['1,2,3,4,5', '(1,2,3,4)', '(1,2,3,4,6)', '(1,2,3,4,-)', '-12345'])
      expect(refusal(() => of(cell))).toEqual({ code: 'invalid-request', line: 2, column: 11 })
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
