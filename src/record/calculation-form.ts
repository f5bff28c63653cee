/** What every calculation input has, in its one form. */

import type { EmissionFactor } from '../engine/types.ts'
import { type Form, type FormsOf, names, period } from './forms.ts'
import { activityLine } from './line-form.ts'

const emissionFactor: Form = {
  members: {
    id: 'text',
    name: names,
    category: 'text',
    family: 'text',
    region: 'text',
    year: 'number',
    unit: 'text',
    flows: { list: { members: { kind: 'text', gas: 'text', kg: 'decimal' } } },
    gwpBasis: 'text',
    statedCo2eKg: 'decimal',
    gasesNotCovered: { list: 'text' },
    includesTransmission: 'boolean',
    fossilFugitiveMethane: 'boolean',
    confirmation: 'text',
    source: { members: { id: 'text', locator: 'text' } },
    notes: 'text',
  } satisfies FormsOf<EmissionFactor>,
}

export const calculation = {
  kind: 'text',
  period,
  region: 'text',
  gwpSet: { members: { id: 'text', version: 'text' } },
  factorTables: { list: { members: { table: 'text', version: 'text' } } },
  ownFactors: { list: emissionFactor },
  lines: { list: activityLine },
} as const
