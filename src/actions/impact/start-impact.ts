/** Begins an impact run: what would another version of a factor table change? */

import type { Job } from '../../ports/jobs.ts'
import type { Created } from '../../ports/parties.ts'
import type { FactorTableVersion } from '../../ports/registry.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { invisibleVersion } from '../registry/permission.ts'

/**
 * @param request.version the newer version; what it supersedes is found here.
 * @throws Problem `not-found`, `impact-not-possible`, `too-many-jobs`, `idempotency-key-reused`.
 */
export async function startImpact(
  ports: Pick<Ports, 'jobs' | 'registry' | 'wakeUps' | 'world'>,
  request: { actor: Actor; mark: RequestMark; table: string; version: string },
): Promise<Created<Job>> {
  const { actor, mark, table, version } = request
  const editions = await ports.registry.listTables(actor, { table })
  const newer = editions.find((edition) => edition.version === version)
  if (newer === undefined) throw invisibleVersion(table, version)
  requireInForce(newer)
  const older = newer.supersedes ?? predecessorOf(newer, editions)
  const at = ports.world.now()
  const created = await ports.jobs.create(
    { actor, mark, at },
    {
      id: idFor(ports.world, actor, mark, 'job'),
      organizationId: actor.organizationId,
      spec: { kind: 'impact', table, older, newer: version },
      requestedBy: actor,
      createdAt: at,
    },
  )
  if (created.row.state === 'queued') await ports.wakeUps.send(created.row.id)
  return created
}

/** What is not published yet, or no longer to be used, has no effect to be computed. */
function requireInForce({ table, version, state }: FactorTableVersion): void {
  if (state === 'published' || state === 'superseded') return
  const what = state === 'draft' ? 'a draft' : 'withdrawn'
  const detail = `${table} ${version} is ${what}; only a published version is held against the one it supersedes.`
  throw new Problem('impact-not-possible', detail, { reason: state })
}

/** An older edition may be published here after its successor, and names it then. */
function predecessorOf(newer: FactorTableVersion, editions: readonly FactorTableVersion[]): string {
  const older = editions.find(({ supersededBy }) => supersededBy === newer.version)
  if (older !== undefined) return older.version
  const detail = `${newer.table} ${newer.version} supersedes no version, so nothing can rest on an older one.`
  throw new Problem('impact-not-possible', detail, { reason: 'supersedes-nothing' })
}
