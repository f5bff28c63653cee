/** Draws on the wire: how often and from which seed something is drawn, and what the draws say of one system and of two. */

import { z } from '@hono/zod-openapi'
import { seedMax } from '../engine/analysis/philox.ts'
import { list } from './schemas.ts'

/** Draws of one analysis. */
export const drawsMax = 10_000
const drawsMin = 100

/** What is asked of draws. @param int a whole number as JSON has it, or as a query does. */
export const drawBounds = (int: () => z.ZodNumber) => ({
  draws: int().min(drawsMin).max(drawsMax),
  seed: int().min(0).max(seedMax).describe('Decides every draw; stands in the answer'),
})

const wholeOfQuery = () => z.coerce.number<number>().int()
const { draws, seed } = drawBounds(wholeOfQuery)

/** The same of a query, where an empty seed would be read as zero: it is none. */
export const drawsOfQuery = {
  draws,
  seed: z.preprocess((text) => (text === '' ? Number.NaN : text), seed),
}

export const Kg = z.string().describe('kg CO2e per declared unit, shortest exact decimal')
export const ShareView = z.string().nullable().describe('0 to 1; null where there is no whole')

const Statistics = z
  .object({
    mean: Kg,
    standardDeviation: Kg,
    median: Kg,
    low: Kg.describe('The 2.5 % quantile'),
    high: Kg.describe('The 97.5 % quantile'),
    histogram: z.object({ from: Kg, to: Kg, counts: list(z.int()) }),
  })
  .openapi('DrawStatistics')

export const DrawSettingView = z.object({
  generator: z.literal('philox4x32-10'),
  seed: z.int(),
  draws: z.int(),
})

/** Of one system. */
export const drawnTotals = {
  sources: z.int().describe('Independent things that were drawn'),
  statedShare: ShareView.describe('Part of Σ|line| that states an uncertainty'),
  point: Kg.describe('The result as stated'),
  refused: z
    .object({
      draws: z.int(),
      share: z.string(),
      faults: list(z.object({ kind: z.enum(['process', 'parameter']), id: z.string(), draws: z.int() })),
    })
    .describe('Draws without an answer, in no figure below'),
  signChanged: z.int().describe('Draws with an amount or factor on the other side of zero'),
  statistics: Statistics.nullable(),
}

/** Of two systems on the same draws. */
export const comparedDraws = {
  a: z.object(drawnTotals),
  b: z.object(drawnTotals),
  shared: z.int().describe('Things that both hold, drawn once for both'),
  difference: Kg.describe('B − A as stated'),
  statistics: Statistics.nullable().describe('Of B − A over the draws'),
  belowShare: ShareView.describe('Part of the draws in which A is below B'),
}
