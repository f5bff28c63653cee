/** The tables of a request's body, by its content type. */

import type { Context } from 'hono'
import { workbookType } from '../activity-data.ts'
import type { App } from '../context.ts'
import { bytesOf, readForm, typeOf } from '../form-parts.ts'
import { csvTables, partNames } from './csv-source.ts'
import { type WorkbookTables, workbookTables } from './workbook-source.ts'

/** @throws Problem `malformed-workbook`, `malformed-csv`, `invalid-request`, `too-many-items`, `body-too-large`. */
export async function sentTables(c: Context<App>): Promise<WorkbookTables> {
  const type = (c.req.header('content-type') ?? '').toLowerCase()
  if (type.startsWith(workbookType)) return workbookTables(c.var.body)
  const form = await readForm(c, partNames)
  const names = [...new Set(form.keys())]
  const parts = await Promise.all(
    names.map(async (name) => ({ name, bytes: await bytesOf(form, name), contentType: typeOf(form, name) })),
  )
  return { tables: csvTables(parts), notRead: [] }
}
