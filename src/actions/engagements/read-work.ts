/** What awaits the caller, queue by queue, in one request: the first screen of everyone who works on engagements. */

import { type QueueName, queueNames, queuesOf } from '../../certification/queues.ts'
import { localDate } from '../../json/instant.ts'
import type { QueuedEngagement } from '../../ports/engagements.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'

/** One engagement that awaits the caller. */
export interface WorkItem {
  readonly queues: readonly QueueName[]
  readonly item: QueuedEngagement
  /** An open finding's answer is late. */
  readonly overdue: boolean
}

export interface Work {
  /** How many stand in each queue; an engagement may stand in several. */
  readonly counts: Readonly<Record<QueueName, number>>
  /** The most urgent first: what is late, then what is due, then what has waited longest. */
  readonly items: readonly WorkItem[]
  /** Whether there are more live engagements than were looked through. */
  readonly more: boolean
}

/** Live engagements that are looked through at once, the ones that waited longest first. */
export const workMax = 500

/** @throws Problem `member-required` for a client that is bound to no member: work awaits persons. */
export async function readWork(ports: Pick<Ports, 'engagements' | 'world'>, actor: Actor): Promise<Work> {
  if (actor.personId === null) {
    throw new Problem('member-required', 'Work awaits a person: use a client bound to a member.')
  }
  const today = localDate(ports.world.now())
  const rows = await ports.engagements.queued(actor, workMax + 1)
  const waiting = rows.slice(0, workMax).flatMap((item) => {
    const queues = queuesOf(item.facts)
    const overdue = item.answerBy !== null && item.answerBy < today
    return queues.length > 0 ? [{ queues, item, overdue }] : []
  })
  const inQueue = (name: QueueName) => waiting.filter(({ queues }) => queues.includes(name)).length
  return {
    counts: Object.fromEntries(queueNames.map((name) => [name, inQueue(name)])) as Work['counts'],
    items: waiting.toSorted(byUrgency),
    more: rows.length > workMax,
  }
}

/** Without a day of its own it comes after what has one; rows come in the order in which they have waited. */
function byUrgency({ item: a }: WorkItem, { item: b }: WorkItem): number {
  if (a.answerBy === b.answerBy) return 0
  if (a.answerBy === null) return 1
  if (b.answerBy === null) return -1
  return a.answerBy < b.answerBy ? -1 : 1
}
