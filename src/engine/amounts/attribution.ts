/**
 * How much of an amount is the organization's: a tenant's floor share, an investor's stake. Whose the rest is, others say in
 * their own inventories; an investment without its stake, or without a name, would be counted whole, or twice.
 */

import { Problem } from '../../problem.ts'
import { times } from '../arithmetic.ts'
import { missing, readShare } from '../line-properties.ts'
import type { ActivityLine } from '../types.ts'
import type { LineAmount } from './stated.ts'

/** The categories whose lines are about somebody else's operation. */
const othersOperations: readonly string[] = ['investments', 'franchises']

/**
 * Refuses what a line does not say of the part that is the organization's.
 * @throws Problem `property-missing`, `line-ambiguous` for a name that the category has no use for.
 */
export function checkAttribution({ category, attribution, investee }: ActivityLine): void {
  if (category === 'investments') {
    if (attribution === undefined) {
      const detail =
        'An investment counts by the stake that is held: state attribution, over 0 and up to 1, e.g. "0.2".'
      throw missing('/attribution', detail)
    }
    if (investee === undefined) {
      throw missing('/investee', 'Name the investee, so that nobody is counted twice.')
    }
  }
  if (investee === undefined) return
  if (investee.trim() === '') throw missing('/investee', 'Name who it is, or leave investee out.')
  if (othersOperations.includes(category)) return
  const detail = `An investee is named for ${othersOperations.join(' and ')}; a line of ${category} has none.`
  throw new Problem('line-ambiguous', detail, { pointer: '/investee' })
}

/** amount × attribution. */
export function attributed({ attribution }: ActivityLine, amount: LineAmount): LineAmount {
  if (attribution === undefined) return amount
  const share = readShare(attribution, '/attribution', 'An attribution')
  const { value, unit } = amount.quantity
  const working = [
    { name: 'whole', value, unit },
    { name: 'attribution', value: share, unit: '1' },
  ]
  return {
    ...amount,
    quantity: { value: times(value, share), unit },
    working: [...amount.working, ...working],
  }
}
