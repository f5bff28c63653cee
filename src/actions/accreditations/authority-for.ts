/** On which of its accreditations and approvals a body may issue a document; outside them nothing is issued. */

import { documentRule, type Scheme, subjectRule } from '../../certification/scheme.ts'
import { type AuthorityNeeded, coverage } from '../../credential/accreditation.ts'
import type { AccreditationNamed } from '../../credential/claims.ts'
import type { Digest } from '../../json/digest.ts'
import { wholeSeconds } from '../../json/instant.ts'
import type { EngagementFile } from '../../ports/engagements.ts'
import { Problem } from '../../problem.ts'

/**
 * The facts that the document will name: all in force that cover it; none where the scheme asks for none.
 *
 * @throws Problem `accreditation-missing`, with what is not covered.
 */
export function authorityFor(
  { engagement, revision, accreditations }: EngagementFile,
  scheme: Scheme,
  at: Date,
): readonly AccreditationNamed[] {
  const kinds = documentRule(scheme, engagement.documentKind)?.accreditation
  const subjectKind = revision.definition.calculation.kind
  if (kinds === undefined || subjectRule(scheme, subjectKind) === undefined) return []
  const needed: AuthorityNeeded = {
    documentKind: engagement.documentKind,
    subjectKind,
    standards: scheme.standards.filter(({ subjects }) => subjects.includes(subjectKind)).map(({ id }) => id),
    sector: engagement.contractReview?.sector ?? null,
    at,
  }
  const ofKind = accreditations.filter(({ kind }) => kinds.includes(kind))
  const { covering, uncovered } = coverage(ofKind, needed)
  if (uncovered !== null) throw missing(needed, uncovered)
  return covering.map(({ id, kind, authority, number, validFrom, validUntil, digest }) => ({
    id,
    kind,
    authority,
    number,
    validFrom: wholeSeconds(validFrom),
    validUntil: validUntil === null ? null : wholeSeconds(validUntil),
    digest: digest as Digest,
  }))
}

function missing(needed: AuthorityNeeded, uncovered: object): Problem {
  const detail =
    'No accreditation or approval of the body covers this document today; the operator records those that its authority gave.'
  const { at: _at, ...asked } = needed
  return new Problem('accreditation-missing', detail, { needed: asked, uncovered })
}
