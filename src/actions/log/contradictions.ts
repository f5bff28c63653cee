/**
 * Refuses to sign where rows and bucket contradict each other. A crash leaves no checkpoint, an older one, or the very one that
 * is published next; anything else means that rows were lost or changed, and signing on would fork the log.
 */

import { encodeUtf8 } from '../../json/encoding.ts'
import type { LogTurn } from '../../ports/log.ts'
import { logKey } from '../../ports/objects.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { type Checkpoint, readCheckpoint } from '../../transparency/checkpoint.ts'
import { type Grown, growTree } from '../../transparency/grow.ts'
import { verifyConsistency } from '../../transparency/merkle.ts'

/** The log as it will be when this turn ends. @throws Problem `log-inconsistent` where the rows do not lead to it. */
export function grow(turn: LogTurn): Grown {
  const { edge, leaves, head } = turn
  const grown = growing(() => growTree({ publishedSize: head.publishedSize, edge, leaves }))
  if (head.checkpoint === null) return grown
  const stored = readCheckpoint(encodeUtf8(head.checkpoint))
  if (stored?.size !== head.publishedSize) {
    throw new Problem('log-inconsistent', 'The stored checkpoint is not of the published size.', {
      publishedSize: head.publishedSize,
      checkpointSize: stored?.size ?? null,
    })
  }
  requireGrownFrom(stored, grown, 'The rows in Postgres do not lead to the root of the stored checkpoint.')
  return grown
}

/** What growing refuses is rows that are not there. */
export function growing<Result>(act: () => Result): Result {
  try {
    return act()
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
    throw new Problem('log-inconsistent', `The log's rows do not make a tree: ${thrown.message}.`)
  }
}

function requireGrownFrom(old: Checkpoint, grown: Grown, detail: string): void {
  if (old.size === 0) return
  const proof = grown.consistencyFrom(old.size)
  // What lies further back than the last tile was looked at when it was published.
  if (proof === null) return
  const claim = { oldSize: old.size, newSize: grown.size, oldRoot: old.root, newRoot: grown.root }
  if (!verifyConsistency(claim, proof)) throw new Problem('log-inconsistent', detail, { size: old.size })
}

/**
 * Looks at the bucket's checkpoint before anything is signed.
 *
 * @returns whether the turn goes on; false where another has published more meanwhile, so that this turn was lost.
 * @throws Problem `log-inconsistent` where the bucket shows what Postgres knows nothing of.
 */
export async function agreesWithBucket(
  { log, logSigner, objects }: Pick<Ports, 'log' | 'logSigner' | 'objects'>,
  grown: Grown,
): Promise<boolean> {
  const bytes = await objects.get('public', logKey('checkpoint'))
  const shown = bytes === null ? null : await logSigner.read(bytes)
  if (shown === null) return true
  if (shown.size <= grown.size) {
    requireGrownFrom(shown, grown, 'The public bucket holds a checkpoint of this log with another root.')
    return true
  }
  const { publishedSize } = await log.head()
  if (publishedSize >= shown.size) return false
  throw aheadOfPostgres(shown.size, publishedSize)
}

/** The bucket's checkpoint holds leaves that Postgres has not. */
export function aheadOfPostgres(size: number, publishedSize: number): Problem {
  const detail = 'The public bucket holds a checkpoint of this log that Postgres knows nothing of.'
  return new Problem('log-inconsistent', detail, { size, publishedSize })
}
