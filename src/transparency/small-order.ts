/**
 * Points of Ed25519 whose order is small: under such a key many messages hold a signature that anybody can write. Node refuses them,
 * workerd does not; refused here, the answer is the same everywhere.
 */

import { decodeHex, encodeHex } from '../json/encoding.ts'

/** Their encodings, canonical and not, without the sign bit. */
const encodings: ReadonlySet<string> = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
])
const firstBytes = new Set([...encodings].map((encoding) => decodeHex(encoding)?.[0]))

/** Whether 32 bytes encode such a point. */
export function isSmallOrder(point: Uint8Array): boolean {
  if (!firstBytes.has(point[0])) return false
  const unsigned = Uint8Array.from(point)
  unsigned[31] = (unsigned[31] ?? 0) & 0x7f
  return encodings.has(encodeHex(unsigned))
}
