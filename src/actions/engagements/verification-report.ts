/** Makes the verification report of an engagement, for its body at any time and for its client from the decision on. */

import { standingAt } from '../../certification/credential-standing.ts'
import { pseudonym } from '../../credential/pseudonym.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { type Digest, digestOfBytes } from '../../json/digest.ts'
import { decodeBase64url } from '../../json/encoding.ts'
import type { ReportedDocument, ReportFile } from '../../ports/engagements.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { resultOf } from '../../record/calculation-record.ts'
import type { VerificationReport } from '../../report/verification/shape.ts'
import { recordAt } from '../footprints/read-frozen.ts'
import { invisibleEngagement, schemeOf } from './make-move.ts'
import { coverageOf, labelsOf, type ReportSource, reportAnnex, reportText } from './report-text.ts'

/**
 * @throws Problem `not-found`, the same for none and for another's; `invalid-transition` for the client before the decision;
 *   `unavailable`, `stored-object-corrupt`.
 */
export async function readVerificationReport(
  ports: Ports,
  { actor, engagementId }: { readonly actor: Actor; readonly engagementId: string },
): Promise<VerificationReport> {
  const record = await ports.engagements.reportFile(actor, engagementId)
  if (record === null) throw invisibleEngagement()
  const { engagement } = record.file
  const isClient = actor.organizationId === engagement.clientOrganizationId
  if (isClient && engagement.decision === null) throw notStated(engagement.state)
  const [scheme, opened] = await Promise.all([
    schemeOf(ports, record.file),
    recordAt(ports, record.file.revision.recordDigest as Digest),
  ])
  const source = { record, scheme }
  const text = written(reportText(source))
  const digest = digestOf(text)
  const annex = isClient ? null : written(reportAnnex(source, digest))
  return {
    ...{ state: engagement.state, digest, text, coverage: coverageOf(record, resultOf(opened).lines) },
    ...{ annex, annexDigest: annex && digestOf(annex) },
    persons: personsOf(record),
    document: record.document && documentOf(record.document, ports),
  }
}

/** The digest of the text that the trail keeps with the act of issuing. */
export function verificationReportDigest(source: ReportSource): Digest {
  return digestOf(written(reportText(source)))
}

/** As JSON has it: what a record of before does not state is no member. */
function written<Part extends object>(part: Part): Part {
  return JSON.parse(JSON.stringify(part))
}

function digestOf(part: object): Digest {
  return digestOfBytes(canonicalBytes(part))
}

function notStated(state: string): Problem {
  return new Problem('invalid-transition', 'The report is the client’s from the decision on.', { state })
}

/** Labels with names as they are today: an erased name is empty. */
function personsOf(record: ReportFile): VerificationReport['persons'] {
  const { document, file } = record
  const salt = document === null ? undefined : decodeBase64url(document.pseudonymSalt)
  const told = new Set(file.participants.map(({ personId }) => personId))
  const names = namesOf(record)
  return [...labelsOf(record)].map(([person, label]) => ({
    ...{ label, name: names.get(person) ?? '' },
    pseudonym: salt && told.has(person) ? pseudonym(salt, person) : null,
  }))
}

function namesOf({ file, papers }: ReportFile): ReadonlyMap<string, string> {
  const { engagement, revision, participants, findings, factorTables } = file
  const acts = [
    ...findings.flatMap(({ raised, answer, closed }) => [raised, answer, closed]),
    ...factorTables.map(({ examination }) => examination),
    ...[engagement.contractReview, engagement.proposal, engagement.review, engagement.returned],
    ...[engagement.decision, ...papers, ...participants, revision.declaration],
  ]
  return new Map(acts.flatMap((act) => (act ? [[act.personId, act.personName]] : [])))
}

function documentOf(document: ReportedDocument, { settings, world }: Ports): VerificationReport['document'] {
  const { id, number, digest, issuedAt, status, statusAt, validUntil } = document
  const term = validUntil === null ? null : new Date(validUntil)
  const { standing, since } = standingAt({ status, statusAt, validUntil: term }, world.now())
  return {
    ...{ id, number, digest, issuedAt: issuedAt.toISOString(), validUntil },
    ...{ status: standing, statusAt: since.toISOString(), url: `${settings.publicUrl}/credentials/${id}` },
  }
}
