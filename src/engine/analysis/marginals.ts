/**
 * How the total answers to a little more of anything (the adjoint method; Heijungs & Suh 2002, §6.3, from memory): one solve tells what one run of
 * each process costs with everything before it, and with that every derivative is a product of three numbers.
 */

import { exactSum } from '../exact-sum.ts'
import { countedCo2e } from '../totals.ts'
import type { FactorUsed, FuelUsed, GasResult } from '../types.ts'
import type { FlowLine, Flows } from './flows.ts'
import { perParameterOf, perUnitOf } from './per-unit.ts'

/** kg CO2e of the total per unit of a line's amount: what the line emits itself, and what comes with what it takes. */
export function perAmount(flows: Flows, line: FlowLine): number {
  const { runs, intensities, nodes, solved } = flows
  const own = line.scaling * perUnitOf(line, solved.frame)
  const taken = line.links.map(({ maker, taker, share }) => {
    const made = (nodes[maker] as Flows['nodes'][number]).output.value
    return ((share * (runs[taker] as number)) / made) * (intensities[maker] as number)
  })
  return exactSum([own, ...taken])
}

/** What a line passes on of a stated parameter that it follows from: kg CO2e of the total per unit of the parameter. */
export interface PassedOn {
  readonly line: number
  readonly perUnit: number
}

/** What each of some stated parameters moves, line by line: total per amount × amount per parameter × parameter per stated one. */
export function perParameters(
  flows: Flows,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly PassedOn[]> {
  const { frame } = flows.solved
  const found = new Map([...wanted].map((id): [string, PassedOn[]] => [id, []]))
  for (const [place, line] of flows.lines.entries()) {
    const known = frame.parameters.get(line.weighed.line.parameter?.id ?? '')
    if (known === undefined) continue
    const slopes = [...(flows.slopes.get(known.parameter.id) ?? [])].filter(
      ([stated, slope]) => slope !== 0 && wanted.has(stated),
    )
    if (slopes.length === 0) continue
    const moved = perAmount(flows, line) * perParameterOf(line, known, frame)
    for (const [stated, slope] of slopes) found.get(stated)?.push({ line: place, perUnit: moved * slope })
  }
  return found
}

/** kg CO2e of the total per unit of a node's output, the shares of an allocation held as they are; less where it makes more. */
export function perOutput({ runs, intensities, nodes }: Flows, node: number): number {
  const { output } = nodes[node] as Flows['nodes'][number]
  return -((runs[node] as number) * (intensities[node] as number)) / output.value
}

/** What weighs lines together: a row of a table, or the defaults of a fuel. */
export interface SharedFactor {
  readonly kind: 'factor' | 'fuel'
  readonly table: string
  readonly version: string
  readonly id: string
  /** What it is per; null for a fuel, whose defaults are several. */
  readonly unit: string | null
  /** The lines it weighs, by their places, with what it makes of each for one run, and the amount that it is weighed by. */
  readonly uses: readonly FactorUse[]
}

export interface FactorUse {
  readonly line: number
  readonly perRun: number
  readonly amount: number
}

/** All factors of a system with the lines they weigh, those beside a line's own too. */
export function factorsOf({ lines }: Flows): readonly SharedFactor[] {
  const uses = lines.flatMap(({ weighed }, line) => {
    const { factor, fuel, beside, gases, gasesBeside, activity } = weighed
    const own = gases.slice(0, gases.length - gasesBeside.flat().length)
    const used = factor ?? fuel
    return [
      ...(used === null ? [] : [useOf(used, line, own, activity.amount)]),
      ...beside.map((one, at) => useOf(one, line, gasesBeside[at] ?? [], one.activity.amount)),
    ]
  })
  return [...Map.groupBy(uses, ({ key }) => key).values()].map((group) => {
    const { kind, table, version, id, unit } = group[0] as (typeof uses)[number]
    return { kind, table, version, id, unit, uses: group.map(({ use }) => use) }
  })
}

function useOf(used: FactorUsed | FuelUsed, line: number, gases: readonly GasResult[], amount: number) {
  const { table, version, id } = used
  const unit = 'unit' in used ? used.unit : null
  const kind: SharedFactor['kind'] = unit === null ? 'fuel' : 'factor'
  const perRun = exactSum(gases.map(countedCo2e))
  return {
    key: JSON.stringify([kind, table, version, id]),
    kind,
    table,
    version,
    id,
    unit,
    use: { line, perRun, amount },
  }
}
