/** What the sheet of a bill of materials is refused for: by name, with the sheet, the row and the column, and all of it at once. */

import { describe, expect, test } from 'vitest'
import { ProductOrBillFile } from '../../src/http/bill-of-materials.ts'
import { csvTables } from '../../src/http/product-files/csv-source.ts'
import { readSystem } from '../../src/http/product-files/read-system.ts'
import { workbookTables } from '../../src/http/product-files/workbook-source.ts'
import { isProblem } from '../../src/problem.ts'
import { type MadeCell, type MadeSheet, madeWorkbook } from '../http/made-workbook.ts'

type Rows = readonly (readonly MadeCell[])[]

const product: Rows = [
  ['项目', '内容'],
  ['核算期开始', '2025-01-01'],
  ['核算期结束次日', '2026-01-01'],
  ['地区', 'CN-FJ'],
  ['GWP 数据集', 'ipcc-ar5'],
  ['GWP 数据集版本', '2013'],
  ['系统边界', '从摇篮到大门'],
  ['声明单位数量', 1],
  ['声明单位', 'piece'],
]
const tables: Rows = [
  ['因子表名称', '版本'],
  ['uk-desnz', '2025'],
]
const header = [
  ...['层级', '行类型', '编号', '英文名称', '用量', '用量单位', '活动类别', '投产数量', '投产数量单位'],
  ...['成品率', '生命周期阶段', '因子表'],
]
const lamp = [0, '物料', 'lamp', 'Lamp', null, null, null, 100, 'piece', 0.95, '生产', null]
const solder = [1, '投入', 'solder', null, 2, 'kg', '材料', null, null, null, null, 'uk-desnz']
const shade = [1, '物料', 'shade', 'Shade', 27, 'kg', null, 10, 'kg', null, '生产', null]
const granulate = [2, '投入', 'granulate', null, 11, 'kg', '材料', null, null, null, null, 'uk-desnz']
const bill: Rows = [header, lamp, solder, shade, granulate]

const sheetsOf = (rows: Rows, more: readonly MadeSheet[] = []): MadeSheet[] => [
  { name: '产品', rows: product },
  { name: '因子表', rows: tables },
  { name: '物料清单', rows },
  ...more,
]

const read = (rows: Rows, more?: readonly MadeSheet[]) => {
  const { tables: sent, notRead } = workbookTables(madeWorkbook({ sheets: sheetsOf(rows, more) }))
  return readSystem(sent, ProductOrBillFile, notRead)
}

/** What a refusal says: its code, its facts. */
function refused(act: () => unknown) {
  try {
    act()
  } catch (thrown) {
    // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever facts there are
    if (isProblem(thrown)) return { code: thrown.code, ...thrown.facts } as any
    throw thrown
  }
  return 'accepted'
}

/** The bill with other cells in a row, by column. */
function changed(row: number, cells: Readonly<Record<string, MadeCell>>): Rows {
  return bill.map((one, at) =>
    at === row ? one.map((cell, column) => cells[header[column] ?? ''] ?? cell) : one,
  )
}

test('as it stands it is read: two items, each with an input', () => {
  const { system } = read(bill)
  expect(system).toMatchObject({
    kind: 'bill-of-materials',
    item: {
      ...{ id: 'lamp', yield: '0.95', output: { amount: '100', unit: 'piece' } },
      lines: [{ id: 'solder', factor: { table: 'uk-desnz' } }],
      parts: [
        { id: 'shade', takes: { amount: '27', unit: 'kg' }, name: { zh: null, en: 'Shade' }, lines: [{}] },
      ],
    },
  })
})

describe('a row out of its place', () => {
  test.each<[string, Rows, string, RegExp]>([
    ['the product is not first', [header, shade], 'A2', /the first row is the product itself/],
    ['a second product', [...bill, lamp], 'A6', /for the product alone, in the first row/],
    ['a level is left out', changed(3, { 层级: 2 }), 'A4', /at most 1 here: nothing goes into the row above/],
    [
      'a level too deep below an item',
      [header, lamp, granulate],
      'A3',
      /at most 1 here: the nearest item above has level 0/,
    ],
    ['something goes into an input', changed(4, { 层级: 3 }), 'A5', /at most 2 here/],
    ['a level that is none', changed(2, { 层级: '一' }), 'A3', /is a whole number from 0 to 12/],
    ['a level of no real bill', changed(2, { 层级: 13 }), 'A3', /is a whole number from 0 to 12/],
    ['an unknown kind of row', changed(2, { 行类型: '零件' }), 'B3', /is one of .*"?物料"?/],
    ['the product is an input', changed(1, { 行类型: '投入' }), 'B2', /is "物料" \(item\) for the product/],
  ])('%s', (_, rows, cell, says) => {
    const refusal = refused(() => read(rows))
    expect(refusal).toMatchObject({ code: 'invalid-request', pointer: '/item', sheet: '物料清单', cell })
    expect(refusal.detail).toMatch(says)
    expect(refusal.row).toBe(Number(cell.slice(1)))
  })

  test('is named alone: nothing is said of what stands below it, but of its cells', () => {
    const rows = changed(3, { 层级: 5 }).map((row, at) => (at === 4 ? row.with(4, 'eleven') : row))
    const { cell, others } = refused(() => read(rows))
    expect([cell, ...others.map((one: { cell: string }) => one.cell)]).toEqual(['A4', 'E5'])
  })
})

describe('a cell', () => {
  test.each<[string, Rows, string, string, RegExp]>([
    [
      'of an item in the row of an input',
      changed(2, { 成品率: 0.9 }),
      'J3',
      '/item/lines/0',
      /belongs to rows that are "物料" \(item\)/,
    ],
    [
      'of an input in the row of an item',
      changed(3, { 因子表: 'uk-desnz' }),
      'L4',
      '/item/parts/0',
      /belongs to rows that are "投入" \(line\), "废料" \(scrap\)/,
    ],
    ['that the product cannot have', changed(1, { 用量: 3 }), 'E2', '/item', /belongs to rows that are/],
    ['that is missing', changed(3, { 生命周期阶段: '' }), 'K4', '/item/parts/0/stage', /is one of raw/],
    [
      'that is not of the list',
      changed(3, { 生命周期阶段: '制造' }),
      'K4',
      '/item/parts/0/stage',
      /is one of/,
    ],
  ])('%s', (_, rows, cell, pointer, says) => {
    const refusal = refused(() => read(rows))
    expect(refusal).toMatchObject({ code: 'invalid-request', pointer, cell, sheet: '物料清单' })
    expect(refusal.detail).toMatch(says)
  })

  test.each<[string, Rows, string, string, string]>([
    [
      'a number that is none',
      changed(4, { 用量: 'eleven' }),
      'invalid-number',
      'E5',
      '/item/parts/0/lines/0/quantity/amount',
    ],
    [
      'an amount of an item',
      changed(3, { 用量: 'some' }),
      'invalid-number',
      'E4',
      '/item/parts/0/takes/amount',
    ],
    ['an item twice', changed(3, { 编号: 'lamp' }), 'duplicate-id', 'C4', '/item/parts/0/id'],
    ['an input twice', changed(4, { 编号: 'solder' }), 'duplicate-id', 'C5', '/item/parts/0/lines/0/id'],
    [
      'an item taken twice',
      [...bill, shade.with(1, '引用物料').with(3, null).with(7, null).with(8, null).with(10, null)],
      'duplicate-id',
      'A6',
      '/item/parts/1/line',
    ],
    [
      'a category of an input that is none',
      changed(4, { 活动类别: '原材料' }),
      'unknown-category',
      'G5',
      '/item/parts/0/lines/0/category',
    ],
    [
      'a category of an item that is none',
      changed(3, { 活动类别: '部件' }),
      'unknown-category',
      'G4',
      '/item/parts/0/category',
    ],
    [
      'a unit that is none',
      changed(4, { 用量单位: '箱' }),
      'unknown-unit',
      'F5',
      '/item/parts/0/lines/0/quantity/unit',
    ],
  ])('%s', (_, rows, code, cell, pointer) => {
    expect(refused(() => read(rows))).toMatchObject({ code, cell, pointer, sheet: '物料清单' })
  })

  test('all that are wrong are named at once', () => {
    const rows = bill.map((row, at) =>
      at === 2 ? row.with(9, 0.5) : at === 4 ? row.with(4, 'x').with(5, null) : row,
    )
    const { cell, others } = refused(() => read(rows))
    expect([cell, ...others.map((one: { cell: string }) => one.cell)]).toEqual(['J3', 'E5', 'F5'])
  })
})

describe('beside a bill', () => {
  test('what a system would say in another way is refused', () => {
    const processes = [
      ['编号', '英文名称', '生命周期阶段', '产出数量', '产出单位'],
      ['lamp', 'Lamp', '生产', 1, 'piece'],
    ]
    const refusal = refused(() => read(bill, [{ name: '单元过程', rows: processes }]))
    expect(refusal).toMatchObject({
      code: 'invalid-request',
      table: 'processes',
      sheet: '单元过程',
      cell: 'A2',
    })
    expect(refusal.detail).toMatch(/"单元过程" says what the bill of materials "物料清单" says/)
    const empty = [{ name: '单元过程', rows: processes.slice(0, 1) }]
    expect(refused(() => read(bill, empty))).toBe('accepted')
  })

  test('so is a reference process', () => {
    const sheets = sheetsOf(bill).map((sheet, at) =>
      at === 0 ? { ...sheet, rows: [...product, ['基准过程', 'lamp']] } : sheet,
    )
    const { tables: sent } = workbookTables(madeWorkbook({ sheets }))
    expect(refused(() => readSystem(sent, ProductOrBillFile))).toMatchObject({
      ...{ code: 'invalid-request', pointer: '/referenceProcess', sheet: '产品', cell: 'B10' },
    })
  })
})

test('a part of a form is named with its line and column', () => {
  const encode = (rows: Rows) =>
    new TextEncoder().encode(rows.map((row) => row.map((cell) => cell ?? '').join(',')).join('\n'))
  const parts = [
    { name: 'product', bytes: encode(product), contentType: 'text/csv' },
    { name: 'factorTables', bytes: encode(tables), contentType: 'text/csv' },
    { name: 'billOfMaterials', bytes: encode(changed(3, { 层级: 2 })), contentType: 'text/csv' },
  ]
  expect(refused(() => readSystem(csvTables(parts), ProductOrBillFile))).toMatchObject({
    ...{ part: 'billOfMaterials', line: 4, column: 1, pointer: '/item' },
  })
})

test('more parts of one item than there may be are too many', () => {
  const rows = [header, lamp, ...Array.from({ length: 2001 }, (_, at) => shade.with(2, `shade-${at}`))]
  expect(refused(() => read(rows))).toMatchObject({ code: 'too-many-items', pointer: '/item/parts' })
})

test('more rows than a workbook is read for are too many, of that sheet', () => {
  const rows = [header, lamp, ...Array.from({ length: 20_000 }, (_, at) => solder.with(2, `solder-${at}`))]
  const refusal = refused(() => read(rows))
  expect(refusal).toMatchObject({ code: 'too-many-items', sheet: '物料清单', pointer: '/item' })
  expect(refusal.detail).toMatch(/^Sheet "物料清单": A workbook is read up to 20000 rows/)
})

describe('certificates of instruments', () => {
  const certificate = '1A2B3C4D5E6F7G8H9202503000000111'
  const instruments: readonly (readonly [string, MadeCell])[] = [
    ['id', 'wind'],
    ['kind', 'green-certificate'],
    ['quantity.amount', 1000],
    ['quantity.unit', 'kWh'],
    ['factor.id', 'wind'],
    ['generated.start', '2025-03-01'],
    ['generated.end', '2025-04-01'],
    ['market', 'CN'],
    ['exclusive', '是'],
    ['consumption.consumer', 'the lamp works'],
    ['consumption.period.start', '2025-01-01'],
    ['consumption.period.end', '2026-01-01'],
    ['consumption.retiredOn', '2026-01-20'],
  ]
  const made: Rows = [
    ['contractualInstruments.produced.amount', 1],
    ['contractualInstruments.produced.unit', 'piece'],
    ['contractualInstruments.ageMonthsMax', 12],
  ]
  const withCertificates = (count: number, of: string) => () => {
    const range: readonly MadeCell[] = [of, certificate, certificate, 1]
    const rows: Rows = [['instrument', 'from', 'to', 'certificates'], ...Array(count).fill(range)]
    const [, ...others] = sheetsOf(bill, [
      { name: '合同工具', rows: [instruments.map(([name]) => name), instruments.map(([, cell]) => cell)] },
      { name: '绿证编号', rows },
    ])
    const sheets = [{ name: '产品', rows: [...product, ...made] }, ...others]
    return readSystem(workbookTables(madeWorkbook({ sheets })).tables, ProductOrBillFile)
  }
  const under = '/contractualInstruments/instruments'

  test('that are too many are refused as that, and not as missing', () => {
    const refusal = refused(withCertificates(201, 'wind'))
    expect(refusal).toMatchObject({
      ...{ code: 'too-many-items', pointer: `${under}/0/certificates`, table: 'certificates', cell: 'A2' },
    })
    expect(refusal.detail).toMatch(/it has at most 200 rows of "绿证编号" \(certificates\)/)
  })

  test('of an instrument that is not there point to where instruments are', () => {
    const { code, pointer, sheet, cell } = refused(withCertificates(1, 'sun'))
    expect([code, pointer, sheet, cell]).toEqual(['invalid-request', under, '绿证编号', 'A2'])
  })
})
