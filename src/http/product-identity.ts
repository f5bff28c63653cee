/** What a document says of a product beside its figures: its names, models and codes, and whose it is. */

import { z } from '@hono/zod-openapi'
import { productCodeSystems, productCodesMax } from '../certification/product-codes.ts'
import { line, Names } from './schemas.ts'

export const Party = z.strictObject({ name: Names, address: Names.nullable().default(null) }).openapi('Party')

/** Models that one document covers. */
const modelsMax = 200

const text = { model: line(200), specification: line(500), trademark: line(200) }

const lists = {
  models: z
    .array(line(200))
    .min(1)
    .max(modelsMax)
    .readonly()
    .optional()
    .describe('Where one document covers several'),
  codes: z
    .array(z.strictObject({ system: z.enum(productCodeSystems), code: line(32) }))
    .min(1)
    .max(productCodesMax)
    .readonly()
    .optional()
    .describe('GTIN with its check digit; HS of 6, CN of 8, CPC of 5, CN-PCF of 4 digits'),
}

export const Product = z
  .strictObject({
    name: Names,
    model: text.model.nullable().default(null),
    specification: text.specification.nullable().default(null),
    trademark: text.trademark.nullable().default(null),
    ...lists,
  })
  .openapi('Product')

/** What is said of it where the rest is a footprint's already. */
export const StatedIdentityBody = z
  .strictObject({
    product: z
      .strictObject({
        name: Names.optional(),
        model: text.model.optional(),
        specification: text.specification.optional(),
        trademark: text.trademark.optional(),
        ...lists,
      })
      .optional(),
    responsibleParty: Party.optional(),
    manufacturer: Party.optional(),
    factory: Party.optional(),
  })
  .openapi('StatedIdentity')
  .describe('What the file says of the product and its parties; the rest stays the footprint’s')
