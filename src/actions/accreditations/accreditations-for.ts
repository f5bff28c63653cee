/** The facts on which a body may issue a document, or what no fact covers, by name. */

import { type AccreditationKind, accreditationKinds } from '../../certification/accreditation-kinds.ts'
import { documentRule, type Scheme, type SubjectKind } from '../../certification/scheme.ts'
import { type AuthorityNeeded, coverage } from '../../credential/accreditation.ts'
import type { AccreditationNamed } from '../../credential/claims.ts'
import { standardsOf } from '../../credential/subject-claims.ts'
import type { Digest } from '../../json/digest.ts'
import { wholeSeconds } from '../../json/instant.ts'
import type { Accreditation } from '../../ports/accreditations.ts'
import type { Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'

/** What a document asks, and kinds of fact of which any will do. */
export interface Needed extends AuthorityNeeded {
  readonly kinds: readonly AccreditationKind[]
}

/**
 * The facts in force that together cover a document, as the credential names them.
 *
 * @throws Problem `accreditation-missing` that names what is not covered.
 */
export async function accreditationsFor(
  { accreditations }: Pick<Ports, 'accreditations'>,
  bodyOrganizationId: string,
  needed: Needed,
): Promise<readonly AccreditationNamed[]> {
  const facts = (await accreditations.ofBody(bodyOrganizationId)).filter(
    (fact) => needed.kinds.includes(fact.kind) && !isWithdrawnAt(fact, needed.at),
  )
  const { covering, uncovered } = coverage(facts, needed)
  if (uncovered === null) return covering.map(named)
  throw new Problem('accreditation-missing', 'No accreditation or approval in force covers this document.', {
    kinds: needed.kinds,
    uncovered,
  })
}

/** What is issued. */
interface Issued {
  readonly engagement: Engagement
  readonly scheme: Scheme
  readonly subjectKind: SubjectKind
}

/** The facts on which an engagement's document is issued; a development document needs none. @throws as {@link accreditationsFor}. */
export async function authorityToIssue(
  ports: Pick<Ports, 'accreditations' | 'world'>,
  { engagement, scheme, subjectKind }: Issued,
): Promise<readonly AccreditationNamed[]> {
  if (scheme.development) return []
  const { bodyOrganizationId, documentKind, contractReview } = engagement
  return accreditationsFor(ports, bodyOrganizationId, {
    kinds: documentRule(scheme, documentKind)?.accreditation ?? accreditationKinds,
    documentKind,
    subjectKind,
    standards: standardsOf(scheme, subjectKind).map(({ standard }) => standard),
    sector: contractReview?.sector ?? null,
    at: ports.world.now(),
  })
}

function isWithdrawnAt({ withdrawal }: Accreditation, at: Date): boolean {
  return withdrawal !== null && withdrawal.at <= at
}

function named(fact: Accreditation): AccreditationNamed {
  const { id, kind, authority, number, validFrom, validUntil, digest } = fact
  return {
    id,
    kind,
    authority,
    number,
    validFrom: wholeSeconds(validFrom),
    validUntil: validUntil === null ? null : wholeSeconds(validUntil),
    digest: digest as Digest,
  }
}
