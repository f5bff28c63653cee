/** Excel workbooks of activity data: what is taken as it stands, and what is refused with the cell it stands in. */

import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { csvActivityData, workbookActivityData } from '../../src/http/activity-data.ts'
import { linesMax } from '../../src/http/calculation.ts'
import { rowsMax } from '../../src/http/workbook/sheet.ts'
import { isProblem } from '../../src/problem.ts'
import { dataWorkbook, type MadeCell, madeWorkbook, partsOf } from './made-workbook.ts'

const head = ['编号', '活动类别', '数量', '单位', '开始日期', '结束次日', '说明'] as const
const encode = (text: string) => new TextEncoder().encode(text)

/** The lines of rows under the header above. */
function linesOf(rows: readonly (readonly MadeCell[])[], more: Parameters<typeof dataWorkbook>[1] = {}) {
  return workbookActivityData(dataWorkbook([head, ...rows], more)).lines
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

/** The refusal of one row under the header. */
const refusedRow = (row: readonly MadeCell[], more = {}) => refused(() => linesOf([row], more))

describe('a workbook of activity data', () => {
  const csv = csvActivityData(
    encode(
      'id,category,quantity.amount,quantity.unit,period.start,period.end,description\na,purchased-electricity,0.1,万kWh,2025-01-01,2025-02-01,主表\nb,mobile-combustion,0,L,,,\n',
    ),
  ).lines

  test('gives the lines of the same data as CSV, with shared texts and with texts in the cells', () => {
    const rows = [
      ['a', '外购电力', 0.1, '万kWh', '2025-01-01', '2025-02-01', '主表'],
      ['b', '移动燃烧', 0, 'L'],
    ]
    expect(linesOf(rows)).toEqual(csv)
    expect(linesOf(rows, { inline: true })).toEqual(csv)
  })

  test('keeps numbers as they are stored: 0.1 stays 0.1, and 17 digits stay 17 digits', () => {
    const amounts = ['0.1', '118400', '0.30000000000000004', '1.5E-3', '-2.50']
    const rows = amounts.map((v, at) => [`r${at}`, 'c', { v }, 'kWh'])
    expect(linesOf(rows).map(({ quantity }) => quantity?.amount)).toEqual(amounts)
  })

  test('gives days for dates, in both of Excel’s calendars', () => {
    // 45658 days after 1899-12-30 is 2025-01-01 (25569 is 1970-01-01; 55 years with 14 leap days are 20089 days).
    const formats = ['General', 14, 'yyyy"年"m"月"d"日"']
    const row = ['a', 'c', 1, 'kWh', { v: '45658', s: 1 }, { v: '45689', s: 2 }]
    expect(linesOf([row], { formats })[0]?.period).toEqual({ start: '2025-01-01', end: '2025-02-01' })
    const later = ['a', 'c', 1, 'kWh', { v: '44196', s: 1 }, { v: '44227', s: 2 }]
    expect(linesOf([later], { formats, date1904: true })[0]?.period).toEqual({
      start: '2025-01-01',
      end: '2025-02-01',
    })
  })

  test('takes what a formula came to when it was saved, text or number', () => {
    const row = [
      { f: '"a"&1', t: 'str', v: 'a1' },
      'c',
      { f: 'SUM(H2:H9)', v: '12.5' },
      'kWh',
      null,
      null,
      { f: 'IF(A1="","","x")', t: 'str', v: '' },
    ]
    expect(linesOf([row])).toEqual([{ id: 'a1', category: 'c', quantity: { amount: '12.5', unit: 'kWh' } }])
  })

  test('may have a title and explanations above its header, also merged ones', () => {
    const rows = [['厦门工厂 2025'], [], ['请勿改动', '说明'], head, ['a', 'c', 1, 'kWh']]
    const data = workbookActivityData(dataWorkbook(rows, { merged: ['A1:G1'] }))
    expect(data.lines).toHaveLength(1)
    expect(data.place('/lines/0/quantity/unit')).toEqual({ sheet: '活动数据', cell: 'D5', row: 5, column: 4 })
  })

  test('may have empty rows, empty hidden ones, and columns without header and content', () => {
    const rows = [['a', 'c', 1, 'kWh'], [], [''], ['b', 'c', 2, 'kWh'], [null, null, ''], []]
    expect(linesOf(rows, { hiddenRows: [3, 6], hiddenColumns: [7, 9] })).toHaveLength(2)
  })

  test('is read from the sheet with the name of the data, or from the only one that is shown', () => {
    const data = { rows: [head, ['a', 'c', 1, 'kWh']] }
    const other = { name: '备注', rows: [['x']] }
    for (const name of ['活动数据', 'Activity Data', 'data']) {
      const bytes = madeWorkbook({ sheets: [other, { name, ...data }] })
      expect(workbookActivityData(bytes).lines).toHaveLength(1)
    }
    const only = madeWorkbook({
      sheets: [
        { ...other, state: 'hidden' },
        { name: 'Sheet1', ...data },
      ],
    })
    expect(workbookActivityData(only).lines).toHaveLength(1)
    const none = madeWorkbook({ sheets: [other, { name: 'Sheet1', ...data }] })
    expect(refused(() => workbookActivityData(none))).toMatchObject({
      code: 'malformed-workbook',
      sheets: ['备注', 'Sheet1'],
    })
    const two = madeWorkbook({
      sheets: [
        { name: '数据', ...data },
        { name: 'Data', ...data },
      ],
    })
    expect(refused(() => workbookActivityData(two)).detail).toMatch(/More than one sheet .*"数据", "Data"/)
  })

  test('keeps texts whole: runs joined, readings left out, controls named by code refused', () => {
    const sst = (si: string) => ({
      'xl/sharedStrings.xml': `<sst>${head.map((title) => `<si><t>${title}</t></si>`).join('')}<si>${si}</si></sst>`,
    })
    const rows = [
      ['a', 'c', 1, 'kWh'].map((cell) => (typeof cell === 'string' ? { t: 'str', v: cell } : cell)),
    ]
    const told = (si: string) =>
      linesOf([[...(rows[0] ?? []), null, null, { t: 's', v: '7' }]], { parts: sst(si) })[0]?.description
    expect(
      told('<r><t>主</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 表</t></r><rPh><t>zhu</t></rPh>'),
    ).toBe('主 表')
    expect(told('<t>A &amp; B &#x4E2D;<![CDATA[<c>]]></t>')).toBe('A & B 中<c>')
    expect(refused(() => told('<t>a_x000D_b</t>'))).toMatchObject({ code: 'invalid-request', cell: 'G2' })
  })

  test('without lines gives none; the calculation says what that means', () => {
    expect(linesOf([])).toEqual([])
  })
})

describe('a cell is refused with its place', () => {
  const formats = ['General', 14, 9, '0!.0,"万"', 'h:mm', '#,##0.00']
  const cases: readonly (readonly [string, readonly MadeCell[], string, RegExp])[] = [
    ['an error', ['a', 'c', { t: 'e', v: '#REF!' }, 'kWh'], 'C2', /shows the error #REF!/],
    [
      'a formula’s error',
      ['a', 'c', { f: '1/0', t: 'e', v: '#DIV/0!' }, 'kWh'],
      'C2',
      /shows the error #DIV\/0!/,
    ],
    ['a formula never calculated', ['a', 'c', { f: 'B1*2' }, 'kWh'], 'C2', /no stored value/],
    ['a formula with an empty number', ['a', 'c', { f: 'B1*2', v: '' }, 'kWh'], 'C2', /no stored value/],
    ['a formula’s zero', ['a', 'c', { f: 'Meter!B5', v: '0' }, 'kWh'], 'C2', /type 0 if it is truly zero/],
    ['TRUE', ['a', 'c', { t: 'b', v: '1' }, 'kWh'], 'C2', /TRUE or FALSE/],
    ['a date for an amount', ['a', 'c', { v: '45658', s: 1 }, 'kWh'], 'C2', /holds a date/],
    ['a date for an id', [{ v: '45658', s: 1 }, 'c', 1, 'kWh'], 'A2', /holds a date/],
    ['percent', ['a', 'c', { v: '0.05', s: 2 }, 'kWh'], 'C2', /stores 0.05 and shows another number/],
    [
      '万 by format',
      ['a', 'c', { v: '118400', s: 3 }, 'kWh'],
      'C2',
      /stores 118400 and shows another number/,
    ],
    ['a number for a date', ['a', 'c', 1, 'kWh', { v: '45658' }], 'E2', /holds the number 45658, not a day/],
    ['a time of day', ['a', 'c', 1, 'kWh', { v: '45658.5', s: 1 }], 'E2', /not a day/],
    ['the day that never was', ['a', 'c', 1, 'kWh', { v: '60', s: 1 }], 'E2', /not a day/],
    ['a long number for an id', [{ v: '1.2345678901234568E+17' }, 'c', 1, 'kWh'], 'A2', /cut the number/],
    ['a number that is none', ['a', 'c', { v: '1,000' }, 'kWh'], 'C2', /cannot be read/],
    ['content under no header', ['a', 'c', 1, 'kWh', null, null, null, '合计'], 'H2', /under no header/],
  ]

  test.each(cases)('%s', (_, row, cell, detail) => {
    const found = refusedRow(row, { formats })
    expect(found).toMatchObject({
      code: 'malformed-workbook',
      cell,
      row: 2,
      sheet: '活动数据',
      pointer: '/lines/0',
    })
    expect(found.detail).toMatch(detail)
  })

  test('but a number with separators only in its format is taken', () => {
    expect(linesOf([['a', 'c', { v: '118400', s: 5 }, 'kWh']], { formats })[0]?.quantity?.amount).toBe(
      '118400',
    )
  })

  test('an empty one that is needed, in the words of its header', () => {
    const found = refusedRow(['a', 'c', null, 'kWh'])
    expect(found).toMatchObject({ code: 'invalid-request', cell: 'C2', row: 2, column: 3 })
    expect(found.detail).toBe('Cell C2 of the sheet "活动数据": "数量" (quantity.amount) is needed.')
  })

  test('a text that is no decimal, or an id met before', () => {
    expect(refusedRow(['a', 'c', '118 400', 'kWh'])).toMatchObject({ code: 'invalid-number', cell: 'C2' })
    const twice = refused(() => linesOf([['a', 'c', 1, 'kWh'], [], ['a', 'c', 1, 'kWh']]))
    expect(twice).toMatchObject({ code: 'duplicate-id', cell: 'A4', pointer: '/lines/1/id' })
  })

  test('and all of them at once, from several rows', () => {
    const found = refused(() =>
      linesOf([
        ['a', 'c', { t: 'e', v: '#N/A' }, { t: 'b', v: '0' }],
        ['b', 'c', 1, 'kWh'],
        ['c', 'c', '', 'kWh'],
        ['b', 'c', '1.2.3', 'kWh'],
      ]),
    )
    expect([found, ...found.others].map(({ code, cell }) => [code, cell])).toEqual([
      ['malformed-workbook', 'C2'],
      ['malformed-workbook', 'D2'],
      ['invalid-request', 'C4'],
      ['invalid-number', 'C5'],
      ['duplicate-id', 'A5'],
    ])
  })
})

describe('a sheet is refused', () => {
  const row = ['a', 'c', 1, 'kWh']

  test('for merged cells among its lines, each range named', () => {
    const found = refused(() => linesOf([row, row], { merged: ['B2:B3', 'D3:E3', 'A9:B9'] }))
    expect([found, ...found.others].map(({ range, cell }) => [range, cell])).toEqual([
      ['B2:B3', 'B2'],
      ['D3:E3', 'D3'],
      ['A9:B9', 'A9'],
    ])
    expect(found.detail).toMatch(/the cells B2:B3 are merged/)
  })

  test('for hidden rows and columns that hold data: they are neither taken nor dropped in silence', () => {
    const found = refused(() => linesOf([row, ['b', 'c', 2, 'kWh']], { hiddenRows: [3], hiddenColumns: [3] }))
    expect([found, ...found.others].map(({ cell, detail }) => [cell, detail])).toEqual([
      ['C2', expect.stringMatching(/column C is hidden and holds data/)],
      ['A3', expect.stringMatching(/row 3 is hidden and holds data/)],
    ])
  })

  test('for its header: none, unknown columns, one column twice', () => {
    const only = (rows: readonly (readonly MadeCell[])[]) =>
      refused(() => workbookActivityData(dataWorkbook(rows)))
    expect(only([['foo', 'bar'], row]).detail).toMatch(/no header row/)
    expect(only([['id', 'category', 'amount', '单位', '数量单价'], row])).toMatchObject({
      code: 'malformed-workbook',
      cell: 'E1',
    })
    const found = only([['id', 'category', '数量', 'Amount', 'unit', 'quantity.amount'], row])
    expect([found, ...found.others].map(({ cell }) => cell)).toEqual(['D1', 'F1'])
  })

  test('for more rows than are read of a workbook, its header one of them', () => {
    const rows = Array.from({ length: rowsMax }, (_, at) => [`r${at}`, 'c', 1, 'kWh'])
    expect(linesOf(rows.slice(1))).toHaveLength(rowsMax - 1)
    expect(refused(() => linesOf(rows))).toMatchObject({ code: 'too-many-items', rowsMax, linesMax })
  })
})

describe('a file is refused as a whole', () => {
  const sound = partsOf({ sheets: [{ name: '活动数据', rows: [head, ['a', 'c', 1, 'kWh']] }] })
  const of = (parts: Record<string, Uint8Array>) => refused(() => workbookActivityData(zipSync(parts)))
  const sheet = 'xl/worksheets/sheet1.xml'
  const withSheet = (xml: string) => of({ ...sound, [sheet]: encode(xml) })

  test('that has macros, by its project or by its type', () => {
    expect(of({ ...sound, 'xl/vbaProject.bin': encode('x') }).detail).toMatch(/has macros/)
    const types = new TextDecoder().decode(sound['[Content_Types].xml'])
    const typed = types.replace(
      'openxmlformats-officedocument.spreadsheetml.sheet',
      'ms-excel.sheet.macroEnabled',
    )
    expect(of({ ...sound, '[Content_Types].xml': encode(typed) }).detail).toMatch(/has macros/)
  })

  test('that is of Excel before 2007 or has a password', () => {
    const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0)
    expect(refused(() => workbookActivityData(old)).detail).toMatch(/\.xls.*password/)
  })

  test('that is an archive of something else', () => {
    expect(of({ 'a.txt': encode('x') }).detail).toMatch(/no Excel workbook/)
  })

  test('that is cut anywhere, or has one byte flipped in what is read, without any other failure', () => {
    const whole = zipSync(sound)
    for (let length = 0; length < whole.length; length += 7) {
      expect(refused(() => workbookActivityData(whole.slice(0, length))).code).toBe('malformed-workbook')
    }
    const lines = workbookActivityData(whole).lines
    let accepted = 0
    for (let at = 0; at < whole.length; at += 3) {
      const flipped = whole.slice()
      flipped[at] = (flipped[at] ?? 0) ^ 0x10
      const found = refused(() => {
        expect(workbookActivityData(flipped).lines).toEqual(lines)
      })
      if (found === 'accepted') accepted += 1
      else expect(['malformed-workbook', 'body-too-large']).toContain(found.code)
    }
    // What is not read (times, versions, attributes of the archive) may change; data never do.
    expect(accepted).toBeGreaterThan(0)
  })

  test('that unpacks to more than it may, before it is unpacked', () => {
    const bomb = zipSync({ ...sound, [sheet]: new Uint8Array(17 * 1024 * 1024) }, { level: 9 })
    expect(bomb.length).toBeLessThan(60_000)
    expect(refused(() => workbookActivityData(bomb))).toMatchObject({ code: 'body-too-large' })
  })

  test('that unpacks to more than it says, as soon as it does', () => {
    const bomb = zipSync({ ...sound, [sheet]: new Uint8Array(12 * 1024 * 1024) }, { level: 9 })
    // The directory's entry of the sheet says 100 bytes.
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength)
    for (let at = 0; at < bomb.length - 46; at += 1)
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === 12 * 1024 * 1024)
        view.setUint32(at + 24, 100, true)
    expect(refused(() => workbookActivityData(bomb)).detail).toMatch(/damaged/)
  })

  test('that has too many parts, or two of one name', () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`p${at}`, encode('')]))
    expect(of({ ...sound, ...many }).detail).toMatch(/more than 1000 parts/)
    expect(of({ ...sound, 'XL/workbook.xml': encode('x') }).detail).toMatch(/damaged/)
  })

  test('whose XML has a document type, unknown entities, no end, or no bottom', () => {
    const bombed = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    expect(withSheet(bombed).detail).toMatch(/document type/)
    expect(withSheet('<worksheet>&b;</worksheet>').detail).toMatch(/well-formed/)
    expect(withSheet('<worksheet><sheetData>').detail).toMatch(/well-formed/)
    expect(withSheet('<worksheet></sheetData>').detail).toMatch(/well-formed/)
    expect(withSheet(`<worksheet>${'<a>'.repeat(100_000)}`).detail).toMatch(/well-formed/)
    expect(withSheet('<worksheet a="').detail).toMatch(/well-formed/)
    expect(withSheet('<worksheet><row r=1></row></worksheet>').detail).toMatch(/well-formed/)
    expect(withSheet('<worksheet>&constructor;</worksheet>').detail).toMatch(/well-formed/)
  })

  test('that takes no longer than its size is worth, whatever it holds', () => {
    const size = 2 * 1024 * 1024
    const hostile = [
      `<worksheet><row${' '.repeat(size)}/></worksheet>`,
      `<worksheet><row ${'a'.repeat(size)}/></worksheet>`,
      `<worksheet><row ${"a='".repeat(size / 4)}/></worksheet>`,
      `<worksheet>${'&'.repeat(size)}</worksheet>`,
      `<worksheet>${'<row/>'.repeat(size / 8)}</worksheet>`,
      `<worksheet><sheetData>${'<row><c><v/></c></row>'.repeat(size / 32)}</sheetData></worksheet>`,
      `<worksheet>${'<col min="1" max="2" hidden="1"/>'.repeat(size / 40)}</worksheet>`,
    ]
    const began = performance.now()
    for (const xml of hostile) expect(withSheet(xml)).toMatchObject({ code: expect.any(String) })
    const codes = `<styleSheet><numFmts><numFmt numFmtId="1" formatCode="${'['.repeat(size)}"/></numFmts></styleSheet>`
    of({ ...sound, 'xl/styles.xml': encode(codes) })
    // Each of them would take minutes in a reader that goes back to where it began.
    expect(performance.now() - began).toBeLessThan(15_000)
  })

  test('whose cells stand in another order than they say, or outside any sheet', () => {
    const body = (inside: string) =>
      withSheet(`<worksheet><sheetData>${inside}</sheetData></worksheet>`).detail
    expect(body('<row r="2"/><row r="1"/>')).toMatch(/damaged/)
    expect(body('<row r="1"><c r="A2"><v>1</v></c></row>')).toMatch(/damaged/)
    expect(body('<row r="1"><c r="B1"/><c r="A1"/></row>')).toMatch(/damaged/)
    expect(body('<row r="1"><c r="ZZZ1"><v>1</v></c></row>')).toMatch(/damaged/)
    expect(body('<row r="99999999"/>')).toMatch(/damaged/)
    expect(body('<row r="1"><c r="A1" t="s"><v>999</v></c></row>')).toMatch(/damaged/)
    expect(body('<row r="1"><c r="A1" t="s"><v></v></c></row>')).toMatch(/damaged/)
    expect(body('<row r="1"><c r="A1" t="s"><v>0x0</v></c></row>')).toMatch(/damaged/)
  })

  test('whose cells have two values, one inside the other, or a type that nobody knows', () => {
    const body = (cell: string) =>
      withSheet(`<worksheet><sheetData><row r="1">${cell}</row></sheetData></worksheet>`).detail
    // Run together they would be 51000.
    expect(body('<c r="A1"><v>5</v><v>1000</v></c>')).toMatch(/damaged/)
    expect(body('<c r="A1"><is><t>5</t></is><v>1000</v></c>')).toMatch(/damaged/)
    expect(body('<c r="A1"><c r="B1"><v>5</v></c></c>')).toMatch(/damaged/)
    expect(body('<c r="A1" t="zzz"><v>5</v></c>')).toMatch(/damaged/)
  })

  test('with a text longer than a cell can hold, which many cells could name', () => {
    const long = 'a'.repeat(32_768)
    const inside = `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${long}</t></is></c></row></sheetData></worksheet>`
    expect(withSheet(inside).detail).toMatch(/more than 32767 characters/)
    const shared = `<sst><si><r><t>${long.slice(1)}</t></r><r><t>a</t></r></si></sst>`
    expect(of({ ...sound, 'xl/sharedStrings.xml': encode(shared) }).detail).toMatch(
      /more than 32767 characters/,
    )
  })

  test('but prefixes, rows and cells without numbers, comments and a byte order mark are fine', () => {
    const cells = (texts: readonly string[]) =>
      texts.map((text) => `<x:c t='inlineStr'><x:is><x:t>${text}</x:t></x:is></x:c>`).join('')
    const xml = `\uFEFF<?xml version="1.0"?><!-- > --><x:worksheet xmlns:x="y"><x:sheetData><x:row>${cells(head)}</x:row><x:row>${cells(['a', 'c', '1', 'kWh'])}</x:row></x:sheetData></x:worksheet>`
    const bytes = zipSync({ ...sound, [sheet]: encode(xml) })
    expect(workbookActivityData(bytes).lines).toMatchObject([{ id: 'a', quantity: { amount: '1' } }])
  })
})
