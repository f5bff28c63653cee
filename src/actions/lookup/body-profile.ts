/** A certification body as anyone may know it: what authorities say of it, and under which schemes it has issued. */

import type { Accreditation } from '../../ports/accreditations.ts'
import type { PublicScheme } from '../../ports/public-credentials.ts'
import type { Ports } from '../../ports.ts'
import { type BodyFace, type LookupPorts, readBody } from './look-up.ts'

/** How what an authority said stands at an instant. */
export type AuthorityStanding = 'in-force' | 'not-yet' | 'over' | 'withdrawn'

export interface BodyProfile {
  readonly body: BodyFace
  /** What is in force first. */
  readonly authorities: readonly { readonly fact: Accreditation; readonly standing: AuthorityStanding }[]
  readonly schemes: readonly PublicScheme[]
}

/** @throws Problem `not-found`. */
export async function readBodyProfile(
  ports: LookupPorts & Pick<Ports, 'accreditations' | 'parties'>,
  slug: string,
): Promise<BodyProfile> {
  const [body, organization, schemes] = await Promise.all([
    readBody(ports, slug),
    ports.parties.findBySlug(slug),
    ports.publicCredentials.schemesOf(slug),
  ])
  const facts = organization === null ? [] : await ports.accreditations.ofBody(organization.id)
  const now = ports.world.now()
  const authorities = facts.map((fact) => ({ fact, standing: authorityStanding(fact, now) }))
  const isInForce = ({ standing }: { standing: AuthorityStanding }) => standing === 'in-force'
  return {
    body,
    authorities: [...authorities.filter(isInForce), ...authorities.filter((one) => !isInForce(one))],
    schemes,
  }
}

function authorityStanding(
  { withdrawal, validFrom, validUntil }: Accreditation,
  now: Date,
): AuthorityStanding {
  if (withdrawal !== null) return 'withdrawn'
  if (now < validFrom) return 'not-yet'
  return validUntil !== null && now >= validUntil ? 'over' : 'in-force'
}
