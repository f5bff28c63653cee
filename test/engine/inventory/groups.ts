/** A group to consolidate: entities, facilities and electricity of 2024, a year of 366 days, weighed 0.5 kg CO2 per kWh. */

import type {
  ActivityLine,
  CalculationResult,
  Consolidation,
  EntityHolding,
  Facility,
  Holding,
  LegalEntity,
} from '../../../src/engine/types.ts'
import { calculated, gridFactor, table } from '../fixtures.ts'

export const grid = table('grid', [gridFactor('cn-2024', 'CN', 2024, '0.5')])
export const year = { start: '2024-01-01', end: '2025-01-01' }

/** A holding of everything, of which a test says what is otherwise. */
export function holding(given: Partial<Holding> = {}): Holding {
  return { equityShare: '1', financialControl: 'sole', operationalControl: true, ...given }
}

/** An entity, and by whom it is held; by nobody: the reporting organization. */
export function entity(id: string, ...holdings: readonly EntityHolding[]): LegalEntity {
  return { id, name: { en: `${id} Ltd`, zh: `${id}公司` }, ...(holdings.length > 0 ? { holdings } : {}) }
}

export function heldBy(by: string, given: Partial<Holding> = {}): EntityHolding {
  return { by, ...holding(given) }
}

export function facility(id: string, owner: string, ...holdings: readonly Holding[]): Facility {
  return { id, name: { en: id, zh: null }, entity: owner, ...(holdings.length > 0 ? { holdings } : {}) }
}

export function consolidation(given: Partial<Consolidation>): Consolidation {
  return {
    ...{ approach: 'equity-share', changeOption: 'from-date' },
    ...{ entities: [entity('group')], facilities: [] },
    ...given,
  }
}

/** Electricity at a facility: 2 kWh for each kg CO2. */
export function emitting(kg: number, at: string, given: Partial<ActivityLine> = {}): ActivityLine {
  return {
    id: `${at} ${given.period?.start ?? ''}`,
    category: 'purchased-electricity',
    facility: at,
    quantity: { amount: String(2 * kg), unit: 'kWh' },
    factor: {},
    ...given,
  }
}

export function of(lines: readonly ActivityLine[], given: Partial<Consolidation>): CalculationResult {
  return calculated(lines, [grid], { period: year, consolidation: consolidation(given) })
}

/** The days from one date until another. */
export function days(start: string, end: string) {
  return { period: { start, end } }
}
