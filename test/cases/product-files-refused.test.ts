/** What files of product systems are refused for: by name, with the sheet, the row and the column, and all of it at once. */

import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { ProductDefinitionBody } from '../../src/http/calculation.ts'
import { csvTables } from '../../src/http/product-files/csv-source.ts'
import { readSystem } from '../../src/http/product-files/read-system.ts'
import { workbookTables } from '../../src/http/product-files/workbook-source.ts'
import { isProblem } from '../../src/problem.ts'
import {
  type MadeCell,
  type MadeSheet,
  type MadeWorkbook,
  madeWorkbook,
  partsOf,
} from '../http/made-workbook.ts'

type Rows = readonly (readonly MadeCell[])[]

const product: Rows = [
  ['项目', '内容', '说明'],
  ['核算期开始', '2025-01-01'],
  ['核算期结束次日', '2026-01-01'],
  ['地区', 'CN-FJ'],
  ['GWP 数据集', 'ipcc-ar5'],
  ['GWP 数据集版本', '2013'],
  ['系统边界', '从摇篮到大门', '由客户要求'],
  ['声明单位数量', 1],
  ['声明单位', 'piece'],
  ['基准过程', 'assembly'],
]
const tables: Rows = [
  ['因子表名称', '版本'],
  ['uk-desnz', '2025'],
]
const processes: Rows = [
  ['编号', '中文名称', '英文名称', '生命周期阶段', '产出数量', '产出单位'],
  ['assembly', '装配', 'Assembly', '生产', 1, 'piece'],
]
const lines: Rows = [
  ['编号', '单元过程', '活动类别', '数量', '单位', '因子表'],
  ['motor', 'assembly', '材料', 24, 'kg', 'uk-desnz'],
]

interface Changed {
  readonly product?: Rows
  readonly processes?: Rows
  readonly lines?: Rows
  readonly more?: readonly MadeSheet[]
}

const sheetsOf = (changed: Changed): MadeSheet[] => [
  { name: '产品', rows: changed.product ?? product },
  { name: '因子表', rows: tables },
  { name: '单元过程', rows: changed.processes ?? processes },
  { name: '投入与排放', rows: changed.lines ?? lines },
  ...(changed.more ?? []),
]

const readBytes = (bytes: Uint8Array) => {
  const { tables: sent, notRead } = workbookTables(bytes)
  return readSystem(sent, ProductDefinitionBody, notRead)
}
const read = (changed: Changed = {}, more: Omit<MadeWorkbook, 'sheets'> = {}) =>
  readBytes(madeWorkbook({ sheets: sheetsOf(changed), ...more }))

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

/** Rows with a cell in the place of another; row and column from 0. */
const changed = (rows: Rows, row: number, column: number, cell: MadeCell): Rows =>
  rows.map((cells, at) =>
    at === row
      ? Array.from({ length: Math.max(cells.length, column + 1) }, (_, one) =>
          one === column ? cell : (cells[one] ?? null),
        )
      : cells,
  )

test('a workbook without faults is read, and says what was read where', () => {
  const {
    system,
    lines: activity,
    tables: reports,
    notRead,
  } = read({ more: [{ name: '备注', rows: [['x']] }] })
  expect(system).toMatchObject({ boundary: 'cradle-to-gate', declaredUnit: { amount: '1', unit: 'piece' } })
  expect(activity).toHaveLength(1)
  expect(notRead).toEqual(['备注'])
  expect(reports.map(({ table, called, headerRow, items }) => [table, called, headerRow, items])).toEqual([
    ['product', '产品', 1, 9],
    ['factorTables', '因子表', 1, 1],
    ['processes', '单元过程', 1, 1],
    ['lines', '投入与排放', 1, 1],
  ])
  expect(reports[3]).toMatchObject({
    rows: [{ from: 2, to: 2, item: 0 }],
    columns: [{ header: '编号', member: 'id' }, { header: '单元过程', member: 'process' }, {}, {}, {}, {}],
  })
})

test('rows apart are told as runs, so that each item can be found', () => {
  const apart: Rows = [
    ...lines,
    [],
    ['b', 'assembly', '材料', 1, 'kg', 'uk-desnz'],
    ['c', 'assembly', '材料', 1, 'kg', 'uk-desnz'],
  ]
  expect(read({ lines: apart }).tables[3]?.rows).toEqual([
    { from: 2, to: 2, item: 0 },
    { from: 4, to: 5, item: 1 },
  ])
})

describe('is refused with its cell', () => {
  const formats = ['General', 14, 9]
  const cases: readonly (readonly [string, Changed, object, RegExp])[] = [
    [
      'a stage that is none',
      { processes: changed(processes, 1, 3, '制造') },
      { code: 'invalid-request', sheet: '单元过程', cell: 'D2', pointer: '/processes/0/stage' },
      /"生命周期阶段" \(stage\) is one of raw-material-acquisition \(原材料获取\), production \(生产\)/,
    ],
    [
      'an output with a thousands separator',
      { processes: changed(processes, 1, 4, '1,000') },
      { code: 'invalid-number', cell: 'E2', pointer: '/processes/0/output/amount' },
      /"1,000" is not a plain decimal number/,
    ],
    [
      'an output in full-width digits',
      { processes: changed(processes, 1, 4, '１０００') },
      { code: 'invalid-number', cell: 'E2' },
      /is not a plain decimal number/,
    ],
    [
      'a declared unit in full-width digits',
      { product: changed(product, 7, 1, '１') },
      { code: 'invalid-number', sheet: '产品', cell: 'B8', pointer: '/declaredUnit/amount' },
      /is not a plain decimal number/,
    ],
    [
      'a process without English name',
      { processes: changed(processes, 1, 2, null) },
      { code: 'invalid-request', cell: 'C2', pointer: '/processes/0/name/en' },
      /"英文名称" \(name.en\) is needed/,
    ],
    [
      'a process twice',
      { processes: [...processes, ['assembly', null, 'Again', '生产', 1, 'piece']] },
      { code: 'duplicate-id', cell: 'A3', pointer: '/processes/1/id' },
      /The id "assembly" stands twice/,
    ],
    [
      'a category that is none, with the list in both languages and what is near it',
      { lines: changed(lines, 1, 2, '原材料') },
      {
        ...{ code: 'unknown-category', sheet: '投入与排放', cell: 'C2', pointer: '/lines/0/category' },
        ...{ category: '原材料', candidates: ['材料'] },
      },
      /^Cell C2 of the sheet "投入与排放": "原材料" is no category of a product; use one of material \(材料, material\), packaging \(包装/,
    ],
    [
      'a category of an organization',
      { lines: changed(lines, 1, 2, '外购电力') },
      { code: 'unknown-category', cell: 'C2', pointer: '/lines/0/category' },
      /"外购电力" is no category of a product/,
    ],
    [
      'a unit of an input that is none, with what is near it',
      { lines: changed(lines, 1, 4, 'kilogrammes') },
      { code: 'unknown-unit', sheet: '投入与排放', cell: 'E2', pointer: '/lines/0/quantity/unit' },
      /^Cell E2 of the sheet "投入与排放": "kilogrammes" is no unit of the list/,
    ],
    [
      'a unit of an output that is none',
      { processes: changed(processes, 1, 5, '箱') },
      { code: 'unknown-unit', sheet: '单元过程', cell: 'F2', pointer: '/processes/0/output/unit' },
      /"箱" is no unit of the list/,
    ],
    [
      'a declared unit that is none',
      { product: changed(product, 8, 1, '箱') },
      { code: 'unknown-unit', sheet: '产品', cell: 'B9', pointer: '/declaredUnit/unit' },
      /"箱" is no unit of the list/,
    ],
    [
      'an input of a process that is not there, with what is near it',
      { lines: changed(lines, 1, 1, 'asembly') },
      {
        ...{ code: 'unknown-process', sheet: '投入与排放', cell: 'B2', pointer: '/lines/0/process' },
        candidates: ['assembly'],
      },
      /^Cell B2 of the sheet "投入与排放": no row of "单元过程" \(processes\) has the id "asembly"\. Near it: "assembly"/,
    ],
    [
      'an input from a process that is not there',
      {
        lines: [
          [...(lines[0] ?? []), '来源过程'],
          [...(lines[1] ?? []), 'casting'],
        ],
      },
      { code: 'unknown-process', cell: 'G2', pointer: '/lines/0/from' },
      /has the id "casting"/,
    ],
    [
      'a total of a site that is not there',
      {
        lines: [
          [...(lines[0] ?? []), '工厂总量'],
          [...(lines[1] ?? []), 'power'],
        ],
      },
      { code: 'unknown-site-data', cell: 'G2', pointer: '/lines/0/fromSite/total' },
      /no row of "工厂总量" \(siteTotals\) has the id "power"/,
    ],
    [
      'a line twice',
      { lines: [...lines, lines[1] ?? []] },
      { code: 'duplicate-id', sheet: '投入与排放', cell: 'A3', pointer: '/lines/1/id' },
      /stands twice/,
    ],
    [
      'a boundary that is none',
      { product: changed(product, 6, 1, '全生命周期') },
      { code: 'invalid-request', cell: 'B7', pointer: '/boundary' },
      /"系统边界" \(boundary\) is one of gate-to-gate|is one of .*cradle-to-gate \(从摇篮到大门\)/,
    ],
    [
      'a member that is none, with what is near it',
      { product: [...product, ['系统边限', 'x']] },
      { code: 'invalid-request', cell: 'A11' },
      /"系统边限" is no member of the product; near it: "系统边界"/,
    ],
    [
      'a member that stands twice',
      { product: [...product, ['boundary', 'gate-to-gate']] },
      { code: 'invalid-request', cell: 'A11' },
      /"boundary" stands twice/,
    ],
    [
      'a day that is a number',
      { product: changed(product, 1, 1, { v: '45658' }) },
      { code: 'malformed-workbook', cell: 'B2' },
      /holds the number 45658, not a day/,
    ],
    [
      'a formula’s error',
      { processes: changed(processes, 1, 4, { f: '1/0', t: 'e', v: '#DIV/0!' }) },
      { code: 'malformed-workbook', cell: 'E2', pointer: '/processes/0' },
      /shows the error #DIV\/0!/,
    ],
    [
      'a formula never calculated',
      { processes: changed(processes, 1, 4, { f: 'B1*2' }) },
      { code: 'malformed-workbook', cell: 'E2' },
      /no stored value/,
    ],
    [
      'a formula’s zero',
      { lines: changed(lines, 1, 3, { f: 'X!B5', v: '0' }) },
      { code: 'malformed-workbook', sheet: '投入与排放', cell: 'D2' },
      /type 0 if it is truly zero/,
    ],
    [
      'percent',
      { lines: changed(lines, 1, 3, { v: '0.05', s: 2 }) },
      { code: 'malformed-workbook', cell: 'D2' },
      /stores 0.05 and shows another number/,
    ],
    [
      'an unknown column',
      { processes: changed(processes, 0, 6, '颜色') },
      { code: 'malformed-workbook', sheet: '单元过程', cell: 'G1' },
      /"颜色" is not a column of processes/,
    ],
    [
      'a missing column',
      { processes: processes.map((cells) => cells.slice(0, 5)) },
      { code: 'malformed-workbook', cell: 'A1', missing: ['output.unit'] },
      /the column "output.unit" \(产出单位\) is missing/,
    ],
    [
      'content under no header',
      { processes: changed(processes, 1, 6, '合计') },
      { code: 'malformed-workbook', cell: 'G2' },
      /under no header/,
    ],
  ]

  test.each(cases)('%s', (_, changes, facts, detail) => {
    const found = refused(() => read(changes, { formats }))
    expect(found).toMatchObject(facts)
    expect(found.detail).toMatch(detail)
  })

  test('a day that Excel keeps as one is taken', () => {
    const { system } = read({ product: changed(product, 1, 1, { v: '45658', s: 1 }) }, { formats })
    expect(system).toMatchObject({ period: { start: '2025-01-01' } })
  })

  test('merged cells among the rows', () => {
    const sheets = sheetsOf({}).map((sheet) =>
      sheet.name === '单元过程' ? { ...sheet, merged: ['B2:C2'] } : sheet,
    )
    expect(refused(() => readBytes(madeWorkbook({ sheets })))).toMatchObject({
      code: 'malformed-workbook',
      sheet: '单元过程',
      cell: 'B2',
      range: 'B2:C2',
    })
  })

  test('a row or a column that is hidden', () => {
    for (const hidden of [{ hiddenRows: [2] }, { hiddenColumns: [3] }]) {
      const sheets = sheetsOf({}).map((sheet) =>
        sheet.name === '单元过程' ? { ...sheet, ...hidden } : sheet,
      )
      expect(refused(() => readBytes(madeWorkbook({ sheets }))).detail).toMatch(/is hidden and holds data/)
    }
  })
})

describe('faults of several sheets', () => {
  test('are named at once, each with its place, and what cannot be read is not missed as well', () => {
    const found = refused(() =>
      read({
        product: changed(product, 7, 1, 'eins'),
        processes: changed(changed(processes, 1, 3, '制造'), 1, 4, { f: '1/0', t: 'e', v: '#DIV/0!' }),
        lines: changed(lines, 1, 3, '1 000'),
      }),
    )
    expect([found, ...found.others].map(({ code, sheet, cell }) => [code, sheet, cell])).toEqual([
      ['invalid-number', '产品', 'B8'],
      ['malformed-workbook', '单元过程', 'E2'],
      ['invalid-number', '投入与排放', 'D2'],
    ])
  })

  test('are named up to fifty beside the first', () => {
    const many = Array.from({ length: 200 }, (_, at) => [`p${at}`, null, 'P', '制造', 1, 'kg'])
    const found = refused(() => read({ processes: [...processes, ...many] }))
    expect(found.others).toHaveLength(50)
    expect(found.others.at(-1)).toMatchObject({ code: 'invalid-request', cell: 'D53' })
  })

  test('include a table that is not there, and a member that nobody states', () => {
    const sheets = sheetsOf({ product: product.slice(0, 6) }).filter(({ name }) => name !== '单元过程')
    const found = refused(() => readBytes(madeWorkbook({ sheets })))
    expect([found, ...found.others].map(({ pointer, detail }) => [pointer, detail])).toEqual([
      ['/boundary', expect.stringMatching(/^Table "产品" \(product\): "系统边界" \(boundary\) is one of/)],
      ['/referenceProcess', 'Table "产品" (product): "基准过程" (referenceProcess) is needed.'],
      ['/processes', 'Table "单元过程" (processes): is needed.'],
    ])
  })
})

describe('a workbook as a whole is refused', () => {
  test('where a sheet is there under two of its names, hidden, or where none is', () => {
    const twice = [...sheetsOf({}), { name: 'Processes', rows: processes }]
    expect(refused(() => readBytes(madeWorkbook({ sheets: twice }))).detail).toMatch(
      /More than one sheet is processes: "单元过程", "Processes"/,
    )
    const hidden = sheetsOf({}).map((sheet) => ({
      ...sheet,
      state: sheet.name === '单元过程' ? 'hidden' : 'visible',
    }))
    expect(refused(() => readBytes(madeWorkbook({ sheets: hidden })))).toMatchObject({
      code: 'malformed-workbook',
      sheet: '单元过程',
    })
    const none = [{ name: 'Sheet1', rows: processes }]
    expect(refused(() => readBytes(madeWorkbook({ sheets: none })))).toMatchObject({ sheets: ['Sheet1'] })
  })

  test('for more rows than are read of one', () => {
    const many = Array.from({ length: 20_001 }, (_, at) => [`p${at}`, 'P', '生产', '1', 'kg'])
    const head = ['编号', '英文名称', '生命周期阶段', '产出数量', '产出单位']
    const found = refused(() => read({ processes: [head, ...many] }, { inline: true }))
    expect(found).toMatchObject({ code: 'too-many-items', rowsMax: 20_000 })
  })

  test('for more cells than are read of one, counted over its sheets', () => {
    // 15,000 × 14 and 16,000 × 6 cells: each sheet is below the bound, both together come to 306,000.
    const filled = (head: readonly string[], rows: number): Rows => [
      head,
      ...Array.from({ length: rows }, (_, at) => head.map((_name, one) => (one === 0 ? `a${at}` : '1'))),
    ]
    const heads = {
      参数: ['id', 'value', 'unit', 'formula', 'name.zh', 'name.en'],
      循环材料: 'id,name.zh,name.en,A,B,R1,R2,R3,QsinQp,QsoutQp,LHV.amount,LHV.unit,XERheat,XERelec'.split(
        ',',
      ),
    }
    const more = [
      { name: '参数', rows: filled(heads.参数, 16_000) },
      { name: '循环材料', rows: filled(heads.循环材料, 15_000) },
    ]
    expect(refused(() => read({ more }, { inline: true }))).toMatchObject({
      code: 'malformed-workbook',
      cellsMax: 300_000,
    })
  })

  test('that unpacks to more than it may, before it is unpacked', () => {
    const parts = partsOf({ sheets: sheetsOf({}) })
    const bomb = zipSync(
      { ...parts, 'xl/worksheets/sheet3.xml': new Uint8Array(40 * 1024 * 1024) },
      { level: 9 },
    )
    expect(bomb.length).toBeLessThan(200_000)
    const began = performance.now()
    expect(refused(() => readBytes(bomb))).toMatchObject({ code: 'body-too-large' })
    expect(performance.now() - began).toBeLessThan(500)
  })

  test('that nests elements without end', () => {
    const parts = partsOf({ sheets: sheetsOf({}) })
    const deep = `<worksheet>${'<a>'.repeat(100_000)}`
    const bytes = zipSync({ ...parts, 'xl/worksheets/sheet3.xml': new TextEncoder().encode(deep) })
    expect(refused(() => readBytes(bytes))).toMatchObject({ code: 'malformed-workbook' })
  })
})

describe('the sheets of a site', () => {
  const site: Rows = [
    ['工厂编号', '英文名称', '期间开始', '期间结束次日'],
    ['tongan', 'Works', '2025-01-01', '2026-01-01'],
  ]
  const totals = (rows: Rows): MadeSheet => ({
    name: '工厂总量',
    rows: [['工厂编号', '总量编号', '英文名称', '数量', '单位'], ...rows],
  })
  const sites = { name: '工厂', rows: site }
  const products = (rows: Rows): MadeSheet => ({
    name: '工厂产品',
    rows: [['工厂编号', '产品编号', '英文名称', '合格产量', '合格产量单位'], ...rows],
  })

  test('may leave out which site it is where there is one', () => {
    const { system } = read({
      more: [
        sites,
        totals([[null, 'power', 'Power', 36000, 'kWh']]),
        products([[null, 'fan', 'Fan', 8000, 'piece']]),
      ],
    })
    expect(system.siteData).toEqual([
      {
        id: 'tongan',
        name: { en: 'Works', zh: null },
        period: { start: '2025-01-01', end: '2026-01-01' },
        totals: [
          { id: 'power', name: { en: 'Power', zh: null }, quantity: { amount: '36000', unit: 'kWh' } },
        ],
        products: [{ id: 'fan', name: { en: 'Fan', zh: null }, good: { amount: '8000', unit: 'piece' } }],
        keys: [],
        splits: [],
      },
    ])
  })

  test('must say which where there are two, and name one that is there', () => {
    const two = { ...sites, rows: [...site, ['xiangan', 'Works 2', '2025-01-01', '2026-01-01']] }
    const sheet = totals([
      [null, 'power', 'Power', 36000, 'kWh'],
      ['haicang', 'gas', 'Gas', 900, 'm3'],
    ])
    const found = refused(() => read({ more: [two, sheet] }))
    expect([found, ...found.others].map(({ cell, detail }) => [cell, detail])).toEqual([
      [
        'A2',
        'Cell A2 of the sheet "工厂总量": "工厂编号" (site): is needed, since "工厂" (sites) has none, or more than one.',
      ],
      [
        'A3',
        'Cell A3 of the sheet "工厂总量": "工厂编号" (site): no row of "工厂" (sites) has the id "haicang".',
      ],
      ['A2', 'Cell A2 of the sheet "工厂": it needs a row of "工厂产品" (siteProducts).'],
      ['A3', 'Cell A3 of the sheet "工厂": it needs a row of "工厂产品" (siteProducts).'],
    ])
  })
})

describe('several CSV texts', () => {
  const encode = (text: string) => new TextEncoder().encode(text)
  const part = (name: string, text: string | Uint8Array, contentType = 'text/csv') => ({
    name,
    bytes: typeof text === 'string' ? encode(text) : text,
    contentType,
  })
  const parts = () => [
    part(
      'product',
      'member,value\nperiod.start,2025-01-01\nperiod.end,2026-01-01\nregion,CN-FJ\ngwpSet.id,ipcc-ar5\ngwpSet.version,2013\nboundary,cradle-to-gate\ndeclaredUnit.amount,1\ndeclaredUnit.unit,piece\nreferenceProcess,assembly\n',
    ),
    part('factorTables', 'table,version\nuk-desnz,2025\n'),
    part('processes', 'id,name.en,stage,output.amount,output.unit\nassembly,Assembly,production,1,piece\n'),
    part(
      'lines',
      'id,process,category,quantity.amount,quantity.unit,factor.table\nmotor,assembly,material,24,kg,uk-desnz\n',
    ),
  ]
  const readParts = (sent: ReturnType<typeof parts>) => readSystem(csvTables(sent), ProductDefinitionBody)

  test('are read as the tables that their names say', () => {
    expect(readParts(parts()).system).toEqual({
      ...read().system,
      processes: [expect.objectContaining({ id: 'assembly' })],
    })
    expect(readParts(parts()).lines).toEqual(read().lines)
  })

  test('say the part, the line and the column of each fault', () => {
    const wrong = [
      ...parts().filter(({ name }) => name !== 'processes' && name !== 'lines'),
      part(
        'processes',
        'id,name.en,stage,output.amount,output.unit\nassembly,Assembly,production,"1,000",piece\nb,B,making,1,kg\n',
      ),
      part(
        'lines',
        'id,process,category,quantity.amount,quantity.unit,factor.table\nmotor,assembly,material,,kg,uk-desnz\nx,y\n',
      ),
    ]
    const found = refused(() => readParts(wrong))
    expect(
      [found, ...found.others].map(({ code, part: name, line, column }) => [code, name, line, column]),
    ).toEqual([
      ['invalid-number', 'processes', 2, 30],
      ['invalid-request', 'lines', 2, 25],
      ['malformed-csv', 'lines', 3, 1],
      ['invalid-request', 'processes', 3, 5],
    ])
    expect(found.others[0].detail).toMatch(/^Part "lines", line 2, column 25: quantity.amount is needed/)
  })

  test('may be GB 18030 where they declare it, and are refused with how to say it where they do not', () => {
    // 装配 in GB 18030 is D7 B0 C5 E4.
    const chinese = Uint8Array.of(
      ...encode('id,name.zh,name.en,stage,output.amount,output.unit\nassembly,'),
      ...[0xd7, 0xb0, 0xc5, 0xe4],
      ...encode(',Assembly,production,1,piece\n'),
    )
    const others = parts().filter(({ name }) => name !== 'processes')
    const { system } = readParts([...others, part('processes', chinese, 'text/csv; charset=gb18030')])
    expect(system).toMatchObject({ processes: [{ name: { zh: '装配', en: 'Assembly' } }] })
    expect(refused(() => readParts([...others, part('processes', chinese)]))).toMatchObject({
      code: 'malformed-csv',
      part: 'processes',
      looksLike: 'gb18030',
    })
  })

  test('are refused under a name that no table has', () => {
    expect(refused(() => readParts([...parts(), part('prices', 'a,b\n')]))).toMatchObject({
      code: 'invalid-request',
      part: 'prices',
    })
  })

  test('of more processes than the engine solves are refused by name with their bound', () => {
    const head = 'id,name.en,stage,output.amount,output.unit\n'
    const rows = Array.from({ length: 20_001 }, (_, at) => `p${at},P,production,1,kg\n`)
    const others = parts().filter(({ name }) => name !== 'processes')
    expect(refused(() => readParts([...others, part('processes', head + rows.join(''))]))).toMatchObject({
      code: 'too-many-items',
      table: 'processes',
      rowsMax: 20_000,
    })
  })

  test('of a million rows are counted, and refused by name with their bound', () => {
    const head = 'id,process,category,quantity.amount,quantity.unit,factor.table\n'
    const many = `${head}${'m,assembly,material,24,kg,uk-desnz\n'.repeat(1_000_000)}`
    const began = performance.now()
    const others = parts().filter(({ name }) => name !== 'lines')
    expect(refused(() => readParts([...others, part('lines', many)]))).toMatchObject({
      code: 'too-many-items',
      table: 'lines',
      rowsMax: 100_000,
    })
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
