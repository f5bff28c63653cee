/** Publishes a draft, for ever; and withdraws what is published, for good. */

import type { Digest } from '../../json/digest.ts'
import { factorTableKey } from '../../ports/objects.ts'
import type { FactorTableVersion } from '../../ports/registry.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { readCanonicalTable } from '../../tables/canonical.ts'
import { idFor, versionIdOf } from '../identity.ts'
import { publishAtOnce } from '../log/publish-log.ts'
import type { LogPublisher } from '../log/publish-turn.ts'
import { storedObject } from '../stored-object.ts'
import { tableEntry } from './log-entries.ts'
import { invisibleVersion, ownerFor } from './permission.ts'
import { publishTable } from './publish.ts'

/** One version, and who asks. */
export interface VersionRequest {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly table: string
  readonly version: string
}

/** The version as its writer sees it. @throws Problem `not-found`, `role-required`. */
async function ownVersion(
  ports: Pick<Ports, 'parties' | 'registry'>,
  { actor, table, version }: VersionRequest,
): Promise<FactorTableVersion> {
  const standing = await ports.registry.findTable(actor, table, version)
  if (standing === null) throw invisibleVersion(table, version)
  await ownerFor(ports, actor, table)
  return standing
}

/**
 * Publishes the draft that stands. A version that is published already is answered as it is by now, so that a retry, at
 * whatever step the first try ended, ends in the same state.
 *
 * @throws Problem `not-found`, `role-required`, `factor-table-invalid` (it does not follow the editions of its table),
 *   `stale-state` (the draft was replaced meanwhile), `invalid-transition` (withdrawn), `stored-object-corrupt`, `unavailable`.
 */
export async function publishVersion(
  ports: Pick<Ports, 'parties' | 'registry'> & LogPublisher,
  request: VersionRequest,
): Promise<FactorTableVersion> {
  const { actor, mark } = request
  const standing = await ownVersion(ports, request)
  if (standing.state === 'withdrawn') {
    throw new Problem('invalid-transition', 'A withdrawn version stays withdrawn; publish a new one.', {
      state: standing.state,
    })
  }
  if (standing.state !== 'draft') return standing
  const digest = standing.digest as Digest
  const document = readCanonicalTable(await storedObject(ports, factorTableKey(digest)), digest)
  await publishTable(ports, { actor, mark }, document, standing.ownerOrganizationId)
  await publishAtOnce(ports)
  return ownVersion(ports, request)
}

/**
 * Withdraws a published version, with the reason: it stays readable, and new footprints cannot rest on it. What is withdrawn
 * is answered as it stands.
 *
 * @throws Problem `not-found`, `role-required`, `invalid-transition` for a draft, or where it was withdrawn for another reason.
 */
export async function withdrawVersion(
  ports: Pick<Ports, 'parties' | 'registry'> & LogPublisher,
  request: VersionRequest & { readonly reason: string },
): Promise<FactorTableVersion> {
  const { actor, mark, table, version, reason } = request
  const standing = await ownVersion(ports, request)
  if (standing.state === 'draft') {
    const detail = 'A draft is not published, so there is nothing to withdraw; replace it, or leave it.'
    throw new Problem('invalid-transition', detail, { state: standing.state })
  }
  const by = { actor, mark, at: ports.world.now() }
  const auditId = idFor(ports.world, actor, mark, 'withdraw-factor-table')
  const note = { auditId, versionId: versionIdOf(table, version) }
  const entry = tableEntry('withdrawn', standing, by.at)
  const withdrawn = await ports.registry.withdrawTable(by, note, { table, version, reason }, entry)
  await publishAtOnce(ports)
  return withdrawn ?? withdrawnBefore(await ownVersion(ports, request), reason)
}

function withdrawnBefore(standing: FactorTableVersion, reason: string): FactorTableVersion {
  if (standing.withdrawal?.reason === reason) return standing
  const detail = 'The version is withdrawn already, for a reason that stands; it cannot be withdrawn again.'
  throw new Problem('invalid-transition', detail, { state: standing.state, withdrawal: standing.withdrawal })
}
