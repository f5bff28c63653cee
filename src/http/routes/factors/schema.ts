/** A row of a factor table on the wire. */

import { z } from '@hono/zod-openapi'
import { confirmations, families, flowKinds, gwpBases } from '../../../engine/types.ts'
import { licenceTerms } from '../../../tables/format.ts'
import { list, Names } from '../../schemas.ts'

/** What a licence asks, as far as passing on goes. */
export const Terms = z
  .enum(licenceTerms)
  .nullable()
  .describe(
    'What the licence asks: nothing, naming the source, the same licence for whatever is built on it, unclear, or an enterprise’s own data; null where nothing says',
  )

/** What a row says, with the version that it stands in. */
export const factorMembers = {
  table: z.string(),
  version: z.string(),
  id: z.string(),
  name: Names,
  category: z.string(),
  family: z.enum(families),
  region: z.string(),
  year: z.int(),
  unit: z.string(),
  flows: list(z.object({ kind: z.enum(flowKinds), gas: z.string(), kg: z.string() })).describe(
    'kg of each gas per one unit',
  ),
  gwpBasis: z.enum(gwpBases),
  statedCo2eKg: z.string().nullable(),
  gasesNotCovered: list(z.string()),
  includesTransmission: z.boolean(),
  fossilFugitiveMethane: z.boolean(),
  confirmation: z.enum(confirmations),
  source: z.object({ id: z.string(), locator: z.string() }),
  notes: z.string().nullable(),
}
