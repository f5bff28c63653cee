/** The rules at the door that look beyond one cell: rows against each other, against GWP sets, and against their sources. */

import { isStated, statedCo2e, substanceOf } from '../engine/gwp.ts'
import { isPollutant, pollutants, statesPollutantsOnly } from '../engine/pollutants.ts'
import { confirmations, type Flow, type GwpSet } from '../engine/types.ts'
import { derivedCo2, halfLastDigit, isInStatedSum, sumTolerance, weighedSum } from './arithmetic.ts'
import { factorCategories } from './categories.ts'
import type { RowReader } from './cells.ts'
import { type Doubt, plausibilityDoubts } from './check-plausibility.ts'
import {
  type Fault,
  type PublishedFactor,
  type PublishedFuel,
  type Rule,
  rules,
  type TableFacts,
} from './format.ts'
import type { FactorColumn, FuelColumn, ReadRow } from './read-factors.ts'

/** What the rows are held against. */
export interface CheckContext {
  /** `null` where `table.json` cannot be read: rules that need it wait, all others still name their faults. */
  readonly facts: TableFacts | null
  readonly gwpSets: readonly GwpSet[]
  /** Every gas that has a name in one of the GWP sets, with or without a value. */
  readonly gases: ReadonlySet<string>
}

type FactorRow = ReadRow<PublishedFactor, FactorColumn>
type FuelRow = ReadRow<PublishedFuel, FuelColumn>

/** Notes every fault of a table's rows that one cell alone cannot show. */
export function checkRows(
  factors: readonly FactorRow[],
  fuels: readonly FuelRow[],
  context: CheckContext,
  faults: Fault[],
): void {
  checkUnique(factors)
  checkUnique(fuels)
  checkYears(factors, context.facts, faults)
  const items = factors.map(({ item }) => item)
  const doubts = plausibilityDoubts(items, context.gwpSets)
  for (const row of factors) checkFactor(row, context, doubts.get(row.item))
  const byId = new Map(items.map((item) => [item.id, item]))
  for (const row of fuels) checkFuel(row, byId, context)
}

function checkUnique<Column extends string>(
  rows: readonly ReadRow<{ readonly id: string }, Column | 'id'>[],
): void {
  const seen = new Set<string>()
  for (const { item, reader } of rows) {
    if (seen.has(item.id))
      reader.fault('id', 'duplicate-id', `the id ${item.id} stands twice; ids are unique`)
    seen.add(item.id)
  }
}

/** `years` in table.json is what people read first; it must be what the rows hold. */
function checkYears(factors: readonly FactorRow[], facts: TableFacts | null, faults: Fault[]): void {
  if (facts === null) return
  const years = factors.flatMap(({ item, reader }) => (reader.isFaulty('year') ? [] : [item.year]))
  if (years.length === 0) return
  const [from, to] = [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))]
  if (facts.years.from === from && facts.years.to === to) return
  const message = `the rows are of ${from} to ${to}, the file says ${facts.years.from} to ${facts.years.to}`
  faults.push({ file: 'table.json', row: null, column: '/years', rule: 'year', message })
}

/** What a row's sum is made of. */
const valueColumns: readonly FactorColumn[] = [
  'co2_kg',
  'ch4_kg',
  'n2o_kg',
  'co2_biogenic_kg',
  'other_flows',
  'stated_co2e_kg',
  'gwp_basis',
]

function checkFactor(row: FactorRow, context: CheckContext, doubt: Doubt | undefined): void {
  checkFlows(row, context.gases)
  checkUncertainty(row)
  checkSource(row, context.facts)
  if (row.reader.isFaulty(...valueColumns)) return
  const basis = basisDoubt(row.item)
  if (basis !== null) row.reader.fault(basis.column, 'basis', basis.message)
  const broken = new Map<Rule, Doubt>()
  const sum = gasSumFault(row.item, context)
  if (sum !== null) broken.set('gas-sum', { column: 'stated_co2e_kg', message: sum })
  const biogenic = biogenicFault(row.item)
  if (biogenic !== null) broken.set('biogenic-in-fossil', { column: 'co2_kg', message: biogenic })
  if (doubt !== undefined) broken.set('plausibility', doubt)
  refuseUnacknowledged(row, broken)
  if (context.facts !== null) refuseStale(row, broken)
}

/** A broken rule is a fault unless the row gives its reason. */
function refuseUnacknowledged({ item, reader }: FactorRow, broken: ReadonlyMap<Rule, Doubt>): void {
  for (const [rule, { column, message }] of broken) {
    if (item.acknowledged[rule] === undefined) reader.fault(column, rule, message)
  }
}

/** A reason for a rule that holds is stale, and a fault too. */
function refuseStale({ item, reader }: FactorRow, broken: ReadonlyMap<Rule, Doubt>): void {
  for (const rule of Object.keys(item.acknowledged) as Rule[]) {
    if (rules[rule]?.acknowledgeable === true && !broken.has(rule))
      reader.fault('acknowledged', 'form', `the rule ${rule} holds; remove its acknowledgement`)
  }
}

/** Gases are known by name and stand once per kind; only removals and uptakes are negative. */
function checkFlows({ item, reader }: FactorRow, gases: ReadonlySet<string>): void {
  const isKnown = (gas: string) => gases.has(gas) || isStated(gas)
  const seen = new Set<string>()
  for (const flow of item.flows) {
    const key = `${flow.kind} ${flow.gas}`
    if (seen.has(key)) reader.fault('other_flows', 'gas', `${flow.gas} (${flow.kind}) stands twice`)
    seen.add(key)
    const stranger = strangerMessage(flow, isKnown)
    if (stranger !== null) reader.fault('other_flows', 'gas', stranger)
    checkSign(flow, reader)
  }
  checkNotCovered(item, reader, isKnown)
}

/** Why a flow's name does not fit its kind: greenhouse gases and air pollutants are two closed lists that never mix. */
function strangerMessage({ kind, gas }: Flow, isKnown: (gas: string) => boolean): string | null {
  if (kind === 'pollutant') {
    if (isPollutant(gas)) return null
    return isKnown(gas)
      ? `${gas} is a greenhouse gas, not an air pollutant; state it under its own kind`
      : `"${gas}" is no air pollutant of the list: ${pollutants.join(', ')}`
  }
  if (isKnown(gas)) return null
  return isPollutant(gas)
    ? `${gas} is an air pollutant; state it under the kind pollutant`
    : `no GWP set names the gas "${gas}"`
}

/** A row of pollutants covers no greenhouse gas; it need not say so, and must not say that it covers some. */
function checkNotCovered(
  item: PublishedFactor,
  reader: RowReader<FactorColumn>,
  isKnown: (gas: string) => boolean,
): void {
  const { gasesNotCovered } = item
  if (statesPollutantsOnly(item) && gasesNotCovered.length > 0) {
    const left = ['CO2', 'CH4', 'N2O'].filter((gas) => !gasesNotCovered.includes(gas))
    const message = `a row of pollutants covers no greenhouse gas, ${left.join(', ')} neither; leave the cell blank or name all`
    if (left.length > 0) reader.fault('gases_not_covered', 'gas', message)
  }
  const greenhouse = item.flows.filter(({ kind }) => kind !== 'pollutant')
  const stated = new Set(greenhouse.map(({ gas }) => substanceOf(gas)))
  for (const gas of gasesNotCovered) {
    if (!isKnown(gas)) reader.fault('gases_not_covered', 'gas', `no GWP set names the gas "${gas}"`)
    if (stated.has(substanceOf(gas))) {
      reader.fault('gases_not_covered', 'gas', `${gas} is stated by this row, so it is covered`)
    }
  }
}

function checkSign({ kind, gas, kg }: Flow, reader: RowReader<FactorColumn>): void {
  const isTakenUp = kind === 'removal' || kind === 'biogenic-uptake'
  if (isTakenUp ? Number(kg) > 0 : Number(kg) < 0) {
    reader.fault(
      'other_flows',
      'gas',
      `${gas} (${kind}) has the wrong sign: only removals and uptakes are negative`,
    )
  }
}

/** An uncertainty is of something that the row states, and its bounds enclose the value. */
function checkUncertainty({ item, reader }: FactorRow): void {
  if (item.uncertainty === null) return
  const { of, lowPercent, highPercent, confidencePercent } = item.uncertainty
  if (of !== statedCo2e && !item.flows.some(({ gas }) => gas === of)) {
    reader.fault(
      'uncertainty',
      'gas',
      `the row states no ${of}; an uncertainty is of one of its gases, or of CO2e`,
    )
  }
  const [low, high, confidence] = [Number(lowPercent), Number(highPercent), Number(confidencePercent)]
  if (low < -100 || low > 0 || high < 0 || confidence <= 0 || confidence >= 100) {
    const message =
      'lowPercent is from -100 to 0, highPercent not negative, confidencePercent between 0 and 100'
    reader.fault('uncertainty', 'form', message)
  }
}

/**
 * Basis, stated CO2e and flows tell one story. A CO2e on a basis nobody stated may stand beside gas masses as the part that the
 * source did not take apart; a total on such a basis could not be checked against them. The engine then calls the basis of the
 * whole row unknown (`basisUnknown`): the gases follow the pinned set, that part does not.
 */
function basisDoubt(item: PublishedFactor): Doubt | null {
  const { flows, gwpBasis, statedCo2eKg } = item
  const hasCo2e = flows.some((flow) => isStated(flow.gas))
  const hasGases = flows.some(isWeighedGas)
  const statesTotal = statedCo2eKg !== null
  if (flows.length === 0) {
    return { column: 'stated_co2e_kg', message: 'the row states neither gas masses nor CO2e' }
  }
  if (statesPollutantsOnly(item)) return gwpBasis === 'gas-masses' ? null : pollutantBasis
  if (gwpBasis === 'gas-masses') return hasCo2e || statesTotal ? needlessBasis : null
  if (gwpBasis === 'not-stated') {
    const isCo2eAlone = hasCo2e && !hasGases && statesTotal
    const isPartBesideGases = hasCo2e && hasGases && !statesTotal
    return isCo2eAlone || isPartBesideGases ? null : unstatedBasis
  }
  return hasCo2e && !statesTotal ? untoldTotal : null
}

const pollutantBasis: Doubt = {
  column: 'gwp_basis',
  message: 'pollutants have no GWP: a row of pollutants only is of gas-masses',
}
const needlessBasis: Doubt = {
  column: 'gwp_basis',
  message: 'a row of gas masses states no CO2e; name the basis of its CO2e',
}
const unstatedBasis: Doubt = {
  column: 'gwp_basis',
  message:
    'not-stated is for a stated CO2e without gas masses, or for a CO2e in other_flows beside gas masses where no total is stated',
}
const untoldTotal: Doubt = {
  column: 'stated_co2e_kg',
  message: 'a CO2e among the flows is also the stated CO2e; fill this column',
}

/** A gas mass that a stated CO2e would hold. */
function isWeighedGas(flow: Flow): boolean {
  return isInStatedSum(flow) && !isStated(flow.gas)
}

/** The source exists, and no row claims to be surer than the copy it was read from. */
function checkSource<Column extends string>(
  { item, reader }: ReadRow<PublishedFactor | PublishedFuel, Column | 'source_id' | 'confirmation'>,
  facts: TableFacts | null,
): void {
  if (facts === null) return
  const source = facts.sources.find(({ id }) => id === item.source.id)
  if (source === undefined) {
    reader.fault('source_id', 'source', `table.json names no source "${item.source.id}"`)
  } else if (confirmations.indexOf(item.confirmation) < confirmations.indexOf(source.confirmation)) {
    const message = `the row says ${item.confirmation}, its source only ${source.confirmation}`
    reader.fault('confirmation', 'source', message)
  }
}

function gasSumFault(factor: PublishedFactor, { facts, gwpSets }: CheckContext): string | null {
  const stated = factor.statedCo2eKg
  if (facts === null) return null
  if (stated === null || factor.gwpBasis === 'not-stated' || factor.gwpBasis === 'gas-masses') return null
  if (!factor.flows.some(isWeighedGas)) return co2eFault(factor)
  const set = gwpSets.find(({ basis }) => basis === factor.gwpBasis)
  if (set === undefined) return `no GWP set of ${factor.gwpBasis} is at hand to check the sum`
  const sum = weighedSum(factor, set)
  if (typeof sum !== 'number')
    return `${set.id} has no GWP of ${sum.missing}, so the stated CO2e cannot be checked`
  if (Math.abs(sum - Number(stated)) <= sumTolerance(factor, facts.rounding)) return null
  return `the gases weigh ${sum} kg CO2e on ${factor.gwpBasis}, the source states ${stated}`
}

/** CO2e flows without gases: their sum is the stated one, whatever the basis. */
function co2eFault(factor: PublishedFactor): string | null {
  const parts = factor.flows.filter((flow) => isStated(flow.gas)).map((flow) => Number(flow.kg))
  const sum = parts.reduce((a, b) => a + b, 0)
  const slack = halfLastDigit(factor.statedCo2eKg ?? '0')
  if (Math.abs(sum - Number(factor.statedCo2eKg)) <= slack) return null
  return `the flows add up to ${sum} kg CO2e, the source states ${factor.statedCo2eKg}`
}

const biomassWords =
  /\b(?:bio(?:mass|gas|diesel|ethanol|fuel|gasoline|methane|propane|genic)\w*|wood\w*|charcoal|straw|bagasse|landfill gas|sludge gas|black liquor|grass)\b/i
const biomassWordsInChinese =
  /生物质|生物柴油|生物乙醇|乙醇汽油|沼气|木材|木屑|木柴|薪柴|木炭|秸秆|稻壳|蔗渣|填埋气/

/** Fossil CO2, or a CO2e that would hold it, where what burns is biomass. */
function biogenicFault(factor: PublishedFactor): string | null {
  const isFossil = ({ kind, gas, kg }: Flow) =>
    kind === 'fossil' && (gas === 'CO2' || isStated(gas)) && Number(kg) !== 0
  if (!factor.flows.some(isFossil)) return null
  if (factorCategories[factor.category]?.biogenic === true) {
    return `the category ${factor.category} is of biomass: its CO2 belongs in co2_biogenic_kg, its CO2e under biogenic`
  }
  const { en, zh } = factor.name
  const isNamedSo = biomassWords.test(en) || biomassWordsInChinese.test(zh ?? '')
  return factor.family === 'combustion' && isNamedSo
    ? 'the name speaks of biomass, but the CO2 stands in the fossil column'
    : null
}

/** What a fuel's CO2 is derived from. */
const propertyColumns: readonly FuelColumn[] = [
  'net_calorific_value',
  'net_calorific_value_unit',
  'carbon_content',
  'carbon_content_unit',
  'oxidation',
]

function checkFuel(row: FuelRow, factors: ReadonlyMap<string, PublishedFactor>, context: CheckContext): void {
  const { item, reader } = row
  checkSource(row, context.facts)
  if (item.factorId === null || reader.isFaulty(...propertyColumns)) return
  const factor = factors.get(item.factorId)
  const stated = factor?.flows.find((flow) => flow.kind === 'fossil' && flow.gas === 'CO2')
  if (factor === undefined || stated === undefined) {
    reader.fault('factor_id', 'fuel-derivation', `factors.csv has no CO2 factor "${item.factorId}"`)
    return
  }
  const derived = derivedOrNull(item, factor.unit)
  if (derived === null || Math.abs(derived - Number(stated.kg)) <= halfLastDigit(stated.kg)) return
  const message = `heating value × carbon content × oxidation × 44/12 is ${derived} kg CO2 per ${factor.unit}, ${factor.id} says ${stated.kg}`
  reader.fault('factor_id', 'fuel-derivation', message)
}

/** `null` where a unit is wrong, which is noted already. */
function derivedOrNull(fuel: PublishedFuel, unit: string): number | null {
  try {
    return derivedCo2(fuel, unit)
  } catch {
    return null
  }
}
