/** A kilogram of glass from cradle to grave, each term of the Circular Footprint Formula on a line of its own. */

import type {
  ActivityLine,
  CircularMaterial,
  CircularTerm,
  EndOfLife,
  FactorTable,
  ProductInput,
} from '../../../src/engine/types.ts'
import { co2eFactor, product, table } from '../fixtures.ts'

/** kg CO2e per kg, or per kWh for the energy replaced. */
export type TermFactors = Readonly<Record<CircularTerm, string>>

const familyOf = {
  Ev: 'cradle-to-gate',
  Erecycled: 'cradle-to-gate',
  ErecyclingEoL: 'end-of-life',
  EvStar: 'cradle-to-gate',
  EER: 'end-of-life',
  ESEheat: 'heat',
  ESEelec: 'electricity-life-cycle',
  ED: 'end-of-life',
} as const satisfies Record<CircularTerm, string>

const categoryOf = {
  'cradle-to-gate': 'material',
  'end-of-life': 'waste-treatment',
  heat: 'heat',
  'electricity-life-cycle': 'electricity',
} as const

/** A table with one factor a term, named like it. */
export function termTable(factors: TermFactors): FactorTable {
  const rows = (Object.keys(factors) as CircularTerm[]).map((id) => {
    const unit = id === 'ESEheat' || id === 'ESEelec' ? 'kWh' : 'kg'
    return co2eFactor({ id, family: familyOf[id], category: categoryOf[familyOf[id]], unit }, factors[id])
  })
  return table('terms', rows)
}

/** The line of a term: 1 kg of glass unless it says otherwise. */
export function termLine(term: CircularTerm, more: Partial<ActivityLine> = {}): ActivityLine {
  const isIn = term === 'Ev' || term === 'Erecycled'
  return {
    ...{ id: term, category: categoryOf[familyOf[term]], process: isIn ? 'bottle' : 'treatment' },
    quantity: { amount: '1', unit: 'kg' },
    factor: { table: 'terms', id: term },
    circular: { material: 'glass', term },
    ...more,
  }
}

/** Treatment of a bottle belongs to the bottle: 1 of it for each. */
const treated: ActivityLine = {
  ...{ id: 'treated', category: 'waste-treatment', process: 'bottle', from: 'treatment' },
  quantity: { amount: '1', unit: 'kg' },
}

export const glassMaterial: CircularMaterial = {
  ...{ id: 'glass', name: { en: 'Glass', zh: '玻璃' } },
  ...{ A: '0.2', B: '0', R1: '0.4', R2: '0.5', R3: '0.1', QsinQp: '0.9', QsoutQp: '0.8' },
  ...{ LHV: { amount: '0', unit: 'kWh/kg' }, XERheat: '0.31', XERelec: '0.101' },
}

/** A bottle of 1 kg whose lines are those of the terms given. */
export function bottle(
  endOfLife: EndOfLife | undefined,
  lines: readonly ActivityLine[],
  given: Partial<ProductInput> = {},
): ProductInput {
  const kg = { amount: '1', unit: 'kg' }
  const processes = [
    { id: 'bottle', output: kg },
    { id: 'treatment', output: kg, stage: 'end-of-life' as const },
  ]
  return product(processes, [...lines, treated], {
    boundary: 'cradle-to-grave',
    endOfLife,
    factorTables: [{ table: 'terms', version: '1' }],
    ...given,
  })
}

/** By the formula, with some parameters of the glass otherwise. */
export function byFormula(changes: Partial<CircularMaterial> = {}): EndOfLife {
  return { method: 'circular-footprint-formula', materials: [{ ...glassMaterial, ...changes }] }
}

export const byCutOff: EndOfLife = {
  method: 'cut-off',
  materials: [{ id: 'glass', name: glassMaterial.name, R1: '0.4', R2: '0.5', R3: '0.1' }],
}

/** The factors of the published example, kg CO2e per kg, and per kWh for energy. */
export const glassFactors: TermFactors = {
  ...{ Ev: '1.3', Erecycled: '1.07', ErecyclingEoL: '1.07', EvStar: '1.3' },
  ...{ EER: '2.03', ESEheat: '0.0055', ESEelec: '0.29', ED: '0.08' },
}

export const everyTerm = Object.keys(glassFactors) as CircularTerm[]
