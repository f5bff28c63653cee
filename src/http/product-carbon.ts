/** A product's carbon on the wire: what it holds, the balance of biogenic carbon, and the sums of the standards. */

import { z } from '@hono/zod-openapi'
import { balanceStates } from '../engine/product/carbon-types.ts'
import { lifeCycleStages } from '../engine/types.ts'
import { Figure } from './quantities.ts'
import { list } from './schemas.ts'

const part = Figure.nullable().describe('Null where no line has such a flow')

export const CarbonResult = z
  .object({
    content: z
      .object({
        productMassKg: Figure.nullable(),
        fossilKgC: Figure,
        biogenicKgC: Figure,
        recycledKgC: Figure.nullable(),
        packagingBiogenicKgC: Figure.nullable(),
      })
      .nullable()
      .describe('Null where the calculation states none'),
    balance: z
      .object({
        state: z.enum(balanceStates),
        takenUpKgCo2: Figure.nullable(),
        releasedKgCo2: Figure,
        heldKgCo2: Figure.nullable(),
        differenceKgCo2: Figure.nullable(),
        tolerance: Figure,
      })
      .nullable()
      .describe('Biogenic carbon up to the gate, as kg CO2: taken up + let go + held = 0'),
  })
  .openapi('ProductCarbon')

const PactSums = z
  .object({
    stages: list(z.enum(lifeCycleStages)),
    pcfExcludingBiogenicUptake: Figure,
    pcfIncludingBiogenicUptake: Figure,
    fossilGhgEmissions: Figure,
    fossilCarbonContent: part,
    biogenicCarbonContent: part,
    recycledCarbonContent: part,
    landUseChangeGhgEmissions: part,
    landCarbonLeakage: part,
    landManagementFossilGhgEmissions: part,
    landManagementBiogenicCO2Emissions: part,
    landManagementBiogenicCO2Removals: part,
    biogenicCO2Uptake: part,
    biogenicNonCO2Emissions: part,
    aircraftGhgEmissions: part,
    packagingEmissionsIncluded: z.boolean(),
    packagingGhgEmissions: part,
    packagingBiogenicCarbonContent: part,
    ccsTechnologicalCO2CaptureIncluded: z.boolean(),
    ccsTechnologicalCO2Capture: part,
    technologicalCO2Removals: part,
    productMassPerDeclaredUnit: part,
  })
  .openapi('PactSums')

const Iso14067Sums = z
  .object({
    fossilKgCo2e: part,
    aircraftKgCo2e: part,
    biogenicCo2KgCo2e: part,
    biogenicOtherKgCo2e: part,
    biogenicUptakeKgCo2e: part,
    landUseChangeKgCo2e: part,
    removalsKgCo2e: part,
    netKgCo2e: Figure.describe('All parts above'),
    netWithoutBiogenicCo2KgCo2e: Figure.describe('All but biogenic CO2 and its uptake'),
    indirectLandUseChangeKgCo2e: part,
    outsideSevenGroupsKgCo2e: part,
  })
  .openapi('Iso14067Sums')

export const ProductSums = z
  .object({
    pact: PactSums.nullable().describe('PACT Technical Specifications 3, cradle to gate; null gate to gate'),
    iso14067: Iso14067Sums,
  })
  .openapi('ProductSums')
