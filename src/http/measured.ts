/** What was measured, on the wire: readings of meters, changes of a stock, and the estimates that stand in for either. */

import { z } from '@hono/zod-openapi'
import { estimateMethods } from '../engine/amounts/types.ts'
import { DateText, Decimal } from './quantities.ts'
import { line } from './schemas.ts'

/** Meters that one measuring point may have had, and readings of each. */
export const metersMax = 20
export const readingsMax = 400

export const MeterReadings = z
  .strictObject({
    unit: line(40),
    meters: z
      .array(
        z.strictObject({
          serial: line(100),
          multiplier: Decimal.describe('倍率: what one step of the register is worth; 1 where there is none'),
          digits: z
            .int()
            .min(1)
            .max(12)
            .optional()
            .describe('Whole digits of the register, where it rolls over'),
          readings: z
            .array(z.strictObject({ date: DateText, value: Decimal }))
            .min(2)
            .max(readingsMax)
            .readonly(),
        }),
      )
      .min(1)
      .max(metersMax)
      .readonly()
      .describe('One after the other: a changed meter is the next'),
  })
  .openapi('MeterReadings')

export const StockChange = z
  .strictObject({
    unit: line(40),
    opening: Decimal,
    received: Decimal,
    passedOn: Decimal.describe('Sold, given back or moved elsewhere; 0 where nothing was'),
    closing: Decimal,
  })
  .openapi('StockChange')

export const Estimate = z
  .strictObject({ method: z.enum(estimateMethods), basis: line(1000), approvedBy: line(200) })
  .openapi('Estimate')
