/**
 * Asks witnesses again whose word the published checkpoint lacks: a log that does not grow would never ask them, and whoever asks for a
 * quorum would miss a word that a minute could have brought. What is published gains lines, and changes in nothing else.
 */

import type { LogTurn } from '../../ports/log.ts'
import { readCheckpoint } from '../../transparency/checkpoint.ts'
import { askWitnesses } from './ask-witnesses.ts'
import { checkpointObject, putObject } from './log-objects.ts'
import { wantedTurn } from './publish-log.ts'
import type { LogPublisher } from './publish-turn.ts'

/** @returns how many have cosigned now. */
export async function askAgain(ports: LogPublisher): Promise<number> {
  const { checkpoint, size, publishedSize } = await ports.log.head()
  if (size !== publishedSize || missing(ports, checkpoint).length === 0) return 0
  const turn = await ports.log.takeTurn(wantedTurn(ports), 'idle')
  if (turn === null) return 0
  // Meanwhile something may have been appended or published: whoever publishes asks.
  const { head } = turn
  const absent = head.size === head.publishedSize ? missing(ports, head.checkpoint) : []
  const words = await cosigned(ports, turn, absent).catch(async (thrown) => {
    await ports.log.giveBack(turn)
    throw thrown
  })
  if (words === 0) await ports.log.giveBack(turn)
  return words
}

type Witness = LogPublisher['witnesses']['witnesses'][number]

/** Those whose line is not in the checkpoint. */
function missing({ witnesses }: LogPublisher, checkpoint: string | null): readonly Witness[] {
  if (checkpoint === null) return []
  const names = readCheckpoint(checkpoint)?.note.signatures.map(({ name }) => name) ?? []
  return witnesses.witnesses.filter(({ name }) => !names.includes(name))
}

async function cosigned(ports: LogPublisher, turn: LogTurn, absent: readonly Witness[]): Promise<number> {
  const { checkpoint: published, publishedSize: size, publishedAt } = turn.head
  if (published === null || absent.length === 0) return 0
  const only = { ...ports, witnesses: { ...ports.witnesses, witnesses: absent } }
  const { checkpoint, witnesses } = await askWitnesses(
    only,
    turn,
    { size, consistencyFrom: () => null },
    published,
  )
  if (witnesses.length === 0 || ports.world.now() >= turn.until) return 0
  await putObject(ports, checkpointObject(checkpoint))
  const batch = { size, checkpoint, witnesses, subtrees: [], credentials: [] }
  const ended = await ports.log.endTurn(turn, batch, publishedAt ?? ports.world.now())
  return ended === null ? 0 : witnesses.length
}
