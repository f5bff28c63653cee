/** What a scheme can ask for beside its factors and limits: steps on file, evidence, rules of a category, quality of data, an authority's say. */

import { z } from 'zod'
import { evidenceKinds } from './evidence.ts'
import { paperGates, paperKinds } from './paper-kinds.ts'
import { classificationSystems } from './product-codes.ts'
import { bilingual, share, text } from './scheme-words.ts'

/**
 * The process. Absent: whatever papers the body takes, none is asked for.
 *
 * `papers`: what must be on file before a move, each kind once before the same one. `impartialityYears`: how far back a tie bars; two where
 * absent. `competence`: whether roles and sector ask for recorded competence. `siteVisit`: a visit, or at least the reason why there was
 * none; asks for the paper. `answerDays`: until when a finding is answered, where nobody says a day. `closeMajorDays`: within how many days from
 * being raised a major nonconformity must be closed; later, nothing favourable comes of the engagement. `minimumPersonDays`: the least
 * effort that a contract review may plan.
 */
export const processDemand = z.strictObject({
  papers: z.array(z.strictObject({ kind: z.enum(paperKinds), before: z.enum(paperGates) })).max(40),
  impartialityYears: z.int().min(1).max(20).optional(),
  competence: z.boolean().optional(),
  siteVisit: z.enum(['required', 'rationale']).optional(),
  answerDays: z.int().min(1).max(366).optional(),
  closeMajorDays: z.int().min(1).max(366).optional(),
  minimumPersonDays: z
    .string()
    .regex(/^(?=.*[1-9])\d{1,4}(?:\.\d{1,2})?$/, 'Write person-days above 0, e.g. 1.5')
    .optional(),
})
export type ProcessDemand = z.infer<typeof processDemand>

/**
 * Evidence. `retentionYears`: how long it is kept from the end of what rests on it. `required`: each line of the category that comes to at
 * least `shareFrom` of the result is backed by a file of one of the kinds.
 */
export const evidenceDemand = z.strictObject({
  retentionYears: z.int().min(1).max(100).optional(),
  required: z
    .array(
      z.strictObject({
        category: z.string().min(1).max(80),
        kinds: z.array(z.enum(evidenceKinds)).min(1),
        shareFrom: share,
      }),
    )
    .max(100)
    .optional(),
})
export type EvidenceDemand = z.infer<typeof evidenceDemand>

/**
 * Product category rules that a calculation must name: some, or those of an operator; without `ids`, any of its rules. Whether they are
 * kept stays a finding.
 */
export const rulesDemand = z.union([
  z.literal('required'),
  z
    .array(
      z.strictObject({
        operator: z.string().min(1).max(200),
        ids: z.array(z.string().min(1).max(120)).min(1).max(500).optional(),
      }),
    )
    .min(1)
    .max(100),
])
export type RulesDemand = z.infer<typeof rulesDemand>

/** The least that the data must be worth. A rating or a source that is not told never passes for a good one. */
export const qualityDemand = z.strictObject({
  /** Mean of the five mean scores, 1 (best) to 5. */
  dqrMax: z
    .string()
    .regex(/^(?:[1-4](?:\.\d{1,6})?|5)$/, 'Write a score between 1 and 5, e.g. 2.5')
    .optional(),
  /** Share of the result whose lines are rated; `dqrMax` asks for it. */
  ratedShareMin: share.optional(),
  /** Of products: the primary data share. */
  primaryShareMin: share.optional(),
})
export type QualityDemand = z.infer<typeof qualityDemand>

/** The largest share of the result that may rest on factors which leave out gases of their source. */
export const gasDemand = z.strictObject({ partialShareMax: share })
export type GasDemand = z.infer<typeof gasDemand>

/** Categories of products that are taken, by their codes in one classification; a product of none of them, or without a code, is not. */
export const catalogueDemand = z.strictObject({
  system: z.enum(classificationSystems),
  /** Who published it, under which title. */
  source: bilingual,
  publishedOn: z.iso.date(),
  categories: z
    .array(z.strictObject({ code: z.string().regex(/^\d{4,8}$/), name: bilingual }))
    .min(1)
    .max(1000),
})
export type CatalogueDemand = z.infer<typeof catalogueDemand>

/**
 * How the programme stands with an authority: `published` by it as its own rule, or `filed` 备案 with it by somebody else; under which number,
 * and when.
 */
export const filingDemand = z.strictObject({
  kind: z.enum(['published', 'filed']),
  authority: bilingual,
  number: text.max(120),
  on: z.iso.date(),
})
export type Filing = z.infer<typeof filingDemand>

/** What a document may show beside its words: nothing, the programme's own mark, or the national mark of product carbon footprints. */
export const marks = ['none', 'own', 'national-product-carbon-footprint-label'] as const
export type Mark = (typeof marks)[number]
export const nationalMark = 'national-product-carbon-footprint-label' satisfies Mark
/** As the Chinese rules call it. */
export const nationalMarkName = { en: 'Product carbon footprint label', zh: '产品碳足迹标识' } as const
