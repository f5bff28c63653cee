/** Signs status lists as they are now and writes them where everyone reads them. */

import { statusBits, statusListDocument } from '../../credential/status-list.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { encodeUtf8 } from '../../json/encoding.ts'
import { wholeSeconds } from '../../json/instant.ts'
import { headCache, statusListKey } from '../../ports/objects.ts'
import type { StatusList } from '../../ports/status.ts'
import type { Ports } from '../../ports.ts'
import { issuerDid } from '../keys/publish-keys.ts'

export type ListPublisher = Pick<Ports, 'keys' | 'notices' | 'objects' | 'settings' | 'status' | 'world'>

/** Where a list is public; its id. */
export function statusListUrl({ publicUrl }: Ports['settings'], listId: string): string {
  return `${publicUrl}/status/${listId}`
}

/**
 * Signs and writes one list. The version and the bits are of one moment, so that what is remembered as published is never more
 * than what was.
 */
export async function publishList(ports: ListPublisher, listId: string): Promise<void> {
  const { status, objects, settings, world, keys } = ports
  const { list, set } = await status.bits(listId)
  const signedAt = new Date(Math.floor(world.now().getTime() / 1000) * 1000)
  const expiresAt = new Date(signedAt.getTime() + settings.statusSeconds * 1000)
  const issuer = issuerDid(settings, list.body)
  const document = statusListDocument(
    {
      url: statusListUrl(settings, list.id),
      issuer,
      purpose: list.purpose,
      validFrom: wholeSeconds(signedAt),
      validUntil: wholeSeconds(expiresAt),
    },
    statusBits(list.length, set),
  )
  const { jwt } = await keys.signCredential(list.bodyOrganizationId, issuer, canonicalBytes(document))
  await objects.put('public', statusListKey(list.id), encodeUtf8(jwt), {
    contentType: 'application/vc+jwt',
    cacheControl: headCache,
  })
  await status.published(list.id, list.version, signedAt, expiresAt)
}

/** Publishes lists one by one; one that fails does not hold up the others, and the sweep comes back to it. */
export async function publishLists(ports: ListPublisher, lists: readonly StatusList[]): Promise<number> {
  let published = 0
  for (const { id } of lists) {
    try {
      await publishList(ports, id)
      published += 1
    } catch (thrown) {
      ports.notices.tell('error', 'status-publish', { list: id, error: thrown })
    }
  }
  return published
}
