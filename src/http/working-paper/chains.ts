/** Every line's way to the amount that weighs it, with its place in the working. */

import { netEnergy } from '../../engine/activity.ts'
import type {
  ActivityLine,
  CompanionUsed,
  FactorTable,
  FuelChoice,
  FuelProperties,
  UnitCode,
} from '../../engine/types.ts'
import { dimensionOf } from '../../engine/units.ts'
import { withCodes, withFuelCodes } from './codes.ts'
import { factorKey, type Line, type PaperSource } from './source.ts'
import { plain, runningValues, type Step, unitStep } from './steps.ts'
import { continued, type Setting, type Way, wayOf } from './ways.ts'

/** A chain of operations of one line: to its own factor's unit, to one beside it, or from there to the carbon of a fuel. */
export interface Chain {
  readonly line: string
  readonly use: string
  readonly way: Way
}

export interface PlacedChain extends Chain {
  /** Row of its first step, from 0. */
  readonly row: number
  /** What it comes to after each step. */
  readonly values: readonly number[]
}

export function keyOf(line: string, use: string): string {
  return `${line}\n${use}`
}

/** What only lines of a product system have on their way. */
export type ProductWay = (
  line: ActivityLine,
) => Partial<Pick<Setting, 'reporting' | 'found' | 'weighed' | 'after'>>

/** @param productWay of a product system. */
export function chainsOf(source: PaperSource, productWay: ProductWay = () => ({})): readonly Chain[] {
  const lines = source.lines.map(withCodes)
  const results = new Map(source.result.lines.map((line) => [line.id, line]))
  const parts = Map.groupBy(lines, ({ partOf }) => partOf)
  const fuels = fuelsOf(source.tables)
  return lines.flatMap((line) => {
    const result = results.get(line.id)
    const setting = {
      ...{ line, parts: parts.get(line.id) ?? [], reporting: source.period },
      ...productWay(line),
    }
    return result ? chainsOfLine(setting, result, fuels) : []
  })
}

type Fuels = ReadonlyMap<string, FuelProperties>

function fuelsOf(tables: readonly FactorTable[]): Fuels {
  return new Map(
    tables.flatMap(({ table, version, fuels }) =>
      fuels.map((fuel) => [factorKey(table, version, fuel.id), fuel] as const),
    ),
  )
}

function chainsOfLine(setting: Setting, result: Line, fuels: Fuels): Chain[] {
  const { line } = setting
  const target = {
    unit: result.activity.unit,
    family: result.factor?.family ?? null,
    year: result.factor?.year ?? null,
  }
  const way = wayOf(setting, target)
  const burnt = line.fuel && burntFuel(line.fuel, result, fuels)
  const chains: Chain[] = [{ line: line.id, use: 'activity', way }]
  if (burnt) {
    const carbon = carbonSteps(burnt, result.activity.unit)
    chains.push({ line: line.id, use: 'fuel', way: continued(way, carbon) })
  }
  for (const [at, used] of (result.beside ?? []).entries()) {
    const beside = wayBeside(setting, { ...result.activity, way }, burnt, used)
    chains.push({ line: line.id, use: `beside ${at}`, way: beside })
  }
  return chains
}

/** To a factor beside the line's own; of a fuel that is burnt, by its net calorific value where that factor is per net energy. */
function wayBeside(
  setting: Setting,
  own: { readonly unit: UnitCode; readonly way: Way },
  burnt: Burnt | undefined,
  { activity: { unit }, family, year }: CompanionUsed<string>,
): Way {
  const target = { unit, family, year }
  if (!burnt || dimensionOf(unit) !== netEnergy) return wayOf(setting, target)
  if (own.unit.endsWith('{NCV}')) return continued(own.way, unitStep(own.unit, unit))
  const line = { ...setting.line, netCalorificValue: burnt.netCalorificValue }
  return wayOf({ ...setting, line }, target)
}

type Burnt = Pick<FuelChoice, 'netCalorificValue' | 'carbonContent' | 'oxidation'>

/** What is known of a fuel: as measured, else as its row says. */
function burntFuel(stated: FuelChoice, { fuel }: Line, fuels: Fuels): Burnt {
  const row = fuel ? fuels.get(factorKey(fuel.table, fuel.version, fuel.id)) : undefined
  const known: Burnt = row ? withFuelCodes(row) : {}
  return {
    netCalorificValue: stated.netCalorificValue ?? known.netCalorificValue,
    carbonContent: stated.carbonContent ?? known.carbonContent,
    oxidation: stated.oxidation ?? known.oxidation,
  }
}

/** amount [× net calorific value, where the carbon is per energy] × carbon content × oxidation × 44 ÷ 12, in kg CO2. */
function carbonSteps({ netCalorificValue, carbonContent, oxidation = '0' }: Burnt, unit: UnitCode): Step[] {
  const content = carbonContent ?? { amount: '0', unit: 'tC/TJ' }
  const [carbon = 'tC', per = ''] = content.unit.split('/')
  const steps = [
    plain('carbonContent', '×', content.amount, content.unit),
    ...unitStep(carbon, 'kgC'),
    plain('oxidation', '×', oxidation, '1'),
    plain('44', '×', '44', '1'),
    plain('12', '÷', '12', 'kg'),
  ]
  if (dimensionOf(per) !== 'energy') return steps
  if (unit.endsWith('{NCV}')) return [...unitStep(unit.replace('{NCV}', ''), per), ...steps]
  const value = netCalorificValue ?? { amount: '0', unit: `${per}/${unit}` }
  const toEnergy = plain('netCalorificValue', '×', value.amount, value.unit)
  return [toEnergy, ...unitStep(value.unit.split('/')[0] ?? '', per), ...steps]
}

export function placeChains(chains: readonly Chain[]): ReadonlyMap<string, PlacedChain> {
  const measured = new Map(chains.filter(({ use }) => use === 'activity').map(measuredOf))
  const placed = new Map<string, PlacedChain>()
  let row = 0
  for (const chain of chains) {
    const values = runningValues(chain.way.steps, (line) => measured.get(line) ?? 0)
    placed.set(keyOf(chain.line, chain.use), { ...chain, row, values })
    row += chain.way.steps.length
  }
  return placed
}

/** What a line measured: none of the steps until there looks at another line. */
function measuredOf({ line, way }: Chain): readonly [string, number] {
  return [line, runningValues(way.steps.slice(0, way.measured), () => 0).at(-1) ?? 0]
}
