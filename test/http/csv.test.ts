/** CSV that a spreadsheet opens as what it says. */

import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvForPeople, csvText } from '../../src/http/csv.ts'

describe('csvText', () => {
  test('writes RFC 4180: CR LF, quotes doubled, nothing for null', () => {
    expect(
      csvText(
        ['a', 'b'],
        [
          ['say "x", y', null],
          ['二\n行', 2.5],
        ],
      ),
    ).toBe('a,b\r\n"say ""x"", y",\r\n"二\n行",2.5\r\n')
  })

  test('disarms what would be a formula, and leaves numbers alone', () => {
    for (const text of ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', ' =1', '＝1', '－cmd|x', '-']) {
      expect(parse(csvText(['x'], [[text]]))[1]?.[0], text).toBe(`'${text}`)
    }
    for (const number of ['-0.5', '-1e-7', '12', -3]) {
      expect(csvText(['x'], [[number]])).toBe(`x\r\n${number}\r\n`)
    }
  })

  test('reads back as it was, but for the apostrophe', () => {
    const cells = fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(fc.array(cells), (rows) => {
        const read = parse(csvText(['a', 'b'], rows), { record_delimiter: '\r\n' }).slice(1) as string[][]
        const bare = (text: string) => text.replace(/^'/, '')
        expect(read.map((row) => row.map(bare))).toEqual(rows.map((row) => row.map(bare)))
      }),
    )
  })
})

test('what people open begins with the mark by which a spreadsheet knows UTF-8', () => {
  const bytes = new TextEncoder().encode(csvForPeople(csvText(['名称'], [])))
  // EF BB BF, then 名 as E5 90 8D.
  expect([...bytes.slice(0, 6)]).toEqual([0xef, 0xbb, 0xbf, 0xe5, 0x90, 0x8d])
})
