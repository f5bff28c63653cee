/** On which of its accreditations and approvals a body may issue a document; outside them nothing is issued. */

import { codesNamed } from '../../certification/product-codes.ts'
import { type DocumentKind, documentRule, type Scheme, subjectRule } from '../../certification/scheme.ts'
import { type AuthorityNeeded, coverage } from '../../credential/accreditation.ts'
import type { AccreditationNamed } from '../../credential/claims.ts'
import type { Digest } from '../../json/digest.ts'
import { wholeSeconds } from '../../json/instant.ts'
import type { BodyAccreditation, EngagementFile } from '../../ports/engagements.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import { isProblem, Problem } from '../../problem.ts'

/** What a document, issued or to be applied for, would stand on. */
export interface AuthorityAsked {
  readonly scheme: Scheme
  readonly documentKind: DocumentKind
  readonly definition: Pick<FootprintDefinition, 'calculation' | 'product'>
  /** The body's facts that are not withdrawn. */
  readonly accreditations: readonly BodyAccreditation[]
  /** In which the body judges; null while nobody said. */
  readonly sector: string | null
  readonly at: Date
}

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
  const covering = coveringFacts({
    ...{ scheme, documentKind: engagement.documentKind, definition: revision.definition, accreditations },
    ...{ sector: engagement.contractReview?.sector ?? null, at },
  })
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

/**
 * Of a scheme with a catalogue: nothing is begun, accepted or granted that the body is not entitled to. Under other schemes the facts may
 * still be recorded until a document is issued.
 *
 * @throws Problem `accreditation-missing`, with what is not covered.
 */
export function requireEntitled(asked: AuthorityAsked): void {
  if (asksBeforeIssue(asked.scheme, asked.definition)) coveringFacts(asked)
}

/** Whether the scheme has a catalogue, and so asks for the body's facts from the application on. */
export function asksBeforeIssue(
  scheme: Scheme,
  { calculation }: Pick<FootprintDefinition, 'calculation'>,
): boolean {
  return subjectRule(scheme, calculation.kind)?.catalogue !== undefined
}

/** Why the body could not issue the document of an engagement today; null where it could. */
export function whyNotEntitled(
  { engagement, revision, accreditations }: EngagementFile,
  scheme: Scheme,
  { sector, at }: Pick<AuthorityAsked, 'sector' | 'at'>,
): Problem | null {
  const { documentKind } = engagement
  const { definition } = revision
  try {
    coveringFacts({ scheme, documentKind, definition, accreditations, sector, at })
    return null
  } catch (thrown) {
    if (isProblem(thrown)) return thrown
    throw thrown
  }
}

function coveringFacts(asked: AuthorityAsked): readonly BodyAccreditation[] {
  const { scheme, documentKind, definition, accreditations, sector, at } = asked
  const kinds = documentRule(scheme, documentKind)?.accreditation
  const subjectKind = definition.calculation.kind
  if (kinds === undefined || subjectRule(scheme, subjectKind) === undefined) return []
  const standards = scheme.standards
    .filter(({ subjects }) => subjects.includes(subjectKind))
    .map(({ id }) => id)
  const needed: AuthorityNeeded = {
    ...{ documentKind, subjectKind, sector, at },
    standards: [...standards, ...categoriesNamed(scheme, definition)],
  }
  const ofKind = accreditations.filter(({ kind }) => kinds.includes(kind))
  const { covering, uncovered } = coverage(ofKind, needed)
  if (uncovered !== null) throw missing(needed, uncovered)
  return covering
}

/** What the product is in the classification of the scheme's catalogue: an approval names all that the document will say. */
function categoriesNamed(
  scheme: Scheme,
  { calculation, product }: AuthorityAsked['definition'],
): readonly string[] {
  const catalogue = subjectRule(scheme, calculation.kind)?.catalogue
  if (catalogue === undefined) return []
  return codesNamed(catalogue.system, product?.codes ?? [])
}

function missing(needed: AuthorityNeeded, uncovered: object): Problem {
  const detail =
    'No accreditation or approval of the body covers this document today; the operator records those that its authority gave.'
  const { at: _at, ...asked } = needed
  return new Problem('accreditation-missing', detail, { needed: asked, uncovered })
}
