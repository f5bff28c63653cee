/** Contractual instruments on the wire: those of an inventory, and those that lines of a product name. */

import { z } from '@hono/zod-openapi'
import { certificatesMax } from '../certification/green-certificate.ts'
import { instrumentKinds } from '../engine/inventory/types.ts'
import { FactorUsed } from './factor-used.ts'
import { DateText, FactorChoice, Figure, Period, Quantity } from './quantities.ts'
import { line, list } from './schemas.ts'

/** Instruments of one footprint. */
export const instrumentsMax = 500

export const ageMonthsMax = z.int().min(0).max(60)

/** What every instrument states. */
export const instrument = {
  id: line(100),
  kind: z.enum(instrumentKinds),
  quantity: Quantity,
  factor: FactorChoice,
  generated: Period,
  market: line(20).describe('Region of the grid it was generated in'),
  exclusive: z.boolean().describe('Nobody else has a claim on the same power'),
  consumption: z.strictObject({ consumer: line(200), period: Period, retiredOn: DateText }),
  certificates: z
    .array(
      z.strictObject({
        from: line(64),
        to: line(64),
        certificates: z
          .int()
          .min(1)
          .max(certificatesMax)
          .describe('How many they are, as the register counts them'),
      }),
    )
    .min(1)
    .max(200)
    .readonly()
    .optional(),
}

export const ProductInstrument = z
  .strictObject({
    ...instrument,
    factor: FactorChoice.describe('Of the generation itself, life cycle: by id or factorCategory'),
    group: line(100).optional().describe('What lines call it together with others of the same generation'),
  })
  .openapi('ProductInstrument')

export const ContractualInstruments = z
  .strictObject({
    instruments: z.array(ProductInstrument).min(1).max(instrumentsMax).readonly(),
    ageMonthsMax: ageMonthsMax.describe('Oldest generation, in months before the reporting period'),
    produced: Quantity.describe(
      'How much of the product was made with this electricity in the reporting period',
    ),
  })
  .openapi('ContractualInstruments')
  .describe('Electricity under contract: what lines name as their instrument')

export const CoveredElectricity = z
  .object({
    produced: Quantity,
    electricityKWh: Figure.describe('Per declared unit, of electricity that factors weigh'),
    coveredKWh: Figure.describe('Of it, what instruments cover'),
    instruments: list(
      z.object({
        id: z.string(),
        kind: z.enum(instrumentKinds),
        named: z.string().describe('What lines call it'),
        factor: FactorUsed,
        kWh: Figure.describe('What it is of'),
        takenKWh: Figure.describe('What all that was produced took of it'),
      }),
    ),
  })
  .openapi('CoveredElectricity')
