/** Marks what an organization was told as read, up to a message. */

import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'

/** @returns how many are unread then. @throws Problem `not-found`. */
export async function markRead(
  { messages }: Pick<Ports, 'messages'>,
  actor: Actor,
  messageId: string,
): Promise<number> {
  if ((await messages.markRead(actor, messageId)) === null) {
    throw new Problem('not-found', 'Your organization was told nothing under this id.')
  }
  return messages.countUnread(actor)
}
