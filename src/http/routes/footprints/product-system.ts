/** The product system of a footprint: put as a file or JSON, and taken back as either. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { calculationOf, invisibleFootprint } from '../../../actions/footprints/definition.ts'
import { putProductSystem, type SentSystem } from '../../../actions/footprints/put-product-system.ts'
import { identityOf } from '../../../actions/footprints/stated-identity.ts'
import { type ReadSystem, readSent } from '../../../actions/sent-system.ts'
import type { ActivityLine, BillOfMaterials, ProductInput } from '../../../engine/types.ts'
import { digestOfBytes } from '../../../json/digest.ts'
import { Problem } from '../../../problem.ts'
import { type ActivityData, jsonActivityData, withPlaces } from '../../activity-data.ts'
import { refuseTooManyInBill, SystemOrBill, SystemOrBillFile } from '../../bill-of-materials.ts'
import { activityDataBytesMax } from '../../calculation.ts'
import type { App } from '../../context.ts'
import { activityJsonLimits } from '../../middleware/body.ts'
import { etagOf, IfMatchHeader, versionToMatch } from '../../preconditions.ts'
import { refusals } from '../../problems.ts'
import { readSystem, type SystemRead } from '../../product-files/read-system.ts'
import { sentTables, tablesContent } from '../../product-files/sent-tables.ts'
import { templateLanguages } from '../../product-files/template/words.ts'
import { systemWorkbook } from '../../product-files/template/workbook.ts'
import { route, router } from '../../route.ts'
import { Id, list } from '../../schemas.ts'
import { privately, workbookAnswer, workbookContent } from '../../workbook/answer.ts'
import { PutDataView, viewPutData } from './schema.ts'

const tags = ['Footprints']
const params = z.object({ footprintId: Id })

const PutSystemView = PutDataView.extend({
  notRead: list(z.string()).describe('Sheets of other names: nothing of them is in the footprint'),
}).openapi('FootprintWithProductSystem')

const putRoute = route(
  { access: 'footprints:write', bodyBytesMax: activityDataBytesMax, jsonLimits: activityJsonLimits },
  {
    method: 'put',
    path: '/v1/footprints/{footprintId}/product-system',
    operationId: 'putProductSystem',
    tags,
    summary: 'Set a draft’s product system and its lines, all at once',
    description:
      'An Excel workbook, a form of CSV texts (`POST /v1/product-systems`), or the same as JSON; or a bill of materials, of which the system that it is short for is kept. What was there before is replaced as a whole. Period, region, factor tables and GWP set are the footprint’s: where the file states them they have to be the same. What it says of the product and its parties (`identity`) is put into the definition, and the rest of them stays.',
    request: {
      params,
      headers: IfMatchHeader,
      body: {
        content: {
          'application/json': { schema: SystemOrBill },
          ...tablesContent,
        },
      },
    },
    responses: {
      200: {
        description: 'The draft with its product system',
        headers: z.object({ etag: z.string().describe('The version, for If-Match') }),
        content: { 'application/json': { schema: PutSystemView } },
      },
      ...refusals(
        'malformed-json',
        'malformed-csv',
        'malformed-workbook',
        'invalid-request',
        'too-many-items',
        'body-too-large',
        'not-found',
        'revision-frozen',
        'precondition-required',
        'precondition-failed',
        'scheme-violation',
        'invalid-number',
        'unknown-unit',
        'unknown-category',
        'unknown-process',
        'unknown-site-data',
        'duplicate-id',
        'identifier-invalid',
      ),
    },
  },
)

const readRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/product-system',
    operationId: 'readFootprintProductSystem',
    tags,
    summary: 'Read the product system of a footprint of your organization, as JSON or as a workbook',
    description:
      'As it stands, in its one form. The workbook reads back as the same system; own factors stay with the footprint, and the first sheet lists their ids. What no sheet can say is refused by its name, and is had as JSON.',
    request: {
      params,
      query: z.object({
        format: z.enum(['json', 'xlsx']).default('json'),
        lang: z.enum(templateLanguages).default('zh'),
      }),
    },
    responses: {
      200: {
        description: 'The calculation, with its lines',
        content: {
          'application/json': {
            schema: z.looseObject({ kind: z.literal('product') }).openapi('FootprintProductSystem'),
          },
          ...workbookContent,
        },
      },
      ...refusals('invalid-request', 'not-found', 'footprint-incomplete', 'too-many-items'),
    },
  },
)

interface Sent {
  readonly system: SentSystem
  readonly lines: readonly ActivityLine[]
  /** Knows the places of what was sent. */
  readonly data: ActivityData
  /** Does something with the system: its refusals point to where what was sent has what they are about. */
  readonly inSent: ReadSystem['inSent']
  readonly notRead: readonly string[]
  /** Of what was sent: of the parts of a form, whose boundary is another one each time. */
  readonly fileDigest: string
}

async function sentSystem(c: Context<App>): Promise<Sent> {
  const type = (c.req.header('content-type') ?? '').toLowerCase()
  if (type.startsWith('application/json')) {
    const sent = c.req.valid('json' as never) as z.infer<typeof SystemOrBill>
    const { body } = c.var
    const data = jsonActivityData('lines' in sent ? sent.lines : [], body)
    return readWhole(sent, data, { notRead: [], fileDigest: digestOfBytes(body) })
  }
  const { tables, notRead, digest } = await sentTables(c)
  const read: SystemRead<z.infer<typeof SystemOrBillFile>> = readSystem(tables, SystemOrBillFile, notRead)
  const { system, lines } = read
  return readWhole('item' in system ? system : { ...system, lines: [...lines] }, read, {
    notRead,
    fileDigest: digest,
  })
}

/** What it says of the frame is compared with the footprint's, and what it does not say is that. */
async function readWhole(
  sent: z.infer<typeof SystemOrBill>,
  data: ActivityData,
  rest: Pick<Sent, 'notRead' | 'fileDigest'>,
): Promise<Sent> {
  refuseTooManyInBill(sent)
  const whole = { kind: 'product', ...sent } as ProductInput | BillOfMaterials
  const { input, inSent } = await withPlaces(data, () => readSent(whole))
  const { kind: _, lines, ...system } = input
  return { system, lines, data, inSent, ...rest }
}

export const footprintProductSystems = router()
  .openapi(putRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { footprintId } = c.req.valid('param')
    const version = versionToMatch(c)
    const { system, lines, data, inSent, notRead, fileDigest } = await sentSystem(c as Context<App>)
    const request = { actor, mark, footprintId, version, system, lines, fileDigest }
    const put = await withPlaces(data, () => inSent(() => putProductSystem(ports, request)))
    return c.json({ ...viewPutData(put), notRead }, 200, { etag: etagOf(put.footprint.version) })
  })
  .openapi(readRoute, async (c) => {
    const { actor, ports } = c.var
    const { format, lang } = c.req.valid('query')
    const found = await ports.footprints.find(actor, c.req.valid('param').footprintId)
    if (!found) throw invisibleFootprint()
    if (found.kind !== 'product') throw ofOrganization()
    const input = (await calculationOf(ports, found)) as ProductInput
    if (format === 'json') return c.json({ ...input }, 200)
    const { ownFactors = [], ...system } = input
    const ids = ownFactors.map(({ id }) => id)
    const bytes = await systemWorkbook(lang, system, identityOf(found.definition), ids)
    return workbookAnswer(bytes, `product-system-${found.id}.xlsx`, privately) as never
  })

function ofOrganization(): Problem {
  const detail =
    'This is the footprint of an organization, which has no product system; read its activity data.'
  return new Problem('invalid-request', detail, { in: 'param', parameter: 'footprintId' })
}
