/** Electricity and instruments of Fujian in 2023, for the tests of scope 2 by both methods. */

import type {
  ActivityLine,
  ContractualInstrument,
  EmissionFactor,
  InventoryInput,
  LineByMarket,
  Scope2Result,
} from '../../../src/engine/types.ts'
import { calculated, co2eFactor, gridFactor, table } from '../fixtures.ts'

export const fujian = gridFactor('fj', 'CN-FJ', 2023, '0.4211')
export const china = gridFactor('cn', 'CN', 2023, '0.5306')
export const withoutTraded: EmissionFactor = {
  ...gridFactor('cn-without-traded', 'CN', 2023, '0.6096'),
  category: 'electricity-excluding-traded-non-fossil',
}
export const residualMix: EmissionFactor = {
  ...gridFactor('cn-residual', 'CN', 2023, '0.7'),
  category: 'electricity-residual-mix',
}
/** What green power conveys. */
export const green = co2eFactor(
  { id: 'green', category: 'electricity-wind', family: 'electricity-generation', unit: 'kWh' },
  '0',
)

export const chinese = [table('grid', [fujian, china, withoutTraded])]

/** Purchased electricity of the grid. */
export const bought = (kWh: number, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id: 'bought', category: 'purchased-electricity', factor: {} },
  quantity: { amount: String(kWh), unit: 'kWh' },
  ...given,
})

/** Own renewable power. */
export const roof = (kWh: number, attributes: 'kept' | 'sold', id = 'roof'): ActivityLine => ({
  ...{ id, category: 'self-generated-electricity', attributes },
  quantity: { amount: String(kWh), unit: 'kWh' },
})

export const year2023 = { start: '2023-01-01', end: '2024-01-01' }

/** A supplier's contract that meets every criterion, with power that emits nothing. */
export const contract = (kWh: number, given: Partial<ContractualInstrument> = {}): ContractualInstrument => ({
  ...{ id: 'contract', kind: 'supplier-specific', market: 'CN', exclusive: true, generated: year2023 },
  ...{ quantity: { amount: String(kWh), unit: 'kWh' }, factor: { id: 'green' } },
  consumption: { consumer: 'the organization', period: year2023, retiredOn: '2024-02-01' },
  ...given,
})

export const project = '1A2B3C4D5E6F7G8H9'
/** The number of a certificate of one class. */
export const numbered = (serial: number, inClass = '11', of = project): string =>
  `${of}${String(serial).padStart(13, '0')}${inClass}`

/** Green certificates of wind power of 2023, `count` of them from serial number 1. */
export const certificates = (
  count: number,
  given: Partial<ContractualInstrument> = {},
): ContractualInstrument =>
  contract(count * 1000, {
    ...{ id: 'certificates', kind: 'green-certificate' },
    certificates: [{ from: numbered(1), to: numbered(count), certificates: count }],
    ...given,
  })

/** An inventory of Fujian with these instruments; `green` is one of its own factors. */
export function withInstruments(
  lines: readonly ActivityLine[],
  instruments: readonly ContractualInstrument[],
  given: Partial<InventoryInput> = {},
  tables = chinese,
) {
  const marketBased = { instruments, ageMonthsMax: 12 }
  return calculated(lines, tables, { ownFactors: [green], marketBased, ...given })
}

/** Scope 2 of that inventory, with what its lines come to by market. */
export function scope2(
  ...given: Parameters<typeof withInstruments>
): Scope2Result & { readonly lines: readonly ({ readonly id: string } & LineByMarket)[] } {
  const { inventory: own, lines } = withInstruments(...given)
  if (!own?.scope2) throw new Error('no scope 2')
  const byMarket = lines.flatMap(({ id, marketBased }) => (marketBased ? [{ id, ...marketBased }] : []))
  return { ...own.scope2, lines: byMarket }
}
