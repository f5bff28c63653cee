/** Which mark a public document may show today, and if none, why. Anyone may ask. */

import type { CredentialStanding } from '../../certification/credential-standing.ts'
import { readScheme } from '../../certification/scheme.ts'
import { readCompact } from '../../credential/compact.ts'
import { type MarkObstacle, markObstaclesOf } from '../../credential/mark.ts'
import { type Credential, credentialSchema } from '../../credential/schema.ts'
import { decodeUtf8 } from '../../json/encoding.ts'
import type { Accreditation } from '../../ports/accreditations.ts'
import { credentialKey } from '../../ports/objects.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { lookUpId } from './look-up.ts'

export interface MarkAnswer {
  readonly credential: Credential
  readonly standing: CredentialStanding
  readonly obstacles: readonly MarkObstacle[]
}

/** @throws Problem `not-found`, `unavailable`. */
export async function readMark(ports: Ports, id: string): Promise<MarkAnswer> {
  const { standing } = (await lookUpId(ports, id)).credential
  const credential = await publicDocument(ports, id)
  const { identifier, version } = credential.credentialSubject.scheme
  const [published, approvals] = await Promise.all([
    ports.registry.loadScheme(identifier, version),
    approvalsStanding(ports, credential),
  ])
  const scheme = readScheme(published.body)
  return { credential, standing, obstacles: markObstaclesOf(credential, { scheme, standing, approvals }) }
}

/** The document's own words, as everybody reads them. */
async function publicDocument({ objects }: Ports, id: string): Promise<Credential> {
  const bytes = await objects.get('public', credentialKey(id))
  const read = bytes === null ? null : readCompact(decodeUtf8(bytes))
  if (read !== null && 'compact' in read) return credentialSchema.parse(read.compact.payload)
  throw new Problem('unavailable', 'The document cannot be read now; try again.')
}

async function approvalsStanding(
  { accreditations, world }: Ports,
  { issuer }: Credential,
): Promise<readonly Accreditation[]> {
  const approvals = issuer.accreditations.filter(({ kind }) => kind === 'approval')
  const facts = await Promise.all(
    approvals.map(({ fact }) => accreditations.find(fact.split('/').at(-1) ?? '')),
  )
  return facts.filter((fact) => fact !== null && isInForce(fact, world.now())) as readonly Accreditation[]
}

function isInForce({ validFrom, validUntil, withdrawal }: Accreditation, now: Date): boolean {
  return withdrawal === null && validFrom <= now && (validUntil === null || now < validUntil)
}
