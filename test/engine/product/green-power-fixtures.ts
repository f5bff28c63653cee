/** A bottle of Fujian, 2023, whose electricity is wind power under contract and the grid's average. */

import { calculate } from '../../../src/engine/index.ts'
import { electricityRules } from '../../../src/engine/product/electricity-findings.ts'
import type {
  ActivityLine,
  CalculationResult,
  ContractualInstruments,
  EmissionFactor,
  Process,
  ProductInput,
  ProductInstrument,
} from '../../../src/engine/types.ts'
import { context, factor, product, table } from '../fixtures.ts'
import { numbered, year2023 } from '../inventory/scope-2-fixtures.ts'

const power = (id: string, kgCo2: string, given: Partial<EmissionFactor> = {}): EmissionFactor =>
  factor({
    ...{ id, family: 'electricity-life-cycle', category: `electricity-${id}`, unit: 'kWh' },
    flows: [{ kind: 'fossil', gas: 'CO2', kg: kgCo2 }],
    ...given,
  })

/** As China published them for 2023, rounded where a hand sum is easier. */
export const powers = table('power', [
  power('national', '0.6', { category: 'electricity', includesTransmission: true }),
  power('wind', '0.03'),
  power('photovoltaic', '0.05'),
  power('delivered', '0.07', { category: 'electricity-wind', includesTransmission: true, year: 2022 }),
  power('nothing', '0'),
  power('turbine', '0', { family: 'electricity-generation', category: 'electricity-renewable' }),
  power('grid', '0.04', {
    family: 'transmission-and-distribution',
    category: 'electricity-transmission',
  }),
])

/** Electricity of a process, per run. */
export const takes = (
  id: string,
  kWh: number,
  given: Partial<ActivityLine>,
  process = 'bottle',
): ActivityLine => ({
  ...{ id, category: 'electricity', process, quantity: { amount: String(kWh), unit: 'kWh' } },
  ...given,
})
/** Covered by what is called `wind`. */
export const covered = (kWh: number, given: Partial<ActivityLine> = {}, process?: string): ActivityLine =>
  takes('covered', kWh, { instrument: 'wind', ...given }, process)
/** The way through the grid. */
export const way = (kWh: number, process?: string, id = 'way'): ActivityLine =>
  takes(id, kWh, { category: 'transmission', factor: { id: 'grid' } }, process)
export const average = (kWh: number, process?: string): ActivityLine =>
  takes('average', kWh, { factor: {} }, process)

/** Two green certificates of wind power of 2023, retired for that year. */
export const wind = (given: Partial<ProductInstrument> = {}): ProductInstrument => ({
  ...{ id: 'wind', kind: 'green-certificate', market: 'CN', exclusive: true, generated: year2023 },
  ...{ quantity: { amount: '2000', unit: 'kWh' }, factor: { id: 'wind' } },
  consumption: { consumer: 'the bottler', period: year2023, retiredOn: '2024-02-01' },
  certificates: [{ from: numbered(1), to: numbered(2), certificates: 2 }],
  ...given,
})

export const contracts = (
  instruments: readonly ProductInstrument[] = [wind()],
  given: Partial<ContractualInstruments> = {},
): ContractualInstruments => ({
  instruments,
  ageMonthsMax: 12,
  produced: { amount: '1000', unit: 'kg' },
  ...given,
})

export const kilogram = (id: string, more: Partial<Process> = {}) => ({
  id,
  output: { amount: '1', unit: 'kg' },
  ...more,
})
export const kWh = (id: string, amount = '1', more: Partial<Process> = {}) => ({
  id,
  output: { amount, unit: 'kWh' },
  ...more,
})

/** A kilogram of bottle with these lines; `wind` covers what names it. */
export function bottled(
  lines: readonly ActivityLine[],
  given: Partial<ProductInput> = {},
  processes: readonly Pick<Process, 'id' | 'output'>[] = [kilogram('bottle')],
): ProductInput {
  return product(processes, lines, {
    factorTables: [{ table: 'power', version: '1' }],
    contractualInstruments: contracts(),
    ...given,
  })
}

export function calculated(...given: Parameters<typeof bottled>): CalculationResult {
  return calculate(bottled(...given), context([powers]))
}

/** What is found of electricity, with its lines. */
export const findingsOf = ({ product: own }: CalculationResult) =>
  (own?.findings ?? [])
    .filter(({ code }) => Object.hasOwn(electricityRules, code))
    .map(({ code, lines }) => [code, lines])
