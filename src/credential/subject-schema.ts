/** What a credential is about: the footprint, its parties, what it stands on, and what the body says of it. */

import { z } from 'zod'
import { examinationOutcomes } from '../certification/engagement.ts'
import { assuranceLevels, opinions } from '../certification/scheme.ts'
import { baseYear, dataQuality, reductionPlan, resultSchema, uncertainty } from './result-schema.ts'
import {
  bilingual,
  date,
  decimal,
  digest,
  face,
  holder,
  instant,
  label,
  merkleRoot,
  period,
  pin,
  product,
  publicTableName,
  quantity,
  text,
  word,
} from './schema-words.ts'

/** A factor table of the public registry. */
const publicTable = z.strictObject({ table: publicTableName, version: text, digest })
/** A table of the client's own: its name and version could tell of suppliers, so only its digest stands here. */
const privateTable = z.strictObject({ kind: z.literal('private'), digest })

const calculation = z.strictObject({
  record: digest,
  revision: digest,
  activityLinesRoot: merkleRoot.describe('Root under which a single line of activity data can be disclosed.'),
  lineResultsRoot: merkleRoot.describe('Root under which the result of a single line can be disclosed.'),
  engine: z.strictObject({ version: text, digest }),
  gwpSet: pin,
  factorTables: z.array(z.union([publicTable, privateTable])),
})

/** Roles of an engagement that the document accounts for. */
export const accountedRoles = [
  'preparer',
  'responsible',
  'lead-verifier',
  'verifier',
  'technical-expert',
  'reviewer',
  'decision-maker',
] as const
export type AccountedRole = (typeof accountedRoles)[number]

const part = z.strictObject({
  part: word,
  assurance: z.enum(assuranceLevels),
  materiality: decimal.optional().describe('Share of the part from which a misstatement matters.'),
  statement: bilingual,
})

const verification = z.strictObject({
  opinion: z.enum(opinions),
  parts: z.array(part).min(1),
  basis: text.optional().describe('Why the opinion is not unmodified.'),
  conclusion: bilingual.optional().describe('What was decided, in the scheme’s words.'),
  criteria: z
    .array(text)
    .min(1)
    .max(100)
    .optional()
    .describe('What the figure was judged against, beside the standards and the scheme.'),
  procedures: label.optional().describe('What the body did, in short.'),
  siteVisits: z
    .array(z.strictObject({ label, visitedOn: date }))
    .min(1)
    .max(1000)
    .optional(),
  sector: z
    .string()
    .regex(/^[A-T](?:[0-9]{2,4})?$/)
    .optional()
    .describe(
      'Section or division of the Chinese classification of industries (GB/T 4754) in which the body judged: `C`, `C38`.',
    ),
  factorTables: z
    .array(z.strictObject({ digest, opinion: z.enum(examinationOutcomes) }))
    .min(1)
    .optional()
    .describe(
      'What the body says of each private table that the figure rests on, after examining its data; absent where there is none.',
    ),
  decidedAt: instant,
  persons: z
    .array(
      z.strictObject({ role: z.enum(accountedRoles), pseudonym: z.string().regex(/^[A-Za-z0-9_-]{22}$/) }),
    )
    .min(1)
    .max(200)
    .describe(
      'Who acted, by pseudonym: the same person has the same one within this document, and in no other.',
    ),
})

export const subject = z.strictObject({
  id: z.string().regex(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  type: z.enum(['OrganizationFootprint', 'ProductFootprint']),
  title: text,
  holder,
  responsibleParty: face,
  manufacturer: face.optional(),
  factory: face.optional(),
  sites: z.array(face),
  intendedUsers: text.optional(),
  product: product.optional(),
  period,
  boundary: text,
  declaredUnit: quantity.optional(),
  functionalUnit: z
    .strictObject({ label, referenceFlow: quantity.optional() })
    .optional()
    .describe('What the product does, and how much of it does that.'),
  standards: z.array(z.strictObject({ standard: text, use: word })).min(1),
  productCategoryRules: z.strictObject({ rules: text, edition: text, operator: text, label }).optional(),
  exclusions: z.array(z.strictObject({ what: text, reason: text, estimatedShare: decimal })),
  methodChoices: z
    .array(z.strictObject({ aspect: word, method: text }))
    .min(1)
    .max(100)
    .optional()
    .describe('Choices of method that move the figure: `allocation`, `end-of-life`, `electricity`.'),
  scheme: z.strictObject({
    ...pin.shape,
    label: bilingual,
    filing: z
      .strictObject({ authority: label, number: text })
      .optional()
      .describe('Where an authority keeps the scheme on file, and under which number.'),
  }),
  baseYear: baseYear.optional(),
  reductionPlan: reductionPlan.optional(),
  dataQuality: dataQuality.optional(),
  uncertainty: uncertainty.optional(),
  result: resultSchema,
  calculation,
  verification,
})
export type CredentialSubject = z.infer<typeof subject>
