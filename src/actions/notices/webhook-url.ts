/** Which addresses a webhook may have. */

import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'

/** @throws Problem `invalid-request` where the installation does not send to this address. */
export function requireReachable({ webhookSender }: Pick<Ports, 'webhookSender'>, url: string): void {
  if (webhookSender.mayReach(url)) return
  throw new Problem(
    'invalid-request',
    'Messages are sent by https, to hosts that the operator has allowed (WEBHOOK_HOSTS), and to no address with a user or a fragment.',
    { pointer: '/url' },
  )
}
