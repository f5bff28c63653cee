/** Draws a credential's places in its body's status lists: at random, so that a place tells nothing of order or number. */

import type { DocumentKind } from '../../certification/scheme.ts'
import { statusListLength } from '../../credential/status-list.ts'
import { type StatusPurpose, statusPurposes } from '../../credential/status-purposes.ts'
import type { StatusList, StatusPlace } from '../../ports/status.ts'
import type { Ports } from '../../ports.ts'

/** A list is full when a quarter of it is taken: then a draw hits a taken place once in four times at most. */
const takenMax = statusListLength / 4

/** Purposes of the places that a document has: a statement can be withdrawn, never suspended. */
function purposesOf(kind: DocumentKind): readonly StatusPurpose[] {
  return kind === 'certificate' ? statusPurposes : ['revocation']
}

/** One place for each purpose; whether another has it already, fixing tells. */
export function drawPlaces(
  { world }: Pick<Ports, 'world'>,
  lists: readonly StatusList[],
  kind: DocumentKind,
): readonly StatusPlace[] {
  return purposesOf(kind).map((purpose) => {
    const list = lists.find((one) => one.purpose === purpose)
    if (list === undefined) throw new Error(`there is no open list for ${purpose}`)
    return { listId: list.id, purpose, index: drawBelow(world.randomBytes(4), list.length) }
  })
}

/** Lists have 2^17 places or a few times that, so what 32 bits leave uneven is too little to tell. */
function drawBelow(random: Uint8Array, length: number): number {
  return new DataView(random.buffer, random.byteOffset, 4).getUint32(0) % length
}

/** The body's lists with room, one a purpose; begun where there are none. */
export async function openLists(
  { status, world }: Pick<Ports, 'status' | 'world'>,
  bodyOrganizationId: string,
): Promise<readonly StatusList[]> {
  const newest = await status.newestLists(bodyOrganizationId)
  const missing = statusPurposes.flatMap((purpose) => {
    const last = newest.find(({ list }) => list.purpose === purpose)
    if (last !== undefined && last.taken < takenMax) return []
    const number = (last?.list.number ?? 0) + 1
    return [{ id: world.newId(), bodyOrganizationId, purpose, number, length: statusListLength }]
  })
  if (missing.length === 0) return newest.map(({ list }) => list)
  await status.addLists(missing, world.now())
  return (await status.newestLists(bodyOrganizationId)).map(({ list }) => list)
}
