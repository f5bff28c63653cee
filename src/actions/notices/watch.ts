/** Watches of documents: a relying party names what it rests on, and is told of every move of its status. */

import { readCredentialNumber } from '../../certification/credential-number.ts'
import type { Page } from '../../ports/parties.ts'
import type { Watch, WatchedCredential } from '../../ports/watches.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { type StandingCredential, standingNow } from '../lookup/look-up.ts'

/** Watches that an organization has at once. */
export const watchesMax = 50
/** Documents in one watch. */
export const watchSizeMax = 1000

type WatchPorts = Pick<Ports, 'watches' | 'settings' | 'world'>

/**
 * @param credentials numbers, ids, or addresses of documents of this installation.
 * @throws Problem `not-found` naming the first that is no public document here, `limit-reached`, `idempotency-key-reused`.
 */
export async function createWatch(
  ports: WatchPorts,
  {
    actor,
    mark,
    name,
    credentials,
  }: { actor: Actor; mark: RequestMark; name: string; credentials: readonly string[] },
): Promise<Watch> {
  const id = idFor(ports.world, actor, mark, 'watch')
  const found = await resolve(ports, credentials, '/credentials')
  if ((await ports.watches.countOthers(actor, id)) >= watchesMax) {
    throw new Problem('limit-reached', `Your organization has ${watchesMax} watches; end one first.`, {
      watchesMax,
    })
  }
  const at = ports.world.now()
  const watch = { id, organizationId: actor.organizationId, name, createdAt: at }
  return (await ports.watches.create({ actor, mark, at }, watch, found)).row
}

/** @throws Problem `not-found` (watch, or a document), `limit-reached`, `idempotency-key-reused`. */
export async function changeWatch(
  ports: WatchPorts,
  {
    actor,
    mark,
    watchId,
    add,
    remove,
  }: {
    actor: Actor
    mark: RequestMark
    watchId: string
    add: readonly string[]
    remove: readonly string[]
  },
): Promise<Watch> {
  const [added, removed] = [await resolve(ports, add, '/add'), await resolve(ports, remove, '/remove')]
  const change = {
    ...{ id: watchId, auditId: idFor(ports.world, actor, mark, 'watch-change') },
    ...{ add: added, remove: removed, sizeMax: watchSizeMax },
  }
  const changed = await ports.watches.change({ actor, mark, at: ports.world.now() }, change)
  if (changed === null) throw invisibleWatch()
  if (changed === 'full') {
    throw new Problem('limit-reached', `A watch holds ${watchSizeMax} documents.`, { watchSizeMax })
  }
  return changed
}

/** @throws Problem `not-found`, `idempotency-key-reused`. */
export async function endWatch(
  ports: WatchPorts,
  { actor, mark, watchId }: { actor: Actor; mark: RequestMark; watchId: string },
): Promise<Watch> {
  const auditId = idFor(ports.world, actor, mark, 'watch-end')
  const ended = await ports.watches.end({ actor, mark, at: ports.world.now() }, watchId, auditId)
  if (ended === null) throw invisibleWatch()
  return ended
}

/** A watched document as it stands at this moment. */
export type StandingWatched = WatchedCredential & Pick<StandingCredential, 'standing' | 'since'>

/** @throws Problem `not-found`. */
export async function readWatch(
  ports: WatchPorts,
  actor: Actor,
  watchId: string,
  page: Page,
): Promise<{ readonly watch: Watch; readonly credentials: readonly StandingWatched[] }> {
  const [watch, rows] = await Promise.all([
    ports.watches.find(actor, watchId),
    ports.watches.credentials(actor, watchId, page),
  ])
  if (watch === null) throw invisibleWatch()
  return { watch, credentials: rows.map((row) => standingNow(ports, row)) }
}

function invisibleWatch(): Problem {
  return new Problem('not-found', 'Your organization has no running watch of this id.')
}

async function resolve(
  { watches, settings }: WatchPorts,
  asked: readonly string[],
  pointer: string,
): Promise<readonly string[]> {
  const names = asked.map((written) => nameIn(settings.publicUrl, written))
  const found = await watches.resolve([...new Set(names)])
  return names.map((name, index) => {
    const id = found.get(name)
    if (id !== undefined) return id
    throw new Problem('not-found', `No public document of this installation is "${asked[index]}".`, {
      pointer: `${pointer}/${index}`,
    })
  })
}

const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id or number that was meant: an address of a document here ends with its id. */
function nameIn(publicUrl: string, written: string): string {
  const last = written.startsWith(`${publicUrl}/`) ? written.slice(written.lastIndexOf('/') + 1) : written
  if (uuidForm.test(last)) return last.toLowerCase()
  return readCredentialNumber(last) ?? last
}
