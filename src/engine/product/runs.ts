/**
 * How often each node runs per declared unit. Node i runs s_i times, which covers what every other node takes of its product:
 * s_i = Σ_j B_ij · s_j + f_i, with B_ij = (input of i's product per run of j) ÷ (output of i per run).
 */

import { Problem } from '../../problem.ts'
import { over, times } from '../arithmetic.ts'
import { ExactSum } from '../exact-sum.ts'
import { solve } from '../linear-system.ts'
import type { WeighedLine } from '../weigh-line.ts'
import type { ProductNetwork } from './network.ts'

/** How often each node runs per declared unit, in the order of the nodes. */
export function runsOf(network: ProductNetwork, placed: readonly WeighedLine[]): readonly number[] {
  const needs = needsPerRun(network, placed)
  const matrix = needs.map((row, i) => row.map((need, j) => (i === j ? 1 : 0) - need))
  const runs = solve(matrix, network.demand)
  if (!runs?.every(Number.isFinite)) throw singular('The processes need each other without end')
  const avoids = placed.some((weighed) => weighed.line.from !== undefined && weighed.activity.amount < 0)
  if (!avoids && runs.some((times) => times < 0))
    throw singular('Some process takes more of its own product, on the way round, than it makes')
  return runs.map((times) => times + 0)
}

/** B_ij: runs of node i that one run of node j needs. */
function needsPerRun(
  { nodes, lines }: ProductNetwork,
  placed: readonly WeighedLine[],
): readonly (readonly number[])[] {
  const inputs = nodes.map(() => new Map<number, ExactSum>())
  for (const [index, { serves, maker }] of lines.entries()) {
    if (maker === null) continue
    const row = inputs[maker] as Map<number, ExactSum>
    const { amount } = (placed[index] as WeighedLine).activity
    for (const { node, share } of serves)
      row.set(node, (row.get(node) ?? new ExactSum()).add(times(share, amount)))
  }
  return nodes.map(({ output }, maker) =>
    nodes.map((_, taker) => over(inputs[maker]?.get(taker)?.value ?? 0, output.value)),
  )
}

function singular(what: string): Problem {
  return new Problem('singular-system', `${what}; correct the inputs of the loop.`, { pointer: '/processes' })
}
