/**
 * What the schedule does for the log: publishes what waits, and looks again at what was written and not yet read back. A store may
 * lose a write that it has confirmed, and a late write of a publisher that was given up may put an older checkpoint or receipt back.
 * Harmless at any time, on any number of servers.
 */

import { askAgain } from './ask-again.ts'
import { publishLog } from './publish-log.ts'
import type { LogPublisher } from './publish-turn.ts'
import { lookAtCheckpoint, lookAtCredentials, lookAtTiles } from './read-back.ts'

/** What one sweep came to. */
export interface SweptLog {
  /** Batches that waited. */
  readonly published: number
  /** Objects that were missing or other than they should be. */
  readonly rewritten: number
}

/** Until the next minute is near. */
const sweepSecondsMax = 40

/**
 * The checkpoint is looked at first: where it contradicts the rows, nothing is written over what is there.
 *
 * @throws Problem `log-inconsistent`, and what store and database throw.
 */
export async function sweepLog(ports: LogPublisher): Promise<SweptLog> {
  const until = ports.world.now().getTime() + sweepSecondsMax * 1000
  const isLate = () => ports.world.now().getTime() > until
  const { batches } = await publishLog(ports)
  let rewritten = await lookAtCheckpoint(ports)
  await askAgain(ports)
  for (const look of [lookAtTiles, lookAtCredentials]) {
    for (let more = true; more && !isLate(); ) {
      const looked = await look(ports)
      rewritten += looked.rewritten
      more = looked.hasMore
    }
  }
  return { published: batches, rewritten }
}
