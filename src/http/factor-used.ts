/** A factor that a result rests on, on the wire, and how it was found. */

import { z } from '@hono/zod-openapi'
import { confirmations, families, gwpBases } from '../engine/types.ts'
import { list, Names } from './schemas.ts'

export const ResolutionStep = z
  .object({
    step: z.enum(['explicit', 'table', 'region', 'year', 'own', 'residual']),
    asked: z.string(),
    took: z.string(),
  })
  .openapi('ResolutionStep')

/** What every row that was chosen tells. */
export const chosen = {
  table: z.string(),
  version: z.string(),
  id: z.string(),
  name: Names,
  confirmation: z.enum(confirmations),
  path: list(ResolutionStep).describe('How it was found, step by step'),
}

export const factorUsed = {
  ...chosen,
  family: z.enum(families),
  region: z.string(),
  year: z.int(),
  unit: z.string(),
  gwpBasis: z.enum(gwpBases),
}

export const FactorUsed = z.object(factorUsed).openapi('FactorUsed')
