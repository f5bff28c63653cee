/** Every line's way to the amount that weighs it, with its place in the working. */

import type { ActivityLine, FactorTable, FuelProperties, UnitCode } from '../../engine/types.ts'
import { dimensionOf } from '../../engine/units.ts'
import type { Line, PaperSource } from './source.ts'
import { chainValue, type Step, unitStep, type Way, wayOf } from './steps.ts'

/** A chain of operations of one line: to its own factor's unit, to one beside it, or from there to the carbon of a fuel. */
export interface Chain {
  readonly line: string
  readonly use: string
  readonly way: Way
}

export interface PlacedChain extends Chain {
  /** Row of its first step, from 0. */
  readonly row: number
  /** What the line measured. */
  readonly measured: number
  readonly value: number
}

export function keyOf(line: string, use: string): string {
  return `${line}\n${use}`
}

export function chainsOf(source: PaperSource): readonly Chain[] {
  const results = new Map(source.result.lines.map((line) => [line.id, line]))
  const parts = Map.groupBy(
    source.lines.filter(({ partOf }) => partOf !== undefined),
    ({ partOf }) => partOf as string,
  )
  return source.lines.flatMap((line) => {
    const result = results.get(line.id)
    if (!result) return []
    const behind = parts.get(line.id) ?? []
    const own = {
      unit: result.activity.unit,
      family: result.factor?.family ?? null,
      year: result.factor?.year ?? null,
    }
    const way = wayOf(line, behind, source.period, own)
    const chains: Chain[] = [{ line: line.id, use: 'activity', way }]
    const carbon = line.fuel ? carbonSteps(line, result, source) : undefined
    if (carbon) chains.push({ line: line.id, use: 'fuel', way: continued(way, carbon.steps) })
    for (const [at, used] of (result.beside ?? []).entries()) {
      const energy = carbon?.energy
      const beside =
        energy && dimensionOf(used.unit) === 'net calorific energy'
          ? continued(way, [...energy.steps, ...unitStep(energy.unit, used.unit.replace('{NCV}', ''))])
          : wayOf(line, behind, source.period, {
              unit: used.activity.unit,
              family: used.family,
              year: used.year,
            })
      chains.push({ line: line.id, use: `beside ${at}`, way: beside })
    }
    return chains
  })
}

function continued(way: Way, more: readonly Step[]): Way {
  return { steps: [...way.steps, ...more], measured: way.measured }
}

interface Carbon {
  /** From the activity to kg CO2. */
  readonly steps: readonly Step[]
  /** From the activity to energy, where the fuel has a calorific value. */
  readonly energy: { readonly steps: readonly Step[]; readonly unit: UnitCode } | undefined
}

/** amount × net calorific value × carbon content × oxidation × 44 ÷ 12. */
function carbonSteps(line: ActivityLine, { activity, fuel }: Line, source: PaperSource): Carbon {
  const row = fuel ? fuelRow(source.tables, fuel) : undefined
  const content = line.fuel?.carbonContent ?? row?.carbonContent ?? { amount: '0', unit: 'tC/TJ' }
  const value = line.fuel?.netCalorificValue ?? row?.netCalorificValue
  const oxidation = line.fuel?.oxidation ?? row?.oxidation ?? '0'
  const [carbon = 'tC', per = ''] = content.unit.split('/')
  const isPerEnergy = dimensionOf(per) === 'energy'
  const isEnergy = activity.unit.endsWith('{NCV}')
  const energyUnit = isEnergy ? activity.unit.replace('{NCV}', '') : (value?.unit.split('/')[0] ?? '')
  const toEnergy: Step[] = isEnergy || !value ? [] : [times('netCalorificValue', value.amount, value.unit)]
  const steps = [
    ...(isPerEnergy ? [...toEnergy, ...unitStep(energyUnit, per)] : []),
    times('carbonContent', content.amount, content.unit),
    ...unitStep(carbon, 'kgC'),
    times('oxidation', oxidation, '1'),
    times('44', '44', '1'),
    { ...times('12', '12', 'kg'), operation: '÷' as const },
  ]
  return { steps, energy: isEnergy || value ? { steps: toEnergy, unit: energyUnit } : undefined }
}

function times(name: string, amount: string, unit: UnitCode): Step {
  return { name, operation: '×', operand: { number: Number(amount) }, unit }
}

function fuelRow(
  tables: readonly FactorTable[],
  { table, version, id }: NonNullable<Line['fuel']>,
): FuelProperties | undefined {
  return tables
    .find((one) => one.table === table && one.version === version)
    ?.fuels.find((fuel) => fuel.id === id)
}

export function placeChains(chains: readonly Chain[]): ReadonlyMap<string, PlacedChain> {
  const placed = new Map<string, PlacedChain>()
  const measured = new Map(
    chains.filter(({ use }) => use === 'activity').map(({ line, way }) => [line, measuredBy(way)]),
  )
  const measuredOf = (line: string) => measured.get(line) ?? 0
  let row = 0
  for (const chain of chains) {
    placed.set(keyOf(chain.line, chain.use), {
      ...chain,
      row,
      measured: measuredOf(chain.line),
      value: chainValue(chain.way.steps, measuredOf),
    })
    row += Math.max(chain.way.steps.length, 1)
  }
  return placed
}

/** Before anything is taken off it, an amount hangs on no other line. */
function measuredBy({ steps, measured }: Way): number {
  return chainValue(steps.slice(0, measured), () => 0)
}

/** What a line measured, before anything is taken off it. */
export function measuredValue(line: string, placed: ReadonlyMap<string, PlacedChain>): number {
  return placed.get(keyOf(line, 'activity'))?.measured ?? 0
}
