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
/** Verified at once: signatures are checked beside the reading of the next ones. */
const atOnce = 32

/** The verdicts in the order of what was brought. */
export async function verifyEach(
  session: Session,
  brought: readonly Brought[],
): Promise<readonly Verification[]> {
  const bounded = withReceipts(session)
  const verifications: Verification[] = new Array(brought.length)
  let next = 0
  const work = async () => {
    for (let at = next++; at < brought.length; at = next++) {
      const { credential, receipt } = brought[at] as Brought
      verifications[at] = await verifyIn(bounded, credential, receipt === undefined ? {} : { receipt })
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, brought.length) }, work))
  return verifications
}

/** The same run, which looks for so many receipts and says of the others that they cannot be had. */
function withReceipts(session: Session): Session {
  let left = receiptsFetchedMax
  return {
    ...session,
    text: async (url) => {
      if (!url.endsWith('.tlog-proof')) return session.text(url)
      left -= 1
      return left < 0 ? { fault: 'unreachable' } : session.text(url)
    },
  }
}
