/**
 * One line of activity data, weighed: its amount brought to the unit of its factor, the gases that go with it, and how it
 * all was chosen. What comes out is for the period of an organization, or for one run of a product system's process.
 */

import { Problem } from '../problem.ts'
import { bringTo, reachableDimensions } from './activity.ts'
import { amountOf, countedAmount, requireGas } from './amounts/measure.ts'
import type { LineAmount } from './amounts/stated.ts'
import { type Days, yearOf } from './calendar.ts'
import {
  type CategoryRule,
  categoryRule,
  type FootprintKind,
  requireFamily,
  requireWeighing,
} from './categories.ts'
import { weighBeside } from './companions.ts'
import { checkAttributes, isSelfGenerated, refuseOffGrid, refuseWay } from './electricity.ts'
import { countedMaterial } from './end-of-life/material-line.ts'
import type { ReadEndOfLife } from './end-of-life/materials.ts'
import { burnFuel, gasesOutsideCarbonContent } from './fuel.ts'
import { basisUnknown, characterize } from './gwp.ts'
import { type Activity, type LineProperty, refuseUnused, unitPointer } from './line-properties.ts'
import { checkDataSource } from './product/data-source.ts'
import { checkDirectFlow, directFlow, inYear, requireSign } from './product/direct-flow.ts'
import { placedGases } from './product/flow-origin.ts'
import type { Offer, Offers } from './product/offers.ts'
import type { KnownParameter } from './product/parameters.ts'
import { type Placed, placeOf } from './product/place-and-time.ts'
import { names, placedMaker, refusePlace } from './product/place-line.ts'
import { type Supplies, supplyNamed } from './product/supplies.ts'
import { at } from './refusals.ts'
import { releasesOf, requireGreenhouseGas } from './releases.ts'
import { type Chosen, chooseFactor, factorUsed, type Library, ownTable, type Wanted } from './resolve.ts'
import type { SiteYears } from './site/site-year.ts'
import type {
  ActivityLine,
  CalculationInput,
  CompanionUsed,
  EmissionFactor,
  FactorChoice,
  FactorUsed,
  FuelUsed,
  Gas,
  GasResult,
  GwpSet,
  Period,
  Process,
  UnitCode,
  Working,
} from './types.ts'
import { convert, type Measure, unitOf } from './units.ts'

/** All that a line may lean on. */
export interface Frame extends ProductFrame {
  readonly kind: FootprintKind
  readonly input: CalculationInput
  readonly reporting: Days
  readonly gwpSet: GwpSet
  readonly library: Library
}

/** What only lines of a product system lean on. */
export interface ProductFrame {
  /** The processes of a product system, by id; empty for an organization. */
  readonly processes: ReadonlyMap<string, Process>
  /** The parameters of a product system, by id; empty for an organization. */
  readonly parameters: ReadonlyMap<string, KnownParameter>
  /** How a product's end of life is calculated; null where nothing says, and for an organization. */
  readonly endOfLife: ReadEndOfLife | null
  /** The years of its sites, by id; empty for an organization. */
  readonly sites: SiteYears
  /** What can be had of them. */
  readonly offers: Offers
  /** Where and when they take place, where they say so. */
  readonly places: Placed
  /** What covers electricity of a product under contract, by the name that lines call it; empty for an organization. */
  readonly supplies: Supplies
}

/** A line whose amount is known and whose way of weighing is chosen. */
export interface PreparedLine {
  /** Its place among the lines. */
  readonly index: number
  readonly line: ActivityLine
  readonly rule: CategoryRule
  readonly method: Method
  /** The product of the system that the line takes; null where it takes none. */
  readonly maker: Offer | null
  readonly amount: LineAmount
}

/** A line with everything its result needs except how often its process runs. */
export interface WeighedLine {
  readonly index: number
  readonly line: ActivityLine
  readonly rule: CategoryRule
  readonly amount: LineAmount
  readonly activity: { readonly amount: number; readonly unit: UnitCode }
  /** The product of the system that the line takes; null where it takes none. */
  readonly maker: Offer | null
  readonly factor: FactorUsed | null
  readonly fuel: FuelUsed | null
  /** The factors beside its own. */
  readonly beside: readonly CompanionUsed[]
  readonly working: readonly Working[]
  readonly gases: readonly GasResult[]
  /** Those of `gases` that come of each factor beside. */
  readonly gasesBeside: readonly (readonly GasResult[])[]
  readonly gasesNotCovered: readonly Gas[]
  /** The source of its CO2e does not say on which GWPs. */
  readonly basisUnknown: boolean
  readonly includesTransmission: boolean
  /** The category under which the factor's table holds it. */
  readonly factorCategory: string | null
}

interface Weighing
  extends Omit<WeighedLine, 'index' | 'line' | 'rule' | 'amount' | 'beside' | 'gasesBeside'> {
  /** The properties of the line that it took. */
  readonly uses: readonly LineProperty[]
  /** The net calorific energy of the fuel burnt, where the line burns one by its carbon content. */
  readonly energy?: () => Activity
}

/**
 * What a line is about, before anything weighs it.
 * @throws Problem about the first thing wrong with it, with a pointer inside the line.
 */
export function prepareLine(line: ActivityLine, index: number, frame: Frame): PreparedLine {
  const rule = at('/category', () => categoryRule(frame.kind, line.category))
  const maker = frame.kind === 'product' ? placedMaker(line, frame) : null
  if (frame.kind === 'product') checkDirectFlow(line)
  else {
    refusePlace(line)
    checkNoShape(line)
  }
  checkAttributes(line)
  const method = methodOf(line)
  if (line.beside !== undefined) refuseBeside(method)
  requireGas(line)
  const amount = amountOf(line, frame, placeOf(line, frame))
  if (method !== 'from' && method !== 'to') requireSign(line, amount.quantity.value)
  checkDataSource(line, amount.estimated)
  return { index, line, rule, method, maker, amount }
}

/**
 * A line with what of its measured amount is weighed, once its parts are taken off.
 * @throws Problem as {@link countedAmount} does, with a pointer inside the line.
 */
export function countLine(prepared: PreparedLine, { endOfLife }: Frame): PreparedLine {
  const { line } = prepared
  return { ...prepared, amount: countedMaterial(line, countedAmount(line, prepared.amount), endOfLife) }
}

/**
 * Weighs a line.
 * @throws Problem about the first thing wrong with it, with a pointer inside the line.
 */
export function weighLine(prepared: PreparedLine, frame: Frame): WeighedLine {
  const { index, line, rule, method, amount } = prepared
  const own = methods[method](prepared, frame)
  refuseOffGrid(line, method, own.factor)
  const added = withBeside(prepared, frame, own)
  refuseUnused(line, [...own.uses, ...added.uses], own.activity.unit)
  const { beside, gasesEach: gasesBeside, gasesNotCovered } = added
  const working = [...amount.working, ...own.working]
  const all = [...own.gases, ...added.gases]
  const gases = frame.kind === 'product' ? placedGases(line, all) : all
  const { activity, maker, factor, fuel, basisUnknown, includesTransmission, factorCategory } = own
  // Member by member: spreading a million objects takes longer than weighing the lines.
  return {
    index,
    line,
    rule,
    amount,
    activity,
    maker,
    factor,
    fuel,
    beside,
    working,
    gases,
    gasesBeside,
    gasesNotCovered,
    basisUnknown,
    includesTransmission,
    factorCategory,
  }
}

/** What the factors beside a line's own add to it; nothing where there are none. */
function withBeside(
  { line, amount: { quantity, period } }: PreparedLine,
  frame: Frame,
  { factor, gases, gasesNotCovered, energy }: Weighing,
) {
  if (line.beside === undefined) return { beside: [], gases: [], gasesEach: [], gasesNotCovered, uses: [] }
  const what = factor ? `factor "${factor.id}"` : 'the carbon-content method'
  const year = activityYear(line, period, frame)
  const own = { what, gases, gasesNotCovered }
  return weighBeside(line.beside, { line, quantity, frame, year, own, energy })
}

function refuseBeside(method: Method): void {
  if (method === 'factor' || method === 'fuel') return
  const detail = `Factors stand beside a factor or a fuel; a line weighed by ${method} has none.`
  throw new Problem('line-ambiguous', detail, { pointer: '/beside' })
}

export type Method = 'factor' | 'fuel' | 'gas' | 'from' | 'to' | 'instrument' | 'self-generated'

const methods: Readonly<Record<Method, (prepared: PreparedLine, frame: Frame) => Weighing>> = {
  factor: byFactor,
  fuel: byFuel,
  gas: byGas,
  from: byProcess,
  to: byProcess,
  instrument: byInstrument,
  'self-generated': byNothing,
}

/** The ways that a line names; own renewable power has none. */
const ways = ['factor', 'fuel', 'gas', 'from', 'to', 'instrument'] as const satisfies readonly Method[]

function methodOf(line: ActivityLine): Method {
  const given = ways.filter((way) =>
    way === 'from' || way === 'to' ? names(line, way) : line[way] !== undefined,
  )
  if (isSelfGenerated(line)) {
    refuseWay(given)
    return 'self-generated'
  }
  const [method, ...others] = given
  if (method && others.length === 0) return method
  const detail = `A line is weighed by exactly one of factor, fuel, gas, from, to and instrument; this one gives ${given.length === 0 ? 'none' : given.join(' and ')}.`
  throw new Problem('line-ambiguous', detail, { given })
}

/** An inventory's uncertainty is propagated, and propagation knows no shapes. */
function checkNoShape({ uncertainty }: ActivityLine): void {
  const member = (['activityDistribution', 'factorDistribution'] as const).find(
    (each) => uncertainty?.[each] !== undefined,
  )
  if (member === undefined) return
  const detail = `Shapes are drawn from by Monte Carlo, which products have: leave out ${member}.`
  throw new Problem('line-ambiguous', detail, { pointer: `/uncertainty/${member}` })
}

/** amount [in the factor's unit] × kg of each gas per unit. */
function byFactor(prepared: PreparedLine, frame: Frame): Weighing {
  const { line, amount } = prepared
  const wanted = wantedOf(line, amount.quantity, amount.period, frame)
  const chosen = at('/factor', () => chooseFactor(line.factor as FactorChoice, wanted, frame.library))
  return byChosen(chosen, '/factor', prepared, frame)
}

/** Electricity under contract: as by a factor, and that is of the generation itself. */
function byInstrument(prepared: PreparedLine, frame: Frame): Weighing {
  const { chosen } = supplyNamed(prepared.line, frame.supplies)
  return byChosen(chosen, '/instrument', prepared, frame)
}

function byChosen(
  chosen: Chosen<EmissionFactor>,
  pointer: '/factor' | '/instrument',
  { line, amount: { quantity } }: PreparedLine,
  frame: Frame,
): Weighing {
  const factor = chosen.row
  const basis = at(pointer, () => checkFactor(factor, line, frame))
  const { amount, unit, ...way } = bringTo(basis.unit, line, quantity, factor)
  const { releases, ...more } = at(pointer, () => releasesOf(factor.flows, factor, amount, line))
  return {
    activity: { amount, unit },
    maker: null,
    factor: factorUsed(chosen),
    fuel: null,
    working: [...way.working, ...more.working],
    gases: at(pointer, () => releases.flatMap((release) => characterize(release, frame.gwpSet))),
    gasesNotCovered: factor.gasesNotCovered,
    basisUnknown: basis.unknown,
    includesTransmission: factor.includesTransmission,
    factorCategory: factor.category,
    uses: [...way.uses, ...more.uses],
  }
}

/** Whether a factor may weigh a line at all; the unit it is per, and whether its GWP basis is unknown. */
function checkFactor(factor: EmissionFactor, line: ActivityLine, { kind, gwpSet }: Frame) {
  requireFamily(kind, line.category, factor.family, `Factor "${factor.id}"`)
  requireWeighing(factor)
  requireGreenhouseGas(factor)
  return { unit: unitOf(factor.unit).code, unknown: basisUnknown(factor, gwpSet) }
}

function wantedOf(line: ActivityLine, quantity: Measure, period: Period | undefined, frame: Frame): Wanted {
  const dimensions = reachableDimensions(line, quantity)
  const year = activityYear(line, period, frame)
  const region = line.zone ?? placeOf(line, frame).region
  return { kind: frame.kind, category: line.category, region, year, dimensions }
}

/** The year in which the activity takes place. */
export function activityYear(line: ActivityLine, period: Period | undefined, frame: Frame): number {
  return yearOf((period ?? placeOf(line, frame).reportingPeriod).start)
}

function byFuel({ line, amount: { quantity } }: PreparedLine, frame: Frame): Weighing {
  at('/category', () => requireFamily(frame.kind, line.category, 'combustion', 'The carbon-content method'))
  const burnt = burnFuel(line, quantity, frame.library)
  const gases = characterize({ kind: 'fossil', gas: 'CO2', kg: burnt.kgCo2 }, frame.gwpSet)
  const { activity, fuel, working, uses, energy } = burnt
  const gasesNotCovered = gasesOutsideCarbonContent
  return { ...nothingMore, activity, fuel, working, gases, gasesNotCovered, uses, energy }
}

/** The amount is the mass of a gas or blend that got out, or of CO2 that was taken up. */
function byGas({ line, rule, amount: { quantity, period } }: PreparedLine, frame: Frame): Weighing {
  if (!rule.families.includes('process')) {
    at('/category', () => requireFamily(frame.kind, line.category, 'fugitive', 'A gas released as such'))
  }
  const mass = bringTo('kg', line, quantity)
  const { amount, unit, working, uses } = inYear(line, mass, activityYear(line, period, frame))
  const flow = directFlow(line, frame.gwpSet)
  const gases = at('/gas', () => characterize({ ...flow, kg: amount }, frame.gwpSet))
  return { ...nothingMore, activity: { amount, unit }, working, gases, uses }
}

/** An input made by another process of the system, or waste treated there: counted there, on that process's own lines. */
function byProcess({ line, maker: taken, amount: { quantity } }: PreparedLine): Weighing {
  const maker = taken as Offer
  const { amount, unit, working, uses } = bringTo(unitOf(maker.output.unit).code, line, quantity)
  return { ...nothingMore, activity: { amount, unit }, maker, working, uses }
}

/** Own renewable power: it burns nothing, so by location it is a true zero. */
function byNothing({ line, amount: { quantity } }: PreparedLine): Weighing {
  const amount = at(unitPointer(line), () => convert(quantity.value, quantity.unit, 'kWh'))
  return { ...nothingMore, activity: { amount, unit: 'kWh' }, uses: [] }
}

const nothingMore = {
  maker: null,
  factor: null,
  fuel: null,
  working: [],
  gases: [],
  gasesNotCovered: [],
  basisUnknown: false,
  includesTransmission: false,
  factorCategory: null,
} as const

/** Whether a line was weighed by a factor of the client's own, alone or beside another. */
export function isOwn({ factor, beside }: Pick<WeighedLine, 'factor' | 'beside'>): boolean {
  return factor?.table === ownTable || beside.some(({ table }) => table === ownTable)
}
