/** Published figures as a client would send them: their factors as own factors, their GWPs as a set. */

import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, EmissionFactor, Family, FlowKind, GwpSet } from '../../src/engine/types.ts'
import { context, factor, inventory } from '../engine/fixtures.ts'

/** AR5 without feedback, as UK and GPC inventories use it. */
export const ar5: GwpSet = {
  ...context().gwpSet,
  ...{ id: 'ipcc-ar5', digest: 'sha256:ar5', basis: 'AR5' },
  values: {
    CO2: '1',
    CH4: '28',
    'CH4-fossil-fugitive': '28',
    N2O: '265',
    'HFC-23': '12400',
    'HFC-152a': '138',
  },
}

/** kg of each gas per unit. */
export type Gases = Readonly<Record<string, number>>

/** An activity of a published case: so much of something, so many kg of gas per unit. */
export interface PublishedActivity {
  readonly id: string
  readonly category: string
  readonly family: Family
  readonly amount: number
  readonly unit: string
  readonly gases: Gases
  readonly kind?: FlowKind
}

/** The activities as an inventory calculated on own factors. */
export function inventoryOf(activities: readonly PublishedActivity[], gwpSet: GwpSet) {
  const input = inventory(activities.map(lineOf), [], {
    region: 'GLOBAL',
    gwpSet: { id: gwpSet.id, version: gwpSet.version },
    ownFactors: activities.map((activity) => factorOf(activity, gwpSet)),
  })
  return calculate(input, context([], gwpSet))
}

function lineOf({ id, category, amount, unit }: PublishedActivity): ActivityLine {
  return { id, category, quantity: { amount: String(amount), unit }, factor: { table: 'own', id } }
}

function factorOf(
  { id, family, unit, gases, kind = 'fossil' }: PublishedActivity,
  { basis }: GwpSet,
): EmissionFactor {
  const flows = Object.entries(gases).map(([gas, kg]) => ({ kind, gas, kg: String(kg) }))
  return factor({ id, family, unit, flows, gwpBasis: 'CO2e' in gases ? basis : 'gas-masses' })
}
