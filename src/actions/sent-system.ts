/** A product system as it was sent: whole, or as a bill of materials that is short for one. */

import { expandBillOfMaterials, inBill } from '#engine'
import { below } from '../engine/refusals.ts'
import type { BillOfMaterials, ProductInput } from '../engine/types.ts'

/** A system, and how its refusals find back to what was sent. */
export interface ReadSystem {
  readonly input: ProductInput
  /** Does something with the system: a refusal that points into it points to where what was sent has that. */
  inSent<Value>(act: () => Promise<Value> | Value): Promise<Value>
}

/**
 * @param place where it stands in the request.
 * @throws Problem what is wrong with yields and scrap of a bill, with its place.
 */
export function readSent(given: ProductInput | BillOfMaterials, place = ''): ReadSystem {
  if (given.kind !== 'bill-of-materials') return { input: given, inSent: async (act) => act() }
  const bill = below(place, () => expandBillOfMaterials(given))
  return { input: bill.input, inSent: (act) => inBill(bill, act, place) }
}
