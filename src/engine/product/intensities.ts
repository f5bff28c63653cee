/**
 * What one run of each node comes to with everything that leads to it: λ_j = d_j + Σ_i B_ij · λ_i, the adjoint of the runs. An input
 * from a process then weighs amount × λ of its maker ÷ what a run makes.
 */

import { over, times } from '../arithmetic.ts'
import { ExactSum, exactSum } from '../exact-sum.ts'
import { isFault } from '../network/network.ts'
import { countedCo2e } from '../totals.ts'
import type { WeighedLine } from '../weigh-line.ts'
import { singularSystem } from './runs.ts'
import type { SolvedProduct } from './solve-product.ts'

/**
 * λ of each node.
 * @param own what each line weighs by itself, for one run of its process.
 * @throws Problem `singular-system`.
 */
export function intensitiesOf(
  { network, prepared, input }: SolvedProduct,
  own: readonly number[],
): readonly number[] {
  const direct = network.nodes.map(() => new ExactSum())
  for (const [place, { serves }] of network.lines.entries()) {
    for (const { node, share } of serves) direct[node]?.add(times(share, own[place] as number))
  }
  const outcome = prepared.solveAdjoint(Float64Array.from(direct, (sum) => sum.value))
  if (isFault(outcome)) throw singularSystem(outcome, network, input)
  return [...outcome.values]
}

/** kg CO2e that count in the total, of each line for one run of its process. */
export function countedPerRun(placed: readonly WeighedLine[]): readonly number[] {
  return placed.map(({ gases }) => exactSum(gases.map(countedCo2e)))
}

/**
 * What each line brings to the total through the process that makes it; zero where no process does.
 * @throws Problem `singular-system`.
 */
export function countedBroughtBy(solved: SolvedProduct): readonly number[] {
  return broughtBy(solved, intensitiesOf(solved, countedPerRun(solved.placed)))
}

/** What each line brings per declared unit through the process that makes it; zero where no process does. */
export function broughtBy(solved: SolvedProduct, intensities: readonly number[]): readonly number[] {
  const { network, placed, scaling } = solved
  return network.lines.map(({ maker }, place) => {
    const node = maker === null ? undefined : network.nodes[maker]
    if (maker === null || node === undefined) return 0
    const amount = times(placed[place]?.activity.amount ?? 0, scaling[place] as number)
    return times(amount, over(intensities[maker] as number, node.output.value))
  })
}
