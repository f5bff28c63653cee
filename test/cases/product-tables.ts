/** A calculation, or a bill of materials, in tables that a program other than the template's might write; and read back. */

import { expect } from 'vitest'
import type { z } from 'zod'
import type { BillOfMaterials, ProductInput } from '../../src/engine/types.ts'
import { ProductOrBillFile } from '../../src/http/bill-of-materials.ts'
import { billOfMaterials } from '../../src/http/product-files/bill-columns.ts'
import { csvTables } from '../../src/http/product-files/csv-source.ts'
import { productMembers, productSheet } from '../../src/http/product-files/product-columns.ts'
import { readSystem, type SystemRead } from '../../src/http/product-files/read-system.ts'
import { writtenSystem } from '../../src/http/product-files/table-rows-of.ts'
import { systemTables } from '../../src/http/product-files/tables.ts'
import { workbookTables } from '../../src/http/product-files/workbook-source.ts'
import { type MadeSheet, madeWorkbook } from '../http/made-workbook.ts'

export type Sent = ProductInput | BillOfMaterials

const encode = (text: string) => new TextEncoder().encode(text)

type Cells = readonly (string | null)[]
export type Words = 'zh' | 'en' | null

/** The tables of a system, each with its header, as rows of cells. */
function tablesOf(input: Sent, words: Words): { key: string; title: string; rows: Cells[] }[] {
  const written = writtenSystem(input, words && ((names) => names[words]))
  const title = (name: string, { zh, en }: { zh: string; en: string }) =>
    words === null ? name : { zh, en }[words]
  const members = [...written.product].map(([name, value]) => [
    title(name, productMembers.of(name as (typeof productMembers.names)[number]).title),
    value,
  ])
  return [
    {
      key: productSheet.key,
      title: title(productSheet.key, productSheet.title),
      rows: [words === 'zh' ? ['项目', '内容'] : ['member', 'value'], ...members],
    },
    ...[billOfMaterials, ...systemTables].map(({ key, title: called, dictionary }) => ({
      key,
      title: title(key, called),
      rows: [
        dictionary.names.map((name) => title(name, dictionary.of(name).title)),
        ...written
          .rowsOf({ key } as (typeof systemTables)[number])
          .map((row) => dictionary.names.map((name) => row.get(name) ?? null)),
      ],
    })),
  ]
}

/** A workbook with nothing in it but the tables: what a program other than the template's might write. */
export function bareWorkbook(input: Sent, words: Words): Uint8Array {
  const sheets = tablesOf(input, words).map(({ title: name, rows }): MadeSheet => ({ name, rows }))
  return madeWorkbook({ sheets })
}

const quoted = (cell: string | null) => `"${(cell ?? '').replaceAll('"', '""')}"`
export const csvParts = (input: Sent, words: Words) =>
  tablesOf(input, words).map(({ key, rows }) => ({
    name: key,
    bytes: encode(rows.map((cells) => cells.map(quoted).join(',')).join('\r\n')),
    contentType: 'text/csv',
  }))

export function readWorkbook(bytes: Uint8Array): Sent {
  const { tables, notRead } = workbookTables(bytes)
  expect(notRead).toEqual([])
  return wholeOf(readSystem(tables, ProductOrBillFile))
}

export function readCsv(parts: Parameters<typeof csvTables>[0]): Sent {
  return wholeOf(readSystem(csvTables(parts), ProductOrBillFile))
}

function wholeOf({ system, lines }: SystemRead<z.infer<typeof ProductOrBillFile>>): Sent {
  const { identity: _, ...rest } = system
  return (rest.kind === 'product' ? { ...rest, lines } : rest) as Sent
}
