/** A product system as a workbook, as CSV and as JSON comes to the same bytes; and every member has its column, or is said to have none. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculationOf, readExample } from '../../scripts/demo/examples.ts'
import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, ProductInput } from '../../src/engine/types.ts'
import { ActivityLineBody, ProductDefinitionBody } from '../../src/http/calculation.ts'
import { jsonOnly } from '../../src/http/product-files/json-only.ts'
import { productMembers, productSheet } from '../../src/http/product-files/product-columns.ts'
import { readSystem } from '../../src/http/product-files/read-system.ts'
import { systemTables, tableOf } from '../../src/http/product-files/tables.ts'
import { templateLanguages } from '../../src/http/product-files/template/words.ts'
import { systemTemplate, systemWorkbook } from '../../src/http/product-files/template/workbook.ts'
import type { SystemTable } from '../../src/http/product-files/types.ts'
import { workbookTables } from '../../src/http/product-files/workbook-source.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { digestOfBytes } from '../../src/json/digest.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import type { Form } from '../../src/record/forms.ts'
import { activityLine } from '../../src/record/line-form.ts'
import { product } from '../../src/record/product-form.ts'
import { anyValue } from './any-value.ts'
import { bareWorkbook, csvParts, readCsv, readWorkbook, type Words } from './product-tables.ts'
import { contextOf } from './published-tables.ts'

const bytesOf = (input: object) =>
  new TextDecoder().decode(canonicalBytes(canonicalInput(input as ProductInput)))
const limits = {
  leaveOut: jsonOnly,
  itemsMax: { beside: 1, 'meter.meters': 1, 'siteData.totals.meter.meters': 1 },
}
const system = anyValue(ProductDefinitionBody, { members: product }, limits)
const line = anyValue(ActivityLineBody, activityLine, { ...limits, leaveOut: linePaths(jsonOnly) })
const lines = fc.uniqueArray(line as fc.Arbitrary<ActivityLine>, {
  minLength: 1,
  maxLength: 4,
  selector: ({ id }) => id.normalize('NFC'),
})
const systems = fc
  .tuple(system as fc.Arbitrary<ProductInput>, lines)
  .map(([of, activity]): ProductInput => ({ ...of, lines: activity.map((one) => namingItems(one, of)) }))

/** A line that names none but items that are there: a file with another name in a cell is refused. */
function namingItems(one: ActivityLine, { processes, siteData }: ProductInput): ActivityLine {
  const { process, from, to, fromSite, ...rest } = one
  const some = processes?.[0]?.id
  const total = siteData?.[0]?.totals[0]?.id
  const isThere = fromSite !== undefined && (fromSite.total === undefined || total !== undefined)
  return {
    ...rest,
    ...(process !== undefined && some !== undefined && { process: some }),
    ...(from !== undefined && some !== undefined && { from: some }),
    ...(to !== undefined && some !== undefined && { to: some }),
    ...(isThere && { fromSite: { ...fromSite, ...(fromSite.total !== undefined && { total }) } }),
  } as ActivityLine
}

function linePaths(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => (path.startsWith('lines.') ? [path.slice('lines.'.length)] : []))
}

describe('the worked example of a fan', () => {
  const input = calculationOf(readExample('product-xiamen-fan')) as ProductInput
  const digest = digestOfBytes(canonicalBytes(canonicalInput(input)))

  test('as a workbook or as CSV is the calculation that it is as JSON, to the byte', async () => {
    const sent = [
      readWorkbook(bareWorkbook(input, 'zh')),
      readCsv(csvParts(input, 'en')),
      ...(await Promise.all(templateLanguages.map((language) => systemWorkbook(language, input)))).map(
        readWorkbook,
      ),
    ]
    expect(sent.map((one) => digestOfBytes(canonicalBytes(canonicalInput(one as ProductInput))))).toEqual(
      sent.map(() => digest),
    )
  })
})

describe('any product system', () => {
  test('as JSON, CSV and workbook, in any language of the headers, comes to the same bytes', () => {
    fc.assert(
      fc.property(systems, fc.constantFrom('zh', 'en', null), (input, words) => {
        const expected = bytesOf(input)
        expect(bytesOf(readWorkbook(bareWorkbook(input, words as Words)))).toBe(expected)
        expect(bytesOf(readCsv(csvParts(input, words as Words)))).toBe(expected)
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  test('written into the template reads back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(systems, fc.constantFrom(...templateLanguages), async (input, language) => {
        expect(bytesOf(readWorkbook(await systemWorkbook(language, input)))).toBe(bytesOf(input))
      }),
      { numRuns: 6 },
    )
  }, 120_000)
})

test('a total of a site that goes to no product reads back as one, of an empty cell', async () => {
  const fan = calculationOf(readExample('product-xiamen-fan')) as ProductInput
  const site = {
    id: 'tongan',
    name: { zh: null, en: 'Works' },
    period: fan.period,
    totals: [
      { id: 'power', name: { zh: null, en: 'Power' }, quantity: { amount: '36000', unit: 'kWh' } },
      { id: 'steam', name: { zh: null, en: 'Steam' }, quantity: { amount: '12', unit: 'GJ' } },
    ],
    products: [{ id: 'fan', name: { zh: null, en: 'Fan' }, good: { amount: '8000', unit: 'piece' } }],
    keys: [],
    splits: [
      { totals: ['power'], products: ['fan'] },
      { totals: ['steam'], products: [], outside: [{ what: 'tenant' }] },
    ],
  }
  const input: ProductInput = { ...fan, siteData: [site] }
  const read = [
    readWorkbook(bareWorkbook(input, 'en')),
    readCsv(csvParts(input, null)),
    readWorkbook(await systemWorkbook('zh', input)),
  ]
  expect(read.map(bytesOf)).toEqual(read.map(() => bytesOf(input)))
  // What stands in a list and no cell can say is refused still.
  const unsaid = { ...site, splits: [{ totals: ['power'], products: ['fan; large'] }] }
  await expect(systemWorkbook('zh', { ...fan, siteData: [unsaid] })).rejects.toMatchObject({
    facts: { pointer: '/siteData/0/splits/0/products/0' },
  })
})

/** Dotted paths of everything a form holds; lists without their places. */
function pathsIn(form: Form, path: string): string[] {
  if (typeof form === 'string') return [path]
  if ('list' in form) return pathsIn(form.list, path)
  return Object.entries(form.members).flatMap(([name, member]) =>
    pathsIn(member, path === '' ? name : `${path}.${name}`),
  )
}

/** Where the items of a table may stand, without the places of what they belong to. */
function placesOf({ list, parents }: Pick<SystemTable, 'list' | 'parents'>): (readonly string[])[] {
  const last = parents.at(-1)
  if (last === undefined) return [list]
  const within = placesOf(tableOf(last.table)).map((place) => [...place, ...list])
  return last.isOptional ? [...within, ...placesOf({ list, parents: parents.slice(0, -1) })] : within
}

test('each member of a product system has a column, or is said to have none', () => {
  const withoutPlaces = (path: readonly string[]) => path.filter((name) => !/^\d+$/.test(name)).join('.')
  const columns = [
    'kind',
    ...productMembers.names.map((name) => withoutPlaces(productMembers.path(name))),
    ...systemTables.flatMap((table) =>
      table.dictionary.names.flatMap((name) =>
        placesOf(table).map((place) => withoutPlaces([...place, ...table.dictionary.path(name)])),
      ),
    ),
    ...jsonOnly,
  ]
  const paths = pathsIn({ members: product }, '')
  const without = paths.filter((path) => !columns.some((one) => path === one || path.startsWith(`${one}.`)))
  expect(without).toEqual([])
  expect(jsonOnly.filter((path) => !paths.some((one) => one === path || one.startsWith(`${path}.`)))).toEqual(
    [],
  )
})

describe.each(templateLanguages)('the template in %s', (language) => {
  test('with its example calculates as it stands', async () => {
    const read = readWorkbook(await systemTemplate(language, true)) as ProductInput
    const { total } = calculate(read, contextOf(read))
    // Lines of examples/product-xiamen-fan, whose arithmetic stands beside them: steel 153.9633344256, its transport 2.725632 and power
    // 7.209696, motor 78.408, carton 6.59848981. Power of assembly: (2400 − 1500) × 40 = 36 000 kWh, of 4000 h 3000 for 8000 fans: 3.375 kWh
    // × 0.5777 = 1.9497375. Together:
    expect(total).toBeCloseTo(250.8548897356, 9)
  })

  test('empty has every table, and nothing in them', async () => {
    const { tables, notRead } = workbookTables(await systemTemplate(language, false))
    expect(tables.map(({ table }) => table.key)).toEqual(['product', ...systemTables.map(({ key }) => key)])
    expect(notRead).toEqual([])
    for (const { table, rows } of tables) if (table !== productSheet) expect(rows).toEqual([])
    expect(() => readSystem(tables, ProductDefinitionBody)).toThrow('invalid-request')
  })

  test('is the same bytes each time', async () => {
    expect(await systemTemplate(language, false)).toEqual(await systemTemplate(language, false))
  })
})
