/** End of life and recycled content on the wire, in and out. */

import { z } from '@hono/zod-openapi'
import { mostMaterials } from '../engine/end-of-life/materials.ts'
import { circularTerms, endOfLifeMethods } from '../engine/types.ts'
import { Decimal, Figure, Quantity } from './quantities.ts'
import { line, list, Names } from './schemas.ts'

const CircularMaterial = z
  .strictObject({
    id: line(100).describe('As lines name it under "circular"'),
    name: Names,
    A: Decimal.optional().describe('Shares burdens and credits of recycling; the formula needs it'),
    B: Decimal.optional().describe('Shares energy recovery; needed where R3 is above 0'),
    R1: Decimal.describe('Recycled part of what goes in'),
    R2: Decimal.optional().describe('Part recycled at the end of life'),
    R3: Decimal.optional().describe('Part whose energy is recovered; with R2 at most 1'),
    QsinQp: Decimal.optional().describe('Qsin/Qp; needed where R1 is above 0'),
    QsoutQp: Decimal.optional().describe('Qsout/Qp; needed where R2 is above 0'),
    LHV: Quantity.optional().describe('Lower heating value, energy per mass; needed where R3 is above 0'),
    XERheat: Decimal.optional().describe('Efficiency of recovery as heat'),
    XERelec: Decimal.optional().describe('Efficiency of recovery as electricity'),
  })
  .openapi('CircularMaterial')

export const EndOfLife = z
  .strictObject({
    method: z.enum(endOfLifeMethods),
    materials: z.array(CircularMaterial).min(1).max(mostMaterials).readonly().optional(),
  })
  .openapi('EndOfLife')

/** What a line of a product system says of its material. */
export const materialLine = {
  circular: z
    .strictObject({ material: line(100), term: z.enum(circularTerms) })
    .openapi('CircularPart')
    .optional()
    .describe('The term of a material’s formula that the line carries; its amount is the material’s mass'),
  recycledContent: Decimal.optional().describe('Recycled part of the material, 0 to 1; by cut-off'),
}

const MaterialResult = z
  .object({
    id: z.string(),
    name: Names,
    parameters: list(z.object({ name: z.string(), value: Figure, unit: z.string() })),
    kgIn: Figure.nullable(),
    kgOut: Figure.nullable(),
    terms: list(
      z.object({
        term: z.enum(circularTerms),
        weight: Figure.describe('What the material’s mass is multiplied by'),
        unit: z.string(),
        lines: list(z.string()),
        kgCo2e: Figure.describe('With all that leads to its lines'),
      }),
    ),
    material: Figure,
    energy: Figure,
    disposal: Figure,
  })
  .openapi('MaterialResult')

export const CircularResult = z
  .object({
    method: z.enum(endOfLifeMethods).nullable(),
    recycledContent: z
      .object({ kg: Figure, kgRecycled: Figure, share: Figure.nullable(), lines: list(z.string()) })
      .nullable(),
    materials: list(MaterialResult),
  })
  .openapi('CircularResult')
