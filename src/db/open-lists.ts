/** Remembers a body's newest status lists for a while: they change once in thirty thousand documents, and issuing asks each time. */

import type { StatusRepository } from '../ports/status.ts'
import type { World } from '../ports.ts'

type Newest = Awaited<ReturnType<StatusRepository['newestLists']>>

/** What one isolate, or one process, remembers. */
export type ListMemory = Map<string, { readonly newest: Newest; readonly readAt: number }>

const rememberedSeconds = 60

/** The repository, asked for the same body's lists once a minute. What it began it looks at anew. */
export function rememberingLists(
  repository: StatusRepository,
  memory: ListMemory,
  world: Pick<World, 'now'>,
): StatusRepository {
  return {
    ...repository,
    newestLists: async (bodyId) => {
      const now = world.now().getTime()
      const kept = memory.get(bodyId)
      if (kept && now - kept.readAt < rememberedSeconds * 1000) return kept.newest
      const newest = await repository.newestLists(bodyId)
      if (newest.length > 0) memory.set(bodyId, { newest, readAt: now })
      return newest
    },
    addLists: async (lists, at) => {
      await repository.addLists(lists, at)
      for (const { bodyOrganizationId } of lists) memory.delete(bodyOrganizationId)
    },
    published: async (listId, version, signedAt, expiresAt) => {
      await repository.published(listId, version, signedAt, expiresAt)
      forgetUnpublished(memory, listId)
    },
  }
}

/** Whoever issues next shall not publish the list again because nobody could read it when it was looked at. */
function forgetUnpublished(memory: ListMemory, listId: string): void {
  for (const [bodyId, { newest }] of memory) {
    if (newest.some(({ list }) => list.id === listId && list.publishedVersion < 0)) memory.delete(bodyId)
  }
}
