/**
 * Keeps status lists fresh, each minute: what changed and was not written through, what would expire soon, and what the bucket
 * does not show as it should. A write may be lost after it was acknowledged, and an older one may land after a newer one.
 */

import { readCompact } from '../../credential/compact.ts'
import { readStatusList, statusBits } from '../../credential/status-list.ts'
import { decodeUtf8 } from '../../json/encoding.ts'
import { wholeSeconds } from '../../json/instant.ts'
import { statusListKey } from '../../ports/objects.ts'
import type { StatusList } from '../../ports/status.ts'
import { type ListPublisher, publishLists } from './publish-lists.ts'

const batch = 200
/** Lists are signed anew when less than this share of their life is left. */
const renewShare = 2 / 3
/** For how long after a write an older one may still land: longer than the store's client tries. */
const settledSeconds = 120

/** @returns how many lists were signed. */
export async function sweepLists(ports: ListPublisher): Promise<number> {
  const now = ports.world.now().getTime()
  const expiringBefore = new Date(now + ports.settings.statusSeconds * renewShare * 1000)
  const due = await ports.status.due(expiringBefore, batch)
  const signed = await publishLists(ports, due)
  const others = (await ports.status.unconfirmed(batch)).filter(({ id }) => !due.some((one) => one.id === id))
  return signed + (await lookAgain(ports, others))
}

async function lookAgain(ports: ListPublisher, lists: readonly StatusList[]): Promise<number> {
  const wrong: StatusList[] = []
  for (const list of lists) {
    if (!(await isAsPublished(ports, list))) wrong.push(list)
    else await confirmWhenSettled(ports, list)
  }
  return publishLists(ports, wrong)
}

async function confirmWhenSettled({ status, world }: ListPublisher, list: StatusList): Promise<void> {
  const now = world.now()
  const signedAt = list.signedAt?.getTime() ?? now.getTime()
  if (now.getTime() - signedAt >= settledSeconds * 1000) {
    await status.confirmed(list.id, list.publishedVersion, now)
  }
}

/** Whether the object is the last signed list, with the bits that stand now. */
async function isAsPublished({ objects, status }: ListPublisher, { id }: StatusList): Promise<boolean> {
  const bytes = await objects.get('public', statusListKey(id))
  const { list, set } = await status.bits(id)
  const shown = bytes === null ? undefined : listOf(bytes)
  if (shown === undefined || list.signedAt === null) return false
  const isNewest = shown.validFrom === wholeSeconds(list.signedAt)
  const bits = statusBits(list.length, set)
  return isNewest && shown.bits.length === bits.length && shown.bits.every((byte, at) => byte === bits[at])
}

function listOf(bytes: Uint8Array) {
  const read = readCompact(decodeUtf8(bytes))
  return 'compact' in read ? readStatusList(read.compact.payload) : undefined
}
