/** The published CSV vectors and naughty strings, fed to the reader of activity data. */

import { describe, expect, test } from 'vitest'
import { csvActivityData } from '../../src/http/activity-data.ts'
import { ActivityLineBody } from '../../src/http/calculation.ts'
import { isProblem } from '../../src/problem.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'

interface CsvCase {
  readonly name: string
  readonly csv_b64: string
  readonly expect_rows?: readonly (readonly string[] | Readonly<Record<string, string>>)[]
}

const goodAndBad = publishedJson<{ cases: CsvCase[] }>('hostile/csv-good-and-bad.json', { cases: [] }).cases
const valid = publishedJson<{ cases: CsvCase[] }>('hostile/csv-valid.json', { cases: [] }).cases
const injection = publishedJson('hostile/csv-injection.json', {
  cells: [] as string[],
  derived_cells: [] as string[],
})
const { strings } = publishedJson('hostile/naughty-strings.json', { strings: [] as string[] })

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (base64: string) =>
  new TextDecoder().decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)))

/** What the reader says of a file: its lines, or the code of its refusal. Anything else that is thrown fails the test. */
function outcome(bytes: Uint8Array) {
  try {
    return csvActivityData(bytes).lines
  } catch (thrown) {
    if (isProblem(thrown)) return { code: thrown.code, line: thrown.facts.line, column: thrown.facts.column }
    throw thrown
  }
}

describe.skipIf(!casesPresent)(`CSV vectors${caseNote}`, () => {
  const foreign = goodAndBad.concat(valid).filter(({ name }) => name !== 'bad-quotes-with-unescaped-quote')

  test.each(foreign)('$name: foreign columns are refused at line 1', ({ csv_b64 }) => {
    expect(outcome(encode(decode(csv_b64)))).toMatchObject({ code: 'malformed-csv', line: 1 })
  })

  /** The same cells under columns of ours: names of the vector become texts that a line may hold. */
  const renamed = ['id', 'category', 'description', 'facility', 'gas']
  const readable = valid.filter(({ name }) => name !== 'empty' && !name.includes('newlines'))

  test.each(readable)(
    '$name: its cells arrive unchanged under known columns',
    ({ csv_b64, expect_rows = [] }) => {
      const text = decode(csv_b64)
      const end = text.search(/\r?\n/)
      const width = text.slice(0, end).split(',').length
      const columns = [...renamed.slice(0, width), 'quantity.amount', 'quantity.unit']
      const body = text
        .slice(end)
        .replace(/(\r?\n)(?=.)/g, '\u0000')
        .split('\u0000')
        .filter((row) => row !== '')
        .map((row) => `${row.trimEnd()},1,kWh`)
      const lines = outcome(encode([columns.join(','), ...body].join('\n')))
      expect(lines).toEqual(
        expect_rows.map((row) => ({
          ...Object.fromEntries(Object.values(row).map((cell, at) => [renamed[at], cell])),
          quantity: { amount: '1', unit: 'kWh' },
        })),
      )
    },
  )

  test.each(
    goodAndBad.filter((one) => one.expect_rows === undefined && one.name !== 'bad-header-wrong-header'),
  )('$name: is refused at its line under known columns', ({ csv_b64 }) => {
    const text = decode(csv_b64).replace('foo,bar,baz', 'id,category,gas')
    const [, ...rows] = text.split('\n')
    const file = `id,category,gas,quantity.amount,quantity.unit\n${rows.map((row) => `${row},1,kWh`).join('\n')}`
    expect(outcome(encode(file))).toMatchObject({ code: 'malformed-csv', line: 2 })
  })
})

describe.skipIf(!casesPresent)(`naughty strings${caseNote}`, () => {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

  test('in a description arrive as they are, or are refused with line and column; never changed', () => {
    for (const text of [...strings, ...injection.cells, ...injection.derived_cells]) {
      const file = `id,category,description,quantity.amount,quantity.unit\na,c,${quoted(text)},1,kWh`
      const found = outcome(encode(file))
      const asJson = ActivityLineBody.safeParse({
        id: 'a',
        category: 'c',
        ...(text === '' ? {} : { description: text }),
        quantity: { amount: '1', unit: 'kWh' },
      })
      if (asJson.success) expect(found).toEqual([asJson.data])
      else expect(found).toMatchObject({ code: 'invalid-request', line: 2, column: 5 })
    }
  })

  test('as an id, a unit or an amount never crash the reader', () => {
    for (const text of strings) {
      const cell = quoted(text)
      for (const row of [`${cell},c,1,kWh`, `a,c,${cell},kWh`, `a,c,1,${cell}`]) {
        outcome(encode(`id,category,quantity.amount,quantity.unit\n${row}`))
      }
    }
  })
})
