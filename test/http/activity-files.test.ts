/** CSV of activity data as people have it: every fault at once, the encodings it comes in, and headers in two languages. */

import { describe, expect, test } from 'vitest'
import { organizationCategories, productCategories } from '../../src/engine/categories.ts'
import { categoryNamed } from '../../src/http/activity-categories.ts'
import { activityColumns, columnNamed, columnOf, csvColumns } from '../../src/http/activity-columns.ts'
import { csvActivityData, declaredActivityData, fileActivityData } from '../../src/http/activity-data.ts'
import { isProblem } from '../../src/problem.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => csvActivityData(bytes(text)).lines

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

const head = 'id,category,quantity.amount,quantity.unit'

describe('all faults of a CSV', () => {
  test('are named at once, each with its place, whatever kind they are of', () => {
    const csv = [
      head,
      'a,c,1,kWh',
      'b,c,,kWh', // no amount
      'c,c,1', // a cell too few
      'd,c,1 000,kWh', // no decimal
      'e,c,1,k"Wh', // a bare quote
      'a,c,1,kWh', // an id met before
      ',c,,kWh', // neither id nor amount
    ].join('\n')
    const found = refused(() => read(csv))
    const places = [found, ...found.others].map(({ code, line, column, pointer }) => [
      code,
      line,
      column,
      pointer,
    ])
    expect(places).toEqual([
      ['invalid-request', 3, 5, '/lines/1/quantity/amount'],
      ['malformed-csv', 4, 1, '/lines/2'],
      ['invalid-number', 5, 5, '/lines/3/quantity/amount'],
      ['malformed-csv', 6, 7, '/lines/4'],
      ['duplicate-id', 7, 1, '/lines/5/id'],
      ['invalid-request', 8, 1, '/lines/6/id'],
      ['invalid-request', 8, 4, '/lines/6/quantity/amount'],
    ])
    for (const { detail } of found.others) expect(detail).toEqual(expect.any(String))
  })

  test('are named up to fifty beside the first, and no more are looked for', () => {
    const rows = Array.from({ length: 200 }, (_, at) => `r${at},c,,kWh`)
    const found = refused(() => read([head, ...rows].join('\n')))
    expect(found.others).toHaveLength(50)
    expect(found.others.at(-1)).toMatchObject({ code: 'invalid-request', line: 52, column: 7 })
  })

  test('of a header too: unknown columns, doubled ones and missing ones', () => {
    const found = refused(() => read('id,category,colour,类别,Activity category,quantity.amount\n'))
    expect([found, ...found.others].map(({ column, detail }) => [column, detail])).toEqual([
      [13, 'Line 1, column 13: "colour" is not a column of activity data.'],
      [20, expect.stringMatching(/"类别" is not a column of activity data; near it: .*"活动类别"/)],
      [23, 'Line 1, column 23: "Activity category" is the same column as "category".'],
      [1, 'Line 1, column 1: the column "quantity.unit" (单位) is missing.'],
    ])
  })

  test('stop at a quote that does not end, since nobody can tell what follows', () => {
    const found = refused(() => read(`${head}\na,c,,kWh\nb,"c,1,kWh\nd,c,,kWh`))
    expect([found, ...found.others].map(({ line, column }) => [line, column])).toEqual([
      [2, 5],
      [3, 3],
    ])
  })

  test('behind a quote that is merely wrong are found where they are', () => {
    const found = refused(() => read(`${head},description\na,c,1,kWh,"x"y\nb,c,,kWh,"two\nlines"\nc,c,,kWh,`))
    expect([found, ...found.others].map(({ line, column }) => [line, column])).toEqual([
      [2, 11],
      [3, 10], // no text of a line may hold a line break
      [3, 5],
      [5, 5],
    ])
  })
})

describe('the encoding of a CSV', () => {
  const csv = `编号,活动类别,数量,单位,说明\na,外购电力,1,kWh,厦门同安厂区的电表\n`
  const lines = read(csv)
  /** GB 18030 of the text above, byte by byte: taken from no encoder of ours, since JavaScript has none. */
  const gbk = (text: string) => {
    const known = gb18030Bytes()
    return Uint8Array.from(
      [...text].flatMap((character) => known.get(character) ?? [character.charCodeAt(0)]),
    )
  }
  const utf16 = (text: string, isLittle: boolean) =>
    Uint8Array.from(
      [...`\uFEFF${text}`].flatMap((character) => {
        const unit = character.charCodeAt(0)
        return isLittle ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255]
      }),
    )

  test('is UTF-8, with a byte order mark or without', () => {
    expect(lines).toMatchObject([{ category: 'purchased-electricity', description: '厦门同安厂区的电表' }])
    expect(csvActivityData(bytes(`\uFEFF${csv}`)).lines).toEqual(lines)
    expect(csvActivityData(bytes(csv), 'text/csv; charset="UTF-8"').lines).toEqual(lines)
  })

  test('is UTF-16 where a byte order mark says so', () => {
    expect(csvActivityData(utf16(csv, true)).lines).toEqual(lines)
    expect(csvActivityData(utf16(csv, false), 'text/csv; charset=utf-16').lines).toEqual(lines)
    const unmarked = utf16(csv, true).slice(2)
    unmarked.set([0x61, 0x00])
    expect(refused(() => csvActivityData(unmarked)).detail).toMatch(
      /looks like UTF-16 without a byte order mark/,
    )
    expect(refused(() => csvActivityData(utf16(csv, true).slice(0, -1))).detail).toMatch(/not valid UTF-16/)
  })

  test.each(['gb18030', 'GBK', 'gb2312'])('is %s only where the content type declares it', (charset) => {
    expect(csvActivityData(gbk(csv), `text/csv; charset=${charset}`).lines).toEqual(lines)
  })

  test('that looks like GBK and is not declared is refused in words that say how to send it', () => {
    const found = refused(() => csvActivityData(gbk(csv)))
    expect(found).toMatchObject({ code: 'malformed-csv', line: 1, column: 1, looksLike: 'gb18030' })
    expect(found.detail).toContain('looks like GBK')
    expect(found.detail).toContain('text/csv; charset=gb18030')
    expect(found.detail).toContain('CSV UTF-8')
  })

  test('that is neither UTF-8 nor Chinese is not called GBK', () => {
    const latin = Uint8Array.from(`${head}\na,c,1,kWh\nb,c,1,\xe9`, (character) => character.charCodeAt(0))
    const found = refused(() => csvActivityData(latin))
    expect(found).toMatchObject({ code: 'malformed-csv', line: 3, column: 7 })
    expect(found.looksLike).toBeUndefined()
  })

  test('that is declared as GB 18030 and is UTF-8 is refused: it would read as other Chinese', () => {
    const found = refused(() => csvActivityData(bytes(csv), 'text/csv; charset=gbk'))
    expect(found).toMatchObject({ code: 'malformed-csv', looksLike: 'utf-8' })
    // What has no Chinese is the same in both.
    const plain = `${head}\na,c,1,kWh`
    expect(csvActivityData(bytes(plain), 'text/csv; charset=gbk').lines).toEqual(read(plain))
  })

  test('that is declared as one and marked as another is refused', () => {
    const marked = bytes(`\uFEFF${csv}`)
    expect(refused(() => csvActivityData(marked, 'text/csv; charset=gb18030'))).toMatchObject({
      code: 'malformed-csv',
      declared: 'gb18030',
      marked: 'utf-8',
    })
  })

  test('that is broken, or that nobody reads, is refused', () => {
    const broken = Uint8Array.from([...gbk(csv), 0x81])
    expect(refused(() => csvActivityData(broken, 'text/csv; charset=gbk')).detail).toMatch(
      /not valid GB 18030/,
    )
    expect(refused(() => csvActivityData(bytes(csv), 'text/csv; charset=big5'))).toMatchObject({
      code: 'unsupported-media-type',
      given: 'big5',
    })
  })
})

/** Characters of the test's texts with their bytes in GB 18030, found by decoding every two-byte code. */
function gb18030Bytes(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, readonly number[]>()
  for (let lead = 0xb0; lead <= 0xf7; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1)
      found.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
  return found
}

describe('headers', () => {
  test('of every column are its dotted name, its English and its Chinese title, and no two columns share one', () => {
    const owners = new Map<string, string>()
    for (const name of csvColumns) {
      for (const written of [name, ...Object.values(columnOf(name).title)]) {
        expect([written, owners.get(written.toLowerCase()) ?? name]).toEqual([written, name])
        owners.set(written.toLowerCase(), name)
      }
    }
    for (const name of csvColumns) {
      const { title, help } = activityColumns[name]
      expect([name, title.en, title.zh].map(columnNamed)).toEqual([name, name, name])
      expect(title.zh + help.zh).toMatch(/\p{Script=Han}/u)
      expect(title.en + help.en).not.toMatch(/^\p{Script=Han}+$/u)
    }
  })

  test('may be mixed, and letter case, width and spaces around do not matter', () => {
    const csv = '编号, activity CATEGORY ,quantity.amount,单位,含硫量(%)\na,purchased-electricity,1,kWh,0.5'
    expect(read(csv)).toEqual(read(`${head},sulphurPercent\na,purchased-electricity,1,kWh,0.5`))
  })

  test('in Chinese are named in a refusal as they stand in the file', () => {
    const found = refused(() => read('编号,活动类别,数量,单位\na,外购电力,,kWh'))
    expect(found.detail).toBe('Line 2, column 8: "数量" (quantity.amount) is needed.')
  })
})

describe('categories', () => {
  test('are read by their code, their Chinese and their English name', () => {
    const named = (name: string) => read(`${head}\na,${name},1,kWh`)[0]?.category
    expect(['purchased-electricity', '外购电力', 'Purchased electricity'].map(named)).toEqual(
      Array(3).fill('purchased-electricity'),
    )
    expect(named('某种活动')).toBe('某种活动')
  })

  test('have names that mean one category each, and a code is never the name of another', () => {
    const codes = [...Object.keys(organizationCategories), ...Object.keys(productCategories)]
    expect(codes.map(categoryNamed)).toEqual(codes)
  })
})

describe('dates', () => {
  test('are taken as Excel in China writes them, year first; others are left to be refused', () => {
    const csv = (day: string) => `${head},period.start,period.end\na,c,1,kWh,${day},2025-02-01`
    const start = (day: string) => read(csv(day))[0]?.period?.start
    expect(['2025-01-01', '2025-1-1', '2025/1/1', '2025年1月1日'].map(start)).toEqual(
      Array(4).fill('2025-01-01'),
    )
    expect(start('1/2/2025')).toBe('1/2/2025')
  })
})

describe('the kind of a file', () => {
  const xls = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
  const zip = Uint8Array.of(0x50, 0x4b, 0x03, 0x04)

  test('is told by its first bytes where the content type may not know', () => {
    expect(fileActivityData(bytes(`${head}\na,c,1,kWh`), 'application/vnd.ms-excel').lines).toHaveLength(1)
    expect(refused(() => fileActivityData(xls, 'text/csv'))).toMatchObject({
      code: 'malformed-workbook',
      looksLike: 'xls',
    })
    expect(refused(() => fileActivityData(zip, 'text/csv')).code).toBe('malformed-workbook')
  })

  test('is the declared one in a body that declares it', () => {
    expect(refused(() => declaredActivityData(zip, 'text/csv')).detail).toMatch(/is a workbook, not CSV/)
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    expect(refused(() => declaredActivityData(bytes(head), type)).detail).toMatch(/no Excel workbook/)
  })
})
