/** What misstatements come to, on the wire: decimal strings in kg CO2e, part by part. */

import { z } from '@hono/zod-openapi'
import type { MisstatementSum, PartMateriality } from '../../../certification/materiality.ts'
import { parts } from '../../../certification/scheme.ts'
import { formatDecimal } from '../../../engine/index.ts'
import { list } from '../../schemas.ts'

const KgCo2e = z.string().describe('kgCO2e')
const Sum = z.object({
  count: z.int(),
  net: KgCo2e.describe('kgCO2e; over- and understatements set off, positive where the part is overstated'),
  gross: KgCo2e.describe('kgCO2e; the sizes added'),
})

export const MaterialityView = z
  .object({
    part: z.enum(parts),
    reported: KgCo2e.nullable().describe('kgCO2e in the revision under verification'),
    corrected: KgCo2e.nullable().describe('kgCO2e, as it would be without what stands uncorrected'),
    materiality: z.string().nullable().describe('Share agreed; null: nothing was, and any size matters'),
    threshold: KgCo2e.describe('kgCO2e: share × corrected base'),
    known: Sum,
    projected: Sum.describe('Extrapolated from samples'),
    together: Sum,
    singleOver: list(z.int()).describe('Findings that are material alone: they bar an unmodified opinion'),
    intentional: list(z.int()).describe('Intentional ones, of any size: likewise'),
    netOver: z.boolean(),
    grossOver: z.boolean(),
    needsJudgement: z
      .boolean()
      .describe('Gross over the threshold, net under: say in writing why they may set each other off'),
  })
  .openapi('PartMateriality')

export function viewMateriality(one: PartMateriality): z.infer<typeof MaterialityView> {
  const decimal = (value: number | null) => (value === null ? null : formatDecimal(value))
  return {
    ...one,
    reported: decimal(one.reported),
    corrected: decimal(one.corrected),
    materiality: decimal(one.materiality),
    threshold: formatDecimal(one.threshold),
    known: viewSum(one.known),
    projected: viewSum(one.projected),
    together: viewSum(one.together),
  }
}

function viewSum({ count, net, gross }: MisstatementSum) {
  return { count, net: formatDecimal(net), gross: formatDecimal(gross) }
}
