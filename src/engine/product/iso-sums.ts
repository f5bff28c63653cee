/** The parts of a product's footprint that ISO 14067 wants each by itself, and the net of them with and without biogenic CO2. */

import { exactSum } from '../exact-sum.ts'
import { kindCounts } from '../gwp.ts'
import type { GasResult, Iso14067Sums, LineResult } from '../types.ts'

type Part = Exclude<keyof Iso14067Sums, 'netKgCo2e' | 'netWithoutBiogenicCo2KgCo2e'>

const partOfKind = {
  fossil: 'fossilKgCo2e',
  aircraft: 'aircraftKgCo2e',
  biogenic: 'biogenicOtherKgCo2e',
  'biogenic-uptake': 'biogenicUptakeKgCo2e',
  'land-use-change': 'landUseChangeKgCo2e',
  removal: 'removalsKgCo2e',
} as const

/** The parts that a net sum holds. */
const netParts = [
  'fossilKgCo2e',
  'aircraftKgCo2e',
  'biogenicCo2KgCo2e',
  'biogenicOtherKgCo2e',
  'biogenicUptakeKgCo2e',
  'landUseChangeKgCo2e',
  'removalsKgCo2e',
] as const satisfies readonly Part[]

const biogenicCo2: readonly Part[] = ['biogenicCo2KgCo2e', 'biogenicUptakeKgCo2e']

/** The parts and sums over all lines. */
export function isoSumsOf(lines: readonly LineResult[]): Iso14067Sums {
  const flows = lines.flatMap((line) => line.gases.map((gas) => ({ gas, part: partOf(gas, line) })))
  const weighed = flows.filter(({ gas }) => gas.kgCo2e !== null)
  const groups = Map.groupBy(weighed, ({ part }) => part)
  const sumOf = (part: Part) => {
    const group = groups.get(part)
    return group === undefined ? null : exactSum(group.map(({ gas }) => gas.kgCo2e as number))
  }
  const parts = Object.fromEntries(netParts.map((part) => [part, sumOf(part)])) as Record<Part, number | null>
  const net = (some: readonly Part[]) => exactSum(some.map((part) => parts[part] ?? 0))
  return {
    ...parts,
    netKgCo2e: net(netParts),
    netWithoutBiogenicCo2KgCo2e: net(netParts.filter((part) => !biogenicCo2.includes(part))),
    indirectLandUseChangeKgCo2e: sumOf('indirectLandUseChangeKgCo2e'),
    outsideSevenGroupsKgCo2e: sumOf('outsideSevenGroupsKgCo2e'),
  }
}

/** Where a gas belongs; null for a pollutant. */
function partOf(gas: GasResult, { landUseChange }: LineResult): Part | null {
  const { kind, inTotal } = gas
  if (kind === 'pollutant') return null
  if (kind === 'land-use-change' && landUseChange?.kind === 'indirect') return 'indirectLandUseChangeKgCo2e'
  if (isOutsideGroups(gas)) return 'outsideSevenGroupsKgCo2e'
  return kind === 'biogenic' && !inTotal ? 'biogenicCo2KgCo2e' : partOfKind[kind]
}

/** A gas whose kind would count and that does not: none of the seven groups. */
export function isOutsideGroups(gas: GasResult): boolean {
  return kindCounts(gas) && !gas.inTotal
}
