/** Engagements on the wire. The client sees the opinion when it is decided, not while the body is still making up its mind. */

import { z } from '@hono/zod-openapi'
import type { EngagementSeen } from '../../../actions/engagements/read-engagement.ts'
import { papersFor } from '../../../actions/engagements/record-paper.ts'
import { breakdowns } from '../../../certification/breakdowns.ts'
import {
  closures,
  engagementStates,
  examinationOutcomes,
  findingKinds,
  personSides,
  teamRoles,
} from '../../../certification/engagement.ts'
import { closeBy } from '../../../certification/late-majors.ts'
import { materialityOf } from '../../../certification/materiality.ts'
import { assuranceLevels, documentKinds, opinions, parts } from '../../../certification/scheme.ts'
import { moves } from '../../../certification/transitions.ts'
import { isDigest } from '../../../json/digest.ts'
import type {
  Engagement,
  EngagementListed,
  FindingRow,
  PinnedTable,
  Signed,
} from '../../../ports/engagements.ts'
import { versionStates } from '../../../ports/registry.ts'
import { problems } from '../../../problem.ts'
import { isPrivateTable, tableNameMax } from '../../../tables/names.ts'
import { Quantity } from '../../quantities.ts'
import { Id, Instant, instant, line, list, Names, Slug, text } from '../../schemas.ts'
import { RevisionView, viewRevision } from '../footprints/schema.ts'
import { MaterialityView, viewMateriality } from './materiality.ts'
import { PaperView, viewPaper } from './papers.ts'

const Share = z.string().regex(/^0(?:\.\d{1,12})?$|^1$/, 'is a share between 0 and 1, e.g. "0.05"')
const Days = z.string().regex(/^\d{1,4}(?:\.\d{1,2})?$/, 'is a number of days such as "4.5"')

const Disclosure = z.array(z.enum(breakdowns)).max(breakdowns.length)

export const DisclosureBody = z
  .strictObject({ disclosure: Disclosure.describe('In place of what was chosen before') })
  .openapi('Disclosure')

export const ApplicationBody = z
  .strictObject({
    footprintId: Id,
    body: Slug.describe('The certification body’s short name'),
    documentKind: z.enum(documentKinds),
    note: text(2000).nullable().default(null),
    disclosure: Disclosure.default([]).describe('Breakdowns to make public beyond the scheme’s minimum'),
  })
  .openapi('Application')

const AgreedPart = z.strictObject({
  part: z.enum(parts),
  assurance: z.enum(assuranceLevels),
  materiality: Share.describe('Share of the part’s result from which a misstatement matters'),
})

const ContractReview = z
  .strictObject({
    objectives: text(2000),
    scope: text(2000),
    criteria: z.array(line(200)).min(1).max(20),
    parts: z.array(AgreedPart).min(1).max(parts.length).describe('Each part of the result, once'),
    personDays: Days,
    competenceConfirmed: z.boolean(),
    sector: z
      .string()
      .regex(/^[A-T](?:[0-9]{2})?$/, 'is a section or division of GB/T 4754 such as "C" or "C38"')
      .optional()
      .describe('Of the client, by GB/T 4754; needed where the scheme asks for an accreditation'),
  })
  .openapi('ContractReview')

const Team = z
  .array(
    z.strictObject({
      memberId: Id,
      role: z.enum(teamRoles),
      impartial: z
        .boolean()
        .describe(
          'The person has declared to have no tie with the client that could sway them. Where the scheme asks for declarations, those decide',
        ),
    }),
  )
  .min(1)
  .max(20)

export const AcceptanceBody = z
  .strictObject({ contractReview: ContractReview, team: Team })
  .openapi('Acceptance')

export const TeamChangeBody = z
  .strictObject({ team: Team.describe('The whole team from now on'), reason: text(2000) })
  .openapi('TeamChange')

export const ReasonBody = z.strictObject({ reason: text(2000) }).openapi('Reason')

export const FindingBody = z
  .strictObject({
    kind: z.enum(findingKinds),
    severity: z.enum(['major', 'minor']).nullable().default(null).describe('Of a nonconformity'),
    part: z.enum(parts).nullable().default(null).describe('Needed for a misstatement'),
    quantity: Quantity.extend({ amount: z.string().max(64), unit: z.literal('kgCO2e') })
      .nullable()
      .default(null)
      .describe('Of a misstatement: positive where the footprint overstates'),
    intentional: z.boolean().default(false),
    projected: z
      .boolean()
      .default(false)
      .describe('Of a misstatement: extrapolated from a sample, not met itself'),
    answerBy: z.iso
      .date()
      .nullable()
      .default(null)
      .describe('Until when an answer is expected; without one, as many days as the scheme says'),
    disclosed: z.boolean().default(false).describe('Of an observation: goes into the report as it is'),
    text: text(4000).describe('What was found; never how to mend it'),
    lines: z.array(line(100)).max(200).default([]).describe('Ids of the lines it speaks of'),
  })
  .openapi('NewFinding')

const CorrectiveAction = z.strictObject({
  text: text(4000).describe('What is done so that it does not come again'),
  doneBy: z.iso.date().describe('Until when'),
})

export const AnswerBody = z
  .strictObject({ text: text(4000), correctiveAction: CorrectiveAction.nullable().default(null) })
  .openapi('Answer')

export const ClosureBody = z.strictObject({ closure: z.enum(closures), note: text(2000) }).openapi('Closure')

const examined = {
  table: line(tableNameMax).describe('A private table that the revision under verification pins'),
  version: line(40),
  digest: z.string().refine(isDigest, 'is sha256: and 64 lower-case hex digits'),
}

export const ExaminationBody = z
  .strictObject({
    ...examined,
    outcome: z.enum(examinationOutcomes).describe('The last one counts'),
    note: text(4000).describe('What was looked at; of a rejection, why'),
  })
  .openapi('FactorTableExamination')

export const ProposalBody = z
  .strictObject({
    opinion: z.enum(opinions),
    parts: z
      .array(
        z.strictObject({
          part: z.enum(parts),
          assurance: z.enum(assuranceLevels),
          opinion: z.enum(opinions).optional().describe('On this part, where it is not that of the whole'),
        }),
      )
      .min(1)
      .max(parts.length),
    rationale: text(4000).describe(
      'Printed in the document as the basis of any opinion but an unmodified one',
    ),
    judgements: z
      .array(z.strictObject({ part: z.enum(parts), text: text(4000) }))
      .max(parts.length)
      .default([])
      .describe(
        'Of each part whose misstatements are material but for setting each other off: why that may stand',
      ),
  })
  .openapi('Proposal')

export const ReviewBody = z
  .strictObject({ outcome: z.enum(['concur', 'return']), notes: text(4000) })
  .openapi('Review')

export const DecisionBody = z
  .strictObject({ outcome: z.enum(['granted', 'refused']), reason: text(4000) })
  .openapi('Decision')

const signedShape = { personName: z.string(), at: Instant }
const signedView = (shape: z.ZodRawShape) => z.object({ ...shape, ...signedShape }).nullable()

const Organization = z.object({ id: Id, slug: z.string(), name: Names })

export const FindingView = z
  .object({
    id: Id,
    number: z.int(),
    kind: z.enum(findingKinds),
    severity: z.enum(['major', 'minor']).nullable(),
    part: z.enum(parts).nullable(),
    quantity: z.object({ amount: z.string(), unit: z.literal('kgCO2e') }).nullable(),
    intentional: z.boolean(),
    projected: z.boolean(),
    answerBy: z.iso.date().nullable(),
    overdue: z.boolean().describe('Open, and no longer within the time for an answer'),
    closeBy: z.iso
      .date()
      .nullable()
      .describe(
        'Of a major nonconformity, where the scheme says so: after that day nothing favourable comes of it',
      ),
    disclosed: z.boolean(),
    text: z.string(),
    lines: list(z.string()),
    state: z.enum(['open', 'answered', 'closed']),
    closure: z.enum(closures).nullable(),
    raised: z.object(signedShape),
    answer: signedView({ text: z.string(), correctiveAction: CorrectiveAction.nullable().optional() }),
    closed: signedView({ note: z.string() }),
  })
  .openapi('Finding')

/** What every move answers with. */
export const EngagementHead = z
  .object({
    id: Id,
    footprintId: Id,
    clientOrganizationId: Id,
    bodyOrganizationId: Id,
    scheme: z.object({ id: z.string(), version: z.string(), digest: z.string() }),
    documentKind: z.enum(documentKinds),
    state: z.enum(engagementStates),
    version: z.int().describe('Counts every act'),
    firstRevision: z.int(),
    revisionNumber: z.int().describe('The revision under verification'),
    findingCount: z.int(),
    note: z.string().nullable(),
    disclosure: list(z.enum(breakdowns)).describe(
      'Breakdowns that the holder makes public beyond the scheme’s minimum',
    ),
    contractReview: signedView({
      ...ContractReview.shape,
      criteria: list(z.string()),
      parts: list(AgreedPart),
    }),
    proposal: signedView({
      ...ProposalBody.shape,
      parts: list(
        z.object({
          part: z.enum(parts),
          assurance: z.enum(assuranceLevels),
          opinion: z.enum(opinions).optional(),
        }),
      ),
      judgements: list(z.object({ part: z.enum(parts), text: z.string() })).optional(),
    }).describe('For the client from the decision on'),
    review: signedView({ notes: z.string() }).describe('For the body'),
    returned: signedView({ notes: z.string() }).describe('For the body: what the reviewer last sent back'),
    decision: signedView({ outcome: z.enum(['granted', 'refused']), reason: z.string() }),
    closing: signedView({ reason: z.string() }).describe('Why it was declined or withdrawn'),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .openapi('EngagementHead')

export const EngagementView = EngagementHead.extend({
  title: z.string(),
  client: Organization,
  body: Organization,
  revision: RevisionView,
  latestRevision: z
    .int()
    .describe('The newest revision submitted; larger than `revisionNumber` before a resubmission'),
  participants: list(
    z.object({
      personName: z.string(),
      role: z.string(),
      side: z.enum(personSides),
      since: Instant,
      endedAt: Instant.nullable().describe('When this role ended; the person stays on its side'),
    }),
  ),
  findings: list(FindingView),
  papers: list(PaperView).describe(
    'The newest version of each working paper; of the client’s side agreement, signature, plan and report',
  ),
  materiality: list(MaterialityView)
    .nullable()
    .describe('What uncorrected misstatements come to, part by part; for the body'),
  factorTables: list(
    z.object({
      table: z.string(),
      version: z.string(),
      digest: z.string().nullable(),
      private: z.boolean().describe('Needs the team’s acceptance before a credential may rest on it'),
      state: z.enum(versionStates).nullable(),
      supersededBy: z.string().nullable(),
      withdrawnReason: z.string().nullable(),
      examination: signedView({ outcome: z.enum(examinationOutcomes), note: z.string() }),
    }),
  ).describe('What the revision under verification pins, in its order, as it stands in the registry today'),
  moves: list(
    z.object({
      move: z.enum(moves),
      to: z.enum(engagementStates),
      possible: z.boolean(),
      because: z
        .object({ code: z.enum(Object.keys(problems) as [keyof typeof problems]), detail: z.string() })
        .nullable()
        .describe('Why not'),
    }),
  ).describe('What you could do now'),
  history: list(
    z.object({
      action: z.string(),
      at: Instant,
      organizationId: Id,
      personName: z.string().nullable(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      factorTable: z.object({ table: z.string(), version: z.string(), digest: z.string() }).nullable(),
    }),
  ),
}).openapi('Engagement')

export const EngagementListedView = z
  .object({
    id: Id,
    footprintId: Id,
    title: z.string(),
    state: z.enum(engagementStates),
    documentKind: z.enum(documentKinds),
    client: Organization,
    body: Organization,
    revisionNumber: z.int(),
    openFindings: z.int(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .openapi('EngagementListed')

type Side = EngagementSeen['side']

/** An act with the person's name and instant; the person's id stays inside. */
function viewSigned<Act extends Signed>(act: Act | null) {
  if (act === null) return null
  const { personId: _, at, ...rest } = act
  return { ...rest, at: instant(at) }
}

/** The engagement without its lists, as this side may see it. */
export function viewHead(row: Engagement, side: Side): z.infer<typeof EngagementHead> {
  const isStated = side === 'body' || row.decision !== null
  return {
    ...row,
    contractReview: viewSigned(row.contractReview),
    proposal: isStated ? viewSigned(row.proposal) : null,
    review: side === 'body' ? viewSigned(row.review) : null,
    returned: side === 'body' ? viewSigned(row.returned) : null,
    decision: viewSigned(row.decision),
    closing: viewSigned(row.closing),
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  } as z.infer<typeof EngagementHead>
}

function viewFinding(
  { quantityKgCo2e, raisedBy: _, raisedOn, closedOn: _closed, ...row }: FindingRow,
  { today, scheme }: EngagementSeen['facts'],
): z.infer<typeof FindingView> {
  return {
    ...row,
    closeBy: closeBy({ severity: row.severity, raisedOn }, scheme),
    overdue: row.state === 'open' && row.answerBy !== null && row.answerBy < today,
    quantity: quantityKgCo2e === null ? null : { amount: quantityKgCo2e, unit: 'kgCO2e' },
    raised: { personName: row.raised.personName, at: instant(row.raised.at) },
    answer: viewSigned(row.answer),
    closed: viewSigned(row.closed),
  } as z.infer<typeof FindingView>
}

function viewPinned({ examination, ...pin }: PinnedTable) {
  return { ...pin, private: isPrivateTable(pin.table), examination: viewSigned(examination) }
}

/** Everything on an engagement, as this side may see it, with the moves it could make. */
export function viewEngagement({
  file,
  side,
  moves: possible,
  facts,
}: EngagementSeen): z.infer<typeof EngagementView> {
  const { engagement, client, body, revision, latestRevision } = file
  return {
    ...viewHead(engagement, side),
    title: revision.definition.title,
    client,
    body,
    revision: viewRevision(revision),
    latestRevision,
    participants: file.participants.map(({ personName, role, side: stands, since, endedAt }) => {
      return {
        ...{ personName, role, side: stands, since: instant(since) },
        endedAt: endedAt && instant(endedAt),
      }
    }),
    findings: file.findings.map((row) => viewFinding(row, facts)),
    papers: papersFor(side, file.papers).map(viewPaper),
    materiality: side === 'body' ? materialityOf(facts).map(viewMateriality) : null,
    factorTables: file.factorTables.map(viewPinned),
    moves: possible,
    history: file.history.map(({ id: _, at, ...act }) => ({ ...act, at: instant(at) })),
  }
}

/** One entry of the list. */
export function viewListed(row: EngagementListed): z.infer<typeof EngagementListedView> {
  const { engagement, ...rest } = row
  const { id, footprintId, state, documentKind, revisionNumber, createdAt, updatedAt } = engagement
  return {
    ...rest,
    ...{ id, footprintId, state, documentKind, revisionNumber },
    createdAt: instant(createdAt),
    updatedAt: instant(updatedAt),
  }
}
