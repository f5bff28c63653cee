/** POST /v1/calculations: a footprint from what is sent, kept nowhere. */

import type { Context } from 'hono'
import { calculateSent } from '../../../actions/calculate.ts'
import type { BillOfMaterials, CalculationInput } from '../../../engine/types.ts'
import { decodeUtf8 } from '../../../json/encoding.ts'
import { parseJson } from '../../../json/scan.ts'
import {
  type ActivityData,
  fileActivityData,
  jsonActivityData,
  withPlaces,
  workbookType,
} from '../../activity-data.ts'
import { CalculationOrBill, refuseTooManyInBill } from '../../bill-of-materials.ts'
import { activityDataBytesMax, CalculationDefinitionBody } from '../../calculation.ts'
import { CalculationView, withoutManyLines } from '../../calculation-result.ts'
import type { App } from '../../context.ts'
import { bytesOf, readForm, typeOf } from '../../form-parts.ts'
import { activityJsonLimits, jsonLimits } from '../../middleware/body.ts'
import { refusals } from '../../problems.ts'
import { invalidRequest, route, router } from '../../route.ts'

const calculateRoute = route(
  { access: 'calculations:run', bodyBytesMax: activityDataBytesMax, jsonLimits: activityJsonLimits },
  {
    method: 'post',
    path: '/v1/calculations',
    operationId: 'calculate',
    tags: ['Calculations'],
    summary: 'Calculate a footprint; nothing is kept',
    description:
      'As `application/json` the whole calculation, or a bill of materials that is short for a product system; as `multipart/form-data` the part `calculation` (JSON, without `lines`) and the part `activityData` (CSV or an Excel workbook, a column for each member, under its dotted name, e.g. `quantity.amount`, or its title of the template). The same data give the same answer either way. Green certificates that instruments name are calculated with as stated: the ledger is not asked, so the answer says nothing of whether they are yours.',
    request: {
      body: {
        content: {
          'application/json': { schema: CalculationOrBill },
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['calculation', 'activityData'],
              properties: {
                calculation: { type: 'string', description: 'JSON: a Calculation without its lines' },
                activityData: {
                  type: 'string',
                  format: 'binary',
                  description: `text/csv, perhaps with its charset, or ${workbookType}`,
                },
              },
            },
          },
        },
      },
    },
    responses: {
      200: {
        description: 'The complete result',
        content: { 'application/json': { schema: CalculationView } },
      },
      ...refusals(
        'malformed-json',
        'malformed-csv',
        'malformed-workbook',
        'invalid-request',
        'too-many-items',
        'body-too-large',
        'unsupported-media-type',
        'invalid-number',
        'unknown-unit',
        'incompatible-dimension',
        'unknown-category',
        'unknown-factor-table',
        'unknown-factor',
        'ambiguous-factor',
        'wrong-family',
        'factor-conveyed-only',
        'unknown-gwp-set',
        'gwp-missing',
        'no-lines',
      ),
    },
  },
)

export const calculations = router().openapi(calculateRoute, async (c) => {
  const isMultipart = (c.req.header('content-type') ?? '').toLowerCase().startsWith('multipart/')
  const { input, data } = isMultipart ? await fromParts(c) : fromJson(sentJson(c), c.var.body)
  const answer = await withPlaces(data, () => calculateSent(c.var.ports, c.var.actor, input))
  return c.json(withoutManyLines(answer), 200)
})

interface Sent {
  readonly input: CalculationInput | BillOfMaterials
  readonly data: ActivityData
}

/** What the schema let through; with a second media type beside it the library infers no type. */
function sentJson(c: Context<App>): CalculationInput | BillOfMaterials {
  return c.req.valid('json' as never) as CalculationInput | BillOfMaterials
}

/** Of a bill the lines stand within its items; a place in it is found as any other. */
function fromJson(input: CalculationInput | BillOfMaterials, body: Uint8Array): Sent {
  refuseTooManyInBill(input)
  return { input, data: jsonActivityData(input.kind === 'bill-of-materials' ? [] : input.lines, body) }
}

async function fromParts(c: Context<App>): Promise<Sent> {
  const form = await readForm(c, ['calculation', 'activityData'])
  const text = decodeUtf8(await bytesOf(form, 'calculation'))
  const definition = CalculationDefinitionBody.safeParse(parseJson(text, jsonLimits))
  if (!definition.success) throw invalidRequest(definition.error, 'calculation', text)
  const data = fileActivityData(await bytesOf(form, 'activityData'), typeOf(form, 'activityData'))
  return { input: { ...definition.data, lines: data.lines }, data }
}
