/**
 * Publishes one batch: bundles and tiles, then the checkpoint, then the credentials that wait with their receipts, then the rows.
 * Whatever is written is a function of the rows and of the witnesses' words, so that whoever takes over writes it again.
 */

import type { LogHead, LogTurn } from '../../ports/log.ts'
import type { Ports } from '../../ports.ts'
import type { Grown } from '../../transparency/grow.ts'
import { formatReceipt } from '../../transparency/receipt.ts'
import { askWitnesses } from './ask-witnesses.ts'
import { agreesWithBucket, grow } from './contradictions.ts'
import { inGroups } from './in-groups.ts'
import { checkpointObject, credentialObjects, putObject, tileObject } from './log-objects.ts'

/** What publishing asks of the world. */
export type LogPublisher = Pick<Ports, 'log' | 'logSigner' | 'objects' | 'witnesses' | 'world' | 'notices'>

/** A batch that is public. */
export interface PublishedTurn {
  readonly head: LogHead
  /** Tlog-proofs by credential id. */
  readonly receipts: ReadonlyMap<string, string>
  readonly publishedAt: Date
}

/**
 * @returns null where the turn was lost meanwhile: then another publishes what waits, and nothing changes here.
 * @throws Problem `log-inconsistent`; what the store throws. The turn is still held then.
 */
export async function publishTurn(ports: LogPublisher, turn: LogTurn): Promise<PublishedTurn | null> {
  const isOver = () => ports.world.now() >= turn.until
  const grown = grow(turn)
  if (!(await agreesWithBucket(ports, grown))) return null
  const signed = await ports.logSigner.sign(grown.size, grown.root, turn.logKid)
  await inGroups(grown.objects.map(tileObject), (object) => putObject(ports, object))
  const { checkpoint, witnesses } = await askWitnesses(ports, turn, grown, signed)
  if (isOver()) return null
  await putObject(ports, checkpointObject(checkpoint))
  const credentials = withReceipts(turn, grown, checkpoint)
  if (isOver()) return null
  await inGroups(credentials.flatMap(credentialObjects), (object) => putObject(ports, object))
  const publishedAt = ports.world.now()
  const batch = { size: grown.size, checkpoint, subtrees: grown.subtrees, credentials, witnesses }
  const head = await ports.log.endTurn(turn, batch, publishedAt)
  const receipts = new Map(credentials.map(({ id, receipt }) => [id, receipt]))
  return head && { head, receipts, publishedAt }
}

function withReceipts({ waiting }: LogTurn, grown: Grown, checkpoint: string) {
  return waiting.map(({ id, jwt, leafIndex }) => {
    const proof = grown.proofOf(leafIndex)
    return { id, jwt, receipt: formatReceipt({ index: leafIndex, proof, checkpoint }) }
  })
}
