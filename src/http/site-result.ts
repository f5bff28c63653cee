/** How the year of each site was divided, on the wire. */

import { z } from '@hono/zod-openapi'
import { estimateMethods } from '../engine/amounts/types.ts'
import { Figure } from './quantities.ts'
import { list } from './schemas.ts'

const amount = z.object({ amount: Figure, unit: z.string() })

const SiteProductResult = z
  .object({
    product: z.string(),
    processes: list(z.string()).describe('Whose output it is'),
    good: amount,
    started: amount.nullable(),
    scrap: amount.nullable(),
    regrind: amount.nullable(),
    scrapLeft: amount.nullable().describe('scrap − regrind'),
    yield: Figure.nullable().describe('Good output ÷ what was begun, regrind included'),
    unexplained: amount
      .nullable()
      .describe('What was begun less good output and scrap: nobody says where it is'),
    massKg: Figure.nullable().describe('Mass of the good output'),
  })
  .openapi('SiteProductResult')

const SitePart = z
  .object({
    product: z.string().nullable(),
    outside: z.string().nullable().describe('What else at the site takes it'),
    keyAmount: Figure.nullable(),
    share: Figure,
    amount: Figure,
  })
  .openapi('SitePart')

const SiteTotalResult = z
  .object({
    total: z.string(),
    unit: z.string(),
    measured: Figure,
    estimated: z.boolean().describe('It, or something behind its meter'),
    estimate: z
      .object({ method: z.enum(estimateMethods), basis: z.string(), approvedBy: z.string() })
      .nullable(),
    apportioned: z.boolean(),
    subMeters: list(z.object({ total: z.string(), amount: Figure })),
    rest: Figure.describe('measured − Σ sub-meters: what is divided'),
    key: z.string().nullable(),
    keyUnit: z.string().nullable(),
    keySum: Figure.nullable(),
    parts: list(SitePart),
    residual: Figure.describe('measured − Σ sub-meters − Σ parts, summed exactly'),
  })
  .openapi('SiteTotalResult')

export const SiteResult = z
  .object({ site: z.string(), products: list(SiteProductResult), totals: list(SiteTotalResult) })
  .openapi('SiteResult')
