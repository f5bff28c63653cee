/** `factors.csv` and `fuels.csv` as rows of the published types, with the faults that one row can show by itself. */

import { type Decimal, type Family, type Flow, families, gwpBases, type UnitCode } from '../engine/types.ts'
import { dimensionOf, unitCode } from '../engine/units.ts'
import { isProblem } from '../problem.ts'
import { factorCategories } from './categories.ts'
import { RowReader } from './cells.ts'
import { type Row, readRows } from './csv.ts'
import type { Fault, PublishedFactor, PublishedFuel } from './format.ts'
import { isRegionCode } from './regions.ts'

/** Columns of `factors.csv`, in their order. A blank cell is an absent value, never a zero. */
export const factorColumns = [
  'id',
  'name_en',
  'name_zh',
  'category',
  'family',
  'region',
  'year',
  'unit',
  'co2_kg',
  'ch4_kg',
  'n2o_kg',
  'co2_biogenic_kg',
  'other_flows',
  'stated_co2e_kg',
  'gwp_basis',
  'gases_not_covered',
  'includes_transmission',
  'fossil_fugitive_methane',
  'confirmation',
  'source_id',
  'source_locator',
  'uncertainty',
  'acknowledged',
  'notes',
] as const
export type FactorColumn = (typeof factorColumns)[number]

/** Columns of `fuels.csv`, in their order. */
export const fuelColumns = [
  'id',
  'name_en',
  'name_zh',
  'state',
  'net_calorific_value',
  'net_calorific_value_unit',
  'carbon_content',
  'carbon_content_unit',
  'oxidation',
  'factor_id',
  'confirmation',
  'source_id',
  'source_locator',
  'notes',
] as const
export type FuelColumn = (typeof fuelColumns)[number]

const idForm = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/

/** A row that was read, with its reader, so that later rules can name the line and column. */
export interface ReadRow<Item, Column extends string> {
  readonly item: Item
  readonly reader: RowReader<Column>
}

/** All rows of `factors.csv`. */
export function readFactors(csv: string, faults: Fault[]): readonly ReadRow<PublishedFactor, FactorColumn>[] {
  const rows = readRows('factors.csv', csv, factorColumns, faults)
  return rows.map((row) => readFactor(row, faults))
}

function readFactor(row: Row<FactorColumn>, faults: Fault[]): ReadRow<PublishedFactor, FactorColumn> {
  const reader = new RowReader('factors.csv', row, faults)
  const statedCo2eKg = reader.decimal('stated_co2e_kg')
  const item: PublishedFactor = {
    id: readId(reader),
    name: reader.names('name_en', 'name_zh'),
    category: reader.text('category'),
    family: reader.oneOf<Family>('family', families, 'family'),
    region: readRegion(reader),
    year: readYear(reader),
    unit: readUnit(reader, 'unit'),
    flows: readFlows(reader, statedCo2eKg),
    gwpBasis: reader.oneOf('gwp_basis', gwpBases, 'basis'),
    statedCo2eKg,
    gasesNotCovered: reader.words('gases_not_covered'),
    includesTransmission: reader.flag('includes_transmission'),
    fossilFugitiveMethane: reader.flag('fossil_fugitive_methane'),
    confirmation: reader.confirmation('confirmation'),
    source: { id: reader.text('source_id'), locator: reader.text('source_locator') },
    notes: reader.optional('notes'),
    uncertainty: reader.uncertainty('uncertainty'),
    acknowledged: reader.acknowledged('acknowledged'),
  }
  checkCategory(item, reader)
  return { item, reader }
}

function readId<Column extends string>(reader: RowReader<Column | 'id'>): string {
  const id = reader.text('id')
  if (id !== '' && (!idForm.test(id) || id.length > 120)) {
    reader.fault('id', 'form', 'an id is letters and digits joined by . _ - and at most 120 long')
  }
  return id
}

function readRegion(reader: RowReader<FactorColumn>): string {
  const region = reader.text('region')
  if (region !== '' && !isRegionCode(region)) {
    reader.fault(
      'region',
      'region',
      `"${region}" is no ISO 3166 code, GLOBAL, EU, or private code such as CN-x-east`,
    )
  }
  return region
}

function readYear(reader: RowReader<FactorColumn>): number {
  const cell = reader.text('year')
  const year = /^\d{4}$/.test(cell) ? Number(cell) : 0
  if (year < 1990 || year > 2100) reader.fault('year', 'year', `"${cell}" is no year from 1990 to 2100`)
  return year
}

/** A unit by its code; spellings that the engine accepts from people are not accepted from tables. */
function readUnit<Column extends string>(reader: RowReader<Column>, column: Column): UnitCode {
  const unit = reader.text(column)
  if (unit === '') return unit
  try {
    const code = unitCode(unit)
    if (code !== unit)
      reader.fault(column, 'unit', `"${unit}" is another spelling of ${code}; write the code`)
    return code
  } catch (error) {
    if (!isProblem(error)) throw error
    reader.fault(column, 'unit', String(error.facts.detail))
    return unit
  }
}

/** Gas columns in their order, then other flows; a row without any gas rests on its stated CO2e as one flow. */
function readFlows(reader: RowReader<FactorColumn>, stated: Decimal | null): readonly Flow[] {
  const columns = [
    ['co2_kg', 'fossil', 'CO2'],
    ['ch4_kg', 'fossil', 'CH4'],
    ['n2o_kg', 'fossil', 'N2O'],
    ['co2_biogenic_kg', 'biogenic', 'CO2'],
  ] as const
  const gases = columns.flatMap(([column, kind, gas]): Flow[] => {
    const kg = reader.decimal(column)
    return kg === null ? [] : [{ kind, gas, kg }]
  })
  const flows = [...gases, ...reader.flows('other_flows')]
  const isOfGases = flows.some(({ kind }) => kind !== 'pollutant')
  if (isOfGases || stated === null) return flows
  return [{ kind: 'fossil', gas: 'CO2e', kg: stated }, ...flows]
}

/** The category exists, holds this family, and is measured in this unit. */
function checkCategory(factor: PublishedFactor, reader: RowReader<FactorColumn>): void {
  if (reader.isFaulty('category')) return
  const category = Object.hasOwn(factorCategories, factor.category)
    ? factorCategories[factor.category]
    : undefined
  if (category === undefined) {
    reader.fault('category', 'category', `"${factor.category}" is no factor category`)
    return
  }
  if (!reader.isFaulty('family') && !category.families.includes(factor.family)) {
    const held = category.families.join(', ')
    reader.fault('family', 'family', `the category ${factor.category} holds ${held}, not ${factor.family}`)
  }
  const dimension = dimensionIfKnown(factor.unit)
  const dimensions = category.measuredIn.map(dimensionOf)
  if (dimension !== null && !dimensions.includes(dimension)) {
    const message = `the category ${factor.category} is measured in ${dimensions.join(', ')}, not ${dimension}`
    reader.fault('unit', 'unit', message)
  }
}

function dimensionIfKnown(unit: UnitCode): string | null {
  try {
    return dimensionOf(unit)
  } catch {
    return null
  }
}

/** All rows of `fuels.csv`. */
export function readFuels(csv: string, faults: Fault[]): readonly ReadRow<PublishedFuel, FuelColumn>[] {
  return readRows('fuels.csv', csv, fuelColumns, faults).map((row) => readFuel(row, faults))
}

function readFuel(row: Row<FuelColumn>, faults: Fault[]): ReadRow<PublishedFuel, FuelColumn> {
  const reader = new RowReader('fuels.csv', row, faults)
  const item: PublishedFuel = {
    id: readId(reader),
    name: reader.names('name_en', 'name_zh'),
    state: reader.oneOf('state', ['solid', 'liquid', 'gas']),
    netCalorificValue: {
      amount: reader.requiredDecimal('net_calorific_value'),
      unit: readUnit(reader, 'net_calorific_value_unit'),
    },
    carbonContent: {
      amount: reader.requiredDecimal('carbon_content'),
      unit: readUnit(reader, 'carbon_content_unit'),
    },
    oxidation: reader.requiredDecimal('oxidation'),
    factorId: reader.optional('factor_id'),
    confirmation: reader.confirmation('confirmation'),
    source: { id: reader.text('source_id'), locator: reader.text('source_locator') },
    notes: reader.optional('notes'),
  }
  checkFuelUnits(item, reader)
  checkFuelAmounts(item, reader)
  return { item, reader }
}

function checkFuelUnits(fuel: PublishedFuel, reader: RowReader<FuelColumn>): void {
  const heating = dimensionIfKnown(fuel.netCalorificValue.unit)
  if (heating !== null && !['energy/mass', 'energy/volume'].includes(heating)) {
    reader.fault(
      'net_calorific_value_unit',
      'unit',
      `a heating value is energy per mass or volume, not ${heating}`,
    )
  }
  const carbon = dimensionIfKnown(fuel.carbonContent.unit)
  if (carbon !== null && carbon !== 'carbon/energy') {
    reader.fault('carbon_content_unit', 'unit', `a carbon content is carbon per energy, not ${carbon}`)
  }
}

/** A fuel has more than none of each property, as the carbon-content method demands. */
function checkFuelAmounts(fuel: PublishedFuel, reader: RowReader<FuelColumn>): void {
  for (const [column, { amount }] of [
    ['net_calorific_value', fuel.netCalorificValue],
    ['carbon_content', fuel.carbonContent],
  ] as const) {
    if (reader.isFaulty(column) || Number(amount) > 0) continue
    reader.fault(column, 'form', `a fuel has more than none of this, not ${amount}`)
  }
  const oxidation = Number(fuel.oxidation)
  if (!(oxidation > 0 && oxidation <= 1)) {
    reader.fault(
      'oxidation',
      'form',
      `an oxidation is a fraction above 0 and at most 1, not ${fuel.oxidation}`,
    )
  }
}
