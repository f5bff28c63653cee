/**
 * Publishes what waits in the log. Acts call it after they have appended; the schedule calls it for what a crash left. Any number
 * of servers may: whoever has the turn publishes for all.
 */

import type { LogHead, LogTurn, WantedTurn } from '../../ports/log.ts'
import type { Ports } from '../../ports.ts'
import { isProblem } from '../../problem.ts'
import { type LogPublisher, type PublishedTurn, publishTurn } from './publish-turn.ts'

/** Longer than publishing a batch takes; whoever has died with the turn holds up the others no longer. */
const turnSeconds = 30
/** Batches that one call publishes; what is left the next one does. */
const batchesDefault = 16

/** What a call made public. */
export interface PublishedLog {
  /** After the last batch of this call; null where it published none. */
  readonly head: LogHead | null
  /** Tlog-proofs of the credentials that became public in this call, by credential id. */
  readonly receipts: ReadonlyMap<string, string>
  /** When the last batch of this call was public. */
  readonly publishedAt: Date | null
  readonly batches: number
  /** False where publishing failed. */
  readonly isGoingOn: boolean
}

export interface Publishing {
  /** The turn that an append has taken with it; else it is taken here, if it is free. */
  readonly turn?: LogTurn | null
  readonly batchesMax?: number
}

/** A turn to ask for, from now on. */
export function wantedTurn({ world }: Pick<Ports, 'world'>): WantedTurn {
  const at = world.now()
  return { token: world.newId(), at, until: new Date(at.getTime() + turnSeconds * 1000) }
}

/** Batch after batch while more waits. @throws Problem `log-inconsistent`, and what store and database throw. */
export async function publishLog(
  ports: LogPublisher,
  { turn = null, batchesMax = batchesDefault }: Publishing = {},
): Promise<PublishedLog> {
  const published: PublishedTurn[] = []
  let next = turn ?? (await ports.log.takeTurn(wantedTurn(ports)))
  while (next !== null) {
    const batch = await publishOrGiveBack(ports, next)
    if (batch === null) break
    published.push(batch)
    const isDone = batch.head.size === batch.head.publishedSize || published.length >= batchesMax
    next = isDone ? null : await ports.log.takeTurn(wantedTurn(ports))
  }
  const last = published.at(-1)
  return {
    head: last?.head ?? null,
    receipts: new Map(published.flatMap(({ receipts }) => [...receipts])),
    publishedAt: last?.publishedAt ?? null,
    batches: published.length,
    isGoingOn: true,
  }
}

/**
 * The same after an act that stands already, whatever becomes of the log: what fails is told to the operator, and the sweep ends
 * it.
 */
export async function publishAtOnce(ports: LogPublisher, publishing: Publishing = {}): Promise<PublishedLog> {
  try {
    return await publishLog(ports, publishing)
  } catch (thrown) {
    tellFailure(ports, thrown)
    return { head: null, receipts: new Map(), publishedAt: null, batches: 0, isGoingOn: false }
  }
}

async function publishOrGiveBack(ports: LogPublisher, turn: LogTurn): Promise<PublishedTurn | null> {
  try {
    return await publishTurn(ports, turn)
  } catch (thrown) {
    // Where this fails too, the turn's time runs out.
    await ports.log.giveBack(turn).catch((failure: Error) => tellFailure(ports, failure))
    throw thrown
  }
}

function tellFailure({ notices }: Pick<Ports, 'notices'>, thrown: unknown): void {
  const facts = isProblem(thrown) ? { code: thrown.code, ...thrown.facts } : {}
  notices.tell('error', 'log-publish', { error: thrown, ...facts })
}

/** How long an act waits for another's turn, and how often it looks. */
const waitSecondsMax = 10
const pauseMs = { first: 40, longest: 500 } as const

/**
 * As {@link publishAtOnce}, and does not answer before a leaf is public, whoever publishes it. After ten seconds it does, and
 * where publishing fails: then the leaf still waits.
 */
export async function publishThrough(
  ports: LogPublisher,
  leafIndex: number,
  turn: LogTurn | null,
): Promise<PublishedLog> {
  const until = ports.world.now().getTime() + waitSecondsMax * 1000
  let published = await publishAtOnce(ports, { turn })
  for (let pause: number = pauseMs.first; published.isGoingOn; pause *= 2) {
    const head = published.head ?? (await ports.log.head())
    if (head.publishedSize > leafIndex || ports.world.now().getTime() > until) break
    await new Promise((resolve) => setTimeout(resolve, Math.min(pause, pauseMs.longest)))
    published = await publishAtOnce(ports)
  }
  return published
}
