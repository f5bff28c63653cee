/** A site's year on the wire: totals, what was made, keys, and where each total goes. */

import { z } from '@hono/zod-openapi'
import { siteFlows, siteKeyKinds } from '../engine/types.ts'
import { Estimate, MeterReadings, StockChange } from './measured.ts'
import { Decimal, Period, Quantity } from './quantities.ts'
import { line, Names } from './schemas.ts'

/** A group's plants; meters and purchases of one; articles of its catalogue; ways of sharing. */
const sitesMax = 50
const totalsMax = 500
const productsMax = 1000
const keysMax = 50
const outsideMax = 100

const SiteTotal = z
  .strictObject({
    id: line(100),
    name: Names,
    quantity: Quantity.optional().describe('How much; or exactly one of meter and stock'),
    meter: MeterReadings.optional(),
    stock: StockChange.optional(),
    period: Period.optional().describe('Of a bill that reaches beyond the site’s period, with apportion'),
    apportion: z.literal('by-days').optional(),
    estimate: Estimate.optional(),
    partOf: line(100).optional().describe('The total behind whose meter this one stands'),
  })
  .openapi('SiteTotal')

const SiteProduct = z
  .strictObject({
    id: line(100),
    name: Names,
    good: Quantity.describe('Good output of the period'),
    started: Quantity.optional().describe('Pieces begun, or new material charged without regrind'),
    scrap: Quantity.optional().describe('Output that was not good, all of it'),
    regrind: Quantity.optional().describe('Of the scrap, what went back into the same process'),
    massPerPiece: Quantity.optional(),
  })
  .openapi('SiteProduct')

const SiteKey = z
  .strictObject({
    id: line(100),
    name: Names,
    kind: z.enum(siteKeyKinds),
    unit: line(40).optional().describe('Of the amounts; none for shares'),
    amounts: z
      .array(z.strictObject({ product: line(100), amount: Decimal }))
      .min(1)
      .max(productsMax)
      .readonly()
      .optional()
      .describe('None for mass and pieces that are those of the good output'),
  })
  .openapi('SiteKey')

const SiteSplit = z
  .strictObject({
    totals: z.array(line(100)).min(1).max(totalsMax).readonly(),
    key: line(100).optional().describe('By which several takers share'),
    products: z.array(line(100)).max(productsMax).readonly(),
    outside: z
      .array(
        z
          .strictObject({ what: line(200), amount: Decimal.optional().describe('In the key’s unit') })
          .openapi('SiteOutside'),
      )
      .min(1)
      .max(outsideMax)
      .readonly()
      .optional()
      .describe('What else at the site takes a part: offices, a tenant'),
  })
  .openapi('SiteSplit')

const SiteData = z
  .strictObject({
    id: line(100),
    name: Names,
    period: Period.describe('The reporting period'),
    totals: z.array(SiteTotal).max(totalsMax).readonly(),
    products: z.array(SiteProduct).min(1).max(productsMax).readonly(),
    keys: z.array(SiteKey).max(keysMax).readonly(),
    splits: z.array(SiteSplit).max(totalsMax).readonly(),
  })
  .openapi('SiteData')

/** The years of sites. */
export const SitesData = z.array(SiteData).min(1).max(sitesMax).readonly()

/** Which product of which site a process makes. */
export const MadeAt = z.strictObject({ site: line(100), product: line(100) }).openapi('MadeAt')

/** What a line takes. */
export const FromSite = z
  .strictObject({
    total: line(100).optional().describe('A total that the process’s product has a part of; or flow'),
    flow: z.enum(siteFlows).optional().describe('A count of the product: what was begun, scrap that left'),
  })
  .openapi('FromSite')
