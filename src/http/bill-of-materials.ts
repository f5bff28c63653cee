/** A bill of materials on the wire: items within items, each read as strictly as a process and its lines are. */

import { z } from '@hono/zod-openapi'
import { type BillItem, type BillOfMaterials, type BillPart, lifeCycleStages } from '../engine/types.ts'
import {
  ActivityLineBody,
  CalculationBody,
  calculationBase,
  FootprintCalculationBody,
  ProductCalculationBody,
  ProductDefinitionBody,
  ProductSystemBody,
  ProductSystemDefinitionBody,
  refuseTooManyLines,
} from './calculation.ts'
import { StatedIdentityBody } from './product-identity.ts'
import { productSystem } from './product-system.ts'
import { Decimal, Period, Quantity } from './quantities.ts'
import { line, Names } from './schemas.ts'

/** As of every line of activity data. */
const lineIdMax = 100

/** Lines and parts of one item. */
export const itemLinesMax = 2000
export const partsMax = 2000

const BillLine = ActivityLineBody.omit({ process: true, forProduct: true, fromSite: true }).openapi(
  'BillLine',
)

const lists = {
  scrap: z
    .array(BillLine)
    .min(1)
    .max(itemLinesMax)
    .readonly()
    .optional()
    .describe('Where scrap goes; a line without an amount is of all that the yield rejects'),
  lines: z.array(BillLine).min(1).max(itemLinesMax).readonly().optional(),
  get parts() {
    return z.array(BillPartBody).min(1).max(partsMax).readonly().optional()
  },
}

const optional = {
  yield: Decimal.optional().describe('Good output ÷ started, over 0 to 1'),
  region: line(20).optional(),
  period: Period.optional(),
}

const made = {
  id: line(100),
  name: Names,
  stage: z.enum(lifeCycleStages),
  output: Quantity.describe('What one run starts; the amounts of the item are for so much'),
}

/** What makes up an item, and what a part that stands elsewhere must not have. */
const ofItem = [...Object.keys(made), ...Object.keys(optional), 'scrap', 'lines', 'parts'] as const

const BillPartBody = z
  .strictObject({
    takes: Quantity.describe('How much of it one run takes'),
    category: line(80).optional().describe('Of its line; material where absent'),
    line: line(lineIdMax).optional().describe('The id of its line; <item>/<part> where absent'),
    use: line(100)
      .optional()
      .describe('An item that stands elsewhere in the bill, instead of one that stands here'),
    ...{ id: made.id.optional(), name: made.name.optional() },
    ...{ stage: made.stage.optional(), output: made.output.optional() },
    ...optional,
    scrap: lists.scrap,
    lines: lists.lines,
    get parts() {
      return lists.parts
    },
  })
  .superRefine((part, context) => {
    const given = (name: string) => (part as Readonly<Record<string, unknown>>)[name] !== undefined
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (part.use === undefined) {
      for (const name of Object.keys(made))
        if (!given(name)) fault(name, 'is needed, or use, for an item that stands elsewhere')
    } else
      for (const name of ofItem)
        if (given(name)) fault(name, 'stands with the item itself, not where it is used')
  })
  .openapi('BillPart') as unknown as z.ZodType<BillPart>

const BillItemBody = z
  .strictObject({
    ...made,
    ...optional,
    scrap: lists.scrap,
    lines: lists.lines,
    get parts() {
      return lists.parts
    },
  })
  .openapi('BillItem')

const { processes: _, referenceProcess: __, referenceProduct: ___, siteData: ____, ...frame } = productSystem

export const BillOfMaterialsBody = z
  .strictObject({ kind: z.literal('bill-of-materials'), ...calculationBase, ...frame, item: BillItemBody })
  .openapi('BillOfMaterials')

/** A whole calculation, or a bill of materials that is short for one. */
export const CalculationOrBill = z.discriminatedUnion('kind', [CalculationBody, BillOfMaterialsBody])

/** A calculation as a footprint is defined by, or a bill of materials, which says its lines too. */
export const FootprintCalculationOrBill = z.discriminatedUnion('kind', [
  FootprintCalculationBody,
  BillOfMaterialsBody,
])

/** A bill as it is put into a draft: what it says of period, region, tables and GWP set has to be the footprint's. */
export const BillOfSystemBody = z
  .strictObject({
    kind: z.literal('bill-of-materials'),
    ...z.object(calculationBase).partial().shape,
    ...frame,
    item: BillItemBody,
    identity: StatedIdentityBody.optional(),
  })
  .openapi('ProductSystemAsBill')

/** A product system with its lines, or a bill that is short for one. */
export const SystemOrBill = z.discriminatedUnion('kind', [ProductSystemBody, BillOfSystemBody])

/** The same as a file says it: the lines of a system have a table of their own. */
export const SystemOrBillFile = z.discriminatedUnion('kind', [ProductSystemDefinitionBody, BillOfSystemBody])

/** A whole calculation as a file says it, beside what it says of the product. */
export const ProductOrBillFile = z.discriminatedUnion('kind', [
  z.strictObject({ ...ProductDefinitionBody.shape, identity: StatedIdentityBody.optional() }),
  z.strictObject({ ...BillOfMaterialsBody.shape, identity: StatedIdentityBody.optional() }),
])

/** A product's calculation, or a bill of materials that is short for one. */
export const ProductOrBill = z.discriminatedUnion('kind', [ProductCalculationBody, BillOfMaterialsBody])

/** A bill has as many lines as any calculation: those of its items, and one for each part. @throws Problem `too-many-items`. */
export function refuseTooManyInBill(sent: { readonly kind?: string | undefined } | BillOfMaterials): void {
  if (!('item' in sent)) return
  const open: (BillItem | BillPart)[] = [sent.item]
  let count = 0
  for (const one of open) {
    const { lines = [], scrap = [], parts = [] } = 'use' in one ? {} : one
    count += lines.length + scrap.length + parts.length
    open.push(...parts)
  }
  refuseTooManyLines(count)
}
