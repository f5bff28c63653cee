/** Verifies many credentials in one run: what they share is had and judged once, and one that is wrong fails by itself. */

import type { Session } from '../../credential/session.ts'
import { type Verification, verifyIn } from '../../credential/verify.ts'

/** A credential with the tlog-proof that came with it, if any. */
export interface Brought {
  readonly credential: string
  readonly receipt?: string | undefined
}

/** Receipts that are looked for in one run: an invocation may ask so much of the world, and no more. */
const receiptsFetchedMax = 100
/** Verified at once: signatures are checked beside the reading of the next ones. More would only be kept waiting, in memory. */
const atOnce = 8

/**
 * What is told of each, in the order of what was brought.
 *
 * @param tell what is kept of a verification: a thousand whole documents would fill an isolate.
 */
export async function verifyEach<Told>(
  session: Session,
  brought: readonly Brought[],
  tell: (verification: Verification) => Told,
): Promise<Told[]> {
  const bounded = withReceipts(session)
  const told: Told[] = new Array(brought.length)
  let next = 0
  const work = async () => {
    for (let at = next++; at < brought.length; at = next++) {
      const { credential, receipt } = brought[at] as Brought
      told[at] = tell(await verifyIn(bounded, credential, receipt === undefined ? {} : { receipt }))
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, brought.length) }, work))
  return told
}

/** The same run, which looks for so many receipts and says of the others that they cannot be had. */
function withReceipts(session: Session): Session {
  let left = receiptsFetchedMax
  return {
    ...session,
    receipt: async (url) => {
      left -= 1
      return left < 0 ? { fault: 'unreachable' } : session.receipt(url)
    },
  }
}
