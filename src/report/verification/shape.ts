/**
 * What a verification report says, as data: one shape for the wire, for the digest and for the page. `text` is the same for client and body
 * and changes no more once the decision is carried out, so that its digest names it; what is the body's own stands in the annex.
 */

import { z } from 'zod'
import {
  closures,
  engagementStates,
  examinationOutcomes,
  findingKinds,
  personSides,
} from '../../certification/engagement.ts'
import { evidenceKinds } from '../../certification/evidence.ts'
import { recordedKinds } from '../../certification/papers.ts'
import { assuranceLevels, documentKinds, opinions, parts, subjectKinds } from '../../certification/scheme.ts'

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly()

const text = z.string()
const Label = z.string().describe('A person by their label, such as P1: see `persons`')
const Instant = z.iso.datetime().describe('RFC 3339, UTC')
const Digest = z.string().describe('sha256: and 64 hex digits')
const KgCo2e = z.string().describe('kgCO2e')
const Names = z.object({ en: text, zh: text.nullable() })
const Face = z.object({ name: Names, address: Names.nullable() })
const act = { by: Label, at: Instant }

const Agreed = z.object({ part: z.enum(parts), assurance: z.enum(assuranceLevels), materiality: text })

const Step = z.object({
  kind: z.enum(recordedKinds),
  subject: text.describe('What tells papers of one kind apart: a site, a guard, a person'),
  number: z.int().describe('Its version, from 1'),
  ...act,
  body: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('As recorded; null of what stands in the annex, if anywhere'),
})

const Sum = z.object({ count: z.int(), net: KgCo2e, gross: KgCo2e })

const Materiality = z.object({
  part: z.enum(parts),
  reported: KgCo2e.nullable(),
  corrected: KgCo2e.nullable(),
  materiality: text.nullable(),
  threshold: KgCo2e,
  known: Sum,
  projected: Sum,
  together: Sum,
  singleOver: list(z.int()),
  intentional: list(z.int()),
  netOver: z.boolean(),
  grossOver: z.boolean(),
  needsJudgement: z.boolean(),
})

const Finding = z.object({
  number: z.int(),
  kind: z.enum(findingKinds),
  severity: z.enum(['major', 'minor']).nullable(),
  part: z.enum(parts).nullable(),
  quantityKgCo2e: KgCo2e.nullable(),
  intentional: z.boolean(),
  projected: z.boolean(),
  disclosed: z.boolean(),
  answerBy: text.nullable(),
  text,
  lines: list(text),
  raised: z.object(act),
  answer: z
    .object({
      text,
      correctiveAction: z.object({ text, doneBy: text }).nullable(),
      ...act,
    })
    .nullable(),
  state: z.enum(['open', 'answered', 'closed']),
  closure: z.enum(closures).nullable(),
  closed: z.object({ note: text, ...act }).nullable(),
})

const File = z.object({
  number: z.int(),
  kind: z.enum(evidenceKinds),
  name: text,
  mediaType: text,
  size: z.int(),
  sha256: text,
  lineCount: z.int(),
  lines: list(text).describe('The first twenty'),
  meters: list(text).describe('The first twenty'),
  findings: list(z.int()),
})

const Opinion = z.object({
  opinion: z.enum(opinions),
  parts: list(
    z.object({
      part: z.enum(parts),
      assurance: z.enum(assuranceLevels),
      opinion: z.enum(opinions).describe('On this part'),
    }),
  ),
  rationale: text,
  judgements: list(z.object({ part: z.enum(parts), text })),
  ...act,
})

const Text = z.object({
  type: z.literal('egret/verification-report'),
  format: z.literal('1').describe('How the text is made; what says more has another'),
  engagement: text,
  footprint: text,
  title: text,
  subject: z.enum(subjectKinds),
  documentKind: z.enum(documentKinds),
  period: z.object({ start: text, end: text }).describe('Local dates, [start, end)'),
  boundary: text,
  parties: z.object({
    client: Names,
    body: Names,
    responsibleParty: Face,
    manufacturer: Face.nullable(),
    factory: Face.nullable(),
    sites: list(Face),
    intendedUsers: text.nullable(),
    product: Names.nullable(),
  }),
  scheme: z.object({ id: text, version: text, digest: Digest, title: Names, standards: list(text) }),
  agreed: z
    .object({
      objectives: text,
      scope: text,
      criteria: list(text),
      parts: list(Agreed),
      personDays: text,
      sector: text.nullable(),
      ...act,
    })
    .nullable()
    .describe('The contract review; null before acceptance'),
  team: list(
    z.object({
      person: Label,
      role: text,
      side: z.enum(personSides),
      since: Instant,
      endedAt: Instant.nullable(),
    }),
  ).describe('Everyone who took part on any side'),
  steps: list(Step).describe('Every version of every working paper, oldest first'),
  revisions: list(
    z.object({
      number: z.int(),
      digest: Digest,
      recordDigest: Digest,
      declarationDigest: Digest,
      declared: z.object(act),
      lineCount: z.int(),
      totalKgCo2e: KgCo2e,
      printed: z.object({ amount: text, unit: z.enum(['kgCO2e', 'tCO2e']) }),
    }),
  ).describe('Put before the body; the last is the one verified'),
  factorTables: list(
    z.object({
      table: text,
      version: text,
      digest: Digest.nullable(),
      examination: z.object({ outcome: z.enum(examinationOutcomes), note: text, ...act }).nullable(),
    }),
  ),
  exclusions: list(z.object({ what: text, reason: text, estimatedShare: text })),
  findings: list(Finding),
  materiality: list(Materiality),
  evidence: list(File).describe('The client’s, as they stood at the decision'),
  opinion: Opinion.nullable(),
  review: z.object(act).nullable().describe('By whom, and when they concurred'),
  decision: z.object({ outcome: z.enum(['granted', 'refused']), reason: text, ...act }).nullable(),
  overrideCount: z.int().describe('How often management set a rule aside'),
})

const Annex = z.object({
  type: z.literal('egret/verification-report-annex'),
  text: Digest.describe('Of the text that it belongs to'),
  papers: list(Step),
  reviewNotes: text.nullable(),
  returned: z.object({ notes: text, ...act }).nullable(),
  files: list(File).describe('The body’s own evidence'),
})

/** The members of a report. */
export const reportShape = {
  state: z.enum(engagementStates),
  digest: Digest.describe('SHA-256 of `text` as RFC 8785 writes it; the act `issue` in the trail names it'),
  text: Text,
  annexDigest: Digest.nullable().describe('Likewise, of the annex'),
  coverage: z
    .object({
      lineCount: z.int(),
      backedCount: z.int().describe('Lines that some of these files stand behind'),
      backedShare: text.nullable().describe('Of the sizes of all lines; null where they are all zero'),
    })
    .describe(
      'How much of the result the evidence stands behind: follows from the text and the record of the revision',
    ),
  annex: Annex.nullable().describe('For the body and its assessors'),
  persons: list(
    z.object({
      label: Label,
      name: text,
      pseudonym: text.nullable().describe('In the signed document; null where that does not name the person'),
    }),
  ),
  document: z
    .object({
      id: text,
      number: text,
      digest: Digest,
      issuedAt: Instant,
      validUntil: Instant.nullable(),
      status: text,
      statusAt: Instant,
      url: text,
    })
    .nullable()
    .describe('How it stands today'),
} as const

export type VerificationReport = z.infer<z.ZodObject<typeof reportShape>>
export type ReportText = z.infer<typeof Text>
export type ReportAnnex = z.infer<typeof Annex>
export type ReportStep = z.infer<typeof Step>
export type ReportFinding = z.infer<typeof Finding>
export type ReportedFile = z.infer<typeof File>
export type ReportedMateriality = z.infer<typeof Materiality>
