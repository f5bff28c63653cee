/** Small tables, sets and inputs to test the engine with; the numbers are round so that a hand sum is easy. */

import { calculate } from '../../src/engine/index.ts'
import type {
  ActivityLine,
  CalculationContext,
  CalculationResult,
  EmissionFactor,
  FactorTable,
  FuelProperties,
  GwpSet,
  InventoryInput,
  Process,
  ProductInput,
} from '../../src/engine/types.ts'
import { isProblem, type Problem } from '../../src/problem.ts'

export const ar6: GwpSet = {
  id: 'ipcc-ar6',
  version: '1',
  digest: 'sha256:ar6',
  title: { en: 'IPCC AR6 GWP100', zh: null },
  basis: 'AR6',
  values: {
    CO2: '1',
    CH4: '27',
    'CH4-fossil-fugitive': '29.8',
    N2O: '273',
    'HFC-32': '771',
    'HFC-125': '3740',
    'HFC-134a': '1530',
    SF6: '24300',
    'HCFC-22': '1960',
  },
  inTotal: ['CO2', 'CH4', 'N2O', 'HFC-32', 'HFC-125', 'HFC-134a', 'SF6', 'HFC-41'],
  blends: {
    'R-410A': { 'HFC-32': '0.5', 'HFC-125': '0.5' },
    'R-417A': { 'HFC-125': '0.466', 'HFC-134a': '0.5', butane: '0.034' },
  },
  aliases: { 'R-134a': 'HFC-134a', 'R-22': 'HCFC-22', methane: 'CH4' },
}

/** AR4 does not tell the two kinds of methane apart. */
export const ar4: GwpSet = {
  ...ar6,
  id: 'ipcc-ar4',
  digest: 'sha256:ar4',
  basis: 'AR4',
  values: { CO2: '1', CH4: '25', 'CH4-fossil-fugitive': '25', N2O: '298', 'HFC-134a': '1430' },
}

/** A factor; what a test does not care about is filled in. */
export function factor(given: Partial<EmissionFactor> & Pick<EmissionFactor, 'id'>): EmissionFactor {
  return {
    name: { en: given.id, zh: null },
    category: 'any',
    family: 'combustion',
    region: 'CN',
    year: 2023,
    unit: 't',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '3000' }],
    gwpBasis: 'gas-masses',
    statedCo2eKg: null,
    gasesNotCovered: [],
    includesTransmission: false,
    fossilFugitiveMethane: false,
    confirmation: 'primary',
    source: { id: 'test', locator: 'here' },
    notes: null,
    ...given,
  }
}

/** Grid electricity that states CO2 only. */
export function gridFactor(id: string, region: string, year: number, kgCo2: string): EmissionFactor {
  return factor({
    ...{ id, region, year, family: 'electricity-generation', category: 'electricity', unit: 'kWh' },
    flows: [{ kind: 'fossil', gas: 'CO2', kg: kgCo2 }],
    gasesNotCovered: ['CH4', 'N2O'],
  })
}

/** Stated CO2e per unit. */
export function co2eFactor(
  given: Partial<EmissionFactor> & Pick<EmissionFactor, 'id'>,
  kgCo2e: string,
): EmissionFactor {
  return factor({
    gwpBasis: 'AR6',
    statedCo2eKg: kgCo2e,
    ...given,
    flows: [{ kind: 'fossil', gas: 'CO2e', kg: kgCo2e }],
  })
}

/** Diesel as the Chinese sector guidelines have it: 42.652 GJ/t, 20.2 tC/TJ, 98 %. */
export const diesel: FuelProperties = {
  id: 'diesel',
  name: { en: 'Diesel', zh: '柴油' },
  state: 'liquid',
  netCalorificValue: { amount: '42.652', unit: 'GJ/t' },
  carbonContent: { amount: '20.2', unit: 'tC/TJ' },
  oxidation: '0.98',
  confirmation: 'secondary',
  source: { id: 'test', locator: 'here' },
  notes: null,
}

export const naturalGas: FuelProperties = {
  ...diesel,
  id: 'natural-gas',
  name: { en: 'Natural gas', zh: '天然气' },
  state: 'gas',
  netCalorificValue: { amount: '389.31', unit: 'GJ/1e4m3' },
  carbonContent: { amount: '15.3', unit: 'tC/TJ' },
  oxidation: '0.99',
}

export function table(
  name: string,
  factors: readonly EmissionFactor[],
  fuels: readonly FuelProperties[] = [],
  yearFallbackLimit = 2,
): FactorTable {
  return {
    ...{ table: name, version: '1', digest: `sha256:${name}`, title: { en: name, zh: null } },
    ...{ factors, fuels, yearFallbackLimit },
  }
}

/** An inventory of 2023 in Fujian on the tables given, all of them pinned. */
export function inventory(
  lines: readonly ActivityLine[],
  tables: readonly FactorTable[] = [],
  given: Partial<InventoryInput> = {},
): InventoryInput {
  return {
    kind: 'organization',
    period: { start: '2023-01-01', end: '2024-01-01' },
    region: 'CN-FJ',
    gwpSet: { id: 'ipcc-ar6', version: '1' },
    factorTables: tables.map(({ table, version }) => ({ table, version })),
    lines,
    ...given,
  }
}

/** What a system from cradle to grave says beside its processes: a kilogram of packaging that is used and gone. */
export const toGrave: Pick<ProductInput, 'functionalUnit' | 'emptyStages' | 'endOfLife'> = {
  functionalUnit: {
    description: { en: 'Keep a litre of water for a year', zh: '盛装 1 升水一年' },
    quantity: { amount: '365', unit: 'd' },
    serviceLife: { amount: '2', unit: 'a' },
    referenceFlow: { amount: '1', unit: 'kg' },
  },
  emptyStages: [{ stage: 'use', reason: 'A bottle uses nothing' }],
  endOfLife: { method: 'cut-off' },
}

/** A product system in kilograms: `output` kg per run; the first process is the reference. */
export function product(
  processes: readonly Pick<Process, 'id' | 'output'>[],
  lines: readonly ActivityLine[],
  given: Partial<ProductInput> = {},
): ProductInput {
  return {
    kind: 'product',
    period: { start: '2023-01-01', end: '2024-01-01' },
    region: 'CN-FJ',
    gwpSet: { id: 'ipcc-ar6', version: '1' },
    factorTables: [],
    boundary: 'cradle-to-gate',
    ...(given.boundary === 'cradle-to-grave' ? toGrave : { declaredUnit: { amount: '1', unit: 'kg' } }),
    referenceProcess: processes[0]?.id ?? '',
    processes: processes.map((process) => ({
      name: { en: process.id, zh: null },
      stage: 'production',
      ...process,
    })),
    lines,
    ...given,
  }
}

export function context(tables: readonly FactorTable[] = [], gwpSet: GwpSet = ar6): CalculationContext {
  return { tables, gwpSet }
}

/** An inventory calculated on its tables and AR6. */
export function calculated(
  lines: readonly ActivityLine[],
  tables: readonly FactorTable[] = [],
  given: Partial<InventoryInput> = {},
): CalculationResult {
  return calculate(inventory(lines, tables, given), context(tables))
}

/** The refusal of something that must be refused. */
export function refusalOf(act: () => unknown): Problem {
  try {
    act()
  } catch (thrown) {
    if (isProblem(thrown)) return thrown
    throw thrown
  }
  throw new Error('nothing was refused')
}
