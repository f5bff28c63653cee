/** Registers an organization: an enterprise, a certification body, or another operator. Operators only. */

import type { Created, Organization } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { publishBodyKeys } from '../keys/publish-keys.ts'
import { publishAtOnce } from '../log/publish-log.ts'
import { checkCreditCode } from './identifiers.ts'
import { requireOperator } from './permission.ts'

export type NewOrganization = Omit<Organization, 'id' | 'createdAt'>

/**
 * A certification body gets its first credential key with it, so that its DID document resolves from the start.
 *
 * @throws Problem `identifier-invalid`, `already-exists`, `role-required`, `idempotency-key-reused`.
 */
export async function createOrganization(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; organization: NewOrganization },
): Promise<Created<Organization>> {
  const { actor, mark, organization } = request
  requireOperator(actor)
  checkIdentity(organization)
  const at = ports.world.now()
  const id = idFor(ports.world, actor, mark, 'organization')
  const created = await ports.parties.createOrganization(
    { actor, mark, at },
    { ...organization, id, createdAt: at },
  )
  if (created.row.kind === 'certification-body') await giveKeys(ports, created.row)
  return created
}

/** The body stands, whatever becomes of its documents: the sweep gives it what it lacks. */
async function giveKeys(ports: Ports, body: Organization): Promise<void> {
  try {
    await publishBodyKeys(ports, body)
  } catch (thrown) {
    ports.notices.tell('error', 'keys-publish', { body: body.id, error: thrown })
  }
  await publishAtOnce(ports)
}

function checkIdentity(organization: NewOrganization): void {
  const code = organization.unifiedSocialCreditCode
  if (code !== null) checkCreditCode(code, '/unifiedSocialCreditCode')
  else if (organization.country === 'CN') {
    throw new Problem('identifier-invalid', 'A Chinese organization needs its unified social credit code.', {
      pointer: '/unifiedSocialCreditCode',
    })
  }
}
