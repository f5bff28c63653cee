/**
 * What one run of each node comes to with everything that leads to it: λ_j = d_j + Σ_i B_ij · λ_i, the adjoint of the runs. An input
 * from a process then weighs amount × λ of its maker ÷ what a run makes.
 */

import { over, times } from '../arithmetic.ts'
import { ExactSum } from '../exact-sum.ts'
import { solve } from '../linear-system.ts'
import type { SolvedProduct } from './solve-product.ts'

/** λ of each node. @param own what each line weighs by itself, for one run of its process. */
export function intensitiesOf(
  { network: { nodes, lines }, placed }: SolvedProduct,
  own: readonly number[],
): readonly number[] {
  const direct = nodes.map(() => new ExactSum())
  const needs = nodes.map(() => new Map<number, ExactSum>())
  for (const [place, { serves, maker }] of lines.entries()) {
    for (const { node, share } of serves) {
      direct[node]?.add(times(share, own[place] as number))
      if (maker === null) continue
      const row = needs[node] as Map<number, ExactSum>
      row.set(
        maker,
        (row.get(maker) ?? new ExactSum()).add(times(share, placed[place]?.activity.amount ?? 0)),
      )
    }
  }
  const matrix = nodes.map((_, taker) =>
    nodes.map(({ output }, maker) => {
      const need = over(needs[taker]?.get(maker)?.value ?? 0, output.value)
      return (taker === maker ? 1 : 0) - need
    }),
  )
  const solved = solve(
    matrix,
    direct.map((sum) => sum.value),
  )
  if (solved === undefined) throw new Error('a system that could be solved has no adjoint')
  return solved.map((value) => value + 0)
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
