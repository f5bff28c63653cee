/** The tables of a request's body, by its content type. */

import type { Context } from 'hono'
import { canonicalBytes } from '../../json/canonical.ts'
import { digestOfBytes } from '../../json/digest.ts'
import { workbookType } from '../activity-data.ts'
import type { App } from '../context.ts'
import { bytesOf, readForm, typeOf } from '../form-parts.ts'
import { binary, workbookContent } from '../workbook/answer.ts'
import { csvTables, partNames, type SentPart } from './csv-source.ts'
import { type WorkbookTables, workbookTables } from './workbook-source.ts'

/** What a request may hold tables in: a workbook, or a form with a part for each. */
export const tablesContent = {
  ...workbookContent,
  'multipart/form-data': {
    schema: { type: 'object', properties: Object.fromEntries(partNames.map((name) => [name, binary])) },
  },
} as const

/** Tables with the digest of what they came in. */
export interface SentTables extends WorkbookTables {
  /** Of the workbook, or of the parts of a form by their names: its boundary is another one each time. */
  readonly digest: string
}

/** @throws Problem `malformed-workbook`, `malformed-csv`, `invalid-request`, `too-many-items`, `body-too-large`. */
export async function sentTables(c: Context<App>): Promise<SentTables> {
  const type = (c.req.header('content-type') ?? '').toLowerCase()
  if (type.startsWith(workbookType))
    return { ...workbookTables(c.var.body), digest: digestOfBytes(c.var.body) }
  const form = await readForm(c, partNames)
  const names = [...new Set(form.keys())]
  const parts = await Promise.all(
    names.map(async (name) => ({ name, bytes: await bytesOf(form, name), contentType: typeOf(form, name) })),
  )
  return { tables: csvTables(parts), notRead: [], digest: digestOfParts(parts) }
}

function digestOfParts(parts: readonly SentPart[]): string {
  const named = parts.map(({ name, bytes }) => [name, digestOfBytes(bytes)])
  return digestOfBytes(canonicalBytes({ parts: Object.fromEntries(named) }))
}
