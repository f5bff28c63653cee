/** Product systems in files over HTTP: the template, workbooks, forms of CSV texts. */

import { beforeAll, describe, expect, test } from 'vitest'
import { workbookType } from '../../src/http/activity-data.ts'
import { request } from '../harness/http.ts'
import { type Answer, call } from './api.ts'
import { code, type Enterprise, enterprise } from './cast.ts'

let client: Enterprise
beforeAll(async () => {
  client = await enterprise()
}, 60_000)

const boundary = 'egret-test-boundary'
const encode = (text: string) => new TextEncoder().encode(text)

async function template(query = ''): Promise<Uint8Array> {
  const answer = await request(`/v1/product-systems/template${query}`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, workbookType])
  return new Uint8Array(await answer.arrayBuffer())
}

function read(body: Uint8Array | string, type = workbookType): Promise<Answer> {
  return call('POST', '/v1/product-systems', {
    token: client.machine,
    body,
    headers: { 'content-type': type },
  })
}

type Part = readonly [name: string, text: string, type?: string]
function form(parts: readonly Part[]): string {
  const written = parts.map(
    ([name, text, type = 'text/csv']) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${name}.csv"\r\ncontent-type: ${type}\r\n\r\n${text}\r\n`,
  )
  return `${written.join('')}--${boundary}--\r\n`
}
const readForm = (parts: readonly Part[]) => read(form(parts), `multipart/form-data; boundary=${boundary}`)

const parts: readonly Part[] = [
  [
    'product',
    'member,value\nperiod.start,2025-01-01\nperiod.end,2026-01-01\nregion,CN-FJ\ngwpSet.id,ipcc-ar5\ngwpSet.version,2013\nboundary,cradle-to-gate\ndeclaredUnit.amount,1\ndeclaredUnit.unit,piece\nreferenceProcess,assembly\n',
  ],
  ['factorTables', 'table,version\nuk-desnz,2025\n'],
  ['processes', 'id,name.en,stage,output.amount,output.unit\nassembly,Assembly,production,1,piece\n'],
  [
    'lines',
    'id,process,category,quantity.amount,quantity.unit,factor.table\nmotor,assembly,material,24,kg,uk-desnz\n',
  ],
]

describe('the template', () => {
  test('is for anyone, under a name of either language', async () => {
    const answer = await request('/v1/product-systems/template?lang=both')
    expect(answer.headers.get('content-disposition')).toMatch(
      /filename="product-system-template.xlsx"; filename\*=UTF-8''%E4/,
    )
    expect((await request('/v1/product-systems/template?lang=fr')).status).toBe(400)
  })

  test('with its example reads the same in every language but for its words', async () => {
    for (const lang of ['zh', 'en', 'both']) {
      const answer = await read(await template(`?lang=${lang}&example=true`))
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      expect(answer.body.calculation).toMatchObject({
        kind: 'product',
        declaredUnit: { amount: '1', unit: 'piece' },
      })
      expect(answer.body.calculation.lines).toHaveLength(7)
      expect(answer.body.notRead).toEqual([])
    }
  })

  test('of a bill of materials reads as the system that its example is short for', async () => {
    const answer = await read(await template('?lang=both&example=true&form=bill-of-materials'))
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { referenceProcess, processes, lines } = answer.body.calculation
    expect([referenceProcess, processes.length, lines.length]).toEqual(['fan', 3, 11])
    expect(answer.body.notRead).toEqual([])
    const named = await request('/v1/product-systems/template?form=bill-of-materials')
    expect(named.headers.get('content-disposition')).toMatch(/filename="bill-of-materials-template.xlsx"/)
    expect((await request('/v1/product-systems/template?form=recipe')).status).toBe(400)
  })

  test('empty is refused for all that it lacks', async () => {
    const answer = await read(await template())
    expect([answer.status, code(answer)]).toEqual([400, 'invalid-request'])
    expect(answer.body.others.map(({ pointer }: { pointer: string }) => pointer)).toContain('/processes')
  })
})

describe('a form of CSV texts', () => {
  test('is read as the tables its parts are called', async () => {
    const answer = await readForm(parts)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(
      answer.body.tables.map(({ table, called, items }: Record<string, unknown>) => [table, called, items]),
    ).toEqual([
      ['product', 'product', 9],
      ['factorTables', 'factorTables', 1],
      ['processes', 'processes', 1],
      ['lines', 'lines', 1],
    ])
    expect(answer.body.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  test('is refused for a part that nobody reads, one that stands twice, and more than a form has', async () => {
    expect(await readForm([...parts, ['prices', 'a,b\n']])).toMatchObject({
      status: 400,
      body: { part: 'prices' },
    })
    expect(await readForm([...parts, ...parts.slice(3)])).toMatchObject({
      status: 400,
      body: { part: 'lines' },
    })
    const many = Array.from({ length: 70 }, (): Part => ['lines', ''])
    expect(await readForm(many)).toMatchObject({ status: 400, body: { partsMax: 64 } })
  })
})

test('bytes are counted before anything is taken apart', async () => {
  const answer = await read(encode('x'.repeat(48 * 1024 * 1024 + 1)))
  expect([answer.status, code(answer), answer.body.bytesMax]).toEqual([
    413,
    'body-too-large',
    48 * 1024 * 1024,
  ])
})

test('what is no workbook, no form and no bill of materials is refused as a type', async () => {
  const answer = await read('{}', 'text/plain')
  expect([answer.status, code(answer)]).toEqual([415, 'unsupported-media-type'])
})
