/** Registers a natural person once, across all organizations. Operators only: they see the identity document. */

import type { Created, Person } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { checkResidentNumber } from './identifiers.ts'
import { requireOperator } from './permission.ts'

/** What identifies a person; only a keyed hash of it is kept. */
export interface IdentityDocument {
  readonly kind: 'resident-identity-card' | 'passport'
  readonly country: string
  readonly number: string
}

/** @throws Problem `identifier-invalid`, `already-exists` (the person is registered: `personId` says as whom). */
export async function createPerson(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; name: string; document: IdentityDocument },
): Promise<Created<Person>> {
  const { actor, mark, name, document } = request
  requireOperator(actor)
  const number = document.number.toUpperCase()
  if (document.kind === 'resident-identity-card') checkResidentCard(document.country, number)
  const at = ports.world.now()
  const identityHash = await ports.secrets.identityHash(`${document.kind}\n${document.country}\n${number}`)
  const person = { id: idFor(ports.world, actor, mark, 'person'), name, createdAt: at }
  return ports.parties.createPerson({ actor, mark, at }, person, identityHash)
}

/** One card, one person: under another country the same number would make a second person of the same hand. */
function checkResidentCard(country: string, number: string): void {
  if (country !== 'CN') {
    throw new Problem(
      'identifier-invalid',
      'A resident identity card is issued by CN; take a passport for others.',
      {
        pointer: '/identityDocument/country',
      },
    )
  }
  checkResidentNumber(number, '/identityDocument/number')
}
