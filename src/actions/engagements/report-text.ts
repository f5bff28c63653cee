/**
 * The text of a verification report out of the engagement's record: the same record gives the same bytes, whoever asks and whenever. Persons stand
 * in it by label, so that a name that is erased changes nothing.
 */

import { materialityOf, type PartMateriality } from '../../certification/materiality.ts'
import type { PaperContent } from '../../certification/papers.ts'
import type { Scheme } from '../../certification/scheme.ts'
import { formatDecimal } from '../../engine/decimal.ts'
import type { PresentedResult } from '../../engine/present.ts'
import type {
  Engagement,
  EvidenceResting,
  FindingRow,
  PaperRow,
  ReportFile,
  Signed,
} from '../../ports/engagements.ts'
import type {
  ReportAnnex,
  ReportedFile,
  ReportedMateriality,
  ReportFinding,
  ReportStep,
  ReportText,
  VerificationReport,
} from '../../report/verification/shape.ts'
import { factsOf } from './situation.ts'

/** What the text is made from. */
export interface ReportSource {
  readonly record: ReportFile
  readonly scheme: Scheme
}

/** Papers whose contents the client reads in the report; the other steps are named in it, with who and when. */
const sharedPapers: readonly string[] = [
  'agreement',
  'agreement-signature',
  'reduction-plan',
  'strategic-analysis',
  'verification-plan',
  'document-review',
  'site-visit',
  'verification-report',
]

/** Labels by person: P1 is whoever comes first in the record. */
export function labelsOf({ file, papers, revisions }: ReportFile): ReadonlyMap<string, string> {
  const { engagement, participants, findings, factorTables } = file
  const { contractReview, proposal, review, returned, decision } = engagement
  const acts = findings.flatMap(({ raised, answer, closed }) => [raised, answer, closed])
  const examined = factorTables.map(({ examination }) => examination)
  const persons = [
    ...revisions.map(({ declaredByPersonId }) => declaredByPersonId),
    ...byTime(participants).map(({ personId }) => personId),
    ...[contractReview, ...papers, ...acts, ...examined, proposal, review, returned, decision].flatMap(
      (act) => act?.personId ?? [],
    ),
  ]
  return new Map([...new Set(persons)].map((person, index) => [person, `P${index + 1}`]))
}

/** In an order that no name decides. */
function byTime(participants: ReportFile['file']['participants']) {
  const key = ({ since, side, role, personId }: (typeof participants)[number]) =>
    `${since.toISOString()} ${side} ${role} ${personId}`
  return participants.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** An act's author by label, and its instant. */
type By = (act: Signed) => { readonly by: string; readonly at: string }

function byLabel(labels: ReadonlyMap<string, string>): By {
  return ({ personId, at }) => ({ by: labels.get(personId) ?? '', at: at.toISOString() })
}

export function reportText({ record, scheme }: ReportSource): ReportText {
  const { file } = record
  const { engagement, revision } = file
  const labels = labelsOf(record)
  const by = byLabel(labels)
  return {
    ...{ type: 'egret/verification-report', format: '1' },
    ...{ engagement: engagement.id, footprint: engagement.footprintId },
    title: revision.definition.title,
    subject: revision.definition.calculation.kind,
    documentKind: engagement.documentKind,
    period: revision.definition.calculation.period,
    boundary: revision.definition.boundary,
    parties: partiesOf(file),
    scheme: {
      ...engagement.scheme,
      title: scheme.title,
      standards: scheme.standards
        .filter(({ subjects }) => subjects.includes(revision.definition.calculation.kind))
        .map(({ id }) => id),
    },
    agreed: agreedOf(engagement, by),
    team: byTime(file.participants).map(({ personId, role, side, since, endedAt }) => ({
      ...{ person: labels.get(personId) ?? '', role, side, since: since.toISOString() },
      endedAt: endedAt?.toISOString() ?? null,
    })),
    steps: record.papers.map((paper) => stepOf(paper, labels, sharedPapers.includes(paper.kind))),
    revisions: record.revisions.map(({ declaredByPersonId, submittedAt, result, ...rest }) => ({
      ...rest,
      ...{ totalKgCo2e: result.totalKgCo2e, printed: result.printed },
      declared: by({ personId: declaredByPersonId, personName: '', at: submittedAt }),
    })),
    factorTables: file.factorTables.map(({ table, version, digest, examination }) => ({
      ...{ table, version, digest },
      examination: examination && {
        outcome: examination.outcome,
        note: examination.note,
        ...by(examination),
      },
    })),
    exclusions: revision.definition.exclusions.map(({ what, reason, estimatedShare }) => {
      return { what, reason, estimatedShare }
    }),
    findings: file.findings.map((finding) => findingOf(finding, by)),
    materiality: materialityOf(factsOf(file, scheme, engagement.updatedAt)).map(writtenMateriality),
    evidence: filesOf(record.evidence, 'footprint'),
    opinion: opinionOf(engagement, by),
    review: engagement.review && by(engagement.review),
    decision: engagement.decision && {
      ...{ outcome: engagement.decision.outcome, reason: engagement.decision.reason },
      ...by(engagement.decision),
    },
    overrideCount: record.papers.filter(({ kind }) => kind === 'override').length,
  }
}

function partiesOf({ client, body, revision }: ReportFile['file']): ReportText['parties'] {
  const { responsibleParty, manufacturer, factory, sites, intendedUsers, product } = revision.definition
  return {
    ...{
      client: client.name,
      body: body.name,
      responsibleParty,
      manufacturer,
      factory,
      sites,
      intendedUsers,
    },
    product: product?.name ?? null,
  }
}

function agreedOf({ contractReview: review }: Engagement, by: By): ReportText['agreed'] {
  if (review === null) return null
  const { objectives, scope, criteria, parts, personDays, sector } = review
  return { objectives, scope, criteria, parts, personDays, sector: sector ?? null, ...by(review) }
}

function opinionOf({ proposal }: Engagement, by: By): ReportText['opinion'] {
  if (proposal === null) return null
  const { opinion, parts, rationale, judgements = [] } = proposal
  const ofPart = parts.map((one) => ({ ...one, opinion: one.opinion ?? opinion }))
  return { opinion, parts: ofPart, rationale, judgements, ...by(proposal) }
}

function stepOf(paper: PaperRow, labels: ReadonlyMap<string, string>, isWhole: boolean): ReportStep {
  const { kind, subject, number } = paper
  return {
    ...{ kind, number, ...byLabel(labels)(paper) },
    subject: labels.get(subject) ?? subject,
    body: isWhole ? bodyOf(paper, labels) : null,
  }
}

/** A team by labels; everything else as it was recorded. */
function bodyOf(paper: PaperContent, labels: ReadonlyMap<string, string>): Record<string, unknown> {
  if (paper.kind !== 'team-change') return { ...paper.body }
  const { team, reason } = paper.body
  return { team: team.map(({ personId, role }) => ({ person: labels.get(personId) ?? '', role })), reason }
}

function findingOf({ raised, answer, closed, ...finding }: FindingRow, by: By): ReportFinding {
  const { number, kind, severity, part, quantityKgCo2e, intentional, projected, disclosed } = finding
  const { answerBy, text, lines, state, closure } = finding
  return {
    ...{ number, kind, severity, part, quantityKgCo2e, intentional, projected, disclosed },
    ...{ answerBy, text, lines, state, closure },
    raised: by(raised),
    answer: answer && {
      ...{ text: answer.text, correctiveAction: answer.correctiveAction ?? null },
      ...by(answer),
    },
    closed: closed && { note: closed.note, ...by(closed) },
  }
}

function writtenMateriality(one: PartMateriality): ReportedMateriality {
  const decimal = (value: number | null) => (value === null ? null : formatDecimal(value))
  const sum = ({ count, net, gross }: PartMateriality['known']) => {
    return { count, net: formatDecimal(net), gross: formatDecimal(gross) }
  }
  return {
    ...one,
    ...{ reported: decimal(one.reported), corrected: decimal(one.corrected) },
    ...{ materiality: decimal(one.materiality), threshold: formatDecimal(one.threshold) },
    ...{ known: sum(one.known), projected: sum(one.projected), together: sum(one.together) },
  }
}

/**
 * How much of the result that was verified has some of the client's files behind it; what the body gathered itself is its own. Beside the
 * text: it asks for every line, and a digest that needed them would make issuing read them.
 *
 * @param lines of the result.
 */
export function coverageOf(
  { backedLines }: ReportFile,
  lines: PresentedResult['lines'],
): VerificationReport['coverage'] {
  const behind = new Set(backedLines)
  const backed = lines.filter(({ id }) => behind.has(id))
  const size = (some: PresentedResult['lines']) =>
    some.reduce((sum, { kgCo2e }) => sum + Math.abs(Number(kgCo2e)), 0)
  const whole = size(lines)
  return {
    ...{ lineCount: lines.length, backedCount: backed.length },
    backedShare: whole === 0 ? null : formatDecimal(size(backed) / whole),
  }
}

function filesOf(evidence: readonly EvidenceResting[], owner: EvidenceResting['of']): ReportedFile[] {
  return evidence.flatMap(({ of, ...file }) => (of === owner ? [file] : []))
}

/** What stays with the body: risks, plans of evidence, declarations, notes of the review, and its own evidence. */
export function reportAnnex({ record }: ReportSource, textDigest: string): ReportAnnex {
  const labels = labelsOf(record)
  const { review, returned } = record.file.engagement
  return {
    type: 'egret/verification-report-annex',
    text: textDigest,
    papers: record.papers
      .filter(({ kind }) => !sharedPapers.includes(kind))
      .map((paper) => stepOf(paper, labels, true)),
    reviewNotes: review?.notes ?? null,
    returned: returned && { notes: returned.notes, ...byLabel(labels)(returned) },
    files: filesOf(record.evidence, 'engagement'),
  }
}
