/**
 * A footprint's definition as it is sent. A product may be described by a bill of materials, which says its lines too: the footprint keeps the
 * system that the bill is short for, and its lines as its activity data.
 */

import { below } from '../../engine/refusals.ts'
import type { BillOfMaterials } from '../../engine/types.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { digestOfBytes } from '../../json/digest.ts'
import type { ActivityDataRef, CalculationDefinition, FootprintDefinition } from '../../ports/footprints.ts'
import type { Ports } from '../../ports.ts'
import { readSent } from '../sent-system.ts'
import { checkedDefinition } from './check-definition.ts'
import { keptLines } from './put-data.ts'

/** A definition as it was sent. */
export type SentDefinition = Omit<FootprintDefinition, 'calculation'> & {
  readonly calculation: CalculationDefinition | BillOfMaterials
}

/** A definition in its one form, and the lines of a bill. */
export interface CheckedSent {
  readonly definition: FootprintDefinition
  readonly data: { readonly activityData: ActivityDataRef; readonly store: () => Promise<unknown> } | null
}

/** @throws Problem whatever {@link checkedDefinition} refuses; of a bill what is wrong with its lines too, with its place in it. */
export async function checkedSent(
  ports: Ports,
  { calculation: sent, ...rest }: SentDefinition,
): Promise<CheckedSent> {
  if (sent.kind !== 'bill-of-materials')
    return { definition: await checkedDefinition(ports, { ...rest, calculation: sent }), data: null }
  const { input, inSent } = readSent(sent, '/calculation')
  const { lines, ...calculation } = input
  return inSent(async () => {
    const definition = await checkedDefinition(ports, { ...rest, calculation })
    const { stored, store } = below('/calculation', () => keptLines(ports, lines))
    const fileDigest = digestOfBytes(canonicalBytes(sent))
    return { definition, data: { activityData: { ...stored, fileDigest }, store } }
  })
}
