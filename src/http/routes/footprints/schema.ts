/** Footprints on the wire. */

import { z } from '@hono/zod-openapi'
import type { PutData } from '../../../actions/footprints/put-data.ts'
import type { SentDefinition } from '../../../actions/footprints/sent-definition.ts'
import type { TakenRange } from '../../../actions/green-certificates/certificates-taken.ts'
import { type Boundary, boundaries, parts } from '../../../certification/scheme.ts'
import type { Footprint, FootprintDefinition, Revision } from '../../../ports/footprints.ts'
import { FootprintCalculationOrBill } from '../../bill-of-materials.ts'
import { AnsweredProblem, viewProblem } from '../../problems.ts'
import { Party, Product } from '../../product-identity.ts'
import { Id, Instant, instant, line, list, Names } from '../../schemas.ts'

const Share = z
  .string()
  .regex(/^(?:0(?:\.\d{1,12})?|1(?:\.0{1,12})?)$/, 'is a share between 0 and 1, e.g. "0.02"')

const Exclusion = z
  .strictObject({ what: line(500), reason: line(1000), estimatedShare: Share })
  .describe('A declared gap: what is left out, why, and its estimated share of the whole')

const ProductCategoryRules = z
  .strictObject({ id: line(100), edition: line(100), operator: line(200), title: Names })
  .openapi('ProductCategoryRules')

export const RecalculationPolicyBody = z
  .strictObject({
    thresholdShare: line(64).describe('From which part of the total on a change is significant, e.g. "0.05"'),
    cumulative: z.boolean().describe('Added up since the last recalculation, or each judged alone'),
    measure: z.enum(['net', 'absolute']),
  })
  .openapi('RecalculationPolicy')

const definition = {
  title: line(200),
  scheme: z.strictObject({ id: line(80), version: line(40) }),
  consolidationApproach: z
    .enum(boundaries.organization)
    .nullable()
    .default(null)
    .describe(
      'How an organization draws its boundary; null for a product, whose calculation has its boundary',
    ),
  responsibleParty: Party.describe('Who answers for the claim'),
  manufacturer: Party.nullable().default(null),
  factory: Party.nullable().default(null),
  intendedUsers: line(500).nullable().default(null),
  product: Product.nullable().default(null).describe('Needed for a product, null for an organization'),
  sites: z.array(Party).max(200).default([]),
  exclusions: z.array(Exclusion).max(100).default([]),
  productCategoryRules: ProductCategoryRules.nullable().default(null),
  baseYear: z
    .strictObject({
      footprintId: Id,
      revision: z.int().min(1).max(1_000_000),
      policy: RecalculationPolicyBody,
    })
    .openapi('BaseYear')
    .nullable()
    .default(null)
    .describe('Of an organization: the year it is compared with, and from when on that is calculated anew'),
  calculation: FootprintCalculationOrBill.describe(
    'Of a bill of materials the footprint keeps the product system that it is short for, and its lines',
  ),
}

/** What a footprint says before its activity data. */
export const FootprintBody = z
  .strictObject(definition)
  .superRefine((body, context) => {
    const isProduct = body.calculation.kind !== 'organization'
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: path.split('.'), message })
    if (isProduct && body.product === null) fault('product', 'is needed: what the product is called')
    if (!isProduct && body.product !== null) fault('product', 'is null for the footprint of an organization')
    if (!isProduct && body.consolidationApproach === null) {
      fault('consolidationApproach', `is needed: ${boundaries.organization.join(', ')}`)
    }
    const { calculation } = body
    if (
      calculation.kind === 'product' &&
      calculation.processes !== undefined &&
      calculation.referenceProcess === undefined
    )
      fault('calculation.referenceProcess', 'is needed: the process whose output is the declared unit')
    if (isProduct && body.baseYear !== null) fault('baseYear', 'is null for a product')
    if (isProduct && body.consolidationApproach !== null)
      fault('consolidationApproach', 'is null for a product')
  })
  .openapi('NewFootprint')

/** The definition that a body states. */
export function definitionOf({
  consolidationApproach,
  ...body
}: z.infer<typeof FootprintBody>): SentDefinition {
  const { calculation } = body
  const boundary = calculation.kind === 'organization' ? consolidationApproach : calculation.boundary
  return { ...body, boundary: boundary as Boundary }
}

const definitionView = {
  ...definition,
  sites: list(Party),
  exclusions: list(Exclusion),
  calculation: z.looseObject({ kind: z.enum(['organization', 'product']) }).describe('As it was given'),
}

export const FootprintView = z
  .object({
    id: Id,
    kind: z.enum(['organization', 'product']),
    state: z.enum(['draft', 'submitted']),
    version: z.int().describe('Counts every change; the ETag'),
    ...definitionView,
    activityData: z
      .object({
        digest: z.string().describe('Of the lines in their one form'),
        count: z.int(),
        fileDigest: z
          .string()
          .nullable()
          .describe(
            'Of the bytes as they were sent, or of the bill of materials in a definition; null from before it was kept',
          ),
      })
      .nullable()
      .describe('Null until activity data are given'),
    latestRevision: z.int().describe('Number of the newest submitted revision; 0 before the first'),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .openapi('Footprint')

export const PutDataView = FootprintView.extend({
  unchanged: z.boolean().describe('The very bytes that this footprint holds already: nothing was done'),
  sameFileAs: z
    .object({
      footprintId: Id,
      title: z.string(),
      period: z.object({ start: z.string(), end: z.string() }),
    })
    .nullable()
    .describe(
      'Another footprint of your organization that holds the very same bytes: a slip, more often than not',
    ),
}).openapi('FootprintWithActivityData')

export const RevisionView = z
  .object({
    id: Id,
    footprintId: Id,
    number: z.int(),
    digest: z.string().describe('Of the revision manifest'),
    recordDigest: z.string().describe('Of the calculation record'),
    schemeDigest: z.string(),
    lineCount: z.int(),
    definition: z.object(definitionView),
    result: z.object({
      totalKgCo2e: z.string(),
      printed: z.object({ amount: z.string(), unit: z.enum(['kgCO2e', 'tCO2e']) }),
      parts: list(z.object({ part: z.enum(parts), kgCo2e: z.string() })),
      gasesNotCovered: list(z.string()),
      flags: list(z.string()),
    }),
    declaration: z.object({
      personName: z.string(),
      text: z.object({ en: z.string(), zh: z.string() }),
      at: Instant,
      digest: z.string(),
    }),
    submittedAt: Instant,
    links: z.object({ manifest: z.string(), record: z.string(), declaration: z.string() }),
  })
  .openapi('Revision')

export const SubmitBody = z
  .strictObject({
    declaration: z.strictObject({
      accepted: z
        .literal(true)
        .describe(
          'The person behind this client makes the declaration in the scheme’s words, for the responsible party',
        ),
    }),
  })
  .openapi('Submission')

export const TakenRangeView = z
  .object({
    instrument: z.string().describe('Id of the instrument that names it'),
    from: z.string(),
    to: z.string(),
    certificates: z.int(),
    standing: z
      .enum(['allocated', 'not-allocated', 'not-retired'])
      .describe(
        'Given to this footprint; retired for your organization, but fewer given to it than its instruments take; in no retirement of yours',
      ),
    problem: AnsweredProblem.nullable().describe(
      'What submitting would be refused with; null where it would not',
    ),
  })
  .openapi('TakenCertificates')

export function viewTakenRange(
  { refusal, ...taken }: TakenRange,
  publicUrl: string,
): z.infer<typeof TakenRangeView> {
  return { ...taken, problem: refusal && viewProblem(refusal, publicUrl) }
}

type DefinitionView = z.infer<z.ZodObject<typeof definitionView>>

function viewDefinition({
  boundary,
  calculation,
  baseYear = null,
  ...rest
}: FootprintDefinition): DefinitionView {
  const consolidationApproach = calculation.kind === 'product' ? null : (boundary as 'operational-control')
  return { ...rest, baseYear, consolidationApproach, calculation: { ...calculation } }
}

/** A footprint as its owner sees it. */
export function viewFootprint(row: Footprint): z.infer<typeof FootprintView> {
  const { definition: defined, organizationId: _, activityData, ...rest } = row
  return {
    ...rest,
    activityData: activityData && { fileDigest: null, ...activityData },
    ...viewDefinition(defined),
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  }
}

/** A frozen revision, with links to its documents. */
export function viewRevision(row: Revision): z.infer<typeof RevisionView> {
  const { declaration, declarationDigest, organizationId: _, ...rest } = row
  const self = `/v1/footprints/${row.footprintId}/revisions/${row.number}`
  return {
    ...rest,
    definition: viewDefinition(row.definition),
    declaration: {
      personName: declaration.personName,
      text: declaration.text,
      at: instant(declaration.at),
      digest: declarationDigest,
    },
    submittedAt: instant(row.submittedAt),
    links: { manifest: `${self}/manifest`, record: `${self}/record`, declaration: `${self}/declaration` },
  }
}

/** A draft whose activity data were put, and what there is to say of the file. */
export function viewPutData({ footprint, unchanged, sameFileAs }: PutData): z.infer<typeof PutDataView> {
  return {
    ...viewFootprint(footprint),
    unchanged,
    sameFileAs: sameFileAs && {
      footprintId: sameFileAs.id,
      title: sameFileAs.definition.title,
      period: { ...sameFileAs.definition.calculation.period },
    },
  }
}
