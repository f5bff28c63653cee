/** The figures of a credential, all of them printed values; the full-precision ones are in the calculation record. */

import { z } from 'zod'
import { breakdowns } from './breakdowns.ts'
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
  /** The breakdowns that stand here: the scheme's minimum and what the holder chose to add. */
  breakdowns: z.array(z.enum(breakdowns)),
  /** What counts in the total, and what is shown apart, by kind. */
  byKind: z.array(z.strictObject({ kind: word, inTotal: z.boolean(), ...mass.shape })).optional(),
  byScope: partOf('scope', word),
  /** Categories of ISO 14064-1, `1` to `6`. */
  byIsoCategory: partOf('isoCategory', word),
  byStage: partOf('stage', word),
  byCategory: partOf('category', word),
  /** CO2e by group of gases, of what counts in the total; never a mass. */
  byGas: partOf('gasGroup', word),
  bySite: z.array(z.strictObject({ label, ...mass.shape })).optional(),
  /** The total, or a part of it, by another method that is shown beside: electricity by market beside by location. */
  alternatives: z
    .array(z.strictObject({ method: word, part: word.optional(), ...mass.shape }))
    .min(1)
    .optional(),
  /** The result per something else: revenue, output, head, area. */
  intensities: z
    .array(z.strictObject({ label, ...quantity.shape }))
    .min(1)
    .optional(),
  /** Carbon in the product itself, by kind. */
  carbonContents: z
    .array(z.strictObject({ kind: word, ...quantity.shape }))
    .min(1)
    .optional(),
  /** Gases that some source leaves out: the total says nothing of them. */
  gasesNotCovered: z.array(text),
  /** Gases outside the seven groups: released, and not in the total. */
  gasesOutsideTotal: z.array(text),
  flags: z.array(z.strictObject({ flag: text, share: decimal.nullable() })),
})
export type PublicResult = z.infer<typeof resultSchema>

/** How good the data are. */
export const dataQuality = z.strictObject({
  /** Share of the result that rests on primary data. */
  primaryDataShare: decimal.optional(),
  /** Share of the result whose data were rated. */
  ratedShare: decimal.optional(),
  /** Ratings by indicator (`technological`, `geographical`, `temporal`, `reliability`, `completeness`). */
  ratings: z
    .array(z.strictObject({ indicator: word, rating: decimal }))
    .min(1)
    .optional(),
  /** The scale and the method of the ratings. */
  method: text.optional(),
  statement: label.optional(),
})

/** How sure the total is. */
export const uncertainty = z.strictObject({
  /** `error-propagation`, `monte-carlo`, …: how it was found. */
  method: word,
  /** Level of confidence of the interval, as a share: `0.95`. */
  confidence: decimal,
  lower: mass,
  upper: mass,
  /** Draws and seed, where it was drawn. */
  draws: decimal.optional(),
  seed: text.optional(),
  statement: label.optional(),
})

/** How the holder means to reduce: what a certificate's mark speaks of beside the figure. */
export const reductionPlan = z.strictObject({
  statement: label,
  targets: z
    .array(
      z.strictObject({
        label,
        /** Calendar years. */
        fromYear: z.string().regex(/^[0-9]{4}$/),
        toYear: z.string().regex(/^[0-9]{4}$/),
        /** Share by which the result is to fall. */
        reduction: decimal,
      }),
    )
    .min(1)
    .optional(),
  /** Of the plan itself. */
  digest: digest.optional(),
})

/** The year that an inventory is compared with. */
export const baseYear = z.strictObject({ period, total: mass, statement: bilingual.optional() })
