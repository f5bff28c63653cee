/** Which members an allocation of each kind takes: one that is missing is a gap, one too many would be stored and never used. */

import { Problem } from '../../problem.ts'
import type { Allocation, AllocationMethod } from './allocation-types.ts'

type Member = 'property' | 'shares' | 'common'

/** Who takes a member, whether it is needed, and what to write. */
const members: Readonly<Record<Member, { of: AllocationMethod; needed: boolean; remedy: string }>> = {
  property: {
    of: 'physical-property',
    needed: true,
    remedy: 'Name the property that is shared by, e.g. "dry-mass".',
  },
  shares: { of: 'shares', needed: true, remedy: 'State the share of each product; together they come to 1.' },
  common: { of: 'subdivision', needed: false, remedy: '' },
}

/** @throws Problem `property-missing`, `property-unused`. */
export function checkMembers(allocation: Allocation, pointer: string): void {
  for (const [name, { of, needed, remedy }] of Object.entries(members)) {
    const place = `${pointer}/${name}`
    const isGiven = allocation[name as Member] !== undefined
    if (allocation.by === of && needed && !isGiven)
      throw new Problem('property-missing', remedy, { pointer: place })
    if (allocation.by === of || !isGiven) continue
    const detail = `An allocation by ${allocation.by} has no use for ${name}; leave it out.`
    throw new Problem('property-unused', detail, { pointer: place })
  }
}
