/** Seals the trail once a day: how every chain ended that went on since its last seal, as one digest in the public log. */

import { encodeHex } from '../../json/encoding.ts'
import { dayMilliseconds, wholeSeconds } from '../../json/instant.ts'
import type { Ports } from '../../ports.ts'
import { entryText } from '../../transparency/entries.ts'
import { type ChainHead, sealDigest, sealLeaf } from '../../transparency/trail-seal.ts'

type SealPorts = Pick<Ports, 'messages' | 'trail' | 'world'>

/** Heads under one seal: a proof is made of all of them. */
const headsMax = 4096
/** Seals of one day's turn; what is left goes with the next. */
const sealsMax = 64

/** @returns how many heads were sealed; 0 where somebody has sealed within the day. */
export async function sweepTrail(ports: SealPorts): Promise<number> {
  const now = ports.world.now()
  if (!(await ports.messages.takeTurn('trail', now, new Date(now.getTime() - dayMilliseconds)))) return 0
  try {
    return await sealAll(ports)
  } catch (thrown) {
    await ports.messages.giveTurnBack('trail', now)
    throw thrown
  }
}

async function sealAll(ports: SealPorts): Promise<number> {
  let sealed = 0
  for (let seals = 0; seals < sealsMax; seals += 1) {
    const heads = await ports.trail.unsealedHeads(headsMax)
    if (heads.length > 0) await seal(ports, heads)
    sealed += heads.length
    if (heads.length < headsMax) break
  }
  return sealed
}

/** Leaves stand in the order of their hashes: their places tell nothing either. */
async function seal({ trail, world }: SealPorts, heads: readonly ChainHead[]): Promise<void> {
  const at = world.now()
  const salted = heads.map((head) => ({ ...head, salt: encodeHex(world.randomBytes(16)) }))
  const leaves = salted
    .map((head) => ({ ...head, leaf: sealLeaf(head) }))
    .toSorted((one, other) => (one.leaf < other.leaf ? -1 : 1))
  const digest = sealDigest(leaves.map(({ leaf }) => leaf))
  const entry = {
    subject: `trail:${digest}`,
    type: 'trail' as const,
    body: entryText('trail', wholeSeconds(at), { digest }),
  }
  await trail.seal({ id: world.newId(), digest, heads: leaves }, entry, at)
}
