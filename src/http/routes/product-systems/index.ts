/** /v1/product-systems: product systems in files. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { canonicalSystem } from '../../../actions/calculate.ts'
import { canonicalIdentity } from '../../../actions/footprints/stated-identity.ts'
import type { BillOfMaterials } from '../../../engine/types.ts'
import { canonicalBytes } from '../../../json/canonical.ts'
import { digestOfBytes } from '../../../json/digest.ts'
import { jsonActivityData, withPlaces } from '../../activity-data.ts'
import { BillOfMaterialsBody, ProductOrBillFile, refuseTooManyInBill } from '../../bill-of-materials.ts'
import { activityDataBytesMax } from '../../calculation.ts'
import type { App } from '../../context.ts'
import { activityJsonLimits } from '../../middleware/body.ts'
import { refusals } from '../../problems.ts'
import { readSystem } from '../../product-files/read-system.ts'
import { sentTables, tablesContent } from '../../product-files/sent-tables.ts'
import { contents, templateForms } from '../../product-files/template/forms.ts'
import { templateLanguages } from '../../product-files/template/words.ts'
import { systemTemplate } from '../../product-files/template/workbook.ts'
import { StatedIdentityBody } from '../../product-identity.ts'
import { route, router } from '../../route.ts'
import { list } from '../../schemas.ts'
import { forAnHour, workbookAnswer, workbookContent } from '../../workbook/answer.ts'

const templateRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/product-systems/template',
    operationId: 'readProductSystemTemplate',
    tags: ['Calculations'],
    summary: 'Download the Excel template for a product system, in Chinese, English or both',
    description:
      'A sheet for each table: product, factor tables, processes, inputs, and what only some products need; with explained columns, lists to choose from and an example to look at. With `form=bill-of-materials` one sheet of levels stands for processes and inputs. With `example=true` the example stands in the sheets themselves and can be sent as it is.',
    request: {
      query: z.object({
        lang: z.enum(templateLanguages).default('zh'),
        example: z.enum(['true', 'false']).default('false'),
        form: z
          .enum(templateForms)
          .default('product-system')
          .describe('By processes and their inputs, or by what the product is made of'),
      }),
    },
    responses: {
      200: {
        description: 'An .xlsx workbook',
        content: workbookContent,
      },
      ...refusals('invalid-request'),
    },
  },
)

const TableReport = z
  .object({
    table: z.string().describe('What its rows are, e.g. processes'),
    called: z.string().describe('The sheet, or the part of the form'),
    headerRow: z.int(),
    items: z.int(),
    rows: list(z.object({ from: z.int(), to: z.int(), item: z.int() })).describe(
      'Rows of the sheet, or lines of the text; the first of them is the item of that place in its list',
    ),
    columns: list(z.object({ header: z.string(), member: z.string() })),
  })
  .openapi('TableRead')

const ProductSystemRead = z
  .object({
    calculation: z
      .looseObject({ kind: z.literal('product') })
      .describe('The calculation in its one form, as `POST /v1/calculations` takes it'),
    digest: z
      .string()
      .describe('Of its canonical bytes: the same system gives the same, whatever it came as'),
    identity: StatedIdentityBody.optional().describe(
      'What the file says of the product and its parties, no part of the calculation',
    ),
    tables: list(TableReport).describe('What was read, and where it stands'),
    notRead: list(z.string()).describe('Sheets of other names: nothing of them is in the calculation'),
  })
  .openapi('ProductSystemRead')

const readSystemRoute = route(
  { access: 'calculations:run', bodyBytesMax: activityDataBytesMax, jsonLimits: activityJsonLimits },
  {
    method: 'post',
    path: '/v1/product-systems',
    operationId: 'readProductSystem',
    tags: ['Calculations'],
    summary:
      'Read a product system from an Excel workbook, several CSV files or a bill of materials; nothing is kept',
    description:
      'A bill of materials (`application/json`) is expanded to the product system that it is short for: the same calculation, to the bit, which a footprint can hold. The answer is the calculation as JSON, with what was read where. A workbook has a sheet for each table of the template (`GET /v1/product-systems/template`), or one for a bill of materials; as CSV each table is a part of a form, called by its key. All faults are named at once, each with sheet, row and column.',
    request: {
      body: {
        content: {
          'application/json': { schema: BillOfMaterialsBody },
          ...tablesContent,
        },
      },
    },
    responses: {
      200: { description: 'What was read', content: { 'application/json': { schema: ProductSystemRead } } },
      ...refusals(
        'malformed-csv',
        'malformed-workbook',
        'invalid-request',
        'too-many-items',
        'body-too-large',
        'unsupported-media-type',
        'malformed-json',
        'invalid-number',
        'unknown-unit',
        'unknown-category',
        'unknown-process',
        'unknown-site-data',
        'property-missing',
        'property-out-of-range',
        'duplicate-id',
        'identifier-invalid',
      ),
    },
  },
)

function sentBill(c: Context<App>): BillOfMaterials | null {
  const isJson = (c.req.header('content-type') ?? '').toLowerCase().startsWith('application/json')
  return isJson ? (c.req.valid('json' as never) as BillOfMaterials) : null
}

/** What a bill is short for; it has no tables. */
async function readBill(bill: BillOfMaterials, body: Uint8Array) {
  refuseTooManyInBill(bill)
  const calculation = await withPlaces(jsonActivityData([], body), () => canonicalSystem(bill))
  return { calculation, digest: digestOfBytes(canonicalBytes(calculation)), tables: [], notRead: [] }
}

export const productSystems = router()
  .openapi(templateRoute, async (c) => {
    const { lang, example, form } = c.req.valid('query')
    const bytes = await systemTemplate(lang, example === 'true', form)
    return workbookAnswer(bytes, contents[form].fileNames, forAnHour) as never
  })
  .openapi(readSystemRoute, async (c) => {
    const bill = sentBill(c as Context<App>)
    if (bill) return c.json((await readBill(bill, c.var.body)) as never, 200)
    const { tables, notRead } = await sentTables(c as Context<App>)
    const read = readSystem(tables, ProductOrBillFile, notRead)
    const { system, lines } = read
    refuseTooManyInBill(system)
    const { identity: stated, ...rest } = system
    const sent = rest.kind === 'product' ? { ...rest, lines } : rest
    const [identity, calculation] = await withPlaces(read, async () => [
      stated && canonicalIdentity(stated),
      await canonicalSystem(sent),
    ])
    const digest = digestOfBytes(canonicalBytes(calculation))
    const answer = { calculation, digest, identity, tables: read.tables, notRead: read.notRead }
    return c.json(answer as never, 200)
  })
