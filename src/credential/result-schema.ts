/** The figures of a credential, all of them printed values; the full-precision ones are in the calculation record. */

import { z } from 'zod'
import { breakdowns } from '../certification/breakdowns.ts'
import { bilingual, decimal, digest, label, mass, period, quantity, text, word } from './schema-words.ts'

/** A part of the total. */
const partOf = <Key extends string>(key: Key, name: z.ZodType<string>) =>
  z
    .array(
      z.strictObject({ [key]: name, ...mass.shape } as { [K in Key]: z.ZodType<string> } & typeof mass.shape),
    )
    .optional()

/** The public result. */
export const resultSchema = z.strictObject({
  total: mass,
  totalIncludes: z.array(word).min(1),
  breakdowns: z
    .array(z.enum(breakdowns))
    .describe('The breakdowns that stand here: the scheme’s minimum and what the holder chose to add.'),
  byKind: z
    .array(z.strictObject({ kind: word, inTotal: z.boolean(), ...mass.shape }))
    .optional()
    .describe('What counts in the total, and what is shown apart, by kind.'),
  byScope: partOf('scope', word),
  byIsoCategory: partOf('isoCategory', word).describe('Categories of ISO 14064-1, `1` to `6`.'),
  byStage: partOf('stage', word),
  byCategory: partOf('category', word),
  byGas: partOf('gasGroup', word).describe(
    'CO2e by group of gases, of what counts in the total; never a mass.',
  ),
  bySite: z.array(z.strictObject({ label, ...mass.shape })).optional(),
  alternatives: z
    .array(z.strictObject({ method: word, part: word.optional(), ...mass.shape }))
    .min(1)
    .optional()
    .describe(
      'The total, or a part of it, by another method that is shown beside: electricity by market beside by location.',
    ),
  intensities: z
    .array(z.strictObject({ label, ...quantity.shape }))
    .min(1)
    .optional()
    .describe('The result per something else: revenue, output, head, area.'),
  carbonContents: z
    .array(z.strictObject({ kind: word, ...quantity.shape }))
    .min(1)
    .optional()
    .describe('Carbon in the product itself, by kind.'),
  gasesNotCovered: z
    .array(text)
    .describe('Gases that some source leaves out: the total says nothing of them.'),
  gasesOutsideTotal: z
    .array(text)
    .describe('Gases outside the seven groups: released, and not in the total.'),
  flags: z.array(z.strictObject({ flag: text, share: decimal.nullable() })),
})
export type PublicResult = z.infer<typeof resultSchema>

/** How good the data are. */
export const dataQuality = z.strictObject({
  primaryDataShare: decimal.optional().describe('Share of the result that rests on primary data.'),
  ratedShare: decimal.optional().describe('Share of the result whose data were rated.'),
  ratings: z
    .array(z.strictObject({ indicator: word, rating: decimal }))
    .min(1)
    .optional()
    .describe(
      'Ratings by indicator (`technological`, `geographical`, `temporal`, `reliability`, `completeness`).',
    ),
  method: text.optional().describe('The scale and the method of the ratings.'),
  statement: label.optional(),
})

/** How sure the total is. */
export const uncertainty = z.strictObject({
  method: word.describe('`error-propagation`, `monte-carlo`, …: how it was found.'),
  confidence: decimal.describe('Level of confidence of the interval, as a share: `0.95`.'),
  lower: mass,
  upper: mass,
  draws: decimal.optional().describe('How many draws, where it was drawn; with their seed.'),
  seed: text.optional(),
  statement: label.optional(),
})

const calendarYear = z.string().regex(/^[0-9]{4}$/)

/** How the holder means to reduce: what a certificate's mark speaks of beside the figure. */
export const reductionPlan = z.strictObject({
  statement: label,
  targets: z
    .array(
      z.strictObject({
        label,
        fromYear: calendarYear,
        toYear: calendarYear,
        reduction: decimal.describe('Share by which the result is to fall.'),
      }),
    )
    .min(1)
    .optional(),
  digest: digest.optional().describe('Of the plan itself.'),
})

/** The year that an inventory is compared with. */
export const baseYear = z.strictObject({ period, total: mass, statement: bilingual.optional() })
